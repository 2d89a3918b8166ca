// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/client/message_journal.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <utility>

#include "support/temp_dir.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using verdict = message_memory::verdict;

constexpr core::unix_ms noon = 1'789'600'000'000;

class message_journal_test : public ::testing::Test {
protected:
    message_journal open(message_memory& memory) {
        auto journal = message_journal::open(files.path(), "ana.example", memory);
        EXPECT_TRUE(journal) << journal.error().message();
        return std::move(*journal);
    }
    message_journal open() {
        message_memory unused;
        return open(unused);
    }

    test::temp_dir files;
    const std::string name = "seen-ana.example.log";
};

TEST_F(message_journal_test, restart_knows_what_was_seen_and_when_the_room_was_alive) {
    {
        message_journal journal = open();
        EXPECT_FALSE(journal.append_seen(11));
        EXPECT_FALSE(journal.append_floor(noon - 60'000));
        EXPECT_FALSE(journal.append_alive(7001, noon));
    }
    message_memory memory;
    open(memory);
    memory.on_connected(7001, noon + 60'000);
    EXPECT_EQ(memory.judge(11, noon, true), verdict::duplicate);
    EXPECT_EQ(memory.judge(12, noon - 60'000, true), verdict::history);
    EXPECT_EQ(memory.judge(13, noon + 1, true), verdict::fresh);
}

TEST_F(message_journal_test, file_is_private_and_named_after_the_account) {
    open();
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(files.file(name)).permissions(),
              perms::owner_read | perms::owner_write);
}

TEST_F(message_journal_test, odd_account_names_stay_in_the_directory) {
    message_memory memory;
    auto journal = message_journal::open(files.path(), "../../etc/x", memory);
    ASSERT_TRUE(journal);
    EXPECT_EQ(journal->path(), files.path() + "/seen-..%2F..%2Fetc%2Fx.log");
}

TEST_F(message_journal_test, missing_directory_is_an_error) {
    message_memory memory;
    EXPECT_EQ(message_journal::open(files.file("nowhere"), "ana", memory).error(),
              boost::system::errc::no_such_file_or_directory);
}

// Once the pipe is full, a write would last until somebody reads.
TEST_F(message_journal_test, pipe_in_its_place_is_an_error) {
    ASSERT_EQ(::mkfifo(files.file(name).c_str(), 0600), 0);
    message_memory memory;
    EXPECT_EQ(message_journal::open(files.path(), "ana.example", memory).error(),
              boost::system::errc::no_such_device_or_address);
}

TEST_F(message_journal_test, torn_end_is_cut_off_and_the_next_record_stands_alone) {
    files.write(name, "i 11\ni 22\ni 3");
    {
        message_memory memory;
        message_journal journal = open(memory);
        EXPECT_EQ(memory.size(), 2U);
        EXPECT_EQ(journal.records(), 2U);
        EXPECT_FALSE(journal.append_seen(44));
    }
    EXPECT_EQ(files.read(name), "i 11\ni 22\ni 44\n");
}

TEST_F(message_journal_test, foreign_bytes_cost_only_themselves) {
    files.write(name, std::string("i 11\n\0\0\0garbage\n\xff\ni 22\n", 24));
    message_memory memory;
    open(memory);
    EXPECT_EQ(memory.size(), 2U);
}

TEST_F(message_journal_test, process_killed_while_writing_loses_no_finished_record) {
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        message_memory memory;
        auto journal = message_journal::open(files.path(), "ana.example", memory);
        for (std::int64_t id = 1;; ++id) {
            if (journal->append_seen(id))
                ::_exit(1);
            if (id == 1000 && ::write(ready[1], "x", 1) != 1)
                ::_exit(1);
        }
    }
    ::close(ready[1]);
    char byte = 0;
    EXPECT_EQ(::read(ready[0], &byte, 1), 1);
    ::close(ready[0]);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));

    message_memory memory;
    message_journal journal = open(memory);
    EXPECT_GE(journal.records(), 1000U);
    memory.on_connected(7001, noon);
    EXPECT_EQ(memory.judge(1000, noon, false), verdict::duplicate);
}

// A limit on file size stands in for a full disk: write(2) takes a part and then fails.
class file_size_limit {
public:
    explicit file_size_limit(rlim_t bytes) {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~file_size_limit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, SIG_DFL);
    }
    file_size_limit(const file_size_limit&) = delete;
    file_size_limit& operator=(const file_size_limit&) = delete;

private:
    rlimit before_{};
};

TEST_F(message_journal_test, full_disk_is_reported_and_leaves_no_half_record) {
    message_journal journal = open();
    EXPECT_FALSE(journal.append_seen(11));
    {
        const file_size_limit limit(8);
        EXPECT_TRUE(journal.append_seen(22222));
        EXPECT_EQ(files.read(name), "i 11\n");
    }
    EXPECT_FALSE(journal.append_seen(33));
    EXPECT_EQ(files.read(name), "i 11\ni 33\n");
}

TEST_F(message_journal_test, growing_journal_is_compacted_and_keeps_what_the_memory_keeps) {
    message_journal journal = open();
    journal.append_floor(5);
    journal.append_alive(7001, noon);
    const auto count = static_cast<std::int64_t>(message_journal::compact_after);
    for (std::int64_t id = 1; id <= count - 3; ++id)
        ASSERT_FALSE(journal.append_seen(id));
    EXPECT_EQ(journal.records(), message_journal::compact_after - 1);
    ASSERT_FALSE(journal.append_seen(count));
    EXPECT_EQ(journal.records(), message_memory::max_ids + 2);
    EXPECT_FALSE(std::filesystem::exists(files.file(name + ".tmp")));
    ASSERT_FALSE(journal.append_seen(count + 1)) << "the new file is the one that is written";

    message_memory memory;
    open(memory);
    EXPECT_EQ(memory.size(), message_memory::max_ids);
    EXPECT_EQ(memory.floor(), 5);
    memory.on_connected(7001, noon + 1);
    EXPECT_EQ(memory.judge(count + 1, noon, false), verdict::duplicate);
    EXPECT_EQ(memory.judge(count, noon, false), verdict::duplicate);
    EXPECT_EQ(memory.judge(7, noon, false), verdict::fresh);
}

TEST_F(message_journal_test, file_over_the_read_bound_is_read_from_its_end_and_made_small) {
    std::string text = "i 1\n";
    text.append(17 * 1024 * 1024, '.');
    text += "\ni 2\n";
    files.write(name, text);
    message_memory memory;
    message_journal journal = open(memory);
    EXPECT_EQ(memory.size(), 1U);
    EXPECT_EQ(files.read(name), "i 2\n");
    EXPECT_FALSE(journal.append_seen(3));
    EXPECT_EQ(files.read(name), "i 2\ni 3\n");
}

TEST_F(message_journal_test, moved_journal_goes_on_writing) {
    message_journal first = open();
    message_journal second = std::move(first);
    EXPECT_FALSE(second.append_seen(1));
    message_journal third = open();
    third = std::move(second);
    EXPECT_FALSE(third.append_seen(2));
    EXPECT_EQ(files.read(name), "i 1\ni 2\n");
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
