// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Single situations; random ones are in ways_failover_property_test.cpp.
#include "tiktok2twitch/tiktok/ways/failover.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

way_answer answer(answer_class what, core::error_code reason = errc::closed, core::duration wait = {},
                  bool of_provider = false) {
    way_answer out;
    out.what = what;
    out.reason = reason;
    out.wait = wait;
    out.of_provider = of_provider;
    return out;
}

class failover_test : public ::testing::Test {
protected:
    static failover_options with(std::vector<way> ways) {
        failover_options out;
        for (const way each : ways) {
            failover_options::one one;
            one.which = each;
            if (asks_third_party(each))
                one.provider = "eulerstream.com";
            out.ways.push_back(one);
        }
        return out;
    }
    void use(std::vector<way> ways) { rules.emplace(with(std::move(ways)), now); }

    // Moves the clock; ways that are up show life every second.
    void pass(core::duration span) {
        const core::time_point end = now + span;
        while (now < end) {
            const core::time_point beat = std::min(now + seconds(1), end);
            while (rules->due() <= beat) {
                now = std::max(now, rules->due());
                rules->step(now);
            }
            now = beat;
            for (const way each : breathing)
                if (rules->run_of(each) != 0)
                    rules->on_life(now, each);
            rules->step(now);
        }
    }
    void up(way which) {
        ASSERT_NE(rules->run_of(which), 0U) << name_of(which);
        breathing.insert(which);
        rules->on_life(now, which);
    }
    void end(way which, way_answer why = answer(answer_class::retry)) {
        breathing.erase(which);
        rules->on_end(now, which, why);
    }
    void live(std::int64_t room = 7001) { rules->on_live(now, live_knowledge::live, room); }
    void offline() { rules->on_live(now, live_knowledge::offline); }
    bool runs(way which) const { return rules->run_of(which) != 0; }
    way_report report_of(way which) const {
        for (const way_report& each : rules->report())
            if (each.which == which)
                return each;
        return {};
    }

    core::time_point now = core::time_point{} + hours(1000);
    std::optional<failover> rules;
    std::set<way> breathing;
};

TEST_F(failover_test, the_first_way_runs_and_is_used_once_it_lives) {
    use({way::direct, way::tikfinity});
    EXPECT_TRUE(runs(way::direct));
    EXPECT_FALSE(runs(way::tikfinity));
    EXPECT_EQ(rules->in_use(), std::nullopt);
    live();
    up(way::direct);
    EXPECT_EQ(rules->in_use(), way::direct);
    EXPECT_TRUE(rules->alive());
    const auto changes = rules->take_changes();
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].which, way::direct);
    EXPECT_EQ(changes[0].before, std::nullopt);
}

TEST_F(failover_test, a_quiet_room_is_no_reason_for_anything) {
    use({way::direct, way::sign, way::managed});
    live();
    up(way::direct);
    static_cast<void>(rules->take_changes());
    const std::uint64_t run = rules->run_of(way::direct);
    for (int i = 0; i < 60; ++i) {
        pass(minutes(1));
        rules->on_viewers(now, way::direct, 12);
        ASSERT_EQ(rules->run_of(way::direct), run);
        ASSERT_FALSE(runs(way::sign));
        ASSERT_FALSE(runs(way::managed));
    }
    EXPECT_THAT(rules->take_changes(), ::testing::IsEmpty());
}

TEST_F(failover_test, nobody_is_asked_while_tiktok_says_offline) {
    use({way::direct, way::tikfinity, way::sign, way::managed});
    pass(seconds(1));
    offline();
    pass(hours(3));
    for (const way each : {way::tikfinity, way::sign, way::managed})
        EXPECT_FALSE(runs(each)) << name_of(each);
}

TEST_F(failover_test, tikfinity_listens_while_offline_where_it_comes_first) {
    use({way::tikfinity, way::direct});
    offline();
    pass(seconds(30));
    EXPECT_TRUE(runs(way::tikfinity));
    EXPECT_FALSE(runs(way::direct));
    up(way::tikfinity);
    EXPECT_EQ(rules->in_use(), way::tikfinity);
}

TEST_F(failover_test, while_tiktok_does_not_answer_ways_that_need_no_room_are_tried) {
    use({way::direct, way::sign, way::managed});
    pass(seconds(3));
    EXPECT_FALSE(runs(way::managed));
    pass(seconds(2));
    EXPECT_TRUE(runs(way::managed));
    EXPECT_FALSE(runs(way::sign)) << "it needs the number of the room";
    live();
    pass(seconds(5));
    EXPECT_TRUE(runs(way::sign));
}

