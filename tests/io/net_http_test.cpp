// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/net/http.hpp"

#include <gmock/gmock.h>

#include "support/net_fixture.hpp"
#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;
using test::net_fixture;

class net_http : public net_fixture {
protected:
    static http_request get(core::url to) {
        http_request request;
        request.to = std::move(to);
        return request;
    }

    // Serves one connection: reads one request, sends `answer` as it is, and ends in good order.
    static awaitable<void> serve_raw(listener& from, std::string answer, server_request* seen = nullptr) {
        auto stream = co_await accept(from);
        auto request = co_await read_request(stream);
        EXPECT_TRUE(request.has_value());
        if (request && seen != nullptr) {
            *seen = *request;
        }
        co_await write_raw(stream, std::move(answer));
        co_await close(stream);
    }

    core::result<http_response> fetch(http_request request) {
        return run(http_fetch(std::move(request), client_tls_));
    }
    core::result<http_response> fetch_raw(std::string answer, http_request request) {
        auto server = listen_tls();
        request.to = url("https", server);
        spawn(serve_raw(server, std::move(answer)));
        return fetch(std::move(request));
    }
};

awaitable<void> serve_page(listener& from, server_request* seen) {
    auto stream = co_await from.accept();
    EXPECT_FALSE(co_await handshake(*stream));
    auto request = co_await read_request(*stream);
    *seen = request.value();
    http_response page;
    page.status = 200;
    page.headers.push_back({"Set-Cookie", "a=1"});
    page.headers.push_back({"Set-Cookie", "b=2"});
    page.body = "hello";
    EXPECT_FALSE(co_await write_response(*stream, std::move(page)));
    co_await close(*stream);
}

TEST_F(net_http, a_page_arrives_with_its_headers_in_order) {
    auto server = listen_tls();
    server_request seen;
    spawn(serve_page(server, &seen));
    auto request = get(url("https", server, "/live?x=1"));
    request.headers.push_back({"User-Agent", "test"});
    request.headers.push_back({"Cookie", "c=3"});
    const auto answer = fetch(std::move(request));
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "hello");
    ASSERT_GE(answer->headers.size(), 2U);
    EXPECT_EQ(answer->headers[0].value, "a=1");
    EXPECT_EQ(answer->headers[1].value, "b=2");
    EXPECT_EQ(answer->find("set-cookie"), "a=1");
    EXPECT_EQ(answer->find("Content-Length"), "5");
    EXPECT_EQ(answer->find("absent"), "");

    EXPECT_EQ(seen.method, "GET");
    EXPECT_EQ(seen.target, "/live?x=1");
    EXPECT_EQ(seen.find("host"), "localhost:" + std::to_string(server.port()));
    EXPECT_EQ(seen.find("user-agent"), "test");
    EXPECT_EQ(seen.find("cookie"), "c=3");
    EXPECT_EQ(seen.find("accept-encoding"), "");
    EXPECT_FALSE(seen.upgrade);
}

TEST_F(net_http, a_body_is_posted_with_its_length) {
    auto server = listen_tls();
    server_request seen;
    spawn(serve_page(server, &seen));
    auto request = get(url("https", server));
    request.method = "POST";
    request.body = "grant=refresh";
    ASSERT_TRUE(fetch(std::move(request)));
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.body, "grant=refresh");
    EXPECT_EQ(seen.find("content-length"), "13");
}

awaitable<void> serve_twice(listener& from) {
    auto stream = co_await from.accept();
    for (int i = 0; i < 2; ++i) {
        auto request = co_await read_request(*stream);
        http_response page;
        page.status = 404;
        page.body = request.value().target;
        co_await write_response(*stream, std::move(page));
    }
    co_await close(*stream);
}

