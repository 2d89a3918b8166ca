// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The egress side's decisions between the queue and the Twitch account: what happened in a room, which routes
// it takes, what it says there, what is held back, and the books of each route. Pure: the supervisor moves
// the results and gives the time.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tiktok2twitch/app/route_policy.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/hold_queue.hpp"
#include "tiktok2twitch/relay/kept_messages.hpp"
#include "tiktok2twitch/relay/kind_limits.hpp"
#include "tiktok2twitch/relay/ledger.hpp"
#include "tiktok2twitch/relay/line.hpp"
#include "tiktok2twitch/relay/line_recall.hpp"
#include "tiktok2twitch/relay/story/room_story.hpp"
#include "tiktok2twitch/relay/seen_authors.hpp"
#include "tiktok2twitch/tiktok/webcast_session.hpp"

namespace tiktok2twitch::app {

// A route is done with a message, which must be in the journal from now on: it may have been said.
struct seen_mark {
    std::string tiktok;
    std::string channel;
    std::int64_t msg_id = 0;
};

struct route_books {
    std::string tiktok;
    std::string channel;
    relay::ledger ledger;
    // What had to be said again because another's message on its line was deleted: outside of the ledger's
    // equation, where it was relayed once and for all, with the same equation of its own.
    relay::ledger again;
};

// What one route decided about one event, for replay --explain. One for each event, and one more for what
// became of it where the first was not the end: of what was held, and of what was to be said and was not.
struct judgement {
    enum class kind : std::uint8_t {
        said,
        held,
        released,  // it was held, and is to be said now
        folded,    // said, but as one of several who wrote the same
        filtered,
        dropped,
        gathered,   // one of a streak, or a count: says something together with others
        not_asked,  // its kind is off, or this route does not carry it
        ignored,    // history or a repeat; never judged
    };
    relay::route_id route = 0;
    kind what = kind::said;
    std::string reason;  // empty: said as it came
    std::string rule;  // "word \"x\" of list en", "held for blocked_word"; empty where the reason says it all
    std::string text;  // said or held: the line
    std::uint64_t number = 0;  // held: what moderators call it
};

class pipeline {
public:
    // Why an event is not said in a channel now ("paused"); empty: it is. Asked before anything is formatted.
    using gate = std::function<std::string_view(const std::string& channel, const relay::event& event)>;
    using explainer = std::function<void(const relay::event& event, const judgement& judgement)>;
    using observer = std::function<void(const std::string& channel, const relay::author& from,
                                        const relay::shown_author& shown)>;
    using ticket_set = std::unordered_set<relay::event_ticket>;
    using parts = std::vector<relay::line_part>;
    // By message id: the channels that an earlier process was done with, where it was not with all.
    using done_before = std::unordered_map<std::int64_t, std::set<std::string>>;

    void set_gate(gate allow) { gate_ = std::move(allow); }
    // Told once of everybody whom a line will name, and how it names them.
    void set_observer(observer observe) { observe_ = std::move(observe); }
    void set_explainer(explainer explain) { explain_ = std::move(explain); }

    // Routes keep their number for ever; the books of a removed route stay for the report.
    relay::route_id add_route(std::string tiktok, std::string channel, route_policy policy);
    void remove_route(relay::route_id route);
    // After a reload: rates, known users and what is held stay.
    void replace_policy(relay::route_id route, route_policy policy);
    // What a channel's moderators block beside the configured words.
    void set_blocked_words(const std::string& channel, std::vector<std::string> words);

    // One event off the wire. The parts to push to the account: for each route of that room, for each thing
    // that this event brought to its end (see relay::room_story). What a route does not say is booked.
    parts on_event(const std::string& tiktok, const relay::event& event, core::time_point now);
    // What becomes sayable by time alone: ended streaks, held messages. To be called at deadline().
    parts poll(core::time_point now);
    core::time_point deadline() const;  // time_point::max() when nothing waits for the clock
    // The end: what streaks have come to, said now. `in_peace`, when nobody is in a hurry, held messages of
    // new users are said. What is held then is dropped as "shutdown", but for `kept`: the next process has it
    // (see held_for_later()), and it stays pending here.
    parts finish(core::time_point now, bool in_peace = false, bool kept = false);

    // Events of a kind that never reached this side (the queue was full): dropped by the routes that carry
    // it.
    void on_lost(const std::string& tiktok, relay::event_kind kind, std::uint64_t events);
    // The same of frames that are only part of an event.
    void on_parts_lost(const std::string& tiktok, relay::event_kind kind, std::uint64_t frames);
    // What could not be read at all, whatever it was.
    void on_unread(const std::string& room, const tiktok::unread_counts& counts);
    // Removals by TikTok's moderators that never reached this side.
    void on_deletions_lost(const std::string& tiktok, std::uint64_t ids);
    void on_ignored(const std::string& tiktok, std::string_view reason, std::uint64_t messages = 1);
    // Messages settled here since the last call, as those of on_settled().
    std::vector<seen_mark> take_marks();

