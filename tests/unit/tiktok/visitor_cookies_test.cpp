// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/visitor_cookies.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::tiktok {
namespace {

using namespace std::chrono_literals;
using headers = std::vector<header_view>;

constexpr core::unix_ms today = 1'780'000'000'000;

class visitor_cookies_test : public ::testing::Test {
protected:
    bool take(const headers& with) { return cookies.take(with, now, today); }
    bool take(std::string_view cookie) { return take(headers{{"Set-Cookie", cookie}}); }
    std::string line() const { return cookies.line(now); }

    core::time_point now{1'000'000s};
    visitor_cookies cookies{"webcast-ws.tiktok.com"};
};

TEST_F(visitor_cookies_test, the_value_is_kept_byte_for_byte) {
    EXPECT_TRUE(take({{"Set-Cookie", "tt_csrf_token=abc; Path=/"},
                      {"set-cookie", "ttwid=1%7CaB-_c%3D%3D%7C1789625531%7C0f; Path=/; Domain=tiktok.com"}}));
    EXPECT_EQ(line(), "ttwid=1%7CaB-_c%3D%3D%7C1789625531%7C0f");
    EXPECT_TRUE(take({{"SET-COOKIE", " ttwid = 1|YWJj==|5|ff ;Secure"}}));
    EXPECT_EQ(line(), "ttwid=1|YWJj==|5|ff");
}

TEST_F(visitor_cookies_test, absent_empty_or_unusable_values_are_missing) {
    for (const char* cookie :
         {"ttwid=; Path=/", "ttwid", "xttwid=1", "TTWID=1", "a=ttwid=1", "ttwid=a b", "ttwid=a\r\nX-Evil: 1",
          "ttwid=a\x01", "ttwid=gone; Max-Age=0", "ttwid=gone; Max-Age=-1",
          "ttwid=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT"}) {
        EXPECT_FALSE(take(cookie)) << cookie;
        EXPECT_EQ(line(), "") << cookie;
        EXPECT_FALSE(cookies.usable(now));
    }
    EXPECT_FALSE(take({{"Cookie", "ttwid=1"}}));
    EXPECT_FALSE(take(headers{}));
}

TEST_F(visitor_cookies_test, a_later_cookie_replaces_an_earlier_one_but_an_empty_one_does_not) {
    EXPECT_TRUE(take({{"Set-Cookie", "ttwid=one"}, {"Set-Cookie", "ttwid=two"}, {"Set-Cookie", "ttwid="}}));
    EXPECT_EQ(line(), "ttwid=two");
    EXPECT_FALSE(take("ttwid=two; Max-Age=0")) << "taken back";
    EXPECT_FALSE(cookies.usable(now));
}

TEST_F(visitor_cookies_test, what_belongs_to_the_whole_site_goes_to_the_socket_and_the_rest_stays_at_home) {
    EXPECT_TRUE(take({{"Set-Cookie", "site=1; Domain=.tiktok.com; Path=/"},
                      {"Set-Cookie", "bare=2; domain=TikTok.com"},
                      {"Set-Cookie", "host_only=3; Path=/"},
                      {"Set-Cookie", "www=4; Domain=www.tiktok.com; Path=/"},
                      {"Set-Cookie", "deep=5; Domain=.tiktok.com; Path=/ttwid"},
                      {"Set-Cookie", "foreign=6; Domain=.example.org"},
                      {"Set-Cookie", "near=7; Domain=.ok.com"},
                      {"Set-Cookie", "ttwid=x; Domain=.tiktok.com; Path=/; HttpOnly; Secure"}}));
    EXPECT_EQ(line(), "ttwid=x; site=1; bare=2");
    cookies.clear();
    EXPECT_EQ(line(), "");
}

TEST_F(visitor_cookies_test, a_stand_in_has_a_site_of_its_own) {
    visitor_cookies local("localhost");
    EXPECT_TRUE(local.take(
        headers{{"Set-Cookie", "a=1; Domain=localhost"}, {"Set-Cookie", "b=2"}, {"Set-Cookie", "ttwid=x"}},
        now, today));
    EXPECT_EQ(local.line(now), "ttwid=x; a=1");
}

TEST_F(visitor_cookies_test, a_cookie_is_good_for_fifteen_minutes_without_use_and_never_beyond_its_own_end) {
    ASSERT_TRUE(take("ttwid=x"));
    now += 15min;
    EXPECT_TRUE(cookies.usable(now));
    cookies.used(now);
    now += 15min;
    EXPECT_TRUE(cookies.usable(now));
    now += 1ms;
    EXPECT_FALSE(cookies.usable(now));

    ASSERT_TRUE(take("ttwid=y; Max-Age=60; Expires=Thu, 01 Jan 2099 00:00:00 GMT"));
    now += 59s;
    EXPECT_TRUE(cookies.usable(now));
    now += 1s;
    EXPECT_FALSE(cookies.usable(now));
    EXPECT_EQ(line(), "");

    // 1,780,000,000 is 20:26:40 of that day.
    ASSERT_TRUE(take("ttwid=z; Expires=Thu, 28-May-2026 20:27:40 GMT"));
    now += 59s;
    EXPECT_TRUE(cookies.usable(now));
    now += 1s;
    EXPECT_FALSE(cookies.usable(now));
    EXPECT_TRUE(take("ttwid=far; Expires=Fri, 31 Dec 9999 23:59:59 GMT"));
    EXPECT_TRUE(take("ttwid=far; Max-Age=9223372036854775807"));
    EXPECT_TRUE(cookies.usable(now + 10min));
}

TEST_F(visitor_cookies_test, they_are_bounded) {
    EXPECT_TRUE(take("ttwid=" + std::string(4096, 'a')));
    cookies.clear();
    EXPECT_FALSE(take("ttwid=" + std::string(4097, 'a')));
    for (int i = 0; i < 1000; ++i)
        take("c" + std::to_string(i) + "=1; Domain=.tiktok.com");
    const std::string before = line();
    EXPECT_TRUE(take("ttwid=x")) << "there is always room for it";
    EXPECT_EQ(line(), "ttwid=x; " + before);
    EXPECT_EQ(std::ranges::count(before, '='), static_cast<std::ptrdiff_t>(visitor_cookies::most));
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
