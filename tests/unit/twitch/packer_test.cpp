// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/sending/packer.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::twitch {
namespace {

using fit = line_draft::fit;

class packer : public testing::Test {
protected:
    explicit packer(std::size_t limit = 480) : line_(limit) {}

    // By somebody of whom nothing else is said, unless `author` says who.
    fit add(std::string label, std::string body, std::int64_t author = 0) {
        relay::line_part part;
        part.label = std::move(label);
        part.body = std::move(body);
        part.author_id = author != 0 ? author : --nobody_;
        parts_.push_back(std::move(part));
        return line_.add(parts_.back());
    }
    fit says(std::int64_t author, const std::string& name, const std::string& text,
             const std::string& label = "[T] ") {
        relay::line_part part;
        part.label = label;
        part.body = name + ": " + text;
        part.name = name;
        part.text = text;
        part.author_id = author;
        parts_.push_back(std::move(part));
        return line_.add(parts_.back());
    }
    std::string text() const { return line_.text(); }
    void limit(std::size_t code_points) { line_ = line_draft(code_points); }

    line_draft line_;
    std::deque<relay::line_part> parts_;
    std::int64_t nobody_ = 0;
};

TEST_F(packer, one_message_goes_unchanged) {
    add("[TikTok] ", "Ann: hi");
    EXPECT_EQ(text(), "[TikTok] Ann: hi");
}

TEST_F(packer, several_messages_say_the_label_once_and_keep_their_order) {
    add("[TikTok] ", "Ann: hi");
    add("[TikTok] ", "Bob: yo");
    add("[TikTok] ", "Cy: hm");
    EXPECT_EQ(text(), "[TikTok] Ann: hi ┃ Bob: yo ┃ Cy: hm");
}

TEST_F(packer, different_labels_are_all_said) {
    add("[A] ", "x");
    add("[B] ", "y");
    add("[A] ", "z");
    EXPECT_EQ(text(), "[A] x ┃ [B] y ┃ [A] z");
}

TEST_F(packer, fills_the_limit_exactly_and_never_exceeds_it) {
    // "L " + 5 + 3 (separator) + 10 = 20
    limit(20);
    add("L ", "12345");
    EXPECT_EQ(add("L ", "1234567890"), fit::taken);
    EXPECT_EQ(core::count_code_points(text()), 20U);
    limit(19);
    add("L ", "12345");
    EXPECT_EQ(add("L ", "1234567890"), fit::no_room);
    EXPECT_EQ(text(), "L 12345");
}

TEST_F(packer, a_label_that_changes_counts_with_the_labels_before_it) {
    // Same label: 2+1+3+1 = 7. With a third of another label every label is said: 3+3+3+3+4 = 16.
    for (const std::size_t room : {16U, 15U}) {
        limit(room);
        add("L ", "a");
        add("L ", "b");
        EXPECT_EQ(add("MM ", "c"), room == 16 ? fit::taken : fit::no_room);
        EXPECT_EQ(text(), room == 16 ? "L a ┃ L b ┃ MM c" : "L a ┃ b");
    }
}

TEST_F(packer, counts_code_points_not_bytes) {
    std::string wide;
    for (int i = 0; i < 10; ++i)
        wide += "\U0001F600";
    for (const std::size_t room : {23U, 22U}) {
        limit(room);
        add("", wide);
        EXPECT_EQ(add("", wide), room == 23 ? fit::taken : fit::no_room);
    }
}

TEST_F(packer, a_message_over_the_limit_still_goes_and_alone) {
    EXPECT_EQ(add("", std::string(600, 'x')), fit::taken);
    EXPECT_EQ(add("", "y"), fit::no_room);
}

TEST_F(packer, what_one_author_says_is_one_part) {
    says(1, "Bob", "hi");
    says(2, "Ann", "yo");
    says(1, "Bob", "who won");
    EXPECT_EQ(text(), "[T] Bob: hi / who won ┃ Ann: yo");
}

TEST_F(packer, namesakes_and_other_labels_stay_apart) {
    says(1, "Bob", "a");
    says(2, "Bob", "b");
    says(1, "Bob", "c", "[U] ");
    EXPECT_EQ(text(), "[T] Bob: a ┃ [T] Bob: b ┃ [U] Bob: c");
}

TEST_F(packer, an_author_whose_beginning_changed_is_named_again) {
    says(1, "Bob", "a");
    says(1, "Bob the Great", "b");
    EXPECT_EQ(text(), "[T] Bob: a ┃ Bob the Great: b");
}

TEST_F(packer, what_has_no_text_of_its_author_or_was_cut_is_a_part_of_its_own) {
    says(1, "Bob", "a");
    add("[T] ", "Bob sent Rose x3", 1);
    add("[T] ", "Bob: much too lo…", 1);
    EXPECT_EQ(text(), "[T] Bob: a ┃ Bob sent Rose x3 ┃ Bob: much too lo…");
}

TEST_F(packer, a_joined_message_costs_its_text_alone) {
    // "[T] Bob: a" is 10, " / b" 4 more; as a part of its own "Bob: b" would be 9 more.
    limit(14);
    says(1, "Bob", "a");
    EXPECT_EQ(says(1, "Bob", "b"), fit::taken);
    EXPECT_EQ(core::count_code_points(text()), 14U);
    limit(13);
    says(1, "Bob", "a");
    EXPECT_EQ(says(1, "Bob", "b"), fit::no_room);
}

TEST_F(packer, no_more_parts_than_asked_for) {
    line_ = line_draft(480, 2);
    says(1, "Ann", "a");
    says(2, "Bob", "b");
    EXPECT_EQ(says(3, "Cy", "c"), fit::no_room);
    EXPECT_EQ(says(1, "Ann", "d"), fit::taken) << "no new part";
}

TEST_F(packer, directions_do_not_mix) {
    const std::string salam = "\u0633\u0644\u0627\u0645";
    says(1, "Ann", "hi");
    EXPECT_EQ(says(2, "Bob", salam), fit::other_direction);
    EXPECT_EQ(says(3, "123", "\U0001F600"), fit::taken) << "without letters it reads either way";
    line_ = line_draft(480);
    says(3, "123", "\U0001F600");
    EXPECT_EQ(says(2, salam, salam), fit::taken);
    EXPECT_EQ(says(4, "Cy", "\u05e9\u05dc\u05d5\u05dd"), fit::taken);
    EXPECT_EQ(says(1, "Ann", "hi"), fit::other_direction);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
