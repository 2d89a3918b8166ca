// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/token_keeper.hpp"

#include <gmock/gmock.h>

#include "support/io_fixture.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

token_found found(const std::string& access, const std::string& client_id = "client") {
    token_found out;
    out.access = core::secret(access);
    out.client_id = client_id;
    return out;
}

class keeper_tokens_test : public test::io_fixture {
public:
    std::vector<std::string> reports;
    keeper_tokens tokens{[this](const core::secret& token) {
        reports.push_back(token.reveal());
    }};
    std::optional<core::result<api_token>> answer;

    std::shared_ptr<test::task> ask(keeper_tokens& from, const std::string& refused) {
        const auto body = [](keeper_tokens_test* self, keeper_tokens* asked,
                             core::secret token) -> net::awaitable<void> {
            co_await net::asio::this_coro::throw_if_cancelled(false);
            self->answer = co_await asked->renew(std::move(token));
        };
        answer.reset();
        return spawn(body(this, &from, core::secret(refused)));
    }
    std::shared_ptr<test::task> ask(const std::string& refused) { return ask(tokens, refused); }
    void turn() {
        loop().restart();
        loop().poll();
    }
    core::error_code failure() { return answer ? answer->error() : core::error_code{}; }
};

TEST_F(keeper_tokens_test, nothing_is_current_before_the_keeper_has_spoken_and_the_client_id_is_known) {
    EXPECT_TRUE(tokens.current().access.empty());
    tokens.on_found(found("a0", ""));
    EXPECT_TRUE(tokens.current().access.empty());
    tokens.on_found(found("a0"));
    EXPECT_EQ(tokens.current().access.reveal(), "a0");
    EXPECT_EQ(tokens.current().client_id, "client");
}

TEST_F(keeper_tokens_test, a_token_that_came_in_between_is_handed_out_at_once) {
    tokens.on_found(found("a1"));
    ask("a0");
    turn();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->value().access.reveal(), "a1");
    EXPECT_THAT(reports, IsEmpty());
}

TEST_F(keeper_tokens_test, a_refusal_is_reported_and_everybody_gets_the_next_token) {
    tokens.on_found(found("a0"));
    std::vector<std::string> got;
    const auto body = [](keeper_tokens_test* self, std::vector<std::string>* out) -> net::awaitable<void> {
        auto next = co_await self->tokens.renew(core::secret("a0"));
        out->push_back(next.value().access.reveal());
    };
    spawn(body(this, &got));
    spawn(body(this, &got));
    turn();
    EXPECT_THAT(reports, ElementsAre("a0", "a0"));
    EXPECT_THAT(got, IsEmpty());
    tokens.on_found(found("a1"));
    turn();
    EXPECT_THAT(got, ElementsAre("a1", "a1"));
}

TEST_F(keeper_tokens_test, without_any_token_it_waits_for_the_first_that_has_a_client_id) {
    ask("");
    turn();
    EXPECT_THAT(reports, IsEmpty());
    tokens.on_found(found("a0", ""));
    turn();
    EXPECT_FALSE(answer);
    tokens.on_found(found("a0"));
    turn();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->value().access.reveal(), "a0");
}

TEST_F(keeper_tokens_test, a_refused_token_that_the_login_service_calls_good_is_not_tried_again) {
    tokens.on_found(found("a0"));
    ask("a0");
    turn();
    tokens.on_found(found("a0"));
    turn();
    EXPECT_EQ(failure(), errc::token_invalid);
}

TEST_F(keeper_tokens_test, a_lost_login_ends_the_wait_and_the_next_ones_at_once_until_there_is_a_new_one) {
    tokens.on_found(found("a0"));
    ask("a0");
    turn();
    tokens.on_lost();
    turn();
    EXPECT_EQ(failure(), errc::login_needed);
    EXPECT_TRUE(tokens.current().access.empty());
    ask("a0");
    turn();
    EXPECT_EQ(failure(), errc::login_needed);
    EXPECT_THAT(reports, ElementsAre("a0"));
    tokens.on_found(found("b0"));
    ask("a0");
    turn();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->value().access.reveal(), "b0");
}

TEST_F(keeper_tokens_test, the_wait_is_bounded) {
    keeper_tokens hasty([](const core::secret&) {}, 20ms);
    hasty.on_found(found("a0"));
    const auto running = ask(hasty, "a0");
    loop().restart();
    loop().run_for(5s);
    EXPECT_TRUE(running->done());
    EXPECT_EQ(failure(), errc::auth_server_error);
}

TEST_F(keeper_tokens_test, the_wait_can_be_cancelled) {
    const auto running = ask("");
    turn();
    running->cancel();
    turn();
    EXPECT_TRUE(running->done());
    EXPECT_EQ(failure(), net::asio::error::operation_aborted);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
