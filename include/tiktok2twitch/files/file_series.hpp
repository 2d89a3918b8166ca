// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The names of a file and its older parts: recording.jsonl.gz is written, recording-1.jsonl.gz was written
// before it, recording-2.jsonl.gz before that. Pure: no file is touched.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tiktok2twitch::files {

// 0: the path itself.
std::string older_part(const std::string& path, std::size_t age);

// recording-user.jsonl for recording.jsonl. No TikTok name has a '-', so no room's file is another's older
// part.
std::string part_for(const std::string& path, std::string_view room);

bool ends_in_gz(std::string_view path);

// What makes room for a new file at `path`, in this order: each `from` is renamed to `to`, which it replaces.
// `kept`: how many older parts there may be.
std::vector<std::pair<std::string, std::string>> shifts(const std::string& path, std::size_t kept);

}  // namespace tiktok2twitch::files
