// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The lists that are on by default: what strangers write all day passes, and a slur does not, however it is
// disguised.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "filter_support.hpp"
#include "tiktok2twitch/relay/filter/words/word_matcher.hpp"

namespace tiktok2twitch::relay::test {
namespace {

message_filter all_lists() {
    auto options = bare();
    for (const auto language : starter_list_languages())
        options.starter_lists.emplace_back(language);
    return make(options);
}

bool is_continuation(char byte) {
    return (byte & 0xC0) == 0x80;
}

// Five letters: no entry is a phrase of fewer.
bool long_enough(std::string_view entry) {
    return entry.size() - static_cast<std::size_t>(std::ranges::count_if(entry, is_continuation)) >= 5;
}

std::vector<std::string> entries_of(std::string_view language) {
    std::vector<std::string> entries;
    const std::string list(*starter_list(language));
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find('\n', at), list.size());
        if (end > at && list[at] != '#')
            entries.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return entries;
}

constexpr auto everyday = std::to_array<const char*>({
    "we hit 600k followers",
    "900k views wow",
    "$600k",
    "600k/900k",
    "600ks",
    "600k followers",
    "600K!!!",
    "~600k in total",
    "600,000 / 600k",
    "A55 phone",
    "the best of the 90s, 80s and 70s",
    "1st place, 2nd, 3rd, 5th and 8th",
    "600к подписчиков",
    "4k60 or 1080p60?",
    "2k already?",
    "1000 likes!!",
    "24/7 live",
    "100% agree",
    "sooo good",
    "goood morning",
    "good night, god bless",
    "coooool",
    "yesss lets gooo",
    "hahahahaha",
    "jajajaja me muero",
    "kkkkkkkk",
    "rsrsrs",
    "mdrrrr",
    "ахахахах",
    "Gen Z slang",
    "it's 5pm here, 7am there",
    "who're you? she'll see, he'll go, we're fine",
    "I'm so dead lol",
    "he got killed by himself",
    "don't kill yourselfies pls",
    "kill the boss, then your self-heal",
    "kill your boss",
    "heal yourself first",
    "I paid $50k for that car",
    "iPhone 15 vs S24 Ultra",
    "GTA 6 in 2026",
    "b00k club",
    "ps5 or xbox",
    "lvl 99, 1v1 me",
    "white power ranger",
    "white power rangers were the best",
    "press the white power button",
    "white powerbank",
    "white rice and beans",
    "los kikes de la esquina",
    "Kike's goal was great",
    "Kike y Paki",
    "me encantan los frijoles negros",
    "la noche está negra",
    "imperio mongólico",
    "mátate y reapareces",
    "son las 8 y 30",
    "2x1 en pizza",
    "q tal xq no contestas",
    "marica no, María",
    "Maricarmen y Mariano",
    "el sudoku de ayer",
    "ich bring dich um 8 nach hause",
    "bring dich um acht",
    "häng dich auf keinen Fall da rein",
    "ab ins Gas geben",
    "ab ins Gas, Vollgas!",
    "können wir mal Gas geben",
    "um 8 uhr gehts los",
    "100 Euro für 2 Karten",
    "Spaß muss sein",
    "spasti ću te",
    "spast ću te sutra",
    "Nigeria gegen Niger 2:1",
    "so schön, schööön",
    "voll süß, hdgdl",
    "Kanada und Kanarienvögel",
    "Schlitz im Kleid, Auge zu",
    "der Transrapid fährt",
    "mdr tu me tue toi",
    "il se tue, toi tu rigoles",
    "faire la bamboula",
    "c'est trop bien, j'adore",
    "t'es où? qu'est-ce que tu fais",
    "j'ai eu 600k vues",
    "sale temps, sale gosse",
    "c'est la 1ère fois, le 2ème",
    "une pipe en bois",
    "trop fort le bicolore",
    "va te coucher",
    "bonne nuit tout le monde",
    "l'amie d'Alice",
    "tafia et fioul",
    "il riccio e il frappé",
    "frocetta",
    "sporco di fango",
    "negroni per tutti, 8€ l'uno",
    "negro come cognome",
    "che bello, bravaaaa",
    "ciao a tuttiii",
    "alle 18:30 su canale 5",
    "un'altra volta",
    "marocchino al bar, 1€",
    "200k persone live",
    "viado",
    "viado do norte",
    "viaduto parado às 8h",
    "boi olá",
    "preto e branco",
    "que merda de wifi",
    "vai se arrumar",
    "hj tem live às 20h",
    "top d+",
    "macaco prego",
    "маник и педик",
    "смотрела Хачи",
    "таблетки выпились",
    "убейся об стену",
    "хачапури по-аджарски",
    "жидкое мыло и жидкий азот",
    "ожидание / реальность",
    "видос топ, лайк",
    "пудра и помидор",
    "в 18:00 стрим",
    "600к лайков",
    "ну ты и гусь",
    "пида пиши",
    "привет всем из Spb",
    "играю на PC и PS5",
    "рот and нос",
    "tiktok лучше чем reels",
    "кто из NYC? я из LA",
    "Хайль? хайлайт!",
    "убери себе",
    "Дневник хача",
    "guten Appetit, 3x Döner",
    "Igor, Nikki, Nico, Niger, Kiki",
    "Nigel and Nigella",
    "bigger digger trigger",
    "niggle and snigger",
    "Fagor y Faggin",
    "faggioli con cotiche",
    "Scunthorpe, Penistone",
    "raccoon, tycoon, cocoon",
    "spic and span",
    "shem alec",
    "ik negeer je gewoon",
    "eine flotte Biene, die ganze Flotte",
    "toute la flotte du port",
    "tomo mis píldoras",
    "låg på transen",
    "favorite rapper of all time",
});

constexpr auto disguised = std::to_array<const char*>({
    "niigger",
    "niggerr",
    "niggeer",
    "nniiggeerr",
    "niggger",
    "n i i g g e r",
    "n1gger",
    "ni66er",
    "n1663r",
    "n!gger",
    "nígger",
    "nig'ger",
    "n'igger",
    "nig’ger",
    "n.i.g.g.e.r",
    "n-i-g-g-a",
    "пigger",
    "niggeя",
    "niggeг",
    "нigger nиgger",
    "nigger’s",
    "niiggeer!!!",
    "niggerz",
    "you n1gg4",
    "nlgger",
    "ＮＩＧＧＥＲ",
    "🅽🅸🅶🅶🅴🆁",
    "faaggot",
    "faggoot",
    "f4gg0t",
    "fa660t",
    "f@ggot",
    "fag.got",
    "fag'got",
    "d1rty g00k",
    "dirty g o o k",
    "kiill yourself",
    "kill yoursself",
    "k.i.l.l yourself",
    "k i l l yourself",
    "kill y o u r s e l f",
    "ki🔥ll yourself",
    "kill your-self",
    "kill your'self",
    "kill your self",
    "kill ur self",
    "kill yourselves",
    "kiIl yourself",
    "kill yoursеlf",
    "k1ll y0urself",
    "go k.i.l.l y.o.u.r.s.e.l.f",
    "wettback",
    "wet-back",
    "towe1head",
    "sieg h.e.i.l",
    "s1eg he1l",
    "heil h i t l e r",
    "he!l h!tler",
    "h31l h1tl3r",
    "kuemmeltuerke",
    "KÜMMELTÜRKE",
    "kummelturke",
    "haeng dich doch auf",
    "erhaeng dich",
    "scheissjude",
    "schei$$jude",
    "neeger",
    "kannake",
    "k4n4ke",
    "schwuuchtel",
    "schwuchte1",
    "mаriсon",
    "maric0n",
    "suda.ca",
    "puto travel0",
    "bougnoulle",
    "sale youpiin",
    "va te p.e.n.d.r.e",
    "froccio",
    "fr0cio",
    "ricch1one",
    "negro di mer.da",
    "boi0la",
    "traveco",
    "v4i se matar",
    "vai se m a t a r",
    "пидорр",
    "пиидор",
    "пиддор",
    "пuдор",
    "pидор",
    "пиgор",
    "пид0р",
    "п.и.д.о.р",
    "пи-дор",
    "pidor",
    "пидaрас",
    "грязный жuд",
    "сраный x@ч",
    "чуч.мек",
    "убей с е б я",
    "уbей себя",
    "зuг хайль",
    "хайль гuтлер",
    "3иг хайль",
    "neegeer",
    "n3ger",
    "f1otte fiiotte",
});

TEST(starter_lists_test, each_is_there_and_finds_its_words) {
    const auto languages = starter_list_languages();
    EXPECT_EQ(languages, (std::vector<std::string_view>{"de", "en", "es", "fr", "it", "pt", "ru"}));
    for (const auto& [language, text] :
         std::vector<std::pair<std::string, std::string>>{{"de", "Heil  Hitler"},
                                                          {"en", "s.i.e.g.h.e.i.l"},
                                                          {"es", "arriba, viva HITLER"},
                                                          {"fr", "heil hitler"},
                                                          {"it", "viva h1tler"},
                                                          {"pt", "heil hit1er"},
                                                          {"ru", "хайль гитлер"}}) {
        auto options = bare();
        options.starter_lists = {language};
        auto filter = make(options);
        EXPECT_EQ(judge(filter, text).what, kind::drop) << language;
    }
}

TEST(starter_lists_test, all_together_leave_ordinary_words_alone) {
    auto filter = all_lists();
    for (const char* text : {"Nigeria and Niger",
                             "la casa negra, el negro",
                             "en retard, les retards",
                             "kiss kys",
                             "ein Fagott",
                             "spick and span",
                             "Maine coon",
                             "chink in the armour",
                             "Kike y Paki",
                             "moros y cristianos",
                             "die Transenna",
                             "en transe totale",
                             "sale árabe y sale noir",
                             "on sale. Noir edition",
                             "polacken vann",
                             "spastic colon",
                             "pede ajuda",
                             "macaco",
                             "negro",
                             "finocchio",
                             "viande",
                             "Neg er",
                             "жидкость",
                             "хачапури",
                             "кит убил",
                             "mongodb",
                             "transparent",
                             "hang on",
                             "power",
                             "white",
                             "kill it"})
        EXPECT_EQ(judge(filter, text).rule, "") << text;
}

TEST(starter_lists_test, an_unknown_language_is_an_error_that_lists_the_known_ones) {
    auto options = bare();
    options.starter_lists = {"xx"};
    EXPECT_EQ(hint_of(options),
              "filter.starter_lists: there is no list \"xx\"; there are de en es fr it pt ru");
}

TEST(starter_lists_test, all_together_leave_everyday_sentences_and_names_alone) {
    auto filter = all_lists();
    for (const char* text : everyday) {
        EXPECT_EQ(judge(filter, text).rule, "") << text;
        event said = comment("hi");
        said.from.nickname = text;
        EXPECT_EQ(filter.judge(said, {}).rule, "") << text;
    }
}

TEST(starter_lists_test, a_word_inside_of_a_phrase_that_means_something_else_is_left_alone) {
    auto filter = all_lists();
    EXPECT_EQ(judge(filter, "faggots & peas, or pork faggots?").rule, "");
    EXPECT_EQ(judge(filter, "DON'T kill yourself for it").rule, "");
    EXPECT_EQ(judge(filter, "faggots").what, kind::drop);
    EXPECT_EQ(judge(filter, "faggots and peas, you faggots").what, kind::drop);
    EXPECT_EQ(judge(filter, "why don't you kill yourself").what, kind::drop);
    EXPECT_EQ(judge(filter, "f4gg0ts and peas").rule, "") << "guessed as a word is";
    auto own = filter_options{};
    own.words = {"faggots"};
    auto strict = make(own);
    EXPECT_EQ(judge(strict, "faggots and peas").rule, "word \"faggots\" of filter.words") << "the operator's";
}

TEST(starter_lists_test, mere_swearing_is_blocked_only_where_it_is_asked_for) {
    const std::vector<std::pair<std::string, std::string>> curses{
        {"de", "so eine Scheiße"}, {"en", "what the f.u.c.k"}, {"es", "qué m1erda"}, {"fr", "putain de bug"},
        {"it", "che cazzo"},       {"pt", "puta que pariu"},   {"ru", "вот бляdь"}};
    auto usual = make(filter_options{});
    for (const auto& [language, text] : curses) {
        EXPECT_EQ(judge(usual, text).rule, "") << text;
        auto options = bare();
        options.swearing = {language};
        auto filter = make(options);
        EXPECT_EQ(judge(filter, text).what, kind::drop) << text;
        EXPECT_NE(judge(filter, text).rule.find("of the swearing list " + language), std::string::npos);
        EXPECT_EQ(judge(filter, "heil hitler").what, kind::pass) << "that is the other list's";
    }
    auto unknown = bare();
    unknown.swearing = {"xx"};
    EXPECT_EQ(hint_of(unknown), "filter.swearing: there is no list \"xx\"; there are de en es fr it pt ru");
    for (const char* name : {"harmless", "swearing/en"}) {
        unknown = bare();
        unknown.starter_lists = {name};
        EXPECT_NE(hint_of(unknown), "") << name;
    }
}

TEST(starter_lists_test, all_together_find_what_is_disguised) {
    auto filter = all_lists();
    for (const char* text : disguised)
        EXPECT_EQ(judge(filter, text).reason, "blocked_word") << text;
}

TEST(starter_lists_test, an_entry_is_found_with_any_letter_doubled) {
    auto filter = all_lists();
    for (const auto language : starter_list_languages()) {
        for (const std::string& entry : entries_of(language)) {
            EXPECT_EQ(judge(filter, entry).what, kind::drop) << entry;
            for (std::size_t at = 0, end = 0; at < entry.size() && long_enough(entry); at = end) {
                end = at + 1;
                while (end < entry.size() && is_continuation(entry[end]))
                    ++end;
                std::string doubled = entry;
                doubled.insert(end, entry.substr(at, end - at));
                const bool number = entry[at] >= '0' && entry[at] <= '9';
                if (!number && doubled != "negeer" &&
                    doubled != "du spasst") {  // Dutch, "ignore"; "du spaßt"
                    EXPECT_EQ(judge(filter, doubled).what, kind::drop) << doubled;
                }
            }
        }
    }
}

}  // namespace
}  // namespace tiktok2twitch::relay::test
