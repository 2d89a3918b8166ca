// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/bounded_list.hpp"
#include "tiktok2twitch/twitch/irc/join_plan.hpp"
#include "tiktok2twitch/twitch/irc/login_limiter.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"

namespace tiktok2twitch::twitch {

// Whether accepted lines appear in chat. Twitch confirms the lines of a shadow-banned account as well; only a
// second, anonymous reader can tell (docs/protocol/twitch.md §2.4). Pure: told what the account's connection
// confirmed and what the reader saw.
//
// A line counts as missing when it did not appear within `patience` although the reader was in the channel
// and saw other people's lines since; five missing in a row make a suspicion, and after one each
// does until a line is seen. In a channel where nobody else
// speaks nothing is ever suspected: the reader itself may be deaf.
class delivery_audit {
public:
    static constexpr auto patience = std::chrono::seconds(10);
    static constexpr unsigned missing_for_suspicion = 5;
    static constexpr std::size_t most_expected =
        100;  // per channel; the account says 90 lines in 32 s at most

    // The reader entered or left; what was expected before is judged no more.
    void set_listening(const std::string& channel, bool listening);
    void set_deaf();  // the reader's connection is gone

    // `line_id`: of the USERSTATE that confirmed it; may be empty.
    void on_confirmed(const std::string& channel, std::string line_id, core::time_point now);
    // A line that the reader saw. `own`: our account wrote it. Ids first; without a match the oldest
    // expected line counts as seen, because AutoMod and normalisation change texts and ids may be absent.
    void on_seen(const std::string& channel, bool own, std::string_view line_id, core::time_point now);

    // Channels where the account seems to be invisible. Each call judges what is due.
    std::vector<std::string> take_suspects(core::time_point now);
    core::time_point deadline() const;

private:
    struct expectation {
        std::string line_id;
        core::time_point at;
    };
    struct audited {
        bool listening = false;
        std::deque<expectation> expected;
        core::time_point others_at = core::time_point::min();  // when somebody else's line was last seen
        unsigned missing = 0;
        bool suspected = false;
    };

    std::map<std::string, audited, std::less<>> channels_;
};

// The decisions of the second connection: an anonymous reader (docs/protocol/twitch.md §1.2: NICK
// justinfan<digits>) that sits in our channels and tells the delivery_audit what it sees. Where lines are
// said over Helix it is the only one who reads chat: it collects the commands of moderators, and sees from
// our own lines whether we are one. Pure; client/read_back_client.hpp obeys.
//
// Order of calls: on_connected(); then on_line() for every line, take_output() after each call; poll() at
// deadline(); on_disconnected(). Channels and confirmed lines may come at any time.

class read_back {
public:
    // `own`: login of the account whose lines are looked for.
    read_back(std::string own, std::uint64_t seed);

    // The account has another name now.
    void rename(std::string own) { own_ = std::move(own); }
    void add_channel(const std::string& channel) { joins_.add(channel); }
    void remove_channel(const std::string& channel);
    // The channel was renamed on Twitch: it is read under its new name, and goes by the old one here.
    void channel_called(const std::string& channel, const std::string& called);
    // Chat that starts with `word` is collected, and our own rank; empty: neither.
    void listen_for(std::string word) { word_ = std::move(word); }
    void on_confirmed(const std::string& channel, const std::string& line_id, core::time_point now) {
        audit_.on_confirmed(channel, line_id, now);
    }

    void on_connected(core::time_point now);
    void on_line(std::string_view line, core::time_point now);
    void on_disconnected(core::time_point now);  // also when no connection came about
    // When to connect again, after on_disconnected(): soon when it had logged in, else ever more rarely.
    core::time_point next_login(core::time_point now) const;
    // What is due; an error when the connection is of no use any more.
    std::optional<errc> poll(core::time_point now);
    core::time_point deadline(core::time_point now) const;
    std::string take_output() { return session_.take_output(); }
    bool overflowed() const noexcept { return session_.overflowed(); }  // the server does not read

    bool reading() const noexcept { return session_.ready(); }

    std::vector<std::string> take_suspects(core::time_point now) { return audit_.take_suspects(now); }
    std::vector<chat_message> take_chat() { return chat_.take(); }
    std::vector<own_sighting> take_own_lines() { return own_lines_.take(); }  // of our account
    struct own_rank {
        std::string channel;
        bool moderator = false;  // or the broadcaster
    };
    std::vector<own_rank> take_ranks();  // what has changed

private:
    void on_login(core::time_point now);
    void handle(const channel_chat& chat, core::time_point now);
    void leave(const std::string& called);
    const std::string& called_of(const std::string& channel) const;
    const std::string& name_of(const std::string& called) const;

    options options_;
    std::string own_;
    irc_session session_;
    join_plan joins_;                            // by the names that Twitch knows
    std::map<std::string, std::string> called_;  // of those that were renamed: what Twitch calls them
    core::backoff retry_;
    login_limiter logins_;
    core::time_point next_attempt_ = core::time_point::min();
    delivery_audit audit_;
    std::string word_;
    bounded_list<chat_message, 100> chat_;
    bounded_list<own_sighting, 100> own_lines_;
    std::map<std::string, bool> ranks_;
    std::vector<own_rank> new_ranks_;
    bool leaving_ = false;  // RECONNECT came
};

}  // namespace tiktok2twitch::twitch
