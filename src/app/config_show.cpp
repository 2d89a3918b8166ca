// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_keys.hpp"
#include "app/config_value.hpp"
#include "app/toml_text.hpp"
#include "tiktok2twitch/app/config.hpp"

namespace tiktok2twitch::app {
namespace {

std::string_view name_of(value_source source) noexcept {
    switch (source) {
        case value_source::built_in:
            return "default";
        case value_source::file:
            return "file";
        case value_source::environment:
            return "environment";
        case value_source::flag:
            return "flag";
    }
    return "";
}

void add_line(std::string& out, std::string_view name, const std::string& value, value_source source) {
    out += name;
    out += " = ";
    out += value;
    out += "  # ";
    out += name_of(source);
    out += '\n';
}

}  // namespace

std::string show_config(const configuration& configuration) {
    std::string out;
    std::string_view section;
    for (std::size_t i = 0; i < config_keys().size(); ++i) {
        const config_key& key = config_keys()[i];
        if (key.section != section) {
            section = key.section;
            out += out.empty() ? "[" : "\n[";
            out += section;
            out += "]\n";
        }
        add_line(out, key.name, value_toml(configuration.value, key), configuration.origins[i].source);
    }
    if (!configuration.value.emoji.empty()) {
        out += "\n[emoji]\n";
    }
    for (const auto& [code, text] : configuration.value.emoji) {
        add_line(out, code, toml_quote(text), configuration.emoji_origin.source);
    }
    const value_source source = configuration.route_origin.source;
    for (const route_config& route : configuration.value.routes) {
        out += "\n[[route]]\n";
        add_line(out, "tiktok", toml_quote(route.tiktok), source);
        add_line(out, "channel", toml_quote(route.channel), source);
        if (route.events != every_event) {
            add_line(out, "events", toml_array(event_names(route.events)), source);
        }
    }
    return out;
}

}  // namespace tiktok2twitch::app
