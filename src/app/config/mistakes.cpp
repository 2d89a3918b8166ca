// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/mistakes.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "tiktok2twitch/app/config/toml.hpp"
#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::app {
namespace {

using view = std::string_view;

view trimmed(view text) noexcept {
    constexpr view blanks = " \t\r";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

std::vector<view> lines_of(view text) {
    std::vector<view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        out.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// Where the text that begins at `at` with a quote is closed; npos: it is not.
std::size_t closing_quote(view line, std::size_t at) noexcept {
    const char quote = line[at];
    for (++at; at < line.size() && line[at] != quote; ++at) {
        at += line[at] == '\\' && quote == '"' ? 1 : 0;
    }
    return at < line.size() ? at : view::npos;
}

// Calls `see(at)` for each sign outside of texts, until it says false.
template <class See>
void outside_of_texts(view line, const See& see) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '"' || line[at] == '\'') {
            at = closing_quote(line, at);
            if (at == view::npos) {
                return;
            }
        } else if (!see(at)) {
            return;
        }
    }
}

view without_comment(view line) {
    std::size_t end = line.size();
    outside_of_texts(line, [&](std::size_t at) {
        end = line[at] == '#' ? at : end;
        return line[at] != '#';
    });
    return trimmed(line.substr(0, end));
}

// A line, as far as it can be told apart.
struct looked_at {
    view raw;
    view line;  // without blanks around and comment
    view key;
    view value;
    bool has_equals = false;
};

looked_at look(view raw) {
    looked_at out{raw, without_comment(trimmed(raw)), {}, {}, false};
    std::size_t equals = view::npos;
    outside_of_texts(out.line, [&](std::size_t at) {
        if (out.line[at] == '=') {
            equals = at;
        }
        return equals == view::npos;
    });
    out.has_equals = equals != view::npos;
    if (out.has_equals) {
        out.key = trimmed(out.line.substr(0, equals));
        out.value = trimmed(out.line.substr(equals + 1));
    }
    return out;
}

bool begins_with_any(view text, std::initializer_list<view> any_of) noexcept {
    return std::ranges::any_of(any_of, [text](view each) { return text.starts_with(each); });
}

bool holds_any(view text, std::initializer_list<view> any_of) noexcept {
    return std::ranges::any_of(any_of, [text](view each) { return text.find(each) != view::npos; });
}

bool is_word_of(view value, std::initializer_list<view> words) {
    const std::string lower = core::ascii::lower(value);
    return std::ranges::find(words, lower) != words.end();
}

// --- the kinds of mistakes: each says its fix, or nothing when the line has another one

std::string encoding(const looked_at& at) {
    if (!core::utf8::is_valid(at.raw)) {
        return "bytes that are not UTF-8: the file was saved as Latin-1 or Windows-1252; save it as UTF-8";
    }
    return {};
}

std::string odd_blank(const looked_at& at) {
    if (holds_any(at.raw, {"\u00a0", "\u2007", "\u202f", "\u3000", "\u200b", "\u2003", "\u2009", "\ufeff"})) {
        return "a blank that is no ordinary one, as copied from a web page; type the blanks of this line "
               "anew";
    }
    return {};
}

std::string odd_quotes(const looked_at& at) {
    if (begins_with_any(at.value,
                        {"\u201c", "\u201d", "\u201e", "\u2018", "\u2019", "\u00ab", "\u00bb", "`"})) {
        return "text stands in straight quotes, \"like this\"";
    }
    return {};
}

std::string comment(const looked_at& at) {
    if (begins_with_any(at.line, {"//", ";", "--", "/*", "<!--", "%"})) {
        return "a comment begins with #";
    }
    return {};
}

