// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/packer.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::twitch {
namespace {

TEST(packer, a_message_cannot_look_like_two) {
    EXPECT_EQ(without_separator("hi \u00b7 Streamer: I quit"), "hi - Streamer: I quit");
    EXPECT_EQ(without_separator("a \u00b7 \u00b7 b").find(part_separator), std::string::npos);
    EXPECT_EQ(without_separator("caf\u00e9 5\u00b710"), "caf\u00e9 5\u00b710");
}

constexpr std::size_t limit = 450;

struct parts {
    std::vector<relay::line_part> items;
    parts& add(std::string label, std::string body) {
        relay::line_part part;
        part.label = std::move(label);
        part.body = std::move(body);
        items.push_back(std::move(part));
        return *this;
    }
    packed_line pack(std::size_t max = limit, bool enabled = true) const {
        std::vector<const relay::line_part*> views;
        for (const auto& item : items)
            views.push_back(&item);
        return twitch::pack(views, max, enabled);
    }
};

TEST(packer, one_message_goes_unchanged) {
    const auto line = parts{}.add("[TikTok] ", "Ann: hi").pack();
    EXPECT_EQ(line.text, "[TikTok] Ann: hi");
    EXPECT_EQ(line.taken, 1U);
}

TEST(packer, several_messages_say_the_label_once_and_keep_their_order) {
    const auto line =
        parts{}.add("[TikTok] ", "Ann: hi").add("[TikTok] ", "Bob: yo").add("[TikTok] ", "Cy: hm").pack();
    EXPECT_EQ(line.text, "[TikTok] Ann: hi · Bob: yo · Cy: hm");
    EXPECT_EQ(line.taken, 3U);
}

TEST(packer, different_labels_are_all_said) {
    const auto line = parts{}.add("[A] ", "x").add("[B] ", "y").add("[A] ", "z").pack();
    EXPECT_EQ(line.text, "[A] x · [B] y · [A] z");
}

TEST(packer, switched_off_takes_one) {
    const auto line = parts{}.add("L ", "a").add("L ", "b").pack(limit, false);
    EXPECT_EQ(line.text, "L a");
    EXPECT_EQ(line.taken, 1U);
}

TEST(packer, fills_the_limit_exactly_and_never_exceeds_it) {
    // "L " + 5 + 3 (separator) + 10 = 20
    const auto two = parts{}.add("L ", "12345").add("L ", "1234567890");
    EXPECT_EQ(two.pack(20).taken, 2U);
    EXPECT_EQ(core::count_code_points(two.pack(20).text), 20U);
    EXPECT_EQ(two.pack(19).taken, 1U);
}

TEST(packer, a_label_that_changes_counts_with_the_labels_before_it) {
    // Same label: 2+1+3+1 = 7. With a third of another label every label is said: 3+3+3+3+4 = 16.
    const auto three = parts{}.add("L ", "a").add("L ", "b").add("MM ", "c");
    EXPECT_EQ(three.pack(16).taken, 3U);
    EXPECT_EQ(three.pack(16).text, "L a · L b · MM c");
    EXPECT_EQ(three.pack(15).taken, 2U);
    EXPECT_EQ(three.pack(15).text, "L a · b");
}

TEST(packer, counts_code_points_not_bytes) {
    std::string wide;
    for (int i = 0; i < 10; ++i)
        wide += "\U0001F600";
    EXPECT_EQ(parts{}.add("", wide).add("", wide).pack(23).taken, 2U);
    EXPECT_EQ(parts{}.add("", wide).add("", wide).pack(22).taken, 1U);
}

TEST(packer, a_later_short_message_does_not_overtake_a_long_one) {
    const auto line = parts{}.add("", "aaaaa").add("", "bbbbbbbbbb").add("", "c").pack(12);
    EXPECT_EQ(line.taken, 1U);
    EXPECT_EQ(line.text, "aaaaa");
}

TEST(packer, a_message_over_the_limit_still_goes_and_alone) {
    const auto line = parts{}.add("", std::string(500, 'x')).add("", "y").pack();
    EXPECT_EQ(line.taken, 1U);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
