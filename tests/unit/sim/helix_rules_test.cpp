// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/helix/rules.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::sim {
namespace {

using namespace std::chrono_literals;

class helix_rules_test : public testing::Test {
protected:
    helix_rules_test() {
        chat.add_account("bot", "irc");
        chat.add_channel("bot");
        chat.add_account("mod", "irc2");
        chat.add_channel("chan");
        for (const char* login : {"bot", "mod"}) {
            rules.accept_token(login,
                               {login, "client", {"user:write:chat", "moderator:manage:chat_messages"}});
        }
    }
    net::http_response ask(const std::string& method, const std::string& target, const std::string& body = {},
                           const std::string& token = "bot") {
        net::server_request request;
        request.method = method;
        request.target = "/helix" + target;
        request.headers.push_back({"Authorization", "Bearer " + token});
        request.headers.push_back({"Client-Id", "client"});
        request.body = body;
        return rules.answer(request, now, 60'000);
    }
    std::string id(const std::string& name) { return std::to_string(chat.id_of(name).value()); }
    net::http_response say(const std::string& text, const std::string& channel = "chan",
                           const std::string& login = "bot") {
        return ask("POST", "/chat/messages",
                   R"({"broadcaster_id":")" + id(channel) + R"(","sender_id":")" + id(login) +
                       R"(","message":")" + text + "\"}",
                   login);
    }
    int remove(const std::string& line, const std::string& by = "bot", const std::string& channel = "chan") {
        return ask("DELETE",
                   "/moderation/chat?broadcaster_id=" + id(channel) + "&moderator_id=" + id(by) +
                       "&message_id=" + line,
                   {}, by)
            .status;
    }
    bool dropped_as(const net::http_response& answer, const std::string& code) {
        return answer.status == 200 && answer.body.find("\"is_sent\":false") != std::string::npos &&
               answer.body.find("\"code\":\"" + code + "\"") != std::string::npos;
    }

