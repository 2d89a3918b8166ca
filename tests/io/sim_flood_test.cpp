// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include <cstddef>
#include <map>

#include "tiktok2twitch/sim/world.hpp"

namespace tiktok2twitch::sim {
namespace {

// Plays a minute's flood in no time and counts what its room writes.
TEST(flood_script_test, a_flood_repeats_a_quarter_and_everybody_that_matters_speaks_up) {
    world world;
    std::map<std::string, std::size_t> by_kind;
    world.call([&] {
        prepare_demo({}, world.tiktok(), world.twitch());
        world.tiktok().on_comment([&](const comment_record& comment) {
            const auto& text = comment.text;
            ++by_kind["all"];
            by_kind["chant"] += text.size() <= 5 && text != "wow" ? 1 : 0;
            by_kind["long"] += text.size() > 120 ? 1 : 0;
            by_kind["question"] += text.starts_with("@demo_streamer ") ? 1 : 0;
            by_kind["streamer"] += comment.from.streamer ? 1 : 0;
            by_kind["moderator"] += comment.from.moderator ? 1 : 0;
        });
        for (const script_step& step : flood_script(1, {}, std::chrono::seconds(60)))
            step.act(world.tiktok(), world.twitch());
        EXPECT_EQ(world.twitch().rules().role_of("demo_bot", "demo_channel"), role::moderator);
        world.tiktok().on_comment({});
    });
    EXPECT_GT(by_kind["all"], 600U);
    EXPECT_GT(by_kind["chant"] * 100 / by_kind["all"], 12U) << "longer rows of emoji come on top";
    EXPECT_GT(by_kind["long"] * 100 / by_kind["all"], 4U);
    EXPECT_GE(by_kind["question"], 20U);
    EXPECT_GE(by_kind["streamer"], 7U);
    EXPECT_GE(by_kind["moderator"], 6U);
}

}  // namespace
}  // namespace tiktok2twitch::sim
