// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Routes and their books. What is decided about an event is in pipeline_events.cpp.

#include "tiktok2twitch/app/pipeline.hpp"

#include <algorithm>
#include <utility>

namespace tiktok2twitch::app {
namespace {

judgement::kind end_of(relay::outcome result) noexcept {
    switch (result) {
        case relay::outcome::relayed:
            break;
        case relay::outcome::folded:
            return judgement::kind::folded;
        case relay::outcome::filtered:
            return judgement::kind::filtered;
        case relay::outcome::dropped:
            return judgement::kind::dropped;
    }
    return judgement::kind::said;
}

}  // namespace

relay::route_id pipeline::add_route(std::string tiktok, std::string channel, route_policy policy) {
    const auto route = next_route_++;
    const auto like_every = policy.events.like_every;
    if (const auto words = blocked_words_.find(channel); words != blocked_words_.end())
        policy.filter.set_extra_words(words->second);
    stories_.try_emplace(tiktok, like_every).first->second.set_like_every(like_every);
    routes_.emplace(route, route_books{std::move(tiktok), std::move(channel), {}, {}});
    active_.emplace(route, active_route{std::move(policy), {}});
    return route;
}

void pipeline::remove_route(relay::route_id route) {
    if (!active_.contains(route))
        return;
    const auto room = routes_.at(route).tiktok;
    const auto routes_of_room = std::count_if(active_.begin(), active_.end(), [&](const auto& other) {
        return routes_.at(other.first).tiktok == room;
    });
    if (routes_of_room == 1) {
        drop_unsaid(room, stories_.at(room).finish({}), "route_removed");
        stories_.erase(room);
        done_.erase(room);
        std::erase_if(untold_, [&room](const auto& each) { return each.first.first == room; });
    }
    active_.erase(route);
    const auto of_route = [route](const relay::line_part& held) {
        return held.route == route;
    };
    for (const auto& part : holds_.remove(of_route))
        settle_held(part, relay::outcome::dropped, "route_removed");
}

void pipeline::replace_policy(relay::route_id route, route_policy policy) {
    auto& active = active_.at(route);
    policy.filter.inherit(std::move(active.policy.filter));
    const auto& books = routes_.at(route);
    if (const auto words = blocked_words_.find(books.channel); words != blocked_words_.end())
        policy.filter.set_extra_words(words->second);
    stories_.at(books.tiktok).set_like_every(policy.events.like_every);
    active.policy = std::move(policy);
}

void pipeline::set_blocked_words(const std::string& channel, std::vector<std::string> words) {
    for (auto& [id, route] : active_)
        if (routes_.at(id).channel == channel)
            route.policy.filter.set_extra_words(words);
    blocked_words_.insert_or_assign(channel, std::move(words));
}

void pipeline::on_lost(const std::string& tiktok, relay::event_kind kind, std::uint64_t events) {
    for (const auto& [id, route] : active_) {
        auto& books = routes_.at(id);
        if (books.tiktok != tiktok || !route.policy.carries[static_cast<std::size_t>(kind)])
            continue;
        books.ledger.receive(events);
        books.ledger.settle(relay::outcome::dropped, "handover_full", events);
    }
}

void pipeline::on_parts_lost(const std::string& tiktok, relay::event_kind kind, std::uint64_t frames) {
    for (const auto& [id, route] : active_)
        if (auto& books = routes_.at(id);
            books.tiktok == tiktok && route.policy.carries[static_cast<std::size_t>(kind)])
            books.ledger.miss("part_handover_full", frames);
}

void pipeline::on_unread(const std::string& room, const tiktok::unread_counts& counts) {
    miss(room, "batch_excess", counts.excess_messages);
    miss(room, "undecodable", counts.undecodable_messages + counts.undecodable_frames);
    miss(room, "frame_too_large", counts.oversized_frames);
}

void pipeline::on_deletions_lost(const std::string& tiktok, std::uint64_t ids) {
    miss(tiktok, "deletion_handover_full", ids);
}

void pipeline::miss(const std::string& tiktok, std::string_view reason, std::uint64_t count) {
    if (count == 0)
        return;
    for (const auto& [id, route] : active_)
        if (auto& books = routes_.at(id); books.tiktok == tiktok)
            books.ledger.miss(reason, count);
}

void pipeline::on_ignored(const std::string& tiktok, std::string_view reason, std::uint64_t messages) {
    for (const auto& [id, route] : active_)
        if (auto& books = routes_.at(id); books.tiktok == tiktok)
            books.ledger.ignore(reason, messages);
}

std::vector<seen_mark> pipeline::take_marks() {
    return std::exchange(settled_here_, {});
}

std::size_t pipeline::restore_streaks(const std::string& tiktok, std::string_view notes, core::time_point now,
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
            note(tiktok, story->second.take_notes(wall));
    return std::exchange(notes_, {});
}

void pipeline::note(const std::string& tiktok, std::string_view text) {
    if (!text.empty())
        notes_[tiktok] += text;
}

void pipeline::note_told(const std::string& tiktok, const relay::event& event) {
    if (!event.gift || event.gift->told.empty())
        return;
    if (const auto found = untold_.find({tiktok, event.gift->told}); found != untold_.end()) {
        if (--found->second > 0)
            return;
        untold_.erase(found);
    }
    note(tiktok, event.gift->told);
}

void pipeline::restore_done(const std::string& tiktok, done_before done) {
    done_.insert_or_assign(tiktok, std::move(done));
}

bool pipeline::was_done(const route_books& books, std::int64_t msg_id) const {
    const auto room = done_.find(books.tiktok);
    if (room == done_.end())
        return false;
    const auto found = room->second.find(msg_id);
    return found != room->second.end() && found->second.contains(books.channel);
}

void pipeline::expect_told(const std::string& tiktok, const relay::event& event) {
    const auto routes = std::count_if(active_.begin(), active_.end(), [&](const auto& route) {
        return routes_.at(route.first).tiktok == tiktok &&
               route.second.policy.carries[static_cast<std::size_t>(event.kind)];
    });
    if (routes > 1 && !event.gift->told.empty())
        untold_[{tiktok, event.gift->told}] = static_cast<std::size_t>(routes);
    else if (routes == 0)
        note_told(tiktok, event);  // nobody will say it
}

std::vector<seen_mark> pipeline::on_settled(const relay::settlement& settlement) {
    const auto found = open_.find(settlement.ticket);
    if (found == open_.end())
        return {};
    if (hold_again(found->second, settlement))
        return {};
    const auto open = std::move(found->second);
    open_.erase(found);
    auto& books = routes_.at(open.route);
    const bool held = settlement.reason == held_again;
    const bool filtered = !open.filtered_as.empty() && (held || settlement.reason == open.filtered_as);
    const auto result = filtered ? relay::outcome::filtered : settlement.result;
    const std::string_view reason = filtered ? std::string_view(open.filtered_as)
                                    : held   ? "route_removed"
                                             : std::string_view(settlement.reason);
    ledger_of(open).settle(result, reason);
    if (result != relay::outcome::relayed)
        explain(open, end_of(result), reason);
    if (open.marked || settlement.reason == "shutdown")
        return {};
    note_told(books.tiktok, open.said);
    if (open.msg_id == 0)
        return {};
    return {seen_mark{books.tiktok, books.channel, open.msg_id}};
}

std::vector<seen_mark> pipeline::on_line(std::span<const relay::event_ticket> tickets) {
    std::vector<seen_mark> marks;
    for (const auto ticket : tickets) {
        const auto found = open_.find(ticket);
        if (found == open_.end() || found->second.marked)
            continue;
        found->second.marked = true;
        const auto& books = routes_.at(found->second.route);
        note_told(books.tiktok, found->second.said);
        if (found->second.msg_id != 0)
            marks.push_back({books.tiktok, books.channel, found->second.msg_id});
    }
    return marks;
}

}  // namespace tiktok2twitch::app