std::string header(const looked_at& at) {
    if (!at.line.starts_with('[')) {
        return {};
    }
    const bool two = at.line.starts_with("[[");
    const view inside = at.line.substr(two ? 2 : 1);
    const std::size_t close = inside.find(']');
    const view name = trimmed(inside.substr(0, close));
    const std::string whole = two ? "[[" + std::string(name) + "]]" : "[" + std::string(name) + "]";
    const bool showable = name.size() < 40 && is_plain_text(name);
    if (close == view::npos) {
        return "the closing bracket of the section is missing" +
               (showable ? ": " + whole.substr(0, 42) : std::string());
    }
    view rest = inside.substr(close);
    const std::size_t brackets = std::min(rest.find_first_not_of(']'), rest.size());
    if (brackets != (two ? 2U : 1U)) {
        return "a section has as many brackets behind its name as before it" +
               (showable ? ": " + whole : std::string());
    }
    if (!trimmed(rest.substr(brackets)).empty()) {
        return "behind the name of a section nothing follows but a comment; write the key in a line of its "
               "own";
    }
    return {};
}

std::string no_equals(const looked_at& at) {
    if (at.line.empty() || at.line.starts_with('[') || at.has_equals) {
        return {};
    }
    if (at.line.starts_with('{') || at.line.starts_with('}')) {
        return "this looks like JSON; write [section] and below it lines such as key = \"value\"";
    }
    if (at.line.find(':') != view::npos) {
        return at.line.starts_with('"') || at.line.ends_with(',')
                   ? "this looks like JSON; write key = \"value\", without a comma at the end"
                   : "write '=' between key and value, not ':'";
    }
    return "no '=' between key and value: key = \"value\"";
}

std::string odd_equals(const looked_at& at) {
    if (at.key.ends_with(':') || begins_with_any(at.value, {"=", ">"})) {
        return "write a single '=' between key and value";
    }
    if (at.has_equals && at.key.empty()) {
        return "no key before '='";
    }
    if (at.has_equals && at.value.empty()) {
        return "no value behind '='; an empty text is \"\"";
    }
    const bool quoted = at.key.starts_with('"') || at.key.starts_with('\'');
    if (!quoted && at.key.find_first_of(" \t") != view::npos) {
        return "a key is one word; is a '=' missing, or a # before a comment?";
    }
    return {};
}

std::string odd_boolean(const looked_at& at) {
    view word = at.value;
    if (word.ends_with(',')) {
        word = trimmed(word.substr(0, word.size() - 1));
    }
    if (word != "true" && word != "false" &&
        is_word_of(word, {"yes", "no", "on", "off", "true", "false", "y", "n", "enabled", "disabled"})) {
        return "yes and no are written true and false, in small letters and without quotes";
    }
    return {};
}

std::string behind_a_value(view rest) {
    if (rest.starts_with(',')) {
        return trimmed(rest.substr(1)).empty() ? "no comma stands behind a value"
                                               : "one key a line, and no comma behind a value";
    }
    if (rest.find('=') != view::npos) {
        return "one key a line: what follows the value belongs into the next line";
    }
    if (!rest.empty()) {
        return "something stands behind the value; is a # missing before a comment, or does a quote within "
               "the "
               "text end it? Then put the text into the other kind of quotes";
    }
    return {};
}

bool has_bad_escape(view text) noexcept {
    for (std::size_t at = 1; at + 1 < text.size(); ++at) {
        if (text[at] != '\\') {
            continue;
        }
        if (view("btnfr\"\\uU").find(text[++at]) == view::npos) {
            return true;
        }
        const std::size_t digits = text[at] == 'u' ? 4 : text[at] == 'U' ? 8 : 0;
        for (std::size_t i = 1; i <= digits; ++i) {
            const char c = at + i < text.size() ? core::ascii::to_lower(text[at + i]) : ' ';
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return true;
            }
        }
    }
    return false;
}

constexpr view backslash =
    "in double quotes \\ begins an escape; put the text into single quotes, 'like this', where it is a sign "
    "like "
    "any other";
constexpr view unclosed = "the quote that begins the text has no closing one in this line";