awaitable<std::string> two_requests(listener& from, core::url to) {
    auto lines = co_await connect_lines(to, tls_client(), 5s);
    co_await lines->write("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    std::string all;
    for (;;) {
        auto line = co_await lines->read_line();
        if (!line) {
            break;
        }
        all += *line + "|";
    }
    from.close();
    co_await lines->close();
    co_return all;
}

TEST_F(net_http, the_server_keeps_bytes_of_the_next_request) {
    auto server = listen_plain();
    spawn(serve_twice(server));
    auto to = url("irc", server);
    to.target.clear();
    EXPECT_EQ(run(two_requests(server, to)),
              "HTTP/1.1 404 Not Found|Content-Length: 2|/aHTTP/1.1 404 Not Found|Content-Length: 2|");
}

TEST_F(net_http, loopback_needs_no_tls) {
    auto server = listen_plain();
    spawn(serve_raw(server, "HTTP/1.1 204 No Content\r\n\r\n"));
    const auto answer = run(http_fetch(get(url("http", server, "/", "127.0.0.1")), tls_client()));
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->status, 204);
}

TEST_F(net_http, plain_text_to_another_machine_is_refused_before_any_lookup) {
    const auto answer = fetch(get(core::parse_url("http://example.invalid/").value()));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), errc::plain_text_refused);
}

TEST_F(net_http, a_closed_port_is_a_system_error) {
    auto server = listen_tls();
    const auto to = url("https", server);
    server.close();
    const auto answer = fetch(get(to));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), asio::error::connection_refused);
}

TEST_F(net_http, a_body_at_the_limit_passes_and_a_longer_one_is_refused) {
    http_request request;
    request.body_limit = 5;
    const auto fits = fetch_raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", request);
    ASSERT_TRUE(fits) << fits.error().message();
    EXPECT_EQ(fits->body, "hello");
    const auto longer = fetch_raw("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!", request);
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error(), errc::body_too_large);
}

TEST_F(net_http, a_chunked_body_over_the_limit_is_refused) {
    http_request request;
    request.body_limit = 5;
    const auto answer = fetch_raw(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n", request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), errc::body_too_large);
}

TEST_F(net_http, a_header_over_64_kib_is_refused) {
    const std::string start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ";
    EXPECT_TRUE(fetch_raw(start + std::string(60 * 1024, 'x') + "\r\n\r\n", http_request()));
    EXPECT_FALSE(fetch_raw(start + std::string(70 * 1024, 'x') + "\r\n\r\n", http_request()));
}

TEST_F(net_http, a_body_without_length_ends_with_the_connection) {
    const auto answer = fetch_raw("HTTP/1.1 200 OK\r\n\r\nuntil the end", http_request());
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->body, "until the end");
}

TEST_F(net_http, interim_answers_are_passed_over) {
    const auto answer =
        fetch_raw("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ny",
                  http_request());
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "y");
}

TEST_F(net_http, a_handful_of_interim_answers_is_passed_over_and_more_is_a_fault) {
    const std::string wait = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto many = [&wait](int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += wait;
        return text + "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ny";
    };
    const auto enough = fetch_raw(many(8), http_request());
    ASSERT_TRUE(enough) << enough.error().message();
    EXPECT_EQ(enough->body, "y");
    EXPECT_EQ(fetch_raw(many(9), http_request()).error(), errc::no_progress);
    EXPECT_EQ(fetch_raw(many(10'000), http_request()).error(), errc::no_progress);
}

TEST_F(net_http, what_chunks_wear_around_the_body_is_bounded_too) {
    http_request request;
    request.body_limit = 1000;
    std::string chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 100; ++i)
        chunks += "1;x=" + std::string(3000, 'y') + "\r\nz\r\n";
    EXPECT_EQ(fetch_raw(chunks + "0\r\n\r\n", request).error(), errc::no_progress);
}

TEST_F(net_http, a_line_break_in_a_header_is_refused) {
    http_request request;
    request.to = core::parse_url("https://localhost:1/").value();
    request.headers.push_back({"Cookie", "a=1\r\nX-Injected: 1"});
    const auto answer = fetch(std::move(request));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), boost::system::errc::invalid_argument);
}

// Sends `text` and drops the TCP connection without ending TLS.
awaitable<void> serve_and_vanish(listener& from, std::string text) {
    auto stream = co_await from.accept();
    EXPECT_FALSE(co_await handshake(*stream));
    co_await read_request(*stream);
    co_await write_raw(*stream, std::move(text));
}

