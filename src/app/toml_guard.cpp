// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/toml_guard.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace tiktok2twitch::app {
namespace {

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

}  // namespace

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

}  // namespace tiktok2twitch::app
