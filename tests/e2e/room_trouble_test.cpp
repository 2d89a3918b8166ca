// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// TikTok's answers are wrong, late or missing; the relay stays with the streamer.

#include "e2e/relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class room_trouble : public relay_fixture {
protected:
    sim::tiktok_room& ann() { return *world_.tiktok().find_room("ann"); }
    void expect_text(process& relay, std::initializer_list<std::string> wanted) {
        std::vector<std::string> expected;
        for (const auto& text : wanted)
            expected.push_back("[TikTok] Ann: " + text);
        EXPECT_EQ(texts(), expected) << relay.err();
    }
    std::unique_ptr<process> start_unpacked(std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--set", "relay.pack=false"});
        return start(std::move(more));
    }
};

TEST_F(room_trouble, a_name_that_tiktok_denies_at_first_is_said_at_once_and_relayed_when_it_is_known) {
    world_.call([this] { ann().hide(0, 4); });
    auto relay = start();
    ASSERT_TRUE(relay->wait_for_err("no_such_user")) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("spelling"));
    ASSERT_TRUE(listening()) << relay->err();
    comment("here after all");
    ASSERT_TRUE(delivered(1)) << relay->err();
    stop(*relay);
}

TEST_F(room_trouble, a_name_that_was_seen_is_never_given_up) {
    world_.call([this] { ann().set_state(sim::account_state::offline); });
    auto relay = start();
    ASSERT_TRUE(relay->wait_for_err("not live")) << relay->err();
    world_.call([this] { ann().hide(); });
    ASSERT_TRUE(relay->wait_for_err("was there before")) << relay->err();
    const auto asked = [this] {
        return world_.tiktok().request_count(sim::endpoint::api);
    };
    const auto before = world_.call(asked);
    ASSERT_TRUE(world_.wait_for([&] { return asked() >= before + 6; }, std::chrono::seconds(20)));
    world_.call([this] {
        ann().hide(0, 0);
        world_.tiktok().restart("ann");
    });
    ASSERT_TRUE(listening()) << relay->err();
    stop(*relay);
}

TEST_F(room_trouble, once_gives_a_name_up_that_tiktok_denies_three_times_in_a_row) {
    world_.call([this] { ann().hide(); });
    auto relay = start({"--once"});
    EXPECT_EQ(relay->wait(), 78) << relay->err();
    EXPECT_EQ(world_.call([this] { return world_.tiktok().request_count(sim::endpoint::api); }), 3U);
}

TEST_F(room_trouble, once_waits_with_one_name_for_the_end_of_the_other) {
    const auto config = temp_.write("config.toml",
                                    "[[route]]\ntiktok = \"nobody\"\nchannel = \"chan\"\n"
                                    "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n");
    process relay({T2T_BINARY, "--once", "--config", config, "--state-dir", state_()}, environment());
    ASSERT_TRUE(listening()) << relay.err();
    const auto asked = [this] {
        return world_.tiktok().request_count(sim::endpoint::page);
    };
    ASSERT_TRUE(world_.wait_for([&] { return asked() >= 4; }, std::chrono::seconds(20))) << relay.err();
    comment("still here");
    ASSERT_TRUE(delivered(1)) << relay.err();
    world_.call([this] { world_.tiktok().end_live("ann"); });
    EXPECT_EQ(relay.wait(), 0) << relay.err();
}

TEST_F(room_trouble, a_room_that_check_alive_denies_is_stayed_in) {
    world_.call([this] { ann().deny_alive(true); });
    auto relay = start_unpacked();
    ASSERT_TRUE(listening()) << relay->err();
    // Over several intervals, in which nobody says anything, too.
    const auto asked = [this] {
        return world_.tiktok().request_count(sim::endpoint::api);
    };
    for (int i = 0; i < 3; ++i) {
        const auto before = world_.call(asked);
        ASSERT_TRUE(world_.wait_for([&] { return asked() > before; }, std::chrono::seconds(20)))
            << relay->err();
        comment("number " + std::to_string(i));
    }
    ASSERT_TRUE(delivered(3)) << relay->err();
    stop(*relay);
    EXPECT_THAT(relay->err(), Not(HasSubstr("has ended")));
    expect_text(*relay, {"number 0", "number 1", "number 2"});
}

TEST_F(room_trouble, a_live_that_goes_on_in_a_new_room_without_a_word_is_followed_and_nothing_of_it_lost) {
    auto relay = start_unpacked();
    ASSERT_TRUE(listening()) << relay->err();
    comment("old room");
    ASSERT_TRUE(delivered(1)) << relay->err();
    world_.call([this] { world_.tiktok().restart("ann", false); });
    comment("first of the new room");
    ASSERT_TRUE(listening()) << relay->err();
    ASSERT_TRUE(delivered(2)) << relay->err();
    comment("second");
    ASSERT_TRUE(delivered(3)) << relay->err();
    stop(*relay);
    expect_text(*relay, {"old room", "first of the new room", "second"});
}

TEST_F(room_trouble, what_is_written_before_the_next_lookup_finds_the_live_is_relayed) {
    world_.call([this] { ann().set_state(sim::account_state::offline); });
    auto relay = start_unpacked({"--set", "tiktok.poll_interval=4s"});
    ASSERT_TRUE(relay->wait_for_err("not live")) << relay->err();
    world_.call([this] { world_.tiktok().restart("ann"); });
    comments({"one", "two", "three", "four"});
    ASSERT_TRUE(delivered(4)) << relay->err();
    stop(*relay);
    expect_text(*relay, {"one", "two", "three", "four"});
    EXPECT_EQ(report().at("ignored").value("history", 0), 0);
}

TEST_F(room_trouble, sockets_that_die_again_and_again_lose_and_repeat_nothing) {
    world_.call([this] { world_.tiktok().settings().socket_life = std::chrono::milliseconds(1500); });
    auto relay = start_unpacked();
    ASSERT_TRUE(listening()) << relay->err();
    std::vector<std::string> expected;
    for (int i = 0; i < 10; ++i) {
        expected.push_back("[TikTok] Ann: number " + std::to_string(i));
        comment("number " + std::to_string(i));
        ASSERT_TRUE(delivered(expected.size(), std::chrono::seconds(40))) << relay->err();
    }
    EXPECT_GE(world_.call([this] { return world_.tiktok().sockets().size(); }), 2U);
    stop(*relay);
    EXPECT_EQ(texts(), expected);
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_THAT(relay->err(), HasSubstr("Trying again in 0."));
}

TEST_F(room_trouble, a_handle_that_changes_is_named) {
    world_.call([this] { ann().set_state(sim::account_state::offline); });
    auto relay = start();
    ASSERT_TRUE(relay->wait_for_err("not live")) << relay->err();
    world_.call([this] { world_.tiktok().rename("ann", "ann.new", true); });
    ASSERT_TRUE(relay->wait_for_err("@ann.new")) << relay->err();
    stop(*relay);
}

}  // namespace
}  // namespace tiktok2twitch::test
