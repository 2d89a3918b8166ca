// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/status/status.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/app/status/report.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/relay/ledger.hpp"

namespace tiktok2twitch::app {

// Why a channel is paused or blocked, in a few words that follow its name: "is in slow mode" for
// "msg_slowmode". An id that is not known is named as it is.
std::string short_reason(std::string_view msg_id);

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> words{{
    {"msg_ratelimit", "waits: lines came too fast"},
    {"msg_slowmode", "is in slow mode"},
    {"msg_timedout", "has the bot timed out"},
    {"msg_banned", "has banned the bot"},
    {"msg_banned_email_alias", "has banned the bot's e-mail address"},
    {"msg_forbidden", "does not let the bot write"},
    {"msg_emoteonly", "is in emote-only mode"},
    {"msg_subsonly", "is in subscribers-only mode"},
    {"msg_followersonly", "is in followers-only mode"},
    {"msg_followersonly_followed", "is in followers-only mode"},
    {"msg_followersonly_zero", "is in followers-only mode"},
    {"msg_warned", "waits until the bot acknowledges a warning"},
    {"msg_channel_blocked", "does not want the bot"},
    {"msg_verified_email", "wants a verified e-mail address"},
    {"msg_requires_verified_phone_number", "wants a verified phone number"},
    {"msg_facebook", "wants a verified account"},
    {"msg_channel_suspended", "is suspended, deleted or renamed"},
    {"tos_ban", "is closed by Twitch"},
    {"msg_room_not_found", "does not exist"},
    {"invalid_user", "does not exist"},
    {"msg_concurrent_channel_limit_reached", "is one channel too many for the bot"},
    {"suspected_mute", "does not show the bot's lines"},
}};

}  // namespace

std::string short_reason(std::string_view msg_id) {
    for (const auto& [id, text] : words)
        if (id == msg_id)
            return std::string(text);
    return "is paused" + (msg_id.empty() ? std::string() : " (" + std::string(msg_id) + ")");
}

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

// The status for people, from its JSON: a relay of another version may have written it.

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
        const auto said = word(room, "text");
        text +=
            (said.empty() ? state : said) + " (for " + core::span_text(seconds(room, "since_seconds")) + ")";
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
