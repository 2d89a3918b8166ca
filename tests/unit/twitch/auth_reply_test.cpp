// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/login/grant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// The answers as docs/protocol/twitch.md §3.3 to §3.6 shows them.
constexpr const char* code_answer = R"({"device_code":"ike3GM8QIdYZs43KdrWPIO36LofILoCyFEzjlQ91",
    "expires_in":1800,"interval":5,"user_code":"ABCDEFGH",
    "verification_uri":"https://www.twitch.tv/activate?public=true&device-code=ABCDEFGH"})";
constexpr const char* token_answer = R"({"access_token":"a1","refresh_token":"r1","expires_in":14400,
    "scope":["chat:read","chat:edit"],"token_type":"bearer"})";
constexpr const char* validate_answer = R"({"client_id":"wbmytr93xzw8zbg0p1izqyzzc5mbiz","login":"TwitchDev",
    "scopes":["chat:read"],"user_id":"141981764","expires_in":5520838})";

std::string says(const std::string& message) {
    return R"({"status":400,"message":")" + message + R"("})";
}

template <class T>
std::string outcome(const core::result<T>& result) {
    return result ? "ok" : core::identifier(result.error());
}

std::string with_uri(const std::string& uri) {
    return R"({"device_code":"d","user_code":"U","verification_uri":")" + uri + R"("})";
}

TEST(auth_reply_device_code, is_read) {
    const auto code = read_device_code(200, code_answer);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->device_code, "ike3GM8QIdYZs43KdrWPIO36LofILoCyFEzjlQ91");
    EXPECT_EQ(code->user_code, "ABCDEFGH");
    EXPECT_EQ(code->verification_uri, "https://www.twitch.tv/activate?public=true&device-code=ABCDEFGH");
    EXPECT_EQ(code->expires_in, 1800s);
    EXPECT_EQ(code->interval, 5s);
}

TEST(auth_reply_device_code, what_is_left_out_has_the_usual_value_and_what_is_extreme_a_bound) {
    const auto bare = read_device_code(200, with_uri("https://www.twitch.tv/activate"));
    ASSERT_TRUE(bare);
    EXPECT_EQ(bare->expires_in, 1800s);
    EXPECT_EQ(bare->interval, 5s);
    const auto timed = [](const std::string& life, const std::string& interval) {
        return read_device_code(200, R"({"device_code":"d","user_code":"U","verification_uri":"https://a/",)"
                                     R"("expires_in":)" +
                                         life + R"(,"interval":)" + interval + "}")
            .value();
    };
    EXPECT_EQ(timed("60", "0").interval, 1s);
    EXPECT_EQ(timed("60", "-7").interval, 1s);
    EXPECT_EQ(timed("60", "61").interval, 60s);
    EXPECT_EQ(timed("1e300", "1e300").interval, 60s);
    EXPECT_EQ(timed("1e300", "5").expires_in, 24h);
    EXPECT_EQ(timed("-1", "5").expires_in, 0s);
}

TEST(auth_reply_device_code, what_would_go_to_the_terminal_is_plain_and_bounded) {
    EXPECT_EQ(outcome(read_device_code(200, with_uri("http://www.twitch.tv/activate"))), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(200, with_uri("javascript:alert(1)"))), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(200, with_uri("https://a/\\u001b[31m"))), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(200, with_uri("https://a/\\n"))), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(200, with_uri("http://localhost:1234/activate"))), "ok");
    EXPECT_EQ(outcome(read_device_code(200, with_uri("https://a/" + std::string(502, 'x')))), "ok");
    EXPECT_EQ(outcome(read_device_code(200, with_uri("https://a/" + std::string(503, 'x')))),
              "auth_server_error");
}

TEST(auth_reply_device_code, the_address_is_shown_as_it_came_and_its_scheme_has_no_case) {
    const auto code = read_device_code(200, with_uri("hTtps://www.twitch.tv/activate"));
    ASSERT_TRUE(code);
    EXPECT_EQ(code->verification_uri, "hTtps://www.twitch.tv/activate");
    EXPECT_EQ(outcome(read_device_code(200, with_uri("hTtp://www.twitch.tv/activate"))), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(200, with_uri("JavaScript:alert(1)"))), "auth_server_error");
}

TEST(auth_reply_device_code, an_unknown_application_is_told_from_a_service_that_does_not_work) {
    EXPECT_EQ(outcome(read_device_code(400, says("invalid client"))), "client_id_unknown");
    EXPECT_EQ(outcome(read_device_code(403, R"({"error":"invalid_client"})")), "client_id_unknown");
    EXPECT_EQ(outcome(read_device_code(404, says("client does not exist"))), "client_id_unknown");
    EXPECT_EQ(outcome(read_device_code(400, says("something new"))), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(503, "")), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(200, "<html>")), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(200, "[]")), "auth_server_error");
    EXPECT_EQ(outcome(read_device_code(302, code_answer)), "auth_server_error");
}

