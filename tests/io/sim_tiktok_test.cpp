// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "support/sim_fixture.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"

namespace tiktok2twitch {
namespace {

using namespace std::chrono_literals;
using net::awaitable;

constexpr const char* agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

class sim_tiktok_test : public test::sim_fixture {
public:
    sim_tiktok_test() {
        room_id = world.call([this] { return world.tiktok().add_room("User").room_id(); });
    }

    awaitable<net::http_response> get(std::string target, std::string user_agent = agent) {
        net::http_request request;
        request.to = url(world.https_url(), target);
        request.timeout = 5s;
        if (!user_agent.empty()) {
            request.headers.push_back({"User-Agent", user_agent});
        }
        auto response = co_await net::http_fetch(std::move(request), tls);
        if (!response) {
            net::http_response failed;
            failed.body = "error: " + core::identifier(response.error());
            co_return failed;
        }
        co_return std::move(*response);
    }

    static std::string ttwid_of(const net::http_response& response) {
        for (const net::http_header& header : response.headers) {
            if (header.name == "Set-Cookie" && header.value.starts_with("ttwid=")) {
                return header.value.substr(0, header.value.find(';'));
            }
        }
        return {};
    }

    std::string query(const std::string& aid = "1988") const {
        return "/webcast/im/ws_proxy/ws_reuse_supplement/?aid=" + aid +
               "&room_id=" + std::to_string(room_id) +
               "&identity=audience&resp_content_type=protobuf&compress=gzip&history_comment_count=6";
    }

    awaitable<core::result<net::websocket>> open(std::string target, std::string cookie,
                                                 std::string user_agent, net::http_response* refusal) {
        net::websocket_request request;
        request.to = url(world.wss_url(), target);
        request.timeout = 5s;
        request.headers.push_back({"Cookie", cookie});
        if (!user_agent.empty()) {
            request.headers.push_back({"User-Agent", user_agent});
        }
        auto socket = co_await net::connect_websocket(std::move(request), tls, refusal);
        co_return std::move(socket);
    }

    awaitable<net::websocket> connect() {
        const auto home = co_await get("/");
        auto socket = co_await open(query(), ttwid_of(home), agent, nullptr);
        co_return std::move(socket.value());
    }

    // Connected, the room entered, and the first three frames (welcome, state, heartbeat) read.
    awaitable<net::websocket> enter(tiktok::webcast_session& session) {
        auto socket = co_await connect();
        for (std::string& frame : session.start(std::chrono::steady_clock::now())) {
            co_await socket.write(std::move(frame));
        }
        for (int i = 0; i < 3; ++i) {
            co_await feed(socket, session);
        }
        co_return std::move(socket);
    }

    // Reads one frame, answers it, and returns its events.
    awaitable<std::vector<tiktok::decoded_event>> feed(net::websocket& socket,
                                                       tiktok::webcast_session& session, bool ack = true) {
        const std::string frame = co_await read_within(socket, 5s);
        auto reaction = session.on_frame(frame, std::chrono::steady_clock::now());
        for (std::string& answer : reaction.send) {
            if (ack) {
                co_await socket.write(std::move(answer));
            }
        }
        for (auto& one : reaction.batch.events) {
            seen.push_back(one);
        }
        if (reaction.batch.change) {
            change = reaction.batch.change;
        }
        co_return std::move(reaction.batch.events);
    }

    std::int64_t comment(const std::string& text) {
        return world.call([&] {
            sim::chatter from;
            from.id = 42;
            from.nickname = "Ana \U0001F338";
            from.unique_id = "ana.example";
            from.moderator = true;
            from.gifter_level = 25;
            return world.tiktok().comment("user", from, text);
        });
    }
    std::vector<std::string> complaints() {
        return world.call([this] { return world.tiktok().complaints(); });
    }

