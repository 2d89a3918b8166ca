// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <filesystem>

#include "e2e/login_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using sim::auth_endpoint;
using sim::auth_fault;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class whoami_test : public login_fixture {
protected:
    // A stored login, without the browser.
    void store(const std::string& login) {
        std::filesystem::create_directories(state_());
        const auto pair = world_.call([&] {
            return world_.auth().rules().grant("app", login, {"chat:read", "chat:edit"}, now());
        });
        twitch::grant grant;
        grant.access = core::secret(pair.access);
        grant.refresh = core::secret(pair.refresh);
        grant.client_id = "app";
        grant.login = login;
        ASSERT_FALSE(twitch::token_store(state_(), login).save(grant));
    }
    std::size_t refreshes() {
        return world_.call([this] { return world_.auth().rules().refreshes(); });
    }
};

TEST_F(whoami_test, the_stored_login_is_named_with_its_rights) {
    store("bot");
    const auto ended = run({"whoami"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("bot (user id "));
    EXPECT_THAT(ended.out, HasSubstr("may      read the chat (chat:read)"));
    EXPECT_THAT(ended.out, HasSubstr("may NOT  send lines through Twitch's API (user:write:chat)"));
    EXPECT_THAT(ended.out, HasSubstr("good for another 3 h 59 min and is renewed by itself"));
    EXPECT_THAT(ended.out, Not(HasSubstr(stored("bot")->access.reveal())));
}

TEST_F(whoami_test, an_expired_access_token_is_renewed_as_a_relay_would) {
    store("bot");
    world_.call([this] { world_.auth().rules().expire_access("bot"); });
    const auto ended = run({"whoami"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_EQ(refreshes(), 1U);
    EXPECT_TRUE(valid(stored("bot")->access));
    EXPECT_EQ(run({"whoami"}).code, 0);
    EXPECT_EQ(refreshes(), 1U);
    EXPECT_THAT(complaints(), IsEmpty());
}

TEST_F(whoami_test, a_renewed_login_that_cannot_be_stored_is_waited_for) {
    store("bot");
    block_store_during_renewal("bot");
    const auto program = start({"whoami"});
    ASSERT_TRUE(store_is_blocked());
    ASSERT_TRUE(program->wait_for_err("token-bot.json cannot be written")) << program->err();
    EXPECT_FALSE(program->wait(std::chrono::milliseconds(300))) << program->out();
    free_store();
    EXPECT_EQ(program->wait(), 0) << program->err();
    EXPECT_TRUE(valid(stored("bot")->access));
    EXPECT_THAT(complaints(), IsEmpty());
}

TEST_F(whoami_test, a_renewed_login_that_is_lost_at_the_end_is_74_and_said) {
    store("bot");
    block_store_during_renewal("bot");
    const auto program = start({"whoami"});
    ASSERT_TRUE(store_is_blocked());
    ASSERT_TRUE(program->wait_for_err("token-bot.json cannot be written")) << program->err();
    program->signal(SIGTERM);
    EXPECT_EQ(program->wait(), 74) << program->err();
    EXPECT_THAT(program->err(), HasSubstr("run 'tiktok2twitch login'"));
    EXPECT_THAT(program->out(), IsEmpty());
}

TEST_F(whoami_test, a_lock_that_cannot_be_taken_is_74_at_once_and_named) {
    store("bot");
    world_.call([this] { world_.auth().rules().expire_access("bot"); });
    std::filesystem::create_directory(state_() + "/token-bot.lock");
    const auto ended = run({"whoami"});
    EXPECT_EQ(ended.code, 74);
    EXPECT_THAT(ended.err, HasSubstr(state_() + "/token-bot.lock cannot be locked"));
    EXPECT_THAT(ended.err, HasSubstr("chown"));
    EXPECT_EQ(refreshes(), 0U);
}

TEST_F(whoami_test, a_login_that_twitch_has_ended_is_77) {
    store("bot");
    world_.call([this] { world_.auth().rules().disconnect("bot"); });
    const auto ended = run({"whoami"});
    EXPECT_EQ(ended.code, 77);
    EXPECT_THAT(ended.err, HasSubstr("tiktok2twitch login"));
    EXPECT_THAT(ended.out, IsEmpty());
}

TEST_F(whoami_test, nobody_several_and_one_of_several) {
    EXPECT_EQ(run({"whoami"}).code, 77);
    store("bot");
    store("other");
    const auto several = run({"whoami"});
    EXPECT_EQ(several.code, 78);
    EXPECT_THAT(several.err, HasSubstr("bot, other"));
    const auto one = run({"whoami", "--set", "twitch.login=other"});
    EXPECT_EQ(one.code, 0) << one.err;
    EXPECT_THAT(one.out, HasSubstr("other (user id "));
    const auto missing = run({"whoami", "--set", "twitch.login=third"});
    EXPECT_EQ(missing.code, 77);
    EXPECT_THAT(missing.err, HasSubstr("third is not logged in"));
}

TEST_F(whoami_test, a_configured_token_goes_first_and_has_to_fit_the_login) {
    const auto pasted = world_.call([this] {
        return world_.auth().rules().grant("app", "other", {"chat:read", "chat:edit"}, now()).access;
    });
    store("bot");
    const std::string token = "TIKTOK2TWITCH_TWITCH_TOKEN=oauth:" + pasted;
    const auto ended = run({"whoami"}, {token});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("other (user id "));
    EXPECT_THAT(ended.out, HasSubstr("cannot be renewed"));
    EXPECT_EQ(run({"whoami"}, {token, "TIKTOK2TWITCH_TWITCH_LOGIN=bot"}).code, 77);
    const auto wrong = run({"whoami"}, {"TIKTOK2TWITCH_TWITCH_TOKEN=nonsense"});
    EXPECT_EQ(wrong.code, 77);
    EXPECT_THAT(wrong.err, HasSubstr("token_invalid"));
    EXPECT_THAT(wrong.err, Not(HasSubstr("nonsense")));
}

TEST_F(whoami_test, systemds_credential_is_a_configured_token) {
    const auto pasted = world_.call(
        [this] { return world_.auth().rules().grant("app", "other", {"chat:read"}, now()).access; });
    temp_.write("twitch_token", pasted + "\n");
    const auto ended = run({"whoami"}, {"CREDENTIALS_DIRECTORY=" + temp_.path()});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr(temp_.file("twitch_token")));
}

TEST_F(whoami_test, a_service_that_does_not_work_is_69_and_changes_nothing) {
    store("bot");
    world_.call([this] { world_.auth().always(auth_endpoint::validate, auth_fault::server_error); });
    EXPECT_EQ(run({"whoami"}).code, 69);
    EXPECT_EQ(refreshes(), 0U);
    EXPECT_TRUE(stored("bot"));
}

TEST_F(whoami_test, a_login_that_others_can_read_is_said) {
    store("bot");
    std::filesystem::permissions(state_() + "/token-bot.json", std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    const auto ended = run({"whoami"});
    EXPECT_EQ(ended.code, 77);
    EXPECT_THAT(ended.err, HasSubstr("chmod 600"));
}

TEST_F(whoami_test, logout_revokes_both_tokens_and_forgets_them) {
    store("bot");
    const auto grant = stored("bot");
    const auto ended = run({"logout"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("Logged out: bot"));
    EXPECT_FALSE(valid(grant->access));
    EXPECT_EQ(requests(auth_endpoint::revoke), 2U);
    EXPECT_FALSE(stored("bot"));
    const auto again = run({"logout"});
    EXPECT_EQ(again.code, 0);
    EXPECT_THAT(again.out, HasSubstr("Nobody is logged in"));
}

TEST_F(whoami_test, a_logout_that_does_not_reach_twitch_says_how_to_finish_it) {
    store("bot");
    world_.call([this] { world_.auth().always(auth_endpoint::revoke, auth_fault::cut); });
    const auto ended = run({"logout"});
    EXPECT_EQ(ended.code, 69);
    EXPECT_THAT(ended.err, HasSubstr("twitch.tv/settings/connections"));
    EXPECT_FALSE(stored("bot"));
}

// The access token may merely have ended, and Twitch revokes no other.
TEST_F(whoami_test, a_logout_of_which_twitch_knows_no_token_does_not_claim_that_it_is_revoked) {
    store("bot");
    world_.call([this] { world_.auth().rules().disconnect("bot"); });
    const auto ended = run({"logout"});
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(ended.out, HasSubstr("Logged out: bot. Its tokens are removed from "));
    EXPECT_THAT(ended.err, HasSubstr("Twitch knew neither of the two tokens"));
    EXPECT_THAT(ended.err, HasSubstr("twitch.tv/settings/connections"));
    EXPECT_FALSE(stored("bot"));
}

TEST_F(whoami_test, a_login_that_cannot_be_read_is_not_thrown_away) {
    store("bot");
    const auto file = state_() + "/token-bot.json";
    run_as_ordinary_user();
    std::filesystem::permissions(file, std::filesystem::perms::none);
    const auto ended = run({"logout"});
    EXPECT_EQ(ended.code, 74);
    EXPECT_THAT(ended.err, HasSubstr(file +
                                     " cannot be read, and nothing was changed: Permission denied. "
                                     "Fix: sudo chown \"$USER\" " +
                                     file));
    EXPECT_TRUE(std::filesystem::exists(file));
    EXPECT_EQ(requests(auth_endpoint::revoke), 0U);
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    std::filesystem::permissions(state_(),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    const auto kept = run({"logout"});
    EXPECT_EQ(kept.code, 74);
    EXPECT_THAT(kept.err,
                HasSubstr(file + " cannot be removed: Permission denied. Fix: sudo chown -R \"$USER\" " +
                          state_() + " && chmod 700 "));
}

TEST_F(whoami_test, a_login_that_others_can_read_is_revoked_by_logout) {
    store("bot");
    const auto grant = stored("bot");
    std::filesystem::permissions(state_() + "/token-bot.json", std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    EXPECT_THAT(run({"whoami"}).err, HasSubstr("'tiktok2twitch logout', which revokes it, then"));
    const auto ended = run({"logout"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("Its tokens are revoked and removed"));
    EXPECT_FALSE(valid(grant->access));
    EXPECT_FALSE(std::filesystem::exists(state_() + "/token-bot.json"));
}

TEST_F(whoami_test, a_damaged_login_is_removed_by_logout) {
    store("bot");
    temp_.write("state/token-bot.json", "{");
    const auto who = run({"whoami"});
    EXPECT_EQ(who.code, 77);
    EXPECT_THAT(who.err, HasSubstr("token_store_damaged"));
    EXPECT_EQ(run({"logout"}).code, 77);
    EXPECT_EQ(run({"logout"}).code, 0);
}

}  // namespace
}  // namespace tiktok2twitch::test
