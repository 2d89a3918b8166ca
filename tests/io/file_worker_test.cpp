// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/files/file_worker.hpp"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

namespace tiktok2twitch::files {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A disk that hangs until it is told to go on. Shared with the job, which may outlive the test's patience.
struct gate {
    std::promise<void> open;
    std::shared_future<void> opened = open.get_future().share();
};

struct file_worker_test : testing::Test {
    boost::asio::io_context loop;
    std::unique_ptr<file_worker> worker = std::make_unique<file_worker>(
        [this](std::function<void()> call) { boost::asio::post(loop, std::move(call)); });
    std::shared_ptr<gate> disk = std::make_shared<gate>();

    void hang() {
        ASSERT_TRUE(worker->submit([disk = disk] {
            disk->opened.wait();
            return core::error_code();
        }));
    }
};

TEST_F(file_worker_test, jobs_run_in_their_order_on_a_thread_of_their_own_and_answers_come_on_the_owner_s) {
    std::vector<int> ran;
    std::vector<int> answered;
    const auto here = std::this_thread::get_id();
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(worker->submit(
            [&ran, i, here] {
                EXPECT_NE(std::this_thread::get_id(), here);
                ran.push_back(i);
                return i == 3 ? make_error_code(boost::system::errc::no_space_on_device) : core::error_code();
            },
            [&answered, i, here](core::error_code failed) {
                EXPECT_EQ(std::this_thread::get_id(), here);
                EXPECT_EQ(static_cast<bool>(failed), i == 3);
                answered.push_back(i);
            }));
    EXPECT_TRUE(worker->finish(seconds(60)));
    EXPECT_TRUE(answered.empty());
    loop.run();
    EXPECT_THAT(ran, testing::ElementsAre(0, 1, 2, 3, 4));
    EXPECT_EQ(answered, ran);
}

TEST_F(file_worker_test, owner_waits_for_a_hanging_disk_as_long_as_it_says) {
    hang();
    EXPECT_FALSE(worker->finish(milliseconds(1)));
    EXPECT_FALSE(worker->ask([] { return 5; }, milliseconds(1)));
    disk->open.set_value();
    EXPECT_EQ(worker->ask([] { return 6; }, seconds(60)), 6);
}

TEST_F(file_worker_test, queue_is_bounded_by_number) {
    hang();
    std::size_t taken = 0;
    while (taken <= file_worker::most_waiting && worker->submit([] { return core::error_code(); }))
        ++taken;
    // The one that hangs may have left the queue already.
    EXPECT_GE(taken, file_worker::most_waiting - 1);
    EXPECT_LE(taken, file_worker::most_waiting);
    disk->open.set_value();
    EXPECT_TRUE(worker->finish(seconds(60)));
    EXPECT_TRUE(worker->submit([] { return core::error_code(); }));
}

TEST_F(file_worker_test, queue_is_bounded_by_size) {
    hang();
    const auto nothing = [] {
        return core::error_code();
    };
    EXPECT_TRUE(worker->submit(nothing, {}, file_worker::most_bytes));
    EXPECT_FALSE(worker->submit(nothing, {}, 1));
    EXPECT_TRUE(worker->submit(nothing));
    disk->open.set_value();
    EXPECT_TRUE(worker->finish(seconds(60)));
    EXPECT_TRUE(worker->submit(nothing, {}, file_worker::most_bytes));
}

TEST_F(file_worker_test, exception_of_a_job_is_an_error_like_others) {
    core::error_code found;
    worker->submit([]() -> core::error_code { throw std::runtime_error("out of room"); },
                   [&found](core::error_code failed) { found = failed; });
    EXPECT_TRUE(worker->finish(seconds(60)));
    loop.run();
    EXPECT_EQ(found, boost::system::errc::not_enough_memory);
}

TEST_F(file_worker_test, what_waits_at_the_end_is_done_and_nobody_is_told_any_more) {
    auto done = std::make_shared<bool>(false);
    hang();
    worker->submit(
        [done] {
            *done = true;
            return core::error_code();
        },
        [](core::error_code) { ADD_FAILURE(); });
    disk->open.set_value();
    worker.reset();
    EXPECT_TRUE(*done);
    loop.run();
}

TEST_F(file_worker_test, end_comes_although_the_disk_hangs) {
    hang();
    worker.reset();
    disk->open.set_value();
}

}  // namespace
}  // namespace tiktok2twitch::files
