// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/state_files.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "files/posix_file.hpp"
#include "support/temp_dir.hpp"

namespace tiktok2twitch::app {
namespace {

relay::moderation blocking(const std::string& word) {
    relay::moderation state;
    state.apply(relay::command::block{word}, 0, "!tiktok");
    return state;
}

struct state_files_test : testing::Test {
    test::temp_dir temp;
    state_files files;
    state_files_test() { EXPECT_FALSE(files.use_directory(temp.path())); }
};

TEST_F(state_files_test, what_moderators_set_is_kept_by_channel) {
    EXPECT_TRUE(files.load_moderation("chan").blocked_words().empty());
    files.save_moderation("chan", blocking("one").text());
    files.save_moderation("chan", blocking("two").text());
    EXPECT_THAT(files.load_moderation("chan").blocked_words(), testing::ElementsAre("two"));
    EXPECT_TRUE(files.load_moderation("other").blocked_words().empty());
    EXPECT_FALSE(std::filesystem::exists(temp.file("moderation-chan.json.tmp")));
}

TEST_F(state_files_test, what_cannot_be_understood_is_kept_aside_and_what_is_too_large_is_not_read) {
    temp.write("moderation-chan.json", "not a state");
    EXPECT_TRUE(files.load_moderation("chan").blocked_words().empty());
    EXPECT_EQ(temp.read("moderation-chan.json.damaged"), "not a state");
    temp.write("moderation-chan.json", std::string(1024 * 1024 + 1, ' '));
    EXPECT_TRUE(files.load_moderation("chan").blocked_words().empty());
    EXPECT_TRUE(std::filesystem::exists(temp.file("moderation-chan.json")));
}

TEST_F(state_files_test, a_directory_in_the_way_is_no_end) {
    std::filesystem::create_directories(temp.file("moderation-chan.json/x"));
    EXPECT_TRUE(files.load_moderation("chan").blocked_words().empty());
    files.save_moderation("chan", blocking("one").text());
    EXPECT_TRUE(std::filesystem::is_directory(temp.file("moderation-chan.json")));
}

TEST_F(state_files_test, without_a_directory_nothing_is_kept) {
    state_files dry;
    dry.save_moderation("chan", blocking("one").text());
    EXPECT_TRUE(dry.load_moderation("chan").blocked_words().empty());
    EXPECT_FALSE(std::filesystem::exists("moderation-chan.json"));
}

TEST_F(state_files_test, notes_of_gift_streaks_are_kept_by_account_and_begin_with_their_version) {
    EXPECT_EQ(files.open_streaks("ann"), "");
    files.note({{"ann", "t 1 2 3 4 1 0\n"}, {"stranger", "t 9 9 9 9 1 0\n"}});
    EXPECT_EQ(temp.read("gifts-ann.log"), "v 1\nt 1 2 3 4 1 0\n");
    EXPECT_EQ(files.open_streaks("bob"), "");
    state_files again;
    EXPECT_FALSE(again.use_directory(temp.path()));
    EXPECT_EQ(again.open_streaks("ann"), "v 1\nt 1 2 3 4 1 0\n");
}

TEST_F(state_files_test, torn_note_is_cut_off_and_another_version_is_kept_aside) {
    temp.write("gifts-ann.log", "v 1\nt 1 2 3 4 1 0\nt 5 6");
    EXPECT_EQ(files.open_streaks("ann"), "v 1\nt 1 2 3 4 1 0\n");
    files.note({{"ann", "t 5 6 7 8 1 0\n"}});
    EXPECT_EQ(temp.read("gifts-ann.log"), "v 1\nt 1 2 3 4 1 0\nt 5 6 7 8 1 0\n");
    temp.write("gifts-bob.log", "v 2\nwho knows\n");
    EXPECT_EQ(files.open_streaks("bob"), "");
    EXPECT_EQ(temp.read("gifts-bob.log"), "v 1\n");
    EXPECT_EQ(temp.read("gifts-bob.log.other-version"), "v 2\nwho knows\n");
}

TEST_F(state_files_test, notes_that_say_the_same_again_do_not_fill_the_disk) {
    files.open_streaks("ann");
    std::string lines;
    for (int i = 0; i < 1000; ++i)
        lines += "t 1 2 3 4 1 0\n";
    for (std::uint64_t written = 0; written < 2 * streak_journal::compact_after; written += lines.size())
        files.note({{"ann", lines}});
    EXPECT_LT(std::filesystem::file_size(temp.file("gifts-ann.log")), streak_journal::compact_after);
    EXPECT_EQ(files.open_streaks("ann"), "v 1\nt 1 2 3 4 1 0\n") << "few again at the start";
}

TEST_F(state_files_test, directory_in_the_place_of_the_notes_is_no_end) {
    std::filesystem::create_directories(temp.file("gifts-ann.log"));
    EXPECT_EQ(files.open_streaks("ann"), "");
    files.note({{"ann", "t 1 2 3 4 1 0\n"}});
}

TEST(posix_file, is_read_up_to_its_limit_and_replaced_as_a_whole) {
    test::temp_dir temp;
    const auto path = temp.file("f");
    EXPECT_EQ(files::read_file(path, 10).error(), boost::system::errc::no_such_file_or_directory);
    EXPECT_FALSE(files::replace_file(path, "0123456789"));
    EXPECT_EQ(files::read_file(path, 10).value(), "0123456789");
    EXPECT_EQ(files::read_file(path, 9).error(), boost::system::errc::file_too_large);
    EXPECT_FALSE(files::replace_file(path, "a"));
    EXPECT_EQ(files::read_file(path, 10).value(), "a");
    EXPECT_TRUE(files::replace_file(temp.file("missing/f"), "a"));
}

// Each of these would wait for the other end of the pipe, on the thread that does everything.
TEST(posix_file, pipe_in_a_file_s_place_is_an_error_and_does_not_block) {
    test::temp_dir temp;
    const auto path = temp.file("f");
    const auto no_file = boost::system::errc::no_such_device_or_address;
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    EXPECT_EQ(files::read_file(path, 10).error(), no_file);
    EXPECT_EQ(files::open_plain(path, O_RDWR).error(), no_file);
    EXPECT_EQ(files::open_plain(temp.path(), O_RDONLY).error(), boost::system::errc::is_a_directory);
    ASSERT_EQ(::mkfifo((path + ".tmp").c_str(), 0600), 0);
    EXPECT_FALSE(files::replace_file(path, "a"));  // both pipes go, as a file left behind would
    EXPECT_EQ(files::read_file(path, 10).value(), "a");
    std::filesystem::create_directories(path + ".tmp/x");
    EXPECT_EQ(files::replace_file(path, "b"), boost::system::errc::is_a_directory);
    EXPECT_EQ(files::read_file(path, 10).value(), "a");
}

TEST(posix_file, link_is_not_followed_wherever_it_leads) {
    test::temp_dir temp;
    temp.write("target", "precious");
    for (const auto* to : {"target", "nowhere"}) {
        const auto path = temp.file(std::string("link-to-") + to);
        std::filesystem::create_symlink(temp.file(to), path);
        for (const int flags : {O_RDONLY, O_WRONLY | O_CREAT, O_RDWR | O_CREAT | O_TRUNC})
            EXPECT_EQ(files::open_plain(path, flags).error(),
                      boost::system::errc::too_many_symbolic_link_levels);
        EXPECT_FALSE(files::replace_file(path, "ours"));  // takes the link's place
        EXPECT_FALSE(std::filesystem::is_symlink(path));
    }
    std::filesystem::create_symlink(temp.file("target"), temp.file("f.tmp"));
    EXPECT_FALSE(files::replace_file(temp.file("f"), "ours"));
    EXPECT_EQ(temp.read("target"), "precious");
    EXPECT_FALSE(std::filesystem::exists(temp.file("nowhere")));
}

TEST(posix_file, files_of_strangers_are_not_used) {
    EXPECT_TRUE(files::may_be_trusted(1000, 1000, 1000));
    EXPECT_TRUE(files::may_be_trusted(1000, 1000, 0)) << "root in a user's directory";
    EXPECT_TRUE(files::may_be_trusted(0, 1000, 1000)) << "made by root";
    EXPECT_FALSE(files::may_be_trusted(1001, 1000, 1000));
    EXPECT_FALSE(files::may_be_trusted(1001, 1000, 0));
    if (::geteuid() != 0)
        return;  // nobody else can make one
    test::temp_dir temp;
    const auto path = temp.write("f", "a");
    ASSERT_EQ(::chown(path.c_str(), 1001, 1001), 0);
    EXPECT_EQ(files::open_plain(path, O_RDONLY).error(), boost::system::errc::operation_not_permitted);
    ASSERT_EQ(::chown(temp.path().c_str(), 1001, 1001), 0);
    EXPECT_TRUE(files::open_plain(path, O_RDONLY));
}

TEST(posix_file, new_files_and_directories_belong_to_the_owner_of_the_directory) {
    if (::geteuid() != 0)
        return;  // theirs are ours
    test::temp_dir temp;
    ASSERT_EQ(::chown(temp.path().c_str(), 1001, 1002), 0);
    EXPECT_FALSE(files::make_directories(temp.file("a/b/")));
    EXPECT_FALSE(files::replace_file(temp.file("a/b/f"), "x"));
    EXPECT_TRUE(files::open_plain(temp.file("a/b/g"), O_WRONLY | O_CREAT));
    for (const auto* name : {"a", "a/b", "a/b/f", "a/b/g"}) {
        struct stat info {};
        ASSERT_EQ(::stat(temp.file(name).c_str(), &info), 0);
        EXPECT_EQ(info.st_uid, 1001U) << name;
        EXPECT_EQ(info.st_gid, 1002U) << name;
        EXPECT_EQ(info.st_mode & 0077U, 0U) << name;
    }
    EXPECT_FALSE(files::make_directories(temp.file("a/b"))) << "it is there";
    EXPECT_EQ(files::make_directories(temp.file("a/b/f/c")), boost::system::errc::not_a_directory);
}

// A pipe is what fsync() knows nothing of; network and FUSE directories answer the same.
TEST(posix_file, what_cannot_be_synced_has_been_synced) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    EXPECT_FALSE(files::sync(ends[1]));
    ::close(ends[0]);
    ::close(ends[1]);
    EXPECT_TRUE(files::cannot_be_synced(EINVAL));
    EXPECT_TRUE(files::cannot_be_synced(ENOTSUP));
    EXPECT_FALSE(files::cannot_be_synced(EIO));
    EXPECT_FALSE(files::cannot_be_synced(ENOSPC));
    EXPECT_EQ(files::sync(-1), boost::system::errc::bad_file_descriptor);
}

}  // namespace
}  // namespace tiktok2twitch::app
