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

TEST(account_connection, logs_in_joins_and_is_ready) {
    account_driver d;
    d.acc.add_route(1, "chan", d.now);
    EXPECT_EQ(d.status().state, channel_state::offline);
    EXPECT_LE(d.acc.connect_at(d.now), d.now);
    d.run_for(seconds(1));
    EXPECT_EQ(d.protocol,
              "CAP REQ :twitch.tv/tags twitch.tv/commands\r\nPASS oauth:token\r\nNICK bot\r\nJOIN #chan\r\n");
    EXPECT_TRUE(d.acc.online());
    EXPECT_EQ(d.status().state, channel_state::ready);
    EXPECT_FALSE(d.status().high_tier);
    EXPECT_EQ(d.told(severity::info, "/mod bot"), 1U);
}

TEST(account_connection, the_server_decides_the_login) {
    account_driver d;
    d.answers_login = false;
    EXPECT_EQ(d.acc.login(), "bot");
    d.run_for(seconds(1));
    d.say(":tmi.twitch.tv 001 other :Welcome");
    EXPECT_EQ(d.acc.login(), "other");
}

TEST(account_connection, a_refused_login_is_fatal_until_the_token_changes) {
    account_driver d;
    d.answers_login = false;
    d.acc.add_route(1, "chan", d.now);
    d.push(1, "waits");
    d.run_for(seconds(1));
    d.say(":tmi.twitch.tv NOTICE * :Login authentication failed");
    d.run_for(seconds(1));
    ASSERT_EQ(d.closes.size(), 1U);
    EXPECT_EQ(d.closes[0], errc::login_refused);
    EXPECT_EQ(d.acc.fatal(), errc::login_refused);
    d.push(1, "too late");
    EXPECT_EQ(d.dropped("login_refused"), 2U);
    EXPECT_EQ(d.told(severity::error, "token"), 1U);
    d.run_for(minutes(5));
    EXPECT_EQ(d.logins.size(), 1U);

    d.settings.token = core::secret("fresh");
    d.acc.update_options(d.settings, d.now);
    EXPECT_FALSE(d.acc.fatal());
    d.answers_login = true;
    d.run_for(seconds(1));
    EXPECT_THAT(d.protocol, HasSubstr("oauth:fresh"));
    EXPECT_TRUE(d.acc.online());
}

TEST(account_connection, a_refused_capability_is_retried_not_fatal) {
    account_driver d;
    d.answers_login = false;
    d.run_for(seconds(1));
    d.say(":tmi.twitch.tv CAP * NAK :twitch.tv/tags");
    d.run_for(seconds(5));
    EXPECT_EQ(d.closes.at(0), errc::capabilities_refused);
    EXPECT_FALSE(d.acc.fatal());
    EXPECT_GE(d.logins.size(), 2U);
}

TEST(account_connection, failed_attempts_wait_longer_each_time_up_to_a_minute) {
    account_driver d;
    d.reconnects = false;
    std::vector<double> waits;
    for (int i = 0; i < 10; ++i) {
        d.acc.on_connecting(d.now);
        d.acc.on_disconnected(boost::system::errc::make_error_code(boost::system::errc::connection_refused),
                              d.now);
        const auto at = d.acc.connect_at(d.now);
        waits.push_back(std::chrono::duration<double>(std::max(at, d.now) - d.now).count());
        d.now = std::max(d.now, at);
    }
    EXPECT_EQ(waits[0], 0);
    double expected = 1;
    for (std::size_t i = 1; i < waits.size(); ++i, expected = std::min(expected * 2, 60.0)) {
        EXPECT_GE(waits[i], expected * 0.8) << i;
        EXPECT_LE(waits[i], expected * 1.2) << i;
    }
}

TEST(account_connection, a_wait_that_twitch_asks_for_is_kept_and_told) {
    account_driver d;
    d.reconnects = false;
    d.acc.on_connecting(d.now);
    d.acc.on_disconnected(errc::api_rate_limited, d.now, seconds(45));
    EXPECT_EQ(d.acc.connect_at(d.now), d.now + seconds(45));
    const auto notices = d.acc.take_notices();
    ASSERT_FALSE(notices.empty());
    EXPECT_THAT(notices.back().text, testing::HasSubstr("Next attempt in 45 s."));
}

