// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/toml.hpp"

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

#include "tiktok2twitch/app/config/hints.hpp"
#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/app/config/mistakes.hpp"
#include "tiktok2twitch/app/config/values.hpp"
#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/unicode.hpp"
namespace tiktok2twitch::app {
namespace {

// --- texts as TOML spells them

constexpr std::string_view hex = "0123456789ABCDEF";

bool is_control(unsigned char byte) noexcept {
    return byte < 0x20 || byte == 0x7F;
}

void append_escaped(std::string& out, char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else if (is_control(byte)) {
        out += "\\u00";
        out += hex[byte >> 4];
        out += hex[byte & 0x0F];
    } else {
        out += c;
    }
}

// --- what the parser must not be given

std::string_view without_blanks(std::string_view line) noexcept {
    return line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
}

// "[" or "[[" and then neither a name nor the closing bracket.
bool is_nameless_header(std::string_view line) noexcept {
    line = without_blanks(line);
    if (!line.starts_with('[')) {
        return false;
    }
    line.remove_prefix(line.starts_with("[[") ? 2 : 1);
    line = without_blanks(line);
    return line.empty() || !(core::ascii::is_alnum(line.front()) ||
                             std::string_view("_-\"']").find(line.front()) != std::string_view::npos);
}

// Up to and including the closing quote, or the whole line.
std::size_t text_length(std::string_view line, char quote) noexcept {
    std::size_t at = 0;
    while (at < line.size() && line[at] != quote) {
        at += quote == '"' && line[at] == '\\' ? 2 : 1;
    }
    return std::min(at + 1, line.size());
}

// Looks at what stands outside of texts and comments. Texts end on their line, because longer ones are
// refused, and begin where a name or a value may: elsewhere toml++ reads a quote as part of a number.
class scanner {
public:
    // What is wrong with the next line, or nothing.
    std::string_view check_line(std::string_view line) noexcept {
        bool text_may_begin = true;
        std::size_t dots = 0;
        while (!line.empty() && line.front() != '#') {
            const char first = line.front();
            if (static_cast<unsigned char>(first) >= 0x80) {
                return "not valid TOML: names are plain letters, and text stands in straight quotes, \"like "
                       "this\"";
            }
            if (line.starts_with("\"\"\"") || line.starts_with("'''")) {
                return "no setting takes text of several lines; write it in single quotes or double quotes";
            }
            line.remove_prefix(1);
            if (first == '.' && ++dots > max_dots_in_line) {
                return "more than 64 dots in one line";
            }
            if (first == ' ' || first == '\t' || first == '\r') {
                continue;
            }
            if (first == '}' && (last_ == '[' || last_ == ',')) {
                return "not valid TOML: a brace that closes nothing";
            }
            if (first == '"' || first == '\'') {
                if (!text_may_begin) {
                    return "not valid TOML: a quote in the middle of a name or a value";
                }
                line.remove_prefix(text_length(line, first));
            }
            last_ = first;
            text_may_begin = std::string_view("=,.[{").find(first) != std::string_view::npos;
        }
        return {};
    }

private:
    char last_ = 0;  // that was no blank, in all lines so far
};

// --- reading

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

bool is_group(std::string_view name) noexcept {
    const std::string prefix = std::string(name) + ".";
    return std::ranges::any_of(config_keys(),
                               [&](const config_key& key) { return key.section.starts_with(prefix); });
}

bool holds_only_tables(const toml::node& node) noexcept {
    const toml::table* table = node.as_table();
    return table != nullptr && !table->empty() &&
           std::ranges::all_of(*table, [](const auto& entry) { return entry.second.is_table(); });
}

class reader {
public:
    explicit reader(toml_contents& out) : out_(out) {}

    void read_file(const toml::table& file) { read_tables(file, {}); }

private:
    void problem(std::size_t line, std::string text) { out_.problems.push_back({line, std::move(text)}); }

    // What is in the file (`group` is empty) or in a table that holds tables only ("event").
    void read_tables(const toml::table& tables, const std::string& group) {
        for (const auto& [name, node] : tables) {
            const std::string path = (group.empty() ? "" : group + ".") + std::string(name.str());
            if (path == "route") {
                read_routes(node);
            } else if (path == "emoji") {
                read_section(name, path, node,
                             [this](const auto& code, const auto& value) { read_emoji(code, value); });
            } else if (std::ranges::find(sections_, path) != sections_.end()) {
                read_section(name, path, node, [this, &path](const auto& key, const auto& value) {
                    read_key(path, key, value);
                });
            } else if (node.is_table() && is_group(path)) {
                read_tables(*node.as_table(), path);
            } else {
                unknown(name, path, group, node);
            }
        }
    }

