// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A recording as it lies on the disk, with the older parts of it that the recorder has made
// (file_series.hpp). Blocking; before and after a replay.

#include <string>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/exit_code.hpp"
#include "tiktok2twitch/tiktok/client/recorder.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::app {

struct unread_recording {
    exit_code code = exit_code::bad_data;
    std::string why;  // with the file's name
};
using read_frames = std::variant<std::vector<tiktok::recorded_frame>, unread_recording>;

// Whether `older` is the part of a recording before `newer`: the times of a recording begin with 0 and go on.
bool continues(const std::vector<tiktok::recorded_frame>& older,
               const std::vector<tiktok::recorded_frame>& newer);

read_frames read_recording(const std::string& path);

// Writes the frames down once more, for example without people. Empty, or what went wrong.
std::string copy_recording(const std::vector<tiktok::recorded_frame>& frames,
                           const tiktok::recording_target& target, tiktok::pseudonym_key key);

}  // namespace tiktok2twitch::app