    std::int64_t room_id = 0;
    std::vector<tiktok::decoded_event> seen;
    std::optional<tiktok::room_change> change;
};

TEST_F(sim_tiktok_test, the_lookup_pages_agree_about_a_live_room) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        const std::string id = std::to_string(self.room_id);
        auto api = co_await self.get("/api-live/user/room/?aid=1988&sourceType=54&uniqueId=uSeR");
        EXPECT_EQ(api.status, 200);
        EXPECT_NE(api.body.find(id), std::string::npos);
        auto page = co_await self.get("/@user/live");
        EXPECT_NE(page.body.find(id), std::string::npos);
        auto alive = co_await self.get("/webcast/room/check_alive/?aid=1988&room_ids=1," + id);
        EXPECT_NE(alive.body.find("\"alive\":true"), std::string::npos);
        EXPECT_EQ(alive.body.find("\"room_id\":1,"), std::string::npos);
    }(*this));
}

TEST_F(sim_tiktok_test, a_lookup_without_parameters_or_user_agent_is_turned_away) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        auto bare = co_await self.get("/api-live/user/room/?uniqueId=user");
        EXPECT_NE(bare.body.find("params_error"), std::string::npos);
        auto bot = co_await self.get("/api-live/user/room/?aid=1988&sourceType=54&uniqueId=user", "");
        EXPECT_EQ(bot.body, "");
        auto other = co_await self.get("/nothing");
        EXPECT_EQ(other.status, 404);
    }(*this));
}

TEST_F(sim_tiktok_test, the_cookie_comes_only_every_nth_time) {
    world.call([this] { world.tiktok().settings().ttwid_every = 3; });
    run([](sim_tiktok_test& self) -> awaitable<void> {
        std::string given;
        for (int i = 0; i < 6; ++i) {
            given += ttwid_of(co_await self.get("/")).empty() ? '-' : 'x';
        }
        EXPECT_EQ(given, "--x--x");
    }(*this));
}

TEST_F(sim_tiktok_test, shut_pages_show_the_check_page_and_the_registration_gives_the_cookie) {
    world.call([this] { world.tiktok().shut_pages(); });
    run([](sim_tiktok_test& self) -> awaitable<void> {
        for (const char* target : {"/", "/live", "/@user/live"}) {
            const auto page = co_await self.get(target);
            EXPECT_EQ(page.status, 200) << target;
            EXPECT_EQ(page.body.size(), 1462U);
            EXPECT_EQ(page.find("x-tt-system-error"), "3");
            EXPECT_TRUE(page.find("Set-Cookie").starts_with("ak_bmsc="));
        }
        net::http_request wrong;
        wrong.to = self.url(self.world.https_url(), "/ttwid/register/");
        wrong.method = "POST";
        wrong.headers = {{"User-Agent", agent}, {"Origin", "https://www.tiktok.com"}};
        net::http_request right = wrong;
        right.body = R"({"aid":1988,"service":"www.tiktok.com"})";
        const auto refused = co_await net::http_fetch(std::move(wrong), self.tls);
        EXPECT_EQ(ttwid_of(refused.value()), "");
        const auto given = co_await net::http_fetch(std::move(right), self.tls);
        auto socket = co_await self.open(self.query(), ttwid_of(given.value()), agent, nullptr);
        EXPECT_TRUE(socket.has_value());
        co_await socket->close();
        self.world.call([&self] { self.world.tiktok().forget_cookies(); });
        net::http_response refusal;
        EXPECT_FALSE(co_await self.open(self.query(), ttwid_of(given.value()), agent, &refusal));
        EXPECT_EQ(refusal.find("Handshake-Msg"), "DEVICE_BLOCKED");
        EXPECT_FALSE(co_await self.open(self.query(), "", agent, &refusal));
        EXPECT_EQ(refusal.find("Handshake-Msg"), "http: named cookie not present");
    }(*this));
}