TEST(auth_reply_token, is_read) {
    const auto token = read_device_token(200, token_answer);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->access.reveal(), "a1");
    EXPECT_EQ(token->refresh.reveal(), "r1");
    EXPECT_EQ(token->expires_in, 4h);
    EXPECT_THAT(token->scopes, ElementsAre("chat:read", "chat:edit"));
}

TEST(auth_reply_token, scopes_may_be_missing_null_a_text_or_partly_odd) {
    const auto scopes = [](const std::string& scope) {
        return read_device_token(200, R"({"access_token":"a")" + scope + "}").value().scopes;
    };
    EXPECT_THAT(scopes(""), IsEmpty());
    EXPECT_THAT(scopes(R"(,"scope":null)"), IsEmpty());
    EXPECT_THAT(scopes(R"(,"scope":"chat:read  chat:edit ")"), ElementsAre("chat:read", "chat:edit"));
    EXPECT_THAT(scopes(R"(,"scope":[1,"chat:read",null,"a b",["x"]])"), ElementsAre("chat:read"));
    std::string many = R"(,"scope":["s")";
    for (int i = 0; i < 150; ++i)
        many += R"(,"s")";
    EXPECT_THAT(scopes(many + "]"), SizeIs(100));
    EXPECT_THAT(scopes(R"(,"scope":[")" + std::string(64, 'x') + R"("])"), SizeIs(1));
    EXPECT_THAT(scopes(R"(,"scope":[")" + std::string(65, 'x') + R"("])"), IsEmpty());
}

TEST(auth_reply_token, a_token_that_cannot_stand_in_a_header_is_none) {
    const auto with = [](const std::string& token) {
        return outcome(read_device_token(200, R"({"access_token":")" + token + R"("})"));
    };
    EXPECT_EQ(with("a\\r\\nX: y"), "auth_server_error");
    EXPECT_EQ(with("a b"), "auth_server_error");
    EXPECT_EQ(with(""), "auth_server_error");
    EXPECT_EQ(with(std::string(1024, 'x')), "ok");
    EXPECT_EQ(with(std::string(1025, 'x')), "auth_server_error");
}

// A pair that is accepted and cannot be read back is a login that is lost: its refresh token is used up.
TEST(auth_reply_token, the_longest_pair_that_is_accepted_is_read_back_from_disk) {
    const std::string longest(longest_token, '~');
    const auto pair =
        read_refreshed(200, R"({"access_token":")" + longest + R"(","refresh_token":")" + longest + R"("})");
    ASSERT_TRUE(pair);
    ASSERT_EQ(pair->refresh.reveal(), longest);
    grant stored;
    stored.login = "bot";
    stored.access = pair->access;
    stored.refresh = pair->refresh;
    EXPECT_EQ(read_grant(write_grant(stored)).value(), stored);
}

TEST(auth_reply_token, a_body_over_its_bound_is_not_read) {
    const std::string start = R"({"access_token":"a","x":")";
    EXPECT_EQ(outcome(read_device_token(200, start + std::string(65536 - start.size() - 2, 'x') + "\"}")),
              "ok");
    EXPECT_EQ(outcome(read_device_token(200, start + std::string(65537 - start.size() - 2, 'x') + "\"}")),
              "auth_server_error");
    EXPECT_EQ(outcome(read_device_token(200, std::string(65536, '['))), "auth_server_error");
}

TEST(auth_reply_poll, pending_and_slow_down_in_both_spellings) {
    EXPECT_EQ(outcome(read_device_token(400, says("authorization_pending"))), "authorization_pending");
    EXPECT_EQ(outcome(read_device_token(400, R"({"error":"authorization_pending"})")),
              "authorization_pending");
    EXPECT_EQ(outcome(read_device_token(
                  400, R"({"error":"Bad Request","status":400,"message":"Authorization pending"})")),
              "authorization_pending");
    EXPECT_EQ(outcome(read_device_token(400, says("slow_down"))), "slow_down");
    EXPECT_EQ(outcome(read_device_token(400, R"({"error":"slow_down"})")), "slow_down");
    EXPECT_EQ(outcome(read_device_token(429, "")), "slow_down");
}

TEST(auth_reply_poll, the_ends_are_told_apart_and_an_unknown_400_is_one) {
    EXPECT_EQ(outcome(read_device_token(400, says("access_denied"))), "authorization_denied");
    EXPECT_EQ(outcome(read_device_token(400, R"({"error":"expired_token"})")), "device_code_expired");
    EXPECT_EQ(outcome(read_device_token(400, says("invalid device code"))), "device_code_unknown");
    EXPECT_EQ(outcome(read_device_token(400, says("never heard of"))), "device_code_expired");
    EXPECT_EQ(outcome(read_device_token(400, "<html>")), "device_code_expired");
    EXPECT_EQ(outcome(read_device_token(400, says("missing client secret"))), "client_needs_secret");
    EXPECT_EQ(outcome(read_device_token(400, says("invalid client"))), "client_id_unknown");
}

