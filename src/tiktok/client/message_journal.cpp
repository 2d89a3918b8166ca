// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/client/message_journal.hpp"

#include <utility>

#include "tiktok/journal_record.hpp"
#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::tiktok {

// compact_after records of the longest kind have about 6 MB.
static_assert(message_journal::compact_after * 48 < record_file::max_read_bytes);

core::result<message_journal> message_journal::open(const std::string& directory, std::string_view unique_id,
                                                    message_memory& memory) {
    // Encoded: a handle is no path, whoever wrote it.
    auto file = record_file::open(directory + "/seen-" + core::percent_encode(unique_id) + ".log");
    if (!file)
        return file.error();
    message_journal out(std::move(*file));
    if (const core::error_code error = out.load(memory))
        return error;
    return out;
}

core::error_code message_journal::load(message_memory& memory) {
    const core::result<std::string> text = file_.load();
    if (!text)
        return text.error();
    const journal_content content = parse_journal(*text);
    for (const std::int64_t id : content.ids)
        memory.restore_id(id);
    if (content.floor != 0)
        memory.restore_floor(content.floor);
    if (content.room_id != 0)
        memory.restore_alive(content.room_id, content.alive_at);
    records_ = content.records;
    return file_.size() <= record_file::max_read_bytes ? core::error_code() : compact();
}

core::error_code message_journal::append_seen(std::int64_t msg_id) {
    return append(seen_record(msg_id));
}

core::error_code message_journal::append_alive(std::int64_t room_id, core::unix_ms at) {
    return append(alive_record(room_id, at));
}

core::error_code message_journal::append_floor(core::unix_ms floor) {
    return append(floor_record(floor));
}

core::error_code message_journal::append(const std::string& line) {
    if (const core::error_code error = file_.append(line))
        return error;
    ++records_;
    return records_ >= compact_at_ ? compact() : core::error_code();
}

core::error_code message_journal::compact() {
    // Should it fail now, the next attempt comes after as many records again.
    compact_at_ = records_ + compact_after;
    const core::result<std::string> bytes = file_.read();
    if (!bytes)
        return bytes.error();
    const std::string text = compact_journal(parse_journal(*bytes), message_memory::max_ids);
    if (const core::error_code error = file_.replace(text))
        return error;
    records_ = parse_journal(text).records;
    compact_at_ = compact_after;
    return {};
}

}  // namespace tiktok2twitch::tiktok
