// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/ways/answers.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/ways/catch_up.hpp"
#include "tiktok2twitch/tiktok/ways/comment_overlap.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"
#include "tiktok2twitch/tiktok/ways/way.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::unix_ms wall = 1'790'000'000'000;
using headers = std::vector<header_view>;

way_answer signer(int status, std::string_view body = {}, bool keyed = false, const headers& list = {}) {
    return answer_of_signer(status, list, body, keyed, wall);
}

TEST(way_names, are_those_of_the_settings) {
    for (const way each : {way::direct, way::tikfinity, way::sign, way::managed})
        EXPECT_EQ(way_of(name_of(each)), each);
    EXPECT_EQ(name_of(way::stdin_), "stdin");
    EXPECT_EQ(way_of("stdin"), std::nullopt);
    EXPECT_EQ(way_of("Direct"), std::nullopt);
}

TEST(told_wait, three_headers_are_known_in_this_order) {
    EXPECT_EQ(
        told_wait(headers{{"RateLimit-Reset", "40"}, {"x-ratelimit-reset", "30"}, {"retry-after", "20"}}, {},
                  wall),
        seconds(20));
    EXPECT_EQ(told_wait(headers{{"RateLimit-Reset", "40"}, {"X-RateLimit-Reset", "30"}}, {}, wall),
              seconds(30));
    EXPECT_EQ(told_wait(headers{{"RateLimit-Reset", "40"}}, {}, wall), seconds(40));
}

TEST(told_wait, a_time_in_a_thousand_years_is_the_longest_wait) {
    EXPECT_EQ(told_wait(headers{{"RateLimit-Reset", "44422222222"}}, {}, wall), longest_told_wait);
    EXPECT_EQ(told_wait(headers{{"RateLimit-Reset", "99999999999"}}, {}, wall), longest_told_wait);
}

TEST(told_wait, a_large_number_is_a_unix_time) {
    EXPECT_EQ(told_wait(headers{{"X-RateLimit-Reset", "1790000090"}}, {}, wall), seconds(90));
    EXPECT_EQ(told_wait(headers{{"X-RateLimit-Reset", "1789999000"}}, {}, wall), seconds(1));
}

TEST(told_wait, is_kept_within_a_second_and_a_day) {
    EXPECT_EQ(told_wait(headers{{"Retry-After", "0"}}, {}, wall), seconds(1));
    EXPECT_EQ(told_wait(headers{{"Retry-After", "86000"}}, {}, wall), seconds(86000));
    EXPECT_EQ(told_wait(headers{{"Retry-After", "900000"}}, {}, wall), hours(24));
    EXPECT_EQ(told_wait(headers{{"Retry-After", "99999999999999999999999"}}, {}, wall), seconds(60));
    EXPECT_EQ(told_wait(headers{{"Retry-After", "soon"}}, {}, wall), seconds(60));
}

TEST(told_wait, without_a_header_the_limit_has_a_name) {
    EXPECT_EQ(told_wait({}, R"({"message":"x","limit_label":"room_day"})", wall), hours(1));
    EXPECT_EQ(told_wait({}, R"({"message":"x","limit_label":"per_hour"})", wall), minutes(10));
    EXPECT_EQ(told_wait({}, R"({"message":"x","limit_label":5})", wall), seconds(60));
    EXPECT_EQ(told_wait({}, "[[[[[", wall), seconds(60));
}

TEST(answers_of_a_signer, are_classed_by_status) {
    EXPECT_EQ(signer(401, {}, true).what, answer_class::fatal);
    EXPECT_EQ(signer(401, {}, true).reason, way_errc::key_refused);
    EXPECT_EQ(signer(401).reason, way_errc::key_missing);
    EXPECT_EQ(signer(403).what, answer_class::refused);
    EXPECT_EQ(signer(403).reason, way_errc::network_blocked);
    EXPECT_EQ(signer(403, {}, true).reason, way_errc::creator_not_allowed);
    EXPECT_EQ(signer(400).what, answer_class::refused);
    EXPECT_EQ(signer(402).what, answer_class::rate_limited);
    EXPECT_EQ(signer(429, {}, false, {{"Retry-After", "7"}}).wait, seconds(7));
    EXPECT_TRUE(signer(429).of_provider);
    for (const int status : {420, 500, 502, 503}) {
        EXPECT_EQ(signer(status).what, answer_class::retry) << status;
        EXPECT_EQ(signer(status).reason, way_errc::provider_failed) << status;
        EXPECT_TRUE(signer(status).of_provider) << status;
    }
    EXPECT_EQ(signer(302).what, answer_class::refused);
}

TEST(answers_of_a_signer, the_status_may_stand_in_a_body_under_200) {
    EXPECT_EQ(signer(200, R"({"code":403,"message":"no"})").reason, way_errc::network_blocked);
    EXPECT_EQ(signer(200, R"({"code":500,"error":"Internal Server Error - 1"})").reason,
              way_errc::provider_failed);
    EXPECT_EQ(signer(200, R"({"error":"Offline","status":420})").reason, way_errc::provider_failed);
    EXPECT_EQ(signer(200, R"({"code":"429","limit_label":"x_day"})").wait, hours(1));
    EXPECT_EQ(signer(200, R"({"code":200})").reason, way_errc::answer_unusable);
    EXPECT_EQ(signer(200, "{").reason, way_errc::answer_unusable);
}

TEST(answers_of_a_signer, no_text_of_the_server_gets_into_the_detail) {
    const std::string body = R"({"message":"the key SECRET is bad","code":401})";
    EXPECT_EQ(signer(401, body, true).detail, "HTTP 401");
}

