// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/helix_client.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "support/helix_fixture.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using sim::helix_does;
using sim::helix_endpoint;
using sim::helix_fault;
using sim::helix_status;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

core::time_point now() {
    return net::now();
}

struct recorder final : account_listener {
    std::vector<std::string> lines;
    std::vector<std::string> ids;  // of the lines that were shown
    std::vector<relay::settlement> settled;
    std::vector<std::string> notices;
    void on_chat(const chat_message&) override {}
    void on_delivery(const delivery& delivery) override { ids.push_back(delivery.line_id); }
    void on_cleared(const cleared_line&) override {}
    void before_line(const write_line& line) override { lines.push_back(line.text); }
    void on_settled(const relay::settlement& settlement) override { settled.push_back(settlement); }
    void on_notice(const notice& notice) override { notices.push_back(notice.text); }
    std::string ends() const {
        std::string out;
        for (const auto& s : settled)
            out += (out.empty() ? "" : " ") + (s.result == relay::outcome::relayed ? "relayed" : s.reason);
        return out;
    }
};

class helix_client_test : public test::helix_fixture {
public:
    recorder seen;
    send_log log = send_log::in_memory();
    account acc{make_options(), {}, false, now(), 1};
    std::unique_ptr<helix_client> client = make_client(api_url());
    core::error_code result;
    bool ended = false;

    helix_client_test() { acc.add_route(1, "chan", now()); }

    static options make_options() {
        options out;
        out.login = "bot";
        out.token = core::secret("not used here");
        return out;
    }
    std::unique_ptr<helix_client> make_client(core::url to, core::duration timeout = 10s) {
        helix_client_options how;
        how.api_url = std::move(to);
        how.request_timeout = timeout;
        return std::make_unique<helix_client>(executor(), how, tls, tokens, acc, log, seen);
    }
    net::awaitable<void> run_client() {
        result = co_await client->run();
        ended = true;
    }
    net::awaitable<void> until(std::function<bool()> condition) {
        for (int i = 0; i < 3000 && !condition(); ++i)
            co_await sleep(5ms);
        EXPECT_TRUE(condition());
    }
    void push(std::string body, relay::route_id route = 1) {
        relay::line_part part;
        part.ticket = ++ticket;
        part.route = route;
        part.label = "[T] ";
        part.body = std::move(body);
        part.received_at = now();
        acc.push(std::move(part), now());
        client->deliver();
        client->wake();
    }
    // Pushes each of them when the one before it is settled, and then drains.
    net::awaitable<void> say_all(std::vector<std::string> bodies) {
        for (auto& body : bodies) {
            const auto before = seen.settled.size();
            push(std::move(body));
            co_await until([&] { return seen.settled.size() > before; });
        }
        acc.drain(now() + 3s, now());
        client->wake();
        co_await until([this] { return ended; });
    }
    void relay(std::vector<std::string> bodies) {
        spawn(run_client());
        run(say_all(std::move(bodies)));
    }
    std::uint64_t ticket = 0;
};

TEST_F(helix_client_test, lines_are_said_on_one_connection_and_accepted) {
    relay({"Ann: one", "Ben: two"});
    EXPECT_FALSE(result) << result.message();
    EXPECT_THAT(delivered(), ElementsAre("[T] Ann: one", "[T] Ben: two"));
    EXPECT_EQ(seen.ends(), "relayed relayed");
    EXPECT_THAT(seen.lines, ElementsAre("[T] Ann: one", "[T] Ben: two"));
    EXPECT_EQ(acc.lines_sent(1), 2U);
    EXPECT_EQ(acc.lines_accepted(1), 2U);
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(world.call([this] { return world.helix().accepted(); }), 1U);
    EXPECT_EQ(requests(helix_endpoint::users), 2U);
    for (const auto& text : seen.notices)
        EXPECT_THAT(text, testing::Not(HasSubstr("sesame")));
}

