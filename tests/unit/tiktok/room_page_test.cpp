// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/room_page.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// The minimal live answer of docs/protocol/tiktok.md §6.2.
const std::string live_answer =
    R"({"statusCode":0,"message":"","data":{"user":{"id":"55","uniqueId":"ana.example","nickname":"Ana",)"
    R"("roomId":"7001","status":2},"liveRoom":{"status":2,"title":"t","startTime":1789072789,)"
    R"("liveRoomStats":{"userCount":1,"enterCount":7}}}})";

std::string api_with(const std::string& data) {
    return R"({"statusCode":0,"message":"","data":)" + data + "}";
}

std::string page_with(const std::string& state) {
    return "<!DOCTYPE html><html><head><script id=\"OTHER\">{}</script></head><body>"
           "<script id=\"SIGI_STATE\" type=\"application/json\">" +
           state + "</script><p>more</p></body></html>";
}

std::string state_with(const std::string& info) {
    return R"({"AppContext":{},"LiveRoom":{"liveRoomUserInfo":)" + info + "}}";
}

struct error_case {
    const char* situation;
    int status;
    std::string body;
    errc expected;
};

TEST(parse_api_live, live_answer_gives_the_room) {
    const auto room = parse_api_live(200, live_answer);
    ASSERT_TRUE(room) << room.error().message();
    EXPECT_EQ(room->status, live_status::live);
    EXPECT_EQ(room->room_id, 7001);
    EXPECT_EQ(room->streamer_id, 55);
    EXPECT_EQ(room->unique_id, "ana.example");
    EXPECT_EQ(room->title, "t");
}

TEST(parse_api_live, status_decides_and_the_live_room_knows_best) {
    struct status_case {
        const char* data;
        live_status expected;
    };
    const status_case cases[] = {
        {R"({"user":{"roomId":"7","status":4},"liveRoom":{"status":2}})", live_status::live},
        {R"({"user":{"roomId":"7","status":2},"liveRoom":{"status":4}})", live_status::offline},
        {R"({"user":{"roomId":"7","status":2}})", live_status::live},
        {R"({"user":{"roomId":"7","status":2},"liveRoom":null})", live_status::live},
        {R"({"user":{"roomId":"7","status":2},"liveRoom":{}})", live_status::live},
        {R"({"user":{"roomId":"7","status":3}})", live_status::paused},
        {R"({"user":{"roomId":"7","status":0}})", live_status::offline},
        {R"({"user":{"roomId":"7","status":1}})", live_status::offline},
        {R"({"user":{"roomId":"7","status":4}})", live_status::offline},
        {R"({"user":{"roomId":"7","status":99}})", live_status::offline},
        {R"({"user":{"roomId":"","status":2}})", live_status::offline},
        {R"({"user":{"roomId":"0","status":2}})", live_status::offline},
        {R"({"user":{"roomId":0,"status":2}})", live_status::offline},
        {R"({"user":{"status":2}})", live_status::offline},
        {R"({"user":{"id":"5"}})", live_status::offline},
        {R"({"user":{"roomId":"7","status":"2"}})", live_status::live},
    };
    for (const status_case& c : cases) {
        const auto room = parse_api_live(200, api_with(c.data));
        ASSERT_TRUE(room) << c.data;
        EXPECT_EQ(room->status, c.expected) << c.data;
    }
}

TEST(parse_api_live, ids_of_19_digits_survive_as_text_and_as_numbers) {
    for (const char* id : {"\"7684008970436823815\"", "7684008970436823815"}) {
        const auto room =
            parse_api_live(200, api_with(std::string(R"({"user":{"status":2,"roomId":)") + id + "}}"));
        ASSERT_TRUE(room) << id;
        EXPECT_EQ(room->room_id, 7684008970436823815) << id;
    }
}

