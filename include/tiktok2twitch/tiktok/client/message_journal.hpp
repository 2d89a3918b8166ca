// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which messages of one TikTok account were seen, on disk, so that a restart repeats nothing: an append-only
// file of text lines. A process killed at any moment loses at most the record being written. Not
// thread-safe.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/tiktok/client/record_file.hpp"
#include "tiktok2twitch/tiktok/message_memory.hpp"

namespace tiktok2twitch::tiktok {

class message_journal {
public:
    // Rewritten when it holds this many records; what the memory cannot keep is then left out.
    static constexpr std::size_t compact_after = 4 * message_memory::max_ids;

    // Opens or creates `directory`/seen-<unique_id>.log and fills `memory` from it. Lines that are no
    // records (a torn end, foreign bytes) are skipped. The directory must exist. Errors: the system's.
    static core::result<message_journal> open(const std::string& directory, std::string_view unique_id,
                                              message_memory& memory);

    // One write(2) each, none of them synced: they survive the process, not a power cut. After an error
    // (disk full) the file is as before and later calls may succeed.
    core::error_code append_seen(std::int64_t msg_id);
    core::error_code append_alive(std::int64_t room_id, core::unix_ms at);
    // Newest creation time of history that was deliberately not relayed.
    core::error_code append_floor(core::unix_ms floor);

    const std::string& path() const noexcept { return file_.path(); }
    std::size_t records() const noexcept { return records_; }

private:
    explicit message_journal(record_file file) : file_(std::move(file)) {}
    core::error_code append(const std::string& line);
    core::error_code compact();
    core::error_code load(message_memory& memory);

    record_file file_;
    std::size_t records_ = 0;
    std::size_t compact_at_ = compact_after;
};

}  // namespace tiktok2twitch::tiktok
