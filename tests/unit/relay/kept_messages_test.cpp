// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/moderation/kept_messages.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/relay/moderation/hold_queue.hpp"

namespace tiktok2twitch::relay {
namespace {

event gift_of_bob() {
    event out;
    out.kind = event_kind::gift;
    out.msg_id = 9'007'199'254'740'993;  // more than a double holds
    out.from.id = 7;
    out.from.unique_id = "bob";
    out.from.nickname = "B\xC3\xB6\xC3\xB6 \"#\"";
    out.from.subscriber = true;
    out.from.gifter_level = 3;
    out.text = "line\nbreak";
    out.created_at = 12;
    out.language = "de";
    out.viewers = 340;
    out.gift = gift{5655, "Rose", 1, 20, 99, false, true, "told", 5};
    return out;
}

kept_message message(std::uint64_t number, const event& said = gift_of_bob()) {
    kept_message out;
    out.number = number;
    out.tiktok = "ann";
    out.channel = "chan";
    out.until = 1'800'000'060'000;
    out.held_for = "blocked_word";
    out.changes = {"link", "blocked_word"};
    out.author = "bob";
    out.said = std::make_shared<event>(said);
    return out;
}

TEST(kept_messages, everything_comes_back) {
    kept_messages kept;
    kept.last_number = 12;
    kept.at = 1'800'000'000'000;
    auto comment = gift_of_bob();
    comment.gift.reset();
    comment.kind = event_kind::chat;
    kept.held = {message(3), message(0, comment)};
    const auto text = text_of(kept);
    const auto back = parse_kept(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(text_of(*back), text);
    EXPECT_EQ(back->last_number, 12U);
    ASSERT_EQ(back->held.size(), 2U);
    EXPECT_EQ(back->held[0].said->msg_id, 9'007'199'254'740'993);
    EXPECT_EQ(back->held[0].said->from.nickname, kept.held[0].said->from.nickname);
    EXPECT_EQ(back->held[0].said->gift->told, "told");
    EXPECT_TRUE(back->held[0].said->from.subscriber);
    EXPECT_EQ(back->held[1].said->kind, event_kind::chat);
    EXPECT_FALSE(back->held[1].said->gift);
}

TEST(kept_messages, bytes_that_are_no_text_break_nothing) {
    kept_messages kept;
    kept.held = {message(0)};
    kept.held[0].author = "\xFF";
    EXPECT_TRUE(parse_kept(text_of(kept)));
}

TEST(kept_messages, what_is_damaged_is_nothing) {
    kept_messages kept;
    kept.last_number = 3;
    kept.held = {message(3)};
    const auto text = text_of(kept);
    for (std::size_t size = 0; size + 2 < text.size(); ++size)
        EXPECT_FALSE(parse_kept(text.substr(0, size))) << size;
    for (const auto* bad : {"", "[]", "{}", R"({"version":2,"at":1,"last_number":1,"held":[]})",
                            R"({"version":1,"at":1,"last_number":1,"held":{}})",
                            R"({"version":1,"at":1,"last_number":1,"held":[5]})",
                            R"({"version":1,"at":-1,"last_number":1,"held":[]})",
                            R"({"version":1,"at":2e90,"last_number":1,"held":[]})"})
        EXPECT_FALSE(parse_kept(bad)) << bad;
    kept.last_number = 2;
    EXPECT_FALSE(parse_kept(text_of(kept))) << "a number that was never given";
    kept.last_number = 3;
    kept.held.assign(hold_queue::most_held + 1, message(1));
    EXPECT_FALSE(parse_kept(text_of(kept)));
}

}  // namespace
}  // namespace tiktok2twitch::relay
