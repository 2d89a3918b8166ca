// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "files/record_text.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace tiktok2twitch::files {
namespace {

constexpr std::string_view program = "tiktok2twitch ";
constexpr std::size_t digits = 8;
constexpr std::size_t before_text = digits + 2;  // '#', the digits, a blank

std::uint32_t checksum(std::string_view text) {
    return static_cast<std::uint32_t>(
        ::crc32_z(0, reinterpret_cast<const unsigned char*>(text.data()), text.size()));
}

// `record` begins with '#' and ends before the next '#' or line feed.
std::optional<std::string_view> text_of(std::string_view record) {
    if (record.size() < before_text || record[before_text - 1] != ' ')
        return std::nullopt;
    std::uint32_t noted = 0;
    const char* const begin = record.data() + 1;
    const auto [end, error] = std::from_chars(begin, begin + digits, noted, 16);
    const auto text = record.substr(before_text);
    if (error != std::errc{} || end != begin + digits || noted != checksum(text))
        return std::nullopt;
    return text;
}

struct header {
    std::string_view kind;
    unsigned version = 0;
};

std::optional<header> header_of(std::string_view text) {
    if (!text.starts_with(program))
        return std::nullopt;
    text.remove_prefix(program.size());
    const auto blank = text.find(' ');
    if (blank == std::string_view::npos)
        return std::nullopt;
    header out{text.substr(0, blank)};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + blank + 1, end, out.version);
    return error == std::errc{} && stop == end ? std::optional(out) : std::nullopt;
}

}  // namespace

std::string record_header(const record_kind& kind) {
    std::string out;
    append_record(out, std::string(program) + std::string(kind.name) + " " + std::to_string(kind.version));
    return out;
}

std::string json_record(std::string_view json) {
    std::string out;
    for (const char c : json)
        if (c == '#')
            out += "\\u0023";
        else
            out += c == '\n' ? ' ' : c;
    return out;
}

bool append_record(std::string& out, std::string_view text) {
    if (text.find_first_of("#\n") != std::string_view::npos)
        return false;
    char head[before_text + 1];
    std::snprintf(head, sizeof(head), "#%08x ", static_cast<unsigned>(checksum(text)));
    out.append(head, before_text);
    out += text;
    out += '\n';
    return true;
}

std::string json_record(std::string_view json) {
    std::string out;
    for (const char c : json)
        if (c == '#')
            out += "\\u0023";
        else
            out += c == '\n' ? ' ' : c;
    return out;
}

record_contents read_records(std::string_view bytes, const record_kind& kind) {
    record_contents out;
    bool first = true;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = std::min(bytes.find_first_of("#\n", at + 1), bytes.size());
        const auto text = bytes[at] == '#' ? text_of(bytes.substr(at, end - at)) : std::nullopt;
        // The line feed belongs to the record before it; without one, as at a torn end, that one is whole
        // too.
        const std::size_t next = end < bytes.size() && bytes[end] == '\n' && text ? end + 1 : end;
        const auto head = text ? header_of(*text) : std::nullopt;
        if (first)
            out.headless = !head;
        first = false;
        if (head && head->kind == kind.name && head->version > kind.version)
            return {{}, 0, true, false, false};
        if (head && head->kind != kind.name)
            return {{}, 0, false, true, false};
        if (text && !head)
            out.texts.push_back(*text);
        else if (!text)
            out.spoiled += next - at;
        at = next;
    }
    return out;
}

}  // namespace tiktok2twitch::files
