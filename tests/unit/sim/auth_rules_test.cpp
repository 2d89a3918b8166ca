// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/login/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/sim/twitch/rules.hpp"

namespace tiktok2twitch::sim {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class auth_rules_test : public ::testing::Test {
protected:
    auth_rules_test() {
        rules.add_client("app");
        rules.add_client("site", client_kind::confidential);
        rules.add_user("bot", "42");
    }

    json ask_code(const std::string& client = "app") {
        const auto answer =
            rules.request_code({{"client_id", client}, {"scopes", "chat:read chat:edit"}}, now);
        EXPECT_EQ(answer.status, 200);
        return json::parse(answer.body);
    }
    auth_answer poll(const std::string& device_code, const std::string& client = "app") {
        return rules.request_token({{"client_id", client},
                                    {"device_code", device_code},
                                    {"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}},
                                   now);
    }
    auth_answer refresh(const std::string& token, const std::string& client = "app") {
        return rules.request_token(
            {{"client_id", client}, {"refresh_token", token}, {"grant_type", "refresh_token"}}, now);
    }
    static std::string message(const auth_answer& answer) {
        return json::parse(answer.body).at("message").get<std::string>();
    }
    bool valid(const std::string& access) { return rules.owner_of(access, now).has_value(); }

    core::time_point now{1000s};
    auth_rules rules;
};

TEST_F(auth_rules_test, a_code_is_pending_until_it_is_entered_and_then_serves_once) {
    const auto code = ask_code();
    const auto device = code.at("device_code").get<std::string>();
    EXPECT_EQ(message(poll(device)), "authorization_pending");
    EXPECT_TRUE(rules.approve(code.at("user_code").get<std::string>(), "bot", now));
    now += 5s;
    const auto done = poll(device);
    ASSERT_EQ(done.status, 200);
    const auto token = json::parse(done.body);
    EXPECT_THAT(token.at("scope"), ElementsAre("chat:read", "chat:edit"));
    EXPECT_TRUE(valid(token.at("access_token")));
    now += 5s;
    EXPECT_EQ(message(poll(device)), "invalid device code");
}

TEST_F(auth_rules_test, a_denied_an_expired_and_an_unknown_code_are_refused) {
    const auto denied = ask_code();
    EXPECT_TRUE(rules.deny(denied.at("user_code").get<std::string>(), now));
    EXPECT_EQ(message(poll(denied.at("device_code"))), "access_denied");
    const auto late = ask_code();
    now += 1800s;
    EXPECT_FALSE(rules.approve(late.at("user_code").get<std::string>(), "bot", now));
    EXPECT_EQ(message(poll(late.at("device_code"))), "invalid device code");
    EXPECT_EQ(message(poll("nonsense")), "invalid device code");
    EXPECT_EQ(message(poll("nonsense", "nobody")), "invalid client");
}

TEST_F(auth_rules_test, who_polls_faster_than_the_interval_is_slowed_down_for_good) {
    const auto device = ask_code().at("device_code").get<std::string>();
    poll(device);
    now += 4999ms;
    EXPECT_EQ(message(poll(device)), "slow_down");
    now += 9999ms;
    EXPECT_EQ(message(poll(device)), "slow_down");
    now += 15s;
    EXPECT_EQ(message(poll(device)), "authorization_pending");
    EXPECT_THAT(rules.complaints(), ElementsAre("polled too fast", "polled too fast"));
}

TEST_F(auth_rules_test, an_access_token_is_valid_for_its_time) {
    const auto pair = rules.grant("app", "bot", {"chat:read"}, now);
    now += 14399s;
    const auto answer = rules.validate("OAuth " + pair.access, now);
    ASSERT_EQ(answer.status, 200);
    const auto who = json::parse(answer.body);
    EXPECT_EQ(who.at("login"), "bot");
    EXPECT_EQ(who.at("user_id"), "42");
    EXPECT_EQ(who.at("client_id"), "app");
    EXPECT_EQ(who.at("expires_in"), 1);
    EXPECT_THAT(who.at("scopes"), ElementsAre("chat:read"));
    now += 1s;
    EXPECT_EQ(rules.validate("OAuth " + pair.access, now).status, 401);
    EXPECT_EQ(rules.validate("", now).status, 401);
}

TEST_F(auth_rules_test, a_refresh_ends_the_old_access_token) {
    const auto old = rules.grant("app", "bot", {}, now);
    const auto renewed = json::parse(refresh(old.refresh).body);
    EXPECT_FALSE(valid(old.access));
    EXPECT_TRUE(valid(renewed.at("access_token")));
    EXPECT_NE(renewed.at("refresh_token"), old.refresh);
    EXPECT_EQ(rules.refreshes(), 1U);
    EXPECT_THAT(rules.complaints(), IsEmpty());
}

TEST_F(auth_rules_test, a_refresh_token_used_again_revokes_the_whole_grant) {
    const auto old = rules.grant("app", "bot", {}, now);
    const auto renewed = json::parse(refresh(old.refresh).body);
    EXPECT_EQ(message(refresh(old.refresh)), "Invalid refresh token");
    EXPECT_FALSE(valid(renewed.at("access_token")));
    EXPECT_EQ(refresh(renewed.at("refresh_token")).status, 400);
    EXPECT_THAT(rules.complaints(), ElementsAre("refresh token used again"));
}

TEST_F(auth_rules_test, a_refresh_token_dies_of_thirty_days_without_use) {
    const auto pair = rules.grant("app", "bot", {}, now);
    now += 24h * 30;
    EXPECT_EQ(message(refresh(pair.refresh)), "Invalid refresh token");
}

TEST_F(auth_rules_test, a_confidential_application_gets_a_token_but_cannot_renew_it) {
    const auto code = ask_code("site");
    rules.approve(code.at("user_code").get<std::string>(), "bot", now);
    const auto token = json::parse(poll(code.at("device_code"), "site").body);
    EXPECT_EQ(message(refresh(token.at("refresh_token"), "site")), "missing client secret");
}

TEST_F(auth_rules_test, revoked_tokens_are_gone_and_a_grant_that_the_user_ends_is_gone_whole) {
    const auto pair = rules.grant("app", "bot", {}, now);
    const auto revoke = [this](const std::string& token, const std::string& client = "app") {
        return rules.revoke({{"client_id", client}, {"token", token}}, now).status;
    };
    EXPECT_EQ(revoke(pair.access, "nobody"), 404);
    EXPECT_EQ(revoke(pair.access), 200);
    EXPECT_FALSE(valid(pair.access));
    EXPECT_EQ(revoke(pair.access), 400);
    EXPECT_EQ(revoke(pair.refresh), 200);
    EXPECT_EQ(refresh(pair.refresh).status, 400);
    const auto other = rules.grant("app", "bot", {}, now);
    rules.disconnect("bot");
    EXPECT_FALSE(valid(other.access));
    EXPECT_EQ(refresh(other.refresh).status, 400);
}

TEST_F(auth_rules_test, chat_accepts_exactly_the_access_tokens_that_are_valid_now) {
    twitch_rules chat;
    chat.add_account("bot", "old");
    chat.link_account("bot", rules);
    const auto pair = rules.grant("app", "bot", {}, now);
    EXPECT_FALSE(chat.login("oauth:old", "bot", now).accepted);
    EXPECT_TRUE(chat.login("oauth:" + pair.access, "bot", now).accepted);
    const auto renewed = json::parse(refresh(pair.refresh).body).at("access_token").get<std::string>();
    EXPECT_FALSE(chat.login("oauth:" + pair.access, "bot", now).accepted);
    EXPECT_TRUE(chat.login("oauth:" + renewed, "bot", now).accepted);
    rules.expire_access("bot");
    EXPECT_FALSE(chat.login("oauth:" + renewed, "bot", now).accepted);
}

}  // namespace
}  // namespace tiktok2twitch::sim
