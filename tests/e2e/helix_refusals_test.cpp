// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What Twitch's API may answer to a line, and that it is counted as over IRC.

#include "e2e/helix_relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class helix_refusals_e2e : public helix_relay_fixture {
protected:
    void SetUp() override {
        log_in();
        relay_ = over_helix();
        ASSERT_TRUE(ready()) << relay_->err();
    }
    void TearDown() override { EXPECT_THAT(violations(), IsEmpty()); }

    bool posted(std::size_t lines) {
        return world_.wait_for(
            [&] { return world_.helix().request_count(sim::helix_endpoint::messages) >= lines; },
            std::chrono::seconds(20));
    }
    // Ends the relay and says what became of its events.
    nlohmann::json counts() {
        stop(*relay_);
        auto route = report();
        expect_balanced(route);
        return route;
    }

    std::unique_ptr<process> relay_;
};

TEST_F(helix_refusals_e2e, drops_have_the_reasons_of_irc) {
    world_.call([this] {
        world_.twitch().rules().block_term("chan", "badword");
        world_.twitch().rules().hold_term("chan", "heldword");
    });
    comment("badword");
    ASSERT_TRUE(posted(1)) << relay_->err();
    comment("heldword");
    ASSERT_TRUE(posted(2)) << relay_->err();
    comment("fine");
    ASSERT_TRUE(delivered(1)) << relay_->err();
    const auto route = counts();
    EXPECT_EQ(route.at("dropped").at("refused_msg_rejected_mandatory"), 1);
    EXPECT_EQ(route.at("dropped").at("refused_msg_rejected"), 1);
    EXPECT_EQ(route.at("relayed"), 1);
}

TEST_F(helix_refusals_e2e, a_429_is_waited_out_and_the_line_said_then) {
    const auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
    script(sim::helix_endpoint::messages, {sim::helix_busy(std::chrono::seconds(2), wall)});
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay_->err();
    EXPECT_EQ(asked(sim::helix_endpoint::messages), 2U);
    EXPECT_EQ(counts().at("relayed"), 1);
}

TEST_F(helix_refusals_e2e, a_line_whose_outcome_is_unknown_is_counted_so_and_never_said_twice) {
    // Said, but 503 is answered; and said, but the answer is lost.
    script(sim::helix_endpoint::messages, {sim::helix_does(sim::helix_fault::kind::pretend, 503),
                                           sim::helix_does(sim::helix_fault::kind::lose)});
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay_->err();
    comment("two");
    ASSERT_TRUE(delivered(2)) << relay_->err();
    comment("three");
    ASSERT_TRUE(delivered(3)) << relay_->err();
    const auto route = counts();
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: two", "[TikTok] Ann: three"));
    EXPECT_EQ(route.at("dropped").at("unknown"), 2);
    EXPECT_EQ(route.at("relayed"), 1);
    EXPECT_EQ(route.at("lines_sent"), 3);
}

TEST_F(helix_refusals_e2e, a_ban_pauses_the_channel_and_is_counted) {
    world_.call([this] { world_.twitch().rules().ban("bot", "chan"); });
    comment("one");
    ASSERT_TRUE(relay_->wait_for_err("does not let bot write there")) << relay_->err();
    comment("two");
    ASSERT_TRUE(received(2)) << relay_->err();
    const auto route = counts();
    EXPECT_EQ(route.at("dropped").at("refused_msg_forbidden"), 1);
    EXPECT_EQ(route.at("dropped").at("shutdown"), 1) << "it waited for the end of the pause";
    EXPECT_EQ(asked(sim::helix_endpoint::messages), 1U);
}

TEST_F(helix_refusals_e2e, an_api_that_goes_away_and_comes_back_loses_nothing) {
    world_.call([this] {
        world_.helix().refuse_connections(true);
        world_.helix().close_connections();
    });
    comment("waits");
    ASSERT_TRUE(received(1)) << relay_->err();
    world_.call([this] { world_.helix().refuse_connections(false); });
    ASSERT_TRUE(delivered(1)) << relay_->err();
    EXPECT_EQ(counts().at("relayed"), 1);
}

}  // namespace
}  // namespace tiktok2twitch::test
