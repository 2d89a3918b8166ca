// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/status_socket.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <fstream>
#include <future>
#include <list>
#include <thread>

#include "support/temp_dir.hpp"

namespace tiktok2twitch::app {
namespace {

namespace asio = boost::asio;

class status_socket_test : public testing::Test {
protected:
    status_socket_test() : guard_(loop_.get_executor()), socket_(loop_.get_executor()) {}
    ~status_socket_test() override {
        asio::post(loop_, [this] {
            socket_.close();
            guard_.reset();
        });
        if (thread_.joinable())
            thread_.join();
        else
            loop_.run();
    }
    void open(std::string answer) {
        ASSERT_FALSE(socket_.open(path_, [answer] { return answer; }));
        thread_ = std::thread([this] { loop_.run(); });
    }

    test::temp_dir temp_;
    std::string path_ = status_socket_path(temp_.file(""), "bot");
    asio::io_context loop_{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard_;
    status_socket socket_;
    std::thread thread_;
};

TEST_F(status_socket_test, who_asks_gets_the_whole_answer_again_and_again) {
    const std::string answer(300'000, 'x');
    open(answer);
    for (int i = 0; i < 20; ++i) {
        const auto got = ask_status(path_, std::chrono::seconds(10));
        ASSERT_TRUE(got) << got.error().message();
        EXPECT_EQ(got->size(), answer.size());
    }
}

TEST_F(status_socket_test, only_the_relays_own_user_may_ask) {
    open("hello");
    struct stat file {};
    ASSERT_EQ(::stat(path_.c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777, 0600U);
}

TEST_F(status_socket_test, clients_that_do_not_read_do_not_keep_the_next_one_out_for_ever) {
    open(std::string(3'000'000, 'x'));
    asio::io_context other;
    std::list<asio::local::stream_protocol::socket> silent;
    for (std::size_t i = 0; i < status_socket::most_clients; ++i) {
        silent.emplace_back(other);
        silent.back().connect(asio::local::stream_protocol::endpoint(path_));
    }
    const auto got = ask_status(path_, std::chrono::seconds(30));
    ASSERT_TRUE(got) << got.error().message();
    EXPECT_EQ(got->size(), 3'000'000U);
}

TEST_F(status_socket_test, what_a_crash_left_behind_is_replaced) {
    std::ofstream(path_) << "stale";
    open("hello");
    EXPECT_EQ(ask_status(path_, std::chrono::seconds(10)).value(), "hello");
}

TEST_F(status_socket_test, a_closed_socket_leaves_no_file) {
    open("hello");
    std::promise<void> closed;
    asio::post(loop_, [&] {
        socket_.close();
        closed.set_value();
    });
    closed.get_future().wait();
    struct stat file {};
    EXPECT_NE(::stat(path_.c_str(), &file), 0);
    EXPECT_FALSE(ask_status(path_, std::chrono::seconds(1)));
}

TEST_F(status_socket_test, a_path_too_long_for_the_system_is_an_error_not_a_cut) {
    const auto failed = socket_.open(temp_.file(std::string(200, 'd')), [] { return std::string(); });
    EXPECT_EQ(failed, boost::system::errc::filename_too_long);
    EXPECT_EQ(ask_status(temp_.file(std::string(200, 'd')), std::chrono::seconds(1)).error(),
              boost::system::errc::filename_too_long);
}

TEST_F(status_socket_test, a_folder_that_takes_no_files_is_an_error) {
    EXPECT_TRUE(socket_.open(temp_.file("missing") + "/s.sock", [] { return std::string(); }));
}

}  // namespace
}  // namespace tiktok2twitch::app
