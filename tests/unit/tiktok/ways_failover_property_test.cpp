// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Random answers, silences and clocks: whatever the ways do, the rules hold.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"
#include "tiktok2twitch/tiktok/ways/failover.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// One way as the world has it: how long it works, and how it fails.
struct outside {
    bool works = true;
    bool mute = false;
    core::time_point changes_at{};
    // Of the connection of the present run.
    std::uint64_t run = 0;
    bool connected = false;
    core::time_point acts_at{};  // connects, fails, or shows life
    core::time_point told{};     // not before
};

class world {
public:
    world(std::uint64_t seed, std::vector<way> ways) : engine_(seed) {
        for (const way each : ways) {
            failover_options::one one;
            one.which = each;
            if (asks_third_party(each))
                one.provider = "p.example";
            options_.ways.push_back(one);
            outside_[each].changes_at = now_;
        }
        options_.seed = seed;
        rules_.emplace(options_, now_);
    }

    void run(core::duration span) {
        const core::time_point end = now_ + span;
        while (now_ < end) {
            core::time_point next = std::min(rules_->due(), next_live_);
            for (const auto& [which, one] : outside_) {
                next = std::min(next, one.changes_at);
                if (one.run != 0)
                    next = std::min(next, one.acts_at);
            }
            next = std::min(next, next_comment_);
            ASSERT_GT(next + milliseconds(1), now_);
            now_ = std::max(next, now_);
            turn();
            if (::testing::Test::HasFatalFailure())
                return;
        }
    }

    int starts(way which) const { return starts_.at(which); }
    core::duration longest_gap() const { return longest_gap_; }

    // What may happen.
    bool dies = true;
    bool changes_live = true;
    bool limits = true;
    bool always_one_works = false;

private:
    bool chance(unsigned of) { return engine_() % of == 0; }
    core::duration some(core::duration most) {
        return core::duration(
            static_cast<core::duration::rep>(engine_() % static_cast<std::uint64_t>(most.count())));
    }