// Of the texts in a list, or in a line of it.
std::string odd_entry(view entries) {
    for (std::size_t at = 0; at < entries.size(); ++at) {
        if (entries[at] != '"' && entries[at] != '\'') {
            continue;
        }
        const std::size_t end = closing_quote(entries, at);
        if (entries[at] == '"' &&
            has_bad_escape(entries.substr(at, end == view::npos ? end : end - at + 1))) {
            return std::string(backslash);
        }
        if (end == view::npos) {
            return std::string(unclosed);
        }
        at = end;
    }
    return {};
}

std::string odd_text(const looked_at& at) {
    if (at.value.starts_with("\"\"\"") || at.value.starts_with("'''")) {
        return {};
    }
    if (!at.value.starts_with('"') && !at.value.starts_with('\'')) {
        return {};
    }
    const bool twofold = at.value.front() == '"';
    if (twofold && has_bad_escape(at.value)) {
        return std::string(backslash);
    }
    if (const std::size_t end = closing_quote(at.value, 0); end != view::npos) {
        return behind_a_value(trimmed(at.value.substr(end + 1)));
    }
    if (twofold && at.value.ends_with("\\\"")) {
        return std::string(backslash);
    }
    return std::string(unclosed);
}

std::string odd_list(const looked_at& at) {
    if (!at.value.starts_with('[')) {
        return {};
    }
    if (std::string why = odd_entry(at.value); !why.empty()) {
        return why;
    }
    int depth = 0;
    std::size_t end = view::npos;
    bool bare = false;
    outside_of_texts(at.value, [&](std::size_t i) {
        const char c = at.value[i];
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        bare = bare || core::ascii::is_alnum(c);
        end = depth == 0 ? i : end;
        return depth > 0;
    });
    if (end != view::npos && end + 1 < at.value.size()) {
        return behind_a_value(trimmed(at.value.substr(end + 1)));
    }
    if (bare) {
        return "the entries of a list stand in quotes: [\"one\", \"two\"]";
    }
    return end == view::npos ? "the list has no closing bracket: [\"one\", \"two\"]"
                             : "the entries of a list are separated by commas: [\"one\", \"two\"]";
}

// Behind a value that is no text and no list.
std::string comment_behind(const looked_at& at) {
    const std::size_t end = at.value.find_first_of(" \t;");
    if (end == view::npos || view("\"'[{").find(at.value.front()) != view::npos) {
        return {};
    }
    const view rest = trimmed(at.value.substr(end));
    if (rest == ";") {
        return "no semicolon stands behind a value";
    }
    return begins_with_any(rest, {"//", ";", "--", "/*"}) ? "a comment begins with #" : "";
}

std::string odd_number(const looked_at& at) {
    const bool zero = at.value.size() > 1 && at.value.front() == '0';
    if (zero && at.value.find_first_not_of("0123456789_") == view::npos) {
        return "a number has no zeros in front";
    }
    return {};
}

std::string bare_text(const looked_at& at) {
    if (at.value.find_first_not_of("0123456789_.+-") == view::npos) {
        return {};  // a number, or a date
    }
    if (at.value.find_first_not_of("0123456789.,") == view::npos && !at.value.ends_with(',')) {
        return "a number has a point and no comma";
    }
    if (at.value.empty() || view("\"'[{").find(at.value.front()) != view::npos) {
        return {};
    }
    if (at.value == "true" || at.value == "false") {
        return {};
    }
    if (at.value.ends_with(',')) {
        return "no comma stands behind a value, and text stands in quotes, \"like this\"";
    }
    if (at.value.find('=') != view::npos && at.value.find_first_of(" \t") != view::npos) {
        return "one key a line: what follows the value belongs into the next line";
    }
    return "text stands in quotes, \"like this\"; so do durations (\"30s\"), rates and addresses";
}

constexpr std::array kinds{encoding,       odd_blank,  odd_quotes,  comment,  header,
                           no_equals,      odd_equals, odd_boolean, odd_text, odd_list,
                           comment_behind, odd_number, bare_text};

