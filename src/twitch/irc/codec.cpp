// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/irc/codec.hpp"

#include <algorithm>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::twitch {
namespace {

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// Cuts the first word off `rest` together with the blanks behind it. TAB is no separator.
std::string_view take_word(std::string_view& rest) {
    const auto word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(word.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    return word;
}

void parse_tags(std::string_view block, std::vector<tag_view>& tags) {
    while (!block.empty()) {
        const auto item = block.substr(0, block.find(';'));
        block.remove_prefix(std::min(item.size() + 1, block.size()));
        // The first '=' separates: reply bodies contain more of them.
        const auto equals = item.find('=');
        const auto key = item.substr(0, equals);
        if (!key.empty())
            tags.push_back(
                {key, equals == std::string_view::npos ? std::string_view{} : item.substr(equals + 1)});
    }
}

// The bytes of `field` that may stand in an IRC line and are not in `unwanted`.
std::string without(std::string_view field, std::string_view unwanted) {
    std::string out;
    for (const char c : field)
        if (c != '\r' && c != '\n' && c != '\0' && unwanted.find(c) == std::string_view::npos)
            out.push_back(c);
    return out;
}

std::string one_line(std::string_view text) {
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
    return out;
}

std::string middle(std::string_view field) {
    std::string out = without(field, " ");
    out.erase(0, out.find_first_not_of(':'));
    return out.empty() ? "*" : out;
}

std::string encode_head(const tag_list& tags, std::string_view source, std::string_view command) {
    std::string out;
    for (const auto& [key, value] : tags) {
        const auto clean_key = without(key, " ;=");
        if (clean_key.empty())
            continue;
        out += out.empty() ? "@" : ";";
        out += clean_key;
        if (const auto escaped = escape_tag(value); !escaped.empty())
            out += "=" + escaped;
    }
    if (!out.empty())
        out += ' ';
    if (const auto clean_source = without(source, " "); !clean_source.empty())
        out += ":" + clean_source + " ";
    auto verb = without(command, " ");
    verb.erase(0, verb.find_first_not_of(":@"));
    return out + (verb.empty() ? "*" : verb);
}

}  // namespace

bool message_view::is(std::string_view name) const noexcept {
    return std::equal(command.begin(), command.end(), name.begin(), name.end(),
                      [](char a, char b) { return upper(a) == upper(b); });
}

std::optional<std::string> message_view::tag(std::string_view key) const {
    const auto found =
        std::find_if(tags.rbegin(), tags.rend(), [&](const tag_view& t) { return t.key == key; });
    if (found == tags.rend())
        return std::nullopt;
    return unescape_tag(found->raw_value);
}

std::string_view message_view::param(std::size_t index) const noexcept {
    return index < params.size() ? params[index] : std::string_view{};
}

std::string_view message_view::nick() const noexcept {
    return split_source(source).nick;
}

std::optional<message_view> parse(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
        line.remove_suffix(1);
    message_view out;
    if (line.starts_with('@')) {
        line.remove_prefix(1);
        parse_tags(take_word(line), out.tags);
    }
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.starts_with(':')) {
        line.remove_prefix(1);
        out.source = take_word(line);
    }
    out.command = take_word(line);
    if (out.command.empty())
        return std::nullopt;
    while (!line.empty()) {
        if (line.front() == ':') {
            out.params.push_back(line.substr(1));
            break;
        }
        out.params.push_back(take_word(line));
    }
    return out;
}

source_parts split_source(std::string_view source) noexcept {
    source_parts out;
    if (const auto at = source.find('@'); at != std::string_view::npos) {
        out.host = source.substr(at + 1);
        source = source.substr(0, at);
    }
    const auto bang = source.find('!');
    out.nick = source.substr(0, bang);
    if (bang != std::string_view::npos)
        out.user = source.substr(bang + 1);
    return out;
}

std::string unescape_tag(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            out.push_back(raw[i]);
            continue;
        }
        if (++i == raw.size())
            break;  // a lone backslash at the end says nothing
        switch (raw[i]) {
            case ':':
                out.push_back(';');
                break;
            case 's':
                out.push_back(' ');
                break;
            case 'r':
                out.push_back('\r');
                break;
            case 'n':
                out.push_back('\n');
                break;
            default:
                out.push_back(raw[i]);
                break;
        }
    }
    return out;
}

std::string escape_tag(std::string_view value) {
    std::string out;
    out.reserve(value.size());
    for (const char c : value) {
        switch (c) {
            case ';':
                out += "\\:";
                break;
            case ' ':
                out += "\\s";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\0':
                break;  // has no escape
            default:
                out.push_back(c);
                break;
        }
    }
    return out;
}

std::string encode(const message& message) {
    std::string out = encode_head(message.tags, message.source, message.command);
    for (std::size_t i = 0; i < message.params.size(); ++i) {
        const auto& param = message.params[i];
        const bool last = i + 1 == message.params.size();
        const bool trailing =
            last && (param.empty() || param.front() == ':' || param.find(' ') != std::string::npos);
        out += trailing ? " :" + one_line(param) : " " + middle(param);
    }
    return out + "\r\n";
}

std::string encode_privmsg(std::string_view channel, std::string_view text, const tag_list& tags) {
    std::string out = encode_head(tags, {}, "PRIVMSG") + " #";
    // A comma would name two channels; a login has no other characters than these (docs/protocol/twitch.md
    // §1.7).
    for (const char c : channel)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')
            out.push_back(c);
    const auto clean = core::repair_utf8(text);
    return out + " :" + one_line(core::cut_code_points(clean, longest_line)) + "\r\n";
}

}  // namespace tiktok2twitch::twitch
