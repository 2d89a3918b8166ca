// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/handshake.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

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
        {200,
         {{"handshake-status", "417"}, {"handshake-msg", "http: named cookie not present"}},
         errc::cookie_refused},
        {417, {{"Handshake-Msg", "http: Named Cookie not present"}}, errc::cookie_refused},
        {200, {{"Handshake-Msg", "invalid cookie"}}, errc::cookie_refused},
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
    const headers logged = {{"X-TT-LOGID", "20260909160450ABC"}, {"Handshake-Msg", std::string_view()}};
    EXPECT_EQ(classify_refusal(200, logged).detail, "HTTP 200, x-tt-logid: 20260909160450ABC");
    const std::string endless(10'000, 'x');
    EXPECT_LT(classify_refusal(200, headers{{"x-tt-logid", endless}}).detail.size(), 200U);
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
