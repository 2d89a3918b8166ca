// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Everything that is decided between the queue and the Twitch account: what happened in a room, which routes
// it takes, what it says there, what is held back, and the counts of each route. Pure: the caller moves the
// results and gives the time. One thread.
//
// The pipeline itself has the rooms and the lines that were said. judge decides about an event, open_events
// has what is under way, route_table has the rules, the counts and what the next process must know.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/egress/explain.hpp"
#include "tiktok2twitch/egress/judge.hpp"
#include "tiktok2twitch/egress/open_events.hpp"
#include "tiktok2twitch/egress/routes.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/line.hpp"
#include "tiktok2twitch/relay/moderation/line_recall.hpp"
#include "tiktok2twitch/relay/story/room_story.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::egress {

class pipeline {
public:
    using explainer = explanations::listener;
    using observer =
        std::function<void(const std::string& channel, const relay::author& from, const shown_author& shown)>;
    using ticket_set = egress::ticket_set;
    using parts = egress::parts;
    using done_before = egress::done_before;
    static constexpr auto held_again = open_events::held_again;

    void set_gate(judge::gate allow) { judge_.set_gate(std::move(allow)); }
    // Told once of everybody whom a line will name, and how it names them.
    void set_observer(observer observe) { observe_ = std::move(observe); }
    // Of these kinds only; of all when none is named.
    void set_explainer(explainer explain, std::initializer_list<judgement::kind> only = {}) {
        explain_.listen(std::move(explain), only);
    }

    // Numbers start at 1 and are not given twice; the counts of a removed route stay for the report.
    route_id add_route(std::string tiktok, std::string channel, route_policy policy);
    void remove_route(route_id route);
    // After a reload: rates, known users and what is held stay.
    void replace_policy(route_id route, route_policy policy);
    // What a channel's moderators block beside the configured words.
    void set_blocked_words(const std::string& channel, std::vector<std::string> words) {
        routes_.set_blocked_words(channel, std::move(words));
    }
    const std::map<route_id, route_state>& routes() const noexcept { return routes_.all(); }

    // One event off the wire. The parts to push to the account: for each route of that room, for each thing
    // that this event brought to its end (see relay::room_story). What a route does not say is counted.
    parts on_event(const std::string& tiktok, const relay::event& event, time_point now);
    // What becomes sayable by time alone: ended streaks, held messages. To be called at deadline().
    parts poll(time_point now);
    time_point deadline() const;  // time_point::max() when nothing waits for the clock
    // The end: what streaks have come to, said now. `in_peace`, when nobody is in a hurry, held messages of
    // new users are said. What is held then is dropped as "shutdown", but for `kept`: the next process has it
    // (see held_for_later()), and it stays pending here.
    parts finish(time_point now, bool in_peace = false, bool kept = false);

    // Events of a kind that never reached this side (the queue was full): dropped by the routes that carry
    // it.
    void on_lost(const std::string& tiktok, relay::event_kind kind, std::uint64_t events);
    // The same of frames that are only part of an event.
    void on_parts_lost(const std::string& tiktok, relay::event_kind kind, std::uint64_t frames);
    // What could not be read at all, whatever it was.
    void on_unread(const std::string& tiktok, const tiktok::unread_counts& counts);
    // Removals by TikTok's moderators that never reached this side.
    void on_deletions_lost(const std::string& tiktok, std::uint64_t ids) {
        miss(tiktok, "deletion_handover_full", ids);
    }
    // History and repeats, which are not judged; with the event, where somebody may want an explanation.
    void on_ignored(const std::string& tiktok, std::string_view reason, std::uint64_t messages = 1) {
        routes_.each_of(tiktok, [&](route_state& route) { route.ledger.ignore(reason, messages); });
    }
    void on_ignored(const std::string& tiktok, std::string_view reason, const relay::event& event);

    // The messages that routes are done with since the last call of this, on_settled() or on_line().
    std::vector<seen_mark> take_marks() { return routes_.take_marks(); }
    // Before the first event of the room. Such a message, should it come again, is said where it was not.
    void restore_done(const std::string& tiktok, done_before done) {
        routes_.restore_done(tiktok, std::move(done));
    }
    // What gift streaks have to outlive the process with (see relay::room_story). To be restored before the
    // first event of the room; how many streaks were too old and are dropped as "expired".
    std::size_t restore_streaks(const std::string& tiktok, std::string_view notes, time_point now,
                                core::unix_ms wall);
    // By room. To be written before any line that on_line() was asked about.
    std::map<std::string, std::string> take_notes(core::unix_ms wall);

    // A moderator decides about a held message of the channel; number 0: the only one, see relay::hold_queue.
    std::optional<line_part> approve(const std::string& channel, std::uint64_t number, time_point now) {
        return open_.approve(channel, number, now);
    }
    bool deny(const std::string& channel, std::uint64_t number) { return open_.deny(channel, number); }
    std::vector<std::uint64_t> undecided(const std::string& channel) const {
        return open_.holds().undecided(channel);
    }
    std::optional<std::string> channel_of_held(std::uint64_t number) const {
        return open_.holds().channel_of(number);
    }
    std::size_t held(route_id route) const { return open_.holds().count(route); }
    // Without a channel: of all.
    std::vector<held_message> held_messages(time_point now, const std::string& channel = {}) const {
        return open_.held_messages(now, channel);
    }

