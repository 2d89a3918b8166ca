// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The requests to the login service over real loopback TLS, against its stand-in.
#include "tiktok2twitch/twitch/client/auth_api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/sim_fixture.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::test {
namespace {

using namespace std::chrono_literals;
using sim::auth_endpoint;
using sim::auth_fault;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class auth_api_test : public sim_fixture {
public:
    auth_api_test() : api(twitch::make_auth_api(url(world.auth_url()), tls, false)) {
        world.call([this] {
            world.auth().rules().add_client("app");
            world.twitch().rules().link_account("bot", world.auth().rules());
        });
    }

    template <class T>
    static std::string outcome(const core::result<T>& result) {
        return result ? "ok" : core::identifier(result.error());
    }
    std::string seen(const std::string& field) {
        return world.call([&] { return world.auth().requests().back().form.at(field); });
    }
    void fail(auth_endpoint where, auth_fault how) {
        world.call([&] { world.auth().script(where, {how}); });
    }
    sim::handed_out grant() {
        return world.call([&] {
            return world.auth().rules().grant("app", "bot", scopes, std::chrono::steady_clock::now());
        });
    }

    std::unique_ptr<twitch::auth_api> api;
    const std::vector<std::string> scopes{"chat:read", "chat:edit"};
};

TEST_F(auth_api_test, a_login_with_a_device_code_goes_through) {
    const auto code = run(api->request_device_code("app", scopes));
    ASSERT_TRUE(code) << code.error().message();
    EXPECT_EQ(seen("scopes"), "chat:read chat:edit");
    EXPECT_EQ(code->interval, 5s);
    EXPECT_EQ(outcome(run(api->poll_device_token("app", scopes, code->device_code))),
              "authorization_pending");
    EXPECT_EQ(seen("grant_type"), "urn:ietf:params:oauth:grant-type:device_code");
    EXPECT_EQ(outcome(run(api->poll_device_token("app", scopes, code->device_code))), "slow_down");
    EXPECT_EQ(outcome(run(api->request_device_code("nobody", scopes))), "client_id_unknown");
}

TEST_F(auth_api_test, a_code_that_was_entered_gives_a_token_that_validates_refreshes_and_is_revoked) {
    const auto code = run(api->request_device_code("app", scopes));
    world.call(
        [&] { world.auth().rules().approve(code->user_code, "bot", std::chrono::steady_clock::now()); });
    const auto token = run(api->poll_device_token("app", scopes, code->device_code));
    ASSERT_TRUE(token) << token.error().message();
    const auto who = run(api->validate(token->access));
    ASSERT_TRUE(who);
    EXPECT_EQ(who->login, "bot");
    EXPECT_EQ(who->client_id, "app");
    EXPECT_THAT(who->scopes, ElementsAre("chat:read", "chat:edit"));

    const auto renewed = run(api->refresh("app", token->refresh));
    ASSERT_TRUE(renewed);
    EXPECT_EQ(outcome(run(api->validate(token->access))), "token_invalid");
    EXPECT_EQ(outcome(run(api->validate(renewed->access))), "ok");

    EXPECT_EQ(run(api->revoke("app", renewed->access)), core::error_code());
    EXPECT_EQ(run(api->revoke("app", renewed->refresh)), core::error_code());
    EXPECT_EQ(run(api->revoke("app", renewed->access)), twitch::errc::token_invalid);
    EXPECT_EQ(outcome(run(api->refresh("app", renewed->refresh))), "refresh_refused");
    EXPECT_THAT(world.call([this] { return world.auth().rules().complaints(); }), IsEmpty());
}

TEST_F(auth_api_test, what_goes_into_a_form_or_a_header_stays_one_value) {
    const std::string odd = "a+b&client_id=other%41 \r\n=";
    EXPECT_EQ(outcome(run(api->refresh("app", core::secret(odd)))), "refresh_refused");
    EXPECT_EQ(seen("refresh_token"), odd);
    EXPECT_EQ(seen("client_id"), "app");
    EXPECT_FALSE(run(api->validate(core::secret("x\r\nX-More: y"))));
    EXPECT_EQ(world.call([this] { return world.auth().request_count(auth_endpoint::validate); }), 0U);
}

TEST_F(auth_api_test, a_service_that_does_not_work_is_told_from_a_refusal) {
    const auto pair = grant();
    fail(auth_endpoint::refresh, auth_fault::server_error);
    EXPECT_EQ(outcome(run(api->refresh("app", core::secret(pair.refresh)))), "auth_server_error");
    fail(auth_endpoint::validate, auth_fault::malformed);
    EXPECT_EQ(outcome(run(api->validate(core::secret(pair.access)))), "auth_server_error");
    fail(auth_endpoint::validate, auth_fault::cut);
    const auto cut = run(api->validate(core::secret(pair.access)));
    ASSERT_FALSE(cut);
    EXPECT_EQ(core::identifier(cut.error()).find("auth_server_error"), std::string::npos);
    EXPECT_EQ(outcome(run(api->refresh("app", core::secret(pair.refresh)))), "ok");
}

TEST_F(auth_api_test, an_answer_that_is_lost_after_it_took_effect_is_a_network_error) {
    const auto pair = grant();
    fail(auth_endpoint::refresh, auth_fault::lose_answer);
    EXPECT_FALSE(run(api->refresh("app", core::secret(pair.refresh))));
    EXPECT_EQ(world.call([this] { return world.auth().rules().refreshes(); }), 1U);
    EXPECT_EQ(outcome(run(api->validate(core::secret(pair.access)))), "token_invalid");
}

TEST_F(auth_api_test, an_answer_that_never_comes_is_given_up_after_ten_seconds) {
    const auto pair = grant();
    fail(auth_endpoint::validate, auth_fault::stall);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome(run(api->validate(core::secret(pair.access)))), "request_timeout");
    EXPECT_GE(std::chrono::steady_clock::now() - start, 10s);
}

