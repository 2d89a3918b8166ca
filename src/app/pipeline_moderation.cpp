// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What moderators, of either side, ask about events that are already under way.

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
            books.ledger.receive();
            books.ledger.settle(relay::outcome::dropped, reason);
        }
    }
}

pipeline::line_content pipeline::said(std::span<const relay::event_ticket> tickets) const {
    line_content out;
    for (const auto ticket : tickets) {
        const auto found = open_.find(ticket);
        if (found == open_.end())
            continue;
        const auto& open = found->second;
        out.messages.push_back({routes_.at(open.route).tiktok, open.msg_id, open.said.from.id});
        if (open.removed)
            out.removed.push_back(out.messages.back());
    }
    return out;
}

}  // namespace tiktok2twitch::app