// The line in which the list begins that is still open before line `number`; 0: none is.
std::size_t open_list(const std::vector<view>& lines, std::size_t number) {
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i + 1 < number && i < lines.size(); ++i) {
        const looked_at at = look(lines[i]);
        const view part = depth > 0 ? at.line : at.value;
        if (depth == 0 && !part.starts_with('[')) {
            continue;
        }
        if (depth == 0) {
            begin = i + 1;
        }
        outside_of_texts(part, [&](std::size_t here) {
            depth += part[here] == '[' ? 1 : part[here] == ']' ? -1 : 0;
            return depth > 0;
        });
        depth = std::max(depth, 0);
    }
    return depth > 0 ? begin : 0;
}

std::string in_a_list(const looked_at& at, std::size_t begin) {
    const std::string which = "the list that begins in line " + std::to_string(begin);
    if (at.has_equals ||
        (at.line.starts_with('[') && at.line.find(']') != view::npos && at.line.size() > 2)) {
        return which + " has no closing bracket, ]";
    }
    if (auto why = encoding(at); !why.empty()) {
        return why;
    }
    if (auto why = odd_blank(at); !why.empty()) {
        return why;
    }
    if (auto why = odd_entry(at.line); !why.empty()) {
        return why;
    }
    return "in " + which + ": entries stand in quotes, with a comma behind each: \"one\", \"two\"";
}

}  // namespace

std::string known_encoding_mistake(view bytes) {
    const bool marked = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    const bool wide = bytes.size() >= 4 && (bytes.substr(0, 4).find('\0') != view::npos);
    if (marked || wide) {
        return "this file is UTF-16; save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)";
    }
    const view start = trimmed(bytes.substr(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size())));
    if (start.starts_with('{')) {
        return "this looks like JSON; write [section] and below it lines such as key = \"value\"";
    }
    return {};
}

std::string known_mistake(view text, std::size_t number) {
    const std::vector<view> lines = lines_of(text);
    if (number == 0 || number > lines.size()) {
        const std::size_t open = open_list(lines, lines.size() + 1);
        return open == 0
                   ? std::string()
                   : "the list that begins in line " + std::to_string(open) + " has no closing bracket, ]";
    }
    const looked_at at = look(lines[number - 1]);
    if (const std::size_t begin = open_list(lines, number); begin != 0) {
        return in_a_list(at, begin);
    }
    for (const auto kind : kinds) {
        if (std::string fix = kind(at); !fix.empty()) {
            return fix;
        }
    }
    return {};
}

std::string set_twice(view text, std::size_t number) {
    const std::vector<view> lines = lines_of(text);
    if (number == 0 || number > lines.size()) {
        return {};
    }
    const looked_at second = look(lines[number - 1]);
    const auto is_header = [](const looked_at& at) {
        return at.line.starts_with('[') && !at.has_equals;
    };
    // The key counts within its section: what came before the last header does not.
    std::size_t begin = number - 1;
    while (!is_header(second) && begin > 0 && !is_header(look(lines[begin - 1]))) {
        --begin;
    }
    for (std::size_t i = is_header(second) ? 0 : begin; i + 1 < number; ++i) {
        const looked_at first = look(lines[i]);
        const std::string line = std::to_string(i + 1);
        if (is_header(second) && first.line == second.line) {
            return "the section " + show_quoted(second.line) + " stands twice, first in line " + line +
                   "; put all of its keys there";
        }
        if (second.has_equals && first.has_equals && first.key == second.key) {
            return "the key " + show_quoted(second.key) + " is set twice, first in line " + line +
                   "; remove one of the two";
        }
    }
    return "this stands twice, or as a value and as a section; remove one of the two";
}

std::string plain_words(view parser_says) {
    std::string out = show_quoted(parser_says.substr(0, 200));
    return out.substr(1, out.size() - 2);
}

}  // namespace tiktok2twitch::app
