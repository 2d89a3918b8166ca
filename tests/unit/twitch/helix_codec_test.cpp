// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/helix/codec.hpp"
#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "tiktok2twitch/twitch/irc/notice_table.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::seconds;
using result = say_answer::result;

const user_id broadcaster = *user_id::parse("123");
const user_id sender = *user_id::parse("456");

helix_answer answer(int status, std::string body = "") {
    return {status, std::move(body), {}, {}};
}
say_answer said(int status, std::string body = "") {
    return read_say_answer(answer(status, std::move(body)), 0);
}
std::string dropped_as(const std::string& code) {
    return said(200, R"({"data":[{"message_id":"","is_sent":false,"drop_reason":{"code":")" + code +
                         R"(","message":"no"}}]})")
        .msg_id;
}

TEST(helix_request_test, a_line_is_posted_with_its_ids_and_text) {
    const auto request = say_in_chat(broadcaster, sender, "[T] Ann: \"hi\" \xF0\x9F\x98\x80");
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/chat/messages");
    const auto body = nlohmann::json::parse(request.body);
    EXPECT_EQ(body, (nlohmann::json{{"broadcaster_id", "123"},
                                    {"sender_id", "456"},
                                    {"message", "[T] Ann: \"hi\" \xF0\x9F\x98\x80"}}));
}

TEST(helix_request_test, a_text_is_repaired_and_never_longer_than_a_line) {
    const auto broken = nlohmann::json::parse(say_in_chat(broadcaster, sender, "a\xFFz").body);
    EXPECT_EQ(broken["message"], "a\xEF\xBF\xBDz");
    const auto at =
        nlohmann::json::parse(say_in_chat(broadcaster, sender, std::string(longest_line, 'x')).body);
    EXPECT_EQ(at["message"].get<std::string>().size(), longest_line);
    const auto over =
        nlohmann::json::parse(say_in_chat(broadcaster, sender, std::string(longest_line + 1, 'x')).body);
    EXPECT_EQ(core::count_code_points(over["message"].get<std::string>()), longest_line);
}

TEST(helix_request_test, users_are_asked_for_by_a_hundred_logins_at_most) {
    EXPECT_EQ(ask_own_user().target, "/users");
    EXPECT_EQ(ask_users(std::vector<std::string>{"ann", "b_2"}).target, "/users?login=ann&login=b_2");
    EXPECT_EQ(ask_users(std::vector<std::string>{"a&id=1"}).target, "/users?login=a%26id%3D1");
    const std::vector<user_id> ids{*user_id::parse("1"), *user_id::parse("22")};
    EXPECT_EQ(ask_users({}, ids).target, "/users?id=1&id=22");
    EXPECT_EQ(ask_users(std::vector<std::string>{"ann"}, ids).target, "/users?login=ann&id=1&id=22");
    const auto many = ask_users(std::vector<std::string>(101, "x")).target;
    EXPECT_EQ(std::count(many.begin(), many.end(), '='), 100);
}

TEST(helix_request_test, a_deletion_names_the_line) {
    const auto line = line_id::parse("5150c0de-0000-4000-8000-000000000001");
    ASSERT_TRUE(line);
    const auto request = delete_line(broadcaster, sender, *line);
    EXPECT_EQ(request.method, "DELETE");
    EXPECT_EQ(request.target,
              "/moderation/chat?broadcaster_id=123&moderator_id=456&message_id="
              "5150c0de-0000-4000-8000-000000000001");
}

// An empty message_id clears the whole chat.
TEST(helix_request_test, there_is_no_empty_line_id) {
    for (const char* text : {"", " ", "a b", "a&message_id=", "a%20", "?", "\xC3\xA4"})
        EXPECT_FALSE(line_id::parse(text)) << text;
    EXPECT_TRUE(line_id::parse(std::string(128, 'a')));
    EXPECT_FALSE(line_id::parse(std::string(129, 'a')));
    static_assert(!std::is_default_constructible_v<line_id>);
    auto first = *line_id::parse("abc");
    const auto second = std::move(first);
    EXPECT_EQ(first.text(), "abc");  // NOLINT(bugprone-use-after-move): that is the point
    EXPECT_EQ(second, first);
}

TEST(helix_request_test, a_user_id_is_a_number) {
    for (const char* text : {"", "-1", "1a", " 1", "1&x=2"})
        EXPECT_FALSE(user_id::parse(text)) << text;
    EXPECT_TRUE(user_id::parse(std::string(20, '9')));
    EXPECT_FALSE(user_id::parse(std::string(21, '9')));
}

