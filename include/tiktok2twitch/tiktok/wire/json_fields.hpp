// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Careful reading of JSON that somebody else wrote: nothing throws, nothing is a double that should be an id.

#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace tiktok2twitch::tiktok {

// The member `name` when `object` is an object that has it and it is not null, else nullptr.
inline const nlohmann::json* member(const nlohmann::json* object, const char* name) {
    if (object == nullptr || !object->is_object())
        return nullptr;
    const auto found = object->find(name);
    return found == object->end() || found->is_null() ? nullptr : &*found;
}

// An integer, given as a number or as decimal text (ids come in both forms). Not a double: 19 digits would
// not survive.
inline std::optional<std::int64_t> as_integer(const nlohmann::json* value) {
    if (value == nullptr)
        return std::nullopt;
    if (value->is_number_unsigned()) {
        const auto number = value->get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return std::nullopt;
        return static_cast<std::int64_t>(number);
    }
    if (value->is_number_integer())
        return value->get<std::int64_t>();
    if (!value->is_string())
        return std::nullopt;
    const auto& text = value->get_ref<const std::string&>();
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end)
        return std::nullopt;
    return number;
}

inline std::string as_text(const nlohmann::json* value) {
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

// Brackets open at the same time, strings left out. Checked before parsing, so that a hostile answer of
// millions of brackets builds nothing.
inline bool nested_deeper_than(std::string_view text, std::size_t limit) noexcept {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > limit)
                return true;
        } else if ((c == '}' || c == ']') && depth > 0) {
            --depth;
        }
    }
    return false;
}

}  // namespace tiktok2twitch::tiktok