TEST_F(helix_client_test, a_line_said_over_helix_is_seen_by_who_listens_on_irc) {
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        auto opened = net::connect_lines(core::parse_url(self->world.ircs_url()).value(), self->tls, 5s);
        auto reader = co_await std::move(opened);
        co_await reader->write("NICK justinfan1\r\nJOIN #chan\r\n");
        co_await self->until([self] {
            return self->world.call([self] { return self->world.twitch().joined("justinfan1", "chan"); });
        });
        self->push("Ann: hi");
        std::string line;
        while (line.find("PRIVMSG") == std::string::npos && line.find("error") == std::string::npos)
            line = co_await read_within(*reader, 5s);
        EXPECT_THAT(line, HasSubstr(":[T] Ann: hi"));
        co_await reader->close();
        self->acc.drain(now() + 3s, now());
        self->client->wake();
        co_await self->until([self] { return self->ended; });
    };
    run(body(this));
}

TEST_F(helix_client_test, a_channel_that_does_not_exist_is_named) {
    acc.add_route(2, "nobody", now());
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        co_await self->until(
            [self] { return self->acc.channels(now()).at(0).state == channel_state::ready; });
        EXPECT_EQ(self->acc.channels(now()).at(1).reason, "msg_room_not_found");
        self->push("lost", 2);
        self->acc.drain(now() + 1s, now());
        self->client->wake();
        co_await self->until([self] { return self->ended; });
    };
    run(body(this));
    EXPECT_EQ(seen.ends(), "channel_not_found");
    EXPECT_THAT(seen.notices, testing::Contains(HasSubstr("no such channel")));
}

TEST_F(helix_client_test, an_expired_token_is_renewed_and_the_line_goes_once) {
    world.call([this] {
        world.helix().rules().revoke_token("sesame");
        accept("fresh");
    });
    tokens.next = "fresh";
    relay({"Ann: one"});
    EXPECT_EQ(tokens.renewals, 1U);
    EXPECT_EQ(seen.ends(), "relayed");
    EXPECT_THAT(delivered(), ElementsAre("[T] Ann: one"));
}

TEST_F(helix_client_test, a_token_that_expires_during_the_live_is_renewed_with_the_line_in_hand) {
    script(helix_endpoint::messages, {helix_status(401, "Invalid OAuth token")});
    world.call([this] { accept("fresh"); });
    tokens.next = "fresh";
    relay({"Ann: one"});
    EXPECT_EQ(tokens.renewals, 1U);
    EXPECT_EQ(seen.ends(), "relayed");
    EXPECT_EQ(requests(helix_endpoint::messages), 2U);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(helix_client_test, a_grant_that_is_gone_ends_with_its_name) {
    world.call(
        [this] { world.helix().always(helix_endpoint::messages, helix_status(401, "Invalid OAuth token")); });
    world.call([this] {
        world.helix().script(helix_endpoint::users,
                             {helix_does(helix_fault::kind::proper), helix_does(helix_fault::kind::proper)});
    });
    world.call(
        [this] { world.helix().always(helix_endpoint::users, helix_status(401, "Invalid OAuth token")); });
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        self->push("Ann: one");
        co_await self->until([self] { return self->ended; });
    };
    run(body(this));
    EXPECT_EQ(result, errc::login_refused);
    EXPECT_EQ(seen.ends(), "login_refused");
    EXPECT_EQ(acc.lines_sent(1), 0U);
    EXPECT_THAT(delivered(), IsEmpty());
}

TEST_F(helix_client_test, a_login_service_in_trouble_is_waited_for) {
    script(helix_endpoint::users, {helix_status(401, "Invalid OAuth token")});
    tokens.trouble = make_error_code(errc::auth_server_error);
    relay({"Ann: one"});
    EXPECT_EQ(tokens.renewals, 1U);
    EXPECT_EQ(seen.ends(), "relayed");
}

TEST_F(helix_client_test, a_line_in_hand_waits_while_the_login_service_is_in_trouble) {
    script(helix_endpoint::messages, {helix_status(401, "Invalid OAuth token")});
    tokens.trouble = make_error_code(errc::auth_server_error);
    relay({"Ann: one"});
    EXPECT_EQ(tokens.renewals, 1U);
    EXPECT_EQ(seen.ends(), "relayed");
    EXPECT_THAT(delivered(), ElementsAre("[T] Ann: one"));
    EXPECT_EQ(requests(helix_endpoint::messages), 2U);
    EXPECT_EQ(acc.lines_sent(1), 1U);
}

