// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/send_log.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/temp_dir.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};
constexpr core::duration window = seconds(32);
constexpr core::unix_ms wall = 1'800'000'000'000;

struct send_log_test : testing::Test {
    test::temp_dir directory;
    std::string path = directory.file("send-log-bot.bin");

    send_log open() { return send_log::open(directory.path(), "bot").value(); }
    // One byte of the file becomes another.
    void spoil(std::size_t offset) {
        auto bytes = directory.read("send-log-bot.bin");
        bytes.at(offset) = static_cast<char>(bytes.at(offset) + 1);
        directory.write("send-log-bot.bin", bytes);
    }
};

TEST_F(send_log_test, an_emptied_log_is_damaged) {
    directory.write("send-log-bot.bin", "");
    EXPECT_TRUE(open().damaged());
}

TEST_F(send_log_test, a_longer_window_is_remembered_as_long_as_it_is) {
    {
        auto log = open();
        ASSERT_FALSE(log.append(start, wall));
    }
    auto log = open();
    EXPECT_TRUE(log.recent(start + seconds(59), wall + 59'000, window).empty());
    EXPECT_EQ(log.recent(start + seconds(59), wall + 59'000, seconds(60)).size(), 1U);
}

TEST_F(send_log_test, a_new_log_is_empty_sound_and_private) {
    const auto log = open();
    EXPECT_TRUE(log.recent(start, wall, window).empty());
    EXPECT_FALSE(log.damaged());
    struct stat info {};
    ASSERT_EQ(::stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
    EXPECT_GE(static_cast<std::size_t>(info.st_blocks) * 512, static_cast<std::size_t>(info.st_size));
}

TEST_F(send_log_test, the_next_process_sees_the_sends_of_the_last_window) {
    {
        auto log = open();
        for (const int at : {0, 10, 20})
            EXPECT_FALSE(log.append(start + seconds(at), wall));
    }
    const auto log = open();
    EXPECT_THAT(log.recent(start + seconds(30), wall, window),
                testing::ElementsAre(start, start + seconds(10), start + seconds(20)));
    EXPECT_THAT(log.recent(start + seconds(32), wall, window),
                testing::ElementsAre(start + seconds(10), start + seconds(20)));
    EXPECT_TRUE(log.recent(start + seconds(60), wall, window).empty());
}

TEST_F(send_log_test, the_wall_clock_may_jump_within_one_boot) {
    {
        auto log = open();
        EXPECT_FALSE(log.append(start, wall));
    }
    EXPECT_EQ(open().recent(start + seconds(1), wall + 1'000'000'000, window).size(), 1U);
}

TEST_F(send_log_test, the_ring_keeps_the_newest_and_the_file_its_size) {
    const auto size = [&] {
        return directory.read("send-log-bot.bin").size();
    };
    std::size_t before = 0;
    {
        auto log = open();
        before = size();
        for (int i = 0; i < 1500; ++i)
            EXPECT_FALSE(log.append(start + milliseconds(i), wall));
    }
    EXPECT_EQ(size(), before);
    const auto log = open();
    const auto recent = log.recent(start + seconds(2), wall, window);
    EXPECT_FALSE(log.damaged());
    EXPECT_GE(recent.size(), 100U);
    EXPECT_LT(recent.size(), 1500U);
    EXPECT_EQ(recent.back(), start + milliseconds(1499));
    EXPECT_EQ(recent.front(), start + milliseconds(1500 - static_cast<int>(recent.size())));
}

TEST_F(send_log_test, sends_of_another_boot_are_dated_by_the_wall_clock) {
    {
        auto log = open();
        EXPECT_FALSE(log.append(start, wall));
    }
    // A record of another boot: its tag changes and its checksum with it, so write one by hand.
    auto bytes = directory.read("send-log-bot.bin");
    constexpr std::size_t header = 24;
    bytes[header + 8] = static_cast<char>(bytes[header + 8] + 1);
    std::uint64_t hash = 14695981039346656037ULL;
    for (std::size_t i = 0; i < 32; ++i)
        hash = (hash ^ static_cast<unsigned char>(bytes[header + i])) * 1099511628211ULL;
    for (std::size_t i = 0; i < 8; ++i)
        bytes[header + 32 + i] = static_cast<char>(hash >> (8 * i) & 0xff);
    directory.write("send-log-bot.bin", bytes);

    const auto log = open();
    ASSERT_FALSE(log.damaged());
    const core::time_point now{seconds(5)};  // just booted
    EXPECT_THAT(log.recent(now, wall + 10'000, window), testing::ElementsAre(now - seconds(10)));
    EXPECT_TRUE(log.recent(now, wall + 32'000, window).empty());
    EXPECT_THAT(log.recent(now, wall - 50'000, window), testing::ElementsAre(now));  // from the future: now
}

TEST_F(send_log_test, a_second_process_is_refused_while_the_first_lives) {
    {
        const auto first = open();
        const auto second = send_log::open(directory.path(), "bot");
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error(), errc::account_in_use);
        EXPECT_TRUE(send_log::open(directory.path(), "other"));
    }
    EXPECT_TRUE(send_log::open(directory.path(), "bot"));
}

TEST_F(send_log_test, a_spoiled_header_is_damage_and_the_log_works_again) {
    open();
    spoil(3);
    {
        auto log = open();
        EXPECT_TRUE(log.damaged());
        EXPECT_FALSE(log.append(start, wall));
    }
    const auto log = open();
    EXPECT_FALSE(log.damaged());
    EXPECT_EQ(log.recent(start, wall, window).size(), 1U);
}

TEST_F(send_log_test, a_spoiled_record_is_damage_and_costs_only_itself) {
    {
        auto log = open();
        EXPECT_FALSE(log.append(start, wall));
        EXPECT_FALSE(log.append(start + seconds(1), wall));
    }
    spoil(24 + 20);
    const auto log = open();
    EXPECT_TRUE(log.damaged());
    EXPECT_THAT(log.recent(start + seconds(2), wall, window), testing::ElementsAre(start + seconds(1)));
}

TEST_F(send_log_test, a_cut_or_foreign_file_is_damage) {
    for (const auto& content : {std::string("T2TSEND\n"), std::string(100'000, 'x'), std::string(1, '\0')}) {
        directory.write("send-log-bot.bin", content);
        EXPECT_TRUE(open().damaged());
    }
}

TEST_F(send_log_test, a_missing_directory_is_the_system_s_error) {
    const auto log = send_log::open(directory.file("missing"), "bot");
    ASSERT_FALSE(log);
    EXPECT_EQ(log.error(), boost::system::errc::no_such_file_or_directory);
}

TEST_F(send_log_test, a_pipe_in_its_place_is_the_system_s_error) {
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    EXPECT_EQ(send_log::open(directory.path(), "bot").error(),
              boost::system::errc::no_such_device_or_address);
}

TEST_F(send_log_test, a_read_only_directory_is_the_system_s_error) {
    // Root may write anywhere but not where there is no file system to write to.
    const auto log = send_log::open("/proc/self", "bot");
    ASSERT_FALSE(log);
    EXPECT_NE(log.error(), errc::account_in_use);
}

TEST_F(send_log_test, a_login_cannot_leave_the_directory) {
    EXPECT_TRUE(send_log::open(directory.path(), "../../x"));
    EXPECT_FALSE(directory.read("send-log-______x.bin").empty());
}

TEST(send_log_in_memory, keeps_nothing_and_never_fails) {
    auto log = send_log::in_memory();
    EXPECT_FALSE(log.append(start, wall));
    EXPECT_TRUE(log.recent(start, wall, window).empty());
    EXPECT_FALSE(log.damaged());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