    void unknown(const toml::key& name, const std::string& path, const std::string& group,
                 const toml::node& node) {
        if (group.empty() && holds_only_tables(node)) {  // [events.gift]: the gift says what was meant
            for (const auto& [inner, table] : *node.as_table()) {
                unknown(inner, path + "." + std::string(inner.str()), path, table);
            }
            return;
        }
        if (node.is_table() || node.is_array_of_tables()) {
            problem(line_of(name), "unknown section " + show_quoted(path) + "; " + section_hint(path));
            return;
        }
        const std::string where = group.empty() ? " outside of any section" : " in [" + group + "]";
        problem(line_of(name),
                "unknown key " + show_quoted(name.str()) + where + "; " + key_hint(group, name.str()));
    }

    // `read` is called with each key and its value.
    template <class Read>
    void read_section(const toml::key& name, const std::string& path, const toml::node& node,
                      const Read& read) {
        const toml::table* table = node.as_table();
        if (table == nullptr) {
            problem(line_of(name), "expected the section [" + path + "], found " +
                                       std::string(node.is_array() ? "an array" : type_name(node)));
            return;
        }
        for (const auto& [key, value] : *table) {
            read(key, value);
        }
    }

    void read_key(const std::string& section, const toml::key& name, const toml::node& value) {
        if (const auto index = find_key(section, name.str())) {
            read_value(*index, name, value);
            return;
        }
        problem(line_of(name), "unknown key " + show_quoted(name.str()) + " in [" + section + "]; " +
                                   key_hint(section, name.str()));
    }

    void read_emoji(const toml::key& code, const toml::node& node) {
        toml_value value{.text = {}, .line = line_of(code)};
        if (const toml::value<std::string>* text = node.as_string()) {
            value.text = **text;
            out_.emoji.push_back({std::string(code.str()), std::move(value)});
        } else {
            problem(value.line, "emoji " + show_quoted(code.str()) +
                                    ": expected what to say for it, in quotes, found " +
                                    std::string(type_name(node)));
        }
    }

    // The texts of an array; false, and the problem told, when it is none or holds something else.
    bool read_list(const toml::node& node, const std::string& key, std::string_view wanted,
                   toml_value& value) {
        const toml::array* array = node.as_array();
        if (array == nullptr) {
            problem(value.line,
                    key + ": expected " + std::string(wanted) + ", found " + std::string(type_name(node)));
            return false;
        }
        for (const toml::node& element : *array) {
            const toml::value<std::string>* text = element.as_string();
            if (text == nullptr) {
                problem(line_of(element), key + ": expected " + std::string(wanted) + ", found " +
                                              std::string(type_name(element)) + " in it");
                return false;
            }
            value.entries.push_back(**text);
        }
        return true;
    }