    // Before the first event of the room. Such a message, should it come again, is said where it was not.
    void restore_done(const std::string& tiktok, done_before done);

    // What gift streaks have to outlive the process with (see relay::room_story). To be restored before the
    // first event of the room; how many streaks were too old and are dropped as "expired".
    std::size_t restore_streaks(const std::string& tiktok, std::string_view notes, core::time_point now,
                                core::unix_ms wall);
    // By room. To be written before any line that on_line() was asked about.
    std::map<std::string, std::string> take_notes(core::unix_ms wall);

    // A moderator decides about a held message of the channel; number 0: the only one, see relay::hold_queue.
    std::optional<relay::line_part> approve(const std::string& channel, std::uint64_t number,
                                            core::time_point now);
    bool deny(const std::string& channel, std::uint64_t number);
    std::vector<std::uint64_t> undecided(const std::string& channel) const {
        return holds_.undecided(channel);
    }
    std::optional<std::string> channel_of_held(std::uint64_t number) const {
        return holds_.channel_of(number);
    }
    std::size_t held(relay::route_id route) const { return holds_.count(route); }

    // pipeline_held.cpp: what waits for a moderator, for who decides. `name`: as lines show it; empty where
    // the filters do not let it pass.
    struct held_message {
        std::uint64_t number = 0;
        relay::route_id route = 0;
        relay::event_kind kind = relay::event_kind::chat;
        std::string author;  // the handle
        std::string name;
        std::string line;  // what would be said
        std::string reason;
        core::duration left{};
    };
    std::vector<held_message> held_messages(core::time_point now) const;
    std::vector<held_message> held_messages(core::time_point now, const std::string& channel) const;

    // What is held, for the next process; unless `all`, only what waits for a decision. When it is written,
    // mark_kept() has their ids marked: the room's history must not bring them a second time.
    relay::kept_messages held_for_later(core::time_point now, core::unix_ms wall, bool all) const;
    void mark_kept(const relay::kept_messages& kept);
    std::uint64_t held_revision() const noexcept { return holds_.revision(); }
    std::uint64_t last_number() const noexcept { return holds_.last_number(); }
    // Of an earlier process, once all routes are there and before their first event; to be followed by
    // judge_again() of their channels. Whose time went by meanwhile is settled here.
    struct restored {
        std::size_t held = 0;
        std::size_t too_late = 0;
        std::size_t without_route = 0;
    };
    restored restore_held(const relay::kept_messages& kept, core::time_point now, core::unix_ms wall);

    // What is under way to a channel, judged again by the gate and the filters in force now: after a command
    // of its moderators or a reload. What is held is settled or changed here; of the rest the caller takes
    // back from the account what is `withdrawn` (by reason; what was in flight may be said all the same) and
    // gives it the words that are `revised`. Settled as filtered, once the account gives it up for that
    // reason; for `held_again` it is held here instead.
    struct second_judgement {
        std::map<std::string, ticket_set> withdrawn;
        parts revised;  // masked now: the same tickets
    };
    static constexpr std::string_view held_again = "held_again";
    second_judgement judge_again(const std::string& channel, core::time_point now);
    // TikTok's moderators removed these messages, and everything of these users, from a room. The open
    // tickets among them; they are remembered as removed, for what is in flight may be said all the same.
    ticket_set remove(const std::string& tiktok, std::span<const std::int64_t> msg_ids,
                      std::span<const std::int64_t> user_ids);
    // The open gift streaks of these users are dropped as "deleted_on_tiktok".
    void forget_streaks(const std::string& tiktok, std::span<const std::int64_t> user_ids,
                        core::time_point now);
    // Those of them that are held end here, as dropped.
    void withdraw_held(const ticket_set& tickets, std::string_view reason);

    // Twitch accepted a line. To be called before its tickets are settled. What remove() was told of while it
    // was on its way is on it all the same: then the line is to be deleted.
    std::optional<relay::line_recall::order> on_said(std::string channel, std::string line_id,
                                                     std::span<const relay::event_ticket> tickets,
                                                     core::time_point now);
    // As remove(), of what was said: the lines to delete.
    std::vector<relay::line_recall::order> recall(const std::string& tiktok,
                                                  std::span<const std::int64_t> msg_ids,
                                                  std::span<const std::int64_t> user_ids,
                                                  core::time_point now);
    // A line is gone: the parts to push, which say the others on it again, under new tickets and as far as
    // the gate and the filters in force now let them.
    parts on_line_deleted(const relay::line_recall::order& line, core::time_point now);
    // What became of lines otherwise.
    relay::line_recall& lines() noexcept { return lines_; }
    const relay::line_recall& lines() const noexcept { return lines_; }