TEST(account_connection, an_absence_says_its_cause_once_that_it_lasts_and_how_long_it_was) {
    account_driver d;
    d.get_ready();
    d.notices.clear();
    d.disconnect();
    d.reconnects = false;
    const auto away_since = d.now;
    const auto refused = boost::system::errc::make_error_code(boost::system::errc::connection_refused);
    while (d.now < away_since + minutes(20)) {
        d.now = std::max(d.now, d.acc.connect_at(d.now));
        d.acc.on_connecting(d.now);
        d.acc.on_disconnected(refused, d.now);
        d.collect();
    }
    const auto lasts = d.told(severity::warning, "still not connected, for ");
    EXPECT_GE(lasts, 4U);  // after 1, 3, 7 and 15 minutes
    EXPECT_LE(lasts, 5U);
    EXPECT_EQ(d.told(severity::warning, "(generic:111). Next attempt in ") - lasts, 1U);
    EXPECT_EQ(d.told(severity::warning, "(generic:104)"), 1U);  // how it began
    const auto status = d.acc.connection(d.now);
    EXPECT_FALSE(status.online);
    EXPECT_GE(status.since, minutes(20));
    EXPECT_EQ(status.cause, refused.message());
    EXPECT_GT(status.next_try, core::duration{});
    d.reconnects = true;
    d.run_for(minutes(2));
    EXPECT_EQ(d.told(severity::info, "logged in as bot; not connected for 2"), 1U);
    EXPECT_TRUE(d.acc.connection(d.now).online);
}

TEST(account_connection, silent_logins_time_out_and_get_rarer) {
    account_driver d;
    d.answers_login = false;
    d.run_for(minutes(9));
    EXPECT_EQ(d.closes.at(0), errc::login_timeout);
    // 15 s each, then a backoff that grows to a minute: it never comes near the limiter's 20 in 10 minutes.
    EXPECT_GE(d.logins.size(), 8U);
    EXPECT_LE(d.logins.size(), 15U);
}

// How long the account was away after each of `times` connections that lived for `life` once they were ready.
std::vector<core::duration> away_after(account_driver& d, int times, core::duration life) {
    std::vector<core::duration> away;
    for (int i = 0; i < times; ++i) {
        d.run_for(life);
        d.disconnect();
        const auto died = d.now;
        while (d.status().state != channel_state::ready)
            d.run_for(milliseconds(100));
        away.push_back(d.now - died);
    }
    return away;
}

TEST(account_connection, connections_that_die_soon_after_the_join_are_back_within_fifteen_seconds) {
    for (const auto life : {milliseconds(10), milliseconds(1000), milliseconds(5000), milliseconds(20000)}) {
        account_driver d;
        d.get_ready();
        for (const auto away : away_after(d, 60, life))
            EXPECT_LE(away, seconds(12));
        // Twitch's limit is 20 logins in 10 s.
        for (std::size_t i = 4; i < d.logins.size(); ++i)
            EXPECT_GE(d.logins[i] - d.logins[i - 4], seconds(8));
    }
}

TEST(account_connection, a_minute_of_quiet_life_and_nothing_less_makes_the_next_login_quick) {
    account_driver d;
    d.get_ready();
    away_after(d, 10, seconds(1));
    d.push(1, "an accepted line proves nothing");
    EXPECT_GE(away_after(d, 1, seconds(2)).back(), seconds(5));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_LE(away_after(d, 1, seconds(61)).back(), seconds(1));
    EXPECT_LE(away_after(d, 1, seconds(1)).back(), seconds(2));
}

