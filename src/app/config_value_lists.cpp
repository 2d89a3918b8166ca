// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "app/config_value_parts.hpp"
#include "app/toml_text.hpp"
#include "core/ascii.hpp"
#include "relay/language_codes.hpp"
#include "tiktok2twitch/core/parse.hpp"

namespace tiktok2twitch::app {
namespace {

bool has_visible(std::string_view text) noexcept {
    return text.find_first_not_of(' ') != std::string_view::npos;
}

// "en", "pt-BR": as TikTok says them, compared in lower case.
bool is_language(std::string_view text) noexcept {
    constexpr std::size_t longest = 12;
    return !text.empty() && text.size() <= longest &&
           std::ranges::all_of(text, [](char c) { return core::ascii::is_alnum(c) || c == '-'; });
}

// One entry as it is to be stored, or nothing when it is none.
std::optional<std::string> checked(key_type type, const std::string& entry) {
    if (type == key_type::user_list) {  // names may be copied with what cannot be seen
        auto handle = core::parse_handle(entry);
        return handle ? std::optional(*std::move(handle)) : std::nullopt;
    }
    if (!is_plain_text(entry) || !has_visible(entry)) {
        return std::nullopt;
    }
    if (type == key_type::language_list) {
        return is_language(entry) ? std::optional(core::ascii::lower(entry)) : std::nullopt;
    }
    return entry;
}

// Of an entry that is spelled like a language.
std::string language_problem(key_type type, std::string_view entry) {
    return type == key_type::language_list ? relay::language_problem(entry) : std::string();
}

value_problem set_texts(std::vector<std::string>& out, key_type type, std::span<const std::string> entries) {
    std::vector<std::string> good;
    for (const std::string& entry : entries) {
        auto stored = checked(type, entry);
        if (!stored) {
            return not_expected(type, entry);
        }
        if (const std::string problem = language_problem(type, *stored); !problem.empty()) {
            return show_quoted(entry) + " " + problem;
        }
        good.push_back(*std::move(stored));
    }
    out = std::move(good);
    return {};
}

// The names of an enumeration, in its order.
template <class Enum, std::size_t Count>
std::vector<std::string_view> all_names() {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < Count; ++i) {
        names.push_back(relay::name_of(static_cast<Enum>(i)));
    }
    return names;
}

std::string listed_twice(const std::string& name) {
    return "\"" + name + "\" is listed twice";
}

// What is not listed follows in the order of the enumeration, which is the default.
value_problem set_order(std::vector<relay::priority_class>& out, std::span<const std::string> entries) {
    const auto names = all_names<relay::priority_class, relay::priority_classes>();
    std::vector<relay::priority_class> order;
    for (const std::string& entry : entries) {
        const auto found = std::ranges::find(names, entry);
        if (found == names.end()) {
            return not_one_of(names, entry);
        }
        const auto which = static_cast<relay::priority_class>(found - names.begin());
        if (std::ranges::find(order, which) != order.end()) {
            return listed_twice(entry);
        }
        order.push_back(which);
    }
    for (std::size_t i = 0; i < relay::priority_classes; ++i) {
        const auto which = static_cast<relay::priority_class>(i);
        if (std::ranges::find(order, which) == order.end()) {
            order.push_back(which);
        }
    }
    out = std::move(order);
    return {};
}

}  // namespace

value_problem set_list(config& config, const config_key& key, std::span<const std::string> entries) {
    return key.type == key_type::class_order
               ? set_order(field<std::vector<relay::priority_class>>(config, key), entries)
               : set_texts(field<std::vector<std::string>>(config, key), key.type, entries);
}

value_problem set_events(event_set& out, std::span<const std::string> names) {
    const auto known = all_names<relay::event_kind, relay::event_kinds>();
    event_set events;
    for (const std::string& name : names) {
        const auto found = std::ranges::find(known, name);
        if (found == known.end()) {
            return not_one_of(known, name);
        }
        const auto kind = static_cast<std::size_t>(found - known.begin());
        if (events.test(kind)) {
            return listed_twice(name);
        }
        events.set(kind);
    }
    if (events.none()) {
        return "this route would carry nothing; leave \"events\" out to carry everything that is enabled";
    }
    out = events;
    return {};
}

std::vector<std::string> event_names(const event_set& events) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < relay::event_kinds; ++i) {
        if (events.test(i)) {
            names.emplace_back(relay::name_of(static_cast<relay::event_kind>(i)));
        }
    }
    return names;
}

}  // namespace tiktok2twitch::app
