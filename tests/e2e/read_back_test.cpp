// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

class read_back_e2e : public relay_fixture {
protected:
    std::unique_ptr<process> start_watched() { return start({"--set", "relay.read_back=true"}); }

    void chat_of_others() {
        world_.call([this] { world_.twitch().say_as("viewer", "chan", "hello"); });
    }
    // The relay speaks, and others do, until the log has `words` or a minute is over.
    bool talk_until(process& relay, const std::string& words) {
        for (int i = 0; i < 120; ++i) {
            comment("message " + std::to_string(i));
            chat_of_others();
            if (relay.wait_for_err(words, std::chrono::milliseconds(500)))
                return true;
        }
        return false;
    }
};

TEST_F(read_back_e2e, a_shadow_banned_bot_is_noticed_and_waits) {
    const auto relay = start_watched();
    ASSERT_TRUE(listening());
    ASSERT_TRUE(world_.wait_for([this] { return world_.twitch().connections() == 2; }));
    world_.call([this] { world_.twitch().rules().set_shadowed("bot", true); });
    EXPECT_TRUE(talk_until(*relay, "nobody sees them")) << relay->err();
    stop(*relay);
    expect_balanced(report());
}

TEST_F(read_back_e2e, lines_that_everybody_sees_raise_no_suspicion) {
    const auto relay = start_watched();
    ASSERT_TRUE(listening());
    for (std::size_t i = 0; i < 5; ++i) {
        comment("message " + std::to_string(i));
        ASSERT_TRUE(delivered(i + 1));
        chat_of_others();
    }
    stop(*relay);
    EXPECT_EQ(relay->err().find("nobody sees them"), std::string::npos) << relay->err();
    expect_balanced(report());
}

}  // namespace
}  // namespace tiktok2twitch::test
