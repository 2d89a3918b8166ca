// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/twitch/irc/notice_table.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"
#include "tiktok2twitch/twitch/sending/account_parts.hpp"
#include "tiktok2twitch/twitch/sending/channel_gate.hpp"

namespace tiktok2twitch::twitch {

// When to ask whether what keeps a channel silent is still so: after 1 min, then after 2, 4, 8, and every 10
// min; at once when a person wants to know. A refusal that follows an answer of "go on" does not begin anew:
// only an accepted line does, or somebody's new deed. Pure; the account asks, by JOIN.
//
// Order of calls: begin(); then on_asked() when next() has come and the question left; end() at an accepted
// line. ask_now() at any time.
class probe_schedule {
public:
    static constexpr core::duration first = std::chrono::minutes(1);
    static constexpr core::duration longest = std::chrono::minutes(10);
    // Between a question and one that a person asks for.
    static constexpr core::duration shortest = std::chrono::seconds(2);

    // Something keeps us silent. `news`: a person did it just now; otherwise it may be what was asked about
    // before.
    void begin(core::time_point now, bool news);
    void ask_now(core::time_point now);
    void on_asked(core::time_point now);
    void end();

    core::time_point next() const noexcept { return next_; }  // max: never
    // The question that next() stands for is a person's.
    bool by_hand() const noexcept { return by_hand_; }

private:
    core::duration gap() const { return core::doubled(first, step_, longest); }

    core::time_point next_ = core::time_point::max();
    std::optional<core::time_point> asked_;
    unsigned step_ = 0;
    bool by_hand_ = false;
};

// What keeps one channel silent, when that is looked at again, and what people are told of it. Pure.
//
// Rank, room modes and bans are asked by a JOIN, which costs no line (docs/protocol/twitch.md §1.3, §1.7):
// PART and JOIN where we are in the room. Its answers end what they speak of; what no JOIN can tell, a
// timeout for one, is left to the next line. One line at a time is on its way in a channel, so that one is
// the price of a wrong guess.
class channel_silence {
public:
    channel_silence(account_parts& account, std::string name)
        : account_(account), name_(std::move(name)), called_(name_) {}

    const std::string& name() const noexcept { return name_; }      // as the routes call it
    const std::string& called() const noexcept { return called_; }  // at Twitch: another, once it was renamed
    void rename(std::string name) { name_ = std::move(name); }

    channel_gate& gate() noexcept { return gate_; }
    const channel_gate& gate() const noexcept { return gate_; }
    bool is_high() const { return gate_.tier_of(account_.settings) == tier::high; }
    bool is_open() const { return !gate_.block_state() && account_.joins.ready(called_); }

    // What was heard. True if the rank fell from the high tier to the low one.
    bool on_role(role rank, core::time_point now);
    void on_room_state(const room_state& state, core::time_point now);
    void on_joined(core::time_point now);
    void on_join_unanswered(core::time_point now);
    void on_accepted(core::time_point now);        // a line
    void on_denied() noexcept { denied_ = true; }  // by a NOTICE that may answer the question
    void on_unanswered(core::time_point now);      // several lines in a row
    void on_invisible(core::time_point now);       // accepted lines, as others see it
    // Of Twitch's API; `taken`: another route goes to the name that it has found. True if the channel is
    // stopped now, and was not before.
    bool on_known(const channel_finding& found, bool taken, core::time_point now);

    void pause(hold_kind kind, core::duration span, const notice_rule& rule, core::time_point now);
    // A new deed of a moderator's, and a word about a ban as well.
    void time_out(core::duration span, core::time_point now);
    void not_banned();
    // `news`: somebody did it just now.
    void stop(const notice_rule& rule, bool news, core::time_point now);
    void leave();

    // When something is done next about what keeps the channel silent; nothing: nothing does.
    std::optional<core::time_point> next_try(core::time_point now) const;
    // When to ask(); `busy`: a line is on its way.
    core::time_point probe_due(bool busy, core::time_point now) const;
    void ask(core::time_point now);
    void ask_now(core::time_point now);  // a person wants to know
    void enter(core::time_point now);    // its first route came

    // At its level once in a while, in between for debugging only. Where it silences the channel, after it
    // did so: people are told when it is tried next, in between as well.
    void tell(const notice_rule& rule, std::string_view detail, core::time_point now);
    // Whether people were not told of `kind` for a while; they are now.
    bool is_news(std::string_view kind, core::time_point now);
    void say(notice::severity level, std::string text) { account_.say(level, name_, std::move(text)); }

private:
    bool banned() const;
    bool worth_asking(core::time_point now) const;
    std::string next_try_text(core::time_point now) const;
    void probe_answered(core::time_point now);
    void give_up_join();
    void follow(const std::string& called);
    void suspect_mute(unsigned& so_far, std::string_view what, core::time_point now);
    void note_told(core::time_point now);
    // Says that it goes on, unless people were told of a next try that is still to come.
    void say_still(core::time_point now);
    // `stood`: something kept it silent before what was just heard.
    void say_if_over(bool stood, std::string_view why, core::time_point now);

    account_parts& account_;
    std::string name_;
    std::string called_;
    std::string room_id_;
    channel_gate gate_;
    probe_schedule probe_;         // runs while, and after, something keeps the channel silent
    bool asked_ = false;           // by a JOIN that is not answered yet
    bool denied_ = false;          // a NOTICE answered it
    bool by_hand_ = false;         // a person wanted the question, or the line that it led to
    unsigned mute_step_ = 0;       // suspected mutes in a row
    unsigned invisible_step_ = 0;  // the same, of lines that were accepted and not seen
    core::time_point invisible_at_ = core::time_point::min();  // the last of these
    bool to_be_seen_ = false;  // one line goes; whether it is seen is waited for
    bool gone_told_ = false;   // that Twitch's API does not know it
    bool silenced_ = false;    // people were told so, and not yet that it is over
    core::time_point told_next_ = core::time_point::min();       // the next try that they were told of last
    core::time_point told_still_ = core::time_point::min();      // when
    std::map<std::string, core::time_point, std::less<>> told_;  // notices, by their id
};

}  // namespace tiktok2twitch::twitch
