// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <algorithm>

#include "app/notice_words.hpp"
#include "tiktok2twitch/app/status.hpp"
#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::app {
namespace {

using tiktok::room_state;

// Rooms are summed up by the most hopeful: with one live of three the relay is at work.
enum class look : std::uint8_t { live, paused, connecting, looking, unreachable, offline, unknown };

look look_of(const room_facts& room) noexcept {
    switch (room.state) {
        case room_state::connected:
            return look::live;
        case room_state::paused:
            return look::paused;
        case room_state::connecting:
            return look::connecting;
        case room_state::looking_up:
            return look::looking;
        case room_state::unreachable:
            return look::unreachable;
        case room_state::offline:
        case room_state::ended:
            return look::offline;
        case room_state::missing:
            break;
    }
    return look::unknown;
}

// "; next look in 24 s"; nothing when nobody knows.
std::string soon(std::string_view what, const std::optional<core::duration>& span) {
    if (!span)
        return {};
    return " · next " + std::string(what) + " in " + core::wait_text(*span);
}

std::string words_of(look what, const room_facts& room) {
    switch (what) {
        case look::live:
            return "live" + (room.live_for ? " " + core::span_text(*room.live_for) : std::string());
        case look::paused:
            return "live paused by the streamer";
        case look::connecting:
            return "live, but not connected" + soon("try", room.next_try);
        case look::looking:
            return "looking the account up";
        case look::unreachable:
            return "TikTok cannot be reached for " + core::span_text(room.since) + soon("try", room.next_try);
        case look::offline:
            return "offline" + soon("look", room.next_try);
        case look::unknown:
            break;
    }
    return "no such TikTok account" + soon("look", room.next_try);
}

std::string rooms_text(const std::vector<room_facts>& rooms) {
    if (rooms.empty())
        return "no TikTok account to read";
    const auto best = std::ranges::min_element(rooms, {}, look_of);
    const auto what = look_of(*best);
    if (rooms.size() == 1)
        return words_of(what, *best);
    const auto count = std::ranges::count(rooms, what, look_of);
    if (what == look::live)
        return std::to_string(count) + " of " + std::to_string(rooms.size()) + " live";
    auto soonest = *best;
    for (const auto& room : rooms)
        if (look_of(room) == what && room.next_try &&
            (!soonest.next_try || *room.next_try < *soonest.next_try))
            soonest = room;
    return (static_cast<std::size_t>(count) == rooms.size() ? "all " : std::to_string(count) + " of ") +
           std::to_string(rooms.size()) + " rooms: " + words_of(what, soonest);
}

std::optional<std::int64_t> viewers_of(const std::vector<room_facts>& rooms) {
    std::optional<std::int64_t> sum;
    for (const auto& room : rooms)
        if (room.viewers && look_of(room) <= look::connecting)
            sum = sum.value_or(0) + *room.viewers;
    return sum;
}

// What keeps lines from being said; empty: nothing does.
std::string trouble_of(const status_facts& facts) {
    if (facts.dry_run)
        return {};
    if (!facts.problem.empty())
        return "no Twitch login";
    const auto& twitch = facts.connection;
    if (!twitch.online)
        return "Twitch away" +
               (twitch.cause.empty() ? std::string() : " for " + core::span_text(twitch.since)) +
               (twitch.next_try > core::duration{} ? ", next try in " + core::wait_text(twitch.next_try)
                                                   : ", connecting");
    for (const auto& channel : facts.channels) {
        if (channel.state == twitch::channel_state::paused || channel.state == twitch::channel_state::blocked)
            return "#" + channel.channel + " " + short_reason(channel.reason) + ", next try in " +
                   core::wait_text(channel.next_try);
        if (channel.state == twitch::channel_state::joining)
            return "#" + channel.channel + " does not let us in yet";
    }
    return {};
}

std::string budget_text(const status_facts& facts) {
    const bool moderator = std::ranges::any_of(facts.channels, &twitch::channel_status::high_tier);
    const auto& bucket = moderator ? facts.budget.moderator : facts.budget.normal;
    return std::to_string(bucket.used) + " of " + std::to_string(bucket.limit) + " lines";
}

}  // namespace

std::string status_row(const status_facts& facts) {
    std::string row = facts.phase == "stopping" ? "stopping" : rooms_text(facts.rooms);
    const auto add = [&row](const std::string& text) {
        row += " · " + text;
    };
    if (facts.dry_run)
        add("dry run");
    if (const auto trouble = trouble_of(facts); !trouble.empty())
        add(trouble);
    if (const auto viewers = viewers_of(facts.rooms))
        add(core::count_text(static_cast<std::uint64_t>(std::max<std::int64_t>(*viewers, 0)), "viewer"));
    std::uint64_t relayed = 0;
    std::uint64_t waiting = 0;
    std::uint64_t lost = 0;
    for (const auto& route : facts.routes) {
        relayed += route.relayed;
        waiting += route.waiting;
        lost += route.lost;
    }
    add("relayed " + core::number_text(relayed));
    add("waiting " + core::number_text(waiting));
    add("lost " + core::number_text(lost));
    core::duration late{};
    for (const auto& channel : facts.channels)
        late = std::max(late, channel.oldest_waiting);
    if (late >= std::chrono::seconds(5))
        add(core::span_text(late) + " late");
    add(budget_text(facts));
    return row;
}

}  // namespace tiktok2twitch::app