TEST_F(sim_tiktok_test, scripted_answers_are_used_up_in_order) {
    world.call([this] {
        sim::tiktok_server& tiktok = world.tiktok();
        tiktok.script(sim::endpoint::api,
                      {sim::answer_status(403), sim::answer_proper(),
                       sim::answer_status(200, "<html>please wait</html>"), sim::answer_reset()});
    });
    run([](sim_tiktok_test& self) -> awaitable<void> {
        const std::string target = "/api-live/user/room/?aid=1988&sourceType=54&uniqueId=user";
        EXPECT_EQ((co_await self.get(target)).status, 403);
        EXPECT_NE((co_await self.get(target)).body.find("roomId"), std::string::npos);
        EXPECT_EQ((co_await self.get(target)).body, "<html>please wait</html>");
        EXPECT_TRUE((co_await self.get(target)).body.starts_with("error: "));
        EXPECT_EQ((co_await self.get(target)).status, 200);
    }(*this));
    EXPECT_EQ(world.call([this] { return world.tiktok().request_count(sim::endpoint::api); }), 5U);
}

TEST_F(sim_tiktok_test, the_handshake_is_refused_for_tiktoks_reasons) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        const std::string cookie = ttwid_of(co_await self.get("/"));
        net::http_response refusal;
        EXPECT_FALSE(co_await self.open(self.query(), cookie, "", &refusal));
        EXPECT_EQ(refusal.find("handshake-msg"), "DEVICE_BLOCKED");
        EXPECT_EQ(refusal.status, 200);
        EXPECT_FALSE(co_await self.open(self.query(), "ttwid=made-up", agent, &refusal));
        EXPECT_EQ(refusal.find("Handshake-Status"), "415");
        EXPECT_FALSE(co_await self.open(self.query(), cookie, "another agent", &refusal));
        EXPECT_EQ(refusal.find("Handshake-Msg"), "DEVICE_BLOCKED");
        EXPECT_FALSE(co_await self.open(self.query("1"), cookie, agent, &refusal));
        EXPECT_EQ(refusal.find("Handshake-Msg"), "illegal app_id");
        EXPECT_FALSE(co_await self.open(self.query() + "&x=(y)", cookie, agent, &refusal));
        EXPECT_EQ(refusal.status, 400);
        self.world.call([&self] { self.world.tiktok().end_live("user"); });
        EXPECT_FALSE(co_await self.open(self.query(), cookie, agent, &refusal));
        EXPECT_EQ(refusal.status, 200);
        EXPECT_EQ(refusal.find("Handshake-Msg"), "");
        self.world.call(
            [&self] { self.world.tiktok().always(sim::endpoint::socket, sim::answer_illegal_secret_key()); });
        EXPECT_FALSE(co_await self.open(self.query(), cookie, agent, &refusal));
        EXPECT_EQ(refusal.find("Handshake-Status"), "417");
    }(*this));
}

TEST_F(sim_tiktok_test, nothing_comes_before_the_room_is_entered) {
    comment("old");
    run([](sim_tiktok_test& self) -> awaitable<void> {
        auto socket = co_await self.connect();
        self.comment("also old");
        EXPECT_EQ(co_await read_within(socket, 300ms), "silence");
        co_await socket.close();
    }(*this));
}

TEST_F(sim_tiktok_test, the_programs_own_codec_understands_history_and_comments) {
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 8; ++i) {
        ids.push_back(comment("old " + std::to_string(i)));
    }
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        const std::int64_t id = self.comment("new \xFF text");
        const auto events = co_await self.feed(socket, session);
        EXPECT_EQ(events.size(), 1U);
        if (!events.empty()) {
            EXPECT_FALSE(events[0].history);
            EXPECT_EQ(events[0].what.msg_id, id);
            EXPECT_EQ(events[0].what.text, "new \xFF text");
            EXPECT_EQ(events[0].what.from.nickname, "Ana \U0001F338");
            EXPECT_EQ(events[0].what.from.unique_id, "ana.example");
            EXPECT_TRUE(events[0].what.from.moderator);
            EXPECT_EQ(events[0].what.from.gifter_level, 25);
        }
        EXPECT_EQ(session.counts().undecodable_frames + session.counts().undecodable_messages, 0U);
        // An orderly close waits 2 s at most for the other side to read all that came before it.
        EXPECT_TRUE(self.world.wait_for([&self] { return self.world.tiktok().sockets().at(0)->acks == 2; }));
        co_await socket.close();
    }(*this));
    ASSERT_EQ(seen.size(), 8U);
    EXPECT_EQ(seen[0].what.kind, relay::event_kind::viewers);
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_TRUE(seen[i + 1].history);
        EXPECT_EQ(seen[i + 1].what.msg_id, ids[i + 2]);
    }
    EXPECT_TRUE(complaints().empty());
    const auto record = world.call([this] { return *world.tiktok().sockets().at(0); });
    EXPECT_EQ(record.heartbeats, 1U);
    EXPECT_EQ(record.acks, 2U);
    EXPECT_EQ(record.query.at("room_id"), std::to_string(room_id));
}

