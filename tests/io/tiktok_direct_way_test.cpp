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
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
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

net::http_response check_page() {
    return answer(200, "<html>Please wait...<p class=\"_wafchallengeid\">",
                  {{"x-tt-system-error", "3"}, {"Set-Cookie", "ak_bmsc=1; Domain=.tiktok.com; Path=/"}});
}

net::http_response cookie_not_present() {
    return answer(200, "",
                  {{"handshake-status", "417"},
                   {"handshake-msg", "http: named cookie not present"},
                   {"x-tt-logid", "20260909ABC"}});
}

class batch_sink final : public room_sink {
public:
    void on_cookie(cookie_door door) override { doors.emplace_back(name_of(door)); }
    void on_connected(core::time_point) override { ++connected; }
    void on_batch(decoded_batch batch, core::time_point) override {
        for (const decoded_event& event : batch.events)
            texts.push_back(event.what.text);
    }
    int connected = 0;
    std::vector<std::string> texts, doors;
};

class tiktok_direct_way : public test::net_fixture {
public:
    tiktok_direct_way() {
        settings.web_url = settings.webcast_url = url("https", server, "");
        settings.ws_url = url("wss", server, "");
        settings.door_pause = 1ms;
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

    std::unique_ptr<way_in> make(std::string unique_id = {}) {
        return make_direct_way(settings, client_tls_, 1, std::move(unique_id));
    }
    std::vector<std::string> asked() const {
        std::vector<std::string> out;
        for (const auto& request : requests)
            out.push_back(request.upgrade ? "socket" : request.method + " " + request.target);
        return out;
    }
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
    answers = {answer(200, "{}"), cookie("1%7Cabc")};
    frames = {from_hex(vectors::v1), from_hex(vectors::v3), from_hex(vectors::v7)};
    wanted_frames = 2;
    auto way = make();
    const connection_end end = ask(way->connect(room, false, sink));
    EXPECT_EQ(end.reason, errc::live_ended);
    EXPECT_EQ(sink.connected, 1);
    EXPECT_THAT(sink.texts, ElementsAre("an older line", "hello from tiktok", ""));
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_THAT(asked(), ElementsAre("POST /ttwid/register/", "GET /live", "socket"));
    EXPECT_THAT(sink.doors, ElementsAre("live_page"));
    EXPECT_EQ(header(2, "Cookie"), "ttwid=1%7Cabc");
    EXPECT_EQ(header(2, "User-Agent"), header(0, "User-Agent"));
    EXPECT_EQ(header(2, "Origin"), "https://www.tiktok.com");
    EXPECT_EQ(header(2, "Sec-WebSocket-Extensions"), "");
    EXPECT_THAT(requests[2].target, HasSubstr("room_id=7300000000000000001"));
    EXPECT_THAT(received, ElementsAre(encode_enter_room(room), encode_heartbeat(room, 1)));
}

TEST_F(tiktok_direct_way, the_registration_is_asked_as_tiktok_s_own_pages_ask_it) {
    answers = {cookie("x")};
    refusals = {answer(503)};
    auto way = make();
    ask(way->connect(room, false, sink));
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(
        requests[0].body,
        R"({"aid":1988,"service":"www.tiktok.com","union":false,"unionHost":"","needFid":false,"fid":""})");
    EXPECT_EQ(header(0, "Origin"), "https://www.tiktok.com");
    EXPECT_EQ(header(0, "Referer"), "https://www.tiktok.com/");
    EXPECT_EQ(header(0, "Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(header(0, "User-Agent"), header(1, "User-Agent"));
    EXPECT_EQ(header(0, "Accept-Language"), header(1, "Accept-Language"));
}

net::awaitable<connection_end> look_and_connect(way_in& way, room_sink& sink,
                                                std::vector<door_report>* reports) {
    *reports = co_await way.try_doors();
    auto end = co_await way.connect(room, false, sink);
    co_return end;
}

TEST_F(tiktok_direct_way, each_door_can_be_tried_and_the_first_cookie_is_kept) {
    answers = {answer(302, "", {{"Location", "/login"}}), check_page(), cookie("one"), cookie("two")};
    frames = {from_hex(vectors::v7)};
    auto way = make("ana");
    std::vector<door_report> reports;
    EXPECT_EQ(ask(look_and_connect(*way, sink, &reports)).reason, errc::live_ended);
    EXPECT_THAT(asked(),
                ElementsAre("POST /ttwid/register/", "GET /@ana/live", "GET /live", "GET /", "socket"));
    ASSERT_EQ(reports.size(), 4U);
    EXPECT_EQ(reports[0].answer, door_answer::redirected);
    EXPECT_EQ(reports[1].answer, door_answer::check_page);
    EXPECT_EQ(reports[2].answer, door_answer::cookie);
    EXPECT_EQ(reports[3].answer, door_answer::cookie);
    EXPECT_EQ(header(4, "Cookie"), "ttwid=one");
}

TEST_F(tiktok_direct_way, cookies_of_the_site_go_with_it_and_those_of_the_host_do_not) {
    answers = {answer(200, "{}",
                      {{"Set-Cookie", "ttwid=x; Domain=.tiktok.com; Path=/"},
                       {"Set-Cookie", "msToken=y; Domain=.tiktok.com; Path=/"},
                       {"Set-Cookie", "tt_csrf_token=z; Path=/"}})};
    refusals = {answer(503)};
    auto way = make();
    ask(way->connect(room, false, sink));
    EXPECT_EQ(header(1, "Cookie"), "ttwid=x; msToken=y");
}

TEST_F(tiktok_direct_way, a_cookie_that_is_not_taken_is_replaced_at_once_together_with_the_browser) {
    answers = {cookie("old"), cookie("new")};
    refusals = {cookie_not_present()};
    auto way = make();
    frames = {from_hex(vectors::v7)};
    EXPECT_EQ(ask(way->connect(room, false, sink)).reason, errc::live_ended);
    EXPECT_THAT(asked(), ElementsAre("POST /ttwid/register/", "socket", "POST /ttwid/register/", "socket"));
    EXPECT_EQ(header(3, "Cookie"), "ttwid=new");
    EXPECT_EQ(header(3, "User-Agent"), header(2, "User-Agent"));
}

TEST_F(tiktok_direct_way, two_cookies_in_a_row_that_are_not_taken_are_a_matter_of_waiting) {
    answers = {cookie("old"), cookie("new"), cookie("third")};
    refusals = {cookie_not_present(), cookie_not_present()};
    auto way = make();
    const connection_end end = ask(way->connect(room, false, sink));
    EXPECT_EQ(end.reason, errc::cookie_refused);
    EXPECT_THAT(end.detail, HasSubstr("x-tt-logid: 20260909ABC"));
    EXPECT_EQ(requests.size(), 4U);
}

TEST_F(tiktok_direct_way, a_lookup_that_is_answered_with_the_check_page_says_so) {
    answers = {check_page()};
    auto way = make();
    EXPECT_EQ(ask(way->lookup_api("ana")).error(), errc::check_page);
}

TEST_F(tiktok_direct_way, a_live_page_that_is_the_check_page_says_nothing_about_the_account) {
    answers = {answer(200, "<html>", {{"X-Tt-System-Error", "3"}})};
    auto way = make();
    EXPECT_EQ(ask(way->lookup_page("ana")).error(), errc::check_page);
}

TEST_F(tiktok_direct_way, a_lookup_remembers_how_long_tiktok_wants_to_be_left_alone) {
    answers = {answer(503, "", {{"Retry-After", "120"}}), answer(200, "too early")};
    auto way = make();
    EXPECT_EQ(way->not_before(), core::time_point::min());
    const auto before = std::chrono::steady_clock::now();
    const auto twice = [](way_in* from) -> net::awaitable<core::error_code> {
        const auto first = co_await from->lookup_api("ana");
        EXPECT_EQ(first.error(), errc::lookup_failed);
        const auto second = co_await from->lookup_page("ana");
        co_return second.error();
    };
    EXPECT_EQ(ask(twice(way.get())), errc::lookup_rate_limited);
    EXPECT_EQ(requests.size(), 1U);
    EXPECT_GE(way->not_before(), before + 120s);
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

TEST_F(tiktok_direct_way, when_no_door_opens_the_reason_of_each_is_told) {
    answers = {answer(403), check_page(), check_page(), answer(200), answer(500), cookie("too late")};
    auto way = make("ana");
    const connection_end end = ask(way->connect(room, false, sink));
    EXPECT_EQ(end.reason, errc::ttwid_missing);
    EXPECT_EQ(end.detail,
              "register: refused (HTTP 403); /@user/live: check page for browsers; /live: check page for "
              "browsers; /: no cookie in the answer; register: HTTP 500");
    EXPECT_THAT(asked(), ElementsAre("POST /ttwid/register/", "GET /@ana/live", "GET /live", "GET /",
                                     "POST /ttwid/register/"));
    EXPECT_EQ(way->not_before(), core::time_point::min());
}

net::awaitable<connection_end> connect_twice(way_in& way, room_sink& sink) {
    co_await way.connect(room, false, sink);
    auto end = co_await way.connect(room, false, sink);
    co_return end;
}

TEST_F(tiktok_direct_way, a_retry_after_is_kept_by_the_next_attempts_too) {
    answers = {answer(429, "", {{"Retry-After", "60"}}), check_page(), check_page(), cookie("too early")};
    auto way = make();
    const auto before = std::chrono::steady_clock::now();
    const connection_end end = ask(connect_twice(*way, sink));
    EXPECT_EQ(end.reason, errc::ttwid_missing);
    EXPECT_THAT(end.detail, HasSubstr("register: asked too often (HTTP 429), to wait 60 s"));
    EXPECT_THAT(asked(), ElementsAre("POST /ttwid/register/", "GET /live", "GET /"));
    EXPECT_GE(way->not_before(), before + 60s);
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
