// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/pipeline.hpp"

#include <utility>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {

namespace {

// Who is heard first when not everybody can be: the streamer, moderators, who speaks to the streamer, all.
std::uint8_t priority_of(const relay::event& event, const std::string& streamer) {
    if (event.from.streamer)
        return 3;
    if (event.from.moderator)
        return 2;
    return core::fold_case(core::repair_utf8(event.text)).find("@" + streamer) == std::string::npos ? 0 : 1;
}

}  // namespace

relay::route_id pipeline::add_route(std::string tiktok, std::string channel, relay::formatter formatter) {
    const auto route = next_route_++;
    routes_.emplace(route, route_books{std::move(tiktok), std::move(channel), {}});
    formatters_.emplace(route, std::move(formatter));
    return route;
}

void pipeline::remove_route(relay::route_id route) {
    formatters_.erase(route);
}

void pipeline::replace_formatter(relay::route_id route, relay::formatter formatter) {
    formatters_.insert_or_assign(route, std::move(formatter));
}

std::vector<relay::line_part> pipeline::on_event(const std::string& tiktok, const relay::event& event) {
    std::vector<relay::line_part> parts;
    if (event.kind != relay::event_kind::chat && event.kind != relay::event_kind::emote_chat)
        return parts;
    for (const auto& [route, formatter] : formatters_) {
        auto& books = routes_.at(route);
        if (books.tiktok != tiktok)
            continue;
        books.ledger.receive();
        if (const auto reason = gate_ ? gate_(books.channel, event) : std::string_view{}; !reason.empty()) {
            books.ledger.settle(relay::outcome::filtered, reason);
            if (event.msg_id != 0)
                turned_away_.push_back({tiktok, event.msg_id});
            continue;
        }
        auto said = formatter.format(event);
        if (!said) {
            books.ledger.settle(relay::outcome::filtered, "empty");
            continue;
        }
        const auto ticket = next_ticket_++;
        open_.emplace(ticket, open_event{route, event.msg_id, false, false, event.kind, event.from.id,
                                         event.from.unique_id});
        relay::line_part part;
        part.ticket = ticket;
        part.route = route;
        part.label = std::move(said->label);
        part.body = std::move(said->body);
        part.author_id = event.from.id;
        part.received_at = event.received_at;
        part.name = std::move(said->name);
        part.fold_key = core::fold_key(said->text);
        part.text = std::move(said->text);
        part.priority = priority_of(event, tiktok);
        parts.push_back(std::move(part));
    }
    return parts;
}

void pipeline::on_lost(const std::string& tiktok, std::uint64_t events) {
    for (const auto& [route, formatter] : formatters_) {
        auto& books = routes_.at(route);
        if (books.tiktok != tiktok)
            continue;
        books.ledger.receive(events);
        books.ledger.settle(relay::outcome::dropped, "handover_full", events);
    }
}

void pipeline::on_ignored(const std::string& tiktok, std::string_view reason) {
    for (const auto& [route, formatter] : formatters_)
        if (auto& books = routes_.at(route); books.tiktok == tiktok)
            books.ledger.ignore(reason);
}

std::vector<seen_mark> pipeline::on_settled(const relay::settlement& settlement) {
    const auto found = open_.find(settlement.ticket);
    if (found == open_.end())
        return {};
    const auto open = found->second;
    open_.erase(found);
    auto& books = routes_.at(open.route);
    books.ledger.settle(settlement.result, settlement.reason);
    if (open.marked || open.msg_id == 0 || settlement.reason == "shutdown")
        return {};
    return {seen_mark{books.tiktok, open.msg_id}};
}

std::vector<seen_mark> pipeline::on_line(std::span<const relay::event_ticket> tickets) {
    std::vector<seen_mark> marks;
    for (const auto ticket : tickets) {
        const auto found = open_.find(ticket);
        if (found == open_.end() || found->second.marked || found->second.msg_id == 0)
            continue;
        found->second.marked = true;
        marks.push_back({routes_.at(found->second.route).tiktok, found->second.msg_id});
    }
    return marks;
}

}  // namespace tiktok2twitch::app
