// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/parse.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::core {
namespace {

using namespace std::chrono_literals;

std::string text_of(const result<std::string>& parsed) {
    return parsed ? *parsed : "refused";
}

TEST(parse_duration, reads_every_unit_exactly) {
    EXPECT_EQ(parse_duration("30s").value(), duration(30s));
    EXPECT_EQ(parse_duration("1.25s").value(), duration(1250ms));
    EXPECT_EQ(parse_duration("150ms").value(), duration(150ms));
    EXPECT_EQ(parse_duration("5m").value(), duration(5min));
    EXPECT_EQ(parse_duration("2h").value(), duration(2h));
    EXPECT_EQ(parse_duration("0s").value(), duration(0s));
    EXPECT_EQ(parse_duration("0.1h").value(), duration(6min));
    EXPECT_EQ(parse_duration("0.000000001s").value(), duration(1ns));
    EXPECT_EQ(parse_duration("1.0000000000000s").value(), duration(1s));
}

TEST(parse_duration, refuses_what_is_no_exact_duration) {
    for (const char* text : {"",
                             "s",
                             "30",
                             "30 s",
                             " 30s",
                             "30s ",
                             "-1s",
                             "+1s",
                             "1e3s",
                             ".5s",
                             "1.s",
                             "1..2s",
                             "1.2.3s",
                             "30S",
                             "30sec",
                             "1d",
                             "1h30m",
                             "0x1s",
                             "0.0000000001s",
                             "0.00000000005s",
                             "0.0000001ms",
                             "٣s",
                             "99999999999999999999s"}) {
        const auto parsed = parse_duration(text);
        EXPECT_TRUE(parsed.has_error() && parsed.error() == errc::bad_duration) << text;
    }
}

TEST(parse_duration, longest_is_366_days) {
    EXPECT_EQ(parse_duration("8784h").value(), duration(8784h));
    EXPECT_TRUE(parse_duration("8784.1h").has_error());
    EXPECT_TRUE(parse_duration("8785h").has_error());
    EXPECT_TRUE(parse_duration("999999999h").has_error());
    EXPECT_TRUE(parse_duration("1000000000ms").has_error()) << "more than nine digits";
}

TEST(parse_rate, reads_count_and_window) {
    EXPECT_EQ(parse_rate("18/32s").value(), (rate{18, 32s}));
    EXPECT_EQ(parse_rate("1/1.5s").value(), (rate{1, 1500ms}));
    EXPECT_EQ(parse_rate("1000000/1m").value(), (rate{1'000'000, 1min}));
}

TEST(parse_rate, refuses_what_is_no_rate) {
    for (const char* text : {"", "/", "18", "18/", "/32s", "18/32", "0/32s", "-1/32s", "18/0s", "18//32s",
                             "18/32s/1", "1.5/32s", "1000001/1s", "18 / 32s", "9999999999/1s"}) {
        const auto parsed = parse_rate(text);
        EXPECT_TRUE(parsed.has_error() && parsed.error() == errc::bad_rate) << text;
    }
}

TEST(parse_handle, reads_the_three_forms) {
    for (const char* text : {"some.user_1", "@Some.User_1", "https://www.tiktok.com/@some.user_1/live",
                             "https://tiktok.com/@some.user_1", "https://www.tiktok.com/@some.user_1/",
                             "https://www.tiktok.com/@Some.user_1/live?lang=en",
                             "https://m.tiktok.com/@some.user_1/live/", "www.tiktok.com/@some.user_1/live"}) {
        EXPECT_EQ(text_of(parse_handle(text)), "some.user_1") << text;
    }
}

TEST(parse_handle, takes_a_name_as_it_was_copied) {
    for (const char* text : {" user ",
                             "\tuser\r\n",
                             "user/",
                             "@user//",
                             "@user/live",
                             "@user/live/",
                             "@ user",
                             "user?lang=en",
                             "@user?is_from_webapp=1&sender_device=pc",
                             "user#top",
                             "@user/?x=1#y",
                             "\u00a0@user\u3000",
                             "\u200buser\u200b",
                             "\ufeff@user",
                             "us\u200ber",
                             "\u2066@user\u2069",
                             "\u200e@user\u202c",
                             "us\u00ader",
                             "\uff20user",
                             "https://www.tiktok.com/@user/live#chat",
                             "https://www.tiktok.com/%40user/live",
                             " HTTPS://WWW.TIKTOK.COM/@USER/LIVE/?a=b ",
                             "tiktok.com/@user//",
                             "http://tiktok.com/@user?x#y"}) {
        EXPECT_EQ(text_of(parse_handle(text)), "user") << text;
    }
}

TEST(parse_handle, a_share_link_names_nobody_and_gets_a_sentence_of_its_own) {
    for (const char* text : {"https://vm.tiktok.com/ZMabcdef1/", "vm.tiktok.com/ZMabcdef1",
                             "https://vt.tiktok.com/ZSabc/", "https://www.tiktok.com/t/ZTabc/",
                             "tiktok.com/t/ZTabc?x=1", " http://VM.tiktok.com/x ", "vm.tiktok.com"}) {
        const auto parsed = parse_handle(text);
        EXPECT_TRUE(parsed.has_error() && parsed.error() == errc::share_link) << text;
    }
    EXPECT_NE(advice(errc::share_link).find("https://www.tiktok.com/@user/live"), std::string::npos);
}

TEST(parse_handle, refuses_what_is_no_handle) {
    for (const char* text : {"",
                             "@",
                             "@@user",
                             "a b",
                             "usér",
                             "us\ner",
                             "us\x01"
                             "er",
                             "?x",
                             " ",
                             "\u200b",
                             "tiktok.com",
                             "www.tiktok.com",
                             "https://www.tiktok.com/",
                             "https://www.tiktok.com/@",
                             "https://www.tiktok.com/user/live",
                             "https://www.tiktok.com/@user/video/1",
                             "https://tiktok.com.example/@user",
                             "https://nottiktok.com/@user",
                             "https://www.twitch.tv/@user",
                             "ftp://www.tiktok.com/@user",
                             "wss://tiktok.com/@user",
                             "user/live",
                             "/@user"}) {
        const auto parsed = parse_handle(text);
        EXPECT_TRUE(parsed.has_error() && parsed.error() == errc::bad_handle) << text;
    }
}

TEST(parse_handle, longest_has_64_characters) {
    EXPECT_TRUE(parse_handle(std::string(64, 'a')).has_value());
    EXPECT_TRUE(parse_handle(std::string(65, 'a')).has_error());
}

TEST(parse_channel, reads_the_three_forms) {
    for (const char* text :
         {"some_chan", "#Some_Chan", "https://www.twitch.tv/some_chan", "https://twitch.tv/Some_chan/",
          "https://m.twitch.tv/some_chan?x=1", "twitch.tv/some_chan"}) {
        EXPECT_EQ(text_of(parse_channel(text)), "some_chan") << text;
    }
}

TEST(parse_channel, takes_a_name_as_it_was_copied) {
    for (const char* text :
         {" chan ", "chan\r\n", "chan/", "#chan/", "# chan", "chan?x=1", "#chan#x", "\u200b#chan\u00a0",
          "\uff03chan", "https://www.twitch.tv/chan/#x", "https://www.twitch.tv/chan?referrer=raid ",
          "https://www.twitch.tv/popout/chan/chat?popout=", "https://www.twitch.tv/moderator/chan",
          "https://www.twitch.tv/popout/moderator/chan/chat",
          "https://dashboard.twitch.tv/u/chan/stream-manager", "https://www.twitch.tv/embed/chan/chat"}) {
        EXPECT_EQ(text_of(parse_channel(text)), "chan") << text;
    }
}

TEST(parse_channel, a_clip_names_no_channel_and_gets_a_sentence_of_its_own) {
    for (const char* text : {"https://clips.twitch.tv/CoolClip-x", "https://www.twitch.tv/videos/123456",
                             "clips.twitch.tv/Cool"}) {
        const auto parsed = parse_channel(text);
        EXPECT_TRUE(parsed.has_error() && parsed.error() == errc::clip_link) << text;
    }
}

TEST(parse_channel, refuses_what_is_no_channel) {
    for (const char* text :
         {"", "#", "##chan", "@chan", "a.b", "a b", "a,b", "ch\nan", "https://www.twitch.tv/",
          "https://www.twitch.tv/chan/videos", "https://www.tiktok.com/chan",
          "https://twitch.tv.example/chan", "https://twitch.tv/#chan", "/chan"}) {
        const auto parsed = parse_channel(text);
        EXPECT_TRUE(parsed.has_error() && parsed.error() == errc::bad_channel) << text;
    }
}

TEST(parse_channel, longest_has_25_characters) {
    EXPECT_TRUE(parse_channel(std::string(25, 'a')).has_value());
    EXPECT_TRUE(parse_channel(std::string(26, 'a')).has_error());
}

}  // namespace
}  // namespace tiktok2twitch::core