TEST_F(helix_client_test, a_line_in_hand_waits_for_the_next_login) {
    auto kept = make_options();
    kept.token_is_kept = true;
    acc.update_options(kept, now());
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        self->push("Ann: one");
        co_await self->until([self] { return self->seen.settled.size() == 1; });
        self->world.call([self] { self->world.helix().rules().revoke_token("sesame"); });
        self->push("Ann: two");
        co_await self->until([self] { return self->acc.needs_token(); });
        EXPECT_EQ(self->acc.pending(1), 1U);
        EXPECT_EQ(self->acc.lines_sent(1), 1U);
        self->world.call([self] { self->accept("fresh"); });
        self->tokens.token = "fresh";
        auto another = make_options();
        another.token_is_kept = true;
        another.token = core::secret("not used either");
        self->acc.update_options(another, now());
        self->client->wake();
        co_await self->until([self] { return self->seen.settled.size() == 2; });
        self->acc.drain(now() + 1s, now());
        self->client->wake();
        co_await self->until([self] { return self->ended; });
    };
    run(body(this), 20s);
    EXPECT_EQ(seen.ends(), "relayed relayed");
    EXPECT_THAT(delivered(), ElementsAre("[T] Ann: one", "[T] Ann: two"));
    EXPECT_EQ(acc.lines_sent(1), 2U);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(helix_client_test, a_drain_that_ends_during_a_renewal_knows_that_the_line_was_not_said) {
    script(helix_endpoint::messages, {helix_status(401, "Invalid OAuth token")});
    tokens.stalls = true;
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        self->push("Ann: one");
        co_await self->until([self] { return self->tokens.renewals == 1; });
        self->acc.drain(now() + 200ms, now());
        self->client->wake();
        co_await self->until([self] { return self->ended; });
    };
    run(body(this));
    EXPECT_FALSE(result);
    EXPECT_EQ(seen.ends(), "shutdown");
    EXPECT_EQ(acc.lines_sent(1), 0U);
}

TEST_F(helix_client_test, a_missing_right_is_named_and_not_asked_for_again) {
    world.call([this] { accept("sesame", {"chat:read"}); });
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        self->push("Ann: one");
        co_await self->until([self] { return self->ended; });
    };
    run(body(this));
    EXPECT_EQ(result, errc::login_refused);
    EXPECT_THAT(seen.notices, testing::Contains(HasSubstr("user:write:chat")));
    EXPECT_EQ(seen.ends(), "login_refused");
    EXPECT_EQ(tokens.renewals, 0U);
    EXPECT_EQ(requests(helix_endpoint::messages), 1U);
}