template <class Answer>
net::awaitable<void> keep_outcome(net::awaitable<core::result<Answer>> asking, std::string* out) {
    const auto answer = co_await std::move(asking);
    *out = answer ? "ok" : core::identifier(answer.error());
}

TEST_F(auth_api_test, where_tokens_are_handed_out_the_answer_is_waited_for_longer) {
    const auto pair = grant();
    world.call([this] { world.auth().delay_answers(10500ms); });
    std::string validated;
    std::string polled;
    std::string renewed;
    const auto first = spawn(keep_outcome(api->validate(core::secret(pair.access)), &validated));
    const auto second = spawn(keep_outcome(api->poll_device_token("app", scopes, "code"), &polled));
    run(keep_outcome(api->refresh("app", core::secret(pair.refresh)), &renewed));
    EXPECT_EQ(validated, "request_timeout");
    EXPECT_EQ(renewed, "ok");
    EXPECT_EQ(polled, "device_code_unknown") << "Twitch's answer to this code, late as it is";
}

TEST_F(auth_api_test, answers_that_are_late_still_count) {
    const auto pair = grant();
    world.call([this] { world.auth().delay_answers(300ms); });
    EXPECT_EQ(outcome(run(api->validate(core::secret(pair.access)))), "ok");
}

TEST_F(auth_api_test, tokens_go_to_twitch_and_to_this_machine_only) {
    const auto refused = [this](const std::string& to, bool allow) {
        const auto other = twitch::make_auth_api(core::parse_url(to).value(), tls, allow);
        return outcome(run(other->validate(core::secret("t"))));
    };
    EXPECT_EQ(refused("https://id.example.invalid", false), "token_host_refused");
    EXPECT_EQ(refused("https://nottwitch.tv.invalid", false), "token_host_refused");
    EXPECT_EQ(refused("https://eviltwitch.tv", false), "token_host_refused");
    EXPECT_NE(refused("https://id.example.invalid", true), "token_host_refused");
}

TEST_F(auth_api_test, an_address_with_a_path_keeps_it) {
    const auto other = twitch::make_auth_api(url(world.auth_url(), "/below/"), tls, false);
    EXPECT_EQ(outcome(run(other->request_device_code("app", scopes))), "auth_server_error");
    EXPECT_EQ(world.call([this] { return world.auth().request_count(auth_endpoint::other); }), 1U);
}

}  // namespace
}  // namespace tiktok2twitch::test
