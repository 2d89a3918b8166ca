// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/recording/pseudonyms.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::tiktok {
namespace {

constexpr pseudonym_key key{0x0706050403020100, 0x0f0e0d0c0b0a0908};

// What may be seen of a text: its lengths, and where it is no letter.
std::string shape_of(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = core::utf8::next(text, at);
        const int category = core::property_of(c).category;
        out += std::to_string(at - begin) + "/" + std::to_string(category) + " ";
    }
    return out;
}

TEST(pseudonyms, the_same_number_is_always_the_same_and_kinds_do_not_meet) {
    const pseudonyms names(key);
    EXPECT_EQ(names.user_id(7690000010003328601), pseudonyms(key).user_id(7690000010003328601));
    const std::set<std::int64_t> all = {
        names.user_id(7), names.message_id(7), names.room_id(7),    names.streak_id(7),
        names.gift_id(7), names.user_id(8),    names.message_id(8), 7};
    EXPECT_EQ(all.size(), 8U);
    EXPECT_GT(*all.begin(), 0);
    EXPECT_EQ(names.user_id(0), 0);
    EXPECT_EQ(names.message_id(0), 0);
    EXPECT_NE(pseudonyms({1, 2}).user_id(7), names.user_id(7));
    EXPECT_GT(names.user_id(-7), 0);
}

TEST(pseudonyms, a_name_is_the_same_everywhere_and_another_name_is_another) {
    pseudonyms names(key);
    const std::string first = names.name("ana.example_1");
    EXPECT_EQ(first.size(), 13U);
    EXPECT_EQ(first[3], '.');
    EXPECT_EQ(first[11], '_');
    EXPECT_NE(first, "ana.example_1");
    EXPECT_EQ(names.name("ana.example_1"), first);
    std::set<std::string> made;
    for (int i = 0; i < 200; ++i)
        made.insert(names.name("user" + std::to_string(i)));
    EXPECT_EQ(made.size(), 200U);
    EXPECT_EQ(names.name(""), "");
}

TEST(pseudonyms, upper_and_lower_case_of_a_name_are_one) {
    pseudonyms names(key);
    const std::string lower = names.name("anasophia");
    std::string upper = names.name("AnaSophia");
    EXPECT_TRUE(upper[0] >= 'A' && upper[0] <= 'Z');
    EXPECT_TRUE(upper[3] >= 'A' && upper[3] <= 'Z');
    for (char& c : upper)
        c = static_cast<char>(c | 0x20);
    EXPECT_EQ(upper, lower);
}

TEST(pseudonyms, a_text_keeps_its_shape_and_not_its_words) {
    pseudonyms names(key);
    for (const std::string text :
         {"Hello WORLD, 123 times!", "Привет, как дела?", "γεια σου", "こんにちは世界、カタカナ",
          "김민수 안녕", "مرحبا بالعالم", "สวัสดี ค่ะ", "ශ්‍රී ලංකාව", "लक्ष्मी",
          "Ñandú Zoë Tài", "👩‍👩‍👧‍👦 🔥🔥🔥 ❤️ 🇩🇪", "ᴮᵉˡˡᵃ", "Ｆｕｌｌ",
          "𝓢𝓬𝓻𝓲𝓹𝓽", "🅱️ob"}) {
        const std::string made = names.text(text, false);
        EXPECT_EQ(shape_of(made), shape_of(text)) << text << " -> " << made;
        EXPECT_NE(made, text);
        EXPECT_EQ(names.text(text, false), made);
        EXPECT_EQ(core::count_clusters(made), core::count_clusters(text)) << text << " -> " << made;
    }
}

TEST(pseudonyms, runs_of_a_letter_stay_runs_and_signs_stay) {
    pseudonyms names(key);
    const std::string made = names.text("goooool!!! :-)", false);
    EXPECT_EQ(made.substr(7), "!!! :-)");
    EXPECT_EQ(made.substr(1, 5), std::string(5, made[1]));
    EXPECT_EQ(names.text("\u202Eabc\u202C", false).substr(0, 3), "\u202E");
    EXPECT_EQ(names.text("a\xE9t", false).size(), 3U);
    EXPECT_EQ(names.text("a\xE9t", false)[1], '\xFF');
}

TEST(pseudonyms, quoted_names_become_what_the_name_became) {
    pseudonyms names(key);
    const std::string handle = names.name("ana.example");
    const std::string nickname = names.name("Ana de la Cruz");
    const std::string foreign = names.name("小明");
    for (const bool keep : {false, true}) {
        EXPECT_NE(names.text("hi @ana.example!", keep).find("@" + handle + "!"), std::string::npos);
        EXPECT_NE(names.text("hi @ana.example. Bye", keep).find("@" + handle + ". "), std::string::npos);
        EXPECT_NE(names.text("@Ana de la Cruz hi", keep).find("@" + nickname + " "), std::string::npos);
        EXPECT_EQ(names.text("@小明你好", keep).find("@" + foreign), 0U);
    }
    EXPECT_EQ(names.text("hello you", true), "hello you");
    EXPECT_EQ(names.text("hello @", true), "hello @");
}

TEST(pseudonyms, a_name_is_first_quoted_and_seen_later) {
    pseudonyms names(key);
    const std::string made = names.text("thanks @late_comer and @지민아 too", true);
    EXPECT_EQ(made, "thanks @" + names.name("late_comer") + " and @" + names.name("지민아") + " too");
    EXPECT_EQ(made.find("late"), std::string::npos);
    EXPECT_EQ(made.find("지민아"), std::string::npos);
}

TEST(pseudonyms, a_name_of_signs_only_gets_shorter) {
    pseudonyms names(key);
    EXPECT_EQ(names.name("~~~~"), "~~");
    EXPECT_EQ(names.name("\u200b\u200b\u200b"), "\u200b\u200b");
    EXPECT_EQ(names.name("."), ".");
    EXPECT_EQ(names.name(" "), " ");
}

TEST(pseudonyms, no_name_comes_out_by_chance) {
    pseudonyms names(key);
    for (const std::string name : {"xxx", "zqj", "jjj", "777", "666", "jkq"})
        names.name(name);
    for (int i = 0; i < 3000; ++i) {
        const std::string made = names.text("abc def 123 " + std::to_string(i), false);
        for (const std::string name : {"xxx", "zqj", "jjj", "777", "666", "jkq"})
            ASSERT_EQ(made.find(name), std::string::npos) << made;
    }
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
