// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/app/login/login.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(login_words, every_right_is_asked_for_and_named) {
    EXPECT_THAT(wanted_scopes(true),
                ElementsAre("chat:read", "chat:edit", "user:write:chat", "moderator:manage:chat_messages"));
    EXPECT_THAT(wanted_scopes(false), ElementsAre("chat:read", "chat:edit", "user:write:chat"));
    const auto some = rights_text({"chat:edit", "bits:read"});
    EXPECT_THAT(some, HasSubstr("may NOT  read the chat (chat:read)"));
    EXPECT_THAT(some, HasSubstr("may      send lines (chat:edit)"));
    EXPECT_THAT(some, Not(HasSubstr("bits:read")));
}

TEST(login_words, the_invitation_has_the_address_the_code_and_whom_to_log_in_as) {
    twitch::device_code code;
    code.user_code = "ABCDEFGH";
    code.verification_uri = "https://www.twitch.tv/activate?device-code=ABCDEFGH";
    code.expires_in = 1800s;
    const auto text = invitation_text(code, {}, "bot");
    EXPECT_THAT(text, HasSubstr(code.verification_uri));
    EXPECT_THAT(text, HasSubstr("ABCDEFGH\n"));
    EXPECT_THAT(text, HasSubstr("as bot"));
    EXPECT_THAT(text, HasSubstr("30 min"));
    EXPECT_THAT(invitation_text(code, "QR\n", {}), HasSubstr("the bot account:"));
    EXPECT_THAT(invitation_text(code, "QR\n", {}), HasSubstr("QR\n"));
}

TEST(login_words, spans_are_short_at_every_size) {
    EXPECT_EQ(core::span_text(59s), "59 s");
    EXPECT_EQ(core::span_text(60s), "1 min");
    EXPECT_EQ(core::span_text(59min + 59s), "59 min");
    EXPECT_EQ(core::span_text(60min), "1 h");
    EXPECT_EQ(core::span_text(47h + 59min), "47 h 59 min");
    EXPECT_EQ(core::span_text(48h), "2 days");
}

// The modules of a drawn code, dark is true; colors are taken off.
std::vector<std::vector<bool>> modules(const std::string& drawn, bool color) {
    std::vector<std::vector<bool>> out;
    for (std::size_t i = 0; i < drawn.size();) {
        if (out.empty() || drawn[i] == '\n') {
            i += drawn[i] == '\n' ? 1 : 0;
            if (i < drawn.size())
                out.resize(out.size() + 2);
            continue;
        }
        if (drawn[i] == '\x1b') {
            i = drawn.find('m', i) + 1;
            continue;
        }
        const std::string_view rest(drawn.data() + i, drawn.size() - i);
        const bool upper = rest.starts_with("█") || rest.starts_with("▀");
        const bool lower = rest.starts_with("█") || rest.starts_with("▄");
        out[out.size() - 2].push_back(upper == color);
        out[out.size() - 1].push_back(lower == color);
        i += rest[0] == ' ' ? 1 : 3;
    }
    return out;
}

// A finder pattern of the standard with its upper left corner at x, y.
bool finder_at(const std::vector<std::vector<bool>>& code, std::size_t x, std::size_t y) {
    for (std::size_t j = 0; j < 7; ++j)
        for (std::size_t i = 0; i < 7; ++i) {
            const std::size_t ring = std::min({i, j, 6 - i, 6 - j});
            if (code.at(y + j).at(x + i) != (ring != 1))
                return false;
        }
    return true;
}

constexpr const char* address = "https://www.twitch.tv/activate?public=true&device-code=ABCDEFGH";

TEST(qr_text, is_a_qr_code_with_its_quiet_zone_with_and_without_colors) {
    for (const bool color : {true, false}) {
        const auto code = modules(qr_text(address, 80, color), color);
        ASSERT_THAT(code, SizeIs(42));  // version 4 has 33 modules, 4 around, and an even number of rows
        ASSERT_THAT(code.front(), SizeIs(41));
        EXPECT_TRUE(finder_at(code, 4, 4));
        EXPECT_TRUE(finder_at(code, 30, 4));
        EXPECT_TRUE(finder_at(code, 4, 30));
        for (std::size_t i = 0; i < 41; ++i)
            for (std::size_t quiet = 0; quiet < 4; ++quiet) {
                EXPECT_FALSE(code[quiet][i]);
                EXPECT_FALSE(code[37 + quiet][i]);
                EXPECT_FALSE(code[i][quiet]);
                EXPECT_FALSE(code[i][37 + quiet]);
            }
    }
    EXPECT_EQ(modules(qr_text(address, 80, true), true).at(10),
              modules(qr_text(address, 80, false), false).at(10));
}

TEST(no_renewal_text, says_when_to_log_in_again) {
    EXPECT_THAT(no_renewal_text(false, std::chrono::hours(4)),
                testing::EndsWith("log in again before it ends, in 4 h"));
    EXPECT_THAT(no_renewal_text(false, {}), testing::EndsWith("log in again before it ends"));
    EXPECT_THAT(
        no_renewal_text(true, std::chrono::hours(4)),
        testing::AllOf(testing::StartsWith("this login cannot be renewed, and ends in 4 h: the "
                                           "application behind twitch.client_id is not a public client"),
                       testing::EndsWith("Then run 'tiktok2twitch login' again.")));
}

TEST(choice_of_logins, names_the_logins_and_the_setting) {
    EXPECT_EQ(choice_of_logins("", {"ann", "bot"}),
              "more than one Twitch login is stored (ann, bot): say which one with twitch.login (or --set "
              "twitch.login=ann)");
    EXPECT_EQ(choice_of_logins("cy", {"ann"}),
              "cy (twitch.login) is not logged in; stored is the login of ann. Correct twitch.login, or run "
              "'tiktok2twitch login' as cy");
    EXPECT_EQ(choice_of_logins("cy", {}), "");
    EXPECT_EQ(choice_of_logins("", {"ann"}), "");
}

TEST(qr_text, is_left_out_where_it_does_not_fit) {
    EXPECT_THAT(qr_text(address, 41, true), Not(IsEmpty()));
    EXPECT_THAT(qr_text(address, 40, true), IsEmpty());
    EXPECT_THAT(qr_text(std::string(512, 'x'), 1000, true), Not(IsEmpty()));
    EXPECT_THAT(qr_text(std::string(513, 'x'), 1000, true), IsEmpty());
}

TEST(login_words, the_next_command_has_the_options_that_login_got) {
    command_line given;
    EXPECT_EQ(relay_command(given, false), "tiktok2twitch --tiktok USER --channel CHAN");
    EXPECT_EQ(relay_command(given, true), "tiktok2twitch");
    given.config_path = "my config.toml";
    given.state_dir = "/srv/it's";
    given.settings = {{"relay.pack", "false", "--set"}, {"twitch.client_id", "abc", "--client-id"}};
    EXPECT_EQ(relay_command(given, true),
              "tiktok2twitch --config 'my config.toml' --state-dir '/srv/it'\\''s' "
              "--set relay.pack=false");
    given.route = route_config{"ann", "chan"};
    EXPECT_THAT(relay_command(given, true), testing::EndsWith(" --tiktok ann --channel chan"));
}

}  // namespace
}  // namespace tiktok2twitch::app
