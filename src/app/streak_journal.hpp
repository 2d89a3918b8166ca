// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The notes of one room's gift streaks on disk (relay::room_story): what a restart must neither count twice
// nor lose. One write for each frame that makes a streak grow, none of them synced.

#include <cstdint>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/client/record_file.hpp"

namespace tiktok2twitch::app {

class streak_journal {
public:
    // Rewritten when it has grown by so much: some ten thousand frames.
    static constexpr std::uint64_t compact_after = 2 * 1024 * 1024;

    // Opens or creates `directory`/gifts-<unique_id>.log and reads what is in it. A file of a version that
    // this program does not know is kept aside as *.other-version and begun anew. Errors: the system's.
    static core::result<streak_journal> open(const std::string& directory, std::string_view unique_id);

    // Once, after open().
    std::string take_notes();
    core::error_code append(std::string_view notes);

    const std::string& path() const noexcept { return file_.path(); }
    std::uint64_t size() const noexcept { return file_.size(); }
    bool was_other_version() const noexcept { return other_version_; }

private:
    explicit streak_journal(tiktok::record_file file) : file_(std::move(file)) {}
    core::error_code compact(std::string_view notes);

    tiktok::record_file file_;
    std::string notes_;
    std::uint64_t compact_at_ = compact_after;
    bool other_version_ = false;
};

}  // namespace tiktok2twitch::app
