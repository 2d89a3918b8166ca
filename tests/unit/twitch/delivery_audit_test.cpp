// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/read_back.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class delivery_audit_test : public testing::Test {
protected:
    delivery_audit_test() { audit_.set_listening("chan", true); }

    // Confirms `count` lines, one a second, with somebody else speaking in between.
    void say(int count, bool others) {
        for (int i = 0; i < count; ++i) {
            audit_.on_confirmed("chan", "id-" + std::to_string(i), now_);
            now_ += seconds(1);
            if (others)
                audit_.on_seen("chan", false, "x", now_);
        }
    }

    delivery_audit audit_;
    core::time_point now_{std::chrono::hours(1)};
};

TEST_F(delivery_audit_test, five_lines_in_a_row_that_never_appear_are_suspicious_once) {
    say(5, true);
    EXPECT_THAT(audit_.take_suspects(now_), IsEmpty()) << "the patience is not over";
    now_ += delivery_audit::patience;
    EXPECT_THAT(audit_.take_suspects(now_), ElementsAre("chan"));
    EXPECT_THAT(audit_.take_suspects(now_), IsEmpty());
}

TEST_F(delivery_audit_test, lines_confirmed_before_the_suspicion_are_not_held_against_the_bot_again) {
    for (int i = 0; i < 30; ++i) {
        audit_.on_confirmed("chan", "", now_ + std::chrono::milliseconds(200 * i));
        audit_.on_seen("chan", false, "x", now_ + std::chrono::milliseconds(200 * i + 100));
    }
    std::size_t suspicions = 0;
    for (int second = 0; second < 60; ++second)
        suspicions += audit_.take_suspects(now_ + seconds(second)).size();
    EXPECT_EQ(suspicions, 1U);
}

TEST_F(delivery_audit_test, after_a_suspicion_one_line_is_enough_until_one_is_seen) {
    say(5, true);
    now_ += delivery_audit::patience;
    EXPECT_THAT(audit_.take_suspects(now_), ElementsAre("chan"));
    for (int i = 0; i < 2; ++i) {
        say(1, true);
        now_ += delivery_audit::patience;
        EXPECT_THAT(audit_.take_suspects(now_), ElementsAre("chan"));
    }
    audit_.on_confirmed("chan", "seen", now_);
    audit_.on_seen("chan", true, "seen", now_);
    say(4, true);
    now_ += delivery_audit::patience;
    EXPECT_THAT(audit_.take_suspects(now_), IsEmpty());
}

TEST_F(delivery_audit_test, four_are_not) {
    say(4, true);
    now_ += delivery_audit::patience;
    EXPECT_THAT(audit_.take_suspects(now_), IsEmpty());
}

TEST_F(delivery_audit_test, a_line_that_appears_clears_the_account) {
    say(4, true);
    now_ += delivery_audit::patience;
    audit_.take_suspects(now_);
    audit_.on_confirmed("chan", "seen", now_);
    audit_.on_seen("chan", true, "seen", now_);
    say(4, true);
    now_ += delivery_audit::patience;
    EXPECT_THAT(audit_.take_suspects(now_), IsEmpty());
}

TEST_F(delivery_audit_test, silence_of_everybody_proves_nothing) {
    say(20, false);
    now_ += delivery_audit::patience;
    EXPECT_THAT(audit_.take_suspects(now_), IsEmpty());
}

TEST_F(delivery_audit_test, lines_are_matched_by_id_and_else_by_order) {
    audit_.on_confirmed("chan", "a", now_);
    audit_.on_confirmed("chan", "b", now_ + seconds(1));
    audit_.on_seen("chan", true, "b", now_ + seconds(2));
    EXPECT_EQ(audit_.deadline(), now_ + delivery_audit::patience) << "a is still expected";
    audit_.on_seen("chan", true, "", now_ + seconds(3));
    EXPECT_EQ(audit_.deadline(), core::time_point::max());
}

TEST_F(delivery_audit_test, a_reader_that_is_away_judges_nothing) {
    say(4, true);
    audit_.set_listening("chan", false);
    say(10, true);
    now_ += delivery_audit::patience;
    EXPECT_THAT(audit_.take_suspects(now_), IsEmpty());
    audit_.set_deaf();
    say(10, true);
    EXPECT_EQ(audit_.deadline(), core::time_point::max());
}

TEST_F(delivery_audit_test, what_is_expected_is_bounded) {
    for (std::size_t i = 0; i < delivery_audit::most_expected + 1; ++i)
        audit_.on_confirmed("chan", "", now_ + seconds(i));
    EXPECT_EQ(audit_.deadline(), now_ + seconds(1) + delivery_audit::patience) << "the first was forgotten";
}

TEST_F(delivery_audit_test, other_channels_are_other_stories) {
    audit_.set_listening("other", true);
    say(5, false);
    audit_.on_seen("other", false, "x", now_);
    now_ += delivery_audit::patience;
    EXPECT_THAT(audit_.take_suspects(now_), IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::twitch
