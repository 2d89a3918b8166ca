// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/handshake.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "tiktok/ttwid.hpp"
#include "tiktok/user_agents.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using headers = std::vector<header_view>;

TEST(classify_refusal, each_answer_has_its_reason) {
    struct refusal_case {
        int status;
        headers with;
        errc expected;
    };
    const refusal_case cases[] = {
        {200, {{"Handshake-Msg", "DEVICE_BLOCKED"}, {"Handshake-Status", "415"}}, errc::device_blocked},
        {200, {{"handshake-msg", "device_blocked"}}, errc::device_blocked},
        {200, {{"HANDSHAKE-STATUS", "415"}}, errc::device_blocked},
        {415, {}, errc::device_blocked},
        {415, {{"Handshake-Msg", "DEVICE_BLOCKED"}}, errc::device_blocked},
        {200,
         {{"Handshake-Msg", "illegal secret key"}, {"Handshake-Status", "417"}},
         errc::signature_required},
        {200, {{"hAnDsHaKe-MsG", "illegal secret key"}}, errc::signature_required},
        {200, {{"Handshake-Msg", "illegal app_id"}, {"Handshake-Status", "417"}}, errc::bad_app_id},
        {200, {{"Handshake-Status", "417"}}, errc::signature_required},
        {200, {}, errc::detected},
        {200, {{"Content-Type", "text/html"}}, errc::detected},
        {200, {{"Handshake-Msg", "something new"}}, errc::handshake_failed},
        {400, {}, errc::bad_query},
        {403, {}, errc::lookup_forbidden},
        {429, {}, errc::lookup_rate_limited},
        {302, {}, errc::handshake_failed},
        {503, {}, errc::handshake_failed},
    };
    for (const refusal_case& c : cases) {
        const handshake_refusal refusal = classify_refusal(c.status, c.with);
        EXPECT_EQ(refusal.reason, c.expected) << refusal.detail << " gave " << refusal.reason.message();
    }
}

TEST(classify_refusal, detail_holds_everything_the_server_said) {
    const headers with = {{"x-other", "1"}, {"handshake-status", "415"}, {"handshake-msg", "DEVICE_BLOCKED"}};
    EXPECT_EQ(classify_refusal(200, with).detail,
              "HTTP 200, Handshake-Msg: DEVICE_BLOCKED, Handshake-Status: 415");
    EXPECT_EQ(classify_refusal(503, {}).detail, "HTTP 503");
}

TEST(find_ttwid, value_is_kept_byte_for_byte) {
    const headers with = {
        {"Set-Cookie", "tt_csrf_token=abc; Path=/"},
        {"set-cookie", "ttwid=1%7CaB-_c%3D%3D%7C1789625531%7C0f; Path=/; Domain=tiktok.com"}};
    EXPECT_EQ(find_ttwid(with), "1%7CaB-_c%3D%3D%7C1789625531%7C0f");
    const headers raw = {{"SET-COOKIE", " ttwid = 1|YWJj==|5|ff ;Secure"}};
    EXPECT_EQ(find_ttwid(raw), "1|YWJj==|5|ff");
}

TEST(find_ttwid, absent_empty_or_unusable_values_are_missing) {
    const headers cases[] = {
        {},
        {{"Set-Cookie", "ttwid=; Path=/"}},
        {{"Set-Cookie", "ttwid"}},
        {{"Set-Cookie", "xttwid=1"}},
        {{"Set-Cookie", "TTWID=1"}},
        {{"Set-Cookie", "a=ttwid=1"}},
        {{"Cookie", "ttwid=1"}},
        {{"Set-Cookie", "ttwid=a b"}},
        {{"Set-Cookie", "ttwid=a\r\nX-Evil: 1"}},
    };
    for (const headers& c : cases)
        EXPECT_EQ(find_ttwid(c), "");
}

TEST(find_ttwid, later_cookie_replaces_an_earlier_one_but_an_empty_one_does_not) {
    const headers with = {{"Set-Cookie", "ttwid=one"}, {"Set-Cookie", "ttwid=two"}, {"Set-Cookie", "ttwid="}};
    EXPECT_EQ(find_ttwid(with), "two");
}

TEST(find_ttwid, value_of_4096_bytes_is_taken_and_a_longer_one_is_not) {
    const std::string longest = "ttwid=" + std::string(4096, 'a');
    const std::string longer = longest + "a";
    EXPECT_EQ(find_ttwid(headers{{"Set-Cookie", longest}}).size(), 4096U);
    EXPECT_EQ(find_ttwid(headers{{"Set-Cookie", longer}}), "");
}

TEST(user_agents, describe_themselves_without_contradiction) {
    std::set<std::string_view> texts;
    for (const user_agent& agent : user_agents()) {
        EXPECT_TRUE(texts.insert(agent.text).second) << agent.text;
        EXPECT_TRUE(agent.text.starts_with("Mozilla/5.0 ("));
        EXPECT_EQ(agent.browser_name, "Mozilla");
        const bool windows = agent.text.find("Windows NT") != std::string_view::npos;
        const bool mac = agent.text.find("Macintosh") != std::string_view::npos;
        EXPECT_EQ(agent.browser_platform, windows ? "Win32"
                                          : mac   ? "MacIntel"
                                                  : "Linux x86_64")
            << agent.text;
        if (agent.text.find("Firefox/") != std::string_view::npos)
            EXPECT_EQ(agent.browser_version, windows ? "5.0 (Windows)"
                                             : mac   ? "5.0 (Macintosh)"
                                                     : "5.0 (X11)");
        else
            EXPECT_EQ("Mozilla/" + std::string(agent.browser_version), agent.text);
    }
    EXPECT_GE(texts.size(), 6U);
}

TEST(error_table, every_error_has_identifier_message_and_advice) {
    std::set<std::string> identifiers;
    for (int value = static_cast<int>(errc::offline); value <= static_cast<int>(errc::inflated_too_large);
         ++value) {
        const core::error_code error(value, category());
        EXPECT_TRUE(identifiers.insert(core::identifier(error)).second) << value;
        EXPECT_NE(error.message(), "unknown error") << value;
        EXPECT_TRUE(core::advice(error).ends_with('.')) << value;
    }
    EXPECT_EQ(core::identifier(errc::device_blocked), "device_blocked");
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
