// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A login with a device code, after the code was handed out (docs/protocol/twitch.md §3.3, RFC 8628 3.5):
// when to ask whether it was entered, and when to give up. Pure: the caller shows the code, waits and asks.

#include <cstdint>
#include <optional>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

namespace tiktok2twitch::twitch {

class device_flow {
public:
    device_flow(device_code code, core::time_point now);

    const device_code& code() const noexcept { return code_; }  // to be shown
    core::time_point expires_at() const noexcept { return expires_at_; }

    enum class action : std::uint8_t { wait, poll, done, failed };
    struct step {
        action what = action::wait;
        core::time_point until{};  // wait
    };
    step next(core::time_point now);

    // What auth_api::poll_device_token gave. Everything that may pass by itself (a network that is down, 5xx,
    // a code that Twitch does not know yet) is asked again until the code expires.
    void on_answer(core::result<token_pair> answer, core::time_point now);

    // Why the last poll brought no answer of Twitch; nothing when it did.
    core::error_code trouble() const noexcept { return trouble_; }

    const token_pair& token() const { return *token_; }  // done
    // failed: errc::device_code_expired, authorization_denied, client_*, token_host_refused; or what kept
    // Twitch from answering when the code expired.
    core::error_code error() const noexcept { return error_; }
    // failed: since Twitch last said that it waits for the person, a poll brought no answer; it may have been
    // the tokens, which are handed out once.
    bool answer_may_be_lost() const noexcept { return unanswered_; }

private:
    device_code code_;
    core::time_point expires_at_;
    core::duration interval_;
    core::time_point poll_at_;
    std::optional<token_pair> token_;
    core::error_code error_;
    core::error_code trouble_;
    bool unanswered_ = false;
};

}  // namespace tiktok2twitch::twitch
