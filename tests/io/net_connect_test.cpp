// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <boost/asio/read.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <condition_variable>
#include <future>
#include <mutex>

#include "net/any_stream.hpp"
#include "support/net_fixture.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/net/failure.hpp"
#include "tiktok2twitch/net/resolve.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;
using tcp = asio::ip::tcp;

class net_connect : public test::io_fixture {};

// A lookup that takes as long as the test wants it to.
// Never destroyed: the thread may still let go of them when the program ends.
std::promise<void>& lookup_may_end = *new std::promise<void>;
std::promise<void>& lookup_thread_ended = *new std::promise<void>;
core::result<addresses> held_lookup(const std::string&) {
    lookup_thread_ended.set_value_at_thread_exit();
    lookup_may_end.get_future().wait();
    return addresses{asio::ip::address_v4::loopback()};
}
core::result<addresses> quick_lookup(const std::string&) {
    const auto twice = asio::ip::make_address("127.0.0.1");
    return addresses{twice, twice};
}
core::result<addresses> failing_lookup(const std::string&) {
    return core::error_code(errc::name_not_found);
}

// A resolver that answers nobody before the gate is opened.
class slow_resolver {
public:
    static core::result<addresses> look_up(const std::string&) {
        std::unique_lock lock(mutex_);
        most_ = std::max(most_, ++threads_);
        ++asked_;
        changed_.wait(lock, [] { return open_; });
        --threads_;
        changed_.notify_all();
        return addresses{asio::ip::address_v4::loopback()};
    }
    static void shut() {
        const std::lock_guard lock(mutex_);
        asked_ = most_ = 0;
        open_ = false;
    }
    // Waits for the threads.
    static void open() {
        std::unique_lock lock(mutex_);
        open_ = true;
        changed_.notify_all();
        changed_.wait(lock, [] { return threads_ == 0; });
    }
    static std::size_t asked() {
        const std::lock_guard lock(mutex_);
        return asked_;
    }
    static std::size_t most() {
        const std::lock_guard lock(mutex_);
        return most_;
    }

private:
    static inline std::mutex mutex_;
    static inline std::condition_variable changed_;
    static inline bool open_ = false;
    static inline std::size_t asked_ = 0;
    static inline std::size_t threads_ = 0;
    static inline std::size_t most_ = 0;
};

TEST_F(net_connect, a_number_and_localhost_need_no_lookup) {
    EXPECT_EQ(run(resolve("192.0.2.7", 5, failing_lookup)).value().at(0).address().to_string(), "192.0.2.7");
    EXPECT_EQ(run(resolve("2001:db8::1", 5, failing_lookup)).value().at(0).address().to_string(),
              "2001:db8::1");
    const auto local = run(resolve("localhost", 5, failing_lookup)).value();
    for (const auto& address : local) {
        EXPECT_TRUE(address.address().is_loopback());
    }
}

TEST_F(net_connect, a_lookup_hands_on_addresses_and_errors) {
    EXPECT_EQ(run(resolve("example.org", 5, quick_lookup)).value(),
              endpoints{tcp::endpoint(asio::ip::address_v4::loopback(), 5)});
    EXPECT_EQ(run(resolve("example.org", 5, failing_lookup)).error(), errc::name_not_found);
}

TEST_F(net_connect, a_slow_lookup_does_not_stretch_the_timeout_nor_keep_the_loop_busy) {
    lookup_may_end = {};
    lookup_thread_ended = {};
    const auto thread_end = lookup_thread_ended.get_future();
    // The loop runs out of work while the lookup still has not ended.
    const auto found = run(timed(resolve("example.org", 5, held_lookup), 50ms, errc::connect_timeout));
    EXPECT_EQ(found.error(), errc::connect_timeout);
    lookup_may_end.set_value();
    EXPECT_EQ(thread_end.wait_for(15s), std::future_status::ready);  // it found nobody waiting
}

