// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Whose each line of the input is (--input -). A line names its room, or one before it did; where one room is
// watched, a line without a name is its. What belongs to nobody, or cannot be read, is said once and counted.
// Pure.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::app {

class input_router {
public:
    // Different ones are said; they come from outside.
    static constexpr std::size_t most_strangers = 20;

    void add(const std::string& room) { rooms_.insert(room); }
    void remove(const std::string& room) { rooms_.erase(room); }

    struct routed {
        std::optional<tiktok::recorded_frame> frame;  // its room is one of ours
        std::string warning;                          // empty: nothing to say
    };
    // `whole`: false for a line that was too long to be kept.
    routed take(std::string_view line, bool whole);

    // At the end of the input.
    std::string summary() const;

private:
    routed unreadable(const std::string& why);

    tiktok::recording_reader reader_;
    std::set<std::string> rooms_;
    std::set<std::string> strangers_;
    std::uint64_t taken_ = 0;
    std::uint64_t unreadable_ = 0;
    std::uint64_t of_others_ = 0;
};

}  // namespace tiktok2twitch::app
