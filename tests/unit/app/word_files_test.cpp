// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/config/loader.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "support/temp_dir.hpp"
#include "tiktok2twitch/app/service/word_watch.hpp"

namespace tiktok2twitch::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(settled_change, a_change_counts_once_it_has_stayed_for_a_look) {
    settled_change change;
    EXPECT_FALSE(change.look("a"));
    EXPECT_TRUE(change.look("a"));
    EXPECT_FALSE(change.look("a"));
    EXPECT_FALSE(change.look("half written"));
    EXPECT_FALSE(change.look("more"));
    EXPECT_TRUE(change.look("more"));
    for (int i = 0; i < 10; ++i)
        EXPECT_FALSE(change.look("more")) << "told once, whatever came of it";
}

TEST(settled_change, what_comes_and_goes_between_two_looks_is_no_change) {
    settled_change change;
    change.look("a");
    change.look("a");
    EXPECT_FALSE(change.look(""));
    EXPECT_FALSE(change.look("a"));
    EXPECT_FALSE(change.look("a"));
}

TEST(settled_change, without_files_there_is_nothing_to_read) {
    settled_change change;
    EXPECT_FALSE(change.look(""));
    EXPECT_FALSE(change.look(""));
    change.look("a");
    change.look("a");
    change.forget();
    EXPECT_FALSE(change.look("a"));
    EXPECT_TRUE(change.look("a")) << "somebody else read it: look once more";
}

TEST(word_files, the_stamp_tells_every_change) {
    test::temp_dir temp;
    EXPECT_EQ(stamp_of({}), "");
    const auto file = temp.write("words.txt", "one\n");
    const auto first = stamp_of({file});
    EXPECT_EQ(stamp_of({file}), first);
    temp.write("words.txt", "two!\n");
    const auto longer = stamp_of({file});
    EXPECT_NE(longer, first);
    std::filesystem::rename(temp.write("new.txt", "two?\n"), file);
    const auto replaced = stamp_of({file});
    EXPECT_NE(replaced, longer) << "same size, another file";
    std::filesystem::permissions(file, std::filesystem::perms::none);
    EXPECT_NE(stamp_of({file}), replaced);
    std::filesystem::remove(file);
    const auto gone = stamp_of({file});
    EXPECT_NE(gone, "");
    std::filesystem::create_directory(file);
    EXPECT_NE(stamp_of({file}), gone);
}

TEST(word_files, what_cannot_be_read_is_named_and_nothing_is_waited_for) {
    test::temp_dir temp;
    const auto good = temp.write("good.txt", "\xEF\xBB\xBFone\n");
    const auto pipe = temp.file("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const auto half = temp.write("half.txt", "sch\xC3");
    const auto read = read_word_lists({good, pipe, temp.path(), half, temp.file("none")});
    ASSERT_EQ(read.lists.size(), 1U);
    EXPECT_EQ(read.lists[0].text, "one\n");
    EXPECT_THAT(read.problems, ElementsAre("filter.word_files: " + pipe + ": is a pipe, not a file",
                                           HasSubstr("is a directory"), HasSubstr("line 1 is not UTF-8"),
                                           HasSubstr("No such file")));
    EXPECT_THAT(read_word_lists({}).problems, IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::app
