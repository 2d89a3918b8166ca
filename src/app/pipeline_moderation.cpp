// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What moderators, of either side, ask about events that are already under way.

#include <set>
#include <utility>

#include "tiktok2twitch/app/pipeline.hpp"

namespace tiktok2twitch::app {

pipeline::ticket_set pipeline::remove(const std::string& tiktok, std::span<const std::int64_t> msg_ids,
                                      std::span<const std::int64_t> user_ids) {
    std::unordered_set<std::int64_t> messages(msg_ids.begin(), msg_ids.end());
    std::unordered_set<std::int64_t> users(user_ids.begin(), user_ids.end());
    messages.erase(0);  // no id: has nothing in common with others that have none
    users.erase(0);
    ticket_set found;
    for (auto& [ticket, open] : open_) {
        if (routes_.at(open.route).tiktok != tiktok ||
            (!messages.contains(open.msg_id) && !users.contains(open.said.from.id)))
            continue;
        open.removed = true;
        found.insert(ticket);
    }
    return found;
}

void pipeline::forget_streaks(const std::string& tiktok, std::span<const std::int64_t> user_ids,
                              core::time_point now) {
    const auto story = stories_.find(tiktok);
    if (story == stories_.end())
        return;
    for (const auto user : user_ids)
        drop_unsaid(tiktok, story->second.forget(user, now), "deleted_on_tiktok");
}

void pipeline::drop_unsaid(const std::string& tiktok, const std::vector<relay::event>& events,
                           std::string_view reason) {
    for (const auto& event : events) {
        note_told(tiktok, event);
        for (const auto& [id, route] : active_) {
            auto& books = routes_.at(id);
            if (books.tiktok != tiktok || !route.policy.carries[static_cast<std::size_t>(event.kind)])
                continue;
            if (was_done(books, event.msg_id)) {
                books.ledger.ignore("duplicate", 1);
                continue;
            }
            books.ledger.receive();
            books.ledger.settle(relay::outcome::dropped, reason);
            explain(event, {id, judgement::kind::dropped, std::string(reason), {}, {}});
        }
    }
}

std::optional<relay::line_recall::order> pipeline::on_said(std::string channel, std::string line_id,
                                                           std::span<const relay::event_ticket> tickets,
                                                           core::time_point now) {
    std::vector<relay::said_message> messages;
    for (const auto ticket : tickets) {
        const auto found = open_.find(ticket);
        if (found == open_.end())
            continue;
        const auto& open = found->second;
        relay::said_message message;
        message.route = open.route;
        message.what = open.said;
        message.author = open.author;
        message.approved = open.approved;
        if (open.removed)
            message.state = relay::said_message::fate::removed;
        messages.push_back(std::move(message));
    }
    return lines_.on_said(std::move(channel), std::move(line_id), std::move(messages), now);
}

std::vector<relay::line_recall::order> pipeline::recall(const std::string& tiktok,
                                                        std::span<const std::int64_t> msg_ids,
                                                        std::span<const std::int64_t> user_ids,
                                                        core::time_point now) {
    std::set<relay::route_id> of_room;  // removed routes too: their lines can still be read
    for (const auto& [id, books] : routes_)
        if (books.tiktok == tiktok)
            of_room.insert(id);
    return lines_.remove(of_room, msg_ids, user_ids, now);
}

pipeline::parts pipeline::on_line_deleted(const relay::line_recall::order& line, core::time_point now) {
    parts out;
    for (auto& message : lines_.on_deleted(line))
        say_again(std::move(message), now, out);
    return out;
}

// As if it had waited since it was said first: rules may have changed.
void pipeline::say_again(relay::said_message message, core::time_point now, parts& out) {
    const auto id = message.route;
    const auto ticket = next_ticket_++;
    routes_.at(id).again.receive();
    auto& open = open_[ticket];
    open.route = id;
    open.msg_id = message.what.msg_id;
    open.marked = true;
    open.again = true;
    open.approved = message.approved;
    open.author = std::move(message.author);
    open.said = std::move(message.what);
    open.said.received_at = now;
    const auto give_up = [&](std::string_view reason) {
        on_settled({ticket, id, relay::outcome::dropped, std::string(reason)});
    };
    const auto route = active_.find(id);
    if (route == active_.end())
        return give_up("route_removed");
    second_judgement judged;
    judge_again(ticket, open, route->second, nullptr, judged, now);
    if (!judged.withdrawn.empty())
        return give_up(judged.withdrawn.begin()->first);
    relay::verdict line;  // that of judge_again
    auto part = compose(id, route->second, open.said, ticket, line);
    if (!part)
        return give_up("empty");
    out.push_back(std::move(*part));
}

}  // namespace tiktok2twitch::app
