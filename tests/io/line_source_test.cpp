// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/files/line_source.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <thread>
#include <vector>

#include "support/temp_dir.hpp"

namespace tiktok2twitch::files {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;

struct line_source_test : testing::Test {
    std::array<int, 2> pipe{-1, -1};
    asio::io_context loop;
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> guard =
        asio::make_work_guard(loop);
    std::vector<std::string> lines;
    bool all_whole = true;
    bool ended = false;
    std::unique_ptr<line_source> source;

    void SetUp() override { ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0); }
    void TearDown() override {
        source.reset();
        ::close(pipe[0]);
        close_writer();
    }
    void close_writer() {
        if (pipe[1] >= 0)
            ::close(pipe[1]);
        pipe[1] = -1;
    }
    void write(const std::string& text) const {
        ASSERT_EQ(::write(pipe[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    void begin(int descriptor, bool take = true) {
        line_source::handlers handlers;
        handlers.on_line = [this, take](std::string line, bool whole) {
            asio::post(loop, [this, take, line = std::move(line), whole] {
                lines.push_back(line.substr(0, 20));
                all_whole = all_whole && whole;
                if (take)
                    source->taken();
            });
        };
        handlers.on_end = [this](core::error_code why) {
            asio::post(loop, [this, why] {
                EXPECT_FALSE(why);
                ended = true;
                guard.reset();
            });
        };
        source = std::make_unique<line_source>(descriptor, std::move(handlers));
    }
};

TEST_F(line_source_test, lines_come_as_they_were_written_and_the_last_needs_no_end) {
    begin(pipe[0]);
    write("one\ntw");
    write("o\n\nthree");
    close_writer();
    loop.run();
    EXPECT_THAT(lines, ElementsAre("one", "two", "", "three"));
    EXPECT_TRUE(all_whole);
    EXPECT_TRUE(ended);
}

TEST_F(line_source_test, a_file_is_read_as_a_pipe_is) {
    const test::temp_dir dir;
    const int file = ::open(dir.write("r.jsonl", "one\ntwo\n").c_str(), O_RDONLY | O_CLOEXEC);
    begin(file);
    loop.run();
    source.reset();
    ::close(file);
    EXPECT_THAT(lines, ElementsAre("one", "two"));
}

TEST_F(line_source_test, only_so_many_are_on_their_way) {
    begin(pipe[0], false);
    for (std::size_t i = 0; i < line_source::most_on_their_way + 10; ++i)
        write("x\n");
    loop.run_for(std::chrono::milliseconds(300));
    EXPECT_EQ(lines.size(), line_source::most_on_their_way);
    for (int i = 0; i < 10; ++i)
        source->taken();
    close_writer();
    loop.run_for(std::chrono::seconds(10));
    EXPECT_EQ(lines.size(), line_source::most_on_their_way + 10);
}

TEST_F(line_source_test, its_owner_may_go_while_nothing_comes_and_while_too_much_comes) {
    begin(pipe[0]);
    source.reset();
    begin(pipe[0], false);
    for (std::size_t i = 0; i < line_source::most_on_their_way + 10; ++i)
        write("x\n");
    loop.run_for(std::chrono::milliseconds(100));
    source.reset();
    EXPECT_FALSE(ended);
}

TEST_F(line_source_test, a_line_without_end_costs_itself_only) {
    begin(pipe[0]);
    std::thread writer([this] {
        const std::string block(1024 * 1024, 'x');
        for (int i = 0; i < 25; ++i)
            for (std::size_t at = 0; at < block.size();)
                at += static_cast<std::size_t>(::write(pipe[1], block.data() + at, block.size() - at));
        EXPECT_EQ(::write(pipe[1], "\nnext\n", 6), 6);
        close_writer();
    });
    loop.run();
    writer.join();
    EXPECT_THAT(lines, ElementsAre("", "next"));
    EXPECT_FALSE(all_whole);
}

}  // namespace
}  // namespace tiktok2twitch::files
