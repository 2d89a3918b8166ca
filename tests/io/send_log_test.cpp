// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/send_log.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "support/temp_dir.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/sending/sent_lines.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};
constexpr core::duration window = seconds(32);
constexpr core::unix_ms wall = 1'800'000'000'000;
constexpr core::unix_ms now_on_disk = 4'000'000'000'000;  // later than any file's time stamp

struct send_log_test : testing::Test {
    test::temp_dir directory;
    const std::string name = "sent-bot.bin";
    std::string path = directory.file(name);

    send_log open() {
        auto out = send_log::open(directory.path(), "bot");
        EXPECT_FALSE(out.trouble) << out.path << ": " << out.trouble.message();
        mended = out.mended;
        return std::move(out.log);
    }
    static void say(send_log& log, core::time_point at) {
        log.append(at, wall, [](core::error_code failed) { EXPECT_FALSE(failed); });
    }
    // Sends at 0, 1, 2 ... seconds.
    void send(int lines) {
        auto log = open();
        for (int i = 0; i < lines; ++i)
            say(log, start + seconds(i));
    }
    std::size_t known() { return open().recent(start + seconds(31), wall, window).size(); }
    void spoil(std::size_t offset, std::size_t bytes = 1) {
        auto file = directory.read(name);
        for (std::size_t i = offset; i < std::min(file.size(), offset + bytes); ++i)
            file[i] = static_cast<char>(file[i] ^ 0x10);
        directory.write(name, file);
    }

    bool mended = false;
};

