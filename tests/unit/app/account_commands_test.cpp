// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/cli/account_tools.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace tiktok2twitch::app {
namespace {

using std::chrono::minutes;

// Interrupts itself, notices, and ends with `code` all the same.
net::awaitable<exit_code> interrupted_work(exit_code code) {
    co_await net::asio::this_coro::throw_if_cancelled(false);
    std::raise(SIGINT);
    co_await pause_for(minutes(10));
    const bool noticed = co_await is_cancelled();
    EXPECT_TRUE(noticed);
    co_return code;
}

net::awaitable<exit_code> quiet_work(exit_code code) {
    co_return code;
}

TEST(run_interruptibly_test, the_result_is_the_works_own) {
    for (const auto code : {exit_code::ok, exit_code::unavailable})
        EXPECT_EQ(run_interruptibly([code] { return quiet_work(code); }), code);
}

TEST(run_interruptibly_test, an_interrupt_is_told_unless_all_was_done) {
    EXPECT_EQ(run_interruptibly([] { return interrupted_work(exit_code::unavailable); }),
              exit_code::interrupted);
    EXPECT_EQ(run_interruptibly([] { return interrupted_work(exit_code::ok); }), exit_code::ok);
}

}  // namespace
}  // namespace tiktok2twitch::app
