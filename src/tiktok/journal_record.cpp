// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/journal_record.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

namespace tiktok2twitch::tiktok {
namespace {

// Takes " NUMBER" off the front of `text`.
std::optional<std::int64_t> take_number(std::string_view& text) {
    if (!text.starts_with(' '))
        return std::nullopt;
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, end, number);
    if (error != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    return number;
}

bool parse_record(std::string_view line, journal_content& out) {
    if (line.empty())
        return false;
    const char kind = line[0];
    line.remove_prefix(1);
    const auto first = take_number(line);
    if (!first)
        return false;
    if (kind == 'a') {
        const auto at = take_number(line);
        if (!at || !line.empty())
            return false;
        out.room_id = *first;
        out.alive_at = *at;
        return true;
    }
    if (!line.empty())
        return false;
    if (kind == 'i')
        out.ids.push_back(*first);
    else if (kind == 'f')
        out.floor = std::max(out.floor, *first);
    else
        return false;
    return true;
}

}  // namespace

std::string seen_record(std::int64_t msg_id) {
    return "i " + std::to_string(msg_id) + "\n";
}

std::string alive_record(std::int64_t room_id, core::unix_ms at) {
    return "a " + std::to_string(room_id) + " " + std::to_string(at) + "\n";
}

std::string floor_record(core::unix_ms floor) {
    return "f " + std::to_string(floor) + "\n";
}

journal_content parse_journal(std::string_view bytes) {
    journal_content out;
    for (std::size_t end = bytes.find('\n'); end != std::string_view::npos;
         end = bytes.find('\n', out.whole_bytes)) {
        if (parse_record(bytes.substr(out.whole_bytes, end - out.whole_bytes), out))
            ++out.records;
        out.whole_bytes = end + 1;
    }
    return out;
}

std::string compact_journal(const journal_content& content, std::size_t max_ids) {
    // The newest ids, each where it was first seen: a memory forgets in that order.
    std::unordered_set<std::int64_t> known;
    std::vector<std::int64_t> distinct;
    for (const std::int64_t id : content.ids) {
        if (known.insert(id).second)
            distinct.push_back(id);
    }
    const std::size_t skipped = distinct.size() - std::min(distinct.size(), max_ids);
    std::string out;
    for (std::size_t i = skipped; i < distinct.size(); ++i)
        out += seen_record(distinct[i]);
    if (content.floor != 0)
        out += floor_record(content.floor);
    if (content.room_id != 0)
        out += alive_record(content.room_id, content.alive_at);
    return out;
}

}  // namespace tiktok2twitch::tiktok
