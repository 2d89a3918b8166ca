// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_toml.hpp"

// toml++ 3.3 asserts what odd input breaks ("a = 1979-05-2=1"): an abort in debug builds, undefined behaviour
// in others. Here a broken assertion is an exception, in every build: this is the only file that includes
// toml++, and from its headers only (the shared library would be one more file to ship).
namespace {
struct parser_fault {};
[[noreturn]] void broken_assertion() {
    throw parser_fault{};
}
}  // namespace
#undef NDEBUG
#undef TOML_SHARED_LIB
#undef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ASSERT(condition) ((condition) ? static_cast<void>(0) : broken_assertion())
#include <toml++/toml.h>

#include <algorithm>
#include <array>

#include "app/config_keys.hpp"
#include "app/config_value.hpp"
#include "app/toml_guard.hpp"
#include "app/toml_text.hpp"
#include "core/nearest.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::array<std::string_view, 2> route_keys{"tiktok", "channel"};

std::size_t line_of(const toml::node& node) noexcept {
    return node.source().begin.line;
}
std::size_t line_of(const toml::key& key) noexcept {
    return key.source().begin.line;
}

std::string_view type_name(const toml::node& node) noexcept {
    switch (node.type()) {
        case toml::node_type::table:
            return "a table";
        case toml::node_type::array:
            return "an array";
        case toml::node_type::string:
            return "text in quotes";
        case toml::node_type::integer:
            return "a whole number";
        case toml::node_type::floating_point:
            return "a number with a point";
        case toml::node_type::boolean:
            return "true or false without quotes";
        default:
            return "a date or time";
    }
}

// The names of all tables that may stand at the top.
std::vector<std::string_view> section_names() {
    std::vector<std::string_view> names;
    for (const config_key& key : config_keys()) {
        if (names.empty() || names.back() != key.section) {
            names.push_back(key.section);
        }
    }
    return names;
}

class reader {
public:
    explicit reader(toml_contents& out) : out_(out) {}

    void read_file(const toml::table& file) {
        const std::vector<std::string_view> sections = section_names();
        for (const auto& [name, node] : file) {
            if (name.str() == "route") {
                read_routes(node);
            } else if (std::ranges::find(sections, name.str()) != sections.end()) {
                read_section(name, node);
            } else {
                unknown_at_top(name, node, sections);
            }
        }
    }

private:
    void problem(std::size_t line, std::string text) { out_.problems.push_back({line, std::move(text)}); }

    void unknown_at_top(const toml::key& name, const toml::node& node,
                        std::vector<std::string_view> sections) {
        if (node.is_table() || node.is_array_of_tables()) {
            sections.push_back("route");
            const std::string_view near = core::nearest(name.str(), sections);
            problem(line_of(name), "unknown section " + show_quoted(name.str()) +
                                       "; the nearest known one is " +
                                       (near == "route" ? "[[route]]" : "[" + std::string(near) + "]"));
            return;
        }
        const std::string near = nearest_key("", name.str());
        problem(line_of(name), "unknown key " + show_quoted(name.str()) +
                                   " outside of any section; the nearest known key is \"" + near +
                                   "\" (section [" + near.substr(0, near.find('.')) + "])");
    }

    void read_section(const toml::key& section, const toml::node& node) {
        const toml::table* table = node.as_table();
        if (table == nullptr) {
            problem(line_of(section), "expected the section [" + std::string(section.str()) + "], found " +
                                          std::string(node.is_array() ? "an array" : type_name(node)));
            return;
        }
        for (const auto& [name, value] : *table) {
            const auto index = find_key(section.str(), name.str());
            if (!index) {
                problem(line_of(name), "unknown key " + show_quoted(name.str()) + " in [" +
                                           std::string(section.str()) + "]; the nearest known key is \"" +
                                           nearest_key(section.str(), name.str()) + "\"");
                continue;
            }
            read_value(*index, name, value);
        }
    }

