// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What of a moderation survives a restart.

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "relay/chat_command.hpp"
#include "tiktok2twitch/core/errc.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/moderation.hpp"

namespace tiktok2twitch::relay {
namespace {

using nlohmann::json;

constexpr int version = 1;

// The array `name` of `object`; an absent one is empty, anything else is damage.
const json* list_of(const json& object, const char* name) {
    static const json none = json::array();
    const auto found = object.find(name);
    if (found == object.end())
        return &none;
    return found->is_array() ? &*found : nullptr;
}

std::optional<std::pair<std::string, core::unix_ms>> read_mute(const json& entry) {
    if (!entry.is_object())
        return std::nullopt;
    const auto user = entry.find("user");
    const auto until = entry.find("until");
    if (user == entry.end() || !user->is_string() || until == entry.end() || !until->is_number_unsigned())
        return std::nullopt;
    auto handle = core::parse_handle(user->get_ref<const std::string&>());
    const auto end = until->get<std::uint64_t>();
    if (!handle || end > static_cast<std::uint64_t>(std::numeric_limits<core::unix_ms>::max()))
        return std::nullopt;
    return std::pair(std::move(*handle), static_cast<core::unix_ms>(end));
}

// What 0.1.0 did not save is absent, and nothing.
bool is_set(const json& state, const char* name) {
    const auto found = state.find(name);
    return found != state.end() && found->is_boolean() && found->get<bool>();
}

std::int64_t read_time(const json& state, const char* name) {
    const auto found = state.find(name);
    if (found == state.end() || !found->is_number_unsigned())
        return 0;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(found->get<std::uint64_t>(), most));
}

// A mute without an end is a 0 in the file.
core::time_point steady(core::unix_ms until, core::time_point now, core::unix_ms wall) {
    if (until == 0)
        return core::time_point::max();
    const auto left = std::chrono::milliseconds(std::max<core::unix_ms>(until - wall, 0));
    return now + std::min<std::chrono::milliseconds>(left, std::chrono::minutes(longest_mute_minutes));
}

std::uint64_t on_the_wall(core::time_point until, core::time_point now, core::unix_ms wall) {
    if (until == core::time_point::max())
        return 0;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - now).count();
    return static_cast<std::uint64_t>(std::max<core::unix_ms>(wall + left, 1));
}

std::optional<std::string> read_word(const json& entry) {
    if (!entry.is_string())
        return std::nullopt;
    auto word = core::clean_text(entry.get_ref<const std::string&>());
    if (word.empty() || core::count_code_points(word) > longest_blocked_word)
        return std::nullopt;
    return word;
}

}  // namespace

core::result<moderation> moderation::parse(std::string_view saved, core::time_point now, core::unix_ms wall) {
    const auto damaged = core::make_error_code(core::errc::bad_moderation_state);
    const auto state = json::parse(saved, nullptr, false);
    if (!state.is_object() || !state.contains("version") || state["version"] != version)
        return damaged;
    const auto* const mutes = list_of(state, "mutes");
    const auto* const blocks = list_of(state, "blocks");
    if (mutes == nullptr || blocks == nullptr || mutes->size() > most_mutes || blocks->size() > most_blocks)
        return damaged;
    moderation out;
    const auto present = std::max(wall, read_time(state, "saved_at"));
    for (const auto& entry : *mutes) {
        auto mute = read_mute(entry);
        if (!mute)
            return damaged;
        out.muted_.insert_or_assign(std::move(mute->first), steady(mute->second, now, present));
    }
    out.forget_expired(now);
    for (const auto& entry : *blocks) {
        auto word = read_word(entry);
        if (!word)
            return damaged;
        out.blocked_.push_back(std::move(*word));
    }
    out.paused_ = is_set(state, "paused");
    out.only_gifts_ = is_set(state, "only_gifts");
    out.slow_ = std::chrono::seconds(std::min(read_time(state, "slow_seconds"), longest_slow_seconds));
    return out;
}

std::string moderation::text(core::time_point now, core::unix_ms wall) const {
    json mutes = json::array();
    for (const auto& [user, until] : muted_)
        mutes.push_back({{"user", user}, {"until", on_the_wall(until, now, wall)}});
    const json state = {{"version", version},           {"saved_at", wall},  {"mutes", std::move(mutes)},
                        {"blocks", blocked_},           {"paused", paused_}, {"only_gifts", only_gifts_},
                        {"slow_seconds", slow_.count()}};
    // Words came through clean_text; a blocked word set by code that did not must not throw either.
    return state.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tiktok2twitch::relay
