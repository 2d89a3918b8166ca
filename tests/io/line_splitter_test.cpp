// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/line_stream.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace tiktok2twitch::net {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> drain(line_splitter& lines) {
    std::vector<std::string> result;
    while (auto line = lines.next()) {
        result.push_back(std::move(*line));
    }
    return result;
}

std::vector<std::string> split(std::string_view bytes, std::size_t max_line = 64) {
    line_splitter lines(max_line);
    lines.feed(bytes);
    return drain(lines);
}

TEST(line_splitter, ends_of_both_kinds_are_taken_off) {
    EXPECT_THAT(split("a\r\nb\nc\r\n"), ElementsAre("a", "b", "c"));
}

TEST(line_splitter, an_unfinished_line_is_kept_back) {
    EXPECT_THAT(split("one\r\ntwo"), ElementsAre("one"));
}

TEST(line_splitter, bytes_may_come_one_at_a_time) {
    line_splitter lines(64);
    std::vector<std::string> result;
    for (const char c : std::string_view("PING :x\r\nPONG\r\n")) {
        lines.feed(std::string_view(&c, 1));
        for (auto& line : drain(lines)) {
            result.push_back(std::move(line));
        }
    }
    EXPECT_THAT(result, ElementsAre("PING :x", "PONG"));
}

TEST(line_splitter, empty_lines_are_left_out) {
    EXPECT_THAT(split("\r\n\na\r\n\r\n\n"), ElementsAre("a"));
}

TEST(line_splitter, nul_and_a_lone_cr_are_kept) {
    EXPECT_THAT(split(std::string_view("a\0b\rc\r\r\n", 8)), ElementsAre(std::string("a\0b\rc\r", 6)));
}

TEST(line_splitter, a_line_of_exactly_the_limit_passes_and_one_more_byte_is_skipped) {
    line_splitter lines(4);
    lines.feed("abcd\r\nabcde\r\nef\r\n");
    EXPECT_THAT(drain(lines), ElementsAre("abcd", "ef"));
    EXPECT_EQ(lines.skipped(), 1U);
}

TEST(line_splitter, a_line_of_exactly_the_limit_passes_when_its_end_comes_in_pieces) {
    line_splitter lines(4);
    for (const std::string_view piece : {"abcd", "\r", "\n", "efgh", "i", "\r", "\n", "j\n"}) {
        lines.feed(piece);
        if (piece == "\n" && lines.skipped() == 0) {
            EXPECT_THAT(drain(lines), ElementsAre("abcd"));
        } else if (piece == "j\n") {
            EXPECT_THAT(drain(lines), ElementsAre("j"));
        } else {
            EXPECT_THAT(drain(lines), IsEmpty());
        }
    }
    EXPECT_EQ(lines.skipped(), 1U);
}

TEST(line_splitter, an_endless_line_is_counted_once_and_takes_no_memory) {
    line_splitter lines(100);
    for (int i = 0; i < 1000; ++i) {
        lines.feed(std::string(50, 'x'));
        EXPECT_THAT(drain(lines), IsEmpty());
        EXPECT_LE(lines.held(), 101U);
    }
    EXPECT_EQ(lines.skipped(), 1U);
    lines.feed("still the same line\r\nnext\r\n");
    EXPECT_THAT(drain(lines), ElementsAre("next"));
    EXPECT_EQ(lines.skipped(), 1U);
}

TEST(line_splitter, several_long_lines_are_counted_one_by_one) {
    line_splitter lines(3);
    lines.feed("long one\nok\nlong two\nlong three\nyes\n");
    EXPECT_THAT(drain(lines), ElementsAre("ok", "yes"));
    EXPECT_EQ(lines.skipped(), 3U);
}

}  // namespace
}  // namespace tiktok2twitch::net
