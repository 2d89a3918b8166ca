// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "support/sim_fixture.hpp"

namespace tiktok2twitch {
namespace {

using namespace std::chrono_literals;
using net::awaitable;

class sim_twitch_test : public test::sim_fixture {
public:
    sim_twitch_test() {
        world.call([this] {
            world.twitch().rules().add_account("bot", "secret");
            world.twitch().rules().add_channel("chan");
        });
    }

    awaitable<net::line_stream> connect() {
        auto stream = co_await net::connect_lines(url(world.ircs_url()), tls, 5s);
        co_return std::move(stream.value());
    }

    // Connected, logged in and in the channel.
    awaitable<net::line_stream> enter(std::string login = "PASS oauth:secret\r\nNICK bot\r\n") {
        auto stream = co_await connect();
        co_await stream.write("CAP REQ :twitch.tv/tags twitch.tv/commands\r\n" + login + "JOIN #chan\r\n");
        const std::string line = co_await find(stream, "ROOMSTATE #chan");
        EXPECT_NE(line.find("slow=0"), std::string::npos) << line;
        if (login.find("justinfan") == std::string::npos) {
            co_await drain(stream);
        }
        co_return std::move(stream);
    }

    // The next line that contains `text`; the error in words when there is none.
    static awaitable<std::string> find(net::line_stream& stream, std::string text) {
        for (;;) {
            std::string line = co_await read_within(stream, 5s);
            if (line.find(text) != std::string::npos || line.starts_with("error: ") || line == "silence") {
                co_return line;
            }
        }
    }

    // Reads up to the answer to a PING: everything that was sent before is gone.
    static awaitable<void> drain(net::line_stream& stream) {
        co_await stream.write("PING drained\r\n");
        co_await find(stream, ":drained");
    }

    std::size_t violations(sim::violation_kind kind) {
        return world.call([this, kind] {
            std::size_t found = 0;
            for (const auto& one : world.twitch().rules().violations()) {
                found += one.kind == kind ? 1 : 0;
            }
            return found;
        });
    }
    std::size_t delivered() {
        return world.call([this] { return world.twitch().rules().delivered().size(); });
    }
};

TEST_F(sim_twitch_test, a_login_is_answered_with_welcome_and_global_state) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.connect();
        co_await stream.write("CAP LS 302\r\nCAP REQ :twitch.tv/tags twitch.tv/commands\r\n");
        EXPECT_NE((co_await find(stream, "CAP * LS")).find("twitch.tv/tags"), std::string::npos);
        EXPECT_EQ(co_await find(stream, "CAP * ACK"),
                  ":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
        co_await stream.write("CAP END\r\nUSER x 0 * :x\r\nPASS oauth:secret\r\nNICK BOT\r\n");
        EXPECT_EQ(co_await find(stream, " 001 "), ":tmi.twitch.tv 001 bot :Welcome, GLHF!");
        EXPECT_NE((co_await find(stream, "GLOBALUSERSTATE")).find("user-id="), std::string::npos);
        co_await stream.close();
    }(*this));
    EXPECT_TRUE(world.wait_for([this] { return world.twitch().connections() == 0; }));
    EXPECT_TRUE(world.call([this] { return world.twitch().rules().violations().empty(); }));
}

TEST_F(sim_twitch_test, an_unknown_capability_and_a_wrong_token_are_refused) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.connect();
        co_await stream.write("CAP REQ :twitch.tv/other\r\nPASS oauth:wrong\r\nNICK bot\r\n");
        EXPECT_NE((co_await find(stream, "CAP")).find("NAK"), std::string::npos);
        EXPECT_EQ(co_await find(stream, "NOTICE"), ":tmi.twitch.tv NOTICE * :Login authentication failed");
        EXPECT_EQ(co_await find(stream, "nothing"), "error: closed_by_peer");
    }(*this));
}

