// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/format/formatter.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::relay {
namespace {

TEST(emoji_codes, known_codes_are_replaced_and_all_else_stays_as_typed) {
    EXPECT_EQ(expand_emoji_codes("a [laugh][cry] b", {}), "a 😆😢 b");
    EXPECT_EQ(expand_emoji_codes("[angel] [yummy]", {}), "😇 😋");
    for (const std::string text : {"", "[", "[]", "[laugh", "laugh]", "[nope]", "[la ugh]", "[Laugh]",
                                   "[/laugh]", "[laug\xff]", "[TikTok] x"}) {
        EXPECT_EQ(expand_emoji_codes(text, {}), text);
    }
    EXPECT_EQ(expand_emoji_codes("[[laugh]]", {}), "[😆]");
    EXPECT_EQ(expand_emoji_codes("[x[laugh]", {}), "[x😆");
}

TEST(emoji_codes, own_codes_extend_and_override) {
    const emoji_table own{{"laugh", "haha"}, {"pog_1", "[laugh]"}};
    EXPECT_EQ(expand_emoji_codes("[laugh] [pog_1] [cry]", own), "haha [laugh] 😢");
}

TEST(emoji_codes, stickers_have_a_placeholder_of_their_own) {
    EXPECT_EQ(sticker_text({}), "[sticker]");
    EXPECT_EQ(sticker_text({{"sticker", "🖼"}}), "🖼");
}

TEST(emoji_codes, a_code_has_1_to_32_plain_characters) {
    const std::string longest(emoji_code_length, 'a');
    EXPECT_TRUE(is_emoji_code("a"));
    EXPECT_TRUE(is_emoji_code("Pog_1"));
    EXPECT_TRUE(is_emoji_code(longest));
    for (const std::string& code :
         {std::string(), longest + "a", std::string("a b"), std::string("[a]"), std::string("\xc3\xa9")}) {
        EXPECT_FALSE(is_emoji_code(code)) << code;
    }
    EXPECT_EQ(expand_emoji_codes("[" + longest + "]", {{longest, "!"}}), "!");
    EXPECT_EQ(expand_emoji_codes("[" + longest + "a]", {{longest + "a", "!"}}), "[" + longest + "a]");
}

// Looking ahead from every bracket to the end would take minutes here.
TEST(emoji_codes, megabytes_of_brackets_cost_linear_time) {
    const std::string brackets(4'000'000, '[');
    EXPECT_EQ(expand_emoji_codes(brackets, {}), brackets);
    std::string open = "[";
    open.append(4'000'000, 'a');
    EXPECT_EQ(expand_emoji_codes(open, {}), open);
}

}  // namespace
}  // namespace tiktok2twitch::relay
