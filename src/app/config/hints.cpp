// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_hints.hpp"

#include <algorithm>
#include <iterator>

#include "app/config_keys.hpp"
#include "core/nearest.hpp"

namespace tiktok2twitch::app {
namespace {

using names = std::vector<std::string_view>;

constexpr std::size_t most_named = 3;

template <class Range, class Value>
bool contains(const Range& range, const Value& value) {
    return std::ranges::find(range, value) != std::ranges::end(range);
}

std::string in_brackets(std::string_view section) {
    return section == "route" ? "[[route]]" : "[" + std::string(section) + "]";
}

std::vector<std::string> in_brackets(const names& sections) {
    std::vector<std::string> out;
    for (const std::string_view section : sections) {
        out.push_back(in_brackets(section));
    }
    return out;
}

// [event.gift] and its like are one entry: [event.*].
std::string all_sections() {
    std::vector<std::string> out;
    for (const std::string_view section : section_names()) {
        const std::string_view group = split_key(section).section;
        std::string shown = in_brackets(group.empty() ? std::string(section) : std::string(group) + ".*");
        if (!contains(out, shown)) {
            out.push_back(std::move(shown));
        }
    }
    out.insert(out.end(), {"[emoji]", "[[route]]"});
    return "there are " + listed(out, "and");
}

// What an operator may call a section: its name, the last part of it ("gift") or the first ("event").
struct section_alias {
    std::string_view name;
    std::string_view section;
};

std::vector<section_alias> aliases() {
    std::vector<section_alias> out{{"emoji", "emoji"}, {"route", "route"}};
    for (const std::string_view section : section_names()) {
        const auto [group, last] = split_key(section);
        out.push_back({last, section});
        if (!group.empty()) {
            out.push_back({group, section});
        }
    }
    return out;
}

names near_aliases(std::string_view name, const std::vector<section_alias>& known) {
    names candidates;
    std::ranges::transform(known, std::back_inserter(candidates), &section_alias::name);
    const names meant = core::likely(name, candidates);
    names out;
    for (const section_alias& alias : known) {
        if (contains(meant, alias.name)) {
            out.push_back(alias.section);
        }
    }
    return out;
}

// The sections that `path` may stand for: one, some, all of a group, or none.
names near_sections(std::string_view path) {
    const auto [group, last] = split_key(path);
    if (group.empty()) {
        return near_aliases(last, aliases());
    }
    const names outer = near_aliases(group, aliases());
    std::vector<section_alias> inner;
    for (const std::string_view section : outer) {
        if (const auto known = split_key(section); !known.section.empty()) {
            inner.push_back({known.name, section});
        }
    }
    const names found = near_aliases(last, inner);
    return found.empty() ? outer : found;
}

std::string nearest_are(const std::vector<std::string>& dotted) {
    std::vector<std::string> quoted;
    for (const std::string& name : dotted) {
        quoted.push_back("\"" + name + "\"");
    }
    return (quoted.size() == 1 ? "the nearest known key is " : "the nearest known keys are ") +
           listed(quoted, "and");
}

std::vector<config_key> keys_of(const names& sections) {
    std::vector<config_key> out;
    std::ranges::copy_if(config_keys(), std::back_inserter(out),
                         [&](const config_key& key) { return contains(sections, key.section); });
    return out;
}

std::vector<config_key> near_keys(std::string_view name, const std::vector<config_key>& known) {
    names candidates;
    std::ranges::transform(known, std::back_inserter(candidates), &config_key::name);
    const names meant = core::likely(name, candidates);
    std::vector<config_key> out;
    std::ranges::copy_if(known, std::back_inserter(out),
                         [&](const config_key& key) { return contains(meant, key.name); });
    return out;
}

std::vector<std::string> dotted(const std::vector<config_key>& keys) {
    std::vector<std::string> out;
    std::ranges::transform(keys, std::back_inserter(out), &config_key::dotted);
    return out;
}

std::string hint_in(std::string_view section, std::string_view name) {
    const std::vector<config_key> known = keys_of({section});
    if (const auto near = near_keys(name, known); !near.empty() && near.size() <= most_named) {
        return nearest_are(dotted(near));
    }
    std::vector<config_key> same;
    std::ranges::copy_if(config_keys(), std::back_inserter(same),
                         [&](const config_key& key) { return key.name == name; });
    if (same.size() == 1) {
        return nearest_are(dotted(same));
    }
    std::vector<std::string> all;
    std::ranges::transform(known, std::back_inserter(all),
                           [](const config_key& key) { return std::string(key.name); });
    return in_brackets(section) + " has " + listed(all, "and");
}

// Empty when nothing is near.
std::string hint_among(const names& sections, std::string_view name) {
    const auto near = near_keys(name, keys_of(sections));
    if (near.empty()) {
        return {};
    }
    if (near.size() == 1) {
        return nearest_are(dotted(near)) + " (section " + in_brackets(near.front().section) + ")";
    }
    if (near.size() <= most_named) {
        return nearest_are(dotted(near));
    }
    const std::string_view first = near.front().name;
    if (!std::ranges::all_of(near, [first](const config_key& key) { return key.name == first; })) {
        return {};
    }
    std::vector<std::string> places;
    for (std::size_t i = 0; i < most_named; ++i) {
        places.push_back(in_brackets(near[i].section));
    }
    places.emplace_back("others");
    return "the nearest known key is \"" + std::string(first) + "\" of " + listed(places, "and");
}

}  // namespace

std::vector<std::string_view> section_names() {
    names out;
    for (const config_key& key : config_keys()) {
        if (out.empty() || out.back() != key.section) {
            out.push_back(key.section);
        }
    }
    return out;
}

std::string key_hint(std::string_view section, std::string_view name) {
    const names all = section_names();
    if (contains(all, section)) {
        return hint_in(section, name);
    }
    names meant = section.empty() ? names() : near_sections(section);
    std::erase_if(meant, [&](std::string_view near) { return !contains(all, near); });
    if (meant.size() == 1) {
        return hint_in(meant.front(), name);
    }
    if (std::string hint = hint_among(meant.empty() ? all : meant, name); !hint.empty()) {
        return hint;
    }
    return meant.empty() ? all_sections() : "there are " + listed(in_brackets(meant), "and");
}

std::string route_key_hint(std::string_view name) {
    const names near = core::likely(name, route_keys);
    return near.size() == 1 ? nearest_are({std::string(near.front())})
                            : "a route has " + listed({route_keys.begin(), route_keys.end()}, "and");
}

std::string section_hint(std::string_view path) {
    const names near = near_sections(path);
    if (near.empty()) {
        return all_sections();
    }
    const std::string shown = listed(in_brackets(near), "and");
    return near.size() == 1            ? "the nearest known one is " + shown
           : near.size() <= most_named ? "the nearest known ones are " + shown
                                       : "there are " + shown;
}

std::string listed(const std::vector<std::string>& items, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) {
            out += i + 1 == items.size() ? " " + std::string(last) + " " : ", ";
        }
        out += items[i];
    }
    return out;
}

}  // namespace tiktok2twitch::app