    void read_value(std::size_t index, const toml::key& name, const toml::node& node) {
        const config_key& key = config_keys()[index];
        toml_value value{.text = {}, .line = line_of(name)};
        const toml_form form = key.kind->form;
        if (form == toml_form::list) {
            if (!read_list(node, key.dotted(), key.kind->expected, value)) {
                return;
            }
        } else if (form == toml_form::text && node.is_string()) {
            value.entries = {**node.as_string()};
        } else if (form == toml_form::boolean && node.is_boolean()) {
            value.entries = {**node.as_boolean() ? "true" : "false"};
        } else if (form == toml_form::integer && node.is_integer()) {
            value.entries = {std::to_string(**node.as_integer())};
        } else {
            problem(line_of(name), key.dotted() + ": expected " + std::string(key.kind->expected) +
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
                problem(line_of(name), "unknown key " + show_quoted(name.str()) + " in [[route]]; " +
                                           route_key_hint(name.str()));
                continue;
            }
            read_route_key(route, name, node);
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

    void read_route_key(toml_route& route, const toml::key& name, const toml::node& node) {
        toml_value value{.text = {}, .line = line_of(name)};
        if (name.str() == "events") {
            constexpr std::string_view wanted = "a list of kinds such as [\"chat\", \"gift\"]";
            incomplete_ = !read_list(node, "route.events", wanted, value) || incomplete_;
            route.events = std::move(value);
            return;
        }
        if (const toml::value<std::string>* text = node.as_string()) {
            value.text = **text;
        } else {
            problem(value.line, "route." + std::string(name.str()) + ": expected a name in quotes, found " +
                                    std::string(type_name(node)));
            incomplete_ = true;
        }
        (name.str() == "tiktok" ? route.tiktok : route.channel) = std::move(value);
    }

    toml_contents& out_;
    const std::vector<std::string_view> sections_ = section_names();
    bool incomplete_ = false;  // the route that is being read
};

constexpr std::string_view not_toml = "not valid TOML: ";

// Empty: none that is known.
std::string mistake_in(std::string_view text, std::size_t line) {
    std::string mistake = known_encoding_mistake(text);
    if (mistake.empty()) {
        mistake = known_mistake(text, line);
    }
    return mistake.empty() ? mistake : std::string(not_toml) + mistake;
}

// `what`, the parser's own words, is the last resort: it repeats pieces of what could not be read, and a
// token without quotes must not get into a log.
std::string syntax_error(std::string_view text, std::size_t line, std::string_view what) {
    if (what.find("redefine") != std::string_view::npos) {
        return std::string(not_toml) + set_twice(text, line);
    }
    if (std::string mistake = mistake_in(text, line); !mistake.empty()) {
        return mistake;
    }
    what = what.substr(0, what.find(", saw "));
    return std::string(not_toml) + plain_words(what) + "; text is written in double quotes, \"like this\"";
}

}  // namespace

std::string toml_quote(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        append_escaped(out, c);
    }
    return out + '"';
}

std::string show_quoted(std::string_view bytes) {
    constexpr std::size_t most = 60;
    std::string out = "\"";
    for (const char c : bytes.substr(0, most)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            append_escaped(out, c);
        } else {  // not worth decoding in a message: it may be cut, broken or a bidi trick
            out += "\\x";
            out += hex[byte >> 4];
            out += hex[byte & 0x0F];
        }
    }
    return out + (bytes.size() > most ? "...\"" : "\"");
}

bool is_plain_text(std::string_view bytes) noexcept {
    for (std::size_t at = 0; at < bytes.size();) {
        const char32_t point = core::utf8::next(bytes, at);
        if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
            return false;
        }
    }
    return core::utf8::is_valid(bytes);
}

std::optional<toml_problem> refuse_toml(std::string_view text) {
    if (text.size() > max_config_bytes) {
        return toml_problem{1, "larger than 1 MiB: this is no configuration of this program"};
    }
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    scanner outside;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (const std::string_view wrong = outside.check_line(line); !wrong.empty()) {
            return toml_problem{number, std::string(wrong)};
        }
        if (is_nameless_header(line)) {
            return toml_problem{number, "not valid TOML: \"[\" without the name of a section"};
        }
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return std::nullopt;
}

std::optional<std::vector<std::string>> read_toml_list(std::string_view text) {
    const std::string file = "x = " + std::string(text);
    if (refuse_toml(file)) {
        return std::nullopt;
    }
    try {
        const toml::table parsed = toml::parse(file);
        const toml::array* array = parsed["x"].as_array();
        if (array == nullptr || parsed.size() != 1) {
            return std::nullopt;
        }
        std::vector<std::string> entries;
        for (const toml::node& element : *array) {
            const toml::value<std::string>* entry = element.as_string();
            if (entry == nullptr) {
                return std::nullopt;
            }
            entries.push_back(**entry);
        }
        return entries;
    } catch (const toml::parse_error&) {
        return std::nullopt;
    } catch (const parser_fault&) {
        return std::nullopt;
    }
}

toml_contents read_toml(std::string_view text) {
    toml_contents out;
    if (auto wrong = refuse_toml(text)) {
        std::string mistake = wrong->text.starts_with(not_toml) ? mistake_in(text, wrong->line) : "";
        if (!mistake.empty()) {
            wrong->text = std::move(mistake);
        }
        out.problems.push_back(*std::move(wrong));
        return out;
    }
    try {
        const toml::table parsed = toml::parse(text);
        reader(out).read_file(parsed);
    } catch (const toml::parse_error& error) {
        const std::size_t line = error.source().begin.line;
        out.problems.push_back({line, syntax_error(text, line, error.description())});
    } catch (const parser_fault&) {
        out.problems.push_back(
            {1,
             "not valid TOML, somewhere in this file: a value must be a number, true, false, or "
             "text in double quotes, \"like this\""});
    }
    return out;
}

}  // namespace tiktok2twitch::app
