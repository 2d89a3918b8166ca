// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <chrono>

#include "app/config_value.hpp"

namespace tiktok2twitch::app {
namespace {

// The accessors only name a member; reading through them does not change the configuration.
template <class T>
const T& field(const config& config, const config_key& key) {
    return std::get<T& (*)(struct config&)>(key.field)(const_cast<struct config&>(config));
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
            return std::to_string(value.count) + "/" + duration_text(value.window);
        }
        case key_type::boolean:
            return field<bool>(config, key) ? "true" : "false";
        case key_type::integer:
            return std::to_string(field<std::size_t>(config, key));
        case key_type::secret:
            return field<core::secret>(config, key).empty() ? "" : "***";
        case key_type::login:
        case key_type::client_id:
        case key_type::path:
        case key_type::line_template:
            break;
    }
    return field<std::string>(config, key);
}

std::string_view expected(key_type type) noexcept {
    switch (type) {
        case key_type::http_url:
            return "an address such as \"https://example.org\" (http:// for loopback hosts)";
        case key_type::ws_url:
            return "an address such as \"wss://example.org\" (ws:// for loopback hosts)";
        case key_type::irc_url:
            return "an address such as \"ircs://irc.chat.twitch.tv:6697\" (irc:// for loopback hosts)";
        case key_type::duration:
            return "a duration such as \"30s\", \"1.25s\" or \"150ms\"";
        case key_type::rate:
            return "a rate such as \"18/32s\" (lines per window)";
        case key_type::boolean:
            return "true or false";
        case key_type::integer:
            return "a whole number";
        case key_type::secret:
            return "a token in quotes";
        case key_type::login:
            return "a Twitch login: up to 25 letters, digits and underscores, in quotes";
        case key_type::client_id:
            return "a client id: letters and digits, in quotes";
        case key_type::path:
            return "a file name in quotes, without control characters";
        case key_type::line_template:
            return "a template such as \"[TikTok] {name}: {text}\"";
    }
    return "another value";
}

std::string duration_text(core::duration value) {
    const auto count = std::chrono::duration_cast<std::chrono::nanoseconds>(value).count();
    return value < std::chrono::seconds(1) && count != 0 ? decimal(count, 1'000'000) + "ms"
                                                         : decimal(count, 1'000'000'000) + "s";
}

}  // namespace tiktok2twitch::app
