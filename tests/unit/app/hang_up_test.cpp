// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/cli/process.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace tiktok2twitch::app {
namespace {

TEST(hang_up_test, a_window_that_was_closed_stops_and_everything_else_reloads) {
    EXPECT_EQ(meaning_of({false, true, false}), hang_up::stops);
    EXPECT_EQ(meaning_of({false, true, true}), hang_up::reloads) << "'kill -HUP' from another window";
    EXPECT_EQ(meaning_of({false, false, false}), hang_up::reloads) << "a service, or setsid";
    EXPECT_EQ(meaning_of({false, false, true}), hang_up::reloads);
}

TEST(hang_up_test, what_nohup_ignores_stays_ignored) {
    EXPECT_EQ(meaning_of({true, true, false}), hang_up::ignored);
    EXPECT_EQ(meaning_of({true, false, false}), hang_up::ignored);
    EXPECT_FALSE(start_of_process().ignores_hang_ups());
    const auto before = std::signal(SIGHUP, SIG_IGN);
    const start_of_process nohup;
    std::signal(SIGHUP, before);
    EXPECT_TRUE(nohup.ignores_hang_ups());
    EXPECT_EQ(nohup.meaning(), hang_up::ignored);
}

}  // namespace
}  // namespace tiktok2twitch::app
