// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// When an account connects, with which token, and how a connection ends. Pure. Knows nothing of channels.
//
// on_connected(), then on_logged_in() or on_login_failed(); close(), fail() or ask_reconnect() when it has to
// end; on_disconnected(), and connect_at() says when the next attempt starts.

#include <cstdint>
#include <optional>

#include "tiktok2twitch/core/away_story.hpp"
#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/irc/login_limiter.hpp"
#include "tiktok2twitch/twitch/sending/account_parts.hpp"

namespace tiktok2twitch::twitch {

class connection_life {
public:
    // `seed` for jitter.
    connection_life(account_parts& account, core::time_point now, std::uint64_t seed);

    bool connected() const noexcept { return connected_; }
    bool online() const noexcept { return connected_ && account_.session.welcomed(); }
    bool in_rooms() const noexcept { return connected_ && account_.session.ready(); }
    bool may_speak() const noexcept { return in_rooms() && !reconnect_by_ && !closing_; }
    connection_status status(core::time_point now) const;

    // What the configuration says from now on, and what the token keeper says of its token.
    void update(const options& options, core::time_point now);
    void retry_login(core::time_point now);
    bool needs_token() const noexcept {
        return account_.settings.token_is_kept && (account_.settings.token.empty() || token_refused_);
    }

    core::time_point next_attempt() const noexcept { return next_attempt_; }
    // The same within the login limits.
    core::time_point attempt_at(core::time_point now) const;
    core::time_point connect_at(core::time_point now) const;  // max: it needs a token first

    void on_connected(core::time_point now);
    void on_logged_in(core::time_point now);
    // True if that is fatal.
    bool on_login_failed(errc reason);
    void on_disconnected(core::error_code reason, core::time_point now, core::duration told_wait);

    // Set: close the connection; without an error after an orderly end. The first reason stays.
    const std::optional<core::error_code>& closing() const noexcept { return closing_; }
    void close(core::error_code reason);
    void fail(errc reason);
    core::error_code fatal() const noexcept { return fatal_; }
    // Nobody here wanted the end that comes now.
    bool unasked() const noexcept { return !closing_ && !quit_sent_; }
    // The server is about to close the connection: answers that are under way may still arrive until then.
    void ask_reconnect(core::time_point now);
    const std::optional<core::time_point>& reconnect_by() const noexcept { return reconnect_by_; }

    void drain(core::time_point deadline) { drain_deadline_ = deadline; }
    const std::optional<core::time_point>& drain_deadline() const noexcept { return drain_deadline_; }
    bool take_quit();  // True once in a connection: QUIT has to be sent

    core::time_point deadline() const;  // of reconnect_by() and drain_deadline()

private:
    void tell_away(core::error_code reason, core::time_point at, core::time_point now);

    account_parts& account_;
    core::backoff retry_;
    login_limiter logins_;
    core::secret login_token_;    // the last login's
    bool token_refused_ = false;  // the one in the settings

    bool connected_ = false;
    core::time_point changed_at_;   // online since, or away since
    core::error_code away_reason_;  // of the last end
    core::away_story absence_;
    core::time_point next_attempt_;
    std::optional<core::time_point> reconnect_by_;
    std::optional<core::error_code> closing_;
    core::error_code fatal_;
    std::optional<core::time_point> drain_deadline_;
    bool quit_sent_ = false;
};

}  // namespace tiktok2twitch::twitch
