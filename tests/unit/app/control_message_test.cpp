// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/control/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tiktok2twitch::control {
namespace {

using testing::HasSubstr;

std::string refused(std::string_view line) {
    const auto parsed = parse_request(line, "9.8.7");
    const auto* bad = std::get_if<bad_request>(&parsed);
    return bad == nullptr ? "accepted" : bad->why;
}

TEST(control_message_test, every_request_is_read_as_it_was_written) {
    for (const auto what : {verb::status, verb::stop, verb::reload, verb::held, verb::approve, verb::deny}) {
        const request asked{what, what == verb::approve || what == verb::deny ? 12U : 0U};
        const auto parsed = parse_request(text_of(asked), "1");
        ASSERT_TRUE(std::holds_alternative<request>(parsed)) << name_of(what);
        EXPECT_EQ(std::get<request>(parsed).what, asked.what);
        EXPECT_EQ(std::get<request>(parsed).id, asked.id);
    }
}

TEST(control_message_test, a_request_of_a_later_version_may_say_more) {
    const auto parsed = parse_request(R"({"protocol":1,"command":"stop","mood":[1,{"a":2}]})", "1");
    EXPECT_TRUE(std::holds_alternative<request>(parsed));
}

TEST(control_message_test, what_cannot_be_obeyed_gets_a_sentence) {
    for (const auto* line : {"", "\n", "stop", "[]", "{}", R"({"command":"stop"})", R"({"protocol":"1"})",
                             R"({"protocol":0,"command":"stop"})", R"({"protocol":-1,"command":"stop"})"})
        EXPECT_EQ(refused(line),
                  "this relay is tiktok2twitch 9.8.7 and was asked something that is no request")
            << line;
    EXPECT_THAT(refused(R"({"protocol":2,"command":"stop"})"), HasSubstr("older than the command that asks"));
    EXPECT_THAT(refused("{\"protocol\":1,\"command\":\"da\u202ence\"}"),
                HasSubstr("know the command \"dance\""));
    EXPECT_THAT(refused(R"({"protocol":1})"), HasSubstr("know the command \"\""));
    EXPECT_THAT(refused(R"({"protocol":1,"command":"a@"})"), HasSubstr("know the command \"a＠\""));
    EXPECT_THAT(refused(R"({"protocol":1,"command":"deny"})"), HasSubstr("needs the number"));
    EXPECT_THAT(refused(R"({"protocol":1,"command":"approve","id":-3})"), HasSubstr("needs the number"));
    EXPECT_THAT(refused("{\"protocol\":1,\"command\":\"stop\",\"x\":\"" + std::string(5000, 'x') + "\"}"),
                HasSubstr("no request"));
}

TEST(control_message_test, an_answer_is_read_as_it_was_written) {
    const auto back = parse_reply(text_of(answer{64, "no such \"id\"", "{\n}\n"}));
    ASSERT_EQ(back.what, reply::kind::answered);
    EXPECT_EQ(back.said.code, 64);
    EXPECT_EQ(back.said.text, "no such \"id\"");
    EXPECT_EQ(back.said.data, "{\n}\n");
}

TEST(control_message_test, half_an_answer_is_none) {
    const auto whole = text_of(answer{0, "yes", "data"});
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(parse_reply(std::string_view(whole).substr(0, size)).what, reply::kind::unreadable) << size;
}

TEST(control_message_test, the_first_version_answers_with_its_status_whatever_was_asked) {
    const auto old = parse_reply("{\n  \"routes\": [],\n  \"twitch\": {}\n}\n");
    EXPECT_EQ(old.what, reply::kind::older);
    EXPECT_THAT(old.said.data, HasSubstr("routes"));
    EXPECT_EQ(parse_reply("{\n  \"routes\": [").what, reply::kind::unreadable);
    EXPECT_EQ(parse_reply("HTTP/1.1 400\r\n\r\n").what, reply::kind::unreadable);
}

}  // namespace
}  // namespace tiktok2twitch::control
