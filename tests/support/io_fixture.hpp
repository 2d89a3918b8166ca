// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Runs coroutines on one loop, with a bound, and fails a test that leaves work behind: an operation that
// nobody waits for is a leak in a program that runs for days.

#include <gtest/gtest.h>

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
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
    std::shared_ptr<task> spawn(net::awaitable<void> work);

    // Runs `work` to its end and then the loop until nothing is left on it.
    void run(net::awaitable<void> work, core::duration bound = default_bound);

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

    static net::awaitable<void> sleep(core::duration time);

    // Whether `work` ends within the bound, which is for a machine that has much else to do: the loop runs,
    // or the coroutine waits, until it does.
    bool ends(const task& work, core::duration bound = default_bound);
    static net::awaitable<bool> ended(std::shared_ptr<task> work, core::duration bound = default_bound);

    // `start` gives what runs until it is cancelled. It is started again and again, and cancelled after one
    // more of the loop's steps each time: each of them must end, and with operation_aborted. Once from
    // outside the loop and once from a handler; each time until one comes to rest that has got to its goal,
    // which is when `goals` has grown.
    void cancel_after_each_step(const std::function<net::awaitable<core::error_code>()>& start,
                                const std::function<std::size_t()>& goals);

private:
    template <class T>
    static net::awaitable<void> keep(net::awaitable<T> work, std::shared_ptr<std::optional<T>> value) {
        value->emplace(co_await std::move(work));
    }

    void finish(const task& main_task, core::duration bound);

    asio::io_context loop_{1};
};

}  // namespace tiktok2twitch::test
