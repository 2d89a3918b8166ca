// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/irc_client.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <future>
#include <memory>

#include "support/net_fixture.hpp"
#include "tiktok2twitch/files/file_worker.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/line_stream.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/irc/codec.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

core::time_point now() {
    return net::now();
}

struct recorder final : account_listener {
    std::vector<std::string> lines;
    std::vector<relay::settlement> settled;
    std::vector<std::string> notices;
    std::vector<std::string> chat;
    std::vector<std::string> order;
    void on_chat(const chat_message& message) override {
        chat.push_back(message.login + ": " + message.text);
    }
    void on_delivery(const delivery& delivery) override { order.push_back("delivered " + delivery.line_id); }
    void on_cleared(const cleared_line& line) override { order.push_back("cleared " + line.line_id); }
    void before_line(const write_line& line) override { lines.push_back(line.text); }
    void on_settled(const relay::settlement& settlement) override {
        settled.push_back(settlement);
        order.push_back("settled " + std::to_string(settlement.ticket));
    }
    void on_notice(const notice& notice) override { notices.push_back(notice.text); }
};

// What the server does with the n-th connection.
struct connection_script {
    std::string login_answer =
        ":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands\r\n:tmi.twitch.tv 001 bot :Welcome, "
        "GLHF!\r\n";
    int accepts = 1000;           // PRIVMSGs answered with USERSTATE
    bool resets_instead = false;  // of an answer to the next one
    std::string after_join;       // said by others
    bool floods = false;          // after the JOIN: asks without end, and reads nothing
};

class irc_client_test : public test::net_fixture {
public:
    net::listener server = listen_tls();
    std::vector<connection_script> scripts{{}};
    std::vector<std::string> received;
    std::size_t connections = 0;

    recorder seen;
    send_log log = send_log::in_memory();
    options settings = make_options();
    account acc{settings, {}, false, now(), 1};
    std::unique_ptr<irc_client> client = make_client(lines_url());
    core::error_code result;
    bool ended = false;

    irc_client_test() { acc.add_route(1, "chan", now()); }

    static options make_options() {
        options out;
        out.login = "bot";
        out.token = core::secret("sesame");
        return out;
    }
    core::url lines_url() {
        auto to = url("ircs", server);
        to.target.clear();
        return to;
    }
    std::unique_ptr<irc_client> make_client(core::url to) {
        irc_client_options how;
        how.irc_url = std::move(to);
        how.connect_timeout = 5s;
        return std::make_unique<irc_client>(executor(), how, client_tls_, acc, log, seen);
    }

    net::awaitable<void> serve() {
        for (;;) {
            auto stream = co_await server.accept();
            if (!stream)
                co_return;
            if (co_await net::handshake(*stream))
                continue;
            auto lines = net::as_lines(std::move(*stream));
            const auto script = scripts[std::min(connections, scripts.size() - 1)];
            ++connections;
            co_await serve_one(&lines, script);
        }
    }
    net::awaitable<void> serve_one(net::line_stream* lines, connection_script script) {
        for (;;) {
            const auto line = co_await lines->read_line();
            if (!line)
                break;
            received.push_back(*line);
            const auto m = parse(*line);
            std::string reply;
            if (m->is("NICK")) {
                reply = script.login_answer;
            } else if (m->is("JOIN")) {
                reply =
                    "@badges=;mod=0 :tmi.twitch.tv USERSTATE #chan\r\n@slow=0 :tmi.twitch.tv ROOMSTATE "
                    "#chan\r\n" +
                    script.after_join;
            } else if (m->is("PRIVMSG")) {
                if (script.accepts-- > 0) {
                    reply = "@badges=;id=1;mod=0 :tmi.twitch.tv USERSTATE #chan\r\n";
                } else if (script.resets_instead) {
                    lines->reset();
                    break;
                }
            }
            if (reply.empty())
                continue;
            if (co_await lines->write(std::move(reply)))
                break;
            if (script.floods && m->is("JOIN")) {
                const std::string question = "PING :" + std::string(4000, 'x') + "\r\n";
                while (!co_await lines->write(question)) {
                }
                break;
            }
        }
    }

    net::awaitable<void> run_client() {
        result = co_await client->run();
        ended = true;
        server.close();
    }
    net::awaitable<void> wait_until(bool (irc_client_test::*condition)() const) {
        for (int i = 0; i < 2000 && !(this->*condition)(); ++i)
            co_await sleep(5ms);
        EXPECT_TRUE((this->*condition)());
    }
    bool settled_one() const { return !seen.settled.empty(); }
    bool heard_chat() const { return !seen.chat.empty(); }
    bool settled_two() const { return seen.settled.size() >= 2; }
    bool is_online() const { return acc.online(); }
    bool is_back() const { return connections == 2 && acc.online(); }
    bool has_ended() const { return ended; }
    bool needs_token() const { return acc.needs_token(); }

