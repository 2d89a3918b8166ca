// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/event.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::relay {
namespace {

event comment(std::string text) {
    event out;
    out.text = std::move(text);
    return out;
}

TEST(priority, a_comment_belongs_to_who_wrote_it_before_what_it_says) {
    auto said = comment("@Ann hello");
    EXPECT_EQ(class_of(said, "ann"), priority_class::mention);
    said.from.moderator = true;
    EXPECT_EQ(class_of(said, "ann"), priority_class::moderator);
    said.from.streamer = true;
    EXPECT_EQ(class_of(said, "ann"), priority_class::streamer);
}

TEST(priority, a_mention_names_the_streamer_and_nobody_else) {
    EXPECT_EQ(class_of(comment("hi @ANN!"), "ann"), priority_class::mention);
    EXPECT_EQ(class_of(comment("hi ann"), "ann"), priority_class::chat);
    EXPECT_EQ(class_of(comment("hi @bob"), "ann"), priority_class::chat);
    EXPECT_EQ(class_of(comment("mail me @ home"), ""), priority_class::chat);
    EXPECT_EQ(class_of(comment("\xff@ann\xfe"), "ann"), priority_class::mention);
}

TEST(priority, a_gift_is_a_gift_whoever_sends_it) {
    event gift;
    gift.kind = event_kind::gift;
    gift.from.moderator = true;
    EXPECT_EQ(class_of(gift, "ann"), priority_class::gift);
}

TEST(priority, the_default_order_names_every_class_once_and_ranks_them_strictly) {
    const auto order = default_order();
    ASSERT_EQ(order.size(), priority_classes);
    for (std::size_t i = 1; i < order.size(); ++i)
        EXPECT_GT(priority_of(order[i - 1], order), priority_of(order[i], order));
    EXPECT_GT(priority_of(priority_class::gift, order), priority_of(priority_class::chat, order));
    EXPECT_GT(priority_of(priority_class::chat, order), priority_of(priority_class::join, order));
}

TEST(priority, what_an_order_does_not_name_comes_last) {
    const std::vector order{priority_class::join};
    EXPECT_EQ(priority_of(priority_class::gift, order), 0);
    EXPECT_GT(priority_of(priority_class::join, order), 0);
}

}  // namespace
}  // namespace tiktok2twitch::relay
