// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/files/rotating_file.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/full_disk.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"

namespace tiktok2twitch::files {
namespace {

constexpr core::time_point t0{std::chrono::hours(1)};

struct rotating_file_test : testing::Test {
    test::temp_dir dir;

    std::string inflated(const std::string& name) const {
        std::string out;
        EXPECT_FALSE(tiktok::gunzip(dir.read(name), 1'000'000, out));
        return out;
    }
    bool exists(const std::string& name) const { return ::access(dir.file(name).c_str(), F_OK) == 0; }

    static bool add(rotating_file& file, const std::string& line, core::time_point now = t0) {
        const auto fresh = file.make_room(line.size());
        EXPECT_TRUE(fresh);
        EXPECT_FALSE(file.append(line, now));
        return *fresh;
    }
};

TEST_F(rotating_file_test, a_full_file_becomes_the_older_part_and_the_oldest_goes) {
    rotating_file file(dir.file("r.jsonl"), {20, 2});
    EXPECT_FALSE(file.open());
    struct stat info {};
    ASSERT_EQ(::stat(dir.file("r.jsonl").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    for (int i = 1; i <= 8; ++i)
        EXPECT_EQ(add(file, "line " + std::to_string(i) + "...\n"), i % 2 == 1 && i > 1) << i;
    EXPECT_EQ(dir.read("r.jsonl"), "line 7...\nline 8...\n");
    EXPECT_EQ(dir.read("r-1.jsonl"), "line 5...\nline 6...\n");
    EXPECT_EQ(dir.read("r-2.jsonl"), "line 3...\nline 4...\n");
    EXPECT_FALSE(exists("r-3.jsonl"));
    EXPECT_EQ(file.written(), 8U);
    EXPECT_EQ(file.lost(), 0U);
}

TEST_F(rotating_file_test, a_line_larger_than_the_bound_has_a_file_of_its_own) {
    rotating_file file(dir.file("r.jsonl"), {5, 2});
    EXPECT_FALSE(file.open());
    EXPECT_FALSE(add(file, "a long line\n"));
    EXPECT_TRUE(add(file, "b long line\n"));
    EXPECT_EQ(dir.read("r-1.jsonl"), "a long line\n");
}

TEST_F(rotating_file_test, an_earlier_recording_is_not_overwritten) {
    dir.write("r.jsonl", "earlier\n");
    rotating_file file(dir.file("r.jsonl"));
    EXPECT_FALSE(file.open());
    EXPECT_EQ(dir.read("r-1.jsonl"), "earlier\n");
    EXPECT_EQ(dir.read("r.jsonl"), "");
    rotating_file again(dir.file("r.jsonl"));
    EXPECT_FALSE(again.open());  // an empty one is no recording
    EXPECT_EQ(dir.read("r-1.jsonl"), "earlier\n");
}

TEST_F(rotating_file_test, gzip_is_written_in_pieces_that_can_be_read) {
    {
        rotating_file file(dir.file("r.jsonl.gz"), {40, 2});
        EXPECT_FALSE(file.open());
        add(file, "one\n");
        EXPECT_EQ(dir.read("r.jsonl.gz"), "");
        EXPECT_EQ(file.written(), 0U);
        add(file, "two\n", t0 + std::chrono::seconds(6));
        EXPECT_EQ(inflated("r.jsonl.gz"), "one\ntwo\n");
        EXPECT_EQ(file.written(), 2U);
        add(file, "three\n", t0 + std::chrono::seconds(7));
        add(file, "a line that fills it, surely\n", t0 + std::chrono::seconds(8));
        EXPECT_EQ(inflated("r-1.jsonl.gz"), "one\ntwo\nthree\n");
    }
    EXPECT_EQ(inflated("r.jsonl.gz"), "a line that fills it, surely\n");
}

TEST_F(rotating_file_test, a_full_disk_costs_the_line_and_no_other) {
    rotating_file file(dir.file("r.jsonl"));
    EXPECT_FALSE(file.open());
    add(file, "line 1...\n");
    {
        const test::full_disk full;
        EXPECT_TRUE(file.append("line 2...\n", t0));
    }
    add(file, "line 3...\n");
    EXPECT_EQ(dir.read("r.jsonl"), "line 1...\nline 3...\n");
    EXPECT_EQ(file.written(), 2U);
    EXPECT_EQ(file.lost(), 1U);
}

TEST_F(rotating_file_test, what_is_no_file_of_ours_is_left_alone) {
    ASSERT_EQ(::mkfifo(dir.file("pipe.jsonl").c_str(), 0600), 0);
    EXPECT_TRUE(rotating_file(dir.file("pipe.jsonl")).open());
    dir.write("target", "precious");
    ASSERT_EQ(::symlink(dir.file("target").c_str(), dir.file("link.jsonl").c_str()), 0);
    EXPECT_TRUE(rotating_file(dir.file("link.jsonl")).open());
    EXPECT_EQ(dir.read("target"), "precious");
    EXPECT_TRUE(rotating_file(dir.path()).open());
    EXPECT_TRUE(rotating_file(dir.file("missing/r.jsonl")).open());
}

}  // namespace
}  // namespace tiktok2twitch::files
