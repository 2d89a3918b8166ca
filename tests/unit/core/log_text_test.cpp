// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/log_text.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::core {
namespace {

log_time time_of_example() {
    log_time at;
    at.parts.tm_year = 126;
    at.parts.tm_mon = 10;
    at.parts.tm_mday = 26;
    at.parts.tm_hour = 2;
    at.parts.tm_min = 3;
    at.parts.tm_sec = 4;
    at.milliseconds = 89;
    return at;
}

std::string line(log_style style, log_level level, std::string_view source, bool color = false) {
    return log_text(style, level, source, "connected", time_of_example(), color);
}

TEST(log_text, files_and_pipes_get_the_full_form) {
    EXPECT_EQ(line(log_style::full, log_level::info, "tiktok/@ann"),
              "2026-11-26T02:03:04.089Z info tiktok/@ann: connected\n");
    EXPECT_EQ(line(log_style::full, log_level::warning, "relay"),
              "2026-11-26T02:03:04.089Z warning relay: connected\n");
}

TEST(log_text, a_terminal_gets_the_short_form) {
    EXPECT_EQ(line(log_style::terminal, log_level::info, "tiktok/@ann"), "02:03:04 @ann: connected\n");
    EXPECT_EQ(line(log_style::terminal, log_level::error, "twitch/#chan"),
              "02:03:04 error #chan: connected\n");
    EXPECT_EQ(line(log_style::terminal, log_level::debug, "relay"), "02:03:04 debug relay: connected\n");
    EXPECT_EQ(line(log_style::terminal, log_level::warning, "relay", true),
              "02:03:04 \x1b[33m\x1b[1mwarning\x1b[m relay: connected\n");
}

TEST(log_text, journald_gets_a_priority_and_no_time) {
    EXPECT_EQ(line(log_style::journal, log_level::debug, "relay"), "<7>relay: connected\n");
    EXPECT_EQ(line(log_style::journal, log_level::info, "tiktok/@ann"), "<6>tiktok/@ann: connected\n");
    EXPECT_EQ(line(log_style::journal, log_level::warning, "relay"), "<4>relay: connected\n");
    EXPECT_EQ(line(log_style::journal, log_level::error, "relay", true), "<3>relay: connected\n");
}

TEST(log_text, whatever_is_in_a_message_it_stays_one_row_of_text) {
    EXPECT_EQ(one_row("a\nb\r\tc\x1b[2Jd\x7f"), "a b  c [2Jd ");
    EXPECT_EQ(one_row("a\xc2\x9b"
                      "2Jb"),
              "a 2Jb");  // C1: a terminal's CSI
    EXPECT_EQ(one_row("a\xe2\x80\xae"
                      "b\xe2\x81\xa6"
                      "c"),
              "a b c");  // U+202E, U+2066
    EXPECT_EQ(one_row("a\xe2\x80\xa8"
                      "b"),
              "a b");  // U+2028
    EXPECT_EQ(one_row("\xff"
                      "a"),
              "\xef\xbf\xbd"
              "a");
    EXPECT_EQ(one_row("    filtered 3 · ünï ‏"), "    filtered 3 · ünï  ");
}

}  // namespace
}  // namespace tiktok2twitch::core