TEST(parse_api_live, each_failure_has_its_own_error) {
    const std::string too_large(max_page_bytes + 1, ' ');
    const error_case cases[] = {
        {"forbidden", 403, live_answer, errc::lookup_forbidden},
        {"rate limited", 429, live_answer, errc::lookup_rate_limited},
        {"server error", 500, live_answer, errc::lookup_failed},
        {"redirect", 302, "", errc::lookup_failed},
        {"empty body", 200, "", errc::lookup_blocked},
        {"html", 200, "<html>", errc::lookup_blocked},
        {"check page", 200, "<html>Please wait...</html>", errc::check_page},
        {"cut JSON", 200, live_answer.substr(0, 60), errc::lookup_blocked},
        {"text after JSON", 200, live_answer + "x", errc::lookup_blocked},
        {"too large", 200, too_large, errc::protocol_changed},
        {"not an object", 200, "[]", errc::protocol_changed},
        {"no status code", 200, R"({"data":{}})", errc::protocol_changed},
        {"status code of another type", 200, R"({"statusCode":true})", errc::protocol_changed},
        {"no such user", 200, R"({"statusCode":19881007,"message":"user_not_found","data":null})",
         errc::no_such_user},
        {"no data", 200, R"({"statusCode":0,"message":""})", errc::no_such_user},
        {"null data", 200, R"({"statusCode":0,"data":null})", errc::no_such_user},
        {"age", 200, R"({"statusCode":4003110})", errc::age_restricted},
        {"params_error", 200, R"({"statusCode":19881005,"message":"params_error"})", errc::lookup_failed},
        {"data of another type", 200, api_with("[1]"), errc::protocol_changed},
        {"no user", 200, api_with(R"({"liveRoom":{"status":2}})"), errc::protocol_changed},
        {"user of another type", 200, api_with(R"({"user":"ana"})"), errc::protocol_changed},
        {"room without status", 200, api_with(R"({"user":{"roomId":"7"}})"), errc::protocol_changed},
        {"status of another type", 200, api_with(R"({"user":{"roomId":"7","status":[]}})"),
         errc::protocol_changed},
        {"id as a double", 200, api_with(R"({"user":{"roomId":7.5e18,"status":2}})"), errc::protocol_changed},
        {"id not a number", 200, api_with(R"({"user":{"roomId":"7x","status":2}})"), errc::protocol_changed},
        {"negative id", 200, api_with(R"({"user":{"roomId":"-7","status":2}})"), errc::protocol_changed},
        {"id over 64 bit", 200, api_with(R"({"user":{"roomId":18446744073709551615,"status":2}})"),
         errc::protocol_changed},
    };
    for (const error_case& c : cases) {
        const auto room = parse_api_live(c.status, c.body);
        ASSERT_FALSE(room) << c.situation;
        EXPECT_EQ(room.error(), c.expected) << c.situation << ": " << room.error().message();
    }
}

TEST(parse_api_live, nesting_up_to_the_limit_is_read_and_deeper_is_refused) {
    const auto nested = [](std::size_t levels) {
        // Two levels are around it: the answer and its data.
        return api_with(R"({"user":{"roomId":"7","status":2},"x":)" + std::string(levels - 2, '[') +
                        std::string(levels - 2, ']') + "}");
    };
    EXPECT_TRUE(parse_api_live(200, nested(max_json_depth)));
    EXPECT_EQ(parse_api_live(200, nested(max_json_depth + 1)).error(), errc::protocol_changed);
}

TEST(parse_api_live, brackets_in_texts_are_not_nesting) {
    const std::string title = std::string(500, '[') + R"(\"{\\)";
    const auto room = parse_api_live(
        200,
        api_with(R"({"user":{"roomId":"7","status":2},"liveRoom":{"status":2,"title":")" + title + "\"}}"));
    ASSERT_TRUE(room);
    EXPECT_EQ(room->title, std::string(500, '[') + "\"{\\");
}

TEST(parse_live_page, state_of_the_page_gives_the_room) {
    const auto room = parse_live_page(
        200,
        page_with(state_with(R"({"user":{"id":"55","uniqueId":"ana.example","roomId":"7001","status":2},)"
                             R"("liveRoom":{"status":2,"title":"hi"}})")));
    ASSERT_TRUE(room) << room.error().message();
    EXPECT_EQ(room->status, live_status::live);
    EXPECT_EQ(room->room_id, 7001);
    EXPECT_EQ(room->streamer_id, 55);
    EXPECT_EQ(room->title, "hi");
}