TEST_F(sim_twitch_test, another_client_of_the_account_is_seen_and_takes_from_the_same_limits) {
    world.call([this] { world.twitch().rules().add_channel("other"); });
    const auto type = [this](const std::string& channel, const std::string& text) {
        return world.call([&] { return world.twitch().type("bot", channel, text).what; });
    };
    run([](sim_twitch_test& self, const auto& say) -> awaitable<void> {
        auto stream = co_await self.enter();
        EXPECT_EQ(say("other", "where this connection is not"), sim::say_answer::kind::delivered);
        EXPECT_EQ(say("chan", "typed"), sim::say_answer::kind::delivered);
        const std::string seen = co_await find(stream, "PRIVMSG");
        EXPECT_TRUE(seen.ends_with(":bot!bot@bot.tmi.twitch.tv PRIVMSG #chan :typed")) << seen;
        co_await stream.write("PRIVMSG #chan :too soon\r\n");
        const std::string refused = co_await find(stream, "msg-id");
        EXPECT_NE(refused.find("msg_ratelimit"), std::string::npos) << refused;
        co_await stream.close();
    }(*this, type));
    EXPECT_EQ(delivered(), 2U);
    EXPECT_EQ(violations(sim::violation_kind::spacing), 1U);
    for (int i = 0; i < 30; ++i) {
        type("other", "m" + std::to_string(i));
    }
    EXPECT_GE(violations(sim::violation_kind::over_budget), 1U);
}

TEST_F(sim_twitch_test, the_sender_gets_the_id_that_others_see_and_no_echo) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto watcher = co_await self.enter("NICK justinfan7\r\n");
        auto stream = co_await self.enter();
        co_await stream.write("@client-nonce=n1 PRIVMSG #chan :hello there\r\n");
        const std::string answer = co_await read_within(stream, 5s);
        EXPECT_NE(answer.find("USERSTATE #chan"), std::string::npos) << answer;
        const auto at = answer.find(";id=");
        const std::string id = answer.substr(at, answer.find_first_of("; ", at + 1) - at);
        const std::string echo = co_await find(watcher, "PRIVMSG");
        EXPECT_NE(echo.find(id), std::string::npos) << id << " in " << echo;
        EXPECT_NE(echo.find("client-nonce=n1"), std::string::npos);
        EXPECT_TRUE(echo.ends_with("PRIVMSG #chan :hello there"));
        co_await stream.close();
        co_await watcher.close();
    }(*this));
    EXPECT_EQ(delivered(), 1U);
    EXPECT_TRUE(world.call([this] { return world.twitch().rules().violations().empty(); }));
}

TEST_F(sim_twitch_test, a_refused_line_is_answered_with_its_msg_id) {
    world.call([this] { world.twitch().rules().block_term("chan", "bad"); });
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        co_await stream.write("PRIVMSG #chan :so bad\r\n");
        EXPECT_TRUE((co_await find(stream, "#chan"))
                        .starts_with("@msg-id=msg_rejected_mandatory :tmi.twitch.tv NOTICE #chan :"));
        co_await stream.close();
    }(*this));
    EXPECT_EQ(delivered(), 0U);
}

TEST_F(sim_twitch_test, a_socket_lost_after_accepting_has_delivered_and_one_lost_before_has_not) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        self.world.call([&self] { self.world.twitch().faults().cut_before_accept = 1; });
        co_await stream.write("PRIVMSG #chan :one\r\n");
        EXPECT_TRUE((co_await find(stream, "USERSTATE")).starts_with("error: "));
        EXPECT_EQ(self.delivered(), 0U);
        stream = co_await self.enter();
        self.world.call([&self] { self.world.twitch().faults().cut_after_accept = 1; });
        co_await stream.write("PRIVMSG #chan :two\r\n");
        EXPECT_TRUE((co_await find(stream, "USERSTATE")).starts_with("error: "));
        EXPECT_EQ(self.delivered(), 1U);
    }(*this));
}

TEST_F(sim_twitch_test, a_second_line_before_the_late_answer_is_a_violation) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        self.world.call([&self] {
            self.world.twitch().faults().answer_delay = 3s;
            self.world.twitch().rules().set_role("bot", "chan", sim::role::moderator);
        });
        co_await stream.write("PRIVMSG #chan :one\r\nPRIVMSG #chan :two\r\n");
        EXPECT_EQ(co_await read_within(stream, 100ms), "silence");
        EXPECT_NE((co_await find(stream, "USERSTATE")).find("USERSTATE"), std::string::npos);
        EXPECT_NE((co_await find(stream, "USERSTATE")).find("USERSTATE"), std::string::npos);
        self.world.call([&self] { self.world.twitch().faults().answer_delay = 0s; });
        co_await stream.write("PRIVMSG #chan :three\r\n");
        EXPECT_NE((co_await find(stream, "USERSTATE")).find("USERSTATE"), std::string::npos);
        co_await stream.close();
    }(*this));
    EXPECT_EQ(violations(sim::violation_kind::second_unconfirmed), 1U);
    EXPECT_EQ(delivered(), 3U);
}

