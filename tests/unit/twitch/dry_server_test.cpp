// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/dry_server.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

TEST(dry_server_test, a_login_and_a_join_are_answered_like_twitch_does) {
    dry_server server("bot");
    const auto login =
        server.answer("CAP REQ :twitch.tv/tags twitch.tv/commands\r\nPASS oauth:x\r\nNICK bot\r\n");
    ASSERT_EQ(login.size(), 2u);
    EXPECT_NE(login[0].find("ACK"), std::string::npos);
    EXPECT_EQ(login[1].rfind(":tmi.twitch.tv 001 bot", 0), 0u);
    const auto joined = server.answer("JOIN #chan\r\n");
    ASSERT_EQ(joined.size(), 2u);
    EXPECT_NE(joined[0].find("USERSTATE #chan"), std::string::npos);
    EXPECT_NE(joined[1].find("ROOMSTATE #chan"), std::string::npos);
}

TEST(dry_server_test, a_ping_is_answered_with_its_argument) {
    dry_server server("bot");
    EXPECT_EQ(server.answer("PING :42\r\n"),
              std::vector<std::string>{":tmi.twitch.tv PONG tmi.twitch.tv :42"});
}

TEST(dry_server_test, each_line_is_accepted_with_an_id_of_its_own) {
    dry_server server("bot");
    EXPECT_NE(server.accept("chan"), server.accept("chan"));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
