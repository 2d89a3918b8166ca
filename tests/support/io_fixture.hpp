// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Runs coroutines on one loop, with a bound, and fails a test that leaves work behind: an operation that
// nobody waits for is a leak in a program that runs for days.

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/net/awaitable.hpp"

namespace tiktok2twitch::test {

namespace asio = boost::asio;

// A coroutine that runs beside the test's own. cancel() does nothing once it has ended.
class task {
public:
    bool done() const noexcept { return done_; }
    void cancel() {
        if (!done_) {
            signal_.emit(asio::cancellation_type::terminal);
        }
    }

private:
    friend class io_fixture;
    asio::cancellation_signal signal_;
    bool done_ = false;
};

class io_fixture : public ::testing::Test {
public:
    static constexpr core::duration default_bound = std::chrono::seconds(20);
    // Orderly closes are bounded to 2 s, so what lasts longer than this was forgotten.
    static constexpr core::duration leftover_bound = std::chrono::seconds(4);

    asio::io_context& loop() { return loop_; }
    asio::any_io_executor executor() { return loop_.get_executor(); }

    // Starts `work` beside the test's coroutine. It must end by itself or be cancelled before run() ends.
    std::shared_ptr<task> spawn(net::awaitable<void> work) {
        auto result = std::make_shared<task>();
        asio::co_spawn(
            loop_, std::move(work),
            asio::bind_cancellation_slot(result->signal_.slot(), [result](std::exception_ptr error) {
                result->done_ = true;
                report(error);
            }));
        return result;
    }

    // Runs `work` to its end and then the loop until nothing is left on it.
    void run(net::awaitable<void> work, core::duration bound = default_bound) {
        auto main_task = spawn(std::move(work));
        finish(*main_task, bound);
    }

    template <class T>
    T run(net::awaitable<T> work, core::duration bound = default_bound) {
        auto value = std::make_shared<std::optional<T>>();
        auto main_task = spawn(keep(std::move(work), value));
        finish(*main_task, bound);
        if (!value->has_value()) {
            throw std::runtime_error("the coroutine under test did not end");
        }
        return std::move(**value);
    }

    static net::awaitable<void> sleep(core::duration time) {
        asio::steady_timer timer(co_await asio::this_coro::executor);
        timer.expires_after(time);
        co_await timer.async_wait(net::use_nothrow_awaitable);
    }

private:
    template <class T>
    static net::awaitable<void> keep(net::awaitable<T> work, std::shared_ptr<std::optional<T>> value) {
        value->emplace(co_await std::move(work));
    }

    static void report(std::exception_ptr error) {
        if (!error) {
            return;
        }
        try {
            std::rethrow_exception(error);
        } catch (const std::exception& e) {
            ADD_FAILURE() << "a coroutine ended with an exception: " << e.what();
        }
    }

    void finish(const task& main_task, core::duration bound) {
        const auto end = std::chrono::steady_clock::now() + bound;
        loop_.restart();
        while (!main_task.done() && loop_.run_one_until(end) > 0) {
        }
        if (!main_task.done()) {
            ADD_FAILURE() << "the coroutine under test did not end in time";
            return;
        }
        loop_.restart();
        loop_.run_for(leftover_bound);
        if (!loop_.stopped()) {
            ADD_FAILURE() << "work is left on the loop after the test's coroutine ended";
        }
    }

    asio::io_context loop_{1};
};

}  // namespace tiktok2twitch::test
