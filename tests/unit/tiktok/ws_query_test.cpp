// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/handshake.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <sstream>

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

std::map<std::string, std::string> query_of(const std::string& target) {
    std::map<std::string, std::string> out;
    std::istringstream pairs(target.substr(target.find('?') + 1));
    for (std::string pair; std::getline(pairs, pair, '&');) {
        const std::size_t equals = pair.find('=');
        EXPECT_TRUE(out.emplace(pair.substr(0, equals), pair.substr(equals + 1)).second) << pair;
    }
    return out;
}

TEST(websocket_target, has_every_parameter_of_the_reference_once) {
    const std::string target = websocket_target(7300000000000000001, user_agents()[0], seconds(10), 1);
    EXPECT_TRUE(target.starts_with("/webcast/im/ws_proxy/ws_reuse_supplement/?"));
    auto query = query_of(target);
    EXPECT_EQ(query.size(), 28U);
    EXPECT_EQ(query["version_code"], "180800");
    EXPECT_EQ(query["aid"], "1988");
    EXPECT_EQ(query["room_id"], "7300000000000000001");
    EXPECT_EQ(query["identity"], "audience");
    EXPECT_EQ(query["compress"], "gzip");
    EXPECT_EQ(query["resp_content_type"], "protobuf");
    EXPECT_EQ(query["history_comment_count"], "6");
    EXPECT_EQ(query["tz_name"], "Europe%2FBerlin");
}

TEST(websocket_target, tells_the_heartbeat_interval_that_is_kept) {
    EXPECT_EQ(query_of(websocket_target(1, user_agents()[0], milliseconds(2500), 1))["heartbeat_duration"],
              "2500");
}

TEST(websocket_target, values_are_encoded_once_and_fit_the_browser) {
    const user_agent firefox{"x", "Mozilla", "Linux x86_64", "5.0 (X11)"};
    auto query = query_of(websocket_target(1, firefox, seconds(10), 1));
    EXPECT_EQ(query["browser_platform"], "Linux%20x86_64");
    EXPECT_EQ(query["browser_version"], "5.0%20%28X11%29");
    for (const user_agent& agent : user_agents()) {
        const std::string target = websocket_target(1, agent, seconds(10), 1);
        EXPECT_EQ(target.find_first_of(" ()<>\"'"), std::string::npos) << target;
        EXPECT_EQ(target.find("%25"), std::string::npos) << "encoded twice: " << target;
    }
}

TEST(websocket_target, round_trip_time_is_plausible_and_follows_the_seed) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const std::string rtt =
            query_of(websocket_target(1, user_agents()[0], seconds(10), seed))["last_rtt"];
        EXPECT_EQ(rtt.size(), 7U) << rtt;
        EXPECT_GE(std::atof(rtt.c_str()), 100.0);
        EXPECT_LT(std::atof(rtt.c_str()), 200.0);
    }
    EXPECT_EQ(websocket_target(1, user_agents()[0], seconds(10), 5),
              websocket_target(1, user_agents()[0], seconds(10), 5));
    EXPECT_NE(websocket_target(1, user_agents()[0], seconds(10), 5),
              websocket_target(1, user_agents()[0], seconds(10), 6));
}

TEST(lookup_targets, name_the_account_and_the_room) {
    const std::string api = api_live_target("ana.example");
    EXPECT_TRUE(api.starts_with("/api-live/user/room/?aid=1988&"));
    auto query = query_of(api);
    EXPECT_EQ(query["uniqueId"], "ana.example");
    EXPECT_EQ(query["sourceType"], "54");
    EXPECT_EQ(live_page_target("ana.example"), "/@ana.example/live");
    EXPECT_EQ(check_alive_target(7001), "/webcast/room/check_alive/?aid=1988&room_ids=7001");
}

TEST(lookup_targets, odd_handles_cannot_leave_their_place) {
    EXPECT_EQ(live_page_target("../a?b#c"), "/@..%2Fa%3Fb%23c/live");
    EXPECT_EQ(query_of(api_live_target("a&aid=1"))["uniqueId"], "a%26aid%3D1");
}

TEST(under, configured_base_paths_are_kept) {
    EXPECT_EQ(under("", "/x"), "/x");
    EXPECT_EQ(under("/", "/x"), "/x");
    EXPECT_EQ(under("/base", "/x"), "/base/x");
    EXPECT_EQ(under("/base/", "/x"), "/base/x");
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
