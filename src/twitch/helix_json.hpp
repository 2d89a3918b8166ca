// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Careful reading of JSON that somebody else wrote: nothing throws.

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tiktok2twitch::twitch {

// Real answers have a few kilobytes: a hundred users at most.
inline constexpr std::size_t helix_body_limit = 256 * 1024;

// Discarded when the text is none, or too long.
inline nlohmann::json read_json(std::string_view text) {
    if (text.size() > helix_body_limit)
        return nlohmann::json(nlohmann::json::value_t::discarded);
    return nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
}

// The member `name` when `object` is an object that has it, else nullptr.
inline const nlohmann::json* member(const nlohmann::json* object, const char* name) {
    if (object == nullptr || !object->is_object())
        return nullptr;
    const auto found = object->find(name);
    return found == object->end() ? nullptr : &*found;
}

inline std::string text_of(const nlohmann::json* value) {
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

inline bool flag_of(const nlohmann::json* value) {
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

// Between 0 and `most`; nothing for anything but a whole number.
inline std::optional<std::int64_t> number_of(const nlohmann::json* value, std::int64_t most) {
    if (value == nullptr || !value->is_number_integer())
        return std::nullopt;
    if (value->is_number_unsigned())
        return static_cast<std::int64_t>(
            std::min(value->get<std::uint64_t>(), static_cast<std::uint64_t>(most)));
    return std::clamp<std::int64_t>(value->get<std::int64_t>(), 0, most);
}

// The list in {"data":[...]}, which every success has; nullptr if there is none.
inline const nlohmann::json* data_of(const nlohmann::json& body) {
    const auto* const list = member(&body, "data");
    return list != nullptr && list->is_array() ? list : nullptr;
}

}  // namespace tiktok2twitch::twitch