TEST_F(sim_tiktok_test, without_acks_the_pushes_stop) {
    world.call([this] { world.tiktok().settings().ack_timeout = 50ms; });
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        self.comment("one");
        co_await self.feed(socket, session, false);
        co_await sleep(100ms);
        self.comment("two");
        EXPECT_EQ(co_await read_within(socket, 200ms), "silence");
        co_await socket.close();
    }(*this));
    EXPECT_TRUE(world.call([this] { return world.tiktok().sockets().at(0)->pushes_stopped; }));
}

TEST_F(sim_tiktok_test, without_heartbeats_the_server_closes) {
    world.call([this] { world.tiktok().settings().heartbeat_timeout = 200ms; });
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        EXPECT_EQ(co_await read_within(socket, 5s), "error: closed_by_peer");
    }(*this));
}

TEST_F(sim_tiktok_test, the_end_is_told_and_followed_by_the_close_and_a_restart_has_a_new_room) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        self.world.call([&self] { self.world.tiktok().restart("user"); });
        co_await self.feed(socket, session);
        EXPECT_EQ(self.change, tiktok::room_change::ended);
        EXPECT_EQ(co_await read_within(socket, 5s), "error: closed_by_peer");
    }(*this));
    EXPECT_NE(world.call([this] { return world.tiktok().find_room("user")->room_id(); }), room_id);
}

TEST_F(sim_tiktok_test, a_restart_without_notice_leaves_an_old_socket_that_only_answers_heartbeats) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        self.world.call([&self] { self.world.tiktok().restart("user", false); });
        self.comment("of the next live");
        EXPECT_EQ(co_await read_within(socket, 200ms), "silence");
        EXPECT_FALSE(self.change);
        auto alive =
            co_await self.get("/webcast/room/check_alive/?aid=1988&room_ids=" + std::to_string(self.room_id));
        EXPECT_NE(alive.body.find("\"alive\":false"), std::string::npos) << alive.body;
        co_await socket.close();
    }(*this));
}

TEST_F(sim_tiktok_test, sockets_have_a_life_that_ends_again_and_again) {
    world.call([this] { world.tiktok().settings().socket_life = 100ms; });
    run([](sim_tiktok_test& self) -> awaitable<void> {
        for (int i = 0; i < 2; ++i) {
            auto socket = co_await self.connect();
            EXPECT_TRUE((co_await read_within(socket, 5s)).starts_with("error: "));
        }
    }(*this));
}

TEST_F(sim_tiktok_test,
       a_renamed_account_keeps_its_sockets_and_its_old_name_leads_nowhere_or_to_the_new_one) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        const std::string lookup = "/api-live/user/room/?aid=1988&sourceType=54&uniqueId=user";
        self.world.call([&self] { self.world.tiktok().rename("user", "New.Name"); });
        EXPECT_NE((co_await self.get(lookup)).body.find("19881007"), std::string::npos);
        self.world.call([&self] { self.world.tiktok().rename("new.name", "Third", true); });
        EXPECT_NE((co_await self.get(lookup)).body.find("19881007"), std::string::npos);
        EXPECT_NE((co_await self.get("/api-live/user/room/?aid=1988&sourceType=54&uniqueId=new.name"))
                      .body.find("\"uniqueId\":\"Third\""),
                  std::string::npos);
        EXPECT_EQ(self.world.call([&self] { return self.world.tiktok().listening_sockets("third"); }), 1U);
        co_await socket.close();
    }(*this));
}

