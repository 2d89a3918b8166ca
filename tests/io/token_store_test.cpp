// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/token_store.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "support/full_disk.hpp"
#include "support/ordinary_user.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

grant numbered(int number) {
    grant out;
    out.access = core::secret("access" + std::to_string(number));
    out.refresh = core::secret("refresh" + std::to_string(number));
    out.client_id = "client";
    out.login = "bot";
    out.user_id = "1";
    out.scopes = {"chat:read", "chat:edit"};
    return out;
}

// As the keeper does.
core::error_code save_at_last(token_store& store, const grant& value) {
    for (;;)
        if (const auto failed = store.save(value); failed != errc::token_store_blocked)
            return failed;
}

class token_store_test : public testing::Test {
public:
    test::temp_dir directory;
    token_store store{directory.path(), "bot"};

    // The message, so that a test shows what went wrong.
    std::string load_error() const {
        const auto loaded = store.load();
        return loaded ? "none" : core::identifier(loaded.error());
    }
    std::vector<std::string> files() const {
        std::vector<std::string> out;
        for (const auto& entry : std::filesystem::directory_iterator(directory.path()))
            out.push_back(entry.path().filename());
        return out;
    }
    mode_t mode(const std::string& name) const {
        struct stat info {};
        EXPECT_EQ(::stat(directory.file(name).c_str(), &info), 0);
        return info.st_mode & 07777;
    }
};

// Run by root, the directory is somebody else's; by anybody else, their own. The files are whoever's it is.
TEST_F(token_store_test, files_belong_to_the_owner_of_the_directory) {
    if (::geteuid() == 0) {
        ASSERT_EQ(::chown(directory.path().c_str(), 4711, 4712), 0);
    }
    ASSERT_FALSE(store.save(numbered(1)));
    ASSERT_TRUE(*store.try_lock());
    struct stat place {};
    ASSERT_EQ(::stat(directory.path().c_str(), &place), 0);
    EXPECT_EQ(files().size(), 2U);
    for (const auto& name : files()) {
        struct stat file {};
        ASSERT_EQ(::stat(directory.file(name).c_str(), &file), 0);
        EXPECT_EQ(file.st_uid, place.st_uid) << name;
        EXPECT_EQ(file.st_gid, place.st_gid) << name;
        EXPECT_EQ(file.st_mode & 07777, 0600U) << name;
    }
}

TEST_F(token_store_test, a_lock_is_not_taken_through_a_link) {
    const auto elsewhere = directory.file("elsewhere");
    std::filesystem::create_symlink(elsewhere, store.lock_path());
    EXPECT_FALSE(store.try_lock());
    EXPECT_FALSE(std::filesystem::exists(elsewhere));
}

TEST_F(token_store_test, loads_what_was_saved_and_nothing_before) {
    ASSERT_TRUE(store.load());
    EXPECT_FALSE(*store.load());
    EXPECT_FALSE(store.save(numbered(1)));
    EXPECT_EQ(**store.load(), numbered(1));
    EXPECT_FALSE(store.save(numbered(2)));
    EXPECT_EQ(**store.load(), numbered(2));
    EXPECT_THAT(files(), testing::ElementsAre("token-bot.json"));
}

TEST_F(token_store_test, is_private_whatever_the_umask_and_an_old_temporary_file_say) {
    directory.write("token-bot.json.tmp", "half of some");
    ASSERT_EQ(::chmod(directory.file("token-bot.json.tmp").c_str(), 0666), 0);
    const auto before = ::umask(0);
    EXPECT_FALSE(store.save(numbered(1)));
    ::umask(before);
    EXPECT_EQ(mode("token-bot.json"), 0600U);
    EXPECT_EQ(**store.load(), numbered(1));
}

TEST_F(token_store_test, a_file_that_others_can_read_is_refused_until_it_is_private_again) {
    EXPECT_FALSE(store.save(numbered(1)));
    for (const mode_t open : {0640U, 0604U, 0620U}) {
        ASSERT_EQ(::chmod(store.path().c_str(), open), 0);
        EXPECT_EQ(load_error(), "token_store_exposed");
    }
    const auto exposed = store.stamp();
    ASSERT_EQ(::chmod(store.path().c_str(), 0600), 0);
    EXPECT_NE(store.stamp(), exposed);
    EXPECT_EQ(**store.load(), numbered(1));
}

