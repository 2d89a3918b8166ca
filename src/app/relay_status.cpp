// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What the relay says about itself.

#include <algorithm>
#include <utility>

#include "app/clock.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/relay/priority.hpp"

namespace tiktok2twitch::app {

void relay_service::impl::note_room(const std::string& tiktok, const tiktok::room_report& report) {
    using tiktok::room_state;
    const auto now = steady_now();
    const auto state = report.state;
    auto& note = room_notes[tiktok];
    auto text = describe_room(report).text;
    if (note.text != text || note.state != state)
        note.since = now;
    note.state = state;
    note.text = std::move(text);
    note.next_try = report.next_try;
    note.hint = room_hint(report);
    if (state == room_state::connected && !note.live_since)
        note.live_since = now;
    if (state == room_state::offline || state == room_state::ended || state == room_state::missing) {
        note.live_since.reset();
        note.viewers.reset();
    }
}

void relay_service::impl::note_message(const std::string& tiktok, const relay::event& event) {
    const auto note = room_notes.find(tiktok);
    if (note == room_notes.end())
        return;
    if (event.kind == relay::event_kind::viewers)
        note->second.viewers = event.viewers;
    if (relay::is_comment(event.kind))
        note->second.last_message = steady_now();
}

std::string relay_service::impl::door_of(const std::string& tiktok) const {
    for (const auto& [index, name] : rooms.watched())
        if (const auto door = name == tiktok && reader ? reader->door(index) : std::nullopt)
            return std::string(name_of(*door));
    return {};
}

status_facts relay_service::impl::facts() const {
    const auto now = steady_now();
    const auto ago = [now](const std::optional<core::time_point>& at) {
        return at ? std::optional(now - *at) : std::nullopt;
    };
    status_facts out;
    out.version = T2T_VERSION;
    out.phase = current == phase::running ? "running" : "stopping";
    out.uptime = now - started;
    out.dry_run = settings.dry_run;
    for (const auto& [tiktok, note] : room_notes) {
        room_facts room{tiktok,
                        note.state,
                        note.text,
                        now - note.since,
                        ago(note.live_since),
                        note.viewers,
                        ago(note.last_message),
                        {},
                        door_of(tiktok),
                        note.hint};
        if (note.next_try)
            room.next_try = std::max(*note.next_try - now, core::duration{});
        out.rooms.push_back(std::move(room));
    }
    for (const auto& [names, id] : rooms.route_ids) {
        const auto& ledger = books.routes().at(id).ledger;
        route_facts route{names.first, names.second, ledger.relayed() + ledger.folded(), 0,
                          progress(id).pending};
        for (const auto& [reason, count] : ledger.dropped())
            route.lost += count;
        out.routes.push_back(std::move(route));
    }
    out.login = account->login();
    out.connection = account->connection(now);
    out.problem = login.problem;
    out.what_to_do = login.sentence;
    out.budget = account->budget(now);
    out.channels = account->channels(now);
    return out;
}

std::string relay_service::impl::status() const {
    return status_json(facts(), books, [this](relay::route_id route) { return progress(route); });
}

}  // namespace tiktok2twitch::app
