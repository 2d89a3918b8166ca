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

#include "relay/gift_streaks.hpp"
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

// The largest count of a streak up to the frame that ends it: its own end, the first one of a newer group of
// that gift, or the last one before a silence.
std::map<streak_name, std::int64_t> wanted(const std::vector<delivery>& room) {
    std::map<streak_name, std::int64_t> out;
    for (std::size_t first = 0; first < room.size(); ++first) {
        const frame& start = room[first].what;
        if (out.contains(name_of(start)))
            continue;
        std::int64_t largest = 0;
        core::time_point heard = room[first].at;
        for (std::size_t i = first; i < room.size() && room[i].at - heard < seconds(60); ++i) {
            const frame& next = room[i].what;
            if (name_of(next) == name_of(start)) {
                largest = std::max(largest, next.count);
                heard = room[i].at;
                if (next.end)
                    break;
            }
            // Only the first frame of a newer group says so; what is over already closes nothing.
            const bool newer = next.user == start.user && next.gift == start.gift && next.group > start.group;
            const auto same = [&](const delivery& earlier) {
                return name_of(earlier.what) == name_of(next);
            };
            if (newer && std::none_of(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(i), same))
                break;
        }
        out.emplace(name_of(start), largest);
    }
    return out;
}

class gift_streaks_property : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(gift_streaks_property, every_streak_comes_out_once_with_its_largest_count) {
    for (std::uint64_t round = 0; round < 50; ++round) {
        const auto room = room_generator(GetParam() * 1000 + round).make();
        gift_streaks streaks{story_limits{}};
        std::map<streak_name, std::int64_t> told;
        const auto take = [&](const std::vector<event>& events) {
            for (const event& each : events) {
                const gift& given = *each.gift;
                const bool fresh =
                    told.emplace(std::tuple(each.from.id, given.id, given.streak), given.count).second;
                EXPECT_TRUE(fresh) << "told twice";
                EXPECT_TRUE(given.ended);
            }
        };
        for (const delivery& next : room) {
            while (streaks.deadline() <= next.at)
                take(streaks.poll(streaks.deadline()));
            take(streaks.on_gift(streak_frame(next.what, next.at), next.at));
        }
        take(streaks.finish(room.back().at));
        ASSERT_EQ(told, wanted(room)) << "round " << round;
    }
}

INSTANTIATE_TEST_SUITE_P(seeds, gift_streaks_property, ::testing::Range<std::uint64_t>(1, 9));

}  // namespace
}  // namespace tiktok2twitch::relay
