// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/connection_life.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::twitch {
namespace {

constexpr core::duration reconnect_grace = std::chrono::seconds(2);

}  // namespace

connection_life::connection_life(account_parts& account, core::time_point now, std::uint64_t seed)
    : account_(account),
      retry_(core::backoff::options{}, seed),  // 0, 1, 2, 4 ... 60 s, +- 20 % (docs/protocol/twitch.md §8.1)
      changed_at_(now),
      next_attempt_(now) {}

connection_status connection_life::status(core::time_point now) const {
    connection_status out;
    out.online = online();
    out.since = now - changed_at_;
    if (!out.online && away_reason_)
        out.cause = away_reason_.message();
    if (!connected_ && !needs_token())
        out.next_try = std::max(attempt_at(now) - now, core::duration{});
    return out;
}

void connection_life::update(const options& options, core::time_point now) {
    const bool new_login =
        options.token != account_.settings.token || options.login != account_.settings.login;
    const bool needed_token = needs_token();
    account_.settings = options;
    token_refused_ = token_refused_ && !new_login;
    if ((needed_token && !needs_token()) || (new_login && fatal_))
        next_attempt_ = now;
    if (new_login)
        fatal_ = {};
}

void connection_life::retry_login(core::time_point now) {
    if (std::exchange(token_refused_, false))
        next_attempt_ = now;
}

core::time_point connection_life::attempt_at(core::time_point now) const {
    return std::max(next_attempt_, logins_.earliest(now));
}

core::time_point connection_life::connect_at(core::time_point now) const {
    return needs_token() ? core::time_point::max() : attempt_at(now);
}

void connection_life::on_connected(core::time_point now) {
    connected_ = true;
    closing_.reset();
    reconnect_by_.reset();
    quit_sent_ = false;
    logins_.on_attempt(now);
    login_token_ = account_.settings.token;
    account_.session.start(account_.settings, now);
    if (needs_token())  // taken away since the attempt began
        close(make_error_code(errc::login_needed));
}

void connection_life::on_logged_in(core::time_point now) {
    retry_.reset();
    logins_.on_success(now);
    changed_at_ = now;
    away_reason_ = {};
    const auto away = absence_.on_back(now);
    account_.say(notice::severity::info, {},
                 "logged in as " + core::repair_utf8(account_.login()) +
                     (away ? "; not connected for " + core::span_text(*away) + "." : std::string(".")));
}

bool connection_life::on_login_failed(errc reason) {
    const bool refused = reason == errc::login_refused && account_.settings.token_is_kept;
    if (refused)  // a token that was replaced since the login began was not refused: it is tried next
        token_refused_ = account_.settings.token == login_token_;
    else if (reason != errc::capabilities_refused)
        return true;
    close(make_error_code(reason));
    return false;
}

void connection_life::close(core::error_code reason) {
    if (!closing_)
        closing_ = reason;
}

void connection_life::fail(errc reason) {
    fatal_ = make_error_code(reason);
    close(fatal_);
}

void connection_life::ask_reconnect(core::time_point now) {
    if (!reconnect_by_)
        reconnect_by_ = now + reconnect_grace;
}

bool connection_life::take_quit() {
    return !std::exchange(quit_sent_, true) && account_.session.welcomed();
}

core::time_point connection_life::deadline() const {
    constexpr auto never = core::time_point::max();
    return std::min(reconnect_by_.value_or(never), drain_deadline_.value_or(never));
}

void connection_life::on_disconnected(core::error_code reason, core::time_point now,
                                      core::duration told_wait) {
    const bool wanted = closing_.has_value();
    if (online())
        changed_at_ = now;
    if (reason)
        away_reason_ = reason;
    if (connected_)
        logins_.on_ended(now);
    connected_ = false;
    closing_.reset();
    reconnect_by_.reset();
    const bool stopped = reason == boost::system::errc::operation_canceled;  // by our own side
    if (fatal_ || stopped || quit_sent_ || (wanted && !reason))
        return;
    if (needs_token()) {
        // Not the error's own advice: what to do is the token keeper's to say.
        account_.say(notice::severity::warning, {},
                     reason.message() + "; the next attempt comes with another token.");
        return;
    }
    const bool maintenance = reason == errc::server_reconnect;
    // A refused token that was replaced in the meantime: the new one need not wait.
    const bool replaced = reason == errc::login_refused;
    next_attempt_ = now + (maintenance || replaced ? told_wait : std::max(retry_.next(), told_wait));
    tell_away(reason, attempt_at(now), now);
}

// The cause once, and then now and then that it lasts: an absence may take hours of tries.
void connection_life::tell_away(core::error_code reason, core::time_point at, core::time_point now) {
    using telling = core::away_story::telling;
    const auto what = absence_.on_failure(core::identifier(reason), now);
    const auto next = " Next attempt in " + core::wait_text(at - now) + ".";
    const auto level = reason == errc::server_reconnect ? notice::severity::info : notice::severity::warning;
    if (what == telling::lasts)
        account_.say(level, {},
                     "still not connected, for " + core::span_text(absence_.away_for(now)) +
                         " now: " + reason.message() + " (" + core::identifier(reason) + ")." + next);
    else
        account_.say(what == telling::cause ? level : notice::severity::debug, {},
                     core::explain(reason) + next);
}

}  // namespace tiktok2twitch::twitch