TEST(close_codes, are_classed_as_their_provider_means_them) {
    const auto what = [](int code) {
        return answer_of_close(code).what;
    };
    for (const int code : {1000, 1006, 1011, 4006, 4500, 4555, 4556, 4557, 3999})
        EXPECT_EQ(what(code), answer_class::retry) << code;
    for (const int code : {4400, 4401, 4403})
        EXPECT_EQ(what(code), answer_class::fatal) << code;
    EXPECT_EQ(what(4005), answer_class::ended);
    EXPECT_EQ(what(4404), answer_class::offline);
    EXPECT_EQ(what(4429), answer_class::rate_limited);
    EXPECT_GE(answer_of_close(4429).wait, seconds(60));
    EXPECT_EQ(answer_of_close(4401).reason, way_errc::key_refused);
    EXPECT_EQ(answer_of_close(4403).reason, way_errc::creator_not_allowed);
    EXPECT_TRUE(answer_of_close(4556).of_provider);
    EXPECT_FALSE(answer_of_close(4555).of_provider);
}

TEST(answers_to_an_upgrade, mean_what_the_close_codes_mean) {
    const auto what = [](int status, const headers& list = {}) {
        return answer_of_upgrade(status, list, {}, wall);
    };
    EXPECT_EQ(what(400).what, answer_class::fatal);
    EXPECT_EQ(what(401).reason, way_errc::key_refused);
    EXPECT_EQ(what(403).reason, way_errc::creator_not_allowed);
    EXPECT_EQ(what(404).what, answer_class::offline);
    EXPECT_EQ(what(429, {{"Retry-After", "5"}}).wait, seconds(60));
    EXPECT_EQ(what(429, {{"Retry-After", "500"}}).wait, seconds(500));
    EXPECT_EQ(what(503).reason, way_errc::provider_failed);
    EXPECT_EQ(what(200).what, answer_class::retry);
    EXPECT_EQ(what(404).detail, "HTTP 404");
}

TEST(answers_of_the_others, direct_and_app) {
    EXPECT_EQ(answer_of_direct(errc::live_ended).what, answer_class::ended);
    EXPECT_EQ(answer_of_direct(errc::signature_required).what, answer_class::refused);
    EXPECT_EQ(answer_of_direct(errc::stale).what, answer_class::retry);
    EXPECT_EQ(answer_of_direct(net::errc::connect_timeout).what, answer_class::retry);
    EXPECT_EQ(answer_of_app(make_error_code(boost::system::errc::connection_refused)).reason,
              way_errc::app_closed);
    EXPECT_EQ(answer_of_app(way_errc::app_of_another).what, answer_class::refused);
    EXPECT_EQ(answer_of_app(net::errc::closed_by_peer).what, answer_class::retry);
}

TEST(way_errors, each_has_an_identifier_and_advice) {
    for (int value = 1; value <= static_cast<int>(way_errc::too_late); ++value) {
        const core::error_code error(value, way_category());
        EXPECT_NE(core::identifier(error).find_first_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos)
            << value;
        EXPECT_FALSE(core::advice(error).empty()) << value;
        EXPECT_NE(error.message(), "unknown error") << value;
    }
}

TEST(an_opening, shows_what_was_written_before_the_connection_stood) {
    const core::time_point t0 = core::time_point{} + hours(10);
    const opening shown(t0, wall);
    EXPECT_TRUE(shown.shows(t0 + seconds(1), wall - 200'000));
    EXPECT_FALSE(shown.shows(t0 + seconds(1), wall - 1000)) << "times may be whole seconds";
    EXPECT_FALSE(shown.shows(t0 + seconds(1), wall + 500));
    EXPECT_FALSE(shown.shows(t0 + seconds(1), 0));
    EXPECT_FALSE(shown.shows(t0 + seconds(11), wall - 200'000)) << "a wrong clock costs a moment only";
    EXPECT_FALSE(opening(t0, 0).shows(t0, wall));
}

TEST(the_catch_up, reaches_30_s_before_the_last_comment) {
    catch_up rule;
    EXPECT_FALSE(rule.knows());
    EXPECT_FALSE(rule.is_news(wall));
    rule.on_comment(wall);
    rule.on_comment(wall - 5000);
    EXPECT_TRUE(rule.knows());
    EXPECT_TRUE(rule.is_news(wall - 30'000));
    EXPECT_FALSE(rule.is_news(wall - 30'001));
    EXPECT_TRUE(rule.is_news(wall + 1));
    EXPECT_FALSE(rule.is_news(0));
    rule.reset();
    EXPECT_FALSE(rule.knows());
}

TEST(an_overlap, compares_what_has_settled) {
    comment_overlap seen;
    const core::time_point t0 = core::time_point{} + hours(10);
    for (std::int64_t id = 1; id <= 20; ++id) {
        seen.on_comment(t0 + seconds(id), 0, id);
        if (id % 10 != 0)
            seen.on_comment(t0 + seconds(id) + milliseconds(300), 1, id);
    }
    const core::time_point later = t0 + minutes(1);
    EXPECT_TRUE(seen.keeps_up(later, 1, 0, t0));
    EXPECT_TRUE(seen.keeps_up(later, 0, 1, t0));
    EXPECT_FALSE(seen.is_mute(later, 1, 0, t0));
    for (std::int64_t id = 21; id <= 24; ++id)
        seen.on_comment(t0 + seconds(id), 0, id);
    EXPECT_FALSE(seen.keeps_up(later, 1, 0, t0));
    EXPECT_TRUE(seen.is_mute(later, 1, 0, t0 + seconds(21)));
    EXPECT_FALSE(seen.is_mute(t0 + seconds(25), 1, 0, t0 + seconds(21))) << "it may be about to bring them";
    EXPECT_TRUE(seen.keeps_up(t0 + minutes(3), 1, 0, t0 + minutes(2))) << "nothing was brought at all";
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
