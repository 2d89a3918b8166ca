// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/sent_lines.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <optional>

namespace tiktok2twitch::twitch {
namespace {

constexpr std::array<char, 8> magic{'T', '2', 'T', 'S', 'E', 'N', 'D', '\n'};
constexpr std::uint32_t old_version = 1;  // one ring, times of CLOCK_MONOTONIC
constexpr std::uint32_t version = 2;

struct file_header {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t capacity;
    std::uint64_t checksum;
};
struct file_record {
    std::uint64_t sequence;
    std::uint64_t boot;
    std::int64_t clock;
    core::unix_ms wall;
    std::uint64_t checksum;
};
static_assert(sizeof(file_header) == 24 && sizeof(file_record) == 40,
              "no padding: the bytes are checksummed");
constexpr std::uint64_t endless = std::uint64_t{1} << 62;  // lines that nobody ever sends
constexpr std::size_t ring_size = sizeof(file_header) + sent_lines::capacity * sizeof(file_record);

// FNV-1a: finds a torn or foreign record; it does not have to resist anybody.
template <class T>
std::uint64_t checksum_of(const T& item) {
    std::array<unsigned char, sizeof(T)> bytes;
    std::memcpy(bytes.data(), &item, sizeof(T));
    std::uint64_t hash = 14695981039346656037ULL;
    for (std::size_t i = 0; i < sizeof(T) - sizeof(item.checksum); ++i)
        hash = (hash ^ bytes[i]) * 1099511628211ULL;
    return hash;
}

std::string header_bytes() {
    file_header header{magic, version, sent_lines::capacity, 0};
    header.checksum = checksum_of(header);
    return {reinterpret_cast<const char*>(&header), sizeof(header)};
}

// Nothing: spoiled, or not there.
std::optional<file_header> header_at(std::string_view file, std::size_t at) {
    file_header header{};
    if (file.size() < at + sizeof(header))
        return std::nullopt;
    std::memcpy(&header, file.data() + at, sizeof(header));
    const bool good = header.magic == magic && header.checksum == checksum_of(header);
    return good ? std::optional(header) : std::nullopt;
}

enum class slot : std::uint8_t { unused, whole, spoiled };

struct ring {
    std::array<slot, sent_lines::capacity> slots{};
    std::map<std::uint64_t, sent_line> lines;
};

ring read_ring(std::string_view file, std::size_t begin) {
    ring out;
    for (std::size_t i = 0; i < sent_lines::capacity; ++i) {
        const auto at = begin + sizeof(file_header) + i * sizeof(file_record);
        file_record record{};
        out.slots[i] = slot::spoiled;
        if (file.size() < at + sizeof(record))
            continue;
        std::memcpy(&record, file.data() + at, sizeof(record));
        const auto bytes = file.substr(at, sizeof(record));
        if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; })) {
            out.slots[i] = slot::unused;
        } else if (record.checksum == checksum_of(record) && record.sequence > 0 &&
                   record.sequence < endless && (record.sequence - 1) % sent_lines::capacity == i) {
            out.slots[i] = slot::whole;
            out.lines[record.sequence] = {record.sequence, record.boot, record.clock, record.wall};
        }
    }
    return out;
}

// Lost ones in between were sent no later than the next that is known.
void fill_gaps(std::vector<sent_line>& lines) {
    if (lines.empty())
        return;
    // Of an earlier round of the ring: the slots that should have been written over them were not.
    const auto newest = lines.back().sequence;
    std::erase_if(lines,
                  [newest](const sent_line& line) { return newest - line.sequence >= sent_lines::capacity; });
    std::vector<sent_line> out;
    auto expected = lines.front().sequence;
    for (const auto& line : lines) {
        for (; expected < line.sequence; ++expected) {
            out.push_back(line);
            out.back().sequence = expected;
        }
        out.push_back(line);
        expected = line.sequence + 1;
    }
    lines = std::move(out);
}

// `second` as the first where there is no copy.
sent_lines merge(const ring& first, const ring& second) {
    sent_lines out;
    auto all = first.lines;
    all.insert(second.lines.begin(), second.lines.end());
    for (const auto& [sequence, line] : all)
        out.lines.push_back(line);
    const auto next = out.lines.empty() ? 0 : out.lines.back().sequence % sent_lines::capacity;
    // What would follow the newest is there, or was never written: nothing newer is lost.
    out.unknown = first.slots[next] == slot::spoiled && second.slots[next] == slot::spoiled;
    out.mended = first.slots != second.slots || first.lines != second.lines ||
                 std::ranges::find(first.slots, slot::spoiled) != first.slots.end();
    fill_gaps(out.lines);
    return out;
}

}  // namespace

sent_lines read_sent_lines(std::string_view file) {
    const auto first = header_at(file, 0);
    const auto second = header_at(file, ring_size);
    for (const auto& header : {first, second})
        if (header && header->version > version) {
            sent_lines out;
            out.newer = true;
            return out;
        }
    auto out = merge(read_ring(file, 0), read_ring(file, ring_size));
    out.mended = out.mended || !first || !second || file.size() != 2 * ring_size;
    out.unknown = out.unknown || (!first && !second && out.lines.empty());
    return out;
}

std::string write_sent_lines(const std::vector<sent_line>& lines) {
    auto file = header_bytes() + std::string(ring_size - sizeof(file_header), '\0');
    for (const auto& line : lines)
        file.replace(sent_record_at(line.sequence, false), sizeof(file_record), sent_record(line));
    return file + file;
}

std::string sent_record(const sent_line& line) {
    file_record record{line.sequence, line.boot, line.boot_clock, line.wall, 0};
    record.checksum = checksum_of(record);
    return {reinterpret_cast<const char*>(&record), sizeof(record)};
}

std::size_t sent_record_at(std::uint64_t sequence, bool copy) noexcept {
    const auto index = (sequence - 1) % sent_lines::capacity;
    return (copy ? ring_size : 0) + sizeof(file_header) + index * sizeof(file_record);
}

sent_lines read_old_send_log(std::string_view file, std::int64_t slept) {
    const auto header = header_at(file, 0);
    if (header && header->version != old_version)
        return {};
    const auto only = read_ring(file, 0);
    auto out = merge(only, only);
    for (auto& line : out.lines)
        line.boot_clock += slept;
    return out;
}

}  // namespace tiktok2twitch::twitch
