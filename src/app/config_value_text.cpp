// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <chrono>

#include "app/config_value_parts.hpp"
#include "app/toml_text.hpp"

namespace tiktok2twitch::app {
namespace {

std::string joined(std::span<const std::string> entries) {
    std::string out;
    for (const std::string& entry : entries) {
        out += (out.empty() ? "" : ", ") + entry;
    }
    return out;
}

std::vector<std::string> entries_of(const config& config, const config_key& key) {
    if (key.type != key_type::class_order) {
        return field<std::vector<std::string>>(config, key);
    }
    std::vector<std::string> names;
    for (const relay::priority_class which : field<std::vector<relay::priority_class>>(config, key)) {
        names.emplace_back(relay::name_of(which));
    }
    return names;
}

std::string rate_text(std::size_t count, core::duration window) {
    return std::to_string(count) + "/" + duration_text(window);
}

template <class Choice>
std::size_t index_of(Choice choice) noexcept {
    return static_cast<std::size_t>(choice);
}

std::string integer_text(const config& config, const config_key& key) {
    const bool is_signed = std::holds_alternative<std::int64_t& (*)(struct config&)>(key.field);
    return is_signed ? std::to_string(field<std::int64_t>(config, key))
                     : std::to_string(field<std::size_t>(config, key));
}

// count / per_unit (a power of ten), exactly: "1.25".
std::string decimal(std::int64_t count, std::int64_t per_unit) {
    std::string out = std::to_string(count / per_unit);
    std::string rest = std::to_string(per_unit + count % per_unit).substr(1);
    while (rest.ends_with('0')) {
        rest.pop_back();
    }
    return rest.empty() ? out : out + "." + rest;
}

}  // namespace

std::string value_text(const config& config, const config_key& key) {
    switch (key.type) {
        case key_type::http_url:
        case key_type::ws_url:
            return field<core::url>(config, key).text();
        case key_type::irc_url: {
            const auto& value = field<core::url>(config, key);
            const bool own_port = value.host_and_port().ends_with(":" + std::to_string(value.port));
            return value.text() + (own_port ? "" : ":" + std::to_string(value.port));
        }
        case key_type::duration:
            return duration_text(field<core::duration>(config, key));
        case key_type::rate: {
            const auto& value = field<twitch::rate>(config, key);
            return rate_text(value.count, value.window);
        }
        case key_type::user_rate: {
            const auto& value = field<relay::user_rate>(config, key);
            return value.count == 0 ? "" : rate_text(value.count, value.window);
        }
        case key_type::boolean:
            return field<bool>(config, key) ? "true" : "false";
        case key_type::integer:
            return integer_text(config, key);
        case key_type::secret:
            return field<core::secret>(config, key).empty() ? "" : "***";
        case key_type::filter_action:
            return std::string(filter_actions[index_of(field<relay::filter_action>(config, key))]);
        case key_type::link_action:
            return std::string(link_actions[index_of(field<relay::link_action>(config, key))]);
        case key_type::transport:
            return std::string(transports[index_of(field<chat_transport>(config, key))]);
        case key_type::class_order:
        case key_type::text_list:
        case key_type::pattern_list:
        case key_type::user_list:
        case key_type::language_list:
        case key_type::path_list:
            return joined(entries_of(config, key));
        case key_type::login:
        case key_type::client_id:
        case key_type::path:
        case key_type::line_template:
        case key_type::event_template:
        case key_type::own_template:
        case key_type::command_word:
        case key_type::mark:
            break;
    }
    return field<std::string>(config, key);
}

std::string value_toml(const config& config, const config_key& key) {
    if (key.list()) {
        return toml_array(entries_of(config, key));
    }
    const std::string text = value_text(config, key);
    return key.quoted() ? toml_quote(text) : text;
}

std::string toml_array(std::span<const std::string> entries) {
    std::string out;
    for (const std::string& entry : entries) {
        out += (out.empty() ? "" : ", ") + toml_quote(entry);
    }
    return "[" + out + "]";
}

std::string duration_text(core::duration value) {
    const auto count = std::chrono::duration_cast<std::chrono::nanoseconds>(value).count();
    return value < std::chrono::seconds(1) && count != 0 ? decimal(count, 1'000'000) + "ms"
                                                         : decimal(count, 1'000'000'000) + "s";
}

}  // namespace tiktok2twitch::app
