// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/ways/sign_fetch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiktok2twitch/tiktok/ways/error.hpp"
#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;

using headers = std::vector<header_view>;
const headers usual{{"X-Set-TT-Cookie", "ttwid=1%7Cabc; tt_csrf=x"}};

webcast::WebcastResponse good() {
    webcast::WebcastResponse out;
    out.set_cursor("1789626029311_7686_1_1_1_0");
    out.set_push_server("wss://webcast-ws.eu.tiktok.com/webcast/im/ws_proxy/ws_reuse_supplement/");
    out.set_now(1'789'626'030'000);
    auto& one = *out.add_route_params();
    one.set_key("wrss");
    one.set_value("a b/c");
    auto& empty = *out.add_route_params();
    empty.set_key("imprp");
    auto& same = *out.add_route_params();
    same.set_key("aid");
    same.set_value("666");
    out.add_messages(chat_message(11, "from before"));
    return out;
}

std::variant<signed_socket, way_answer> read(const std::string& body, const headers& list = usual,
                                             int status = 200, bool keyed = false) {
    sign_question question;
    question.room_id = 7001;
    question.browser = &user_agents()[0];
    question.heartbeat_interval = seconds(5);
    question.keyed = keyed;
    return read_sign_answer(question, status, list, body, t0, 1'790'000'000'000);
}

signed_socket accepted(const std::string& body, const headers& list = usual) {
    auto out = read(body, list);
    const auto* found = std::get_if<signed_socket>(&out);
    if (found == nullptr) {
        ADD_FAILURE() << std::get<way_answer>(out).reason.message();
        return {};
    }
    return *found;
}

way_answer refused(const std::string& body, const headers& list = usual, int status = 200) {
    auto out = read(body, list, status);
    const auto* found = std::get_if<way_answer>(&out);
    if (found == nullptr) {
        ADD_FAILURE() << "accepted";
        return {};
    }
    return *found;
}

TEST(sign_request, tells_the_room_and_the_browser_and_nothing_else) {
    const std::string target = sign_target(7001, user_agents()[0]);
    EXPECT_THAT(target, HasSubstr("/webcast/fetch?"));
    EXPECT_THAT(target, HasSubstr("room_id=7001"));
    EXPECT_THAT(target, HasSubstr("user_agent=Mozilla%2F5.0%20%28Windows"));
    EXPECT_EQ(sign_headers("").size(), 1U);
    const auto with_key = sign_headers("k");
    EXPECT_EQ(with_key.back().first, "X-Api-Key");
    EXPECT_EQ(with_key.back().second, "k");
}

TEST(sign_answer, becomes_the_address_of_the_socket) {
    const signed_socket out = accepted(good().SerializeAsString());
    EXPECT_EQ(out.to.scheme, "wss");
    EXPECT_EQ(out.to.host, "webcast-ws.eu.tiktok.com");
    EXPECT_TRUE(out.to.target.starts_with(
        "/webcast/im/ws_proxy/ws_reuse_supplement/?wrss=a%20b%2Fc&version_code=180800&"));
    EXPECT_TRUE(out.to.target.ends_with("&version_code=270000"));
    EXPECT_THAT(out.to.target, HasSubstr("&room_id=7001&"));
    EXPECT_THAT(out.to.target, Not(HasSubstr("imprp"))) << "empty values are left out";
    EXPECT_THAT(out.to.target, Not(HasSubstr("666"))) << "ours win";
    EXPECT_EQ(out.cookies, "tt-target-idc=useast1a; ttwid=1%7Cabc; tt_csrf=x");
    EXPECT_EQ(out.room_id, 7001);
}

TEST(sign_answer, its_messages_are_history) {
    const signed_socket out = accepted(good().SerializeAsString());
    ASSERT_EQ(out.first.events.size(), 1U);
    EXPECT_TRUE(out.first.events[0].history);
    EXPECT_EQ(out.first.events[0].what.text, "from before");
    EXPECT_EQ(out.first.server_now, 1'789'626'030'000);
    EXPECT_TRUE(out.first.opening);
}

