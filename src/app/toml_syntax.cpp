// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/toml_syntax.hpp"

#include <algorithm>

#include "app/config_keys.hpp"

namespace tiktok2twitch::app {
namespace {

std::string_view line_at(std::string_view text, std::size_t number) noexcept {
    for (; number > 1; --number) {
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
    return text.substr(0, text.find('\n'));
}

}  // namespace

std::string syntax_error(std::string_view text, std::size_t number, std::string_view what) {
    const std::string_view line = line_at(text, number);
    for (const config_key& key : config_keys()) {
        if (key.type == key_type::secret && line.find(key.name) != std::string_view::npos) {
            return "not valid TOML (not shown: the line holds a secret); text is written in double quotes";
        }
    }
    what = what.substr(0, what.find(", saw "));
    return "not valid TOML: " + std::string(what) + "; text is written in double quotes, \"like this\"";
}

}  // namespace tiktok2twitch::app