TEST_F(token_store_test, what_is_no_grant_is_damage) {
    const auto put = [&](const std::string& text) {
        directory.write("token-bot.json", text);
        ::chmod(store.path().c_str(), 0600);
    };
    for (const auto& text : {std::string(), std::string("{}"), std::string(100'000, ' ')}) {
        put(text);
        EXPECT_EQ(load_error(), "token_store_damaged");
    }
    // One byte over the limit, and exactly the limit.
    const auto good = write_grant(numbered(1));
    put(good + std::string(64 * 1024 + 1 - good.size(), ' '));
    EXPECT_EQ(load_error(), "token_store_damaged");
    put(good + std::string(64 * 1024 - good.size(), ' '));
    EXPECT_EQ(load_error(), "none");
}

TEST_F(token_store_test, a_pipe_in_its_place_is_damage_and_does_not_block) {
    ASSERT_EQ(::mkfifo(store.path().c_str(), 0600), 0);
    EXPECT_EQ(load_error(), "token_store_damaged");
}

// With a reader, and with none.
TEST_F(token_store_test, a_pipe_in_the_temporary_file_s_place_is_an_error_and_does_not_block) {
    EXPECT_FALSE(store.save(numbered(1)));
    const auto temporary = directory.file("token-bot.json.tmp");
    ASSERT_EQ(::mkfifo(temporary.c_str(), 0600), 0);
    EXPECT_EQ(store.save(numbered(2)), errc::token_store_blocked);
    const int reader = ::open(temporary.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ASSERT_GE(reader, 0);
    EXPECT_EQ(store.save(numbered(2)), errc::token_store_blocked);
    ::close(reader);
    EXPECT_EQ(**store.load(), numbered(1));
    ASSERT_EQ(::unlink(temporary.c_str()), 0);
    EXPECT_FALSE(store.save(numbered(2)));
}

TEST_F(token_store_test, a_temporary_file_that_somebody_keeps_locked_is_an_error_until_it_is_let_go) {
    EXPECT_FALSE(store.save(numbered(1)));
    directory.write("token-bot.json.tmp", "");
    const int other = ::open(directory.file("token-bot.json.tmp").c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(other, LOCK_EX), 0);
    EXPECT_EQ(store.save(numbered(2)), errc::token_store_blocked);
    EXPECT_EQ(**store.load(), numbered(1));
    ::close(other);
    EXPECT_FALSE(store.save(numbered(2)));
    EXPECT_EQ(**store.load(), numbered(2));
}

TEST_F(token_store_test, a_full_disk_is_an_error_and_the_old_grant_stays) {
    EXPECT_FALSE(store.save(numbered(1)));
    {
        const test::full_disk full;
        EXPECT_TRUE(store.save(numbered(2)));
    }
    EXPECT_EQ(**store.load(), numbered(1));
    EXPECT_THAT(files(), testing::ElementsAre("token-bot.json"));
    EXPECT_FALSE(store.save(numbered(2)));
}

TEST_F(token_store_test, a_rename_that_fails_is_an_error_and_leaves_nothing_behind) {
    std::filesystem::create_directories(store.path() + "/full");
    EXPECT_TRUE(store.save(numbered(1)));
    EXPECT_THAT(files(), testing::ElementsAre("token-bot.json"));
}

TEST_F(token_store_test, a_directory_that_takes_no_files_is_the_system_s_error) {
    // Root may write anywhere but not where there is no file system to write to.
    token_store nowhere("/proc/self", "bot");
    EXPECT_TRUE(nowhere.save(numbered(1)));
    EXPECT_FALSE(nowhere.try_lock());
    token_store missing(directory.file("missing"), "bot");
    EXPECT_EQ(missing.save(numbered(1)), boost::system::errc::no_such_file_or_directory);
    EXPECT_FALSE(*missing.load());
}

TEST_F(token_store_test, what_is_in_the_way_is_found_without_a_change) {
    const auto found = [this] {
        std::vector<std::string> out;
        for (const auto& each : store.obstacles())
            out.push_back(each.path.substr(directory.path().size() + 1) + ": " + each.error.message());
        return out;
    };
    EXPECT_THAT(found(), testing::IsEmpty());
    EXPECT_THAT(files(), testing::IsEmpty());
    EXPECT_FALSE(store.save(numbered(1)));
    EXPECT_TRUE(*store.try_lock());
    EXPECT_THAT(found(), testing::IsEmpty());

    directory.write("token-bot.json.tmp", "half of some");
    test::give_to_ordinary_user(directory.path());
    for (const auto* name : {"token-bot.json", "token-bot.json.tmp", "token-bot.lock"})
        ASSERT_EQ(::chmod(directory.file(name).c_str(), 0), 0);
    {
        const test::as_ordinary_user nobody;
        EXPECT_THAT(found(), testing::ElementsAre("token-bot.json: Permission denied",
                                                  "token-bot.json.tmp: Permission denied",
                                                  "token-bot.lock: Permission denied"));
    }
    EXPECT_FALSE(store.remove());
    std::filesystem::create_directories(store.path());
    ASSERT_EQ(::mkfifo(directory.file("token-bot.json.tmp").c_str(), 0600), 0);
    const auto blocked = make_error_code(errc::token_store_blocked).message();
    EXPECT_THAT(found(), testing::IsSupersetOf({std::string("token-bot.json: Is a directory"),
                                                "token-bot.json.tmp: " + blocked}));
}

TEST_F(token_store_test, what_others_can_read_is_there_to_be_revoked) {
    EXPECT_FALSE(store.save(numbered(1)));
    ASSERT_EQ(::chmod(store.path().c_str(), 0644), 0);
    EXPECT_EQ(load_error(), "token_store_exposed");
    EXPECT_EQ(**store.load_exposed(), numbered(1));
}

TEST_F(token_store_test, the_stamp_changes_with_the_file_and_only_then) {
    const auto none = store.stamp();
    EXPECT_EQ(store.stamp(), none);
    EXPECT_FALSE(store.save(numbered(1)));
    const auto first = store.stamp();
    EXPECT_NE(first, none);
    EXPECT_EQ(store.stamp(), first);
    EXPECT_FALSE(store.save(numbered(1)));
    EXPECT_NE(store.stamp(), first);
    EXPECT_FALSE(store.remove());
    EXPECT_EQ(store.stamp(), none);
}

TEST_F(token_store_test, removes_its_file_and_a_leftover_and_does_not_mind_that_there_is_none) {
    EXPECT_FALSE(store.save(numbered(1)));
    directory.write("token-bot.json.tmp", "secret");
    EXPECT_FALSE(store.remove());
    EXPECT_THAT(files(), testing::IsEmpty());
    EXPECT_FALSE(store.remove());
}

TEST_F(token_store_test, the_lock_excludes_until_it_is_let_go) {
    token_store other(directory.path(), "bot");
    {
        auto held = store.try_lock();
        ASSERT_TRUE(held && *held);
        auto moved = std::move(**held);
        const auto second = other.try_lock();
        ASSERT_TRUE(second);
        EXPECT_FALSE(*second);
        token_store else_(directory.path(), "somebody");
        EXPECT_TRUE(*else_.try_lock());
    }
    EXPECT_TRUE(*other.try_lock());
}

TEST_F(token_store_test, writers_at_the_same_time_never_show_a_mixed_or_half_file) {
    EXPECT_FALSE(store.save(numbered(0)));
    std::atomic<int> running = 3;
    std::atomic<int> reads = 0;
    const auto write = [&](int offset) {
        token_store mine(directory.path(), "bot");
        for (int i = 0; i < 60 || reads < 20; ++i)
            EXPECT_FALSE(save_at_last(mine, numbered(offset + i)));
        --running;
    };
    std::thread first(write, 1000);
    std::thread second(write, 20000);
    std::thread third(write, 300000);
    while (running > 0) {
        const auto loaded = store.load();
        ASSERT_TRUE(loaded && *loaded);
        EXPECT_EQ((**loaded).access.reveal().substr(6), (**loaded).refresh.reveal().substr(7));
        ++reads;
    }
    first.join();
    second.join();
    third.join();
    EXPECT_THAT(files(), testing::ElementsAre("token-bot.json"));
}

TEST_F(token_store_test, a_login_cannot_leave_the_directory) {
    token_store odd(directory.path(), "../../x");
    EXPECT_FALSE(odd.save(numbered(1)));
    EXPECT_THAT(files(), testing::ElementsAre("token-______x.json"));
}

TEST_F(token_store_test, stored_logins_are_those_with_a_token_sorted) {
    EXPECT_TRUE(stored_logins(directory.path()).empty());
    EXPECT_TRUE(stored_logins(directory.file("missing")).empty());
    for (const auto* login : {"zoe", "bot", "a_1"})
        EXPECT_FALSE(token_store(directory.path(), login).save(numbered(1)));
    for (const auto* other : {"token-.json", "token-Big.json", "token-x.lock", "token-y.json.tmp", "other"})
        directory.write(other, "");
    EXPECT_THAT(stored_logins(directory.path()), testing::ElementsAre("a_1", "bot", "zoe"));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