    void push(std::uint64_t ticket, std::string body) {
        relay::line_part part;
        part.ticket = ticket;
        part.route = 1;
        part.label = "[T] ";
        part.body = std::move(body);
        part.received_at = now();
        acc.push(std::move(part), now());
        client->deliver();
        client->wake();
    }
    net::awaitable<void> drain_and_end() {
        acc.drain(now() + 3s, now());
        client->wake();
        co_await wait_until(&irc_client_test::has_ended);
    }
};

TEST_F(irc_client_test, a_server_that_asks_without_end_and_does_not_read_is_left) {
    connection_script flooding;
    flooding.floods = true;
    scripts = {flooding, {}};
    spawn(serve());
    spawn(run_client());
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        co_await self->wait_until(&irc_client_test::is_back);
        co_await self->drain_and_end();
    };
    run(body(this));
    EXPECT_THAT(seen.notices, testing::Contains(HasSubstr("does not read")));
}

TEST_F(irc_client_test, a_line_goes_out_is_accepted_and_drain_says_quit) {
    spawn(serve());
    spawn(run_client());
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        co_await self->wait_until(&irc_client_test::is_online);
        self->push(1, "Ann: hi");
        co_await self->wait_until(&irc_client_test::settled_one);
        co_await self->drain_and_end();
    };
    run(body(this));
    EXPECT_FALSE(result) << result.message();
    EXPECT_THAT(received,
                testing::ElementsAre("CAP REQ :twitch.tv/tags twitch.tv/commands", "PASS oauth:sesame",
                                     "NICK bot", "JOIN #chan", "PRIVMSG #chan :[T] Ann: hi", "QUIT bye"));
    EXPECT_THAT(seen.lines, testing::ElementsAre("[T] Ann: hi"));
    ASSERT_EQ(seen.settled.size(), 1U);
    EXPECT_EQ(seen.settled[0].result, relay::outcome::relayed);
    EXPECT_EQ(acc.lines_sent(1), 1U);
}

TEST_F(irc_client_test, chat_is_handed_over_and_a_delivery_comes_before_its_tickets_are_settled) {
    settings.command_word = "!tiktok";
    acc.update_options(settings, now());
    scripts[0].after_join =
        "@badges=moderator/1;mod=1 :vera!vera@vera.tmi.twitch.tv PRIVMSG #chan :!tiktok pause\r\n";
    spawn(serve());
    spawn(run_client());
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        co_await self->wait_until(&irc_client_test::heard_chat);
        self->push(1, "Ann: hi");
        co_await self->wait_until(&irc_client_test::settled_one);
        co_await self->drain_and_end();
    };
    run(body(this));
    EXPECT_THAT(seen.chat, testing::ElementsAre("vera: !tiktok pause"));
    EXPECT_THAT(seen.order, testing::ElementsAre("delivered 1", "settled 1"));
}

TEST_F(irc_client_test, every_line_is_in_the_log_before_it_is_on_the_wire) {
    log = std::move(send_log::open(files_.path(), "bot").log);
    scripts[0].accepts = 0;
    spawn(serve());
    auto running = spawn(run_client());
    const auto body = [](irc_client_test* self, test::task* client_task) -> net::awaitable<void> {
        self->push(1, "Ann: hi");
        for (int i = 0; i < 1000 && self->seen.lines.empty(); ++i)
            co_await sleep(5ms);
        client_task->cancel();
        co_await self->wait_until(&irc_client_test::has_ended);
    };
    run(body(this, running.get()));
    EXPECT_EQ(result, boost::asio::error::operation_aborted);
    log = send_log::in_memory();
    const auto next = send_log::open(files_.path(), "bot");
    EXPECT_EQ(next.log.recent(now(), 0, std::chrono::seconds(32)).size(), 1U);
}

TEST_F(irc_client_test, every_line_is_in_the_log_before_it_is_on_the_wire_when_a_worker_writes) {
    files::file_worker worker([this](std::function<void()> call) { net::asio::post(executor(), call); });
    log = std::move(send_log::open(files_.path(), "bot", &worker).log);
    spawn(serve());
    spawn(run_client());
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        for (std::uint64_t i = 1; i <= 2; ++i)
            self->push(i, "Ann: hi " + std::to_string(i));
        co_await self->wait_until(&irc_client_test::settled_two);
        co_await self->drain_and_end();
    };
    run(body(this));
    EXPECT_TRUE(worker.finish(60s));
    log = send_log::in_memory();
    const auto next = send_log::open(files_.path(), "bot");
    EXPECT_GE(next.log.recent(now(), 0, std::chrono::seconds(32)).size(), 1U);
    EXPECT_THAT(seen.notices, testing::Not(testing::Contains(HasSubstr("does not answer"))));
}