TEST(sign_answer, the_server_may_know_another_room) {
    headers list = usual;
    list.push_back({"x-room-id", "7002"});
    const signed_socket out = accepted(good().SerializeAsString(), list);
    EXPECT_EQ(out.room_id, 7002);
    EXPECT_THAT(out.to.target, HasSubstr("&room_id=7002&"));
    list.back().value = "7x";
    EXPECT_EQ(accepted(good().SerializeAsString(), list).room_id, 7001);
}

TEST(sign_answer, a_server_without_a_path_gets_the_usual_one) {
    webcast::WebcastResponse answer = good();
    answer.set_push_server("ws://127.0.0.1:8080");
    const signed_socket out = accepted(answer.SerializeAsString());
    EXPECT_TRUE(out.to.target.starts_with("/webcast/im/ws_proxy/ws_reuse_supplement/?wrss="));
    EXPECT_EQ(out.to.port, 8080);
    answer.set_push_server("wss://a.example/p?x=1");
    EXPECT_TRUE(accepted(answer.SerializeAsString()).to.target.starts_with("/p?x=1&wrss="));
}

TEST(sign_answer, what_is_missing_makes_it_unusable) {
    EXPECT_EQ(refused("").reason, way_errc::signer_detected);
    EXPECT_EQ(refused(good().SerializeAsString(), {}).reason, way_errc::answer_unusable) << "no cookie";
    webcast::WebcastResponse answer = good();
    answer.clear_cursor();
    EXPECT_EQ(refused(answer.SerializeAsString()).reason, way_errc::answer_unusable);
    for (const char* server : {"", "https://a.example/", "nonsense", "wss://", "wss://a.example/\r\nX: y"}) {
        answer = good();
        answer.set_push_server(server);
        EXPECT_EQ(refused(answer.SerializeAsString()).reason, way_errc::answer_unusable) << server;
    }
    EXPECT_EQ(refused("\xff\xff\xff\xff").reason, way_errc::answer_unusable);
    EXPECT_EQ(refused(std::string(max_sign_answer + 1, '\0')).reason, way_errc::answer_unusable);
}

TEST(sign_answer, the_stand_in_of_an_outage_is_known) {
    webcast::WebcastResponse answer;
    answer.set_cursor("x");
    answer.set_push_server("wss://ws-fallback.eulerstream.com/?token=abc");
    EXPECT_EQ(refused(answer.SerializeAsString()).reason, way_errc::provider_outage);
    answer.set_push_server("wss://other.example/");
    answer.set_internal_ext("Connected through Euler Stream fallback proxy");
    EXPECT_EQ(refused(answer.SerializeAsString()).reason, way_errc::provider_outage);
    EXPECT_TRUE(refused(answer.SerializeAsString()).of_provider);
}

TEST(sign_answer, json_and_other_statuses_go_to_the_table) {
    EXPECT_EQ(refused(R"({"code":403})").reason, way_errc::network_blocked);
    EXPECT_EQ(refused(R"({"message":"x"})", {{"Retry-After", "9"}}, 429).wait, seconds(9));
    EXPECT_EQ(refused(good().SerializeAsString(), usual, 503).reason, way_errc::provider_failed);
}

TEST(sign_answer, cookies_that_cannot_be_sent_are_left_out) {
    const headers list{{"x-set-tt-cookie", "ttwid=a; bad; =x; c=\x01; tt-target-idc=eu; "},
                       {"X-Set-TT-Cookie", "d=4"}};
    EXPECT_EQ(accepted(good().SerializeAsString(), list).cookies, "ttwid=a; tt-target-idc=eu; d=4");
    EXPECT_EQ(refused(good().SerializeAsString(), {{"X-Set-TT-Cookie", "bad"}}).reason,
              way_errc::answer_unusable);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
