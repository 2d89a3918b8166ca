// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/egress/marks.hpp"

namespace tiktok2twitch::egress {

void mark_book::restore(const std::string& tiktok, done_before done) {
    done_.insert_or_assign(tiktok, std::move(done));
}

bool mark_book::was_done(const route_books& route, std::int64_t msg_id) const {
    const auto room = done_.find(route.tiktok);
    if (room == done_.end())
        return false;
    const auto found = room->second.find(msg_id);
    return found != room->second.end() && found->second.contains(route.channel);
}

void mark_book::expect(const std::string& tiktok, const relay::event& event, std::size_t routes) {
    if (!event.gift)
        return;
    if (routes > 1 && !event.gift->told.empty())
        untold_[{tiktok, event.gift->told}] = routes;
    else if (routes == 0)
        on_told(tiktok, event);  // nobody will say it
}

void mark_book::on_done(const route_books& route, const relay::event& event) {
    on_told(route.tiktok, event);
    if (event.msg_id != 0)
        marks_.push_back({route.tiktok, route.channel, event.msg_id});
}

void mark_book::on_told(const std::string& tiktok, const relay::event& event) {
    if (!event.gift || event.gift->told.empty())
        return;
    if (const auto found = untold_.find({tiktok, event.gift->told}); found != untold_.end()) {
        if (--found->second > 0)
            return;
        untold_.erase(found);
    }
    note(tiktok, event.gift->told);
}

void mark_book::note(const std::string& tiktok, std::string_view text) {
    if (!text.empty())
        notes_[tiktok] += text;
}

void mark_book::forget_room(const std::string& tiktok) {
    done_.erase(tiktok);
    std::erase_if(untold_, [&tiktok](const auto& each) { return each.first.first == tiktok; });
}

}  // namespace tiktok2twitch::egress
