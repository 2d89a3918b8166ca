// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/moderation/kept_messages.hpp"

#include <limits>
#include <stdexcept>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/relay/moderation/hold_queue.hpp"

namespace tiktok2twitch::relay {
namespace {

using nlohmann::json;

constexpr int version = 1;

// What of a type is kept, under which name.
template <class T, class Member>
struct field {
    const char* name;
    Member T::*member;
};
constexpr std::tuple author_fields{field{"id", &author::id},
                                   field{"unique_id", &author::unique_id},
                                   field{"nickname", &author::nickname},
                                   field{"streamer", &author::streamer},
                                   field{"moderator", &author::moderator},
                                   field{"subscriber", &author::subscriber},
                                   field{"new_follower", &author::new_follower},
                                   field{"gifter_level", &author::gifter_level},
                                   field{"fan_club_level", &author::fan_club_level}};
// What is held is no frame of a streak that goes on.
constexpr std::tuple gift_fields{field{"id", &gift::id},         field{"name", &gift::name},
                                 field{"coins", &gift::coins},   field{"count", &gift::count},
                                 field{"streak", &gift::streak}, field{"before", &gift::before},
                                 field{"told", &gift::told}};
constexpr std::tuple event_fields{
    field{"msg_id", &event::msg_id},         field{"text", &event::text},
    field{"created_at", &event::created_at}, field{"language", &event::language},
    field{"count", &event::count},           field{"total_likes", &event::total_likes},
    field{"viewers", &event::viewers}};
constexpr std::tuple message_fields{
    field{"number", &kept_message::number},   field{"tiktok", &kept_message::tiktok},
    field{"channel", &kept_message::channel}, field{"until", &kept_message::until},
    field{"reason", &kept_message::held_for}, field{"changes", &kept_message::changes},
    field{"author", &kept_message::author},   field{"again", &kept_message::again}};

template <class T, class Fields>
json written(const T& from, const Fields& fields) {
    json out;
    std::apply([&](const auto&... each) { ((out[each.name] = from.*each.member), ...); }, fields);
    return out;
}

template <class T, class Fields>
T read(const json& from, const Fields& fields) {
    T out;
    std::apply([&](const auto&... each) { (from.at(each.name).get_to(out.*each.member), ...); }, fields);
    return out;
}

json of_event(const event& said) {
    auto out = written(said, event_fields);
    out["kind"] = name_of(said.kind);
    out["from"] = written(said.from, author_fields);
    if (said.gift)
        out["gift"] = written(*said.gift, gift_fields);
    return out;
}

event_kind kind_in(const std::string& name) {
    for (std::size_t i = 0; i < event_kinds; ++i)
        if (const auto kind = static_cast<event_kind>(i); name_of(kind) == name)
            return kind;
    throw std::invalid_argument("no kind of event");
}

event event_in(const json& said) {
    auto out = read<event>(said, event_fields);
    out.kind = kind_in(said.at("kind").get<std::string>());
    out.from = read<author>(said.at("from"), author_fields);
    if (said.contains("gift"))
        out.gift = read<gift>(said.at("gift"), gift_fields);
    return out;
}

json of_message(const kept_message& kept) {
    auto out = written(kept, message_fields);
    out["event"] = of_event(*kept.said);
    return out;
}

kept_message message_in(const json& kept) {
    auto out = read<kept_message>(kept, message_fields);
    out.said = std::make_shared<event>(event_in(kept.at("event")));
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
