// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What keeps the bot silent in a channel, ended on Twitch while the relay runs.

#include <algorithm>

#include "e2e/bot_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class silent_channel_e2e : public bot_fixture {
protected:
    std::unique_ptr<process> started() {
        log_in();
        return relay();
    }
    // Until a comment is delivered that was written after the start of the call.
    bool speaks(const std::string& text) {
        const auto before = texts().size();
        for (int i = 0; i < 20; ++i) {
            comment(text + " " + std::to_string(i));
            if (delivered(before + 1, std::chrono::seconds(1)))
                return true;
        }
        return false;
    }
    nlohmann::json channel() { return status().at("twitch").at("channels").at(0); }
};

TEST_F(silent_channel_e2e, a_lifted_ban_is_found_out_when_a_person_asks) {
    const auto relay = started();
    ASSERT_TRUE(listening()) << relay->err();
    world_.call([this] { world_.twitch().ban("bot", "chan"); });
    ASSERT_TRUE(relay->wait_for_err("(msg_banned) Next try in 1 min.")) << relay->err();
    const auto blocked = channel();
    EXPECT_EQ(blocked.at("state"), "blocked");
    EXPECT_EQ(blocked.at("reason"), "msg_banned");
    EXPECT_LE(blocked.at("next_try_seconds"), 60);
    comment("counted");
    ASSERT_TRUE(status_shows(
        [](const nlohmann::json& route) { return route.at("dropped").contains("channel_banned"); }));
    world_.call([this] { world_.twitch().rules().unban("bot", "chan"); });
    relay->signal(SIGHUP);
    ASSERT_TRUE(relay->wait_for_err("lines go on")) << relay->err();
    ASSERT_TRUE(speaks("back")) << relay->err();
    stop(*relay);
    EXPECT_THAT(violations(), IsEmpty());
    expect_balanced(report());
}

TEST_F(silent_channel_e2e, a_shorter_timeout_replaces_a_longer_one) {
    const auto relay = started();
    ASSERT_TRUE(listening()) << relay->err();
    world_.call([this] { world_.twitch().time_out("bot", "chan", std::chrono::seconds(600)); });
    ASSERT_TRUE(relay->wait_for_err("(msg_timedout) Next try in")) << relay->err();
    world_.call([this] { world_.twitch().time_out("bot", "chan", std::chrono::seconds(1)); });
    ASSERT_TRUE(speaks("back")) << relay->err();
    stop(*relay);
    expect_balanced(report());
}

TEST_F(silent_channel_e2e, a_moderator_who_resumes_has_the_end_of_a_timeout_found_out) {
    world_.call([this] { world_.twitch().rules().set_role("bot", "chan", sim::role::ordinary); });
    const auto relay = started();
    ASSERT_TRUE(listening()) << relay->err();
    world_.call([this] { world_.twitch().time_out("bot", "chan", std::chrono::seconds(600)); });
    ASSERT_TRUE(relay->wait_for_err("(msg_timedout) Next try in")) << relay->err();
    world_.call([this] {
        world_.twitch().rules().unban("bot", "chan");
        world_.twitch().say_with_badges("moderator/1", "vera", "chan", "!tiktok resume");
    });
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_EQ(texts().front(), "going on");
    ASSERT_TRUE(speaks("back")) << relay->err();
    stop(*relay);
    EXPECT_THAT(violations(), IsEmpty());
    expect_balanced(report());
}

TEST_F(silent_channel_e2e, a_moderator_is_heard_where_the_bot_is_banned) {
    const auto relay = started();
    ASSERT_TRUE(listening()) << relay->err();
    const auto joins = [this](std::ptrdiff_t wanted) {
        return world_.wait_for([this, wanted] {
            const auto& lines = world_.twitch().lines();
            return std::count(lines.begin(), lines.end(), "JOIN #chan") >= wanted;
        });
    };
    world_.call([this] { world_.twitch().ban("bot", "chan"); });
    ASSERT_TRUE(joins(2)) << relay->err();  // an anonymous connection
    relay->signal(SIGHUP);
    ASSERT_TRUE(joins(3)) << relay->err();
    ASSERT_TRUE(world_.wait_for([this] { return !world_.twitch().joined("bot", "chan"); }));
    world_.call([this] {
        world_.twitch().rules().unban("bot", "chan");
        world_.twitch().say_with_badges("moderator/1", "vera", "chan", "!tiktok resume");
    });
    ASSERT_TRUE(relay->wait_for_err("lines go on")) << relay->err();
    ASSERT_TRUE(speaks("back")) << relay->err();
    stop(*relay);
    EXPECT_THAT(violations(), IsEmpty());
    expect_balanced(report());
}

TEST_F(silent_channel_e2e, a_renamed_channel_is_followed) {
    const auto relay = started();
    ASSERT_TRUE(listening()) << relay->err();
    ASSERT_TRUE(speaks("before")) << relay->err();
    world_.call([this] { world_.twitch().rules().rename_channel("chan", "newname"); });
    comment("tells that it is gone");
    ASSERT_TRUE(relay->wait_for_err("the channel was renamed to #newname")) << relay->err();
    ASSERT_TRUE(world_.wait_for([this] { return world_.twitch().joined("bot", "newname"); })) << relay->err();
    ASSERT_TRUE(speaks("after")) << relay->err();
    EXPECT_EQ(world_.call([this] { return world_.twitch().rules().delivered().back().channel; }), "newname");
    EXPECT_EQ(channel().at("renamed_to"), "newname");
    stop(*relay);
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(report().at("channel"), "chan") << "the books go by the configured name";
    expect_balanced(report());
}

TEST_F(silent_channel_e2e, a_suspended_channel_is_told_from_a_renamed_one) {
    const auto relay = started();
    ASSERT_TRUE(listening()) << relay->err();
    world_.call([this] { world_.twitch().rules().set_suspended("chan", true); });
    comment("tells that it is gone");
    ASSERT_TRUE(relay->wait_for_err("it was suspended, deleted or renamed")) << relay->err();
    world_.call([this] { world_.twitch().rules().set_suspended("chan", false); });
    relay->signal(SIGHUP);
    ASSERT_TRUE(speaks("back")) << relay->err();
    stop(*relay);
    expect_balanced(report());
}

}  // namespace
}  // namespace tiktok2twitch::test
