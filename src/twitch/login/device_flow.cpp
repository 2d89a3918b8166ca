// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/login/device_flow.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

constexpr core::duration slow_down_step = std::chrono::seconds(5);  // RFC 8628 3.5

// Asking on would never help.
bool final(const core::error_code& error) noexcept {
    return error == errc::device_code_expired || error == errc::authorization_denied ||
           error == errc::client_needs_secret || error == errc::client_id_unknown ||
           error == errc::token_host_refused;
}

}  // namespace

device_flow::device_flow(device_code code, core::time_point now)
    : code_(std::move(code)),
      expires_at_(now + code_.expires_in),
      interval_(code_.interval),
      poll_at_(now + interval_) {}

device_flow::step device_flow::next(core::time_point now) {
    if (token_)
        return {action::done, now};
    if (!error_ && now >= expires_at_) {
        const bool told = trouble_ && trouble_ != errc::device_code_unknown;
        error_ = told ? trouble_ : make_error_code(errc::device_code_expired);
    }
    if (error_)
        return {action::failed, now};
    if (now >= poll_at_)
        return {action::poll, now};
    return {action::wait, std::min(poll_at_, expires_at_)};
}

void device_flow::on_answer(core::result<token_pair> answer, core::time_point now) {
    if (answer) {
        token_ = *std::move(answer);
        return;
    }
    core::error_code error = answer.error();
    // The code may have been used up by an answer that did not come. Else Twitch will know it soon.
    if (error == errc::device_code_unknown && unanswered_)
        error = errc::device_code_expired;
    if (final(error)) {
        error_ = error;
        unanswered_ = unanswered_ && error == errc::device_code_expired;
        return;
    }
    const bool waiting = error == errc::authorization_pending || error == errc::slow_down;
    trouble_ = waiting ? core::error_code() : error;
    unanswered_ = !waiting && error != errc::device_code_unknown;
    if (error == errc::slow_down)
        interval_ += slow_down_step;
    poll_at_ = now + interval_;
}

}  // namespace tiktok2twitch::twitch