    void read_value(std::size_t index, const toml::key& name, const toml::node& node) {
        const config_key& key = config_keys()[index];
        toml_value value{.text = {}, .line = line_of(name)};
        if (key.quoted() && node.is_string()) {
            value.text = **node.as_string();
        } else if (key.type == key_type::boolean && node.is_boolean()) {
            value.text = **node.as_boolean() ? "true" : "false";
        } else if (key.type == key_type::integer && node.is_integer()) {
            value.text = std::to_string(**node.as_integer());
        } else {
            problem(line_of(name), key.dotted() + ": expected " + std::string(expected(key.type)) +
                                       ", found " + std::string(type_name(node)));
            return;
        }
        out_.values.push_back({index, std::move(value)});
    }

    void read_routes(const toml::node& node) {
        const toml::array* routes = node.as_array();
        if (routes == nullptr) {
            problem(line_of(node),
                    "routes are written [[route]], with two brackets; found " + std::string(type_name(node)));
            return;
        }
        for (const toml::node& element : *routes) {
            if (const toml::table* table = element.as_table()) {
                read_route(*table);
            } else {
                problem(line_of(element), "a route is a table with tiktok and channel, found " +
                                              std::string(type_name(element)));
            }
        }
    }

    void read_route(const toml::table& table) {
        toml_route route;
        for (const auto& [name, node] : table) {
            if (std::ranges::find(route_keys, name.str()) == route_keys.end()) {
                problem(line_of(name), "unknown key " + show_quoted(name.str()) +
                                           " in [[route]]; the nearest known key is \"" +
                                           std::string(core::nearest(name.str(), route_keys)) + "\"");
                continue;
            }
            std::optional<toml_value>& field = name.str() == "tiktok" ? route.tiktok : route.channel;
            field = toml_value{.text = {}, .line = line_of(name)};
            if (const toml::value<std::string>* text = node.as_string()) {
                field->text = **text;
            } else {
                problem(line_of(name), "route." + std::string(name.str()) +
                                           ": expected a name in quotes, found " +
                                           std::string(type_name(node)));
                incomplete_ = true;
            }
        }
        for (const auto& [name, present] : {std::pair{"tiktok", route.tiktok.has_value()},
                                            std::pair{"channel", route.channel.has_value()}}) {
            if (!present) {
                problem(line_of(table), std::string("this [[route]] has no \"") + name + "\"");
                incomplete_ = true;
            }
        }
        if (!std::exchange(incomplete_, false)) {
            out_.routes.push_back(std::move(route));
        }
    }

    toml_contents& out_;
    bool incomplete_ = false;
};

std::string_view line_at(std::string_view text, std::size_t number) noexcept {
    for (; number > 1; --number) {
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
    return text.substr(0, text.find('\n'));
}

// toml++ repeats pieces of the text it could not read. A token without quotes must not get into a log.
std::string syntax_error(std::string_view text, const toml::parse_error& error) {
    const std::string_view line = line_at(text, error.source().begin.line);
    for (const config_key& key : config_keys()) {
        if (key.type == key_type::secret && line.find(key.name) != std::string_view::npos) {
            return "not valid TOML (not shown: the line holds a secret); text is written in double quotes";
        }
    }
    std::string_view what = error.description();
    what = what.substr(0, what.find(", saw "));
    return "not valid TOML: " + std::string(what) + "; text is written in double quotes, \"like this\"";
}

}  // namespace

toml_contents read_toml(std::string_view text) {
    toml_contents out;
    if (auto wrong = refuse_toml(text)) {
        out.problems.push_back(*std::move(wrong));
        return out;
    }
    try {
        const toml::table parsed = toml::parse(text);
        reader(out).read_file(parsed);
    } catch (const toml::parse_error& error) {
        out.problems.push_back({error.source().begin.line, syntax_error(text, error)});
    } catch (const parser_fault&) {
        out.problems.push_back(
            {1,
             "not valid TOML, somewhere in this file: a value must be a number, true, false, or "
             "text in double quotes, \"like this\""});
    }
    return out;
}

}  // namespace tiktok2twitch::app