TEST(parse_live_page, page_as_large_as_allowed_is_read) {
    std::string page = page_with(state_with(R"({"user":{"roomId":"7","status":4}})"));
    page.resize(max_page_bytes, ' ');
    EXPECT_TRUE(parse_live_page(200, page));
    EXPECT_EQ(parse_live_page(200, page + " ").error(), errc::protocol_changed);
}

TEST(parse_live_page, each_failure_has_its_own_error) {
    const error_case cases[] = {
        {"forbidden", 403, "", errc::lookup_forbidden},
        {"rate limited", 429, "", errc::lookup_rate_limited},
        {"not found", 404, "gone", errc::lookup_failed},
        {"empty", 200, "", errc::lookup_blocked},
        {"wall", 200, "<html><body>Please wait...<p id=\"_wafchallengeid\"></p></body></html>",
         errc::check_page},
        {"captcha", 200, "<div class=\"tiktok-verify-page\"></div>", errc::lookup_blocked},
        {"tag never ends", 200, "<script id=\"SIGI_STATE\"", errc::lookup_blocked},
        {"script never ends", 200, "<script id=\"SIGI_STATE\">{}", errc::lookup_blocked},
        {"state is not JSON", 200, page_with("oops"), errc::lookup_blocked},
        {"state is empty", 200, page_with(""), errc::lookup_blocked},
        {"no LiveRoom", 200, page_with("{\"AppContext\":{}}"), errc::no_such_user},
        {"LiveRoom without user", 200, page_with(R"({"LiveRoom":{}})"), errc::protocol_changed},
        {"user of another type", 200, page_with(state_with(R"({"user":5})")), errc::protocol_changed},
        {"state nested too deeply", 200, page_with(std::string(200, '[')), errc::protocol_changed},
    };
    for (const error_case& c : cases) {
        const auto room = parse_live_page(c.status, c.body);
        ASSERT_FALSE(room) << c.situation;
        EXPECT_EQ(room.error(), c.expected) << c.situation << ": " << room.error().message();
    }
}

TEST(parse_check_alive, our_room_is_found_among_several_by_number_or_text) {
    const std::string body =
        R"({"data":[{"alive":false,"room_id":1,"room_id_str":"1"},{"alive":true,"room_id":7684008970436823815},)"
        R"({"alive":true,"room_id_str":"3"}],"extra":{"now":1},"status_code":0})";
    EXPECT_EQ(parse_check_alive(200, body, 1).value(), false);
    EXPECT_EQ(parse_check_alive(200, body, 7684008970436823815).value(), true);
    EXPECT_EQ(parse_check_alive(200, body, 3).value(), true);
}

TEST(parse_check_alive, each_failure_has_its_own_error) {
    const error_case cases[] = {
        {"forbidden", 403, "", errc::lookup_forbidden},
        {"rate limited", 429, "", errc::lookup_rate_limited},
        {"server error", 502, "", errc::lookup_failed},
        {"empty body", 200, "", errc::lookup_blocked},
        {"html", 200, "<html>", errc::lookup_blocked},
        {"no status code", 200, R"({"data":[]})", errc::protocol_changed},
        {"status code", 200, R"({"status_code":10011,"data":[]})", errc::lookup_failed},
        {"no data", 200, R"({"status_code":0})", errc::protocol_changed},
        {"empty data", 200, R"({"status_code":0,"data":[]})", errc::lookup_blocked},
        {"another room", 200, R"({"status_code":0,"data":[{"alive":false,"room_id":8}]})",
         errc::protocol_changed},
        {"alive of another type", 200, R"({"status_code":0,"data":[{"alive":"no","room_id":7}]})",
         errc::protocol_changed},
        {"entry of another type", 200, R"({"status_code":0,"data":[7]})", errc::protocol_changed},
    };
    for (const error_case& c : cases) {
        const auto alive = parse_check_alive(c.status, c.body, 7);
        ASSERT_FALSE(alive.has_value()) << c.situation;
        EXPECT_EQ(alive.error(), c.expected) << c.situation << ": " << alive.error().message();
    }
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