    void turn() {
        if (now_ >= next_live_)
            new_live();
        for (auto& [which, one] : outside_)
            if (now_ >= one.changes_at)
                change(one);
        if (always_one_works)
            outside_.begin()->second.works = true;
        if (now_ >= rules_->due()) {
            ASSERT_LT(++steps_, 100'000) << "it spins";
            rules_->step(now_);
        }
        if (now_ >= next_comment_)
            comment();
        for (auto& [which, one] : outside_) {
            obey(which, one);
            if (one.run != 0 && now_ >= one.acts_at)
                act(which, one);
        }
        for (auto& [which, one] : outside_)
            obey(which, one);
        check();
    }

    void new_live() {
        next_live_ = now_ + minutes(10) + some(hours(2));
        const auto what = changes_live ? engine_() % 3 : 2;
        live_ = what == 0   ? live_knowledge::offline
                : what == 1 ? live_knowledge::unknown
                            : live_knowledge::live;
        rules_->on_live(now_, live_, live_ == live_knowledge::live ? ++room_ : 0);
        last_alive_ = now_;
    }

    void change(outside& one) {
        one.changes_at = now_ + some(minutes(20)) + seconds(1);
        one.works = !dies || chance(2);
        one.mute = chance(4);
    }

    void comment() {
        next_comment_ = now_ + some(seconds(20)) + milliseconds(1);
        ++comment_;
        for (auto& [which, one] : outside_)
            if (one.connected && one.works && !one.mute)
                rules_->on_comment(now_, which, comment_);
            else if (one.connected && one.works)
                rules_->on_other(now_, which);
    }

    // What the client would do.
    void obey(way which, outside& one) {
        const std::uint64_t run = rules_->run_of(which);
        if (run == one.run)
            return;
        if (run != 0) {
            ++starts_[which];
            EXPECT_GE(now_, one.told) << name_of(which) << " was told to wait";
            EXPECT_FALSE(asks_third_party(which) && live_ == live_knowledge::offline);
            EXPECT_FALSE(which == way::sign && room_ == 0);
        }
        one.run = run;
        one.connected = false;
        one.acts_at = now_ + some(seconds(1));
    }

    void act(way which, outside& one) {
        if (one.works) {
            one.connected = true;
            one.acts_at = now_ + seconds(1) + some(seconds(4));
            return rules_->on_life(now_, which);
        }
        one.acts_at = now_ + some(seconds(1)) + milliseconds(1);
        if (one.connected && chance(2)) {
            one.acts_at = now_ + seconds(30);  // it says nothing any more
            return;
        }
        one.connected = false;
        way_answer why;
        why.reason = errc::closed;
        why.of_provider = asks_third_party(which) && chance(3);
        switch (engine_() % 12) {
            case 0:
                why.what = answer_class::offline;
                break;
            case 1:
                why.what = answer_class::ended;
                break;
            case 2:
                why.what = limits ? answer_class::rate_limited : answer_class::retry;
                why.wait = some(minutes(30));
                break;
            case 3:
                why.what = limits ? answer_class::refused : answer_class::retry;
                break;
            default:
                break;
        }
        if (which == way::direct)
            why.what = answer_class::retry;
        if (why.what == answer_class::rate_limited)
            one.told = now_ + why.wait;
        rules_->on_end(now_, which, why);
        if (rules_->run_of(which) != one.run)
            one.run = 0;
    }

    void check() {
        const std::optional<way> used = rules_->in_use();
        if (rules_->alive()) {
            ASSERT_TRUE(used);
            ASSERT_NE(rules_->run_of(*used), 0U);
        }
        if (rules_->alive() || live_ != live_knowledge::live)
            last_alive_ = now_;
        longest_gap_ = std::max(longest_gap_, now_ - last_alive_);
        ASSERT_GT(rules_->due(), now_);
        for (const way_report& each : rules_->report())
            ASSERT_EQ(each.state == way_state::waiting, each.next_try.has_value());
    }

    std::mt19937_64 engine_;
    core::time_point now_ = core::time_point{} + hours(1000);
    core::time_point next_live_ = now_;
    core::time_point next_comment_ = now_;
    core::time_point last_alive_ = now_;
    core::duration longest_gap_{};
    live_knowledge live_ = live_knowledge::unknown;
    std::int64_t room_ = 0;
    std::int64_t comment_ = 0;
    int steps_ = 0;
    failover_options options_;
    std::optional<failover> rules_;
    std::map<way, outside> outside_;
    std::map<way, int> starts_{{way::direct, 0}, {way::tikfinity, 0}, {way::sign, 0}, {way::managed, 0}};
};

std::vector<way> some_ways(std::uint64_t seed) {
    std::vector<way> all{way::direct, way::tikfinity, way::sign, way::managed};
    std::mt19937_64 engine(seed);
    std::shuffle(all.begin(), all.end(), engine);
    all.resize(1 + engine() % 4);
    return all;
}

TEST(failover_property, the_rules_hold_whatever_happens) {
    for (std::uint64_t seed = 0; seed < 24; ++seed) {
        SCOPED_TRACE(seed);
        world any(seed, some_ways(seed));
        any.run(hours(4));
        if (HasFailure())
            return;
    }
}

// One way works all the time, in any place of the order, and is not limited: it is never missed for longer
// than a switch may take, and the second that each way between takes to fail.
TEST(failover_property, as_long_as_one_way_works_the_relay_stays_in) {
    for (std::uint64_t seed = 0; seed < 16; ++seed) {
        SCOPED_TRACE(seed);
        const std::vector<way> ways = some_ways(seed);
        world any(seed, ways);
        any.changes_live = false;
        any.limits = false;
        any.always_one_works = true;
        any.run(hours(4));
        if (HasFailure())
            return;
        EXPECT_LE(any.longest_gap(), seconds(13 + ways.size()));
    }
}

TEST(failover_property, a_dead_provider_is_not_hammered) {
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
        SCOPED_TRACE(seed);
        world any(seed, {way::sign, way::managed});
        any.run(hours(24));
        EXPECT_LE(any.starts(way::sign), 2000);
        EXPECT_LE(any.starts(way::managed), 2000);
    }
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