TEST(helix_answer_test, users_come_with_id_and_login_and_unusable_ones_are_left_out) {
    const auto users = read_users(answer(
        200,
        R"({"data":[{"id":"1","login":"ann","display_name":"Ann"},{"id":2,"login":"bob"},{"login":"cy"},7]})"));
    ASSERT_TRUE(users);
    ASSERT_EQ(users->size(), 1U);
    EXPECT_EQ(users->front().id.text(), "1");
    EXPECT_EQ(users->front().login, "ann");
    EXPECT_TRUE(read_users(answer(200, R"({"data":[]})"))->empty());
}

TEST(helix_answer_test, failures_have_names) {
    EXPECT_EQ(
        read_users(answer(401, R"({"error":"Unauthorized","status":401,"message":"Invalid OAuth token"})"))
            .error(),
        errc::token_invalid);
    EXPECT_EQ(failure_of(answer(401, R"({"message":"Missing scope: user:write:chat"})")),
              errc::scope_missing);
    EXPECT_EQ(failure_of(answer(401, R"({"message":"User access token requires the user:write:chat."})")),
              errc::scope_missing);
    EXPECT_EQ(failure_of(answer(429)), errc::api_rate_limited);
    for (const int status : {0, 302, 400, 500, 503})
        EXPECT_EQ(failure_of(answer(status)), errc::api_error) << status;
    EXPECT_FALSE(failure_of(answer(204)));
    EXPECT_EQ(read_users(answer(200, "<html>")).error(), errc::api_error);
}

TEST(helix_answer_test, chat_settings_are_read_with_bounds) {
    const auto settings = read_chat_settings(answer(
        200,
        R"({"data":[{"slow_mode":true,"slow_mode_wait_time":30,"follower_mode":true,"follower_mode_duration":10,)"
        R"("subscriber_mode":true,"emote_mode":false,"unique_chat_mode":true}]})"));
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->slow, seconds(30));
    EXPECT_EQ(settings->followers_only, 10);
    EXPECT_TRUE(settings->subs_only);
    EXPECT_FALSE(settings->emote_only);
    EXPECT_TRUE(settings->unique);
    const auto off = read_chat_settings(
        answer(200, R"({"data":[{"slow_mode":false,"slow_mode_wait_time":null,"follower_mode":false}]})"));
    EXPECT_EQ(off->slow, seconds(0));
    EXPECT_EQ(off->followers_only, -1);
    const auto mad = read_chat_settings(
        answer(200, R"({"data":[{"slow_mode":true,"slow_mode_wait_time":99999999999999999999}]})"));
    EXPECT_LE(mad->slow, seconds(1'209'600));
    EXPECT_FALSE(read_chat_settings(answer(200, R"({"data":[]})")));
}

TEST(helix_answer_test, an_accepted_line_has_an_id) {
    const auto yes = said(200, R"({"data":[{"message_id":"abc-1","is_sent":true}]})");
    EXPECT_EQ(yes.what, result::accepted);
    EXPECT_EQ(yes.line_id, "abc-1");
    const auto odd = said(200, R"({"data":[{"message_id":"a b","is_sent":true}]})");
    EXPECT_EQ(odd.what, result::accepted);
    EXPECT_EQ(odd.line_id, "");
}

TEST(helix_answer_test, every_status_has_its_reaction) {
    EXPECT_EQ(said(400).msg_id, "msg_bad_request");
    EXPECT_EQ(said(401).what, result::no_token);
    EXPECT_EQ(said(401, R"({"message":"User access token requires the user:write:chat scope."})").what,
              result::no_scope);
    EXPECT_EQ(said(403).msg_id, "msg_forbidden");
    EXPECT_EQ(said(422).msg_id, "msg_too_long");
    EXPECT_EQ(said(429).msg_id, "msg_ratelimit");
    for (const int status : {400, 403, 422, 429})
        EXPECT_EQ(said(status).what, result::refused) << status;
    for (const int status : {0, 204, 302, 500, 502, 503, 599})
        EXPECT_EQ(said(status).what, result::unknown) << status;
}

