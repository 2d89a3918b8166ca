// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Decides which of many messages are said, and how many were not. Pure; not thread-safe.
//
// Messages are of one kind when they have the same level, source and words but for the digits in them. The
// first few of a kind are said; what comes after that within a minute is counted, and said as one line with
// the number when the minute is over. While the flood lasts only such lines come, after 1, 2, 4, 8, 10, 10
// ... minutes. Of a source that says much of many kinds the first lines of each minute are said, the rest
// counted.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::core {

class repeat_limiter {
public:
    static constexpr std::size_t burst = 5;          // of a kind, in a window
    static constexpr std::size_t source_burst = 20;  // of a source, in a minute
    static constexpr duration first_window = std::chrono::minutes(1);
    static constexpr duration longest_window = std::chrono::minutes(10);
    static constexpr std::size_t most_kinds = 300;    // then what is new counts for its source alone
    static constexpr std::size_t most_sources = 300;  // then what is new shares one

    struct summary {
        log_level level = log_level::info;
        std::string source;
        std::string text;
    };

    // Whether to say it.
    bool admit(log_level level, std::string_view source, std::string_view text, time_point now);
    // What was counted and is due by now; `all`: whatever was counted.
    std::vector<summary> poll(time_point now, bool all = false);

private:
    struct counted {
        time_point began;  // of the window
        duration length = first_window;
        std::size_t said = 0;  // in it
        std::uint64_t held = 0;
        log_level level = log_level::debug;  // the gravest of those held
        std::string last;                    // of those held
        bool flood = false;                  // nothing but its number is said
    };
    struct kind : counted {
        std::string source;
    };

    static void hold(counted& in, log_level level, std::string_view text);
    static void begin_window(counted& in, time_point now);
    void settle(kind& of, time_point now, bool all = false);
    void settle(std::string_view source, counted& of, time_point now, bool all = false);
    kind* kind_of(std::string name, std::string_view source, time_point now);
    std::pair<const std::string, counted>& source_of(std::string_view name, time_point now);

    std::map<std::string, kind, std::less<>> kinds_;
    std::map<std::string, counted, std::less<>> sources_;
    std::vector<summary> due_;
};

}  // namespace tiktok2twitch::core