TEST_F(sim_twitch_test, a_lost_answer_leaves_the_line_delivered) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        self.world.call([&self] { self.world.twitch().faults().lose_answers = 1; });
        co_await stream.write("PRIVMSG #chan :one\r\n");
        EXPECT_TRUE(
            self.world.wait_for([&self] { return self.world.twitch().rules().delivered().size() == 1; }));
        EXPECT_EQ(co_await read_within(stream, 200ms), "silence");
        co_await stream.close();
    }(*this));
    EXPECT_EQ(delivered(), 1U);
}

TEST_F(sim_twitch_test, an_injected_line_break_shows_up_as_an_unknown_command) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        co_await stream.write("PRIVMSG #chan :one\r\nand more text\r\n");
        EXPECT_NE((co_await find(stream, " 421 ")).find("Unknown command"), std::string::npos);
        co_await stream.close();
    }(*this));
    EXPECT_EQ(violations(sim::violation_kind::unknown_command), 1U);
}

TEST_F(sim_twitch_test, reconnect_is_announced_and_followed_by_the_end) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        self.world.call([&self] { self.world.twitch().reconnect("bot", 100ms); });
        EXPECT_EQ(co_await read_within(stream, 5s), ":tmi.twitch.tv RECONNECT");
        EXPECT_EQ(co_await read_within(stream, 5s), "error: closed_by_peer");
    }(*this));
}

TEST_F(sim_twitch_test, a_deaf_connection_says_nothing_and_stays_open) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        self.world.call([&self] { self.world.twitch().go_deaf("bot"); });
        co_await stream.write("PING x\r\nPRIVMSG #chan :lost\r\n");
        EXPECT_EQ(co_await read_within(stream, 300ms), "silence");
        EXPECT_EQ(self.world.call([&self] { return self.world.twitch().connections(); }), 1U);
        stream.reset();
    }(*this));
    EXPECT_EQ(delivered(), 0U);
}

TEST_F(sim_twitch_test, pings_are_answered_as_measured_and_pongs_are_noted) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        co_await stream.write("PING\r\nPING a b\r\nPING :a b\r\n");
        EXPECT_EQ(co_await read_within(stream, 5s), "PONG :tmi.twitch.tv");
        EXPECT_EQ(co_await read_within(stream, 5s), ":tmi.twitch.tv PONG tmi.twitch.tv :a");
        EXPECT_EQ(co_await read_within(stream, 5s), ":tmi.twitch.tv PONG tmi.twitch.tv :a b");
        self.world.call([&self] { self.world.twitch().ping("are you there"); });
        EXPECT_EQ(co_await read_within(stream, 5s), "PING :are you there");
        co_await stream.write("PONG :are you there\r\n");
        EXPECT_TRUE(self.world.wait_for([&self] { return self.world.twitch().pongs("are you there") == 1; }));
        co_await stream.close();
    }(*this));
}

TEST_F(sim_twitch_test, changes_of_modes_ranks_and_punishments_are_told) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        sim::twitch_server& twitch = self.world.twitch();
        self.world.call([&twitch] {
            sim::channel_modes modes;
            modes.slow = 7;
            twitch.set_modes("chan", modes);
            twitch.set_role("bot", "chan", sim::role::moderator, true);
            twitch.time_out("bot", "chan", 60s);
            twitch.say_as("viewer", "chan", "hi bot");
            twitch.notice("chan", "slow_on", "This room is now in slow mode.");
        });
        const std::string modes = co_await read_within(stream, 5s);
        EXPECT_NE(modes.find("slow=7 :tmi.twitch.tv ROOMSTATE #chan"), std::string::npos) << modes;
        EXPECT_NE((co_await read_within(stream, 5s)).find("moderator/1"), std::string::npos);
        EXPECT_EQ(co_await read_within(stream, 5s), "@ban-duration=60 :tmi.twitch.tv CLEARCHAT #chan :bot");
        EXPECT_TRUE((co_await read_within(stream, 5s)).ends_with("PRIVMSG #chan :hi bot"));
        EXPECT_TRUE((co_await read_within(stream, 5s)).starts_with("@msg-id=slow_on "));
        co_await stream.close();
    }(*this));
}

