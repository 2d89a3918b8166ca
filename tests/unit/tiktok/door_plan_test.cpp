// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/door_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/wire/check_page.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using headers = std::vector<header_view>;

constexpr core::unix_ms today = 784'111'777'000;  // Sun, 06 Nov 1994 08:49:37 GMT
constexpr auto registration = cookie_door::registration;
constexpr auto home_page = cookie_door::home_page;

std::string check_page_body() {
    return "<html><p id=\"wci\" class=\"_wafchallengeid\"></p>Please wait... slardar_us_waf" +
           std::string(1300, ' ') + "</html>";
}

TEST(check_page, is_known_by_each_of_its_marks) {
    EXPECT_TRUE(is_check_page(headers{{"X-TT-System-Error", "3"}}, ""));
    EXPECT_TRUE(is_check_page(headers{{"Set-Cookie", "ak_bmsc=1; Domain=.tiktok.com"}}, ""));
    EXPECT_TRUE(is_check_page(headers{}, check_page_body()));
    EXPECT_TRUE(is_check_page(headers{}, "<p class=\"_wafchallengeid\">"));
    EXPECT_TRUE(is_check_page(headers{}, "<script>slardar_eu_waf"));
    EXPECT_TRUE(is_check_page(headers{}, "<title>Please wait...</title>"));
}