TEST_F(net_http, a_complete_answer_counts_although_tls_was_not_ended) {
    auto server = listen_tls();
    spawn(serve_and_vanish(server, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    const auto answer = fetch(get(url("https", server)));
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->body, "ok");
}

TEST_F(net_http, a_body_of_unknown_length_is_not_trusted_when_tls_was_not_ended) {
    auto server = listen_tls();
    spawn(serve_and_vanish(server, "HTTP/1.1 200 OK\r\n\r\ncut o"));
    const auto answer = fetch(get(url("https", server)));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), errc::closed_by_peer);
}

TEST_F(net_http, a_short_body_is_an_error) {
    const auto answer = fetch_raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", http_request());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), errc::closed_by_peer);
}

awaitable<void> serve_slowly(listener& from, std::string text, core::duration gap) {
    auto stream = co_await from.accept();
    EXPECT_FALSE(co_await handshake(*stream));
    co_await read_request(*stream);
    for (const char c : text) {
        if (co_await write_raw(*stream, std::string(1, c))) {
            break;
        }
        asio::steady_timer timer(co_await asio::this_coro::executor);
        timer.expires_after(gap);
        co_await timer.async_wait(use_nothrow_awaitable);
    }
    co_await close(*stream);
}

TEST_F(net_http, bytes_may_come_one_at_a_time) {
    auto server = listen_tls();
    spawn(serve_slowly(server, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 1ms));
    const auto answer = fetch(get(url("https", server)));
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->body, "abc");
}

TEST_F(net_http, slow_bytes_do_not_stretch_the_timeout) {
    auto server = listen_tls();
    // 20 s in all.
    spawn(serve_slowly(server, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'),
                       20ms));
    auto request = get(url("https", server));
    request.timeout = 3s;
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = run(http_fetch(std::move(request), client_tls_));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), errc::request_timeout);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

awaitable<void> accept_and_wait(listener& from, core::duration time) {
    auto stream = co_await from.accept();
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(time);
    co_await timer.async_wait(use_nothrow_awaitable);
}

TEST_F(net_http, a_server_that_never_speaks_tls_is_a_timeout) {
    auto server = listen_tls();
    spawn(accept_and_wait(server, 600ms));
    auto request = get(url("https", server));
    request.timeout = 200ms;
    const auto answer = fetch(std::move(request));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), errc::request_timeout);
}

awaitable<void> fetch_into(http_request request, tls_client tls, core::result<http_response>* answer) {
    *answer = co_await http_fetch(std::move(request), std::move(tls));
}

awaitable<void> cancel_soon(std::shared_ptr<test::task> victim) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    timer.expires_after(50ms);
    co_await timer.async_wait(use_nothrow_awaitable);
    EXPECT_FALSE(victim->done());
    victim->cancel();
    const bool ended = co_await test::io_fixture::ended(victim);
    EXPECT_TRUE(ended);
}

TEST_F(net_http, a_cancelled_request_says_so_at_once) {
    auto server = listen_tls();
    spawn(accept_and_wait(server, 400ms));
    core::result<http_response> answer = http_response();
    run(cancel_soon(spawn(fetch_into(get(url("https", server)), client_tls_, &answer))));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error(), asio::error::operation_aborted);
}

TEST_F(net_http, a_coroutine_that_is_cancelled_already_starts_nothing) {
    auto server = listen_tls();
    const auto work = [](http_request request, tls_client tls, core::error_code* error) -> awaitable<void> {
        co_await asio::this_coro::throw_if_cancelled(false);
        co_await sleep(1s);  // cancelled here
        auto answer = co_await http_fetch(std::move(request), std::move(tls));
        *error = answer.error();
    };
    core::error_code error;
    run(cancel_soon(spawn(work(get(url("https", server)), client_tls_, &error))));
    EXPECT_EQ(error, asio::error::operation_aborted);
}

}  // namespace
}  // namespace tiktok2twitch::net
