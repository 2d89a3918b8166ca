// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/http_session.hpp"

#include <gmock/gmock.h>

#include "support/net_fixture.hpp"
#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

std::string page(std::string body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// What a server does with one request.
struct reaction {
    std::string answer;
    enum class then { keep, close, reset, wait } next = then::keep;  // wait: until the client hangs up
    bool reads = true;  // false: `next` happens before the request is read
};

class net_http_session : public test::net_fixture {
public:
    // One list of reactions for each connection, in order.
    awaitable<void> serve(listener* from, std::vector<std::vector<reaction>> connections) {
        for (auto& script : connections) {
            auto stream = co_await accept(*from);
            co_await serve_one(&stream, &script);
        }
    }
    awaitable<void> serve_one(server_stream* stream, std::vector<reaction>* script) {
        for (auto& item : *script) {
            if (item.reads) {
                auto request = co_await read_request(*stream);
                if (!request)
                    co_return;
                bodies.push_back(request->method + " " + request->target + " " + request->body);
            }
            if (!item.answer.empty())
                co_await write_raw(*stream, std::move(item.answer));
            if (item.next == reaction::then::close)
                co_await close(*stream);
            else if (item.next == reaction::then::reset)
                stream->reset();
            else if (item.next == reaction::then::wait)
                co_await read_request(*stream);
            if (item.next != reaction::then::keep)
                co_return;
        }
        co_await read_request(*stream);  // until the client has had enough
    }

    static awaitable<void> ask(http_session* session, core::url to, std::vector<std::string>* seen,
                               std::vector<core::duration> pauses, core::duration timeout = 5s) {
        for (std::size_t i = 0; i <= pauses.size(); ++i) {
            http_request request;
            request.method = "POST";
            request.to = to;
            request.body = std::to_string(i);
            request.timeout = timeout;
            request.body_limit = 100;
            bool told = false;
            auto work = session->fetch(std::move(request), [&told] { told = true; });
            auto got = co_await std::move(work);
            EXPECT_EQ(told, got.sent);
            seen->push_back((got.sent ? "" : "unsent ") +
                            (got.answer ? std::to_string(got.answer->status) + " " + got.answer->body
                                        : core::identifier(got.answer.error())));
            if (i < pauses.size())
                co_await sleep(pauses[i]);
        }
        *session = http_session(tls_client());  // lets the server go
    }

    std::vector<std::string> exchange(std::vector<std::vector<reaction>> connections,
                                      std::vector<core::duration> pauses, core::duration timeout = 5s,
                                      core::duration idle = http_session::idle_limit) {
        auto server = listen_tls();
        http_session session(client_tls_, idle);
        std::vector<std::string> seen;
        spawn(serve(&server, std::move(connections)));
        run(ask(&session, url("https", server, "/x"), &seen, std::move(pauses), timeout));
        return seen;
    }

    std::vector<std::string> bodies;
};

using then = reaction::then;

TEST_F(net_http_session, requests_follow_each_other_on_one_connection) {
    EXPECT_THAT(exchange({{{page("a")}, {page("b")}, {page("c")}}}, {0ms, 20ms}),
                ElementsAre("200 a", "200 b", "200 c"));
    EXPECT_THAT(bodies, ElementsAre("POST /x 0", "POST /x 1", "POST /x 2"));
}

TEST_F(net_http_session, a_connection_closed_between_requests_is_opened_again_and_nothing_is_lost) {
    EXPECT_THAT(exchange({{{page("a"), then::close}}, {{page("b")}}}, {100ms}),
                ElementsAre("200 a", "200 b"));
    EXPECT_THAT(exchange({{{page("a"), then::reset}}, {{page("b")}}}, {100ms}),
                ElementsAre("200 a", "200 b"));
    EXPECT_THAT(bodies, ElementsAre("POST /x 0", "POST /x 1", "POST /x 0", "POST /x 1"));
}

TEST_F(net_http_session, connection_close_in_an_answer_is_obeyed) {
    EXPECT_THAT(
        exchange({{{"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na", then::wait}},
                  {{page("b")}}},
                 {0ms}),
        ElementsAre("200 a", "200 b"));
}

TEST_F(net_http_session, a_connection_that_was_idle_too_long_is_not_used_again) {
    EXPECT_THAT(exchange({{{page("a")}}, {{page("b")}}}, {60ms}, 5s, 50ms), ElementsAre("200 a", "200 b"));
}

TEST_F(net_http_session, an_answer_with_more_behind_it_is_not_followed_by_another_request) {
    EXPECT_THAT(exchange({{{page("a") + page("forged")}}, {{page("b")}}}, {0ms}),
                ElementsAre("200 a", "200 b"));
}

TEST_F(net_http_session, bytes_that_come_unasked_end_the_connection) {
    EXPECT_THAT(exchange({{{page("a")}, {page("forged"), then::wait, false}}, {{page("b")}}}, {100ms}),
                ElementsAre("200 a", "200 b"));
}

TEST_F(net_http_session, a_request_that_was_sent_is_not_repeated_when_the_answer_is_lost) {
    EXPECT_THAT(exchange({{{page("a")}, {"", then::close}}, {{page("c")}}}, {0ms, 0ms}),
                ElementsAre("200 a", "closed_by_peer", "200 c"));
    EXPECT_THAT(bodies, ElementsAre("POST /x 0", "POST /x 1", "POST /x 2"));
}

TEST_F(net_http_session, half_an_answer_is_none) {
    EXPECT_THAT(exchange({{{"HTTP/1.1 200 OK\r\nContent-Le", then::close}},
                          {{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", then::close}},
                          {{page("c")}}},
                         {0ms, 0ms}),
                ElementsAre("closed_by_peer", "closed_by_peer", "200 c"));
}

TEST_F(net_http_session, a_late_answer_is_not_taken_for_the_next_one) {
    EXPECT_THAT(exchange({{{"", then::wait}}, {{page("b")}}}, {0ms}, 3s),
                ElementsAre("request_timeout", "200 b"));
}

TEST_F(net_http_session, headers_and_bodies_over_the_limit_are_refused) {
    const std::string huge = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: " + std::string(70 * 1024, 'x');
    const auto seen = exchange({{{huge + "\r\n\r\n", then::wait}},
                                {{page(std::string(101, 'x')), then::wait}},
                                {{page(std::string(100, 'y'))}}},
                               {0ms, 0ms});
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen[0].find("200"), std::string::npos);
    EXPECT_EQ(seen[1], "body_too_large");
    EXPECT_EQ(seen[2], "200 " + std::string(100, 'y'));
}

TEST_F(net_http_session, nothing_was_sent_when_nobody_listens) {
    auto server = listen_tls();
    const auto to = url("https", server);
    server.close();
    http_session session(client_tls_);
    std::vector<std::string> seen;
    run(ask(&session, to, &seen, {}));
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].rfind("unsent ", 0), 0U);
    EXPECT_EQ(session.connections(), 0U);
}

