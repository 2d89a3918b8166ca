// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/egress/pipeline.hpp"

#include <algorithm>
#include <iterator>

namespace tiktok2twitch::egress {

using decided = judgement::kind;

namespace {

void append(parts& out, parts more) {
    std::move(more.begin(), more.end(), std::back_inserter(out));
}

}  // namespace

route_id pipeline::add_route(std::string tiktok, std::string channel, route_policy policy) {
    const auto like_every = policy.events.like_every;
    stories_.try_emplace(tiktok, like_every).first->second.set_like_every(like_every);
    return routes_.add(std::move(tiktok), std::move(channel), std::move(policy)).id;
}

void pipeline::remove_route(route_id id) {
    auto& route = routes_.at(id);
    if (!route.in_force)
        return;
    std::size_t routes_of_room = 0;
    routes_.each_of(route.tiktok, [&](const route_state&) { ++routes_of_room; });
    if (routes_of_room == 1) {
        drop_unsaid(route.tiktok, stories_.at(route.tiktok).finish({}), "route_removed");
        stories_.erase(route.tiktok);
        routes_.forget_room(route.tiktok);
    }
    route.in_force.reset();
    open_.drop_held("route_removed", [id](const line_part& held) { return held.route == id; });
}

void pipeline::replace_policy(route_id id, route_policy policy) {
    auto& route = routes_.at(id);
    stories_.at(route.tiktok).set_like_every(policy.events.like_every);
    routes_.replace_policy(route, std::move(policy));
}

parts pipeline::on_event(const std::string& tiktok, const relay::event& event, time_point now) {
    parts out;
    const auto story = stories_.find(tiktok);
    if (story == stories_.end())
        return out;
    auto events = story->second.on_event(event, now);
    if (event.gift)
        gifts_came_.insert(tiktok);
    if (events.empty())
        explain_.tell(event, {0, decided::gathered});
    judge_all(tiktok, std::move(events), now, out);
    return out;
}

parts pipeline::poll(time_point now) {
    parts out;
    for (auto& [tiktok, story] : stories_)
        judge_all(tiktok, story.poll(now), now, out);
    append(out, open_.take_due(now));
    return out;
}

time_point pipeline::deadline() const {
    auto at = open_.holds().deadline();
    for (const auto& [tiktok, story] : stories_)
        at = std::min(at, story.deadline());
    return at;
}

parts pipeline::finish(time_point now, bool in_peace, bool kept) {
    parts out;
    for (auto& [tiktok, story] : stories_)
        judge_all(tiktok, story.finish(now), now, out);
    if (in_peace)
        append(out, open_.release(now));
    if (!kept)
        open_.drop_held("shutdown", [](const line_part&) { return true; });
    return out;
}

void pipeline::judge_all(const std::string& tiktok, std::vector<relay::event> events, time_point now,
                         parts& out) {
    for (auto& each : events) {
        const auto event = std::make_shared<const relay::event>(std::move(each));
        routes_.expect_told(tiktok, *event);
        routes_.each_of(tiktok, [&](route_state& route) {
            if (!route.carries(event->kind))
                explain_.tell(*event, {route.id, decided::not_asked});
            else if (auto part = judge_on(route, with_unsaid_parts(route, event), now))
                out.push_back(*std::move(part));
        });
    }
}

std::optional<line_part> pipeline::judge_on(route_state& route, const shared_event& event, time_point now) {
    if (is_repeat(route, *event)) {
        routes_.on_told(route.tiktok, *event);
        return std::nullopt;
    }
    route.ledger.receive();
    auto found = judge_.first(route, event, open_.held_until(route, *event), now);
    if (!found.refused.empty()) {
        route.ledger.settle(relay::outcome::filtered, found.refused);
        routes_.on_done(route, *event);
        if (explain_.wanted(decided::filtered))
            explain_.tell(*event,
                          {route.id, decided::filtered, found.refused, rule_of(route, event->kind, found)});
        return std::nullopt;
    }
    if (observe_)
        observe_(route.channel, event->from, shown(found));
    return open_.add(route, *event, std::move(found), now);
}

bool pipeline::is_repeat(route_state& route, const relay::event& event) {
    if (!routes_.was_done(route, event.msg_id))
        return false;
    route.ledger.ignore("duplicate");
    explain_.tell(event, {route.id, decided::ignored, "duplicate"});
    return true;
}

void pipeline::drop_unsaid(const std::string& tiktok, const std::vector<relay::event>& events,
                           std::string_view reason) {
    for (const auto& event : events) {
        routes_.on_told(tiktok, event);
        routes_.each_of(tiktok, [&](route_state& route) {
            if (!route.carries(event.kind) || is_repeat(route, event))
                return;
            route.ledger.receive();
            route.ledger.settle(relay::outcome::dropped, reason);
            explain_.tell(event, {route.id, decided::dropped, std::string(reason)});
        });
    }
}

void pipeline::on_lost(const std::string& tiktok, relay::event_kind kind, std::uint64_t events) {
    routes_.each_of(tiktok, [&](route_state& route) {
        if (!route.carries(kind))
            return;
        route.ledger.receive(events);
        route.ledger.settle(relay::outcome::dropped, "handover_full", events);
    });
}

void pipeline::on_parts_lost(const std::string& tiktok, relay::event_kind kind, std::uint64_t frames) {
    routes_.each_of(tiktok, [&](route_state& route) {
        if (route.carries(kind))
            route.ledger.miss("part_handover_full", frames);
    });
}

void pipeline::on_unread(const std::string& tiktok, const tiktok::unread_counts& counts) {
    miss(tiktok, "batch_excess", counts.excess_messages);
    miss(tiktok, "undecodable", counts.undecodable_messages + counts.undecodable_frames);
    miss(tiktok, "frame_too_large", counts.oversized_frames);
}

void pipeline::on_ignored(const std::string& tiktok, std::string_view reason, const relay::event& event) {
    routes_.each_of(tiktok, [&](route_state& route) {
        route.ledger.ignore(reason);
        explain_.tell(event, {route.id, decided::ignored, std::string(reason)});
    });
}

std::size_t pipeline::restore_streaks(const std::string& tiktok, std::string_view notes, time_point now,
                                      core::unix_ms wall) {
    const auto story = stories_.find(tiktok);
    if (story == stories_.end())
        return 0;
    const auto expired = story->second.restore(notes, now, wall);
    drop_unsaid(tiktok, expired, "expired");
    return expired.size();
}

std::map<std::string, std::string> pipeline::take_notes(core::unix_ms wall) {
    for (const auto& tiktok : std::exchange(gifts_came_, {}))
        if (const auto story = stories_.find(tiktok); story != stories_.end())
            routes_.note(tiktok, story->second.take_notes(wall));
    return routes_.take_notes();
}

void pipeline::forget_streaks(const std::string& tiktok, std::span<const std::int64_t> user_ids,
                              time_point now) {
    const auto story = stories_.find(tiktok);
    if (story == stories_.end())
        return;
    for (const auto user : user_ids)
        drop_unsaid(tiktok, story->second.forget(user, now), "deleted_on_tiktok");
}

void pipeline::withdraw_held(const ticket_set& tickets, std::string_view reason) {
    open_.drop_held(reason, [&](const line_part& part) { return tickets.contains(part.ticket); });
}

std::optional<relay::line_recall::order> pipeline::on_said(std::string channel, std::string line_id,
                                                           std::span<const event_ticket> tickets,
                                                           time_point now) {
    return lines_.on_said(std::move(channel), std::move(line_id), open_.messages(tickets), now);
}

std::vector<relay::line_recall::order> pipeline::recall(const std::string& tiktok,
                                                        std::span<const std::int64_t> msg_ids,
                                                        std::span<const std::int64_t> user_ids,
                                                        time_point now) {
    std::set<route_id> of_room;  // removed routes too: their lines can still be read
    for (const auto& [id, route] : routes_.all())
        if (route.tiktok == tiktok)
            of_room.insert(id);
    return lines_.remove(of_room, msg_ids, user_ids, now);
}

parts pipeline::on_line_deleted(const relay::line_recall::order& line, time_point now) {
    parts out;
    for (const auto& message : lines_.on_deleted(line))
        if (auto part = open_.say_again(message, now))
            out.push_back(*std::move(part));
    return out;
}

std::vector<seen_mark> pipeline::on_settled(const relay::settlement& settlement) {
    open_.settle(settlement);
    return routes_.take_marks();
}

std::vector<seen_mark> pipeline::on_line(std::span<const event_ticket> tickets) {
    open_.on_line(tickets);
    return routes_.take_marks();
}

void sender::push(parts said, time_point now) {
    for (auto& part : said)
        account_.push(std::move(part), now);
}

// A pause that lets a minute's worth of waiting lines pass would be none, nor would a blocked word.
void sender::judge_again(const std::string& channel, time_point now) {
    const auto found = pipeline_.judge_again(channel, now);
    for (const auto& [reason, tickets] : found.withdrawn)
        withdraw(tickets, reason, now);
    account_.revise(found.revised, now);
}

std::vector<relay::line_recall::order> sender::remove(const std::string& tiktok, const tiktok::deletion& what,
                                                      time_point now) {
    pipeline_.forget_streaks(tiktok, what.user_ids, now);
    const auto removed = pipeline_.remove(tiktok, what.msg_ids, what.user_ids);
    if (!removed.empty()) {
        withdraw(removed, "deleted_on_tiktok", now);
        pipeline_.withdraw_held(removed, "deleted_on_tiktok");
    }
    return pipeline_.recall(tiktok, what.msg_ids, what.user_ids, now);
}

route_progress sender::progress(route_id route) const {
    // The account knows no difference between what is said for the first time and what is said again.
    const auto again = pipeline_.routes().at(route).again.pending();
    return {account_.pending(route) + pipeline_.held(route) - again, account_.lines_sent(route),
            account_.lines_accepted(route)};
}

void sender::withdraw(const ticket_set& tickets, std::string_view reason, time_point now) {
    account_.withdraw([&](event_ticket ticket) { return tickets.contains(ticket); }, reason, now);
}

}  // namespace tiktok2twitch::egress
