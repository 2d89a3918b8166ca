// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What of a moderation survives a restart.

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

std::optional<std::string> read_word(const json& entry) {
    if (!entry.is_string())
        return std::nullopt;
    auto word = core::clean_text(entry.get_ref<const std::string&>());
    if (word.empty() || core::count_code_points(word) > longest_blocked_word)
        return std::nullopt;
    return word;
}

}  // namespace

core::result<moderation> moderation::parse(std::string_view saved) {
    const auto damaged = core::make_error_code(core::errc::bad_moderation_state);
    const auto state = json::parse(saved, nullptr, false);
    if (!state.is_object() || !state.contains("version") || state["version"] != version)
        return damaged;
    const auto* const mutes = list_of(state, "mutes");
    const auto* const blocks = list_of(state, "blocks");
    if (mutes == nullptr || blocks == nullptr || mutes->size() > most_mutes || blocks->size() > most_blocks)
        return damaged;
    moderation out;
    for (const auto& entry : *mutes) {
        auto mute = read_mute(entry);
        if (!mute)
            return damaged;
        out.muted_.insert(std::move(*mute));
    }
    for (const auto& entry : *blocks) {
        auto word = read_word(entry);
        if (!word)
            return damaged;
        out.blocked_.push_back(std::move(*word));
    }
    return out;
}

std::string moderation::text() const {
    json mutes = json::array();
    for (const auto& [user, until] : muted_)
        mutes.push_back({{"user", user}, {"until", static_cast<std::uint64_t>(until)}});
    const json state = {{"version", version}, {"mutes", std::move(mutes)}, {"blocks", blocked_}};
    // Words came through clean_text; a blocked word set by code that did not must not throw either.
    return state.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tiktok2twitch::relay