TEST_F(net_connect, a_name_is_looked_up_once_at_a_time_however_often_it_is_asked_for) {
    slow_resolver::shut();
    for (int i = 0; i < 20; ++i) {
        auto work = timed(resolve("never.example", 5, slow_resolver::look_up), 1ms, errc::connect_timeout);
        EXPECT_EQ(run(std::move(work)).error(), errc::connect_timeout);
    }
    EXPECT_EQ(slow_resolver::asked(), 1U);
    // Who waits when the answer comes shares it, whatever the port.
    core::result<endpoints> first = core::error_code();
    core::result<endpoints> second = core::error_code();
    const auto ask = [](std::uint16_t port, core::result<endpoints>* out) -> awaitable<void> {
        *out = co_await resolve("never.example", port, slow_resolver::look_up);
    };
    const auto both = [&ask](net_connect* self, core::result<endpoints>* a,
                             core::result<endpoints>* b) -> awaitable<void> {
        const auto one = self->spawn(ask(1, a));
        const auto other = self->spawn(ask(2, b));
        co_await sleep(1ms);
        slow_resolver::open();
        co_await ended(one);
        co_await ended(other);
    };
    run(both(this, &first, &second));
    EXPECT_EQ(first.value().at(0).port(), 1);
    EXPECT_EQ(second.value().at(0).port(), 2);
    EXPECT_EQ(slow_resolver::asked(), 1U);
    EXPECT_TRUE(run(resolve("never.example", 5, slow_resolver::look_up))) << "asked anew";
    EXPECT_EQ(slow_resolver::asked(), 2U);
}

TEST_F(net_connect, many_names_at_a_time_wait_for_their_turn) {
    slow_resolver::shut();
    constexpr std::size_t names = 3 * most_lookups;
    std::vector<core::result<endpoints>> found(names, core::result<endpoints>(core::error_code()));
    const auto ask = [](std::string name, core::result<endpoints>* out) -> awaitable<void> {
        co_await asio::this_coro::throw_if_cancelled(false);
        *out = co_await resolve(std::move(name), 5, slow_resolver::look_up);
    };
    const auto all = [&](net_connect* self) -> awaitable<void> {
        std::vector<std::shared_ptr<test::task>> tasks;
        for (std::size_t i = 0; i < names; ++i)
            tasks.push_back(self->spawn(ask("name" + std::to_string(i), &found[i])));
        co_await sleep(1ms);
        tasks.back()->cancel();  // who waits for its turn can be stopped as well
        co_await ended(tasks.back());
        slow_resolver::open();
        for (const auto& task : tasks)
            co_await ended(task);
    };
    run(all(this));
    EXPECT_LE(slow_resolver::most(), most_lookups);
    EXPECT_EQ(slow_resolver::asked(), names - 1);
    for (std::size_t i = 0; i + 1 < names; ++i)
        EXPECT_TRUE(found[i].has_value()) << i;
    EXPECT_EQ(found.back().error(), asio::error::operation_aborted);
}

TEST_F(net_connect, the_system_knows_this_machine) {
    const auto found = system_lookup("127.0.0.1");
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_EQ(found->at(0), asio::ip::address_v4::loopback());
}

TEST(net_failure, foreign_errors_get_our_names_where_these_fit) {
    EXPECT_EQ(translate(asio::error::eof), errc::closed_by_peer);
    EXPECT_EQ(translate(asio::ssl::error::stream_truncated), errc::closed_by_peer);
    EXPECT_EQ(translate(asio::error::host_not_found), errc::name_not_found);
    EXPECT_EQ(translate(asio::error::host_not_found_try_again), errc::name_not_found);
    EXPECT_EQ(translate(asio::error::connection_reset), asio::error::connection_reset);
    EXPECT_EQ(translate(core::error_code()), core::error_code());
}

