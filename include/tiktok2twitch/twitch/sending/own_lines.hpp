// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/bounded_list.hpp"

namespace tiktok2twitch::twitch {

// As Twitch compares and shows a text: without blanks at its ends, and one for several
// (docs/protocol/twitch.md §2.2, §2.5).
inline std::string shown_text(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' || (!out.empty() && out.back() != ' '))
            out.push_back(c);
    if (out.ends_with(' '))
        out.pop_back();
    return out;
}

// Which lines of the account are ours, and which were said by somebody else who is logged in as it. Pure.
//
// Twitch does not send a connection its own lines back, but it sends it those of every other connection of
// the account in channels that it has joined (docs/protocol/twitch.md §2.4): people who type, another relay,
// and what we said ourselves on an earlier connection and never heard of. Somebody who reads without a login
// (over Helix) sees all of them, ours as well. Lines are told apart by Twitch's ids, where those are known,
// else by their texts, which are compared as Twitch shows them: runs of white space count as one blank.
//
// Order of calls: on_written() when a line goes; then one of on_not_said(), on_accepted(), on_refused() or
// on_unclear(); on_connection_lost() when the connection is gone. judge() for every line of the account
// that is read, judge_answer() for a USERSTATE that answers no line in flight. Bounded: the newest 500 lines
// of the last five minutes (AutoMod may show a line late that it held), and as many ids of others.
class own_lines {
public:
    static constexpr std::size_t most = 500;
    static constexpr core::duration remembered = std::chrono::minutes(5);

    enum class origin : std::uint8_t {
        ours,
        late_echo,  // ours, of an earlier connection that was lost before its answer: it was said after all
        elsewhere,
        undecided,  // the answer to the line in flight will tell: ask again once it is there
        known       // of somebody else, and told before
    };
    // Who read it: the connection that says our lines, or one that hears all of them.
    enum class reader : std::uint8_t { speaker, listener };

    void on_written(const std::string& channel, std::string_view text, core::time_point now);
    void on_not_said(const std::string& channel);
    void on_accepted(const std::string& channel, const std::string& id);
    void on_refused(const std::string& channel);
    // It may be shown yet, or never: unanswered, or held by AutoMod.
    void on_unclear(const std::string& channel);
    void on_connection_lost();

    origin judge(const own_sighting& seen, reader who, core::time_point now);
    // A USERSTATE with an id, although no line of ours is in flight in the channel.
    origin judge_answer(const std::string& channel, const std::string& id, core::time_point now);
    // Whether a line with this id is known to be somebody else's.
    bool is_foreign(std::string_view id) const;

private:
    enum class state : std::uint8_t { in_flight, accepted, unclear };
    struct entry {
        std::string channel;
        std::size_t text = 0;  // hash
        core::time_point at;
        std::string id{};
        state is = state::in_flight;
        bool earlier = false;  // of a connection that is gone
        bool seen = false;
    };

    std::deque<entry>::iterator in_flight(const std::string& channel);
    bool has_id(std::string_view id) const;
    origin heard_by_speaker(const own_sighting& seen, std::size_t text);
    origin heard_by_listener(const own_sighting& seen, std::size_t text);
    origin foreign(const std::string& id);
    void forget(core::time_point now);

    std::deque<entry> lines_;              // oldest first
    std::deque<std::string> foreign_ids_;  // oldest first
};

// What is said as this account, and by whom: the lines that were read, until it is known whose they are, and
// whether somebody else uses the account. Who types here may also type in channels that we do not read. Pure.
//
// read() every line of the account; decide() after the answer to the line in flight, decide_all() when the
// connection is gone; on_elsewhere() for what turns out to be somebody else's.
class account_use {
public:
    static constexpr std::size_t most_undecided = 50;
    static constexpr core::duration stays = std::chrono::minutes(10);  // in use, since the last such line

    struct finding {
        own_lines::origin what = own_lines::origin::ours;  // never undecided
        own_sighting seen;
    };

    own_lines& lines() noexcept { return lines_; }

    std::optional<finding> read(const own_sighting& seen, own_lines::reader who, core::time_point now);
    std::vector<finding> decide(std::string_view channel, core::time_point now);
    std::vector<finding> decide_all(core::time_point now);

    // True if it is news that somebody else uses the account.
    bool on_elsewhere(core::time_point now);
    bool in_force(core::time_point now) const noexcept { return now < until_; }
    core::time_point until() const noexcept { return until_; }
    core::duration left(core::time_point now) const noexcept {
        return in_force(now) ? until_ - now : core::duration{};
    }
    bool take_end(core::time_point now);  // it is over: true once
    std::vector<core::time_point> take_foreign_lines() { return foreign_.take(); }

private:
    struct undecided {
        own_sighting seen;
        own_lines::reader who;
    };

    own_lines lines_;
    std::vector<undecided> undecided_;  // until the line in flight has its answer
    bounded_list<core::time_point, 1000> foreign_;
    core::time_point until_ = core::time_point::min();
    bool told_ = false;
};

}  // namespace tiktok2twitch::twitch