    // What is held, for the next process; unless `all`, only what waits for a decision. When it is written,
    // mark_kept() has their ids marked: the room's history must not bring them a second time.
    relay::kept_messages held_for_later(time_point now, core::unix_ms wall, bool all) const {
        return open_.held_for_later(now, wall, all);
    }
    void mark_kept(const relay::kept_messages& kept) { open_.mark_kept(kept); }
    std::uint64_t held_revision() const noexcept { return open_.holds().revision(); }
    std::uint64_t last_number() const noexcept { return open_.holds().last_number(); }
    // Of an earlier process, once all routes are there and before their first event; to be followed by
    // judge_again() of their channels. Whose time went by meanwhile is settled here.
    restored_messages restore_held(const relay::kept_messages& kept, time_point now, core::unix_ms wall) {
        return open_.restore(kept, now, wall);
    }

    // What is under way to a channel, judged again by the gate and the filters in force now: after a command
    // of its moderators or a reload. What is held is settled or changed here. What is withdrawn for the
    // reason held_again is held here once the account gives it up; the rest is settled as filtered then.
    second_judgement judge_again(const std::string& channel, time_point now) {
        return open_.judge_again(channel, now);
    }
    // TikTok's moderators removed these messages, and everything of these users, from a room. The open
    // tickets among them; they are remembered as removed, for what is in flight may be said all the same.
    ticket_set remove(const std::string& tiktok, std::span<const std::int64_t> msg_ids,
                      std::span<const std::int64_t> user_ids) {
        return open_.remove(tiktok, msg_ids, user_ids);
    }
    // The open gift streaks of these users are dropped as "deleted_on_tiktok".
    void forget_streaks(const std::string& tiktok, std::span<const std::int64_t> user_ids, time_point now);
    // Those of them that are held end here, as dropped.
    void withdraw_held(const ticket_set& tickets, std::string_view reason);

    // Twitch accepted a line. To be called before its tickets are settled. What remove() was told of while it
    // was on its way is on it all the same: then the line is to be deleted.
    std::optional<relay::line_recall::order> on_said(std::string channel, std::string line_id,
                                                     std::span<const event_ticket> tickets, time_point now);
    // As remove(), of what was said: the lines to delete.
    std::vector<relay::line_recall::order> recall(const std::string& tiktok,
                                                  std::span<const std::int64_t> msg_ids,
                                                  std::span<const std::int64_t> user_ids, time_point now);
    // A line is gone: the parts to push, which say the others on it again, under new tickets and as far as
    // the gate and the filters in force now let them.
    parts on_line_deleted(const relay::line_recall::order& line, time_point now);
    // What became of lines otherwise.
    relay::line_recall& lines() noexcept { return lines_; }
    const relay::line_recall& lines() const noexcept { return lines_; }

    // Counts an outcome. What settles a message for good marks it; a message that was still waiting at
    // shutdown is not marked: the next start may fetch it from the room's history. Returns take_marks().
    std::vector<seen_mark> on_settled(const relay::settlement& settlement);
    // The line that carries these events is about to be written. Returns take_marks(), as well.
    std::vector<seen_mark> on_line(std::span<const event_ticket> tickets);
    std::size_t open_tickets() const noexcept { return open_.size(); }

private:
    void miss(const std::string& tiktok, std::string_view reason, std::uint64_t count) {
        if (count > 0)
            routes_.each_of(tiktok, [&](route_state& route) { route.ledger.miss(reason, count); });
    }
    void drop_unsaid(const std::string& tiktok, const std::vector<relay::event>& events,
                     std::string_view reason);
    void judge_all(const std::string& tiktok, std::vector<relay::event> events, time_point now, parts& out);
    std::optional<line_part> judge_on(route_state& route, const shared_event& event, time_point now);
    bool is_repeat(route_state& route, const relay::event& event);

    observer observe_;
    explanations explain_;
    route_table routes_;
    judge judge_;
    open_events open_{routes_, judge_, explain_};
    std::map<std::string, relay::room_story> stories_;  // by room
    std::set<std::string> gifts_came_;                  // rooms whose story may have notes
    relay::line_recall lines_;
};

// How far the account is with a route.
struct route_progress {
    std::uint64_t pending = 0;  // with what is held; without what is said again
    std::uint64_t lines_sent = 0;
    std::uint64_t lines_accepted = 0;
};

// What the pipeline decides, done to the account: the live relay, dry runs, the demo and replays all go
// through here. Both must outlive it. What the account settles goes to pipeline::on_settled().
class sender {
public:
    sender(pipeline& decisions, twitch::account& account) : pipeline_(decisions), account_(account) {}

    void push(parts said, time_point now);
    // Judges again what is under way to the channel, by the rules in force now.
    void judge_again(const std::string& channel, time_point now);
    // TikTok's moderators removed this: takes back what waits. The lines to delete, of what was said.
    std::vector<relay::line_recall::order> remove(const std::string& tiktok, const tiktok::deletion& what,
                                                  time_point now);
    route_progress progress(route_id route) const;

private:
    void withdraw(const ticket_set& tickets, std::string_view reason, time_point now);

    pipeline& pipeline_;
    twitch::account& account_;
};

}  // namespace tiktok2twitch::egress