    // Books an outcome. Returns a mark when this settles a message for good; a message that was still
    // waiting at shutdown gets none, so that the next start may fetch it from the room's history.
    std::vector<seen_mark> on_settled(const relay::settlement& settlement);
    // The line that carries these events is about to be written.
    std::vector<seen_mark> on_line(std::span<const relay::event_ticket> tickets);

    const std::map<relay::route_id, route_books>& routes() const noexcept { return routes_; }
    std::size_t open_tickets() const noexcept { return open_.size(); }

private:
    struct open_event {
        relay::route_id route = 0;
        std::int64_t msg_id = 0;
        bool marked = false;
        bool removed = false;
        bool again = false;                // settled once already, when it was said for the first time
        bool approved = false;             // by a moderator: no rule holds it again
        std::string held_for;              // the reason it was held for last; empty: never
        std::vector<std::string> changes;  // what for, as counted
        std::string author;                // the handle; that of `said` may have been masked
        bool shows_handle = false;         // in a line that may still wait
        relay::event said;                 // as the filter let it through
        std::string filtered_as;  // the rule that it breaks by now: taken back, it counts as filtered
        std::optional<core::time_point> hold_until;  // taken back as held_again, it is held
        std::string hold_reason;                     // for this
    };
    struct active_route {
        route_policy policy;
        relay::kind_limits limits;
    };

    void miss(const std::string& tiktok, std::string_view reason, std::uint64_t count);
    void drop_unsaid(const std::string& tiktok, const std::vector<relay::event>& events,
                     std::string_view reason);
    void judge_all(const std::string& tiktok, const std::vector<relay::event>& events, core::time_point now,
                   parts& out);
    void judge(relay::route_id id, active_route& route, const relay::event& event, core::time_point now,
               parts& out);
    void expect_told(const std::string& tiktok, const relay::event& event);
    void note(const std::string& tiktok, std::string_view text);
    // It ends here, or goes out, on one of its routes. A streak was told when that is so on all of them.
    void note_told(const std::string& tiktok, const relay::event& event);
    bool was_done(const route_books& books, std::int64_t msg_id) const;
    void filter(relay::route_id id, const relay::event& event, std::string_view reason,
                std::string_view rule = {});
    // `verdict` is the filter's about the event, and then about the line.
    std::optional<relay::line_part> compose(relay::route_id id, const active_route& route,
                                            const relay::event& event, relay::event_ticket ticket,
                                            relay::verdict& verdict) const;
    void judge_again(relay::event_ticket ticket, open_event& open, const active_route& route,
                     relay::held_part* held, second_judgement& out, core::time_point now);
    std::string fit_name(const active_route& route, const open_event& open) const;
    bool restore_held(relay::route_id id, const relay::kept_message& kept, core::duration left,
                      core::time_point now);
    std::uint64_t hold(relay::line_part part, core::time_point until, bool release_after);
    void say_again(relay::said_message message, core::time_point now, parts& out);
    bool hold_again(open_event& open, const relay::settlement& settlement);
    void wait_behind_earlier(relay::route_id id, const relay::event& event, relay::verdict& verdict,
                             core::time_point now) const;
    relay::ledger& ledger_of(const open_event& open);
    bool count_changes(open_event& open, const std::vector<std::string>& reasons);  // whether one is new
    void count_hold(open_event& open, std::string reason);
    void settle_held(const relay::line_part& part, relay::outcome result, std::string_view reason);
    void explain(const relay::event& event, judgement judgement) const;
    void explain(const open_event& open, judgement::kind what, std::string_view reason,
                 std::uint64_t number = 0) const;
    void explain_release(const parts& released) const;

    gate gate_;
    explainer explain_;
    observer observe_;
    std::vector<seen_mark> settled_here_;
    std::map<std::string, std::string> notes_;                           // by room
    std::map<std::string, done_before> done_;                            // by room; what can still come again
    std::map<std::pair<std::string, std::string>, std::size_t> untold_;  // by room and note: routes to go
    std::set<std::string> gifts_came_;                                   // rooms whose story may have notes
    std::map<relay::route_id, route_books> routes_;
    std::map<relay::route_id, active_route> active_;  // the routes in force
    std::map<std::string, relay::room_story> stories_;
    std::map<std::string, std::vector<std::string>> blocked_words_;  // by channel
    relay::hold_queue holds_;
    relay::line_recall lines_;
    std::unordered_map<relay::event_ticket, open_event> open_;
    relay::event_ticket next_ticket_ = 1;
    relay::route_id next_route_ = 1;
};

}  // namespace tiktok2twitch::app
