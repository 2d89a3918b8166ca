// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/kept_messages.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "tiktok2twitch/relay/hold_queue.hpp"

namespace tiktok2twitch::relay {
namespace {

using nlohmann::json;

constexpr int version = 1;

json of_author(const author& from) {
    return {{"id", from.id},
            {"unique_id", from.unique_id},
            {"nickname", from.nickname},
            {"streamer", from.streamer},
            {"moderator", from.moderator},
            {"subscriber", from.subscriber},
            {"new_follower", from.new_follower},
            {"gifter_level", from.gifter_level},
            {"fan_club_level", from.fan_club_level}};
}

author author_in(const json& from) {
    author out;
    from.at("id").get_to(out.id);
    from.at("unique_id").get_to(out.unique_id);
    from.at("nickname").get_to(out.nickname);
    from.at("streamer").get_to(out.streamer);
    from.at("moderator").get_to(out.moderator);
    from.at("subscriber").get_to(out.subscriber);
    from.at("new_follower").get_to(out.new_follower);
    from.at("gifter_level").get_to(out.gifter_level);
    from.at("fan_club_level").get_to(out.fan_club_level);
    return out;
}

json of_gift(const gift& given) {
    return {{"id", given.id},       {"name", given.name},     {"coins", given.coins},
            {"count", given.count}, {"streak", given.streak}, {"before", given.before},
            {"told", given.told}};
}

// What is held is no frame of a streak that goes on.
gift gift_in(const json& given) {
    gift out;
    given.at("id").get_to(out.id);
    given.at("name").get_to(out.name);
    given.at("coins").get_to(out.coins);
    given.at("count").get_to(out.count);
    given.at("streak").get_to(out.streak);
    given.at("before").get_to(out.before);
    given.at("told").get_to(out.told);
    return out;
}

json of_event(const event& said) {
    json out = {
        {"kind", name_of(said.kind)}, {"msg_id", said.msg_id},           {"from", of_author(said.from)},
        {"text", said.text},          {"created_at", said.created_at},   {"language", said.language},
        {"count", said.count},        {"total_likes", said.total_likes}, {"viewers", said.viewers}};
    if (said.gift)
        out["gift"] = of_gift(*said.gift);
    return out;
}

event_kind kind_in(const std::string& name) {
    for (std::size_t i = 0; i < event_kinds; ++i)
        if (const auto kind = static_cast<event_kind>(i); name_of(kind) == name)
            return kind;
    throw std::invalid_argument("no kind of event");
}

event event_in(const json& said) {
    event out;
    out.kind = kind_in(said.at("kind").get<std::string>());
    said.at("msg_id").get_to(out.msg_id);
    out.from = author_in(said.at("from"));
    said.at("text").get_to(out.text);
    said.at("created_at").get_to(out.created_at);
    said.at("language").get_to(out.language);
    said.at("count").get_to(out.count);
    said.at("total_likes").get_to(out.total_likes);
    said.at("viewers").get_to(out.viewers);
    if (said.contains("gift"))
        out.gift = gift_in(said.at("gift"));
    return out;
}

json of_message(const kept_message& kept) {
    return {{"number", kept.number}, {"tiktok", kept.tiktok},   {"channel", kept.channel},
            {"until", kept.until},   {"reason", kept.held_for}, {"changes", kept.changes},
            {"author", kept.author}, {"again", kept.again},     {"event", of_event(kept.said)}};
}

kept_message message_in(const json& kept) {
    kept_message out;
    kept.at("number").get_to(out.number);
    kept.at("tiktok").get_to(out.tiktok);
    kept.at("channel").get_to(out.channel);
    kept.at("until").get_to(out.until);
    kept.at("reason").get_to(out.held_for);
    kept.at("changes").get_to(out.changes);
    kept.at("author").get_to(out.author);
    kept.at("again").get_to(out.again);
    out.said = event_in(kept.at("event"));
    return out;
}

kept_messages messages_in(const json& state) {
    kept_messages out;
    state.at("last_number").get_to(out.last_number);
    state.at("at").get_to(out.at);
    if (!state.at("held").is_array())
        throw std::invalid_argument("no list");
    for (const auto& each : state.at("held"))
        out.held.push_back(message_in(each));
    return out;
}

bool is_sound(const kept_messages& kept) {
    if (kept.held.size() > hold_queue::most_held || kept.at < 0 ||
        kept.last_number > std::numeric_limits<std::uint64_t>::max() / 2)
        return false;
    for (const auto& each : kept.held)
        if (each.number > kept.last_number || each.until < 0)
            return false;
    return true;
}

}  // namespace

std::string text_of(const kept_messages& kept) {
    json held = json::array();
    for (const auto& each : kept.held)
        held.push_back(of_message(each));
    const json state = {
        {"version", version}, {"at", kept.at}, {"last_number", kept.last_number}, {"held", std::move(held)}};
    // A handle may be raw bytes.
    return state.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<kept_messages> parse_kept(std::string_view text) {
    // All numbers are integers. To read a double that is too large for its field is undefined.
    bool only_integers = true;
    const auto look_at = [&only_integers](int, json::parse_event_t, const json& value) {
        only_integers = only_integers && !value.is_number_float();
        return true;
    };
    const auto state = json::parse(text, look_at, false);
    if (!only_integers || !state.is_object() || !state.contains("version") || state["version"] != version)
        return std::nullopt;
    try {
        auto kept = messages_in(state);
        if (is_sound(kept))
            return kept;
    } catch (const std::exception&) {  // something is missing, or of another type
    }
    return std::nullopt;
}

}  // namespace tiktok2twitch::relay
