// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/login/renewal.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const core::time_point start{hours(1)};
constexpr core::unix_ms wall = 1'800'000'000'000;

core::unix_ms in_ms(core::duration span) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

struct token_lifetime_test : testing::Test {
    token_lifetime_test() {
        held.refresh = core::secret("refresh");
        held.obtained_at = wall;
    }
    grant held;
    token_lifetime life{hours(1), start};
};

TEST_F(token_lifetime_test, a_pair_is_renewed_ten_minutes_before_its_end_and_checked_every_hour) {
    EXPECT_EQ(life.validate_at(), start);
    life.note(held, hours(4), {}, true, start, wall);
    EXPECT_EQ(held.expires_at, wall + in_ms(hours(4)));
    EXPECT_EQ(life.renew_at(), start + hours(4) - minutes(10));
    EXPECT_EQ(life.validate_at(), start + hours(1));
}

TEST_F(token_lifetime_test, a_short_lived_pair_at_half_its_life_but_not_in_a_tight_loop) {
    held.expires_at = wall + in_ms(minutes(2));
    life.note(held, minutes(2), {}, true, start, wall);
    EXPECT_EQ(life.renew_at(), start + minutes(1));
    life.note(held, seconds(1), token_lifetime::shortest_renewal, true, start, wall);
    EXPECT_EQ(life.renew_at(), start + token_lifetime::shortest_renewal);
}

TEST_F(token_lifetime_test, what_lives_for_ever_or_cannot_be_renewed_is_not_renewed) {
    life.note(held, {}, {}, true, start, wall);
    EXPECT_EQ(held.expires_at, 0);
    EXPECT_FALSE(life.renew_at());
    held.refresh = {};
    life.note(held, hours(4), {}, true, start, wall);
    EXPECT_EQ(held.expires_at, wall + in_ms(hours(4)));
    EXPECT_FALSE(life.renew_at());
}

TEST_F(token_lifetime_test, an_unsaved_pair_waits_for_its_end_and_a_saved_one_does_not) {
    life.note(held, hours(4), {}, false, start, wall);
    EXPECT_EQ(life.renew_at(), start + hours(4));
    life.be_comfortable(held, start + hours(1));
    EXPECT_EQ(life.renew_at(), start + hours(4) - minutes(10));
    life.forget_renewal();
    life.be_comfortable(held, start);
    EXPECT_FALSE(life.renew_at());
}

TEST_F(token_lifetime_test, the_wall_clock_tells_that_the_machine_slept) {
    life.note(held, hours(4), {}, true, start, wall);
    EXPECT_FALSE(life.slept(wall + in_ms(hours(4) - minutes(10))));
    EXPECT_TRUE(life.slept(wall + in_ms(hours(4) - minutes(9))));
    life.forget_renewal();
    EXPECT_FALSE(life.slept(wall + in_ms(hours(9))));
}

TEST_F(token_lifetime_test, an_end_is_early_when_no_clock_may_be_off_so_far) {
    EXPECT_FALSE(token_lifetime::is_early(held, wall));  // its end is not known
    held.expires_at = wall + in_ms(minutes(5));
    EXPECT_TRUE(token_lifetime::is_early(held, wall));
    EXPECT_FALSE(token_lifetime::is_early(held, wall + in_ms(minutes(4))));
}

TEST_F(token_lifetime_test, that_somebody_else_renewed_it_is_known_until_its_own_end) {
    held.expires_at = wall + in_ms(hours(2));
    EXPECT_FALSE(life.elsewhere());
    life.begin_elsewhere(held, start, wall);
    EXPECT_TRUE(life.elsewhere());
    EXPECT_FALSE(life.is_elsewhere(start + hours(1)));
    EXPECT_TRUE(life.is_elsewhere(start + hours(2)));
    life.end_elsewhere();
    EXPECT_FALSE(life.elsewhere());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