TEST_F(sim_twitch_test, who_leaves_a_channel_is_told_so_once) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        co_await stream.write("PART #chan\r\nPART #chan\r\nPING done\r\n");
        EXPECT_EQ(co_await read_within(stream, 5s), ":bot!bot@bot.tmi.twitch.tv PART #chan");
        EXPECT_EQ(co_await read_within(stream, 5s), ":tmi.twitch.tv PONG tmi.twitch.tv :done");
        co_await stream.write("JOIN #chan\r\n");
        EXPECT_NE((co_await find(stream, "ROOMSTATE #chan")).find("slow=0"), std::string::npos);
        co_await stream.close();
    }(*this));
}

TEST_F(sim_twitch_test, viewers_speak_with_the_badges_of_their_role_or_of_the_tests_choice) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        sim::twitch_server& twitch = self.world.twitch();
        self.world.call([&twitch] {
            twitch.rules().set_role("vera", "chan", sim::role::moderator);
            twitch.say_as("vera", "chan", "one");
            twitch.say_as("bot", "chan", "in a browser");
            twitch.say_with_badges("lead_moderator/1,subscriber/3", "lea", "chan", "two");
            twitch.say_with_badges("moderator/1", "moe", "chan", "three");
        });
        const std::string one = co_await read_within(stream, 5s);
        EXPECT_NE(one.find("badges=moderator/1;"), std::string::npos) << one;
        EXPECT_NE(one.find(";mod=1;"), std::string::npos) << one;
        EXPECT_TRUE(one.ends_with(":vera!vera@vera.tmi.twitch.tv PRIVMSG #chan :one")) << one;
        const std::string own = co_await read_within(stream, 5s);
        EXPECT_TRUE(own.ends_with(":bot!bot@bot.tmi.twitch.tv PRIVMSG #chan :in a browser")) << own;
        const std::string two = co_await read_within(stream, 5s);
        EXPECT_NE(two.find("badges=lead_moderator/1,subscriber/3;"), std::string::npos) << two;
        EXPECT_NE(two.find(";mod=0;"), std::string::npos) << two;
        EXPECT_NE((co_await read_within(stream, 5s)).find(";mod=1;"), std::string::npos);
        co_await stream.close();
    }(*this));
}

TEST_F(sim_twitch_test, without_the_capabilities_there_are_neither_tags_nor_states) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.connect();
        co_await stream.write("PASS oauth:secret\r\nNICK bot\r\nJOIN #chan\r\nPING end\r\n");
        for (;;) {
            const std::string line = co_await read_within(stream, 5s);
            EXPECT_FALSE(line.starts_with('@')) << line;
            EXPECT_EQ(line.find("STATE"), std::string::npos) << line;
            if (line.find(":end") != std::string::npos || line == "silence") {
                break;
            }
        }
        co_await stream.close();
    }(*this));
}

TEST_F(sim_twitch_test, refused_connections_and_logins_end_at_once) {
    world.call([this] { world.twitch().faults().refuse_logins = 1; });
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.connect();
        co_await stream.write("PASS oauth:secret\r\nNICK bot\r\n");
        EXPECT_NE((co_await find(stream, "NOTICE")).find("failed"), std::string::npos);
        stream = co_await self.enter();
        co_await stream.close();
        self.world.call([&self] { self.world.twitch().faults().refuse_connections = true; });
        auto refused = co_await net::connect_lines(self.url(self.world.ircs_url()), self.tls, 5s);
        EXPECT_FALSE(refused);
    }(*this));
    EXPECT_EQ(world.call([this] { return world.twitch().logins(); }), 1U);
}

TEST_F(sim_twitch_test, tokens_are_not_kept_in_the_log_of_lines) {
    run([](sim_twitch_test& self) -> awaitable<void> {
        auto stream = co_await self.enter();
        co_await stream.close();
    }(*this));
    for (const std::string& line : world.call([this] { return world.twitch().lines(); })) {
        EXPECT_EQ(line.find("secret"), std::string::npos);
    }
}

}  // namespace
}  // namespace tiktok2twitch
