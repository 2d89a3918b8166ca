// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/run_context.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

namespace tiktok2twitch::app {
namespace {

namespace asio = boost::asio;

net::awaitable<core::error_code> wait_for_ever(asio::io_context& loop) {
    asio::steady_timer timer(loop, core::time_point::max());
    const auto [error] = co_await timer.async_wait(net::use_nothrow_awaitable);
    co_return error;
}

class run_context_test : public testing::Test {
protected:
    run_context_test() : run(relay_settings(), [this] { on_late(); }) {
        run.start_beside(wait_for_ever(run.loop), [this](core::error_code reason) { ended = reason; });
    }
    void on_late() {
        late = true;
        run.cancel_beside();
    }

    bool late = false;
    core::error_code ended;
    run_context run;
};

TEST_F(run_context_test, the_end_comes_with_the_last_task_beside) {
    run.phase = run_phase::over;
    run.guard_end(std::chrono::hours(1));
    EXPECT_FALSE(run.alone());
    asio::post(run.loop, [this] { run.cancel_beside(); });
    run.loop.run();
    EXPECT_TRUE(run.alone());
    EXPECT_EQ(ended, asio::error::operation_aborted);
    EXPECT_FALSE(late);
}

TEST_F(run_context_test, a_task_that_does_not_end_is_late) {
    run.phase = run_phase::over;
    run.guard_end(std::chrono::hours(1));
    run.guard_end(std::chrono::milliseconds(1));
    run.loop.run();
    EXPECT_TRUE(late);
}

TEST_F(run_context_test, before_the_end_nothing_is_over_with_the_last_task) {
    run.guard_end(std::chrono::milliseconds(1));
    asio::post(run.loop, [this] { run.cancel_beside(); });
    run.loop.run();
    EXPECT_TRUE(late) << "the rooms, or what is still to be said, may hang";
}

}  // namespace
}  // namespace tiktok2twitch::app