// The log and what the listener notes wait in the worker's queue; PONGs and lines do not.
TEST_F(irc_client_test, disk_that_hangs_holds_up_neither_lines_nor_pongs_and_is_told_once) {
    const auto opened = std::make_shared<std::promise<void>>();
    files::file_worker worker([this](std::function<void()> call) { net::asio::post(executor(), call); });
    log = std::move(send_log::open(files_.path(), "bot", &worker).log);
    worker.submit([disk = opened->get_future().share()] {
        disk.wait();
        return core::error_code();
    });
    settings.pack = false;
    acc.update_options(settings, now());
    scripts[0].after_join = "PING :still there?\r\n";
    spawn(serve());
    spawn(run_client());
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        for (std::uint64_t i = 1; i <= 2; ++i)
            self->push(i, "Ann: hi " + std::to_string(i));
        co_await self->wait_until(&irc_client_test::settled_two);
        co_await self->drain_and_end();
    };
    run(body(this));
    EXPECT_THAT(received, testing::Contains("PONG :still there?"));
    EXPECT_THAT(received, testing::Contains("PRIVMSG #chan :[T] Ann: hi 2"));
    const auto told = std::count_if(seen.notices.begin(), seen.notices.end(), [](const std::string& text) {
        return text.find("does not answer") != std::string::npos;
    });
    EXPECT_EQ(told, 1);
    opened->set_value();
}

TEST_F(irc_client_test, a_reset_with_a_line_in_flight_reconnects_and_sends_it_again) {
    scripts.resize(2);
    scripts[0].accepts = 0;
    scripts[0].resets_instead = true;
    spawn(serve());
    spawn(run_client());
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        self->push(1, "Ann: hi");
        co_await self->wait_until(&irc_client_test::settled_one);
        co_await self->drain_and_end();
    };
    run(body(this));
    EXPECT_EQ(connections, 2U);
    EXPECT_THAT(seen.lines, testing::ElementsAre("[T] Ann: hi", "[T] Ann: hi"));
    ASSERT_EQ(seen.settled.size(), 1U);
    EXPECT_EQ(seen.settled[0].result, relay::outcome::relayed);
}

TEST_F(irc_client_test, server_reconnect_opens_a_new_connection_and_loses_nothing) {
    auto first = connection_script{};
    first.login_answer += ":tmi.twitch.tv RECONNECT\r\n";
    scripts = {first, {}};
    spawn(serve());
    spawn(run_client());
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        self->push(1, "Ann: hi");
        co_await self->wait_until(&irc_client_test::settled_one);
        co_await self->drain_and_end();
    };
    run(body(this));
    EXPECT_EQ(connections, 2U);
    EXPECT_EQ(seen.settled.at(0).result, relay::outcome::relayed);
}

TEST_F(irc_client_test, a_refused_login_ends_with_its_name) {
    scripts[0].login_answer = ":tmi.twitch.tv NOTICE * :Login authentication failed\r\n";
    spawn(serve());
    run(run_client());
    EXPECT_EQ(result, errc::login_refused);
    EXPECT_EQ(connections, 1U);
    for (const auto& text : seen.notices)
        EXPECT_THAT(text, testing::Not(HasSubstr("sesame")));
}

TEST_F(irc_client_test, a_refused_token_that_is_kept_is_waited_for_and_the_next_one_used) {
    settings.token_is_kept = true;
    acc.update_options(settings, now());
    auto refused = connection_script{};
    refused.login_answer = ":tmi.twitch.tv NOTICE * :Login authentication failed\r\n";
    scripts = {refused, {}};
    spawn(serve());
    spawn(run_client());
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        self->push(1, "Ann: hi");
        co_await self->wait_until(&irc_client_test::needs_token);
        co_await sleep(50ms);
        EXPECT_FALSE(self->ended);
        EXPECT_EQ(self->connections, 1U);
        self->settings.token = core::secret("fresh");
        self->acc.update_options(self->settings, now());
        self->client->wake();
        co_await self->wait_until(&irc_client_test::settled_one);
        co_await self->drain_and_end();
    };
    run(body(this));
    EXPECT_FALSE(result) << result.message();
    EXPECT_EQ(seen.settled.at(0).result, relay::outcome::relayed);
    EXPECT_THAT(received, testing::Contains("PASS oauth:fresh"));
}

TEST_F(irc_client_test, the_token_goes_to_no_foreign_host_unless_told_so) {
    for (const char* host : {"example.org", "twitch.tv.example.org", "eviltwitch.tv"}) {
        client = make_client(core::parse_url(std::string("ircs://") + host + ":6697").value());
        run(run_client());
        EXPECT_EQ(result, errc::token_host_refused) << host;
    }
}

TEST_F(irc_client_test, drain_while_nobody_answers_ends_at_its_deadline) {
    push(1, "waits");
    server.close();
    const auto body = [](irc_client_test* self) -> net::awaitable<void> {
        co_await sleep(50ms);
        self->acc.drain(now() + 300ms, now());
        self->client->wake();
        co_await self->wait_until(&irc_client_test::has_ended);
    };
    spawn(run_client());
    const auto before = now();
    run(body(this));
    EXPECT_LT(now() - before, 8s);
    EXPECT_FALSE(result);
    ASSERT_EQ(seen.settled.size(), 1U);
    EXPECT_EQ(seen.settled[0].reason, "shutdown");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
