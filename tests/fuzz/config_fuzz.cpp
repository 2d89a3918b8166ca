// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Any text as a configuration file: no crash, messages that are safe to print, and what `config show`
// prints of an accepted file means the same again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/app/config/toml.hpp"

namespace {

using namespace tiktok2twitch;

app::configuration load(std::string text) {
    app::config_layers layers;
    layers.file = app::config_file{.name = "fuzz.toml", .text = std::move(text)};
    return app::build_config(layers);
}

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const app::configuration first = load(std::string(reinterpret_cast<const char*>(data), size));
    for (const auto* problems : {&first.errors, &first.warnings}) {
        for (const app::config_problem& problem : *problems) {
            require(app::is_plain_text(app::text_of(problem)));
        }
    }
    if (!first.errors.empty()) {
        return 0;
    }
    const std::string shown = app::show_config(first);
    const app::configuration second = load(shown);
    require(second.errors.empty());
    require(second.value.routes == first.value.routes);
    require(second.value.emoji == first.value.emoji);
    require(second.value.filter.patterns == first.value.filter.patterns);
    require(second.value.twitch.token.empty() == first.value.twitch.token.empty());
    // Everything counts as read from the file the second time; the third must be the same text.
    const std::string again = app::show_config(second);
    require(app::show_config(load(again)) == again);
    app::configuration as_before = first;
    as_before.origins = second.origins;
    as_before.route_origin = second.route_origin;
    as_before.emoji_origin = second.emoji_origin;
    require(app::show_config(as_before) == again);
    return 0;
}
