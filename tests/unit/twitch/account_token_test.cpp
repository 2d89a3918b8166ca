// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;
using severity = notice::severity;

constexpr auto refusal = ":tmi.twitch.tv NOTICE * :Login authentication failed";

class account_token : public testing::Test {
public:
    account_driver d{kept()};

    static options kept() {
        options out;
        out.token_is_kept = true;
        return out;
    }
    void use(const std::string& token) {
        d.settings.token = core::secret(token);
        d.acc.update_options(d.settings, d.now);
    }
    // Logs in and is refused.
    void get_refused() {
        d.answers_login = false;
        d.acc.add_route(1, "chan", d.now);
        d.run_for(seconds(1));
        d.say(refusal);
        d.run_for(seconds(1));
    }
};

TEST_F(account_token, a_refused_login_is_not_fatal_and_waits_for_another_token) {
    get_refused();
    ASSERT_EQ(d.closes.size(), 1U);
    EXPECT_EQ(d.closes[0], errc::login_refused);
    EXPECT_FALSE(d.acc.fatal());
    EXPECT_TRUE(d.acc.needs_token());
    EXPECT_EQ(d.told(severity::warning, "another token"), 1U);
    d.run_for(minutes(30));
    EXPECT_EQ(d.logins.size(), 1U);
    EXPECT_EQ(d.acc.connect_at(d.now), core::time_point::max());

    d.answers_login = true;
    use("fresh");
    EXPECT_FALSE(d.acc.needs_token());
    d.run_for(seconds(1));
    EXPECT_THAT(d.protocol, HasSubstr("oauth:fresh"));
    EXPECT_TRUE(d.acc.online());
}

TEST_F(account_token, what_waits_for_a_token_is_kept_and_then_said) {
    get_refused();
    d.push(1, "patient");
    use("fresh");
    d.answers_login = true;
    d.run_for(seconds(5));
    EXPECT_EQ(d.relayed(), 1U);
}

TEST_F(account_token, what_waits_too_long_for_a_token_expires_and_is_counted) {
    get_refused();
    d.push(1, "late");
    d.run_for(minutes(2));
    d.acc.connect_at(d.now);  // the shell looks once a second
    d.collect();
    ASSERT_EQ(d.settled.size(), 1U);
    EXPECT_EQ(d.settled[0].result, relay::outcome::dropped);
    EXPECT_EQ(d.acc.pending(1), 0U);
}

TEST_F(account_token, the_same_token_again_changes_nothing) {
    get_refused();
    use("token");
    EXPECT_TRUE(d.acc.needs_token());
    d.run_for(minutes(5));
    EXPECT_EQ(d.logins.size(), 1U);
}

TEST_F(account_token, a_refused_token_that_is_good_after_all_is_tried_again) {
    get_refused();
    d.answers_login = true;
    d.acc.retry_login(d.now);
    EXPECT_FALSE(d.acc.needs_token());
    d.run_for(seconds(5));
    EXPECT_TRUE(d.acc.online());
}

TEST_F(account_token, retry_login_does_not_shorten_an_ordinary_backoff) {
    d.reconnects = false;
    for (int i = 0; i < 8; ++i) {
        d.acc.on_connecting(d.now);
        d.acc.on_disconnected(boost::system::errc::make_error_code(boost::system::errc::connection_refused),
                              d.now);
    }
    const auto at = d.acc.connect_at(d.now);
    EXPECT_GT(at, d.now + seconds(30));
    d.acc.retry_login(d.now);
    use("fresh");
    EXPECT_EQ(d.acc.connect_at(d.now), at);
}

TEST_F(account_token, no_token_yet_means_no_attempt_until_one_comes) {
    use("");
    EXPECT_TRUE(d.acc.needs_token());
    d.acc.add_route(1, "chan", d.now);
    d.push(1, "patient");
    d.run_for(seconds(30));
    EXPECT_TRUE(d.logins.empty());
    use("first");
    d.run_for(seconds(5));
    EXPECT_TRUE(d.acc.online());
    EXPECT_EQ(d.relayed(), 1U);
}

TEST_F(account_token, a_token_taken_away_while_connecting_is_not_sent_as_nothing) {
    d.acc.add_route(1, "chan", d.now);
    d.acc.on_connecting(d.now);
    use("");
    d.acc.on_connected(d.now);
    const auto todo = d.acc.next(d.now);
    ASSERT_TRUE(std::holds_alternative<close_connection>(todo));
    EXPECT_EQ(std::get<close_connection>(todo).reason, errc::login_needed);
    d.acc.on_disconnected(errc::login_needed, d.now);
    EXPECT_EQ(d.acc.connect_at(d.now), core::time_point::max());
}

TEST_F(account_token, a_changed_token_leaves_the_connection_alone_and_serves_the_next_login) {
    d.get_ready();
    use("fresh");
    d.push(1, "still here");
    d.run_for(minutes(5));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_TRUE(d.closes.empty());
    EXPECT_EQ(d.logins.size(), 1U);
    EXPECT_THAT(d.protocol, Not(HasSubstr("fresh")));
    d.disconnect();
    d.run_for(seconds(5));
    EXPECT_THAT(d.protocol, HasSubstr("oauth:fresh"));
    EXPECT_TRUE(d.acc.online());
}

TEST_F(account_token, a_refusal_of_a_token_that_was_replaced_since_is_no_refusal_of_the_new_one) {
    d.answers_login = false;
    d.acc.add_route(1, "chan", d.now);
    d.run_for(seconds(1));
    use("fresh");
    d.say(refusal);
    EXPECT_FALSE(d.acc.needs_token());
    d.answers_login = true;
    d.run_for(seconds(10));
    EXPECT_THAT(d.protocol, HasSubstr("oauth:fresh"));
    EXPECT_TRUE(d.acc.online());
}

TEST_F(account_token, a_malformed_login_is_fatal_all_the_same) {
    d.answers_login = false;
    d.run_for(seconds(1));
    d.say(":tmi.twitch.tv NOTICE * :Improperly formatted auth");
    EXPECT_EQ(d.acc.fatal(), errc::login_malformed);
}

TEST_F(account_token, refusals_again_and_again_keep_the_login_limit) {
    d.answers_login = false;
    d.acc.add_route(1, "chan", d.now);
    const auto begin = d.now;
    for (int i = 0; i < 100; ++i) {
        use("token " + std::to_string(i));
        d.run_for(seconds(1));
        if (d.connected)
            d.say(refusal);
    }
    EXPECT_GT(d.logins.size(), 10U);
    EXPECT_LE(d.logins.size(), 20U);
    EXPECT_LT(d.now, begin + minutes(10));
}

TEST_F(account_token, draining_without_a_token_ends_at_the_deadline) {
    get_refused();
    d.push(1, "never said");
    d.acc.drain(d.now + seconds(3), d.now);
    EXPECT_FALSE(d.acc.drained(d.now));
    EXPECT_TRUE(d.acc.drained(d.now + seconds(3)));
    d.collect();
    EXPECT_EQ(d.dropped("shutdown"), 1U);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
