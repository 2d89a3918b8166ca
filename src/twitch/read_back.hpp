// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The decisions of the second connection: an anonymous reader (twitch.md 1.2: NICK justinfan<digits>) that
// sits in our channels and tells the delivery_audit what it sees. Pure; client/read_back_client.hpp obeys.
//
// Order of calls: on_connected(); then on_line() for every line, take_output() after each call; poll() at
// deadline(); on_disconnected(). Channels and confirmed lines may come at any time.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twitch/delivery_audit.hpp"
#include "twitch/irc_session.hpp"
#include "twitch/join_plan.hpp"

namespace tiktok2twitch::twitch {

class read_back {
public:
    // `own`: login of the account whose lines are looked for.
    read_back(std::string own, std::uint64_t seed);

    void add_channel(const std::string& channel) { joins_.add(channel); }
    void remove_channel(const std::string& channel);
    void on_confirmed(const std::string& channel, const std::string& line_id, core::time_point now) {
        audit_.on_confirmed(channel, line_id, now);
    }

    void on_connected(core::time_point now);
    void on_line(std::string_view line, core::time_point now);
    void on_disconnected();
    // What is due; an error when the connection is of no use any more.
    std::optional<errc> poll(core::time_point now);
    core::time_point deadline(core::time_point now) const;
    std::string take_output() { return session_.take_output(); }

    std::vector<std::string> take_suspects(core::time_point now) { return audit_.take_suspects(now); }

private:
    void handle(const channel_chat& chat, core::time_point now);

    options options_;
    std::string own_;
    irc_session session_;
    join_plan joins_;
    delivery_audit audit_;
    bool leaving_ = false;  // RECONNECT came
};

}  // namespace tiktok2twitch::twitch
