// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>

#include "support/ordinary_user.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/app/doctor/machine.hpp"

namespace tiktok2twitch::app {
namespace {

namespace fs = std::filesystem;

struct doctor_machine_test : testing::Test {
    test::temp_dir temp;

    // What a user whom permissions bind sees, as whom everything in the directory is.
    finding look(const std::string& name) const {
        const test::as_ordinary_user nobody;
        return of_directory(temp.file(name), look_at_directory(temp.file(name)));
    }
};

TEST_F(doctor_machine_test, a_directory_that_takes_no_files_is_told_from_one_that_cannot_be_made) {
    fs::create_directories(temp.file("full/of"));
    test::give_to_ordinary_user(temp.path());
    fs::permissions(temp.file("full"), fs::perms::owner_read | fs::perms::owner_exec);
    const auto there = look("full");
    EXPECT_EQ(there.seen, "cannot be written: Permission denied");
    EXPECT_EQ(there.code, exit_code::io_error);
    const auto below = look("full/of/it");
    EXPECT_EQ(below.how, health::ok) << below.seen;
    const auto beside = look("full/beside");
    EXPECT_EQ(beside.seen, "cannot be made: Permission denied");
    EXPECT_THAT(beside.fix, testing::StartsWith("sudo mkdir -p " + temp.file("full/beside")));
}

TEST_F(doctor_machine_test, the_directory_that_may_not_be_entered_is_named_through_links_too) {
    fs::create_directories(temp.file("open/closed/state"));
    fs::create_directory_symlink("open/closed/state", temp.file("link"));
    test::give_to_ordinary_user(temp.path());
    fs::permissions(temp.file("open/closed"), fs::perms::owner_read | fs::perms::owner_write);
    for (const auto* name : {"open/closed/state", "open/closed/not/yet", "link", "link/below"}) {
        const auto found = look(name);
        EXPECT_EQ(found.seen, "cannot be reached: this user may not enter " + temp.file("open/closed"))
            << name;
        EXPECT_THAT(found.fix, testing::EndsWith(": chmod u+x " + temp.file("open/closed"))) << name;
        EXPECT_EQ(found.code, exit_code::io_error);
    }
    fs::permissions(temp.file("open/closed"), fs::perms::owner_all);
    EXPECT_EQ(look("link").how, health::ok);
}

}  // namespace
}  // namespace tiktok2twitch::app
