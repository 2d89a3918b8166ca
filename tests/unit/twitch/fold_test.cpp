// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/packer.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

relay::line_part gg(std::int64_t author, const std::string& name, const std::string& text = "GG") {
    relay::line_part part;
    part.route = 1;
    part.label = "[T] ";
    part.author_id = author;
    part.name = name;
    part.text = text;
    part.fold_key = "gg";
    part.body = name + ": " + text;
    return part;
}

TEST(fold_test, several_people_become_a_count_with_the_first_names) {
    std::vector<folded_event> others;
    for (int i = 2; i <= 12; ++i)
        others.push_back({0, 1, i, i == 2 ? "bob" : i == 3 ? "cy" : "x" + std::to_string(i)});
    EXPECT_EQ(folded_part(gg(1, "ann"), others).body, "GG \u00d712 (ann, bob, cy +9)");
    others.resize(1);
    EXPECT_EQ(folded_part(gg(1, "ann"), others).body, "GG \u00d72 (ann, bob)");
}

TEST(fold_test, one_person_who_repeats_himself_is_named_once) {
    EXPECT_EQ(folded_part(gg(1, "ann"), {{0, 1, 1, "ann"}, {0, 1, 1, "ann"}}).body, "ann: GG \u00d73");
    EXPECT_EQ(folded_part(gg(1, "ann"), {}).body, "ann: GG");
}

TEST(fold_test, a_fold_of_one_person_can_be_joined_to_what_he_says_next_and_one_of_several_cannot) {
    const auto alone = folded_part(gg(1, "ann"), {{0, 1, 1, "ann"}});
    EXPECT_EQ(alone.text, "GG \u00d72");
    EXPECT_EQ(alone.people, 1U);
    const auto several = folded_part(gg(1, "ann"), {{0, 1, 1, "ann"}, {0, 1, 2, "bob"}});
    EXPECT_EQ(several.text, "");
    EXPECT_EQ(several.people, 2U);
}

TEST(fold_test, a_name_that_ends_in_an_at_pings_nobody) {
    const auto body = folded_part(gg(1, "ann@"), {{0, 1, 2, "b@"}}).body;
    EXPECT_EQ(body.find('@'), std::string::npos) << body;
}

TEST(fold_test, a_name_that_is_cut_becomes_no_link) {
    const auto body =
        folded_part(gg(1, "coins-at-evil-site.community"), {{0, 1, 2, "see evil-site-abcde.community"}}).body;
    EXPECT_EQ(body, "GG \u00d72 (coins-at-evil-site\u2026, see\u2026)");
}

TEST(fold_test, only_the_same_text_of_the_same_route_under_a_label_folds) {
    const auto first = gg(1, "ann");
    EXPECT_TRUE(foldable(first, 0, gg(2, "bob")));
    auto other = gg(2, "bob");
    other.fold_key = "hi";
    EXPECT_FALSE(foldable(first, 0, other));
    other = gg(2, "bob");
    other.route = 2;
    EXPECT_FALSE(foldable(first, 0, other));
    other = gg(2, "bob");
    other.fold_key.clear();
    EXPECT_FALSE(foldable(other, 0, other));
    other = gg(2, "bob");
    other.label.clear();
    EXPECT_FALSE(foldable(other, 0, other)) << "the text would come first in the line";
}

TEST(fold_test, long_texts_and_too_many_of_them_do_not_fold) {
    const auto fits = gg(1, "ann", std::string(longest_foldable_text, 'g'));
    EXPECT_TRUE(foldable(fits, most_folded - 1, fits));
    EXPECT_FALSE(foldable(fits, most_folded, fits));
    const auto too_long = gg(1, "ann", std::string(longest_foldable_text + 1, 'g'));
    EXPECT_FALSE(foldable(too_long, 0, too_long));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
