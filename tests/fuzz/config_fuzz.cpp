// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Any text as a configuration file: no crash, messages that are safe to print, and what `config show`
// prints of an accepted file means the same again. The first byte chooses what is checked, the rest is the
// file.

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

// Lines of `config show` that say a default say the same in every execution, and reading them takes most of
// the time: an empty file shows them, and is checked once.
std::string without_defaults(std::string_view shown) {
    std::string out;
    while (!shown.empty()) {
        const std::string_view line = shown.substr(0, shown.find('\n') + 1);
        shown.remove_prefix(line.size());
        if (!line.ends_with("  # default\n")) {
            out += line;
        }
    }
    return out;
}

void check_problems(const app::configuration& read) {
    for (const auto* problems : {&read.errors, &read.warnings}) {
        for (const app::config_problem& problem : *problems) {
            require(app::is_plain_text(app::text_of(problem)));
        }
    }
}

void check_meaning(const app::configuration& first, const app::configuration& second) {
    require(second.errors.empty());
    require(second.value.routes == first.value.routes);
    require(second.value.emoji == first.value.emoji);
    require(second.value.filter.patterns == first.value.filter.patterns);
    require(second.value.twitch.token.empty() == first.value.twitch.token.empty());
    app::configuration as_before = first;
    as_before.origins = second.origins;
    as_before.route_origin = second.route_origin;
    as_before.emoji_origin = second.emoji_origin;
    require(app::show_config(as_before) == app::show_config(second));
}

// What is shown of a file that was shown is the same text; but for the origins, which then are all the file.
void check_text(const app::configuration& second) {
    const std::string again = app::show_config(second);
    require(app::show_config(load(without_defaults(again))) == again);
}

bool check_defaults() {
    const app::configuration first = load("");
    const app::configuration second = load(app::show_config(first));
    check_meaning(first, second);
    const std::string again = app::show_config(second);
    require(app::show_config(load(again)) == again);
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    [[maybe_unused]] static const bool checked = check_defaults();
    if (size == 0) {
        return 0;
    }
    const app::configuration first = load(std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
    if ((data[0] != 's' && data[0] != 't') || !first.errors.empty()) {
        check_problems(first);
        return 0;
    }
    const app::configuration second = load(without_defaults(app::show_config(first)));
    if (data[0] == 's') {
        check_meaning(first, second);
    } else {
        check_text(second);
    }
    return 0;
}
