// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The direct way over real loopback TLS, against a server that answers each request from a list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>

#include "support/net_fixture.hpp"
#include "tiktok2twitch/tiktok/client/room_client.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/frame_codec.hpp"
#include "unit/tiktok/hex.hpp"
#include "unit/tiktok/vectors.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using testing::from_hex;
using ::testing::HasSubstr;

constexpr std::int64_t room = 7300000000000000001;

net::http_response answer(int status, std::string body = {}, std::vector<net::http_header> headers = {}) {
    net::http_response out;
    out.status = status;
    out.body = std::move(body);
    out.headers = std::move(headers);
    return out;
}

net::http_response cookie(const std::string& value) {
    return answer(200, "<html>", {{"Set-Cookie", "ttwid=" + value + "; Path=/; Secure"}});
}

class batch_sink final : public room_sink {
public:
    void on_connected(core::time_point) override { ++connected; }
    void on_batch(decoded_batch batch, core::time_point) override {
        for (const decoded_event& event : batch.events)
            texts.push_back(event.what.text);
    }
    int connected = 0;
    std::vector<std::string> texts;
};

class tiktok_direct_way : public test::net_fixture {
public:
    tiktok_direct_way() {
        settings.web_url = settings.webcast_url = url("https", server, "");
        settings.ws_url = url("wss", server, "");
        settings.ttwid_pause = 1ms;
        settings.ttwid_attempts = 3;
        serving = spawn(serve());
    }

    // Answers HTTP requests from `answers`; an upgrade is refused with the next of `refusals`, or accepted
    // and given `frames`.
    net::awaitable<void> serve() {
        co_await net::asio::this_coro::throw_if_cancelled(false);
        for (;;) {
            auto stream = co_await server.accept();
            if (!stream)
                co_return;
            if (co_await net::handshake(*stream))
                continue;
            auto request = co_await net::read_request(*stream);
            if (!request)
                continue;
            requests.push_back(*request);
            if (request->upgrade && refusals.empty()) {
                co_await serve_socket(std::move(*stream), std::move(*request));
                continue;
            }
            auto& list = request->upgrade ? refusals : answers;
            net::http_response next = list.empty() ? answer(500) : list.front();
            if (!list.empty())
                list.pop_front();
            co_await net::write_response(*stream, std::move(next));
            co_await net::close(*stream);
        }
    }

    net::awaitable<void> serve_socket(net::server_stream stream, net::server_request request) {
        std::vector<net::http_header> none;
        auto socket = co_await net::accept_websocket(std::move(stream), std::move(request), std::move(none));
        if (!socket)
            co_return;
        for (const std::string& frame : frames)
            co_await socket->write(frame);
        for (std::size_t i = 0; i < wanted_frames; ++i) {
            auto frame = co_await socket->read();
            if (!frame)
                break;
            received.push_back(*frame);
        }
        if (hold_open)
            co_await socket->read();
        co_await socket->close();
    }

    // Runs one question and stops the server after it.
    template <class T>
    T ask(net::awaitable<T> question) {
        return run(then_stop(std::move(question)));
    }
    template <class T>
    net::awaitable<T> then_stop(net::awaitable<T> question) {
        T out = co_await std::move(question);
        server.close();
        serving->cancel();
        co_return out;
    }

    std::unique_ptr<way_in> make() { return make_direct_way(settings, client_tls_, 1); }
    std::string header(std::size_t index, std::string_view name) {
        return std::string(requests.at(index).find(name));
    }

    net::listener server = listen_tls();
    options settings;
    std::shared_ptr<test::task> serving;
    std::deque<net::http_response> answers, refusals;
    std::vector<net::server_request> requests;
    std::vector<std::string> frames, received;
    std::size_t wanted_frames = 0;
    bool hold_open = false;
    batch_sink sink;
};