TEST_F(net_http_session, a_line_break_in_a_header_is_refused_before_anything_is_sent) {
    http_session session(client_tls_);
    http_request request;
    request.to = core::parse_url("https://localhost:1/").value();
    request.headers.push_back({"Authorization", "Bearer x\r\nX-Injected: 1"});
    const auto got = run(session.fetch(std::move(request)));
    EXPECT_FALSE(got.sent);
    EXPECT_EQ(got.answer.error(), boost::system::errc::invalid_argument);
}

awaitable<void> fetch_into(http_session* session, http_request request, http_session::outcome* got) {
    *got = co_await session->fetch(std::move(request));
}

TEST_F(net_http_session, a_cancelled_request_says_so_and_that_it_was_sent) {
    auto server = listen_tls();
    http_session session(client_tls_);
    std::vector<std::vector<reaction>> script{{{"", then::wait}}};
    spawn(serve(&server, std::move(script)));
    http_session::outcome got;
    http_request request;
    request.to = url("https", server);
    const auto body = [](net_http_session* self, std::shared_ptr<test::task> victim) -> awaitable<void> {
        while (self->bodies.empty())
            co_await sleep(5ms);
        victim->cancel();
        const bool victim_ended = co_await ended(victim);
        EXPECT_TRUE(victim_ended);
    };
    run(body(this, spawn(fetch_into(&session, std::move(request), &got))));
    EXPECT_EQ(got.answer.error(), asio::error::operation_aborted);
    EXPECT_TRUE(got.sent);
}

}  // namespace
}  // namespace tiktok2twitch::net
