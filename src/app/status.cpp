// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/status.hpp"

#include <cstdint>

#include "app/report_object.hpp"

namespace tiktok2twitch::app {
namespace {

using json = nlohmann::ordered_json;

std::int64_t whole_seconds(core::duration span) {
    return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

// Of what is waited for: a second that has begun counts.
std::int64_t seconds_to(core::duration span) {
    return std::chrono::ceil<std::chrono::seconds>(span).count();
}

double tenths(core::duration span) {
    return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(span).count() / 100) /
           10;
}

std::string_view name_of(twitch::channel_state state) noexcept {
    switch (state) {
        case twitch::channel_state::offline:
            return "offline";
        case twitch::channel_state::joining:
            return "joining";
        case twitch::channel_state::ready:
            return "ready";
        case twitch::channel_state::paused:
            return "paused";
        case twitch::channel_state::blocked:
            return "blocked";
    }
    return "";
}

json bucket(const twitch::budget_status::bucket& of) {
    return {{"used", of.used}, {"limit", of.limit}};
}

std::string_view name_of(tiktok::room_state state) noexcept {
    switch (state) {
        case tiktok::room_state::looking_up:
            return "looking_up";
        case tiktok::room_state::offline:
            return "offline";
        case tiktok::room_state::connecting:
            return "connecting";
        case tiktok::room_state::connected:
            return "connected";
        case tiktok::room_state::paused:
            return "paused";
        case tiktok::room_state::ended:
            return "ended";
        case tiktok::room_state::unreachable:
            return "unreachable";
        case tiktok::room_state::missing:
            return "missing";
    }
    return "";
}

// What is not known has no key.
void set(json& object, const char* key, const std::optional<core::duration>& span) {
    if (span)
        object[key] = whole_seconds(*span);
}
void set(json& object, const char* key, const std::string& text) {
    if (!text.empty())
        object[key] = text;
}

json room_object(const room_facts& room) {
    json out = {{"tiktok", room.tiktok},
                {"state", name_of(room.state)},
                {"text", room.text},
                {"since_seconds", whole_seconds(room.since)}};
    set(out, "live_seconds", room.live_for);
    if (room.viewers)
        out["viewers"] = *room.viewers;
    set(out, "last_message_seconds", room.last_message);
    if (room.next_try)
        out["next_try_seconds"] = seconds_to(*room.next_try);
    set(out, "door", room.door);
    set(out, "hint", room.hint);
    return out;
}

json channel_object(const twitch::channel_status& channel) {
    json out = {{"channel", channel.channel},
                {"state", name_of(channel.state)},
                {"moderator_limits", channel.high_tier},
                {"slow_seconds", channel.slow_mode.count()},
                {"waiting", channel.waiting},
                {"in_flight", channel.in_flight},
                {"lines_per_minute", channel.lines_per_minute},
                {"messages_per_minute", channel.messages_per_minute}};
    set(out, "reason", channel.reason);
    set(out, "renamed_to", channel.called);
    if (channel.next_try > core::duration{})
        out["next_try_seconds"] = seconds_to(channel.next_try);
    if (channel.waiting > 0)
        out["oldest_waiting_seconds"] = whole_seconds(channel.oldest_waiting);
    if (channel.delay)
        out["delay_seconds"] = tenths(*channel.delay);
    set(out, "last_line_seconds", channel.last_line);
    if (channel.other_relay)
        out["other_relay"] = true;
    return out;
}

json twitch_object(const status_facts& facts) {
    json channels = json::array();
    for (const auto& channel : facts.channels)
        channels.push_back(channel_object(channel));
    json out = {{"login", facts.login},
                {"online", facts.connection.online},
                {"since_seconds", whole_seconds(facts.connection.since)},
                {"budget",
                 {{"normal", bucket(facts.budget.normal)},
                  {"moderator", bucket(facts.budget.moderator)},
                  {"pause_seconds", whole_seconds(facts.budget.pause)},
                  {"elsewhere_seconds", whole_seconds(facts.budget.elsewhere)},
                  {"halved", facts.budget.halved},
                  {"cautious", facts.budget.cautious}}},
                {"channels", std::move(channels)}};
    set(out, "cause", facts.connection.cause);
    if (facts.connection.next_try > core::duration{})
        out["next_try_seconds"] = seconds_to(facts.connection.next_try);
    if (!facts.problem.empty())
        out.update({{"problem", facts.problem}, {"what_to_do", facts.what_to_do}});
    return out;
}

}  // namespace

std::string status_json(const status_facts& facts, const egress::pipeline& pipeline,
                        const progress_of& progress) {
    auto status = report_object(pipeline, progress);
    for (auto& route : status["routes"]) {
        for (const auto* key : {"filtered", "dropped"}) {
            std::uint64_t total = 0;
            for (const auto& count : route[key])
                total += count.get<std::uint64_t>();
            route[std::string(key) + "_total"] = total;
        }
    }
    status["relay"] = {{"version", facts.version},
                       {"phase", facts.phase},
                       {"uptime_seconds", whole_seconds(facts.uptime)},
                       {"dry_run", facts.dry_run}};
    status["rooms"] = json::array();
    for (const auto& room : facts.rooms)
        status["rooms"].push_back(room_object(room));
    status["twitch"] = twitch_object(facts);
    // Twitch's words can be in it; they are repaired where they come in, and here for certain.
    return status.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tiktok2twitch::app
