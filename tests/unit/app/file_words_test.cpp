// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/files/advice.hpp"

#include <gmock/gmock.h>

#include <boost/system/errc.hpp>
#include <cerrno>

namespace tiktok2twitch::app {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
namespace posix = boost::system::errc;

core::error_code error(posix::errc_t value) {
    return {static_cast<int>(value), boost::system::system_category()};
}

TEST(file_words_test, a_path_is_one_word_of_the_shell) {
    EXPECT_EQ(shell_word("/home/ann/.local/state/a-b_c+1"), "/home/ann/.local/state/a-b_c+1");
    EXPECT_EQ(shell_word("/with space/x"), "'/with space/x'");
    EXPECT_EQ(shell_word("/it's"), "'/it'\\''s'");
    EXPECT_EQ(shell_word("/$(x);y"), "'/$(x);y'");
    EXPECT_EQ(shell_word("~"), "'~'");
    EXPECT_EQ(shell_word("-r"), "./-r");
    EXPECT_EQ(shell_word(""), "''");
}

TEST(file_words_test, commands_for_a_directory_mean_that_directory) {
    EXPECT_THAT(directory_fix(error(posix::permission_denied), "/a b", true),
                StartsWith("sudo chown -R \"$USER\" '/a b' && chmod 700 '/a b', or"));
    EXPECT_THAT(directory_fix(error(posix::permission_denied), "/a b", false),
                StartsWith("sudo mkdir -p '/a b' && sudo chown \"$USER\" '/a b', or"));
}

TEST(file_words_test, a_quota_is_a_full_disk) {
    const core::error_code quota(EDQUOT, boost::system::system_category());
    EXPECT_TRUE(is_full(quota));
    EXPECT_TRUE(is_full(error(posix::no_space_on_device)));
    EXPECT_FALSE(is_full(error(posix::permission_denied)));
    EXPECT_THAT(directory_fix(quota, "/s", true), HasSubstr("free some space"));
    EXPECT_THAT(file_fix(quota, "/s/f"), HasSubstr("free some space"));
}

TEST(file_words_test, what_is_in_a_file_s_place_decides_the_fix) {
    EXPECT_EQ(file_fix(error(posix::permission_denied), "/s/f"),
              "sudo chown \"$USER\" /s/f && chmod 600 /s/f");
    EXPECT_THAT(file_fix(error(posix::is_a_directory), "/s/a b"), HasSubstr("rm -r '/s/a b'"));
    EXPECT_THAT(file_fix(error(posix::too_many_symbolic_link_levels), "/s/f"), HasSubstr("rm /s/f"));
    EXPECT_THAT(file_fix(error(posix::io_error), "/s/f"), testing::Not(HasSubstr("rm ")));
}

TEST(file_words_test, a_damaged_file_is_where_it_is_said_to_be) {
    EXPECT_EQ(set_aside(core::error_code(), "/s/f.damaged"), "The file is now /s/f.damaged.");
    EXPECT_THAT(set_aside(error(posix::permission_denied), "/s/f.damaged"),
                testing::AllOf(HasSubstr("could not be renamed"), HasSubstr("Permission denied"),
                               HasSubstr("overwrites it")));
    EXPECT_THAT(set_aside(std::nullopt, "/s/f.damaged"), HasSubstr("does not answer"));
}

}  // namespace
}  // namespace tiktok2twitch::app