TEST(auth_reply_poll, a_server_that_does_not_work_is_asked_again) {
    for (const int status : {500, 502, 503, 408, 302, 404, 0, -1})
        EXPECT_EQ(outcome(read_device_token(status, "oops")), "auth_server_error") << status;
    EXPECT_EQ(outcome(read_device_token(200, "{}")), "auth_server_error");
    EXPECT_EQ(outcome(read_device_token(200, "")), "auth_server_error");
}

TEST(auth_reply_refresh, a_new_pair_or_why_not) {
    EXPECT_EQ(read_refreshed(200, token_answer)->refresh.reveal(), "r1");
    EXPECT_EQ(outcome(read_refreshed(400, says("Invalid refresh token"))), "refresh_refused");
    EXPECT_EQ(outcome(read_refreshed(401, says("Invalid refresh token"))), "refresh_refused");
    EXPECT_EQ(outcome(read_refreshed(400, says("missing client secret"))), "client_needs_secret");
    EXPECT_EQ(outcome(read_refreshed(403, says("invalid client secret"))), "client_needs_secret");
    EXPECT_EQ(outcome(read_refreshed(400, says("invalid client"))), "client_id_unknown");
    EXPECT_EQ(outcome(read_refreshed(400, says("INVALID REFRESH TOKEN"))), "refresh_refused");
    EXPECT_EQ(outcome(read_refreshed(403, "<html>")), "auth_server_error");
    EXPECT_EQ(outcome(read_refreshed(500, "")), "auth_server_error");
    EXPECT_EQ(outcome(read_refreshed(200, R"({"refresh_token":"r"})")), "auth_server_error");
}

TEST(auth_reply_refresh, only_twitch_s_words_end_a_grant) {
    for (const int status : {400, 401}) {
        EXPECT_EQ(outcome(read_refreshed(status, "")), "refresh_unclear");
        EXPECT_EQ(outcome(read_refreshed(status, "{}")), "refresh_unclear");
        EXPECT_EQ(outcome(read_refreshed(status, "<html>Invalid refresh token</html>")), "refresh_unclear");
        EXPECT_EQ(outcome(read_refreshed(status, says(""))), "refresh_unclear");
        EXPECT_EQ(outcome(read_refreshed(status, says("something went wrong"))), "refresh_unclear");
    }
}

TEST(auth_reply_validate, is_read) {
    const auto who = read_validation(200, validate_answer);
    ASSERT_TRUE(who);
    EXPECT_EQ(who->login, "twitchdev");
    EXPECT_EQ(who->client_id, "wbmytr93xzw8zbg0p1izqyzzc5mbiz");
    EXPECT_EQ(who->user_id, "141981764");
    EXPECT_THAT(who->scopes, ElementsAre("chat:read"));
    EXPECT_EQ(who->expires_in, 5520838s);
    const auto forever =
        read_validation(200, R"({"client_id":"c","login":"bot","scopes":null,"user_id":"1","expires_in":0})");
    ASSERT_TRUE(forever);
    EXPECT_EQ(forever->expires_in, 0s);
    EXPECT_THAT(forever->scopes, IsEmpty());
}

TEST(auth_reply_validate, an_invalid_token_is_told_from_a_service_that_does_not_work) {
    EXPECT_EQ(outcome(read_validation(401, says("invalid access token"))), "token_invalid");
    EXPECT_EQ(outcome(read_validation(401, "")), "token_invalid");
    EXPECT_EQ(outcome(read_validation(500, validate_answer)), "auth_server_error");
    EXPECT_EQ(outcome(read_validation(403, "")), "auth_server_error");
    EXPECT_EQ(outcome(read_validation(200, "{}")), "auth_server_error");
    // An application's own token has no login.
    EXPECT_EQ(outcome(read_validation(200, R"({"client_id":"c","scopes":[],"expires_in":9})")),
              "token_invalid");
}

TEST(auth_reply_validate, a_login_that_could_leave_its_directory_is_not_taken) {
    const auto with = [](const std::string& login) {
        return outcome(read_validation(200, R"({"client_id":"c","user_id":"1","login":")" + login + R"("})"));
    };
    EXPECT_EQ(with("../../etc"), "auth_server_error");
    EXPECT_EQ(with("a.b"), "auth_server_error");
    EXPECT_EQ(with(""), "auth_server_error");
    EXPECT_EQ(with(std::string(25, 'x')), "ok");
    EXPECT_EQ(with(std::string(26, 'x')), "auth_server_error");
}

TEST(auth_reply_revoke, says_whether_it_was_done) {
    EXPECT_EQ(read_revoked(200, ""), core::error_code());
    EXPECT_EQ(read_revoked(400, says("Invalid token")), errc::token_invalid);
    EXPECT_EQ(read_revoked(404, says("client does not exist")), errc::client_id_unknown);
    EXPECT_EQ(read_revoked(404, ""), errc::auth_server_error);
    EXPECT_EQ(read_revoked(502, ""), errc::auth_server_error);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
