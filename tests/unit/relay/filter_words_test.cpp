// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "filter_support.hpp"
#include "support/text_rules.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay::test {
namespace {

struct word_case {
    const char* word;
    const char* text;
};

void PrintTo(const word_case& value, std::ostream* stream) {
    *stream << value.word << " / " << value.text;
}

class blocked_word : public testing::TestWithParam<word_case> {};

TEST_P(blocked_word, is_found_however_it_is_written) {
    auto filter = make(with_words({GetParam().word}));
    const auto said = judge(filter, GetParam().text);
    EXPECT_EQ(said.what, kind::drop);
    EXPECT_EQ(said.reason, "blocked_word");
    EXPECT_EQ(said.rule, std::string("word \"") + GetParam().word + "\" of filter.words");
    EXPECT_EQ(said.text, "");
}

INSTANTIATE_TEST_SUITE_P(plain, blocked_word,
                         testing::Values(word_case{"bad", "bad"}, word_case{"bad", "so BAD, no?"},
                                         word_case{"Bad", "(bad)"}, word_case{"bad", "bad!"},
                                         word_case{"bad", "bad's"}, word_case{"bad", "it:bad"},
                                         word_case{"bad", "_bad_"}, word_case{"bad", "bad88"},
                                         word_case{"bad", "88bad"}, word_case{"1488", "it is 1488 here"},
                                         word_case{"4chan", "on 4chan"}, word_case{"groß", "GROSS"},
                                         word_case{"straße", "STRASSE"}));
INSTANTIATE_TEST_SUITE_P(accents, blocked_word,
                         testing::Values(word_case{"bad", "b\u00E1d"},
                                         word_case{"bad", "ba\u0301\u0316\u0489d"}, word_case{"pédé", "pede"},
                                         word_case{"naive", "naïve"}, word_case{"ёлка", "елка"},
                                         word_case{"ﷺ", "ﷺ"}, word_case{"bad", "b\u0941a\u0941d"}));
INSTANTIATE_TEST_SUITE_P(compatibility_forms, blocked_word,
                         testing::Values(word_case{"bad", "ｂａｄ"}, word_case{"bad", "𝐛𝒂𝕕"},
                                         word_case{"bad", "ⓑⓐⓓ"}, word_case{"bad", "ᵇᵃᵈ"},
                                         word_case{"bad", "🅱🅰🅳"}, word_case{"bad", "🅱️ad"},
                                         word_case{"bad", "🇧🇦🇩"}, word_case{"bad", "bad🇩🇪"},
                                         word_case{"ｂａｄ", "bad"}, word_case{"アホ", "ｱﾎ"},
                                         word_case{"ガク", "ｶﾞｸ"}));
INSTANTIATE_TEST_SUITE_P(
    look_alikes, blocked_word,
    testing::Values(word_case{"bad", "b\u0430d"}, word_case{"bad", "ВАD"}, word_case{"cope", "соре"},
                    word_case{"bad", "ʙᴀᴅ"}, word_case{"bad", "ƀɑđ"}, word_case{"noob", "ΝOОВ"},
                    word_case{"hater", "Нater"}, word_case{"kill", "kiII"}, word_case{"dirt", "dlrt"},
                    word_case{"bad", "ᗷᗩᗪ"}, word_case{"сука", "cукa"}, word_case{"вор", "ВОР"},
                    word_case{"number", "пuмber"}, word_case{"bigger", "biggeя"},
                    word_case{"bigger", "вigger"}, word_case{"hunter", "нипteг"}, word_case{"дурак", "дypak"},
                    word_case{"дурак", "gурак"}, word_case{"пидан", "nuдаn"}, word_case{"чушь", "4ушь"},
                    word_case{"хлеб", "хле6"}));
INSTANTIATE_TEST_SUITE_P(leet, blocked_word,
                         testing::Values(word_case{"ass", "a5s"}, word_case{"ass", "a$$"},
                                         word_case{"ass", "4ss"}, word_case{"asshole", "@$$h0l3"},
                                         word_case{"shit", "sh!t"}, word_case{"shit", "5h1t"},
                                         word_case{"loser", "1oser"}, word_case{"shit", "$h|+"},
                                         word_case{"bigot", "8i607"}, word_case{"a$$", "ass"},
                                         word_case{"sh!t", "shit"}, word_case{"bigger", "b1663r"},
                                         word_case{"bad", "b@aad@@a"}));
INSTANTIATE_TEST_SUITE_P(stretched, blocked_word,
                         testing::Values(word_case{"bad", "baaaad"}, word_case{"bad", "bbbaaaddd"},
                                         word_case{"bad", "bAaAaAaAaAaAaAaAaAaAaAaAd"},
                                         word_case{"good", "gooood"}, word_case{"god", "gooood"},
                                         word_case{"xxx", "xxxxx"}, word_case{"bad", "baaaa44aaad"},
                                         word_case{"loser", "looser"}, word_case{"loser", "loserr"},
                                         word_case{"loser", "lloosseerr"}, word_case{"loser", "l00ser"},
                                         word_case{"bigger", "biggger"}, word_case{"so bad", "so badd"},
                                         word_case{"вонючка", "воннючка"}, word_case{"raper", "raaper"},
                                         word_case{"raper", "r@pper"}, word_case{"rapper", "rapper"},
                                         word_case{"neger", "neegger"}));
INSTANTIATE_TEST_SUITE_P(
    spelled, blocked_word,
    testing::Values(word_case{"bad", "b.a.d"}, word_case{"bad", "b a d"}, word_case{"bad", "B-A-D"},
                    word_case{"bad", "b . a . d"}, word_case{"bad", "so b a d"},
                    word_case{"bad", "u r a b.a.d"}, word_case{"bad", "b_a_d"}, word_case{"bad", "b a d u"},
                    word_case{"bad", "b @ d"}, word_case{"bad", "b+a+d"}, word_case{"bad", "b 4 d"},
                    word_case{"bad", "b\u200Ba\u200Dd"}, word_case{"bad", "b\u00ADa\u2060d"},
                    word_case{"bad", "\u202Eb\u202Cad"}, word_case{"bad", "bbb aaa ddd"},
                    word_case{"loser", "lo.ser"}, word_case{"loser", "lo-s-er!"},
                    word_case{"loser", "you lo/ser88"}, word_case{"kill yourself", "k.i.l.l y.o.u.r.s.e.l.f"},
                    word_case{"kill yourself", "k.i.l.l yourself"},
                    word_case{"kill yourself", "just kill y o u r s e l f now"},
                    word_case{"kill yourself", "ki🔥ll yourself"},
                    word_case{"kill yourself", "ki.ll your-self"}, word_case{"so bad", "so b.a.d"},
                    word_case{"so bad", "s-o-o bad"}, word_case{"loser", "lo'ser"},
                    word_case{"loser", "l\u2019oser!"}));
INSTANTIATE_TEST_SUITE_P(umlauts, blocked_word,
                         testing::Values(word_case{"kümmel", "Kuemmel"}, word_case{"kümmel", "kummel"},
                                         word_case{"so böse", "SO BOESE"}, word_case{"Ärger", "aerger"},
                                         word_case{"schöne grüße", "schoenegruesse"}));
INSTANTIATE_TEST_SUITE_P(phrases, blocked_word,
                         testing::Values(word_case{"so bad", "so   bad"}, word_case{"so bad", "SO... bad"},
                                         word_case{"so bad", "so!bad"}, word_case{"so bad", "s0 b4d"},
                                         word_case{"so bad", "so, - \"bad\""}, word_case{"so-bad", "so bad"},
                                         word_case{"kill yourself", "killyourself"},
                                         word_case{"kill yourself", "kill-yourself"}));
INSTANTIATE_TEST_SUITE_P(scripts_without_blanks, blocked_word,
                         testing::Values(word_case{"傻逼", "你是傻逼吗"}, word_case{"ควาย", "ไอ้ควายเอ๊ย"},
                                         word_case{"كلب", "يا كلب"}, word_case{"कुत्ता", "तू कुत्ता है"},
                                         word_case{"🍆", "want🍆?"}, word_case{"🍆", "🍆🍆"},
                                         word_case{"👍", "👍🏿"}, word_case{"卐", "卐"}));

class harmless_text : public testing::TestWithParam<word_case> {};

TEST_P(harmless_text, passes_as_it_is) {
    auto filter = make(with_words({GetParam().word}));
    const auto said = judge(filter, GetParam().text);
    EXPECT_EQ(said.what, kind::pass) << said.rule;
    EXPECT_EQ(said.reason, "");
    EXPECT_EQ(said.text, core::clean_text(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(
    longer_words, harmless_text,
    testing::Values(word_case{"cunt", "Scunthorpe"}, word_case{"ass", "assassin"}, word_case{"ass", "class"},
                    word_case{"ass", "classic glass"}, word_case{"dick", "Dickens"},
                    word_case{"ass", "c l a s s"}, word_case{"cunt", "s c u n t h o r p e"},
                    word_case{"hell", "he'll go"}, word_case{"whore", "who're you"},
                    word_case{"shell", "she\u2019ll"}, word_case{"losers", "Loser's"},
                    word_case{"wont", "won't"}, word_case{"ass", "as soon as"}, word_case{"bad", "badge"},
                    word_case{"god", "good"}, word_case{"bot", "boot"}, word_case{"good", "god"},
                    word_case{"raper", "a rapper"}, word_case{"raping", "Rapping!"},
                    word_case{"neger", "negeer"}, word_case{"fiotte", "flotte"},
                    word_case{"so bad", "so badly"}, word_case{"so bad", "also bad"},
                    word_case{"ass", "cl@ssy"}, word_case{"mp", "s1mp"}, word_case{"go on", "goon"},
                    word_case{"ass", "a.s soon"}, word_case{"कम", "कमल"}));
INSTANTIATE_TEST_SUITE_P(
    numbers, harmless_text,
    testing::Values(word_case{"ass", "455"}, word_case{"ss", "55"}, word_case{"ss", "iphone 5s"},
                    word_case{"1488", "14888"}, word_case{"1488", "91488"}, word_case{"1488", "2 1 4 8 8 8"},
                    word_case{"boss", "8055"}, word_case{"so", "50 $0"}, word_case{"sell", "$311"},
                    word_case{"toot", "7007 7.0.0.7"}, word_case{"sos", "$0$"}, word_case{"gook", "600k"},
                    word_case{"gook", "$600k"}, word_case{"gook", "600k/900k"}, word_case{"gooks", "600ks"},
                    word_case{"gook", "600K+"}, word_case{"gok", "60к"}, word_case{"ass", "A55 phone"},
                    word_case{"gos", "the 90s"}, word_case{"bos", "80s"}, word_case{"tos", "70s"},
                    word_case{"ist", "1st"}, word_case{"bth", "8th"}, word_case{"sam", "5am"}));
INSTANTIATE_TEST_SUITE_P(other_alphabets, harmless_text,
                         testing::Values(word_case{"bot", "вот ВОТ"}, word_case{"hot", "НОТ нот"},
                                         word_case{"傻逼", "傻子"}, word_case{"kill", "kul"},
                                         word_case{"か", "が"}, word_case{"him", "ним"},
                                         word_case{"дом", "gom"}, word_case{"ill", "lil"}));

TEST(filter_words_test, nothing_is_found_by_an_empty_list) {
    auto filter = make(bare());
    EXPECT_EQ(judge(filter, "anything bad").what, kind::pass);
}

TEST(filter_words_test, of_words_that_end_together_the_longest_is_named) {
    auto filter = make(with_words({"power", "white power"}));
    EXPECT_EQ(judge(filter, "White Power").rule, "word \"white power\" of filter.words");
}

TEST(filter_words_test, mask_leaves_one_asterisk_per_cluster_and_the_blanks) {
    auto filter = make(with_words({"bad", "so ugly"}, filter_action::mask));
    const auto said = judge(filter, "a b\u00E1d, b a d and SO  uglyyy b🅰️d ba\u0301d day");
    EXPECT_EQ(said.what, kind::pass);
    EXPECT_EQ(said.reason, "blocked_word");
    EXPECT_EQ(said.rule, "word \"bad\" of filter.words");
    EXPECT_EQ(said.text, "a ***, * * * and ** ****** *** *** day");
}

TEST(filter_words_test, mask_covers_the_spelled_word_of_a_phrase_and_the_other_one) {
    auto filter = make(with_words({"so bad"}, filter_action::mask));
    EXPECT_EQ(judge(filter, "is so b.a.d today").text, "is ** ***** today");
}

TEST(filter_words_test, masked_text_holds_no_word_that_came_together) {
    auto filter = make(with_words({"bad", "loser"}, filter_action::mask));
    const auto said = judge(filter, "lo.bad.ser");
    EXPECT_EQ(said.what, kind::pass);
    EXPECT_EQ(judge(filter, said.text).reason, "");
}

TEST(filter_words_test, a_long_masked_word_is_clean_text) {
    auto filter = make(with_words({"incomprehensibilities"}, filter_action::mask));
    const auto said = judge(filter, "Incomprehensibilities!");
    EXPECT_EQ(said.text, "************!");
    EXPECT_EQ(core::clean_text(said.text), said.text);
}

TEST(filter_words_test, hold_waits_for_a_moderator_with_the_text_as_it_is) {
    auto options = with_words({"bad"}, filter_action::hold);
    options.hold_for = 90s;
    auto filter = make(options);
    const auto said = judge(filter, "so bad");
    EXPECT_EQ(said.what, kind::hold);
    EXPECT_EQ(said.reason, "blocked_word");
    EXPECT_EQ(said.text, "so bad");
    EXPECT_EQ(said.wait, 90s);
    EXPECT_FALSE(said.release_after);
}

TEST(filter_words_test, streamer_and_moderators_are_not_above_the_words) {
    auto filter = make(with_words({"bad"}));
    event said = comment("bad");
    said.from.streamer = said.from.moderator = true;
    EXPECT_EQ(filter.judge(said, {}).reason, "blocked_word");
}

TEST(filter_words_test, word_files_have_comments_and_windows_line_ends) {
    auto filter =
        make(bare(), {{"mine.txt", "\xEF\xBB\xBF# words\r\nbad  # a comment\r\n\r\n  so ugly\r\nc#x"}});
    EXPECT_EQ(judge(filter, "bad").rule, "word \"bad\" of mine.txt");
    EXPECT_EQ(judge(filter, "so ugly").rule, "word \"so ugly\" of mine.txt");
    EXPECT_EQ(judge(filter, "c x").rule, "word \"c#x\" of mine.txt");
    EXPECT_EQ(judge(filter, "a comment").what, kind::pass);
}

TEST(filter_words_test, words_of_moderators_come_and_go) {
    auto filter = make(with_words({"bad"}));
    filter.set_extra_words({"ugly", "", "..."});
    EXPECT_EQ(judge(filter, "UGLY").rule, "word \"ugly\" of the moderators");
    EXPECT_EQ(judge(filter, "bad").reason, "blocked_word");
    filter.set_extra_words({});
    EXPECT_EQ(judge(filter, "ugly").what, kind::pass);
}

TEST(filter_words_test, a_letter_beside_signs_that_do_not_count_is_no_word) {
    for (const std::string word : {"n*****", "c++", "c#", "n *", "*n*", "死。"})
        EXPECT_EQ(hint_of(with_words({"ok", word})),
                  "filter.words, entry 2: \"" + word +
                      "\" has one letter or digit beside signs that do not count, and would block that one "
                      "alone; write the whole word");
    EXPECT_NE(hint_of(bare(), {{"my.txt", "ok\nn***\n"}}).find("my.txt, line 2: \"n***\" has one letter"),
              std::string::npos);
    for (const std::string word : {"n", "a$$", "f*ck", "死", "\U0001F595", "\U0001F595!", "\u2764\ufe0f"})
        EXPECT_EQ(make(with_words({word})).judge(comment(word), {}).what, kind::drop) << word;
}

TEST(filter_words_test, entries_that_cannot_be_compared_are_named) {
    EXPECT_EQ(hint_of(with_words({"ok", "?!"})),
              "filter.words, entry 2: \"?!\" has no letter, digit or symbol that could be compared");
    EXPECT_EQ(
        hint_of(bare(), {{"my.txt", "ok\n\n...\n"}}),
        "filter.word_files, my.txt, line 3: \"...\" has no letter, digit or symbol that could be compared");
    EXPECT_EQ(make(with_words({repeat("ab", 50)})).judge(comment(repeat("ab", 50)), {}).what, kind::drop);
    EXPECT_NE(hint_of(with_words({repeat("ab", 50) + "c"})).find("is longer than 100 letters"),
              std::string::npos);
}

TEST(filter_words_test, fifty_thousand_words_are_the_most) {
    std::string list;
    for (int i = 0; i < 50'000; ++i)
        list += "word" + std::to_string(i) + "\n";
    auto filter = make(bare(), {{"long.txt", list}});
    EXPECT_EQ(judge(filter, "word49999").rule, "word \"word49999\" of long.txt");
    EXPECT_EQ(
        hint_of(bare(), {{"long.txt", list + "more"}}),
        "filter.word_files, long.txt, line 50001: \"more\" is one too many: all lists together may have "
        "50000 words");
}

}  // namespace
}  // namespace tiktok2twitch::relay::test
