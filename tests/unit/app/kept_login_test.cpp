// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/kept_login.hpp"

#include <gmock/gmock.h>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {
namespace {

using finding = login_state::finding;
using testing::HasSubstr;

const auto lost = make_error_code(twitch::errc::token_invalid);

TEST(login_state, a_configured_token_that_never_worked_ends_the_relay) {
    login_state state(false);
    EXPECT_TRUE(state.on_lost(lost, "Get a new token."));
    EXPECT_EQ(state.sentence(), "Get a new token. Then start again.");
    EXPECT_EQ(state.problem(), "token_invalid");
}

TEST(login_state, a_configured_token_that_worked_is_waited_for) {
    login_state state(false);
    state.on_token(core::secret("one"));
    state.look(true, false);
    EXPECT_FALSE(state.on_lost(lost, "Get a new token."));
    EXPECT_THAT(state.sentence(), HasSubstr("after 'tiktok2twitch reload'"));
    state.on_token(core::secret("two"));
    EXPECT_EQ(state.problem(), "");
    EXPECT_EQ(state.sentence(), "");
}

TEST(login_state, a_stored_login_is_always_waited_for) {
    login_state state(true);
    EXPECT_FALSE(state.on_lost(lost, "Log in again."));
    EXPECT_EQ(state.sentence(), "Log in again.");
}

TEST(login_state, the_second_refusal_of_a_configured_token_that_never_worked_is_hopeless) {
    login_state state(false);
    EXPECT_EQ(state.look(false, true), finding::nothing) << "no token yet";
    state.on_token(core::secret("one"));
    EXPECT_EQ(state.look(false, false), finding::nothing);
    EXPECT_EQ(state.look(false, true), finding::refused);
    EXPECT_EQ(state.look(false, true), finding::refused) << "the same refusal";
    state.on_token(core::secret("one"));
    EXPECT_EQ(state.look(false, true), finding::hopeless);
}

TEST(login_state, refusals_of_what_worked_or_is_stored_are_never_hopeless) {
    for (const bool stored : {false, true}) {
        login_state state(stored);
        state.look(!stored, false);
        for (int i = 0; i < 3; ++i) {
            state.on_token(core::secret("one"));
            EXPECT_EQ(state.look(false, true), finding::refused);
        }
    }
}

}  // namespace
}  // namespace tiktok2twitch::app