TEST_F(helix_client_test, an_outcome_that_nobody_knows_is_unknown_and_not_repeated) {
    script(helix_endpoint::messages,
           {helix_does(helix_fault::kind::lose), helix_does(helix_fault::kind::pretend, 503),
            helix_does(helix_fault::kind::proper)});
    relay({"Ann: one", "Ben: two", "Cy: three"});
    EXPECT_EQ(seen.ends(), "unknown unknown relayed");
    EXPECT_THAT(delivered(), ElementsAre("[T] Ann: one", "[T] Ben: two", "[T] Cy: three"));
    EXPECT_EQ(requests(helix_endpoint::messages), 3U);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(helix_client_test, an_answer_that_never_comes_is_given_up_after_the_timeout) {
    client = make_client(api_url(), 3s);
    script(helix_endpoint::messages, {helix_does(helix_fault::kind::stall)});
    relay({"Ann: one", "Ben: two"});
    EXPECT_EQ(seen.ends(), "unknown relayed");
    EXPECT_THAT(delivered(), ElementsAre("[T] Ben: two"));
}

TEST_F(helix_client_test, connections_that_close_between_lines_cost_nothing) {
    script(helix_endpoint::messages,
           {helix_does(helix_fault::kind::goodbye), helix_does(helix_fault::kind::goodbye)});
    relay({"Ann: one", "Ben: two", "Cy: three"});
    EXPECT_EQ(seen.ends(), "relayed relayed relayed");
    EXPECT_EQ(delivered().size(), 3U);
    EXPECT_EQ(world.call([this] { return world.helix().accepted(); }), 3U);
}

TEST_F(helix_client_test, an_api_that_cannot_be_reached_is_tried_until_it_can) {
    world.call([this] { world.helix().refuse_connections(true); });
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        self->push("Ann: one");
        co_await self->until([self] {
            return testing::Value(self->seen.notices, testing::Contains(HasSubstr("Next attempt in")));
        });
        EXPECT_TRUE(self->seen.settled.empty());
        self->world.call([self] { self->world.helix().refuse_connections(false); });
        co_await self->until([self] { return !self->seen.settled.empty(); });
        self->acc.drain(now() + 1s, now());
        self->client->wake();
        co_await self->until([self] { return self->ended; });
    };
    run(body(this));
    EXPECT_EQ(seen.ends(), "relayed");
}

// In its own channel, where Twitch would not refuse a repeat, and in another one.
TEST_F(helix_client_test, a_line_that_could_not_leave_is_said_once_the_api_is_back) {
    world.call([this] { world.twitch().rules().add_channel("bot"); });
    acc.add_route(2, "bot", now());
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        self->push("Ann: zero", 2);
        co_await self->until([self] { return self->seen.settled.size() == 1; });
        self->world.call([self] {
            self->world.helix().refuse_connections(true);
            self->world.helix().close_connections();
        });
        self->push("Ann: one", 1);
        self->push("Ann: two", 2);
        co_await self->until([self] { return !self->acc.online(); });
        EXPECT_EQ(self->acc.pending(1) + self->acc.pending(2), 2U);
        self->world.call([self] { self->world.helix().refuse_connections(false); });
        co_await self->until([self] { return self->seen.settled.size() == 3; });
        self->acc.drain(now() + 1s, now());
        self->client->wake();
        co_await self->until([self] { return self->ended; });
    };
    run(body(this), 30s);
    EXPECT_EQ(seen.ends(), "relayed relayed relayed");
    EXPECT_EQ(delivered().size(), 3U);
    EXPECT_EQ(acc.lines_sent(1), 1U);
    EXPECT_EQ(acc.lines_sent(2), 2U);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(helix_client_test, statuses_of_the_api_have_the_names_of_irc) {
    script(helix_endpoint::messages, {helix_status(400), helix_status(422), helix_status(422)});
    relay({"Ann: one", "Ben: two"});
    EXPECT_EQ(seen.ends(), "refused_msg_bad_request refused_msg_too_long");
    EXPECT_EQ(requests(helix_endpoint::messages), 3U);
}

TEST_F(helix_client_test, a_ban_pauses_the_channel) {
    world.call([this] { world.twitch().rules().ban("bot", "chan"); });
    relay({"Ann: one"});
    EXPECT_EQ(seen.ends(), "refused_msg_forbidden");
    EXPECT_EQ(requests(helix_endpoint::messages), 1U);
}

TEST_F(helix_client_test, a_429_is_waited_out) {
    const auto before = now();
    script(helix_endpoint::messages,
           {sim::helix_busy(3s, std::chrono::duration_cast<std::chrono::milliseconds>(
                                    std::chrono::system_clock::now().time_since_epoch())
                                    .count())});
    relay({"Ann: one"});
    EXPECT_EQ(seen.ends(), "relayed");
    EXPECT_GE(now() - before, 2500ms);
    EXPECT_THAT(delivered(), ElementsAre("[T] Ann: one"));
}

