// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_keys.hpp"

#include <algorithm>
#include <array>

#include "app/config_key_tables.hpp"

namespace tiktok2twitch::app {
namespace {

std::vector<config_key> joined() {
    std::vector<config_key> all;
    for (const auto& part : {connection_keys(), relay_keys(), event_keys(), filter_keys(), channel_keys()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return out;
}

}  // namespace

std::string config_key::dotted() const {
    return std::string(section) + "." + std::string(name);
}

std::string config_key::variable() const {
    return "TIKTOK2TWITCH_" + upper(section) + "_" + upper(name);
}

std::span<const config_key> config_keys() noexcept {
    static const std::vector<config_key> keys = joined();
    return keys;
}

std::optional<std::size_t> find_key(std::string_view section, std::string_view name) noexcept {
    const auto keys = config_keys();
    const auto found = std::ranges::find_if(
        keys, [&](const config_key& key) { return key.section == section && key.name == name; });
    if (found == keys.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - keys.begin());
}

key_name split_key(std::string_view dotted) noexcept {
    const std::size_t dot = dotted.rfind('.');
    return dot == std::string_view::npos ? key_name{{}, dotted}
                                         : key_name{dotted.substr(0, dot), dotted.substr(dot + 1)};
}

std::optional<std::size_t> find_key(std::string_view dotted) noexcept {
    const key_name parts = split_key(dotted);
    return find_key(parts.section, parts.name);
}

}  // namespace tiktok2twitch::app