TEST(net_failure, every_error_says_what_to_do) {
    for (int value = 1; value <= static_cast<int>(errc::no_progress); ++value) {
        const core::error_code error(static_cast<errc>(value));
        EXPECT_NE(core::identifier(error), "unknown");
        EXPECT_FALSE(core::advice(error).empty()) << error.message();
    }
}

// The type-erased stream itself.

awaitable<void> connected_pair(tcp::acceptor* acceptor, tcp::socket* a, tcp::socket* b) {
    co_await a->async_connect(acceptor->local_endpoint(), use_nothrow_awaitable);
    auto [error, accepted] = co_await acceptor->async_accept(use_nothrow_awaitable);
    *b = std::move(accepted);
}

class net_any_stream : public test::io_fixture {
protected:
    net_any_stream() {
        tcp::acceptor acceptor(loop(), tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        tcp::socket a(loop());
        tcp::socket b(loop());
        run(connected_pair(&acceptor, &a, &b));
        left_.emplace(make_server_stream(std::move(a), tls_server()));
        right_.emplace(make_server_stream(std::move(b), tls_server()));
    }

    std::optional<any_stream> left_;
    std::optional<any_stream> right_;
};

TEST_F(net_any_stream, a_terminal_cancellation_ends_a_read) {
    const auto read = [](any_stream* stream, core::error_code* error) -> awaitable<void> {
        co_await asio::this_coro::throw_if_cancelled(false);
        std::array<char, 8> chunk{};
        const auto buffer = asio::buffer(chunk);
        const auto [outcome, count] = co_await stream->async_read_some(buffer, use_nothrow_awaitable);
        *error = outcome;
    };
    core::error_code error;
    const auto work = [read](net_any_stream* self, any_stream* stream,
                             core::error_code* outcome) -> awaitable<void> {
        auto reading = self->spawn(read(stream, outcome));
        co_await sleep(20ms);
        EXPECT_FALSE(reading->done());
        reading->cancel();
        const bool reading_ended = co_await ended(reading);
        EXPECT_TRUE(reading_ended);
    };
    run(work(this, &*left_, &error));
    EXPECT_EQ(error, asio::error::operation_aborted);
}

TEST_F(net_any_stream, small_buffers_leave_in_one_write_of_bounded_size) {
    const std::string half(any_stream::gather_limit / 2, 'x');
    const std::array<asio::const_buffer, 4> small{asio::buffer("ab", 2), asio::const_buffer(),
                                                  asio::buffer("cd", 2), asio::buffer("ef", 2)};
    const std::array<asio::const_buffer, 3> large{asio::buffer(half), asio::buffer(half),
                                                  asio::buffer("z", 1)};
    const auto write = [](any_stream* stream, auto buffers, std::size_t* count) -> awaitable<void> {
        const auto [error, written] = co_await stream->async_write_some(buffers, use_nothrow_awaitable);
        *count = written;
    };
    std::size_t written = 0;
    run(write(&*left_, small, &written));
    EXPECT_EQ(written, 6U);
    run(write(&*left_, large, &written));
    EXPECT_GT(written, half.size());
    EXPECT_LE(written, any_stream::gather_limit);
}

TEST_F(net_any_stream, small_writes_do_not_wait_for_acknowledgements) {
    tcp::no_delay option;
    left_->socket().get_option(option);
    EXPECT_TRUE(option.value());
}

TEST_F(net_any_stream, one_read_takes_no_more_than_it_may) {
    right_->limit_reads(3);
    const auto work = [](any_stream* from, any_stream* to) -> awaitable<void> {
        const std::string text = "abcdefgh";
        const auto sent = asio::buffer(text);
        co_await asio::async_write(*from, sent, use_nothrow_awaitable);
        std::array<char, 8> chunk{};
        const auto buffer = asio::buffer(chunk);
        const auto [error, count] = co_await to->async_read_some(buffer, use_nothrow_awaitable);
        EXPECT_EQ(count, 3U);
    };
    run(work(&*left_, &*right_));
}

}  // namespace
}  // namespace tiktok2twitch::net
