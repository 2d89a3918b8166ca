// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/sending/connection_life.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const core::time_point start{std::chrono::hours(1)};

struct connection_life_test : testing::Test {
    static options with_token(bool kept = false) {
        options out;
        out.login = "bot";
        out.token = core::secret("token");
        out.token_is_kept = kept;
        return out;
    }
    void hear(std::string_view line) { account.session.on_line(line, now); }
    void connect() {
        life.on_connected(now);
        hear(":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
        hear(":tmi.twitch.tv 001 bot :Welcome");
        life.on_logged_in(now);
    }

    account_parts account{with_token()};
    core::time_point now = start;
    connection_life life{account, start, 7};
};

TEST_F(connection_life_test, speaks_from_the_login_to_the_end) {
    EXPECT_EQ(life.connect_at(now), start);
    EXPECT_FALSE(life.may_speak());
    connect();
    EXPECT_TRUE(life.online());
    EXPECT_TRUE(life.may_speak());
    EXPECT_THAT(account.notices, SizeIs(1));
    life.close(make_error_code(errc::connection_dead));
    life.close({});  // the first reason stays
    EXPECT_EQ(life.closing(), make_error_code(errc::connection_dead));
    EXPECT_FALSE(life.may_speak());
    life.on_disconnected(make_error_code(errc::connection_dead), now, {});
    EXPECT_FALSE(life.online());
    EXPECT_EQ(life.status(now).cause, make_error_code(errc::connection_dead).message());
}

TEST_F(connection_life_test, tells_the_cause_once_and_waits_ever_longer) {
    core::duration last{};
    for (int i = 0; i < 5; ++i) {
        life.on_disconnected(make_error_code(errc::login_timeout), now, {});
        const auto wait = life.next_attempt() - now;
        EXPECT_TRUE(i < 2 || wait > last);
        last = wait;
    }
    const auto told = [](const notice& each) {
        return each.level != notice::severity::debug;
    };
    EXPECT_EQ(std::count_if(account.notices.begin(), account.notices.end(), told), 1);
}

TEST_F(connection_life_test, as_long_as_the_server_asks_for_and_soon_after_a_reconnect) {
    life.on_disconnected(make_error_code(errc::login_timeout), now, minutes(5));
    EXPECT_EQ(life.next_attempt(), now + minutes(5));
    connect();
    life.ask_reconnect(now);
    EXPECT_EQ(life.reconnect_by(), now + seconds(2));
    EXPECT_EQ(life.deadline(), now + seconds(2));
    EXPECT_FALSE(life.may_speak());
    life.on_disconnected(make_error_code(errc::server_reconnect), now, {});
    EXPECT_EQ(life.next_attempt(), now);
}

TEST_F(connection_life_test, a_refused_token_ends_it_unless_somebody_keeps_it) {
    life.on_connected(now);
    EXPECT_TRUE(life.on_login_failed(errc::login_refused));
    life.fail(errc::login_refused);
    EXPECT_TRUE(life.fatal());
    life.update(with_token(true), now);  // the same token
    EXPECT_TRUE(life.fatal());
    auto other = with_token(true);
    other.token = core::secret("another");
    life.update(other, now + seconds(9));
    EXPECT_FALSE(life.fatal());
    EXPECT_EQ(life.next_attempt(), now + seconds(9));
}

TEST_F(connection_life_test, a_refused_token_that_is_kept_is_not_tried_again_before_another_comes) {
    account.settings = with_token(true);
    life.on_connected(now);
    EXPECT_FALSE(life.on_login_failed(errc::login_refused));
    EXPECT_TRUE(life.needs_token());
    life.on_disconnected(make_error_code(errc::login_refused), now, {});
    EXPECT_EQ(life.connect_at(now), core::time_point::max());
    EXPECT_THAT(account.notices.back().text, HasSubstr("the next attempt comes with another token"));
    life.retry_login(now + seconds(3));
    EXPECT_EQ(life.next_attempt(), now + seconds(3));
    EXPECT_FALSE(life.needs_token());
}

TEST_F(connection_life_test, a_token_that_was_replaced_since_the_login_began_was_not_refused) {
    account.settings = with_token(true);
    life.on_connected(now);
    auto other = with_token(true);
    other.token = core::secret("another");
    life.update(other, now);
    EXPECT_FALSE(life.on_login_failed(errc::login_refused));
    EXPECT_FALSE(life.needs_token());
}

TEST_F(connection_life_test, quits_once_and_nothing_is_told_of_an_end_that_was_wanted) {
    connect();
    account.notices.clear();
    EXPECT_TRUE(life.unasked());
    life.drain(now + seconds(4));
    EXPECT_EQ(life.deadline(), now + seconds(4));
    EXPECT_TRUE(life.take_quit());
    EXPECT_FALSE(life.take_quit());
    EXPECT_FALSE(life.unasked());
    life.on_disconnected({}, now, {});
    EXPECT_THAT(account.notices, IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
