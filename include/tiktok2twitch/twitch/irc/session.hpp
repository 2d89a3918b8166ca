// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/irc_codec.hpp"
#include "tiktok2twitch/twitch/options.hpp"
#include "twitch/room_events.hpp"

namespace tiktok2twitch::twitch {

// One IRC connection: login, liveness and the meaning of lines. start() when connected; then on_line() for
// every line; take_output() is what has to be written; failure() says that the connection is of no use.
class irc_session {
public:
    // Many times what a login, a full set of JOINs and the answer to the longest line take together.
    static constexpr std::size_t max_output = 256UL * 1024;

    void start(const options& options, core::time_point now);

    session_event on_line(std::string_view line, core::time_point now);

    // The answer to this PING comes after the answers to everything written before it.
    std::uint64_t send_ping(core::time_point now);
    void send(const message& message);
    std::string take_output();
    // More than max_output bytes wait to be taken: the server asks (PING) and does not read. What came after
    // is not kept, and the connection is of no use.
    bool overflowed() const noexcept { return overflowed_; }

    // Login took too long, nothing came back after a PING, or the server does not read.
    std::optional<errc> failure(core::time_point now) const;
    // Sends the PING that is due.
    void keep_alive(core::time_point now);
    core::time_point deadline() const;  // of failure() or keep_alive()

    bool ready() const noexcept { return welcomed_ && tags_ && commands_; }  // may join and send
    bool welcomed() const noexcept { return welcomed_; }
    const std::string& login() const noexcept { return login_; }

private:
    session_event on_capabilities(const message_view& m);
    session_event on_notice(const message_view& m) const;
    session_event on_clearchat(const message_view& m) const;
    session_event on_clearmsg(const message_view& m) const;
    session_event on_privmsg(const message_view& m) const;
    user_state read_user_state(const message_view& m) const;

    std::string login_;
    std::string user_id_;  // ours, once the server has said it
    std::string output_;
    bool overflowed_ = false;
    core::duration ping_after_{};
    core::duration dead_after_{};
    core::time_point login_deadline_;
    core::time_point last_inbound_;
    std::optional<core::time_point> ping_sent_;  // the first one since the last inbound line
    std::uint64_t pings_ = 0;
    bool welcomed_ = false;
    bool tags_ = false;
    bool commands_ = false;
};

}  // namespace tiktok2twitch::twitch