TEST_F(tiktok_direct_way, lookups_ask_as_a_browser_would_and_read_the_answer) {
    answers = {answer(200, R"({"statusCode":0,"data":{"user":{"roomId":"7001","status":2}}})")};
    auto way = make();
    const auto found = ask(way->lookup_api("ana.example"));
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_EQ(found->room_id, 7001);
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_THAT(requests[0].target, HasSubstr("/api-live/user/room/?aid=1988"));
    EXPECT_THAT(requests[0].target, HasSubstr("uniqueId=ana.example"));
    EXPECT_THAT(header(0, "User-Agent"), HasSubstr("Mozilla/5.0"));
    EXPECT_EQ(header(0, "Cookie"), "");
}

TEST_F(tiktok_direct_way, refused_lookup_is_that_error) {
    answers = {answer(403)};
    auto way = make();
    EXPECT_EQ(ask(way->lookup_page("ana")).error(), errc::lookup_forbidden);
    EXPECT_EQ(requests[0].target, "/@ana/live");
}

TEST_F(tiktok_direct_way, check_alive_asks_about_the_room) {
    answers = {answer(200, R"({"status_code":0,"data":[{"alive":true,"room_id_str":"7001"}]})")};
    auto way = make();
    const auto alive = ask(way->check_alive(7001));
    ASSERT_TRUE(alive.has_value());
    EXPECT_TRUE(*alive);
    EXPECT_THAT(requests[0].target, HasSubstr("room_ids=7001"));
}

TEST_F(tiktok_direct_way, connects_with_the_cookie_enters_acknowledges_and_delivers_until_the_end) {
    answers = {answer(200, "<html>"), cookie("1%7Cabc")};  // most answers lack the cookie
    frames = {from_hex(vectors::v1), from_hex(vectors::v3), from_hex(vectors::v7)};
    wanted_frames = 2;
    auto way = make();
    const connection_end end = ask(way->connect(room, false, sink));
    EXPECT_EQ(end.reason, errc::live_ended);
    EXPECT_EQ(sink.connected, 1);
    EXPECT_THAT(sink.texts, ElementsAre("an older line", "hello from tiktok", ""));
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_EQ(requests[0].target, "/");
    EXPECT_EQ(requests[1].target, "/");
    EXPECT_TRUE(requests[2].upgrade);
    EXPECT_EQ(header(2, "Cookie"), "ttwid=1%7Cabc");
    EXPECT_EQ(header(2, "User-Agent"), header(0, "User-Agent"));
    EXPECT_EQ(header(2, "Origin"), "https://www.tiktok.com");
    EXPECT_EQ(header(2, "Sec-WebSocket-Extensions"), "");
    EXPECT_THAT(requests[2].target, HasSubstr("room_id=7300000000000000001"));
    EXPECT_THAT(received, ElementsAre(encode_enter_room(room), encode_heartbeat(room, 1)));
}

net::awaitable<connection_end> identify_and_connect(way_in& way, room_sink& sink) {
    EXPECT_FALSE(co_await way.identify());
    EXPECT_FALSE(co_await way.identify());
    auto end = co_await way.connect(room, false, sink);
    co_return end;
}

TEST_F(tiktok_direct_way, an_identity_that_was_asked_for_before_is_used) {
    answers = {cookie("1%7Cabc")};
    frames = {from_hex(vectors::v7)};
    auto way = make();
    EXPECT_EQ(ask(identify_and_connect(*way, sink)).reason, errc::live_ended);
    ASSERT_EQ(requests.size(), 2U) << "the cookie is asked for once";
    EXPECT_EQ(header(1, "Cookie"), "ttwid=1%7Cabc");
}

TEST_F(tiktok_direct_way, an_identity_that_is_refused_is_that_error) {
    answers = {answer(403)};
    auto way = make();
    EXPECT_EQ(ask(way->identify()), errc::lookup_forbidden);
}

