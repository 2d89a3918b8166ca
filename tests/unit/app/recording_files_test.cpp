// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/replay/recording_files.hpp"

#include <gtest/gtest.h>

#include "support/temp_dir.hpp"
#include "tiktok2twitch/core/gzip.hpp"

namespace tiktok2twitch::app {
namespace {

std::vector<std::int64_t> times(const std::string& path) {
    std::vector<std::int64_t> out;
    const auto read = read_recording(path);
    if (const auto* unread = std::get_if<unread_recording>(&read))
        ADD_FAILURE() << unread->why;
    else
        for (const auto& frame : std::get<std::vector<tiktok::recorded_frame>>(read))
            out.push_back(frame.t);
    return out;
}

using list = std::vector<std::int64_t>;

TEST(read_recording, older_parts_of_the_same_recording_come_first) {
    const test::temp_dir dir;
    dir.write("r-3.jsonl.gz",
              core::gzip("{\"t\":0,\"text\":\"another recording\"}\n{\"t\":9,\"text\":\"\"}\n"));
    dir.write("r-2.jsonl.gz",
              core::gzip("{\"t\":0,\"text\":\"\"}\n") + core::gzip("{\"t\":5,\"text\":\"\"}\n"));
    dir.write("r-1.jsonl.gz", core::gzip("{\"t\":7,\"text\":\"\"}\n"));
    const auto path = dir.write("r.jsonl.gz", core::gzip("{\"t\":8,\"text\":\"\"}\n"));
    EXPECT_EQ(times(path), (list{0, 5, 7, 8}));
    EXPECT_EQ(times(dir.file("r-3.jsonl.gz")), (list{0, 9}));
}

TEST(read_recording, files_that_are_another_recording_are_left_alone) {
    const test::temp_dir dir;
    const auto path = dir.write("r.jsonl", "{\"t\":20,\"text\":\"\"}\n");
    EXPECT_EQ(times(path), (list{20}));
    dir.write("r-1.jsonl", "{\"t\":0,\"text\":\"\"}\n{\"t\":300,\"text\":\"\"}\n");
    EXPECT_EQ(times(path), (list{20}));
    dir.write("r-1.jsonl", "rubbish");
    EXPECT_EQ(times(path), (list{20}));
    dir.write("r-1.jsonl", "{\"t\":0,\"text\":\"\"}\n{\"t\":19,\"text\":\"\"}\n");
    EXPECT_EQ(times(path), (list{0, 19, 20}));
}

TEST(read_recording, what_is_wrong_is_named) {
    const test::temp_dir dir;
    const auto missing = read_recording(dir.file("r.jsonl"));
    EXPECT_EQ(std::get<unread_recording>(missing).code, exit_code::no_input);
    const auto broken = read_recording(dir.write("r.jsonl", "{}"));
    EXPECT_EQ(std::get<unread_recording>(broken).code, exit_code::bad_data);
    EXPECT_EQ(std::get<unread_recording>(broken).why, dir.file("r.jsonl") + ": line 1: no text \"b64\"");
}

}  // namespace
}  // namespace tiktok2twitch::app