TEST(helix_answer_test, a_success_that_cannot_be_read_is_an_unknown_outcome) {
    for (const char* body :
         {"", "{", "[]", "null", R"({"data":[]})", R"({"data":{}})", R"({"data":[7]})",
          R"({"data":[{"is_sent":"true"}]})", R"({"data":[{"message_id":"x"}]})", "\xFF\xFE"})
        EXPECT_EQ(said(200, body).what, result::unknown) << body;
    EXPECT_EQ(said(200, std::string(1'000'000, '[')).what, result::unknown);
    EXPECT_EQ(said(200, std::string(100'000, '[')).what, result::unknown);
}

TEST(helix_answer_test, a_drop_reason_is_counted_as_the_notice_that_means_the_same) {
    EXPECT_EQ(dropped_as("msg_rejected"), "msg_rejected");
    EXPECT_EQ(dropped_as("msg_duplicate"), "msg_duplicate");
    EXPECT_EQ(dropped_as("channel_settings"), "msg_rejected_mandatory");
    EXPECT_EQ(dropped_as("user_warned"), "msg_warned");
    EXPECT_EQ(dropped_as("user_timed_out"), "msg_timedout");
    EXPECT_EQ(dropped_as("user_banned"), "msg_banned");
    EXPECT_EQ(dropped_as("slow_mode"), "msg_slowmode");
    EXPECT_EQ(dropped_as("rate_limited"), "msg_ratelimit");
    EXPECT_EQ(dropped_as("followers_only_mode"), "msg_followersonly");
    EXPECT_EQ(dropped_as("subscribers_only"), "msg_subsonly");
    EXPECT_EQ(dropped_as("emote_only_mode"), "msg_emoteonly");
    EXPECT_EQ(dropped_as("unique_chat"), "msg_r9k");
    EXPECT_EQ(dropped_as("msg_verified_email"), "msg_verified_email");
    EXPECT_EQ(dropped_as("phone_verification"), "msg_requires_verified_phone_number");
    EXPECT_EQ(dropped_as("Brand New"), "msg_brandnew");
    EXPECT_EQ(dropped_as(""), "msg_rejected");
    EXPECT_EQ(said(200, R"({"data":[{"is_sent":false,"drop_reason":null}]})").msg_id, "msg_rejected");
}

TEST(helix_answer_test, whatever_the_code_the_line_is_settled) {
    for (const char* code :
         {"slow_off", "usage_ban", "no_help", "x", "subs_on", "msg_no_answer", "followers_off"})
        EXPECT_NE(rule_for(dropped_as(code)).what, reaction::informational) << code;
    EXPECT_LE(dropped_as(std::string(10'000, 'y')).size(), 50U);
}

TEST(helix_answer_test, a_429_says_how_long_to_wait_only_if_the_general_limit_is_used_up) {
    helix_answer busy{429, "", "0", "1000"};
    EXPECT_EQ(told_wait(busy, 990'000), seconds(10));
    EXPECT_EQ(read_say_answer(busy, 990'000).text, "again in 10 seconds");
    EXPECT_EQ(told_wait(busy, 2'000'000), seconds(1));  // a clock that is wrong
    EXPECT_EQ(told_wait(busy, 0), seconds(60));
    busy.ratelimit_remaining.clear();
    EXPECT_EQ(told_wait(busy, 990'000), seconds(10));
    busy.ratelimit_remaining = "17";
    EXPECT_EQ(told_wait(busy, 990'000), seconds(0));
    EXPECT_EQ(read_say_answer(busy, 990'000).text, "");
    for (const char* odd : {"", "soon", "-5", "9223372036854775807", "99999999999999999999"}) {
        busy = {429, "", "", odd};
        EXPECT_EQ(told_wait(busy, 0), seconds(0)) << odd;
    }
}

TEST(helix_answer_test, deletions_end_with_a_name) {
    EXPECT_EQ(read_deletion(answer(204)), deletion::deleted);
    EXPECT_EQ(read_deletion(answer(404)), deletion::gone);
    EXPECT_EQ(read_deletion(answer(403)), deletion::not_allowed);
    EXPECT_EQ(read_deletion(answer(400)), deletion::immune);
    EXPECT_EQ(read_deletion(answer(401)), deletion::no_token);
    EXPECT_EQ(read_deletion(answer(401, R"({"message":"Missing scope: moderator:manage:chat_messages"})")),
              deletion::no_scope);
    EXPECT_EQ(read_deletion(answer(429)), deletion::rate_limited);
    EXPECT_EQ(read_deletion(answer(500)), deletion::failed);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
