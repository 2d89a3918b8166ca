// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/channel.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;

const core::time_point start{1h};

flight line(std::vector<core::time_point> arrived) {
    flight out;
    for (const auto at : arrived) {
        waiting_part part;
        part.first_at = at;
        out.parts.push_back(part);
    }
    return out;
}

channel_status after(const line_pace& pace, core::time_point now) {
    channel_status out;
    pace.describe(out, now);
    return out;
}

TEST(line_pace, nothing_was_said_yet) {
    const auto told = after({}, start);
    EXPECT_EQ(told.lines_per_minute, 0U);
    EXPECT_FALSE(told.delay);
    EXPECT_FALSE(told.last_line);
}

TEST(line_pace, a_line_is_as_late_as_the_oldest_message_on_it) {
    line_pace pace;
    pace.on_line(line({start, start - 4s}), start + 1s);
    const auto told = after(pace, start + 3s);
    EXPECT_EQ(told.lines_per_minute, 1U);
    EXPECT_EQ(told.messages_per_minute, 2U);
    EXPECT_EQ(told.delay, 5s);
    EXPECT_EQ(told.last_line, 2s);
}

TEST(line_pace, one_late_line_among_many_is_not_the_delay) {
    line_pace pace;
    for (const auto delay : {1s, 1s, 2s, 50s, 1s})
        pace.on_line(line({start - delay}), start);
    EXPECT_EQ(after(pace, start).delay, 1s);
}

TEST(line_pace, of_old_lines_only_the_last_is_told) {
    line_pace pace;
    pace.on_line(line({start - 1s}), start);
    pace.on_line(line({start}), start + 2s);
    const auto told = after(pace, start + 10min);
    EXPECT_EQ(told.lines_per_minute, 0U);
    EXPECT_EQ(told.delay, 2s);
    EXPECT_EQ(told.last_line, 9min + 58s);
}

TEST(line_pace, answers_to_moderators_are_no_relayed_lines) {
    line_pace pace;
    pace.on_line(flight{}, start);
    EXPECT_FALSE(after(pace, start).last_line);
}

TEST(line_pace, what_is_remembered_is_bounded) {
    line_pace pace;
    for (std::size_t i = 0; i < line_pace::most_lines + 5; ++i)
        pace.on_line(line({start}), start);
    EXPECT_EQ(after(pace, start).lines_per_minute, line_pace::most_lines);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
