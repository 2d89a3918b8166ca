// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Starting a coroutine is a large part of Asio, compiled here once and not in every test.

#include "support/io_fixture.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <string>

namespace tiktok2twitch::test {
namespace {

void report(std::exception_ptr error) {
    if (!error) {
        return;
    }
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& e) {
        ADD_FAILURE() << "a coroutine ended with an exception: " << e.what();
    }
}

}  // namespace

std::shared_ptr<task> io_fixture::spawn(net::awaitable<void> work) {
    auto result = std::make_shared<task>();
    asio::co_spawn(loop_, std::move(work),
                   asio::bind_cancellation_slot(result->signal_.slot(), [result](std::exception_ptr error) {
                       result->done_ = true;
                       report(error);
                   }));
    return result;
}

void io_fixture::run(net::awaitable<void> work, core::duration bound) {
    auto main_task = spawn(std::move(work));
    finish(*main_task, bound);
}

net::awaitable<void> io_fixture::sleep(core::duration time) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(time);
    co_await timer.async_wait(net::use_nothrow_awaitable);
}

bool io_fixture::ends(const task& work, core::duration bound) {
    const auto end = std::chrono::steady_clock::now() + bound;
    loop_.restart();
    while (!work.done() && loop_.run_one_until(end) > 0) {
    }
    return work.done();
}

net::awaitable<bool> io_fixture::ended(std::shared_ptr<task> work, core::duration bound) {
    const auto end = std::chrono::steady_clock::now() + bound;
    while (!work->done() && std::chrono::steady_clock::now() < end) {
        co_await sleep(std::chrono::milliseconds(1));
    }
    co_return work->done();
}

namespace {

// Less than the second after which some clients look around.
constexpr auto rest = std::chrono::milliseconds(300);
// Several times what the longest way takes.
constexpr int most_steps = 500;

net::awaitable<void> keep_error(net::awaitable<core::error_code> work,
                                std::shared_ptr<core::error_code> out) {
    co_await asio::this_coro::throw_if_cancelled(false);
    *out = co_await std::move(work);
}

}  // namespace

void io_fixture::cancel_after_each_step(const std::function<net::awaitable<core::error_code>()>& start,
                                        const std::function<std::size_t()>& goals) {
    for (const bool from_a_handler : {false, true}) {
        const auto before = goals();
        bool over = false;
        for (int steps = 0; !over; ++steps) {
            const auto where = std::string(from_a_handler ? "by a handler" : "from outside") +
                               " after step " + std::to_string(steps);
            auto result = std::make_shared<core::error_code>();
            auto work = spawn(keep_error(start(), result));
            loop_.restart();
            bool at_rest = false;
            for (int i = 0; i < steps && !at_rest; ++i) {
                at_rest = loop_.run_one_for(rest) == 0;
            }
            over = at_rest && goals() > before;
            if (from_a_handler) {
                asio::post(loop_, [work] { work->cancel(); });
            } else {
                work->cancel();
            }
            ASSERT_TRUE(ends(*work)) << "cancelled " << where;
            EXPECT_EQ(*result, asio::error::operation_aborted) << where;
            ASSERT_LT(steps, most_steps) << "it got nowhere";
        }
    }
}

void io_fixture::finish(const task& main_task, core::duration bound) {
    if (!ends(main_task, bound)) {
        ADD_FAILURE() << "the coroutine under test did not end in time";
        return;
    }
    loop_.restart();
    loop_.run_for(leftover_bound);
    if (!loop_.stopped()) {
        ADD_FAILURE() << "work is left on the loop after the test's coroutine ended";
    }
}

}  // namespace tiktok2twitch::test
