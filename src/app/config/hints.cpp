// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/hints.hpp"

#include <algorithm>
#include <iterator>
#include <ranges>

#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/core/nearest.hpp"
#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::app {
namespace {

using names = std::vector<std::string_view>;
using keys = std::vector<config_key>;

constexpr std::size_t most_named = 3;

std::string in_brackets(std::string_view section) {
    return section == "route" ? "[[route]]" : "[" + std::string(section) + "]";
}

std::string all_in_brackets(const names& sections) {
    return core::listed(sections | std::views::transform(in_brackets), "and");
}

// [event.gift] and its like are one entry: [event.*].
std::string all_sections() {
    names sections = section_names();
    std::ranges::replace_if(
        sections, [](std::string_view section) { return section.starts_with("event."); }, "event.*");
    sections.erase(std::ranges::unique(sections).begin(), sections.end());
    sections.insert(sections.end(), {"emoji", "route"});
    return "there are " + all_in_brackets(sections);
}

template <class Wanted>
keys keys_where(const Wanted& wanted) {
    keys out;
    std::ranges::copy_if(config_keys(), std::back_inserter(out), wanted);
    return out;
}

names names_of(const keys& these) {
    names out;
    std::ranges::transform(these, std::back_inserter(out), &config_key::name);
    return out;
}

keys keys_in(const names& sections) {
    return keys_where(
        [&](const config_key& key) { return std::ranges::find(sections, key.section) != sections.end(); });
}

keys near_keys(std::string_view name, keys known) {
    const names meant = core::likely(name, names_of(known));
    std::erase_if(known,
                  [&](const config_key& key) { return std::ranges::find(meant, key.name) == meant.end(); });
    return known;
}

std::string nearest_are(const keys& near) {
    const auto quoted = [](const config_key& key) {
        return "\"" + key.dotted() + "\"";
    };
    return (near.size() == 1 ? "the nearest known key is " : "the nearest known keys are ") +
           core::listed(near | std::views::transform(quoted), "and");
}

}  // namespace

std::string key_hint(std::string_view section, std::string_view name) {
    const names meant = core::likely(section, section_names());
    const bool sure = meant.size() == 1;
    keys near = near_keys(name, keys_in(meant.empty() ? section_names() : meant));
    if (sure && (near.empty() || near.size() > most_named)) {
        near = keys_where([name](const config_key& key) { return key.name == name; });
        if (near.size() != 1) {
            return in_brackets(meant.front()) + " has " + core::listed(names_of(keys_in(meant)), "and");
        }
    }
    if (!near.empty() && near.size() <= most_named) {
        const bool where = near.size() == 1 && !sure;
        return nearest_are(near) + (where ? " (section " + in_brackets(near.front().section) + ")" : "");
    }
    const bool one_name =
        !near.empty() && std::ranges::count(names_of(near), near.front().name) == std::ssize(near);
    if (one_name) {
        const auto first = near | std::views::transform(&config_key::section) | std::views::take(most_named);
        return "the nearest known key is \"" + std::string(near.front().name) + "\" of " +
               core::joined(first | std::views::transform(in_brackets)) + " and others";
    }
    return meant.empty() ? all_sections() : "there are " + all_in_brackets(meant);
}

std::string route_key_hint(std::string_view name) {
    const names near = core::likely(name, route_keys);
    return near.size() == 1 ? "the nearest known key is \"" + std::string(near.front()) + "\""
                            : "a route has " + core::listed(route_keys, "and");
}

std::string section_hint(std::string_view path) {
    names known = section_names();
    known.insert(known.end(), {"emoji", "route"});
    const names near = core::likely(path, known);
    if (near.empty()) {
        return all_sections();
    }
    const bool few = near.size() <= most_named;
    const std::string verb = near.size() == 1 ? "the nearest known one is " : "the nearest known ones are ";
    return (few ? verb : "there are ") + all_in_brackets(near);
}

std::string did_you_mean(std::string_view found, std::span<const std::string_view> words) {
    const names meant = core::likely(found, words);
    return meant.empty() ? "" : "; did you mean \"" + core::joined(meant, "\", \"", "\" or \"") + "\"?";
}

}  // namespace tiktok2twitch::app