TEST_F(failover_test, the_first_way_asks_a_third_party_only_once_tiktok_had_its_time) {
    use({way::managed, way::direct});
    EXPECT_FALSE(runs(way::managed));
    EXPECT_TRUE(runs(way::direct));
    live();
    EXPECT_FALSE(rules->alive());
    pass(seconds(5));
    EXPECT_TRUE(runs(way::managed));
}

TEST_F(failover_test, after_a_death_the_next_is_started_beside_it_4_s_later) {
    use({way::direct, way::tikfinity, way::sign});
    live();
    up(way::direct);
    pass(minutes(2));
    end(way::direct);
    EXPECT_TRUE(runs(way::direct)) << "it tries again by itself";
    EXPECT_EQ(rules->in_use(), way::direct);
    pass(milliseconds(3900));
    EXPECT_FALSE(runs(way::tikfinity));
    pass(milliseconds(200));
    EXPECT_TRUE(runs(way::tikfinity));
    EXPECT_FALSE(runs(way::sign));
    pass(seconds(4));
    EXPECT_TRUE(runs(way::sign));
    up(way::sign);
    EXPECT_EQ(rules->in_use(), way::sign);
    EXPECT_TRUE(runs(way::direct)) << "better ones have 15 s";
    pass(seconds(16));
    EXPECT_FALSE(runs(way::direct));
    EXPECT_FALSE(runs(way::tikfinity));
}

TEST_F(failover_test, a_way_that_is_back_in_time_stays_alone) {
    use({way::direct, way::tikfinity});
    live();
    up(way::direct);
    pass(minutes(2));
    end(way::direct);
    pass(seconds(2));
    up(way::direct);
    pass(minutes(5));
    EXPECT_FALSE(runs(way::tikfinity));
    EXPECT_EQ(rules->in_use(), way::direct);
}

