// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/control/command_socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fstream>
#include <future>
#include <list>
#include <thread>

#include "support/temp_dir.hpp"
#include "tiktok2twitch/app/control/command_client.hpp"

namespace tiktok2twitch::app {
namespace {

namespace asio = boost::asio;
using control::request;
using control::verb;
using local = asio::local::stream_protocol;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class command_socket_test : public testing::Test {
protected:
    command_socket_test() : guard_(loop_.get_executor()), socket_(loop_.get_executor()) {}
    ~command_socket_test() override {
        asio::post(loop_, [this] {
            socket_.close();
            guard_.reset();
        });
        if (thread_.joinable())
            thread_.join();
        else
            loop_.run();
    }
    // The status is `data`; 'stop' keeps the connection.
    void open(std::string data) {
        ASSERT_FALSE(socket_.open(path_, [data](const request& asked) -> control::answer {
            if (asked.what == verb::stop)
                return {0, "ending", {}, true};
            return {0, std::string(control::name_of(asked.what)), data};
        }));
        thread_ = std::thread([this] { loop_.run(); });
    }
    void on_loop(const std::function<void()>& work) {
        std::promise<void> done;
        asio::post(loop_, [&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    control::answer ask(request asked) {
        const auto got = ask_relay(path_, asked, std::chrono::seconds(30));
        EXPECT_TRUE(got) << got.error().message();
        return got ? got->said.said : control::answer{};
    }
    // Writes as it is, and reads to the end.
    std::string raw(const std::string& bytes, bool end_of_words = false) {
        asio::io_context other;
        local::socket peer(other);
        peer.connect(local::endpoint(path_));
        boost::system::error_code failed;
        asio::write(peer, asio::buffer(bytes), failed);
        if (end_of_words)
            peer.shutdown(local::socket::shutdown_send);
        std::string heard;
        asio::read(peer, asio::dynamic_buffer(heard), failed);
        return heard;
    }

    test::temp_dir temp_;
    std::string path_ = command_socket_path(temp_.file(""), "bot");
    asio::io_context loop_{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard_;
    command_socket socket_;
    std::thread thread_;
};

TEST_F(command_socket_test, who_asks_gets_the_whole_answer_again_and_again) {
    const std::string data(300'000, 'x');
    open(data);
    for (int i = 0; i < 20; ++i) {
        const auto got = ask({verb::reload, 0});
        EXPECT_EQ(got.text, "reload");
        EXPECT_EQ(got.data.size(), data.size());
    }
}

TEST_F(command_socket_test, only_the_relays_own_user_may_ask) {
    open("hello");
    struct stat file {};
    ASSERT_EQ(::stat(path_.c_str(), &file), 0);
    EXPECT_EQ(file.st_mode & 0777, 0600U);
}

TEST_F(command_socket_test, a_client_of_the_first_version_says_nothing_and_gets_the_status) {
    open("{\"routes\":[]}\n");
    EXPECT_EQ(raw(""), "{\"routes\":[]}\n");
    EXPECT_EQ(raw("", true), "{\"routes\":[]}\n");
}

TEST_F(command_socket_test, what_is_no_request_gets_a_sentence_and_the_next_one_an_answer) {
    open("hello");
    for (const auto& bytes : {std::string("\n"), std::string("GET / HTTP/1.1\r\n\r\n"),
                              std::string(control::longest_request + 1, 'x'), std::string("\0\n", 2)})
        EXPECT_THAT(raw(bytes), HasSubstr("no request")) << bytes.size();
    EXPECT_THAT(raw("half a request", true), HasSubstr("no request"));
    EXPECT_THAT(raw("{\"protocol\":2,\"command\":\"stop\"}\n"), HasSubstr("older than the command"));
    EXPECT_THAT(raw("{\"protocol\":1,\"command\":\"dance\"}\n"), HasSubstr("does not know"));
    EXPECT_EQ(ask({verb::held, 0}).text, "held");
}

TEST_F(command_socket_test, clients_that_do_not_read_do_not_keep_the_next_one_out_for_ever) {
    open(std::string(3'000'000, 'x'));
    asio::io_context other;
    std::list<local::socket> silent;
    for (std::size_t i = 0; i < command_socket::most_clients; ++i) {
        silent.emplace_back(other);
        silent.back().connect(local::endpoint(path_));
        asio::write(silent.back(), asio::buffer(control::text_of(request{verb::status, 0})));
    }
    EXPECT_EQ(ask({verb::status, 0}).data.size(), 3'000'000U);
}

TEST_F(command_socket_test, who_waits_for_the_end_keeps_nobody_out_and_hears_it_from_the_system) {
    open("hello");
    for (std::size_t i = 0; i < command_socket::most_waiting; ++i) {
        const auto got = ask_relay(path_, {verb::stop, 0}, std::chrono::milliseconds(20));
        ASSERT_TRUE(got || got.error() == asio::error::timed_out) << got.error().message();
        EXPECT_FALSE(got && got->ended);
    }
    EXPECT_EQ(ask({verb::reload, 0}).code, 75) << "only so many";
}

TEST_F(command_socket_test, what_a_crash_left_behind_is_replaced) {
    std::ofstream(path_) << "stale";
    open("hello");
    EXPECT_EQ(ask({verb::status, 0}).data, "hello");
}

TEST_F(command_socket_test, a_closed_socket_leaves_no_file_and_waits_for_nobody) {
    open("hello");
    asio::io_context other;
    local::socket silent(other);
    silent.connect(local::endpoint(path_));
    on_loop([this] { socket_.close(); });
    struct stat file {};
    EXPECT_NE(::stat(path_.c_str(), &file), 0);
    EXPECT_FALSE(ask_relay(path_, {verb::status, 0}, std::chrono::seconds(1)));
    char byte = 0;
    boost::system::error_code failed;
    asio::read(silent, asio::buffer(&byte, 1), failed);
    EXPECT_TRUE(failed);
}

TEST_F(command_socket_test, the_process_behind_a_socket_is_known_before_it_answers) {
    open("hello");
    EXPECT_EQ(pid_behind(path_), ::getpid());
    EXPECT_EQ(pid_behind(temp_.file("nobody.sock")), std::nullopt);
    std::ofstream(temp_.file("status-stale.sock")) << "";
    std::ofstream(temp_.file("status.sock")) << "";
    const auto running = running_relays(temp_.file(""));
    ASSERT_EQ(running.size(), 1U);
    EXPECT_EQ(running.front().login, "bot");
}

TEST_F(command_socket_test, a_path_too_long_for_the_system_is_an_error_not_a_cut) {
    const auto obey = [](const request&) {
        return control::answer{};
    };
    const auto failed = socket_.open(temp_.file(std::string(200, 'd')), obey);
    EXPECT_EQ(failed, boost::system::errc::filename_too_long);
    EXPECT_EQ(ask_relay(temp_.file(std::string(200, 'd')), {verb::status, 0}).error(),
              boost::system::errc::filename_too_long);
}

TEST_F(command_socket_test, a_folder_that_takes_no_files_is_an_error) {
    EXPECT_TRUE(
        socket_.open(temp_.file("missing") + "/s.sock", [](const request&) { return control::answer{}; }));
}

}  // namespace
}  // namespace tiktok2twitch::app
