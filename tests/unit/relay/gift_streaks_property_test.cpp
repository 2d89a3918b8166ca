// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Random rooms: interleaved streaks of several users and gifts whose frames are lost, doubled, late, without
// their block, or swapped with their neighbour. What must come out is read off the whole list of frames.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

#include "tiktok2twitch/relay/story/gift_streaks.hpp"
#include "tiktok2twitch/relay/story/room_story.hpp"
#include "unit/relay/story_support.hpp"

namespace tiktok2twitch::relay {
namespace {

using namespace testing;

struct delivery {
    core::time_point at;
    frame what;
};
using streak_name = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // user, gift, group

streak_name name_of(const frame& what) {
    return {what.user, what.gift, what.group};
}

class room_generator {
public:
    explicit room_generator(std::uint64_t seed) : engine_(seed) {}

    std::vector<delivery> make() {
        std::vector<delivery> out;
        auto at = t0;
        for (int i = 0; i < 400; ++i) {
            // Silences that end every streak; few, so that no finished one is forgotten in between.
            const bool silence = silences_ < 5 && chance(1);
            silences_ += silence ? 1 : 0;
            at += silence ? seconds(61) : milliseconds(below(1500));
            frame what = next_frame();
            what.msg_id = i + 1;
            if (chance(10) && !what.end)
                continue;  // lost
            out.push_back({at, what});
            if (what.end && chance(30))
                ends_.push_back(what);
            if (!ends_.empty() && chance(10)) {
                out.push_back({at, ends_[below(ends_.size())]});  // doubled, perhaps much later
            }
        }
        for (std::size_t i = 1; i < out.size(); ++i) {
            if (chance(5))
                std::swap(out[i - 1].what, out[i].what);
        }
        return out;
    }

private:
    struct running {
        std::int64_t group = 0;
        std::int64_t count = 0;  // 0: not running
    };

    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }
    bool chance(std::size_t percent) { return below(100) < percent; }

    frame next_frame() {
        frame what;
        what.user = 1 + static_cast<std::int64_t>(below(4));
        what.gift = 10 + static_cast<std::int64_t>(below(3));
        running& one = running_[{what.user, what.gift}];
        const bool ends_now = one.count > 0 && chance(20);
        const bool end_is_missing = ends_now && chance(25);
        if (one.count == 0 || end_is_missing)
            one = {++groups_, 0};
        what.group = one.group;
        what.end = ends_now && !end_is_missing;
        if (!what.end)
            one.count += 1 + static_cast<std::int64_t>(below(4));
        what.count = one.count;
        what.with_block = what.end || one.count < 3 || chance(90);
        if (what.end)
            one.count = 0;
        return what;
    }

    std::mt19937_64 engine_;
    std::map<std::pair<std::int64_t, std::int64_t>, running> running_;
    std::int64_t groups_ = 1'789'625'806'726;
    std::vector<frame> ends_;
    int silences_ = 0;
};

std::map<streak_name, std::int64_t> wanted(const std::vector<delivery>& room) {
    std::map<streak_name, std::int64_t> out;
    for (const delivery& each : room) {
        std::int64_t& largest = out[name_of(each.what)];
        largest = std::max(largest, each.what.count);
    }
    return out;
}

class gift_streaks_property : public ::testing::TestWithParam<std::uint64_t> {};

// What a process has told and noted.
struct run {
    std::map<streak_name, std::int64_t> told;
    std::string notes;

    void take(gift_streaks& streaks, const std::vector<event>& events, bool said = true) {
        for (const event& each : events) {
            EXPECT_TRUE(each.gift->ended);
            EXPECT_GT(each.gift->count, 0);
            std::int64_t& so_far = told[{each.from.id, each.gift->id, each.gift->streak}];
            EXPECT_EQ(each.gift->before, so_far);
            if (!said)
                continue;
            so_far += each.gift->count;
            notes += each.gift->told;
        }
        notes += streaks.take_notes();
    }
    void feed(gift_streaks& streaks, const delivery& next) {
        while (streaks.deadline() <= next.at)
            take(streaks, streaks.poll(streaks.deadline()));
        take(streaks, streaks.on_gift(streak_frame(next.what, next.at), next.at));
    }
};

TEST_P(gift_streaks_property, what_is_told_of_a_streak_is_its_largest_count) {
    for (std::uint64_t round = 0; round < 50; ++round) {
        const auto room = room_generator(GetParam() * 1000 + round).make();
        gift_streaks streaks{story_limits{}};
        run all;
        for (const delivery& next : room)
            all.feed(streaks, next);
        all.take(streaks, streaks.finish(room.back().at));
        ASSERT_EQ(all.told, wanted(room)) << "round " << round;
    }
}

// The process ends before some frame, in one of three ways, and the next one has the notes alone.
TEST_P(gift_streaks_property, process_that_ends_anywhere_changes_no_total) {
    enum class ending : std::uint8_t { killed, stopped, stopped_in_a_hurry };
    for (std::uint64_t round = 0; round < 60; ++round) {
        const auto room = room_generator(GetParam() * 1000 + round).make();
        const std::size_t cut = 1 + round * 5 % (room.size() - 1);
        const auto how = static_cast<ending>(round % 3);
        run all;
        gift_streaks before{story_limits{}};
        before.restore({}, t0, 0);
        for (std::size_t i = 0; i < cut; ++i)
            all.feed(before, room[i]);
        // In a hurry Twitch gets none of it.
        if (how != ending::killed)
            all.take(before, before.finish(room[cut].at), how == ending::stopped);
        gift_streaks after{story_limits{}};
        const auto text = round % 2 == 0 ? all.notes : room_story::compact(all.notes);
        EXPECT_TRUE(after.restore(text, room[cut].at, 0).empty());
        for (std::size_t i = cut; i < room.size(); ++i)
            all.feed(after, room[i]);
        all.take(after, after.finish(room.back().at));
        ASSERT_EQ(all.told, wanted(room)) << "round " << round << ", cut before " << cut;
    }
}

INSTANTIATE_TEST_SUITE_P(seeds, gift_streaks_property, ::testing::Range<std::uint64_t>(1, 9));

}  // namespace
}  // namespace tiktok2twitch::relay