TEST_F(failover_test, eleven_seconds_of_silence_are_a_death_and_the_next_starts_2_s_later) {
    use({way::direct, way::managed});
    live();
    up(way::direct);
    const std::uint64_t run = rules->run_of(way::direct);
    pass(minutes(1));
    breathing.clear();
    pass(milliseconds(10'900));
    EXPECT_EQ(rules->run_of(way::direct), run);
    pass(milliseconds(200));
    EXPECT_NE(rules->run_of(way::direct), run) << "begun anew";
    EXPECT_FALSE(runs(way::managed));
    pass(seconds(2));
    EXPECT_TRUE(runs(way::managed));
}

TEST_F(failover_test, a_better_way_is_tried_after_1_2_4_and_then_every_5_minutes) {
    use({way::direct, way::tikfinity});
    live();
    up(way::direct);
    pass(minutes(1));
    end(way::direct);
    pass(seconds(5));
    up(way::tikfinity);
    std::vector<std::int64_t> tried;
    pass(seconds(20));
    core::time_point last = now - seconds(20);
    bool was = false;
    while (tried.size() < 6) {
        pass(seconds(1));
        if (runs(way::direct) && !was) {
            tried.push_back((now - last) / seconds(1));
        }
        if (!runs(way::direct) && was)
            last = now;
        was = runs(way::direct);
        ASSERT_EQ(rules->in_use(), way::tikfinity);
    }
    const std::vector<std::int64_t> wanted{65, 120, 240, 300, 300, 300};
    for (std::size_t i = 0; i < wanted.size(); ++i)
        EXPECT_NEAR(static_cast<double>(tried[i]), static_cast<double>(wanted[i]), 20.0) << i;
}

TEST_F(failover_test, a_better_way_takes_over_once_it_has_lived_and_brought_what_the_other_brought) {
    use({way::direct, way::tikfinity});
    live();
    up(way::direct);
    pass(minutes(1));
    end(way::direct);
    pass(seconds(5));
    up(way::tikfinity);
    while (!runs(way::direct) || report_of(way::direct).state != way_state::trying)
        pass(seconds(1));
    while (runs(way::direct))
        pass(seconds(1));
    while (!runs(way::direct))
        pass(seconds(1));
    up(way::direct);
    for (std::int64_t id = 1; id <= 59; ++id) {
        EXPECT_EQ(rules->in_use(), way::tikfinity);
        rules->on_comment(now, way::tikfinity, id);
        rules->on_comment(now, way::direct, id);
        pass(seconds(1));
    }
    pass(seconds(3));
    EXPECT_EQ(rules->in_use(), way::direct);
    EXPECT_FALSE(runs(way::tikfinity));
}

TEST_F(failover_test, a_better_way_that_brings_less_is_not_taken) {
    use({way::direct, way::tikfinity});
    live();
    up(way::direct);
    pass(minutes(1));
    end(way::direct);
    pass(seconds(5));
    up(way::tikfinity);
    pass(seconds(20));
    while (!runs(way::direct))
        pass(seconds(1));
    up(way::direct);
    for (std::int64_t id = 1; id <= 400 && runs(way::direct); ++id) {
        rules->on_comment(now, way::tikfinity, id);
        if (id % 2 == 0)
            rules->on_comment(now, way::direct, id);
        pass(seconds(1));
        ASSERT_EQ(rules->in_use(), way::tikfinity);
    }
    EXPECT_FALSE(runs(way::direct));
    EXPECT_EQ(report_of(way::direct).reason, way_errc::mute);
}

TEST_F(failover_test, joins_and_likes_without_a_comment_start_the_next_way_beside_once) {
    use({way::direct, way::sign, way::tikfinity});
    live();
    up(way::direct);
    rules->on_viewers(now, way::direct, 30);
    const auto crowd = [&](core::duration span) {
        for (core::duration left = span; left > core::duration::zero(); left -= seconds(10)) {
            rules->on_other(now, way::direct);
            pass(seconds(10));
        }
    };
    crowd(seconds(170));
    EXPECT_FALSE(runs(way::tikfinity));
    crowd(seconds(30));
    EXPECT_TRUE(runs(way::tikfinity)) << "who asks nobody else goes first";
    EXPECT_FALSE(runs(way::sign));
    up(way::tikfinity);
    EXPECT_EQ(rules->in_use(), way::direct);
    crowd(seconds(70));
    EXPECT_FALSE(runs(way::tikfinity)) << "it brought nothing either";
    crowd(minutes(30));
    EXPECT_FALSE(runs(way::tikfinity));
    EXPECT_FALSE(runs(way::sign));
    EXPECT_EQ(rules->in_use(), way::direct);
}

TEST_F(failover_test, no_viewers_are_no_evidence) {
    use({way::direct, way::tikfinity});
    live();
    up(way::direct);
    rules->on_viewers(now, way::direct, 0);
    for (int i = 0; i < 100; ++i) {
        rules->on_other(now, way::direct);
        pass(seconds(5));
    }
    EXPECT_FALSE(runs(way::tikfinity));
}

TEST_F(failover_test, a_mute_way_is_left_for_one_that_brings_comments) {
    use({way::direct, way::tikfinity});
    live();
    up(way::direct);
    for (int i = 0; i < 40 && !runs(way::tikfinity); ++i) {
        rules->on_other(now, way::direct);
        pass(seconds(10));
    }
    up(way::tikfinity);
    pass(seconds(5));
    for (std::int64_t id = 1; id <= 4; ++id)
        rules->on_comment(now, way::tikfinity, id);
    pass(seconds(10));
    EXPECT_EQ(rules->in_use(), way::tikfinity);
    EXPECT_FALSE(runs(way::direct));
    EXPECT_EQ(report_of(way::direct).reason, way_errc::mute);
    const auto changes = rules->take_changes();
    EXPECT_EQ(changes.back().reason, way_errc::mute);
    EXPECT_EQ(changes.back().before, way::direct);
}

TEST_F(failover_test, a_wait_that_was_told_is_kept_and_holds_for_all_ways_of_the_provider) {
    use({way::sign, way::managed, way::direct});
    live();
    ASSERT_TRUE(runs(way::sign));
    end(way::sign, answer(answer_class::rate_limited, way_errc::too_often, hours(1), true));
    const core::time_point told = now + hours(1);
    pass(seconds(5));
    EXPECT_TRUE(runs(way::direct));
    up(way::direct);
    bool before = false;
    while (now < told) {
        pass(seconds(30));
        before = before || (now < told && (runs(way::sign) || runs(way::managed)));
    }
    EXPECT_FALSE(before);
    pass(minutes(6));
    EXPECT_TRUE(runs(way::sign) || report_of(way::sign).reason == way_errc::too_often);
}

TEST_F(failover_test, a_fatal_answer_leaves_the_way_out_and_is_said_once) {
    use({way::managed, way::direct});
    live();
    pass(seconds(5));
    ASSERT_TRUE(runs(way::managed));
    static_cast<void>(rules->take_changes());
    end(way::managed, answer(answer_class::fatal, way_errc::key_refused, {}, false));
    pass(hours(30));
    offline();
    live(7002);
    pass(hours(1));
    EXPECT_FALSE(runs(way::managed));
    EXPECT_EQ(report_of(way::managed).state, way_state::left_out);
    int said = 0;
    for (const way_change& change : rules->take_changes())
        said += change.what == way_change::kind::left_out ? 1 : 0;
    EXPECT_EQ(said, 1);
}

TEST_F(failover_test, a_way_that_cannot_come_back_does_not_cost_the_4_s) {
    use({way::managed, way::direct});
    live();
    pass(seconds(5));
    up(way::managed);
    pass(minutes(1));
    end(way::managed, answer(answer_class::fatal, way_errc::key_refused));
    EXPECT_TRUE(runs(way::direct));
}

TEST_F(failover_test, a_way_that_says_offline_of_a_live_waits_while_the_next_is_started) {
    use({way::managed, way::direct});
    live();
    pass(seconds(5));
    ASSERT_TRUE(runs(way::managed));
    end(way::managed, answer(answer_class::offline, way_errc::way_says_offline));
    pass(seconds(5));
    EXPECT_TRUE(runs(way::direct));
    EXPECT_FALSE(runs(way::managed));
    up(way::direct);
    offline();
    live(7002);
    EXPECT_TRUE(runs(way::managed)) << "what it said was about the live before";
}

TEST_F(failover_test, another_room_begins_the_signed_way_anew) {
    use({way::sign});
    live(7001);
    up(way::sign);
    const std::uint64_t run = rules->run_of(way::sign);
    pass(minutes(1));
    live(7001);
    EXPECT_EQ(rules->run_of(way::sign), run);
    live(7002);
    EXPECT_NE(rules->run_of(way::sign), run);
    EXPECT_NE(rules->run_of(way::sign), 0U);
}

TEST_F(failover_test, a_provider_in_trouble_is_asked_after_the_others) {
    use({way::direct, way::sign, way::managed, way::tikfinity});
    live();
    up(way::direct);
    pass(minutes(1));
    end(way::direct);
    pass(seconds(4));
    ASSERT_TRUE(runs(way::sign));
    end(way::sign, answer(answer_class::retry, way_errc::provider_failed, {}, true));
    EXPECT_TRUE(runs(way::tikfinity)) << "a rung that breaks at once holds nobody up";
    EXPECT_FALSE(runs(way::managed));
    pass(seconds(4));
    EXPECT_TRUE(runs(way::managed));
}

TEST_F(failover_test, what_is_known_not_to_work_is_never_run) {
    failover_options options = with({way::managed, way::direct});
    options.ways[0].left_out = way_errc::key_missing;
    rules.emplace(options, now);
    live();
    pass(hours(1));
    EXPECT_FALSE(runs(way::managed));
    EXPECT_EQ(report_of(way::managed).reason, way_errc::key_missing);
}

TEST_F(failover_test, one_way_alone_is_tried_as_long_as_there_is_a_live) {
    use({way::managed});
    live();
    pass(seconds(5));
    int starts = 0;
    std::uint64_t last = 0;
    for (int i = 0; i < 3600; ++i) {
        const std::uint64_t run = rules->run_of(way::managed);
        if (run != 0 && run != last) {
            ++starts;
            last = run;
            end(way::managed);
        }
        pass(seconds(1));
    }
    EXPECT_GE(starts, 50);
    EXPECT_LE(starts, 100);
    offline();
    pass(hours(1));
    EXPECT_FALSE(runs(way::managed));
}

TEST_F(failover_test, the_report_says_when_a_way_is_tried_again) {
    use({way::direct, way::tikfinity});
    live();
    up(way::direct);
    EXPECT_EQ(report_of(way::direct).state, way_state::up);
    EXPECT_EQ(report_of(way::tikfinity).state, way_state::standby);
    pass(minutes(1));
    end(way::direct);
    pass(seconds(5));
    up(way::tikfinity);
    pass(seconds(20));
    const way_report direct = report_of(way::direct);
    EXPECT_EQ(direct.state, way_state::waiting);
    EXPECT_EQ(direct.reason, errc::closed);
    ASSERT_TRUE(direct.next_try);
    EXPECT_GT(*direct.next_try, now);
    EXPECT_LE(*direct.next_try, now + minutes(2));
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
