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

json channel_object(const twitch::channel_status& channel) {
    json out = {{"channel", channel.channel},
                {"state", name_of(channel.state)},
                {"moderator_limits", channel.high_tier},
                {"slow_seconds", channel.slow_mode.count()},
                {"waiting", channel.waiting},
                {"in_flight", channel.in_flight}};
    if (!channel.reason.empty())
        out["reason"] = channel.reason;
    return out;
}

// "1 h 2 min", "3 min 4 s", "5 s"
std::string span_text(std::int64_t seconds) {
    const auto pair = [](std::int64_t a, const char* a_unit, std::int64_t b, const char* b_unit) {
        return std::to_string(a) + " " + a_unit + (b == 0 ? "" : " " + std::to_string(b) + " " + b_unit);
    };
    if (seconds >= 3600)
        return pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
    if (seconds >= 60)
        return pair(seconds / 60, "min", seconds % 60, "s");
    return std::to_string(seconds) + " s";
}

std::string number(const json& object, const char* key) {
    return std::to_string(object.at(key).get<std::uint64_t>());
}

std::string reasons_text(const json& counts, const char* verb) {
    std::string text;
    for (const auto& [reason, count] : counts.items())
        text += "    " + std::string(verb) + " " + std::to_string(count.get<std::uint64_t>()) + ": " +
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
           "; lines " + number(route, "lines_sent") + "\n" + reasons_text(route.at("filtered"), "filtered") +
           reasons_text(route.at("dropped"), "dropped") + reasons_text(if_told(route, "changed"), "changed") +
           reasons_text(if_told(route, "held"), "held back") + reasons_text(route.at("unread"), "unread") +
           deletions_text(route.at("deletions"));
}

std::string channel_text(const json& channel) {
    std::string text =
        "  #" + channel.at("channel").get<std::string>() + ": " + channel.at("state").get<std::string>();
    if (channel.contains("reason"))
        text += " (" + channel.at("reason").get<std::string>() + ")";
    text += channel.at("moderator_limits").get<bool>() ? ", moderator limits" : ", ordinary limits";
    if (const auto slow = channel.at("slow_seconds").get<std::int64_t>(); slow > 0)
        text += ", slow mode " + span_text(slow);
    return text + ", " + number(channel, "waiting") + " waiting, " + number(channel, "in_flight") +
           " on the way\n";
}

std::string twitch_text(const json& twitch) {
    const auto& budget = twitch.at("budget");
    const auto used = [&](const char* key) {
        return number(budget.at(key), "used") + " of " + number(budget.at(key), "limit");
    };
    std::string text = "Twitch: " + twitch.at("login").get<std::string>() +
                       (twitch.at("online").get<bool>() ? ", connected" : ", not connected") +
                       "; lines in the window: " + used("normal") + " ordinary, " + used("moderator") +
                       " in all\n";
    if (const auto pause = budget.at("pause_seconds").get<std::int64_t>(); pause > 0)
        text += "  everything waits for " + span_text(pause) + ": Twitch said that lines came too fast\n";
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
    std::string text = relay.at("phase").get<std::string>() + " for " +
                       span_text(relay.at("uptime_seconds").get<std::int64_t>()) + "\n";
    for (const auto& room : status.at("rooms"))
        text += "TikTok: @" + room.at("tiktok").get<std::string>() + ": " +
                room.at("state").get<std::string>() + " (since " +
                span_text(room.at("since_seconds").get<std::int64_t>()) + ")\n";
    text += twitch_text(status.at("twitch"));
    for (const auto& route : status.at("routes"))
        text += route_text(route);
    return text;
}

}  // namespace

std::string status_json(const status_facts& facts, const pipeline& pipeline, const progress_of& progress) {
    auto status = report_object(pipeline, progress);
    for (auto& route : status["routes"]) {
        for (const auto* key : {"filtered", "dropped"}) {
            std::uint64_t total = 0;
            for (const auto& count : route[key])
                total += count.get<std::uint64_t>();
            route[std::string(key) + "_total"] = total;
        }
    }
    status["relay"] = {{"phase", facts.phase}, {"uptime_seconds", whole_seconds(facts.uptime)}};
    status["rooms"] = json::array();
    for (const auto& room : facts.rooms)
        status["rooms"].push_back(
            {{"tiktok", room.tiktok}, {"state", room.text}, {"since_seconds", whole_seconds(room.since)}});
    json channels = json::array();
    for (const auto& channel : facts.channels)
        channels.push_back(channel_object(channel));
    status["twitch"] = {{"login", facts.login},
                        {"online", facts.online},
                        {"budget",
                         {{"normal", bucket(facts.budget.normal)},
                          {"moderator", bucket(facts.budget.moderator)},
                          {"pause_seconds", whole_seconds(facts.budget.pause)},
                          {"halved", facts.budget.halved},
                          {"cautious", facts.budget.cautious}}},
                        {"channels", std::move(channels)}};
    if (!facts.problem.empty())
        status["twitch"].update({{"problem", facts.problem}, {"what_to_do", facts.what_to_do}});
    // Twitch's words can be in it; they are repaired where they come in, and here for certain.
    return status.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<std::string> status_text(std::string_view text) {
    try {
        return text_of(json::parse(text));
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

}  // namespace tiktok2twitch::app