TEST_F(send_log_test, a_longer_window_is_remembered_as_long_as_it_is) {
    send(1);
    const auto log = open();
    EXPECT_TRUE(log.recent(start + seconds(59), wall + 59'000, window).empty());
    EXPECT_EQ(log.recent(start + seconds(59), wall + 59'000, seconds(60)).size(), 1U);
}

TEST_F(send_log_test, a_new_log_is_empty_sound_and_private) {
    const auto log = open();
    EXPECT_TRUE(log.recent(start, wall, window).empty());
    EXPECT_FALSE(log.damaged(wall, window));
    EXPECT_FALSE(mended);
    struct stat info {};
    ASSERT_EQ(::stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
    EXPECT_GE(static_cast<std::size_t>(info.st_blocks) * 512, static_cast<std::size_t>(info.st_size));
}

TEST_F(send_log_test, the_next_process_sees_the_sends_of_the_last_window) {
    {
        auto log = open();
        for (const int at : {0, 10, 20})
            say(log, start + seconds(at));
    }
    const auto log = open();
    EXPECT_THAT(log.recent(start + seconds(30), wall, window),
                testing::ElementsAre(start, start + seconds(10), start + seconds(20)));
    EXPECT_THAT(log.recent(start + seconds(32), wall, window),
                testing::ElementsAre(start + seconds(10), start + seconds(20)));
    EXPECT_TRUE(log.recent(start + seconds(60), wall, window).empty());
}

TEST_F(send_log_test, the_wall_clock_may_jump_within_one_boot) {
    send(1);
    EXPECT_EQ(open().recent(start + seconds(1), wall + 1'000'000'000, window).size(), 1U);
}

TEST_F(send_log_test, the_ring_keeps_the_newest_and_the_file_its_size) {
    send(0);
    const auto before = std::filesystem::file_size(path);
    {
        auto log = open();
        for (int i = 0; i < 1500; ++i)
            say(log, start + milliseconds(i));
    }
    EXPECT_EQ(std::filesystem::file_size(path), before);
    const auto recent = open().recent(start + seconds(2), wall, window);
    EXPECT_FALSE(mended);
    EXPECT_EQ(recent.size(), sent_lines::capacity);
    EXPECT_EQ(recent.back(), start + milliseconds(1499));
    EXPECT_EQ(recent.front(), start + milliseconds(1500 - static_cast<int>(recent.size())));
}

TEST_F(send_log_test, sends_of_another_boot_are_dated_by_the_wall_clock) {
    directory.write(name, write_sent_lines({{1, 4711, 3'600'000'000'000, wall}}));
    const auto log = open();
    const core::time_point now{seconds(5)};  // just booted
    EXPECT_THAT(log.recent(now, wall + 10'000, window), testing::ElementsAre(now - seconds(10)));
    EXPECT_TRUE(log.recent(now, wall + 32'000, window).empty());
    EXPECT_THAT(log.recent(now, wall - 50'000, window), testing::ElementsAre(now));  // from the future: now
}

TEST_F(send_log_test, a_second_process_is_refused_while_the_first_lives_and_hears_which_that_is) {
    {
        const auto first = open();
        const auto second = send_log::open(directory.path(), "bot");
        EXPECT_EQ(second.trouble, errc::account_in_use);
        EXPECT_EQ(second.holder, ::getpid());
        EXPECT_FALSE(send_log::open(directory.path(), "other").trouble);
    }
    EXPECT_FALSE(send_log::open(directory.path(), "bot").trouble);
}

// Halved, cut anywhere, zeroed from anywhere on: one of the two copies has it all.
TEST_F(send_log_test, what_is_cut_off_or_zeroed_at_the_end_costs_nothing_and_is_mended) {
    send(10);
    const auto whole = directory.read(name);
    const auto within = sent_record_at(5, true) + 7;
    for (const std::size_t left : {whole.size() / 2, within, whole.size() - 1, whole.size() * 3 / 4}) {
        directory.write(name, whole.substr(0, left));
        EXPECT_EQ(known(), 10U) << left;
        EXPECT_TRUE(mended);
        const auto zeroed = whole.substr(0, left) + std::string(whole.size() - left, '\0');
        directory.write(name, zeroed);
        EXPECT_EQ(known(), 10U) << left;
        EXPECT_EQ(mended, zeroed != whole) << "slots that were never used are zeros anyway";
        EXPECT_FALSE(open().damaged(now_on_disk, window));
        EXPECT_FALSE(mended) << "for good";
        EXPECT_EQ(directory.read(name), whole);
    }
}

TEST_F(send_log_test, flipped_bits_cost_nothing_wherever_they_are) {
    send(10);
    const auto whole = directory.read(name);
    for (std::size_t at = 0; at < 24 + 12 * 40; at += 7) {
        directory.write(name, whole);
        spoil(at);
        EXPECT_EQ(known(), 10U) << at;
        EXPECT_TRUE(mended) << at;
        EXPECT_EQ(directory.read(name), whole) << at;
    }
}

TEST_F(send_log_test, record_that_both_copies_lost_counts_as_the_next_one) {
    send(5);
    for (const bool copy : {false, true})
        spoil(sent_record_at(3, copy) + 20);
    EXPECT_THAT(open().recent(start + seconds(10), wall, window),
                testing::ElementsAre(start, start + seconds(1), start + seconds(3), start + seconds(3),
                                     start + seconds(4)));
    EXPECT_TRUE(mended);
}

// What was sent last cannot be told then; whatever it was, the file has not changed since.
TEST_F(send_log_test, newest_lost_in_both_copies_is_caution_for_one_window_after_the_file_s_last_change) {
    send(5);
    for (const bool copy : {false, true})
        spoil(sent_record_at(5, copy) + 20);
    auto log = open();
    EXPECT_TRUE(log.damaged(0, window));
    EXPECT_FALSE(log.damaged(now_on_disk, window));
    EXPECT_EQ(log.recent(start + seconds(10), wall, window).size(), 4U);
    say(log, start + seconds(11));
    log = send_log::in_memory();
    EXPECT_FALSE(open().damaged(0, window)) << "it works again";
    EXPECT_FALSE(mended);
}

TEST_F(send_log_test, emptied_or_foreign_file_is_caution_and_works_again) {
    for (const auto& content : {std::string(), std::string("T2TSEND\n"), std::string(100'000, 'x'),
                                std::string(300'000, 'x'), std::string(1, '\0'), std::string(41'008, '\0')}) {
        directory.write(name, content);
        EXPECT_TRUE(open().damaged(0, window));
        EXPECT_FALSE(open().damaged(0, window));
        EXPECT_FALSE(mended);
    }
}

TEST_F(send_log_test, later_version_is_left_alone) {
    send(3);
    auto file = directory.read(name);
    // Version 3, and the checksum that belongs to it.
    const auto make_newer = [&file](std::size_t at) {
        file[at + 8] = 3;
        std::uint64_t hash = 14695981039346656037ULL;
        for (std::size_t i = 0; i < 16; ++i)
            hash = (hash ^ static_cast<unsigned char>(file[at + i])) * 1099511628211ULL;
        for (std::size_t i = 0; i < 8; ++i)
            file[at + 16 + i] = static_cast<char>(hash >> (8 * i) & 0xff);
    };
    make_newer(0);
    directory.write(name, file);
    auto opened = send_log::open(directory.path(), "bot");
    EXPECT_EQ(opened.trouble, errc::state_file_newer);
    EXPECT_EQ(opened.path, path);
    EXPECT_TRUE(opened.log.damaged(now_on_disk, window));
    say(opened.log, start);
    EXPECT_EQ(directory.read(name), file);
}

TEST_F(send_log_test, what_is_in_its_place_is_named_and_not_followed_and_the_log_works_in_memory) {
    directory.write("target", "precious");
    const auto expect_trouble = [this](boost::system::errc::errc_t why) {
        auto opened = send_log::open(directory.path(), "bot");
        EXPECT_EQ(opened.trouble, why);
        EXPECT_EQ(opened.path, path);
        EXPECT_TRUE(opened.log.damaged(now_on_disk, window)) << "cautious";
        say(opened.log, start);
        std::filesystem::remove_all(path);
    };
    std::filesystem::create_directories(path + "/x");
    expect_trouble(boost::system::errc::is_a_directory);
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    expect_trouble(boost::system::errc::no_such_device_or_address);
    for (const auto* to : {"target", "nowhere"}) {
        std::filesystem::create_symlink(directory.file(to), path);
        expect_trouble(boost::system::errc::too_many_symbolic_link_levels);
    }
    EXPECT_EQ(directory.read("target"), "precious");
    EXPECT_FALSE(std::filesystem::exists(directory.file("nowhere")));
}

TEST_F(send_log_test, lock_that_cannot_be_made_is_named_and_the_log_works) {
    std::filesystem::create_directories(directory.file("account-bot.lock"));
    auto opened = send_log::open(directory.path(), "bot");
    EXPECT_EQ(opened.trouble, boost::system::errc::is_a_directory);
    EXPECT_EQ(opened.path, directory.file("account-bot.lock"));
    say(opened.log, start);
    opened = send_log::open(directory.path(), "bot");
    EXPECT_EQ(opened.log.recent(start + seconds(1), wall, window).size(), 1U);
}

TEST_F(send_log_test, missing_directory_is_trouble) {
    const auto log = send_log::open(directory.file("missing"), "bot");
    EXPECT_EQ(log.trouble, boost::system::errc::no_such_file_or_directory);
}

TEST_F(send_log_test, a_login_cannot_leave_the_directory) {
    EXPECT_FALSE(send_log::open(directory.path(), "../../x").trouble);
    EXPECT_FALSE(directory.read("sent-______x.bin").empty());
}

// A log of 0.1.0: one ring, version 1.
std::string old_log(int lines) {
    auto file = write_sent_lines({});
    file.resize(file.size() / 2);
    file[8] = 1;
    std::uint64_t hash = 14695981039346656037ULL;
    for (std::size_t i = 0; i < 16; ++i)
        hash = (hash ^ static_cast<unsigned char>(file[i])) * 1099511628211ULL;
    for (std::size_t i = 0; i < 8; ++i)
        file[16 + i] = static_cast<char>(hash >> (8 * i) & 0xff);
    for (int i = 0; i < lines; ++i) {
        const auto sequence = static_cast<std::uint64_t>(i + 1);
        const auto record = sent_record({sequence, 0, 0, wall + i * 1000});
        file.replace(sent_record_at(sequence, false), record.size(), record);
    }
    return file;
}

TEST_F(send_log_test, log_of_the_first_version_is_taken_over_once_and_left_as_it_is) {
    const auto old = directory.write("send-log-bot.bin", old_log(4));
    EXPECT_EQ(open().recent(start, wall + 10'000, window).size(), 4U);
    EXPECT_FALSE(mended);
    EXPECT_EQ(directory.read("send-log-bot.bin"), old_log(4));
    directory.write("send-log-bot.bin", old_log(9));
    EXPECT_EQ(open().recent(start, wall + 10'000, window).size(), 4U) << "an older program wrote it since";
}

TEST_F(send_log_test, damaged_log_of_the_first_version_gives_what_is_whole) {
    auto file = old_log(4);
    file[24 + 40 + 20] = static_cast<char>(file[24 + 40 + 20] + 1);
    directory.write("send-log-bot.bin", file.substr(0, file.size() / 2));
    EXPECT_EQ(open().recent(start, wall + 10'000, window).size(), 4U) << "the second as the third";
    EXPECT_FALSE(open().damaged(0, window));
}

TEST_F(send_log_test, relay_of_the_first_version_excludes_this_one) {
    directory.write("send-log-bot.bin", old_log(1));
    const auto first = open();
    EXPECT_EQ(send_log::open(directory.path(), "bot").trouble, errc::account_in_use);
}

TEST(send_log_in_memory, keeps_nothing_and_never_fails) {
    auto log = send_log::in_memory();
    log.append(start, wall, [](core::error_code) { ADD_FAILURE(); });
    EXPECT_TRUE(log.recent(start, wall, window).empty());
    EXPECT_FALSE(log.damaged(0, window));
    EXPECT_FALSE(log.after_writing([] { ADD_FAILURE(); }));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
