// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/files/record_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <utility>

#include <zlib.h>

#include "tiktok2twitch/files/posix_file.hpp"

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

namespace {

core::result<std::string> read_end(int file, std::uint64_t size) {
    std::string out;
    out.reserve(4096);  // on the heap: who has it may move it, and keep views of it
    std::array<char, 64 * 1024> block;
    auto offset = size - std::min(size, record_file::most_read);
    for (;;) {
        const auto count = ::pread(file, block.data(), block.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return last_error();
        if (count == 0 || out.size() > record_file::most_read)
            return out;
        out.append(block.data(), static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
}

core::result<std::uint64_t> size_of(const descriptor& file) {
    struct stat info {};
    if (::fstat(file.get(), &info) != 0)
        return last_error();
    return static_cast<std::uint64_t>(info.st_size);
}

}  // namespace

core::result<record_file::contents> record_file::load() {
    contents out;
    const auto file = open_plain(path_, O_RDONLY);
    if (!file) {
        if (file.error() == boost::system::errc::no_such_file_or_directory)
            return out;
        return file.error();
    }
    const auto size = size_of(*file);
    if (!size)
        return size.error();
    auto bytes = read_end(file->get(), *size);
    if (!bytes)
        return bytes.error();
    out.exists = true;
    out.bytes = std::move(*bytes);
    out.records = read_records(out.bytes, kind_);
    if (out.bytes.empty())
        out.records.headless = true;  // every file was begun with its header
    newer_ = out.records.newer;
    if (newer_)
        return out;
    const bool too_large = *size > most_read;
    if (!out.records.sound() || out.records.other_kind || too_large || *size > compact_after) {
        // Should it fail, the file is as good as before: what is appended to it stands alone.
        if (const auto failed = replace(compact_(out.records.texts)); failed && too_large)
            return failed;
    }
    return out;
}

core::error_code record_file::append(std::string_view records) {
    if (newer_ || records.empty())
        return {};
    const auto file = open_plain(path_, O_WRONLY | O_CREAT | O_APPEND);
    if (!file)
        return file.error();
    const auto size = size_of(*file);
    if (!size)
        return size.error();
    auto failed = *size == 0 ? write_all(file->get(), record_header(kind_)) : core::error_code();
    if (!failed)
        failed = write_all(file->get(), records);
    if (failed) {
        // Half a record is in nobody's way; it only would be called damage.
        if (::ftruncate(file->get(), static_cast<off_t>(*size)) != 0)
            return last_error();
        return failed;
    }
    if (*size + records.size() < compact_at_)
        return {};
    // Should it fail, the next attempt comes after as much again.
    compact_at_ = *size + compact_after;
    return compact();
}

core::error_code record_file::compact() {
    auto found = load();
    if (!found)
        return found.error();
    return found->records.newer ? core::error_code() : replace(compact_(found->records.texts));
}

core::error_code record_file::replace(std::string_view records) {
    const auto text = record_header(kind_) + std::string(records);
    if (const auto failed = replace_file(path_, text))
        return failed;
    compact_at_ = text.size() + compact_after;
    return {};
}

}  // namespace tiktok2twitch::files
