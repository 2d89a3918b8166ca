// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/packer.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::twitch {
namespace {

using indices = std::vector<std::size_t>;
using std::chrono::seconds;

constexpr core::time_point start{std::chrono::hours(1)};

relay::line_part part(std::int64_t author, std::size_t length, std::uint8_t priority = 0) {
    relay::line_part out;
    out.label = "[T] ";
    out.body = std::string(length, 'x');
    out.author_id = author;
    out.priority = priority;
    out.received_at = start;
    return out;
}

TEST(chooser_test, what_fits_goes_together_in_order) {
    const std::vector<relay::line_part> waiting{part(1, 10), part(1, 10), part(2, 10)};
    EXPECT_EQ(choose(waiting, {450, true}, start), (indices{0, 1, 2}));
}

TEST(chooser_test, who_writes_a_lot_does_not_crowd_out_who_writes_once) {
    const std::vector<relay::line_part> waiting{part(1, 30), part(1, 30), part(1, 30), part(2, 30)};
    EXPECT_EQ(choose(waiting, {4 + 30 + 3 + 30, true}, start), (indices{0, 3}));
}

TEST(chooser_test, what_several_people_say_goes_before_what_one_says_but_not_before_the_streamer) {
    std::vector<relay::line_part> waiting{part(1, 60), part(2, 60), part(3, 60)};
    waiting[1].people = 2;
    EXPECT_EQ(choose(waiting, {4 + 60, true}, start), (indices{0})) << "two are no chorus";
    waiting[2].people = 3;
    EXPECT_EQ(choose(waiting, {4 + 60, true}, start), (indices{2}));
    waiting[0].priority = 3;
    EXPECT_EQ(choose(waiting, {4 + 60, true}, start), (indices{0}));
}

TEST(chooser_test, the_streamer_goes_before_the_chat) {
    const std::vector<relay::line_part> waiting{part(1, 60), part(2, 60), part(3, 60, 3)};
    EXPECT_EQ(choose(waiting, {4 + 60, true}, start), (indices{2}));
}

TEST(chooser_test, when_the_wait_is_stale_the_newest_goes_first) {
    const std::vector<relay::line_part> waiting{part(1, 60), part(2, 60), part(3, 60)};
    EXPECT_EQ(choose(waiting, {4 + 60, true}, start + stale_wait - seconds(1)), (indices{0}));
    EXPECT_EQ(choose(waiting, {4 + 60, true}, start + stale_wait), (indices{2}));
}

TEST(chooser_test, when_the_wait_is_stale_the_newest_of_each_author_goes_first) {
    const std::vector<relay::line_part> waiting{part(1, 60), part(2, 60), part(2, 60), part(1, 60)};
    EXPECT_EQ(choose(waiting, {4 + 60 + 3 + 60, true}, start + stale_wait), (indices{2, 3}));
}

TEST(chooser_test, a_message_that_does_not_fit_leaves_room_for_a_shorter_one) {
    const std::vector<relay::line_part> waiting{part(1, 40), part(2, 60), part(3, 20)};
    EXPECT_EQ(choose(waiting, {4 + 40 + 3 + 20, true}, start), (indices{0, 2}));
}

TEST(chooser_test, a_message_over_the_limit_still_goes) {
    EXPECT_EQ(choose(std::vector<relay::line_part>{part(1, 900)}, {450, true}, start), (indices{0}));
}

TEST(chooser_test, unpacked_goes_one_by_one_in_order) {
    const std::vector<relay::line_part> waiting{part(1, 10), part(2, 10, 3)};
    EXPECT_EQ(choose(waiting, {450, false}, start), (indices{0}));
}

TEST(chooser_test, what_is_chosen_fits_in_the_line) {
    std::vector<relay::line_part> waiting;
    for (std::size_t i = 0; i < 60; ++i) {
        waiting.push_back(part(static_cast<std::int64_t>(i % 7), 5 + i % 40));
        waiting.back().label = i % 5 == 0 ? "[A] " : "[T] ";
    }
    line_draft line(450);
    for (const auto index : choose(waiting, {450, true}, start + stale_wait))
        EXPECT_EQ(line.add(waiting[index]), line_draft::fit::taken);
    EXPECT_LE(core::count_code_points(line.text()), 450U);
}

std::vector<relay::line_part> of_people(std::size_t count) {
    std::vector<relay::line_part> waiting;
    for (std::size_t i = 0; i < count; ++i)
        waiting.push_back(part(static_cast<std::int64_t>(i), 10));
    return waiting;
}

TEST(chooser_test, six_people_share_a_line_while_the_budget_keeps_up) {
    EXPECT_EQ(choose(of_people(7), {480, true}, start).size(), 6U);
    EXPECT_EQ(choose(of_people(12), {480, true}, start).size(), 6U);
}

TEST(chooser_test, when_more_waits_than_two_lines_carry_half_of_it_goes) {
    EXPECT_EQ(choose(of_people(20), {480, true}, start).size(), 10U);
}

TEST(chooser_test, a_stale_wait_or_the_end_fills_the_line) {
    EXPECT_EQ(choose(of_people(7), {480, true}, start + stale_wait).size(), 7U);
    EXPECT_EQ(choose(of_people(7), {480, true, true}, start).size(), 7U);
}

TEST(chooser_test, one_author_counts_once_among_the_six) {
    auto waiting = of_people(8);
    for (std::size_t i = 0; i < 3; ++i) {
        waiting[i].author_id = 99;
        waiting[i].text = "hello";
        waiting[i].body = "Zoe: hello";
    }
    EXPECT_EQ(choose(waiting, {480, true}, start).size(), 8U);
}

TEST(chooser_test, who_reads_the_other_way_waits_for_the_next_line) {
    auto waiting = of_people(3);
    waiting[1].body = "\u0639\u0644\u064a: \u0645\u0631\u062d\u0628\u0627";
    EXPECT_EQ(choose(waiting, {480, true}, start), (indices{0, 2}));
    waiting[0].body = "\u05d3\u05df: hello";
    EXPECT_EQ(choose(waiting, {480, true}, start), (indices{0, 1})) << "a Hebrew name is enough";
}

}  // namespace
}  // namespace tiktok2twitch::twitch