TEST(check_page, is_no_other_page) {
    EXPECT_FALSE(is_check_page(headers{}, ""));
    EXPECT_FALSE(is_check_page(headers{{"x-tt-system-error", "0"}}, "<html>"));
    EXPECT_FALSE(is_check_page(headers{{"Set-Cookie", "tt_csrf_token=1"}}, "<html>"));
    EXPECT_FALSE(is_check_page(headers{{"Set-Cookie", "ak_bmsc=1"}, {"Set-Cookie", "msToken=1"}}, "<html>"));
    EXPECT_FALSE(is_check_page(headers{}, "Please wait..." + std::string(100'000, 'x')));
}

struct answer_case {
    cookie_door door;
    int status;
    headers with;
    std::string body;
    bool has_cookie;
    door_answer expected;
    core::duration wait;
    std::string words;
};

TEST(door_answer, each_has_its_meaning) {
    const headers checked = {{"x-tt-system-error", "3"}};
    const std::vector<answer_case> cases = {
        {registration, 200, {}, "{}", true, door_answer::cookie, {}, "cookie"},
        {registration, 200, checked, "", true, door_answer::cookie, {}, "cookie"},
        {home_page, 302, {}, "", true, door_answer::cookie, {}, "cookie"},
        {registration, 302, {}, "", true, door_answer::redirected, {}, "sent elsewhere (HTTP 302)"},
        {registration, 308, {}, "", false, door_answer::redirected, {}, "sent elsewhere (HTTP 308)"},
        {registration, 200, {}, "no JSON", false, door_answer::no_cookie, {}, "no cookie in the answer"},
        {registration, 204, {}, "", false, door_answer::no_cookie, {}, "no cookie in the answer"},
        {home_page,
         200,
         {},
         check_page_body(),
         false,
         door_answer::check_page,
         {},
         "check page for browsers"},
        {registration, 200, checked, "{}", false, door_answer::check_page, {}, "check page for browsers"},
        {home_page, 503, checked, "", false, door_answer::check_page, {}, "check page for browsers"},
        {registration, 401, {}, "", false, door_answer::refused, {}, "refused (HTTP 401)"},
        {registration, 403, checked, "", true, door_answer::refused, {}, "refused (HTTP 403)"},
        {registration, 404, {}, "", false, door_answer::failed, {}, "HTTP 404"},
        {registration, 500, {}, "", true, door_answer::failed, {}, "HTTP 500"},
        {registration,
         429,
         {},
         "",
         false,
         door_answer::too_often,
         60s,
         "asked too often (HTTP 429), to wait 60 s"},
        {registration,
         429,
         {{"retry-after", "5"}},
         "",
         false,
         door_answer::too_often,
         5s,
         "asked too often (HTTP 429), to wait 5 s"},
        {registration,
         429,
         {{"Retry-After", "soon"}},
         "",
         false,
         door_answer::too_often,
         60s,
         "asked too often (HTTP 429), to wait 60 s"},
        {registration,
         429,
         {{"Retry-After", "0"}},
         "",
         false,
         door_answer::too_often,
         1s,
         "asked too often (HTTP 429), to wait 1 s"},
        {registration,
         429,
         {{"Retry-After", "86400"}},
         "",
         false,
         door_answer::too_often,
         1h,
         "asked too often (HTTP 429), to wait 3600 s"},
        {registration,
         429,
         {{"Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"}},
         "",
         false,
         door_answer::too_often,
         30s,
         "asked too often (HTTP 429), to wait 30 s"},
        // The server's clock, which is 20 s ahead, counts.
        {registration,
         429,
         {{"Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"}, {"Date", "Sun, 06 Nov 1994 08:49:57 GMT"}},
         "",
         false,
         door_answer::too_often,
         10s,
         "asked too often (HTTP 429), to wait 10 s"},
        {home_page, 503, {{"Retry-After", "7"}}, "", false, door_answer::failed, 7s, "HTTP 503, to wait 7 s"},
        {home_page, 200, {{"Retry-After", "7"}}, "", true, door_answer::cookie, 0s, "cookie"},
    };
    for (const answer_case& c : cases) {
        const door_report report = read_door_answer(c.door, c.status, c.with, c.body, c.has_cookie, today);
        EXPECT_EQ(report.answer, c.expected) << c.status << ' ' << c.words;
        EXPECT_EQ(report.wait, c.wait) << c.words;
        EXPECT_EQ(words_of(report), c.words);
    }
}

class door_plan_test : public ::testing::Test {
protected:
    std::string next() {
        const door_step step = plan.next(now);
        switch (step.act) {
            case door_step::what::ask:
                return std::string(name_of(step.door));
            case door_step::what::wait:
                waited = step.until - now;
                now = step.until;
                return "wait";
            case door_step::what::give_up:
                break;
        }
        return "give up";
    }
    void say(door_answer answer, core::duration wait = {}, core::error_code error = {}) {
        door_report report;
        report.door = plan.next(now).door;
        report.answer = answer;
        report.status = answer == door_answer::refused ? 403 : answer == door_answer::too_often ? 429 : 200;
        report.wait = wait;
        report.error = error;
        plan.on_report(now, report);
    }
    void shut_pages() {
        for (const char* page : {"user_page", "live_page", "home_page"}) {
            ASSERT_EQ(next(), page);
            say(door_answer::check_page);
        }
    }

    core::time_point now{1000s};
    core::duration waited{};
    door_plan plan{true, 2s};
};

TEST_F(door_plan_test, one_round_is_the_registration_the_pages_and_the_registration_again_after_two_seconds) {
    plan.begin();
    ASSERT_EQ(next(), "register");
    EXPECT_EQ(next(), "register") << "as often as it is asked";
    say(door_answer::no_cookie);
    shut_pages();
    EXPECT_EQ(next(), "wait");
    EXPECT_EQ(waited, 2s);
    ASSERT_EQ(next(), "register");
    say(door_answer::refused);
    EXPECT_EQ(next(), "give up");
    EXPECT_EQ(plan.reason(), errc::ttwid_missing);
    EXPECT_EQ(
        plan.reasons(),
        "register: no cookie in the answer; /@user/live: check page for browsers; /live: check page for "
        "browsers; /: check page for browsers; "
        "register: refused (HTTP 403)");
    EXPECT_LE(plan.not_before(), now);
    plan.begin();
    EXPECT_EQ(next(), "register");
    EXPECT_EQ(plan.reasons(), "");
}

TEST_F(door_plan_test, without_a_user_there_is_no_user_page) {
    plan = door_plan(false, 2s);
    plan.begin();
    say(door_answer::failed);
    EXPECT_EQ(next(), "live_page");
}

TEST_F(door_plan_test, a_retry_after_wins_over_the_second_registration_and_over_the_next_round) {
    plan.begin();
    say(door_answer::too_often, 60s);
    const core::time_point open = now + 60s;
    shut_pages();
    EXPECT_EQ(next(), "give up");
    EXPECT_EQ(plan.not_before(), open);
    EXPECT_THAT(plan.reasons(), HasSubstr("register: asked too often (HTTP 429), to wait 60 s"));
    now = open - 1ms;
    plan.begin();
    EXPECT_EQ(next(), "user_page");
    now = open;
    plan.begin();
    EXPECT_EQ(next(), "register");
}

TEST_F(door_plan_test, a_page_that_is_open_is_a_way_around_a_registration_that_wants_to_be_left_alone) {
    plan.begin();
    say(door_answer::too_often, 1h);
    ASSERT_EQ(next(), "user_page");
    say(door_answer::cookie);
    EXPECT_LE(plan.not_before(), now);
    plan.begin();
    EXPECT_EQ(next(), "user_page");
}

TEST_F(door_plan_test, a_retry_after_shorter_than_the_pause_does_not_shorten_it) {
    plan.begin();
    say(door_answer::too_often, 1s);
    shut_pages();
    EXPECT_EQ(next(), "wait");
    EXPECT_EQ(waited, 2s);
    EXPECT_EQ(next(), "register");
}

TEST_F(door_plan_test, a_page_that_said_retry_after_is_left_alone_and_the_others_are_not) {
    plan.begin();
    say(door_answer::failed);
    ASSERT_EQ(next(), "user_page");
    say(door_answer::too_often, 1h);
    ASSERT_EQ(next(), "live_page");
    say(door_answer::check_page);
    say(door_answer::check_page);
    EXPECT_EQ(next(), "wait");
    say(door_answer::failed);
    EXPECT_LE(plan.not_before(), now);
    plan.begin();
    ASSERT_EQ(next(), "register");
    say(door_answer::failed);
    EXPECT_EQ(next(), "live_page");
}

TEST_F(door_plan_test, when_every_door_said_retry_after_nothing_is_asked) {
    plan.begin();
    for (int i = 0; i < 4; ++i)
        say(door_answer::too_often, 1h);
    EXPECT_EQ(next(), "give up");
    plan.begin();
    EXPECT_EQ(next(), "give up");
    EXPECT_EQ(plan.reason(), errc::ttwid_missing);
}

TEST_F(door_plan_test, a_host_that_cannot_be_reached_ends_the_round_and_a_door_that_hangs_does_not) {
    for (const core::error_code error :
         {make_error_code(net::errc::connect_timeout), make_error_code(net::errc::name_not_found),
          make_error_code(net::errc::certificate_refused),
          make_error_code(boost::system::errc::connection_refused)}) {
        plan.begin();
        say(door_answer::no_answer, {}, error);
        EXPECT_EQ(next(), "give up") << error.message();
        EXPECT_EQ(plan.reason(), error);
    }
    for (const core::error_code error :
         {make_error_code(net::errc::request_timeout), make_error_code(net::errc::closed_by_peer),
          make_error_code(boost::system::errc::connection_reset)}) {
        plan.begin();
        say(door_answer::no_answer, {}, error);
        EXPECT_EQ(next(), "user_page") << error.message();
        EXPECT_EQ(plan.reasons(), "register: " + error.message());
    }
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