TEST_F(tiktok_direct_way, frames_that_want_it_are_acknowledged_and_heartbeats_go_on) {
    answers = {cookie("x")};
    settings.heartbeat_interval = 20ms;
    frames = {from_hex(vectors::v1)};
    wanted_frames = 5;
    auto way = make();
    const connection_end end = ask(way->connect(room, false, sink));
    EXPECT_EQ(end.reason, errc::closed);
    EXPECT_THAT(received, ::testing::Contains(encode_ack(3370164404529750109U, "-")));
    EXPECT_THAT(received, ::testing::Contains(encode_heartbeat(room, 2)));
    EXPECT_THAT(received, ::testing::Contains(encode_heartbeat(room, 3)));
}

TEST_F(tiktok_direct_way, silent_connection_never_spoke) {
    answers = {cookie("x")};
    settings.stale_after = 50ms;
    wanted_frames = 1000;
    auto way = make();
    const connection_end end = ask(way->connect(room, false, sink));
    EXPECT_EQ(end.reason, errc::never_spoke);
    EXPECT_GE(end.lasted, 50ms);
}

TEST_F(tiktok_direct_way, refusal_is_classified_and_described) {
    answers = {cookie("x")};
    refusals = {answer(200, "", {{"Handshake-Msg", "DEVICE_BLOCKED"}, {"Handshake-Status", "415"}})};
    auto way = make();
    const connection_end end = ask(way->connect(room, false, sink));
    EXPECT_EQ(end.reason, errc::device_blocked);
    EXPECT_EQ(end.detail, "HTTP 200, Handshake-Msg: DEVICE_BLOCKED, Handshake-Status: 415");
    EXPECT_EQ(end.lasted, core::duration::zero());
    EXPECT_EQ(sink.connected, 0);
}

TEST_F(tiktok_direct_way, cookie_that_never_comes_is_asked_for_as_often_as_configured) {
    answers = {answer(200), answer(200), answer(200), cookie("too late")};
    auto way = make();
    EXPECT_EQ(ask(way->connect(room, false, sink)).reason, errc::ttwid_missing);
    EXPECT_EQ(requests.size(), 3U);
}

TEST_F(tiktok_direct_way, forbidden_cookie_is_not_asked_for_again) {
    answers = {answer(429), cookie("x")};
    auto way = make();
    EXPECT_EQ(ask(way->connect(room, false, sink)).reason, errc::lookup_rate_limited);
    EXPECT_EQ(requests.size(), 1U);
}

net::awaitable<std::string> connect_three_times(way_in& way, room_sink& sink) {
    co_await way.connect(room, false, sink);
    co_await way.connect(room, false, sink);
    co_await way.connect(room, true, sink);
    co_return "";
}

TEST_F(tiktok_direct_way, identity_is_kept_over_reconnects_and_replaced_when_asked) {
    answers = {cookie("one"), cookie("two")};
    auto way = make();
    ask(connect_three_times(*way, sink));
    ASSERT_EQ(requests.size(), 5U);  // cookie, socket, socket, cookie, socket
    EXPECT_EQ(header(1, "Cookie"), "ttwid=one");
    EXPECT_EQ(header(2, "Cookie"), "ttwid=one");
    EXPECT_EQ(header(2, "User-Agent"), header(1, "User-Agent"));
    EXPECT_EQ(header(4, "Cookie"), "ttwid=two");
    EXPECT_EQ(header(4, "User-Agent"), header(3, "User-Agent"));
}

TEST_F(tiktok_direct_way, cancelled_connection_ends_as_cancelled) {
    answers = {cookie("x")};
    wanted_frames = 2;
    hold_open = true;
    auto way = make();
    connection_end end;
    const auto connect = [](way_in* from, room_sink* to, connection_end* out) -> net::awaitable<void> {
        *out = co_await from->connect(room, false, *to);
    };
    auto running = spawn(connect(way.get(), &sink, &end));
    const auto wait_and_cancel = [this](std::shared_ptr<test::task> task) -> net::awaitable<bool> {
        while (received.size() < 2)
            co_await sleep(1ms);
        task->cancel();
        while (!task->done())
            co_await sleep(1ms);
        co_return true;
    };
    EXPECT_TRUE(ask(wait_and_cancel(running)));
    EXPECT_EQ(end.reason, net::asio::error::operation_aborted);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
