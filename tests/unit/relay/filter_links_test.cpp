// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/filter/links/link_finder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "filter_support.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay::test {
namespace {

struct link_case {
    const char* text;
    const char* defanged;
    const char* stripped;
};

void PrintTo(const link_case& value, std::ostream* stream) {
    *stream << value.text;
}

class link : public testing::TestWithParam<link_case> {};

TEST_P(link, is_defanged_and_stripped) {
    const std::string clean = core::clean_text(GetParam().text);
    EXPECT_EQ(defang_links(clean), GetParam().defanged);
    EXPECT_EQ(strip_links(clean), GetParam().stripped);
    EXPECT_EQ(defang_links(defang_links(clean)), GetParam().defanged);
    EXPECT_EQ(core::clean_text(defang_links(clean)), GetParam().defanged);
}

INSTANTIATE_TEST_SUITE_P(
    plain, link,
    testing::Values(link_case{"https://example.com", "example(dot)com", "[link]"},
                    link_case{"see HTTP://Example.COM/a?b=c.d, ok", "see Example(dot)COM/a?b=c(dot)d, ok",
                              "see [link], ok"},
                    link_case{"https://evil.example/login", "evil(dot)example/login", "[link]"},
                    link_case{"(www.foo.bar)", "(www(dot)foo(dot)bar)", "([link])"},
                    link_case{"example.com", "example(dot)com", "[link]"},
                    link_case{"go to example.com.", "go to example(dot)com.", "go to [link]."},
                    link_case{"example.com:8080/x and a.co.uk", "example(dot)com:8080/x and a(dot)co(dot)uk",
                              "[link] and [link]"},
                    link_case{"discord.gg/abc", "discord(dot)gg/abc", "[link]"},
                    link_case{"youtu.be/dQw4", "youtu(dot)be/dQw4", "[link]"},
                    link_case{"lnk.page.link", "lnk(dot)page(dot)link", "[link]"},
                    link_case{"mail me@example.org", "mail me＠example(dot)org", "mail me＠[link]"},
                    link_case{"steam://run/1.2", "run/1(dot)2", "[link]"},
                    link_case{"http://localhost", "localhost", "[link]"},
                    link_case{"http://1.2.3.4/", "1(dot)2(dot)3(dot)4/", "[link]"},
                    link_case{"россия.рф", "россия(dot)рф", "[link]"},
                    link_case{"見て例え.com", "見て例え(dot)com", "[link]"},
                    link_case{"example.com.Then", "example(dot)com.Then", "[link].Then"},
                    link_case{"my-site.co/x.html", "my-site(dot)co/x(dot)html", "[link]"}));
INSTANTIATE_TEST_SUITE_P(
    in_disguise, link,
    testing::Values(link_case{"example[.]com", "example(dot)com", "[link]"},
                    link_case{"example(dot)com", "example(dot)com", "[link]"},
                    link_case{"example [ dot ] com/x", "example(dot)com/x", "[link]"},
                    link_case{"example dot com", "example(dot)com", "[link]"},
                    link_case{"example DOT com slash", "example(dot)com slash", "[link] slash"},
                    link_case{"example{.}tv", "example(dot)tv", "[link]"},
                    link_case{"example（punkt）de", "example(dot)de", "[link]"},
                    link_case{"ｅｘａｍｐｌｅ．ｃｏｍ", "ｅｘａｍｐｌｅ(dot)ｃｏｍ", "[link]"},
                    link_case{"example。com example｡net", "example(dot)com example(dot)net", "[link] [link]"},
                    link_case{"exam\u200Bple\u2060.com", "example(dot)com", "[link]"},
                    link_case{"example.com dot evil", "example(dot)com dot evil", "[link] dot evil"},
                    link_case{"www․example․zz", "www(dot)example(dot)zz", "[link]"}));
INSTANTIATE_TEST_SUITE_P(
    that_would_come_back, link,
    testing::Values(link_case{"http://http://example.com", "http/example(dot)com", "[link]"},
                    link_case{"hthttp://tp://example.com", "tp/example(dot)com", "[link]"},
                    link_case{"example.com/https://other.org", "example(dot)com/other(dot)org",
                              "[link]/[link]"},
                    link_case{"a.b.https://x.com", "a(dot)b(dot)x(dot)com", "a.b.[link]"},
                    link_case{"x.https://com", "x(dot)com", "x.[link]"}));

INSTANTIATE_TEST_SUITE_P(
    that_leads_somewhere_whatever_its_ending, link,
    testing::Values(link_case{"get evil.cfd/win", "get evil(dot)cfd/win", "get [link]"},
                    link_case{"evil.nosuch/x", "evil(dot)nosuch/x", "[link]"},
                    link_case{"evil.nosuch/ now", "evil(dot)nosuch/ now", "[link]/ now"},
                    link_case{"evil.nosuch./x", "evil(dot)nosuch(dot)/x", "[link]"},
                    link_case{"evil.nosuch:8080", "evil(dot)nosuch:8080", "[link]"},
                    link_case{"evil.nosuch?x=1", "evil(dot)nosuch?x=1", "[link]"},
                    link_case{"evil[.]nosuch/x", "evil(dot)nosuch/x", "[link]"},
                    link_case{"twitch.gift/abc", "twitch(dot)gift/abc", "[link]"},
                    link_case{"evil.gift?x=1", "evil(dot)gift?x=1", "[link]"},
                    link_case{"evil.monster/go", "evil(dot)monster/go", "[link]"},
                    link_case{"xn--e1afmkfd.xn--p1ai/x", "xn--e1afmkfd(dot)xn--p1ai/x", "[link]"},
                    link_case{"1.2.3.4/x", "1(dot)2(dot)3(dot)4/x", "[link]"},
                    link_case{"1.2.3.4:8080", "1(dot)2(dot)3(dot)4:8080", "[link]"},
                    link_case{"discord.gg/abc now", "discord(dot)gg/abc now", "[link] now"},
                    link_case{"nice.it/x was great", "nice(dot)it/x was great", "[link] was great"}));
INSTANTIATE_TEST_SUITE_P(
    bare, link,
    testing::Values(link_case{"check my-shop.de", "check my-shop(dot)de", "check [link]"},
                    link_case{"my-shop.de ist da", "my-shop(dot)de ist da", "[link] ist da"},
                    link_case{"auf meinshop.de vorbei", "auf meinshop(dot)de vorbei", "auf [link] vorbei"},
                    link_case{"www.x.it was great", "www(dot)x(dot)it was great", "[link] was great"},
                    link_case{"su miosito.it ragazzi", "su miosito(dot)it ragazzi", "su [link] ragazzi"},
                    link_case{"bestfollowers.eu visit", "bestfollowers(dot)eu visit", "[link] visit"},
                    link_case{"cheapviews.me come", "cheapviews(dot)me come", "[link] come"},
                    link_case{"casino7.es gana", "casino7(dot)es gana", "[link] gana"},
                    link_case{"foo.live", "foo(dot)live", "[link]"},
                    link_case{"foo.live is up", "foo(dot)live is up", "[link] is up"},
                    link_case{"evil.one for free", "evil(dot)one for free", "[link] for free"},
                    link_case{"foo.top!", "foo(dot)top!", "[link]!"},
                    link_case{"misitio.es", "misitio(dot)es", "[link]"},
                    link_case{"misitio.es ahora", "misitio(dot)es ahora", "[link] ahora"},
                    link_case{"evil.me evil.se", "evil(dot)me evil(dot)se", "[link] [link]"},
                    link_case{"evil.me https://x.zz", "evil(dot)me x(dot)zz", "[link] [link]"},
                    link_case{"evil.me Join", "evil(dot)me Join", "[link] Join"},
                    link_case{"my-site.me has all", "my-site(dot)me has all", "[link] has all"},
                    link_case{"play.foo.me with us", "play(dot)foo(dot)me with us", "[link] with us"},
                    link_case{"twitch.tv is", "twitch(dot)tv is", "[link] is"},
                    link_case{"evil.cfd evil.sbs", "evil(dot)cfd evil(dot)sbs", "[link] [link]"},
                    link_case{"evil.ga evil.sex", "evil(dot)ga evil(dot)sex", "[link] [link]"},
                    link_case{"free-nitro.gift", "free-nitro(dot)gift", "[link]"},
                    link_case{"free-nitro.pro", "free-nitro(dot)pro", "[link]"},
                    link_case{"xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd(dot)xn--p1ai", "[link]"},
                    link_case{"x.com now", "x(dot)com now", "[link] now"},
                    link_case{"example.net worth it", "example(dot)net worth it", "[link] worth it"}));

INSTANTIATE_TEST_SUITE_P(
    bare_whose_ending_is_a_word, link,
    testing::Values(link_case{"freefollows.us", "freefollows(dot)us", "[link]"},
                    link_case{"freefollows.us join today", "freefollows(dot)us join today",
                              "[link] join today"},
                    link_case{"go to win.money now", "go to win(dot)money now", "go to [link] now"},
                    link_case{"nitro.games for free", "nitro(dot)games for free", "[link] for free"},
                    link_case{"evil.zip", "evil(dot)zip", "[link]"},
                    link_case{"evil.estate", "evil(dot)estate", "[link]"},
                    link_case{"Win.Money", "Win(dot)Money", "[link]"},
                    link_case{"пример.рус", "пример(dot)рус", "[link]"},
                    link_case{"bigfollows.c\u043Em", "bigfollows(dot)c\u043Em", "[link]"},
                    link_case{"bigfollows.c0m", "bigfollows(dot)c0m", "[link]"},
                    link_case{"🅴🆅🅸🅻.🅲🅾🅼", "🅴🆅🅸🅻(dot)🅲🅾🅼", "[link]"}));
INSTANTIATE_TEST_SUITE_P(
    known_to_everybody, link,
    testing::Values(link_case{"discord.gg", "discord(dot)gg", "[link]"},
                    link_case{"DISCORD.GG is fun", "DISCORD(dot)GG is fun", "[link] is fun"},
                    link_case{"t.me", "t(dot)me", "[link]"},
                    link_case{"is.gd so", "is(dot)gd so", "[link] so"},
                    link_case{"discord . gg / abc", "discord(dot)gg / abc", "[link] / abc"},
                    link_case{"93.184.216.34", "93(dot)184(dot)216(dot)34", "[link]"},
                    link_case{"93[.]184[.]216[.]34", "93(dot)184(dot)216(dot)34", "[link]"}));
INSTANTIATE_TEST_SUITE_P(with_blanks, link,
                         testing::Values(link_case{"bigfollows . com", "bigfollows(dot)com", "[link]"},
                                         link_case{"bigfollows .com now", "bigfollows(dot)com now",
                                                   "[link] now"},
                                         link_case{"bigfollows .ru", "bigfollows(dot)ru", "[link]"},
                                         link_case{"bigfollows dot ru", "bigfollows(dot)ru", "[link]"}));

class no_link : public testing::TestWithParam<const char*> {};

TEST_P(no_link, stays_as_it_is) {
    const std::string clean = core::clean_text(GetParam());
    EXPECT_TRUE(find_links(clean).empty());
    EXPECT_EQ(defang_links(clean), clean);
    EXPECT_EQ(strip_links(clean), clean);
}

INSTANTIATE_TEST_SUITE_P(texts, no_link,
                         testing::Values("", "3.5", "e.g. a.b", "i.e.", "u.s.a", "U.S.A.", "hello...world",
                                         "ok.so", "file.txt", "gnp.exe", "yes.It was", "5.de", "1.000.000",
                                         "v1.2.3", "a.m.to", "polka dot me", "dot com", "bubble. dot",
                                         "wow.then", "://", "a ://", "http://", "http:// x", "ratio 3:1",
                                         "gg.wp", "game.gg", "12:30", "...com", ".com", "com.", "[.]com",
                                         "(dot)", "x(dot)", "(point) me", "J.R.R. Tolkien", "don't.",
                                         "ok (really) yes", "a [dot", "www", "www.", "Mr.Live", "#com",
                                         "node.js", "no.no.no"));

INSTANTIATE_TEST_SUITE_P(
    forgotten_blanks, no_link,
    testing::Values("nice.it was great", "Nice.it looks good", "nice.it's great", "nice.it\u2019s great",
                    "gracias.es muy bonito", "ja.es stimmt", "super.me too", "danke.de nichts",
                    "vale.de nada", "merci.de rien", "vale.me voy", "bello.me piace", "claro.se puede",
                    "claro.se for assim", "wow.one more song", "we are live.one more", "live.top stream",
                    "bien.ca va", "oui.je suis", "nossa.eu amo", "fala.ai galera", "ciao.ci vediamo",
                    "ok.io vado", "bom.com certeza", "main.rs", "legal.rs", "I am no.net worth", "ok.so what",
                    "T-shirt.so cute", "so.fun", "the.best", "10.it was", "super.me t\u00f3o"));
INSTANTIATE_TEST_SUITE_P(behind_or_before_everyday_words, no_link,
                         testing::Values("nice.love it", "what a song.love it", "thanks.to everyone",
                                         "great game.you played", "ok.now go", "good point.in my opinion",
                                         "game.gg", "what a match.gg everyone", "yes.we.do",
                                         "thank.you.so much", "nice song.Love this", "ok.So",
                                         "gut.so machen wir das", "bref.la vie", "legal.com isso",
                                         "класс.дети в восторге", "README.md", "setup.py", "index.cc",
                                         "written in .NET", "the .com bubble", "lol . so what",
                                         "wow . it was", "the dot com bubble", "192.168.0.1", "10.0.0.138",
                                         "999.999.999.1", "10.0.19045.2965", "nice.🇩🇪"));
INSTANTIATE_TEST_SUITE_P(numbers_and_the_like, no_link,
                         testing::Values("8 a.m.", "8 a.m./p.m.", "$9.99", "$9.99/mo", "10.30am",
                                         "10.30am/pm", "3.5/5", "3.5k/min", "1.2.3.4", "1.2.3/x",
                                         "1.2.3.4.5/x", "v1.2.3/x", "12.5.2026/7", "hi.there", "wow.lol:3",
                                         "wow.what?no", "ok.so?!", "idk.lol#blessed", "да.нет/может", "x.y/z",
                                         "w.c/x"));

TEST(filter_links_test, each_action_does_what_it_says) {
    auto options = bare();
    options.hold_for = 1min;
    const auto with = [&options](link_action action) {
        options.links = action;
        auto filter = make(options);
        return judge(filter, "see https://example.com/x now");
    };
    EXPECT_EQ(with(link_action::allow).text, "see https://example.com/x now");
    EXPECT_EQ(with(link_action::allow).reason, "");
    EXPECT_EQ(with(link_action::defang).text, "see example(dot)com/x now");
    EXPECT_EQ(with(link_action::defang).reason, "link");
    EXPECT_EQ(with(link_action::defang).rule, "link \"https://example.com/x\"");
    EXPECT_EQ(with(link_action::strip).text, "see [link] now");
    EXPECT_EQ(with(link_action::strip).what, kind::pass);
    EXPECT_EQ(with(link_action::drop).what, kind::drop);
    EXPECT_EQ(with(link_action::drop).reason, "link");
    EXPECT_EQ(with(link_action::hold).what, kind::hold);
    EXPECT_EQ(with(link_action::hold).text, "see https://example.com/x now");
    EXPECT_EQ(with(link_action::hold).wait, 1min);
}

TEST(filter_links_test, streamer_and_allowed_users_may_link) {
    auto options = bare();
    options.links = link_action::drop;
    options.allowed_users = {"@friend"};
    auto filter = make(options);
    event streamer = comment("example.com");
    streamer.from.streamer = true;
    event moderator = comment("example.com");
    moderator.from.moderator = true;
    event friendly = comment("example.com");
    friendly.from.unique_id = "Friend";
    event other = comment("example.com");
    other.from.subscriber = true;
    EXPECT_EQ(filter.judge(streamer, {}).text, "example.com");
    EXPECT_EQ(filter.judge(moderator, {}).reason, "link") << "the streamer chose them for TikTok's chat";
    EXPECT_EQ(filter.judge(friendly, {}).text, "example.com");
    EXPECT_EQ(filter.judge(other, {}).reason, "link");
    streamer.from.nickname = moderator.from.nickname = "www.x.zz";
    moderator.text = "hi";
    EXPECT_FALSE(filter.judge(streamer, {}).name);
    EXPECT_EQ(filter.judge(moderator, {}).name, "www(dot)x(dot)zz");
}

TEST(filter_links_test, what_is_defanged_holds_nothing_to_click) {
    for (const char* piece : {"a://",
                              "a.com ",
                              "a.com",
                              "http://",
                              "www.",
                              "x[.]com ",
                              "x dot com ",
                              "https://a.co/",
                              "://",
                              "….com",
                              "㏂.com/",
                              "a.com(dot)",
                              "(dot)com",
                              "\u2024tv/",
                              "a.nope/",
                              "a.nope./b ",
                              "a.bc:80?d=e.fg/",
                              "1.2.3.4/",
                              "nice.it was evil.me ",
                              "a-b.pro "}) {
        const std::string clean = core::clean_text(repeat(piece, 300));
        const std::string said = defang_links(clean);
        const auto left = find_links(said);
        EXPECT_TRUE(std::ranges::none_of(left, &found_link::clickable))
            << piece << ": " << said.substr(0, 80);
        EXPECT_LE(said.size(), clean.size() * 5);
        EXPECT_EQ(core::clean_text(said), said) << piece;
    }
}

}  // namespace
}  // namespace tiktok2twitch::relay::test