// Of the login and of the look-up of channels.
TEST_F(helix_client_test, a_429_of_a_question_is_waited_out_and_the_log_says_how_long) {
    const auto busy = [](core::duration wait) {
        return sim::helix_busy(wait, std::chrono::duration_cast<std::chrono::milliseconds>(
                                         std::chrono::system_clock::now().time_since_epoch())
                                         .count());
    };
    auto impatient = make_options();
    impatient.join_timeout = 500ms;
    acc.update_options(impatient, now());
    const auto before = now();
    script(helix_endpoint::users, {busy(3s), helix_does(helix_fault::kind::proper), busy(6s)});
    spawn(run_client());
    run(say_all({"Ann: one"}), 30s);
    EXPECT_EQ(seen.ends(), "relayed");
    EXPECT_GE(now() - before, 5500ms);
    EXPECT_EQ(requests(helix_endpoint::users), 4U);
    EXPECT_THAT(seen.notices, testing::Contains(testing::ContainsRegex("Next attempt in [1-4] s")));
    EXPECT_THAT(seen.notices, testing::Contains(testing::ContainsRegex("Asked again in [1-4] s")));
}

TEST_F(helix_client_test, refusals_of_the_channel_have_the_names_of_irc) {
    world.call([this] {
        world.twitch().rules().block_term("chan", "badword");
        world.twitch().rules().hold_term("chan", "held");
    });
    relay({"Ann: badword", "Ben: held"});
    EXPECT_EQ(seen.ends(), "refused_msg_rejected_mandatory refused_msg_rejected");
}

TEST_F(helix_client_test, the_token_goes_to_no_foreign_host_unless_told_so) {
    for (const char* host : {"example.org", "twitch.tv.example.org", "eviltwitch.tv"}) {
        client = make_client(core::parse_url(std::string("https://") + host + "/helix").value());
        run(run_client());
        EXPECT_EQ(result, errc::token_host_refused) << host;
    }
}

TEST_F(helix_client_test, the_end_of_a_drain_does_not_wait_for_an_answer) {
    script(helix_endpoint::messages, {helix_does(helix_fault::kind::stall)});
    spawn(run_client());
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        self->push("Ann: one");
        co_await self->until([self] { return !self->seen.lines.empty(); });
        self->push("Ben: two");
        self->acc.drain(now() + 300ms, now());
        self->client->wake();
        const auto before = now();
        co_await self->until([self] { return self->ended; });
        EXPECT_LT(now() - before, 8s);  // a request may take 10 s
    };
    run(body(this));
    EXPECT_FALSE(result);
    EXPECT_THAT(seen.ends(), testing::AnyOf("unknown shutdown", "shutdown unknown"));
}

// Demand far above the budget: Twitch's limits hold over Helix as they do over IRC.
TEST_F(helix_client_test, limits_hold_under_more_than_may_be_said) {
    const auto body = [](helix_client_test* self) -> net::awaitable<void> {
        for (int i = 0; i < 60; ++i) {
            self->push(std::to_string(i) + ": " + std::string(400, 'x'));
            co_await sleep(100ms);
        }
        self->acc.drain(now() + 1s, now());
        self->client->wake();
        co_await self->until([self] { return self->ended; });
    };
    spawn(run_client());
    run(body(this), 30s);
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_GE(delivered().size(), 4U);
    EXPECT_EQ(seen.settled.size(), 60U);
}

class helix_client_cancelled : public helix_client_test, public testing::WithParamInterface<int> {};

TEST_P(helix_client_cancelled, ends_with_operation_aborted) {
    script(helix_endpoint::messages, {helix_does(helix_fault::kind::stall)});
    auto running = spawn(run_client());
    push("Ann: one");
    loop().run_for(std::chrono::milliseconds(GetParam()));
    running->cancel();
    EXPECT_TRUE(ends(*running));
    EXPECT_EQ(result, boost::asio::error::operation_aborted);
    run(sleep(1ms));
}

// From before the first step over TCP, TLS and the look-ups to the line without an answer.
INSTANTIATE_TEST_SUITE_P(at, helix_client_cancelled, testing::Values(0, 1, 3, 10, 30, 100, 400));

}  // namespace
}  // namespace tiktok2twitch::twitch