TEST_F(sim_tiktok_test, a_socket_on_its_way_out_or_of_a_former_live_hears_nothing_of_the_next_one) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        const auto counted = [&self](auto&& step) {
            return self.world.call([&] {
                step(self.world.tiktok());
                return std::pair(self.world.tiktok().open_sockets("user"),
                                 self.world.tiktok().listening_sockets("user"));
            });
        };
        EXPECT_EQ(counted([](auto&) {}), std::pair(1UL, 1UL));
        // The live is another one, and nobody told the socket.
        const auto replaced = counted([](auto& tiktok) { tiktok.find_room("user")->restart(4711); });
        EXPECT_EQ(replaced, std::pair(1UL, 0UL));
        self.comment("of the next live");
        const auto back = counted([&self](auto& tiktok) { tiktok.find_room("user")->restart(self.room_id); });
        EXPECT_EQ(back, std::pair(1UL, 1UL));
        const auto closing = counted([](auto& tiktok) { tiktok.close_sockets("user"); });
        EXPECT_EQ(closing, std::pair(1UL, 0UL));
        EXPECT_EQ(co_await read_within(socket, 5s), "error: closed_by_peer");
    }(*this));
}

TEST_F(sim_tiktok_test, recorded_bytes_are_sent_as_they_are) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        self.world.call([&self] {
            std::vector<std::string> frames{std::string("\x00\xFF garbage", 10), "second"};
            self.world.tiktok().replay("user", std::move(frames));
        });
        EXPECT_EQ(co_await read_within(socket, 5s), std::string("\x00\xFF garbage", 10));
        EXPECT_EQ(co_await read_within(socket, 5s), "second");
        co_await socket.close();
    }(*this));
}

TEST_F(sim_tiktok_test, a_stalled_socket_is_open_and_silent) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        self.world.call([&self] { self.world.tiktok().stall("user"); });
        self.comment("lost");
        EXPECT_EQ(co_await read_within(socket, 300ms), "silence");
        EXPECT_EQ(self.world.call([&self] { return self.world.tiktok().open_sockets("User"); }), 1U);
        socket.reset();
    }(*this));
    EXPECT_TRUE(world.wait_for([this] { return world.tiktok().open_sockets("User") == 0; }));
}

TEST_F(sim_tiktok_test, resets_break_the_socket_even_inside_a_frame) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        tiktok::webcast_session session({}, self.room_id);
        auto socket = co_await self.enter(session);
        self.world.call([&self] { self.world.tiktok().reset_mid_frame("User"); });
        const std::string cut = co_await read_within(socket, 5s);
        EXPECT_TRUE(cut.starts_with("error: ")) << cut.size();
        tiktok::webcast_session again({}, self.room_id);
        socket = co_await self.enter(again);
        self.world.call([&self] { self.world.tiktok().reset_sockets("User"); });
        EXPECT_TRUE((co_await read_within(socket, 5s)).starts_with("error: "));
    }(*this));
}

TEST_F(sim_tiktok_test, what_no_correct_client_does_is_noted) {
    run([](sim_tiktok_test& self) -> awaitable<void> {
        auto socket = co_await self.connect();
        co_await socket.write("\xFF");
        tiktok::webcast_session session({}, self.room_id + 1);
        for (std::string& frame : session.start(std::chrono::steady_clock::now())) {
            co_await socket.write(std::move(frame));
        }
        EXPECT_TRUE(self.world.wait_for([&self] { return self.world.tiktok().complaints().size() == 3; }));
        co_await socket.close();
    }(*this));
}

}  // namespace
}  // namespace tiktok2twitch