TEST(account_connection, a_server_that_asks_without_end_and_does_not_read_is_given_up) {
    account_driver d;
    d.get_ready();
    for (int i = 0; i < 5'000; ++i)
        d.say("PING :tmi.twitch.tv");
    EXPECT_FALSE(d.acc.overflow());  // 25 bytes each: still less than the bound
    for (int i = 0; i < 1'000'000 && !d.acc.overflow(); ++i)
        d.say("PING :tmi.twitch.tv");
    EXPECT_EQ(d.acc.overflow(), errc::server_not_reading);
    d.run_for(seconds(3));
    EXPECT_EQ(d.closes.at(0), errc::server_not_reading);
    EXPECT_EQ(d.told(severity::warning, "does not read"), 1U);
    EXPECT_FALSE(d.acc.overflow());
    EXPECT_EQ(d.status().state, channel_state::ready);
}

TEST(account_connection, a_dead_connection_is_noticed_and_replaced) {
    account_driver d;
    d.get_ready();
    d.answers_pings = false;
    d.run_for(seconds(45));
    ASSERT_GE(d.closes.size(), 1U);
    EXPECT_EQ(d.closes[0], errc::connection_dead);
    EXPECT_TRUE(d.acc.online());
    EXPECT_EQ(d.status().state, channel_state::ready);
}

TEST(account_connection, an_idle_connection_lives_on_pings) {
    account_driver d;
    d.get_ready();
    d.run_for(minutes(30));
    EXPECT_TRUE(d.closes.empty());
    EXPECT_EQ(d.logins.size(), 1U);
}

TEST(account_connection, reconnect_lets_the_line_in_flight_be_answered_and_loses_nothing) {
    account_driver d;
    d.get_ready();
    d.rtt = milliseconds(500);
    d.push(1, "one");
    d.run_for(milliseconds(100));
    d.say(":tmi.twitch.tv RECONNECT");
    d.push(1, "two");
    d.run_for(seconds(5));
    EXPECT_EQ(d.closes.at(0), errc::server_reconnect);
    EXPECT_EQ(d.relayed(), 2U);
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_GE(d.lines[1].at, d.logins.at(1));
    EXPECT_LE(d.logins.at(1), start + seconds(4));
}

TEST(account_connection, reconnect_with_nothing_in_flight_goes_at_once) {
    account_driver d;
    d.get_ready();
    d.run_for(seconds(5));
    d.say(":tmi.twitch.tv RECONNECT");
    d.run_for(milliseconds(1));
    EXPECT_EQ(d.closes.size(), 1U);
    EXPECT_EQ(d.logins.size(), 2U);
}

TEST(account_connection, a_close_after_a_burst_slows_the_account_down) {
    options settings;
    settings.pack = false;
    account_driver d(settings);
    d.rank_tags["chan"] = "badges=;mod=1";
    d.get_ready();
    d.run_for(seconds(5));
    for (int i = 0; i < 40; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(5));
    EXPECT_GE(d.lines.size(), 10U);
    const auto before = d.lines.size();
    const auto closed = d.now;
    d.disconnect();
    EXPECT_EQ(d.told(severity::warning, "right after many lines"), 1U);
    d.run_for(seconds(10));
    EXPECT_GE(d.lines.at(before).at, closed + seconds(2));
}

TEST(account_connection, reconnect_waits_two_seconds_for_an_answer_and_no_longer) {
    account_driver d;
    d.get_ready();
    d.answer = [](const auto&) {
        return "";
    };
    d.push(1, "one");
    d.run_for(milliseconds(100));
    const auto asked = d.now;
    d.say(":tmi.twitch.tv RECONNECT");
    d.answer = [&](const auto& sent) {
        return d.accept(sent.line.channel);
    };
    d.run_for(milliseconds(1999));
    EXPECT_TRUE(d.closes.empty());
    d.run_for(seconds(4));
    EXPECT_EQ(d.closes.size(), 1U);
    EXPECT_GE(d.logins.at(1), asked + seconds(2));
    EXPECT_EQ(d.relayed(), 1U);
}

TEST(account_connection, an_unknown_channel_is_asked_again_and_named) {
    account_driver d;
    d.answers_joins = false;
    d.get_ready("typo");
    d.run_for(seconds(31));
    EXPECT_EQ(d.status().state, channel_state::joining);
    EXPECT_EQ(d.told(severity::warning, "Twitch does not answer the JOIN"), 1U);
    std::size_t joins = 0;
    for (auto at = d.protocol.find("JOIN"); at != std::string::npos; at = d.protocol.find("JOIN", at + 1))
        ++joins;
    EXPECT_EQ(joins, 3U);
}

TEST(account_connection, suspension_of_the_account_stops_everything) {
    account_driver d;
    d.get_ready();
    d.answer = [](const auto& sent) {
        return account_driver::refuse(sent.line.channel, "msg_suspended");
    };
    d.push(1, "x");
    d.run_for(seconds(1));
    d.push(1, "y");
    EXPECT_EQ(d.acc.fatal(), errc::account_suspended);
    EXPECT_EQ(d.dropped("refused_msg_suspended"), 1U);
    EXPECT_EQ(d.dropped("account_suspended"), 1U);
    EXPECT_EQ(d.told(severity::error, "suspended"), 1U);
}

TEST(account_connection, drain_sends_what_waits_says_quit_and_ends) {
    account_driver d;
    d.settings.pack = false;
    d.acc.update_options(d.settings, d.now);
    d.get_ready();
    d.push(1, "a");
    d.push(1, "b");
    d.acc.drain(d.now + seconds(5), d.now);
    d.push(1, "late");
    d.run_for(seconds(10));
    EXPECT_EQ(d.relayed(), 2U);
    EXPECT_EQ(d.dropped("shutdown"), 1U);
    EXPECT_THAT(d.protocol, testing::EndsWith("QUIT bye\r\n"));
    ASSERT_EQ(d.closes.size(), 1U);
    EXPECT_FALSE(d.closes[0]);
    EXPECT_TRUE(d.acc.drained(d.now));
}

TEST(account_connection, drain_gives_up_at_its_deadline) {
    account_driver d;
    d.settings.pack = false;
    d.acc.update_options(d.settings, d.now);
    d.get_ready();
    for (int i = 0; i < 20; ++i)
        d.push(1, "m" + std::to_string(i));
    const auto asked = d.now;
    d.acc.drain(asked + seconds(5), d.now);
    d.run_for(seconds(20));
    EXPECT_EQ(d.closes.size(), 1U);
    EXPECT_GT(d.relayed(), 2U);
    EXPECT_EQ(d.relayed() + d.dropped("shutdown") + d.dropped("unknown"), 20U);
    EXPECT_LE(d.lines.back().at, asked + seconds(5));
    EXPECT_EQ(d.acc.pending(1), 0U);
}

TEST(account_connection, drain_while_offline_connects_for_what_waits_but_not_beyond_the_deadline) {
    account_driver waiting;
    waiting.acc.add_route(1, "chan", waiting.now);
    waiting.push(1, "a");
    waiting.acc.drain(waiting.now + seconds(5), waiting.now);
    EXPECT_FALSE(waiting.acc.drained(waiting.now));
    waiting.run_for(seconds(3));
    EXPECT_EQ(waiting.relayed(), 1U);

    account_driver cut;
    cut.acc.add_route(1, "chan", cut.now);
    cut.push(1, "a");
    cut.acc.drain(cut.now + seconds(5), cut.now);
    EXPECT_TRUE(cut.acc.drained(cut.now + seconds(5)));
    cut.collect();
    EXPECT_EQ(cut.dropped("shutdown"), 1U);

    account_driver idle;
    idle.acc.drain(idle.now + seconds(5), idle.now);
    EXPECT_TRUE(idle.acc.drained(idle.now));
}

TEST(account_connection, no_text_of_the_account_contains_the_token) {
    account_driver d;
    d.get_ready();
    d.disconnect();
    d.run_for(seconds(5));
    for (const auto& n : d.notices)
        EXPECT_THAT(n.text, Not(HasSubstr("token")));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