    twitch_rules chat;
    helix_rules rules{chat};
    core::time_point now{1h};
};

TEST_F(helix_rules_test, a_posted_line_is_delivered_like_one_from_irc) {
    const auto answer = say("hello");
    EXPECT_EQ(answer.status, 200);
    ASSERT_EQ(chat.delivered().size(), 1U);
    EXPECT_EQ(chat.delivered()[0].text, "hello");
    EXPECT_NE(answer.body.find(chat.delivered()[0].id), std::string::npos);
    EXPECT_EQ(answer.find("Ratelimit-Remaining"), "799");
    EXPECT_EQ(answer.find("Ratelimit-Reset"), "120");
}

TEST_F(helix_rules_test, the_limits_of_chat_hold_for_posted_lines) {
    for (int i = 0; i < 21; ++i) {
        say(std::to_string(i));
        now += 1100ms;
    }
    EXPECT_EQ(chat.delivered().size(), 20U);
    ASSERT_EQ(chat.violations().size(), 1U);
    EXPECT_EQ(chat.violations()[0].kind, violation_kind::over_budget);
}

TEST_F(helix_rules_test, spacing_and_duplicates_are_refused_with_a_reason) {
    say("one");
    EXPECT_TRUE(dropped_as(say("two"), "msg_ratelimit"));
    EXPECT_EQ(chat.violations().size(), 1U);
    now += 2s;
    EXPECT_TRUE(dropped_as(say("one"), "msg_duplicate"));
}

TEST_F(helix_rules_test, refusals_have_the_codes_of_the_api) {
    chat.block_term("chan", "bad");
    chat.hold_term("chan", "held");
    EXPECT_TRUE(dropped_as(say("bad"), "channel_settings"));
    EXPECT_TRUE(dropped_as(say("held"), "msg_rejected"));
    chat.time_out("bot", "chan", now + 60s);
    EXPECT_TRUE(dropped_as(say("x"), "user_timed_out"));
    chat.ban("bot", "chan");
    EXPECT_EQ(say("x").status, 403);
}

TEST_F(helix_rules_test, a_text_over_500_code_points_is_too_large_and_noted) {
    EXPECT_EQ(say(std::string(500, 'x')).status, 200);
    EXPECT_TRUE(chat.violations().empty());
    EXPECT_EQ(say(std::string(501, 'x')).status, 422);
    ASSERT_EQ(chat.violations().size(), 1U);
    EXPECT_EQ(chat.violations()[0].kind, violation_kind::line_too_long);
}

TEST_F(helix_rules_test, tokens_client_ids_and_rights_are_checked) {
    EXPECT_EQ(ask("GET", "/users", {}, "nobody").status, 401);
    rules.look_tokens_up([](std::string_view token) -> std::optional<helix_token> {
        return token == "elsewhere" ? std::optional(helix_token{"bot", "another", {}}) : std::nullopt;
    });
    const auto mismatch = ask("GET", "/users", {}, "elsewhere");
    EXPECT_EQ(mismatch.status, 401);
    EXPECT_NE(mismatch.body.find("do not match"), std::string::npos);
    rules.accept_token("poor", {"bot", "client", {}});
    EXPECT_NE(ask("POST", "/chat/messages", "{}", "poor").body.find("user:write:chat"), std::string::npos);
    EXPECT_EQ(ask("DELETE", "/moderation/chat", {}, "poor").status, 401);
    rules.revoke_token("bot");
    EXPECT_EQ(ask("GET", "/users").status, 401);
}

TEST_F(helix_rules_test, requests_that_make_no_sense_are_bad) {
    for (const char* body : {"", "{", "[]", "{}", R"({"broadcaster_id":1})"}) {
        EXPECT_EQ(ask("POST", "/chat/messages", body).status, 400) << body;
    }
    EXPECT_EQ(say("").status, 400);
    EXPECT_EQ(ask("GET", "/chat/settings?broadcaster_id=7").status, 400);
    EXPECT_EQ(ask("GET", "/elsewhere").status, 404);
}

TEST_F(helix_rules_test, users_are_found_by_login_and_id_and_none_is_an_empty_list) {
    EXPECT_NE(ask("GET", "/users").body.find("\"login\":\"bot\""), std::string::npos);
    const auto both = ask("GET", "/users?login=chan&login=nobody&id=" + id("mod")).body;
    EXPECT_NE(both.find("chan"), std::string::npos);
    EXPECT_NE(both.find("mod"), std::string::npos);
    EXPECT_EQ(ask("GET", "/users?login=nobody").body, R"({"data":[]})");
    EXPECT_EQ(ask("GET", "/users?login=a%20b").status, 400);
    std::string many = "/users?login=chan";
    for (int i = 0; i < 100; ++i) {
        many += "&login=chan";
    }
    EXPECT_EQ(ask("GET", many).status, 400);
}

TEST_F(helix_rules_test, settings_show_the_rooms_modes) {
    channel_modes modes;
    modes.slow = 30;
    modes.followers_only = 10;
    chat.set_modes("chan", modes);
    const auto body = ask("GET", "/chat/settings?broadcaster_id=" + id("chan")).body;
    EXPECT_NE(body.find("\"slow_mode_wait_time\":30"), std::string::npos);
    EXPECT_NE(body.find("\"follower_mode_duration\":10"), std::string::npos);
    EXPECT_NE(body.find("\"subscriber_mode\":false"), std::string::npos);
}

TEST_F(helix_rules_test, the_801st_request_of_a_minute_is_too_many) {
    for (int i = 0; i < 800; ++i) {
        ASSERT_EQ(ask("GET", "/users").status, 200);
    }
    const auto answer = ask("GET", "/users");
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.find("Ratelimit-Remaining"), "0");
    EXPECT_EQ(ask("GET", "/users", {}, "mod").status, 200);  // another user's
}

TEST_F(helix_rules_test, a_moderator_deletes_a_line_once_within_six_hours) {
    say("hello");
    const auto line = chat.delivered()[0].id;
    EXPECT_EQ(remove(line), 403);
    chat.set_role("bot", "chan", role::moderator);
    EXPECT_EQ(remove("unknown"), 404);
    now += 6h;
    EXPECT_EQ(remove(line), 204);
    EXPECT_EQ(remove(line), 404);
    ASSERT_EQ(rules.deleted().size(), 1U);
    EXPECT_EQ(rules.deleted()[0].channel, "chan");
    say("again");
    now += 6h + 1ms;
    EXPECT_EQ(remove(chat.delivered()[1].id), 404);
    EXPECT_TRUE(chat.violations().empty());
}

TEST_F(helix_rules_test, lines_of_other_moderators_and_the_broadcaster_stay) {
    chat.set_role("bot", "chan", role::moderator);
    chat.set_role("mod", "chan", role::moderator);
    say("by mod", "chan", "mod");
    EXPECT_EQ(remove(chat.delivered()[0].id), 400);
    EXPECT_EQ(remove(chat.delivered()[0].id, "mod"), 204);
    say("in the own channel", "bot");
    EXPECT_EQ(remove(chat.delivered()[1].id, "bot", "bot"), 400);
}

TEST_F(helix_rules_test, a_deletion_without_an_id_clears_the_chat_and_is_noted) {
    chat.set_role("bot", "chan", role::moderator);
    EXPECT_EQ(remove(""), 204);
    ASSERT_EQ(chat.violations().size(), 1U);
    EXPECT_EQ(chat.violations()[0].kind, violation_kind::chat_cleared);
}

}  // namespace
}  // namespace tiktok2twitch::sim
