// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "support/text_rules.hpp"

namespace tiktok2twitch::core {
namespace {

std::string repeat(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) {
        text += piece;
    }
    return text;
}

struct text_case {
    const char* what;
    std::string_view in;
    std::string_view out;
};

void PrintTo(const text_case& value, std::ostream* stream) {
    *stream << value.what;
}

class clean_text_rule : public testing::TestWithParam<text_case> {};

TEST_P(clean_text_rule, gives_the_expected_text_and_keeps_it) {
    const std::string once = clean_text(GetParam().in);
    EXPECT_EQ(once, GetParam().out) << GetParam().what;
    EXPECT_EQ(clean_text(once), once) << GetParam().what;
    EXPECT_EQ(test::broken_rule(once), "") << GetParam().what;
}

using namespace std::string_view_literals;

constexpr std::array utf8_cases{
    text_case{"empty", "", ""},
    text_case{"plain", "Hello, World!", "Hello, World!"},
    text_case{"case and NFD stay", "E\u0301cole ÉCOLE", "E\u0301cole ÉCOLE"},
    text_case{"lone continuation", "a\x80z", "a\uFFFDz"},
    text_case{"maximal subparts (Unicode table 3-11)", "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
              "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd"},
    text_case{"overlong slash", "\xC0\xAF", "\uFFFD\uFFFD"},
    text_case{"surrogate in UTF-8", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
    text_case{"above U+10FFFF", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
    text_case{"truncated at the end", "ok\xE2\x82", "ok\uFFFD"},
};
INSTANTIATE_TEST_SUITE_P(utf8, clean_text_rule, testing::ValuesIn(utf8_cases));

constexpr std::array blank_cases{
    text_case{"line breaks", "a\r\nb\rc\nd", "a b c d"},
    text_case{"tab, VT, FF, NUL, NEL, LS, PS", "a\tb\vc\fd\0e\u0085f\u2028g\u2029h"sv, "a b c d e f g h"},
    text_case{"only blanks", " \t\u3000\u00A0\n", ""},
    text_case{"odd blanks", "a\u00A0b\u3000c\u2003d\u1680e\u202Ff", "a b c d e f"},
    text_case{"blanks in disguise", "a\u2800b\u3164c\uFFA0d\u115Fe\u1160f", "a b c d e f"},
    text_case{"runs and ends", "   a    b   ", "a b"},
    text_case{"controls",
              "a\x01"
              "b\x1B[31mc\x7F"
              "d\u009Be",
              "ab[31mcde"},
    text_case{"CTCP action",
              "\x01"
              "ACTION waves\x01",
              "ACTION waves"},
};
INSTANTIATE_TEST_SUITE_P(blank, clean_text_rule, testing::ValuesIn(blank_cases));

constexpr std::array invisible_cases{
    text_case{"bidi controls", "a\u202Eb\u2066c\u2069d\u061Ce\u200Ff\u200Eg\u202Ah", "abcdefgh"},
    text_case{"tag characters", "🏴\U000E0067\U000E0062\U000E007F x", "🏴 x"},
    text_case{"supplementary selectors", "葛\U000E0100 x", "葛 x"},
    text_case{"zero width", "a\u200Bb\u2060c\uFEFFd\u00ADe\u034Ff\u180Eg\u206Ah\uFFF9i", "abcdefghi"},
    text_case{"private use", "a\uE000b\U000F0000c\U0010FFFDd", "abcd"},
    text_case{"noncharacters", "a\uFDD0b\uFFFEc\U0001FFFFd", "abcd"},
    text_case{"invisible vowels", "\u1780\u17B4\u17B5\u1780", "\u1780\u1780"},
    text_case{"newer than the tables stays", "a\U0001FADFb", "a\U0001FADFb"},
    text_case{"prepended sign stays", "\u0600\u0661", "\u0600\u0661"},
};
INSTANTIATE_TEST_SUITE_P(invisible, clean_text_rule, testing::ValuesIn(invisible_cases));

constexpr std::array joiner_cases{
    text_case{"family", "👨\u200D👩\u200D👧\u200D👦", "👨\u200D👩\u200D👧\u200D👦"},
    text_case{"skin tone and selector", "🕵🏻\u200D♀\uFE0F", "🕵🏻\u200D♀\uFE0F"},
    text_case{"rainbow flag", "🏳\uFE0F\u200D🌈", "🏳\uFE0F\u200D🌈"},
    text_case{"a selector on either side", "👁\uFE0F\u200D🗨\uFE0F", "👁\uFE0F\u200D🗨\uFE0F"},
    text_case{"between letters", "a\u200Db", "ab"},
    text_case{"at the ends", "\u200D👨\u200D", "👨"},
    text_case{"twice", "👨\u200D\u200D👩", "👨\u200D👩"},
    text_case{"before a blank", "👨\u200D 👩", "👨 👩"},
    text_case{"after an accent", "👨\u0301\u200D👩", "👨\u0301👩"},
    text_case{"flag and keycap", "🇩🇪 1\uFE0F\u20E3", "🇩🇪 1\uFE0F\u20E3"},
    text_case{"Persian non-joiner", "می\u200Cخواهم", "می\u200Cخواهم"},
    text_case{"Devanagari non-joiner", "क\u094D\u200Cष", "क\u094D\u200Cष"},
    text_case{"non-joiner between Latin letters", "a\u200Cb", "ab"},
    text_case{"non-joiner at the end of a word", "می\u200C می\u200C", "می می"},
    text_case{"non-joiner before a Latin letter", "می\u200Ca", "میa"},
    text_case{"Sinhala, joined behind a virama", "\u0DC1\u0DCA\u200D\u0DBB\u0DD3 ලංකාව",
              "\u0DC1\u0DCA\u200D\u0DBB\u0DD3 ලංකාව"},
    text_case{"Nepali eyelash ra", "ग\u0930\u094D\u200Dयो", "ग\u0930\u094D\u200Dयो"},
    text_case{"Bengali ya-phalaa, joined before a virama", "\u09B0\u200D\u09CD\u09AFাব",
              "\u09B0\u200D\u09CD\u09AFাব"},
    text_case{"Bengali, the older way", "\u09B0\u200C\u09CD\u09AFাব", "\u09B0\u200C\u09CD\u09AFাব"},
    text_case{"Kannada repha", "\u0CB0\u200D\u0CCD\u0C95", "\u0CB0\u200D\u0CCD\u0C95"},
    text_case{"Sinhala, touching", "\u0D9A\u200D\u0DCA\u0DC0", "\u0D9A\u200D\u0DCA\u0DC0"},
    text_case{"Malayalam chillu at the end of a word", "അവ\u0D28\u0D4D\u200D വ", "അവ\u0D28\u0D4D\u200D വ"},
    text_case{"Kannada virama at the end of a word", "ರಾಜ\u0CCD\u200C ಕ", "ರಾಜ\u0CCD\u200C ಕ"},
    text_case{"behind a nukta", "\u09AF\u09BC\u200D\u09CD\u09AF", "\u09AF\u09BC\u200D\u09CD\u09AF"},
    text_case{"an initial form in Arabic script", "ه\u200D. ش", "ه\u200D. ش"},
    text_case{"between Arabic letters", "ه\u200Dا", "ه\u200Dا"},
    text_case{"behind an Arabic vowel", "بَ\u200C\u200Dب بَ\u200D", "بَ\u200Cب بَ\u200D"},
    text_case{"Syriac and Mongolian", "\u0712\u200D \u1820\u200D", "\u0712\u200D \u1820\u200D"},
    text_case{"twice behind a virama", "\u0930\u094D\u200D\u200D\u200C\u092F", "\u0930\u094D\u200D\u092F"},
    text_case{"before a virama of another script", "\u09B0\u200D\u094D", "\u09B0\u094D"},
    text_case{"no place without a virama", "\u0915\u200D\u0916 한\u200D글 中\u200D文 я\u200Dя",
              "\u0915\u0916 한글 中文 яя"},
    text_case{"no place before an Arabic word", "\u200Dب a\u200Dب", "ب aب"},
    text_case{"no place behind a blank", "\u0930\u094D \u200D\u092F", "\u0930\u094D \u092F"},
    text_case{"one selector per base", "♀\uFE0F\uFE0F\uFE0E x\uFE0F\uFE0F", "♀\uFE0F x\uFE0F"},
    text_case{"a skin tone is no new base", "☝\uFE0F🏻\uFE0F", "☝\uFE0F🏻"},
    text_case{"selector behind a joiner", "👨\u200D\uFE0F👩", "👨\uFE0F👩"},
    text_case{"selector without base", "\uFE0F \uFE0Fa", "a"},
};
INSTANTIATE_TEST_SUITE_P(joiner, clean_text_rule, testing::ValuesIn(joiner_cases));

constexpr std::array mark_cases{
    text_case{"three stay", "e\u0301\u0302\u0303", "e\u0301\u0302\u0303"},
    text_case{"the fourth goes", "e\u0301\u0302\u0303\u0304x", "e\u0301\u0302\u0303x"},
    text_case{"the bound is per base", "a\u0301\u0302\u0303b\u0301\u0302\u0303",
              "a\u0301\u0302\u0303b\u0301\u0302\u0303"},
    text_case{"enclosing marks count", "a\u20DD\u20DE\u20E3\u20DD", "a\u20DD\u20DE\u20E3"},
    text_case{"no base at the start", "\u0301a", "a"},
    text_case{"no base behind a blank", "a \u0301b", "a b"},
    text_case{"removed characters do not refill the bound", "e\u0301\u0302\u0303\u200B\u0304",
              "e\u0301\u0302\u0303"},
    text_case{"Thai and Hindi", "ที่นี่ नमस्ते", "ที่นี่ नमस्ते"},
    text_case{"Burmese", "\u101C\u103B\u103E\u102D\u102F\u1037ဝှက်", "\u101C\u103B\u103E\u102D\u102F\u1037ဝှက်"},
    text_case{"Tibetan", "\u0F67\u0F90\u0FB5\u0FA8\u0FB3\u0FBA\u0FBC\u0FBB\u0F82",
              "\u0F67\u0F90\u0FB5\u0FA8\u0FB3\u0FBA\u0FBC\u0FBB\u0F82"},
    text_case{"Hebrew points and accents", "\u05DC\u05BC\u05B7\u0596\u05BD\u05B4",
              "\u05DC\u05BC\u05B7\u0596\u05BD\u05B4"},
    text_case{"Arabic vowels and signs", "\u0644\u0651\u064E\u0670\u06E1", "\u0644\u0651\u064E\u0670\u06E1"},
    text_case{"Khmer", "ស្ត្រី ខ្ញុំ", "ស្ត្រី ខ្ញុំ"},
    text_case{"Tai Tham", "\u1A20\u1A56\u1A60\u1A45\u1A63\u1A75", "\u1A20\u1A56\u1A60\u1A45\u1A63\u1A75"},
    text_case{"a script's marks again and again", "ก\u0E49\u0E49\u0E49\u0E49 ก\u0E47\u0E49\u0E47\u0E49\u0E47",
              "ก\u0E49\u0E49 ก\u0E47\u0E49\u0E47\u0E49"},
    text_case{"a script's marks on what is not its own",
              "a\u0E47\u0E49\u0E47\u0E49 😀\u0E47\u0E49\u0E47\u0E49",
              "a\u0E47\u0E49\u0E47 😀\u0E47\u0E49\u0E47"},
    text_case{"stacked marks on any script", "ก\u0301\u0302\u0303\u0304\u0E49 ש\u0301\u0302\u0303\u0304",
              "ก\u0301\u0302\u0303\u0E49 ש\u0301\u0302\u0303"},
    text_case{"nine of a script's marks", "\u0F67\u0F90\u0F91\u0F92\u0F94\u0F95\u0F96\u0F97\u0F99\u0F9F",
              "\u0F67\u0F90\u0F91\u0F92\u0F94\u0F95\u0F96\u0F97\u0F99"},
};
INSTANTIATE_TEST_SUITE_P(mark, clean_text_rule, testing::ValuesIn(mark_cases));

constexpr std::array at_cases{
    text_case{"a name", "hi @someone", "hi ＠someone"},
    text_case{"alone", "me @ home", "me @ home"},
    text_case{"at the end", "mail me @", "mail me @"},
    text_case{"twice", "@@a", "＠＠a"},
    text_case{"hidden behind an invisible character", "@\u200Bname", "＠name"},
    text_case{"in an address", "a@b.c", "a＠b.c"},
    text_case{"before a mark", "@\u0301 x", "＠\u0301 x"},
    text_case{"an invisible rest", "@\u200B\u202E", "@"},
};
INSTANTIATE_TEST_SUITE_P(at, clean_text_rule, testing::ValuesIn(at_cases));

TEST(clean_text, run_of_one_character_is_cut_at_the_bound) {
    EXPECT_EQ(clean_text(repeat("a", 12)), repeat("a", 12));
    EXPECT_EQ(clean_text(repeat("a", 13)), repeat("a", 12));
    EXPECT_EQ(clean_text(repeat("a", 500) + "b" + repeat("a", 500)), repeat("a", 12) + "b" + repeat("a", 12));
}

TEST(clean_text, run_of_one_emoji_sequence_is_cut_at_the_bound) {
    const std::string_view family = "👨\u200D👩\u200D👧";
    EXPECT_EQ(clean_text(repeat(family, 40)), repeat(family, 12));
    EXPECT_EQ(clean_text(repeat("🇩🇪", 40)), repeat("🇩🇪", 12));
}

TEST(clean_text, run_counts_what_invisible_characters_held_apart) {
    EXPECT_EQ(clean_text(repeat("a\u200B", 40)), repeat("a", 12));
}

TEST(clean_text, run_counts_defused_and_full_width_at_signs_as_one) {
    EXPECT_EQ(clean_text(repeat("＠", 12) + repeat("@", 20)), repeat("＠", 12) + "@");
}

TEST(clean_text, separate_letters_are_left_alone) {
    EXPECT_EQ(clean_text(repeat("a ", 40)), repeat("a ", 39) + "a");
}

TEST(clean_text, cluster_is_cut_at_the_bound_and_the_text_goes_on) {
    // U+0903 is a spacing mark: not counted as zalgo, yet part of the cluster.
    EXPECT_EQ(clean_text("क" + repeat("\u0903", 15) + "b"), "क" + repeat("\u0903", 15) + "b");
    EXPECT_EQ(clean_text("क" + repeat("\u0903", 16) + "b"), "क" + repeat("\u0903", 15) + "b");
}

TEST(clean_text, emoji_chain_is_cut_between_pictographs) {
    EXPECT_EQ(clean_text(repeat("👨\u200D", 30) + "👨 x"), repeat("👨\u200D", 7) + "👨 x");
}

TEST(clean_text, what_belonged_to_a_cut_off_pictograph_goes_with_it) {
    const std::string chain = repeat("👨\u200D", 7) + "👨";
    EXPECT_EQ(clean_text(chain + "\u200D👩\uFE0F x"), chain + " x");
}

TEST(clean_text, leading_signs_are_counted_in_each_cluster) {
    const std::string word = repeat("\u1100\u1161\u1102\u1161", 3) + "\u1100\u1103\u1161";
    EXPECT_EQ(clean_text(word), word);
}

TEST(clean_text, flood_of_leading_signs_does_not_swallow_the_text) {
    EXPECT_EQ(clean_text(repeat("\u0600", 50) + " hello"), repeat("\u0600", 3) + " hello");
    EXPECT_EQ(clean_text(repeat("\u1100", 50) + "\u1161 안녕"), repeat("\u1100", 3) + "\u1161 안녕");
}

TEST(clean_text, obeys_the_limits_it_is_given) {
    const text_limits strict{1, 2, 8};
    EXPECT_EQ(clean_text("e\u0301\u0302zzz", strict), "e\u0301zz");
    EXPECT_EQ(clean_text("क" + repeat("\u0903", 20), strict), "क" + repeat("\u0903", 7));
    EXPECT_EQ(clean_text("e\u0301e\u0301", {0, 0, 0}), "e");
}

TEST(clean_text, megabytes_of_hostile_text_cost_linear_time) {
    // Quadratic cost would run into the test's time limit.
    const std::size_t many = 200'000;
    EXPECT_EQ(clean_text("e" + repeat("\u0301", many)), "e" + repeat("\u0301", 3));
    EXPECT_EQ(clean_text(repeat("@", many)), repeat("＠", 12) + "@");
    EXPECT_EQ(clean_text(repeat("👨\u200D", many)).size(), repeat("👨\u200D", 8).size() - 3);
    EXPECT_EQ(clean_text(repeat(" ", many)), "");
}

// Bytes that meet: every kind of character that a rule knows, and raw bytes in between.
std::string random_text(std::mt19937& engine) {
    static constexpr std::array<std::string_view, 52> pieces{
        "a",      "B",      "1",      " ",      "@",      "＠",     ".",      "\n",     "\r",
        "\t",     "\u0301", "\u0302", "\u20E3", "\uFE0F", "\uFE0E", "\u200D", "\u200C", "\u200B",
        "\u202E", "👨",      "👩",      "🏻",   "🏿",   "♀",      "🇩",      "🇪",      "\U000E0067",
        "\u1100", "\u1161", "\u11A8", "한",     "\u0600", "\u070F", "م",      "ی",      "क",
        "\u094D", "\u0903", "\u102B", "\uFFFD", "\u3164", "\uE000", "\uFF9E", "\u0D4E", "\u09B0",
        "\u09CD", "\u09BC", "\u0E01", "\u0E49", "\u1037", "\u1820", "\u0651"};
    std::string text;
    for (auto size = engine() % 60; size > 0; --size) {
        const std::string_view piece = pieces[engine() % pieces.size()];
        const auto kind = engine() % 20;
        if (kind == 0) {
            text += static_cast<char>(engine() & 0xFF);
        } else {
            text += repeat(piece, kind == 1 ? 18 : 1);
        }
    }
    return text;
}

TEST(clean_text, random_bytes_come_out_clean_and_stay_as_they_are) {
    std::mt19937 engine(20260101);
    for (int i = 0; i < 4000; ++i) {
        const std::string text = random_text(engine);
        const std::string once = clean_text(text);
        ASSERT_EQ(test::broken_rule(once), "") << testing::PrintToString(text);
        ASSERT_EQ(clean_text(once), once) << testing::PrintToString(text);
        ASSERT_EQ(repair_utf8(repair_utf8(text)), repair_utf8(text)) << testing::PrintToString(text);
    }
}

TEST(without_unknown_front, is_what_twitch_may_see_first) {
    EXPECT_EQ(without_unknown_front(""), "");
    EXPECT_EQ(without_unknown_front("/ban x"), "/ban x");
    EXPECT_EQ(without_unknown_front("\U0001FAE9/ban x"), "/ban x") << "Unicode 16";
    EXPECT_EQ(without_unknown_front("\U0001FAE8\uFE0F /ban x"), "/ban x") << "the newest pictures of ours";
    EXPECT_EQ(without_unknown_front("\U0001CC00\u1C89\U0001FADF. x"), ". x");
    EXPECT_EQ(without_unknown_front("\u0301\u200D !x"), "!x");
    EXPECT_EQ(without_unknown_front("😀/ban"), "😀/ban") << "known for long";
    EXPECT_EQ(without_unknown_front("Жид/x"), "Жид/x");
    EXPECT_EQ(without_unknown_front("\U0001FAE9 \u0301"), "");
}

TEST(repair_utf8, repairs_but_keeps_at_signs_and_runs) {
    EXPECT_EQ(repair_utf8("  @a\n\xFF\u202E" + repeat("z", 40)), "@a \uFFFD" + repeat("z", 40));
    EXPECT_EQ(repair_utf8("e" + repeat("\u0301", 9)), "e" + repeat("\u0301", 9));
}

TEST(count_code_points, counts_what_twitch_counts) {
    EXPECT_EQ(count_code_points(""), 0U);
    EXPECT_EQ(count_code_points("aé€👨"), 4U);
    EXPECT_EQ(count_code_points("👨\u200D👩"), 3U);
}

TEST(count_clusters, counts_what_people_see) {
    EXPECT_EQ(count_clusters(""), 0U);
    EXPECT_EQ(count_clusters("e\u0301👨\u200D👩🇩🇪🇫🇷한"), 5U);
}

TEST(cut_code_points, text_that_fits_is_untouched) {
    EXPECT_EQ(cut_code_points("", 1), "");
    EXPECT_EQ(cut_code_points("abc", 3), "abc");
}

TEST(cut_code_points, ellipsis_counts) {
    EXPECT_EQ(cut_code_points("abcd", 3), "ab…");
    EXPECT_EQ(cut_code_points("abcd", 1), "…");
    EXPECT_EQ(cut_code_points("abcd", 0), "");
}

TEST(cut_code_points, never_cuts_inside_a_cluster) {
    const std::string text = "ab👨\u200D👩\u200D👧z";
    EXPECT_EQ(cut_code_points(text, 8), text);
    EXPECT_EQ(cut_code_points(text, 7), "ab…");
    EXPECT_EQ(cut_code_points(text + "z", 8), "ab👨\u200D👩\u200D👧…");
    EXPECT_EQ(cut_code_points("e\u0301e\u0301", 3), "e\u0301…");
    EXPECT_EQ(cut_code_points("🇩🇪🇫🇷", 3), "🇩🇪…");
}

TEST(cut_clusters, counts_clusters_and_the_ellipsis) {
    EXPECT_EQ(cut_clusters("e\u0301👨\u200D👩x", 3), "e\u0301👨\u200D👩x");
    EXPECT_EQ(cut_clusters("e\u0301👨\u200D👩xy", 3), "e\u0301👨\u200D👩…");
    EXPECT_EQ(cut_clusters("xy", 1), "…");
}

TEST(shorten, a_word_that_does_not_fit_goes_altogether) {
    EXPECT_EQ(shorten_code_points("abc def", 7), "abc def");
    EXPECT_EQ(shorten_code_points("jumps o assesses nobody", 12), "jumps o…");
    EXPECT_EQ(shorten_code_points("see evil-site.community", 18), "see…");
    EXPECT_EQ(shorten_code_points("see now evil", 8), "see now…") << "between words nothing more is lost";
    EXPECT_EQ(shorten_code_points("see now evil", 9), "see now …");
    EXPECT_EQ(shorten_code_points("see now", 1), "…");
    EXPECT_EQ(shorten_code_points("see now", 0), "");
    EXPECT_EQ(shorten_clusters("e\u0301t assesses", 7), "e\u0301t…");
    EXPECT_EQ(shorten_code_points("a b c d e f", 6), "a b c…") << "there is nothing else to read";
    EXPECT_EQ(shorten_code_points("he b a d l y", 9), "he…") << "spelled words are words";
    EXPECT_EQ(shorten_code_points("he b. a. d. l. y", 11), "he…");
}

TEST(shorten, the_only_word_becomes_no_link) {
    for (const char* text :
         {"free-coins-at-evil-site-abc.community9999", "free-coins-at-evil-site-abc\u3002community9999",
          "free-coins-at-evil-site-abc.me.andmore9999", "free-coins-at-evil-site-abc\uFF0Ecommunity9999"})
        EXPECT_EQ(shorten_clusters(text, 32), "free-coins-at-evil-site-abc…") << text;
    EXPECT_EQ(shorten_code_points("...evil.community", 13), "...evil…");
    EXPECT_EQ(shorten_code_points("» evil.community", 11), "» evil…") << "signs alone are nothing to read";
    EXPECT_EQ(shorten_code_points("........", 4), "...…");
}

TEST(shorten, the_only_word_loses_the_part_that_does_not_fit) {
    EXPECT_EQ(shorten_code_points("free-coins-assesses", 15), "free-coins…");
    EXPECT_EQ(shorten_code_points("free,assesses", 9), "free…");
    EXPECT_EQ(shorten_code_points("good-b-a-d-ly", 11), "good…");
    EXPECT_EQ(shorten_code_points("a$$$$esses", 8), "a$$$$es…") << "a sign may be a letter";
    EXPECT_EQ(shorten_code_points("abcdefgh", 5), "abcd…");
}

TEST(shorten, pictures_part_words) {
    EXPECT_EQ(shorten_code_points("Ann: 😀😀😀😀😀😀", 9), "Ann: 😀😀😀…");
    EXPECT_EQ(shorten_code_points("Ann: 👍🏽👍🏽👍🏽x", 10), "Ann: 👍🏽👍🏽…");
    EXPECT_EQ(shorten_code_points("Ann: ❤️❤️❤️", 10), "Ann: ❤️❤️…");
}

TEST(fold_case, same_word_in_other_spellings_is_equal) {
    EXPECT_EQ(fold_case("STRASSE"), fold_case("straße"));
    EXPECT_EQ(fold_case("É"), fold_case("e\u0301"));
    EXPECT_EQ(fold_case("ｆｕｌｌ"), "full");
    EXPECT_EQ(fold_case("a\u200B\u00ADb"), "ab");
    EXPECT_NE(fold_case("a"), fold_case("b"));
}

TEST(fold_case, bytes_that_are_not_utf8_become_valid) {
    EXPECT_EQ(fold_case("A\xFF\0B"sv), "a\uFFFD\0b"sv);
    EXPECT_EQ(fold_case(""), "");
}

TEST(fold_case, marks_beyond_thirty_are_left_out) {
    EXPECT_EQ(fold_case("q" + repeat("\u0301", 30)), "q" + repeat("\u0301", 30));
    EXPECT_EQ(fold_case("q" + repeat("\u0301", 31)), "q" + repeat("\u0301", 30));
}

}  // namespace
}  // namespace tiktok2twitch::core
