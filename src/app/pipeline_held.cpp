// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What is held: for those who decide about it, and for the next process.

#include <algorithm>
#include <utility>

#include "tiktok2twitch/app/pipeline.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {

using relay::outcome;

namespace {

core::unix_ms milliseconds(core::duration span) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

}  // namespace

// Judged as if its owner had only followed: of those events nothing but the name is looked at.
std::string pipeline::fit_name(const active_route& route, const open_event& open) const {
    relay::event alone;
    alone.kind = relay::event_kind::follow;
    alone.from = open.said.from;
    alone.from.unique_id = open.author;
    const auto verdict = route.policy.filter.judge_again(alone);
    if (verdict.what != relay::verdict::kind::pass)
        return {};
    return core::clean_text(verdict.name ? *verdict.name : alone.from.nickname);
}

std::vector<pipeline::held_message> pipeline::held_messages(core::time_point now) const {
    std::vector<held_message> out;
    for (const auto& held : holds_.all()) {
        const auto found = open_.find(held.part.ticket);
        const auto route = active_.find(held.part.route);
        if (held.release_after || found == open_.end() || route == active_.end())
            continue;
        const auto& open = found->second;
        out.push_back({held.number, open.route, open.said.kind, open.author, fit_name(route->second, open),
                       held.part.label + held.part.body, open.held_for,
                       std::max(held.until - now, core::duration::zero())});
    }
    return out;
}

std::vector<pipeline::held_message> pipeline::held_messages(core::time_point now,
                                                            const std::string& channel) const {
    auto out = held_messages(now);
    std::erase_if(out, [&](const held_message& held) { return routes_.at(held.route).channel != channel; });
    return out;
}

relay::kept_messages pipeline::held_for_later(core::time_point now, core::unix_ms wall, bool all) const {
    relay::kept_messages out;
    out.last_number = holds_.last_number();
    out.at = wall;
    for (const auto& held : holds_.all()) {
        const auto found = open_.find(held.part.ticket);
        if (found == open_.end() || (held.release_after && !all))
            continue;
        const auto& open = found->second;
        const auto& books = routes_.at(open.route);
        relay::kept_message kept;
        kept.number = held.number;
        kept.tiktok = books.tiktok;
        kept.channel = books.channel;
        kept.until = wall + milliseconds(std::max(held.until - now, core::duration::zero()));
        kept.held_for = open.held_for;
        kept.changes = open.changes;
        kept.author = open.author;
        kept.again = open.again;
        kept.said = open.said;
        out.held.push_back(std::move(kept));
    }
    return out;
}

void pipeline::mark_kept(const relay::kept_messages& kept) {
    std::unordered_set<std::int64_t> written;
    for (const auto& each : kept.held)
        written.insert(each.said.msg_id);
    for (const auto& held : holds_.all()) {
        const auto found = open_.find(held.part.ticket);
        if (found == open_.end() || found->second.marked || !written.contains(found->second.said.msg_id))
            continue;
        auto& open = found->second;
        open.marked = true;
        const auto& books = routes_.at(open.route);
        note_told(books.tiktok, open.said);
        if (open.msg_id != 0)
            settled_here_.push_back({books.tiktok, books.channel, open.msg_id});
    }
}

pipeline::restored pipeline::restore_held(const relay::kept_messages& kept, core::time_point now,
                                          core::unix_ms wall) {
    restored out;
    holds_.start_after(kept.last_number);
    const auto present = std::max(wall, kept.at);  // a clock that went back makes nobody wait longer
    for (const auto& each : kept.held) {
        const auto route = std::ranges::find_if(active_, [&](const auto& active) {
            const auto& books = routes_.at(active.first);
            return books.tiktok == each.tiktok && books.channel == each.channel;
        });
        if (route == active_.end())
            ++out.without_route;
        else if (restore_held(route->first, each, std::chrono::milliseconds(each.until - present), now))
            ++out.held;
        else
            ++out.too_late;
    }
    return out;
}

bool pipeline::restore_held(relay::route_id id, const relay::kept_message& kept, core::duration left,
                            core::time_point now) {
    const auto ticket = next_ticket_++;
    auto& open = open_[ticket];
    open.route = id;
    open.msg_id = kept.said.msg_id;
    open.marked = true;
    open.again = kept.again;
    open.author = kept.author;
    open.said = kept.said;
    open.said.received_at = now;
    ledger_of(open).receive();
    count_changes(open, kept.changes);
    count_hold(open, kept.held_for);
    const bool waits = kept.number != 0;
    relay::verdict line;  // judge_again() looks at it
    auto part = compose(id, active_.at(id), open.said, ticket, line);
    if (part && left > core::duration::zero()) {
        holds_.restore({std::move(*part), routes_.at(id).channel, now + left, !waits, kept.number});
        return true;
    }
    const auto result = part && !waits ? outcome::dropped : outcome::filtered;
    on_settled({ticket, id, result, !part ? "empty" : waits ? "held_too_long" : "expired"});
    return false;
}

}  // namespace tiktok2twitch::app
