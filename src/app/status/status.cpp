// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The status for people, from its JSON: a relay of another version may have written it.

#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/notice_words.hpp"
#include "tiktok2twitch/app/status.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/relay/ledger.hpp"

namespace tiktok2twitch::app {
namespace {

using json = nlohmann::ordered_json;

std::string number(const json& object, const char* key) {
    return core::number_text(object.at(key).get<std::uint64_t>());
}

core::duration seconds(const json& object, const char* key) {
    return std::chrono::seconds(object.at(key).get<std::int64_t>());
}

std::string word(const json& object, const char* key) {
    return object.value(key, std::string());
}

// ", last message 3 s ago"; nothing where it is not told.
std::string ago(const json& object, const char* key, const std::string& what) {
    return object.contains(key) ? what + " " + core::span_text(seconds(object, key)) + " ago" : std::string();
}

std::string next_in(const json& object, const std::string& what) {
    return object.contains("next_try_seconds")
               ? "; next " + what + " in " + core::wait_text(seconds(object, "next_try_seconds"))
               : std::string();
}

std::string reasons_text(const json& counts, const char* verb) {
    std::string text;
    for (const auto& [reason, count] : counts.items())
        text += "    " + std::string(verb) + " " + core::number_text(count.get<std::uint64_t>()) + ": " +
                relay::explain_reason(reason) + " (" + reason + ")\n";
    return text;
}

// A relay of an earlier version, still running, does not tell it.
json if_told(const json& route, const char* key) {
    return route.contains(key) ? route.at(key) : json::object();
}

std::string deletions_text(const json& deletions) {
    if (deletions.at("removed").get<std::uint64_t>() == 0)
        return {};
    const auto& again = deletions.at("said_again");
    return "    removed on TikTok when already said " + number(deletions, "removed") + ": deleted " +
           number(deletions, "deleted") + ", under way " + number(deletions, "pending") + "; of " +
           number(again, "received") + " others on their lines said again " +
           std::to_string(again.at("relayed").get<std::uint64_t>() +
                          again.at("folded").get<std::uint64_t>()) +
           ", wait " + number(again, "pending") + "\n" + reasons_text(deletions.at("kept"), "not deleted") +
           reasons_text(again.at("filtered"), "not said again") +
           reasons_text(again.at("dropped"), "not said again");
}

std::string route_text(const json& route) {
    return "@" + route.at("tiktok").get<std::string>() + " -> #" + route.at("channel").get<std::string>() +
           ": received " + number(route, "received") + " = relayed " + number(route, "relayed") +
           " + folded " + number(route, "folded") + " + filtered " + number(route, "filtered_total") +
           " + dropped " + number(route, "dropped_total") + " + pending " + number(route, "pending") +
           "; lines " + number(route, "lines_accepted") + "\n" +
           reasons_text(route.at("filtered"), "filtered") + reasons_text(route.at("dropped"), "dropped") +
           reasons_text(if_told(route, "changed"), "changed") +
           reasons_text(if_told(route, "held"), "held back") + reasons_text(route.at("unread"), "unread") +
           deletions_text(route.at("deletions"));
}

std::string room_text(const json& room) {
    std::string text = "TikTok: @" + room.at("tiktok").get<std::string>() + ": ";
    const auto state = room.at("state").get<std::string>();
    if (state == "connected") {
        text += room.contains("live_seconds") ? "live for " + core::span_text(seconds(room, "live_seconds"))
                                              : std::string("live");
        if (room.contains("viewers"))
            text += ", " + core::count_text(room.at("viewers").get<std::uint64_t>(), "viewer");
        text += room.contains("last_message_seconds") ? ago(room, "last_message_seconds", ", last message")
                                                      : std::string(", no message yet");
    } else {
        const auto words = word(room, "text");
        text += (words.empty() ? state : words) + " (for " + core::span_text(seconds(room, "since_seconds")) +
                ")";
        text += next_in(room, state == "offline" || state == "ended" || state == "missing" ? "look" : "try");
        text += ago(room, "last_message_seconds", "; last message");
    }
    if (room.contains("door"))
        text += "; the visitor's cookie comes from " + word(room, "door");
    text += "\n";
    if (room.contains("hint"))
        text += "  " + word(room, "hint") + "\n";
    return text;
}

std::string one_decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string channel_state_text(const json& channel) {
    const auto state = channel.at("state").get<std::string>();
    if (state == "ready")
        return "relaying";
    if (state == "joining")
        return "joining, Twitch has not let the bot in yet";
    if (state == "offline")
        return "not connected";
    const auto reason = word(channel, "reason");
    return state + ": the channel " + short_reason(reason) + (reason.empty() ? "" : " (" + reason + ")");
}

std::string channel_text(const json& channel) {
    std::string text = "  #" + channel.at("channel").get<std::string>() + ": " + channel_state_text(channel) +
                       next_in(channel, "try");
    if (channel.contains("renamed_to"))
        text += ", renamed to #" + word(channel, "renamed_to") + " (correct the route's channel)";
    text += channel.at("moderator_limits").get<bool>() ? ", as moderator" : ", as ordinary user";
    if (const auto slow = channel.at("slow_seconds").get<std::int64_t>(); slow > 0)
        text += ", slow mode " + core::wait_text(std::chrono::seconds(slow));
    if (channel.contains("lines_per_minute"))
        text += "; " + core::count_text(channel.at("lines_per_minute").get<std::uint64_t>(), "line") +
                " in the last minute";
    if (channel.contains("delay_seconds"))
        text += ", " + one_decimal(channel.at("delay_seconds").get<double>()) + " s behind TikTok";
    text += ago(channel, "last_line_seconds", ", last line");
    text += "; " + number(channel, "waiting") + " waiting, " + number(channel, "in_flight") + " on the way";
    if (channel.contains("oldest_waiting_seconds"))
        text += ", the oldest for " + core::span_text(seconds(channel, "oldest_waiting_seconds"));
    text += "\n";
    if (channel.contains("other_relay"))
        text += "    another relay carries the same TikTok room into this channel: stop one of the two\n";
    return text;
}

std::string connection_text(const json& twitch) {
    if (twitch.at("online").get<bool>())
        return "connected" + (twitch.contains("since_seconds")
                                  ? " for " + core::span_text(seconds(twitch, "since_seconds"))
                                  : std::string());
    std::string text = "not connected";
    if (twitch.contains("since_seconds"))
        text += " for " + core::span_text(seconds(twitch, "since_seconds"));
    if (twitch.contains("cause"))
        text += ": " + word(twitch, "cause");
    return text + next_in(twitch, "try");
}

std::string budget_text(const json& twitch) {
    const auto& budget = twitch.at("budget");
    bool moderator = false;
    for (const auto& channel : twitch.at("channels"))
        moderator = moderator || channel.at("moderator_limits").get<bool>();
    const auto& bucket = budget.at(moderator ? "moderator" : "normal");
    return number(bucket, "used") + " of " + number(bucket, "limit") +
           " lines that may be sent in half a minute are used";
}

std::string twitch_text(const json& twitch, bool dry_run) {
    const auto& budget = twitch.at("budget");
    std::string text = "Twitch: ";
    text += dry_run ? "dry run, nothing is sent"
                    : twitch.at("login").get<std::string>() + ", " + connection_text(twitch);
    text += "; " + budget_text(twitch) + "\n";
    if (const auto pause = budget.at("pause_seconds").get<std::int64_t>(); pause > 0)
        text += "  everything waits for " + core::wait_text(std::chrono::seconds(pause)) +
                ": Twitch said that lines came too fast\n";
    if (budget.value("elsewhere_seconds", 0) > 0)
        text += "  this account is also used elsewhere: at most " + number(budget.at("normal"), "limit") +
                " lines in half a minute (as a moderator " + number(budget.at("moderator"), "limit") +
                "), those of others included, for " + core::span_text(seconds(budget, "elsewhere_seconds")) +
                " more; a bot account that nobody else uses costs nothing\n";
    if (budget.at("halved").get<bool>())
        text += "  half the limits are used for some minutes: Twitch refused several lines\n";
    if (budget.at("cautious").get<bool>())
        text += "  few lines are sent in the first window: what was sent before the start is not known\n";
    if (twitch.contains("problem"))
        text += "  no usable login (" + twitch.at("problem").get<std::string>() +
                "): " + twitch.at("what_to_do").get<std::string>() + "\n";
    for (const auto& channel : twitch.at("channels"))
        text += channel_text(channel);
    return text;
}

std::string text_of(const json& status) {
    const auto& relay = status.at("relay");
    const auto version = word(relay, "version");
    std::string text = relay.at("phase").get<std::string>() + " for " +
                       core::span_text(seconds(relay, "uptime_seconds")) +
                       (version.empty() ? "" : ", version " + version) + "\n";
    for (const auto& room : status.at("rooms"))
        text += room_text(room);
    text += twitch_text(status.at("twitch"), relay.value("dry_run", false));
    for (const auto& route : status.at("routes"))
        text += route_text(route);
    return text;
}

}  // namespace

std::optional<std::string> status_text(std::string_view text) {
    try {
        return text_of(json::parse(text));
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

}  // namespace tiktok2twitch::app
