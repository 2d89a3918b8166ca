// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/seen_notes.hpp"

#include <gmock/gmock.h>

#include <limits>

namespace tiktok2twitch::tiktok {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using seen = seen_notes::seen;

constexpr core::unix_ms noon = 1'789'600'000'000;
constexpr std::int64_t noon_s = noon / 1000;

seen_notes read(const std::vector<std::string>& texts) {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    return parse_seen_notes(views);
}

TEST(seen_notes, what_is_written_is_read) {
    constexpr auto low = std::numeric_limits<std::int64_t>::min();
    const auto notes =
        read({routes_note({"a", "b"}), seen_note(7'400'000'000'000'000'001, noon, 1), seen_note(low, noon, 3),
              alive_note(7001, noon), floor_note(5), seen_note(7'400'000'000'000'000'001, noon + 2000, 2),
              alive_note(7002, 9), floor_note(3)});
    EXPECT_THAT(notes.routes, ElementsAre("a", "b"));
    EXPECT_THAT(notes.ids, ElementsAre(seen{7'400'000'000'000'000'001, noon_s + 2, 3}, seen{low, noon_s, 3}));
    EXPECT_EQ(notes.room_id, 7002);
    EXPECT_EQ(notes.alive_at, 9);
    EXPECT_EQ(notes.floor, 5);
}

TEST(seen_notes, texts_that_are_no_notes_are_skipped) {
    EXPECT_THAT(read({"", "i", "i x 1 1", "i 1", "i 1 2", "i 1 2 zz", "i 1 2 3 4", "i 1  2 3", "a 1", "f ",
                      "z 9", "i 99999999999999999999 1 1", "i\t5 1 1"})
                    .ids,
                IsEmpty());
}

TEST(seen_notes, masks_follow_their_routes) {
    auto notes = read({routes_note({"a", "b"}), seen_note(1, noon, 1), seen_note(2, noon, 2),
                       seen_note(3, noon, every_route), routes_note({"b", "a"})});
    EXPECT_THAT(notes.ids, ElementsAre(seen{1, noon_s, 2}, seen{2, noon_s, 1}, seen{3, noon_s, every_route}));
    notes.use({"a"});
    EXPECT_EQ(notes.ids[0].done, 1U);
    EXPECT_EQ(notes.ids[1].done, 0U);
}

TEST(seen_notes, new_route_begins_with_what_is_known) {
    auto notes = read({routes_note({"a"}), seen_note(1, noon, 1), seen_note(2, noon, 0)});
    notes.use({"a", "new"});
    EXPECT_EQ(notes.ids[0].done, 3U);
    EXPECT_EQ(notes.ids[1].done, 2U) << "what a has not said yet it still has to say";
    notes.use({"a"});
    notes.use({"a", "new"});
    EXPECT_EQ(notes.ids[1].done, 2U) << "a route that was away is new";
}

TEST(seen_notes, routes_beyond_the_last_bit_share_it) {
    std::vector<std::string> channels;
    for (int i = 0; i < 70; ++i)
        channels.push_back("c" + std::to_string(i));
    const auto notes = read({routes_note(channels), seen_note(1, noon, route_bit(69))});
    EXPECT_EQ(route_bit(63), route_bit(69));
    EXPECT_NE(route_bit(62), route_bit(63));
    EXPECT_EQ(notes.routes.size(), 70U);
    EXPECT_EQ(notes.ids[0].done, route_bit(63));
}

TEST(seen_notes, compacted_they_say_the_same) {
    const std::vector<std::string> texts{
        routes_note({"a", "b"}),   seen_note(1, noon, 1), seen_note(2, noon, every_route),
        seen_note(1, noon, 2),     floor_note(7),         alive_note(7001, noon),
        alive_note(7001, noon + 1)};
    const auto compact = compact_seen_notes(read(texts), noon);
    EXPECT_THAT(compact, ElementsAre("w a b", seen_note(1, noon, 3), seen_note(2, noon, every_route), "f 7",
                                     alive_note(7001, noon + 1)));
    EXPECT_EQ(compact_seen_notes(read(compact), noon), compact);
}

TEST(seen_notes, ids_are_kept_for_twenty_minutes_and_the_newest_for_ever) {
    seen_notes notes;
    const auto count = static_cast<std::int64_t>(seen_notes::kept_always) + 10;
    for (std::int64_t id = 1; id <= count; ++id)
        notes.ids.push_back({id, noon_s, 1});
    const auto left = [&notes](core::unix_ms now) {
        return read(compact_seen_notes(notes, now)).ids.size();
    };
    EXPECT_EQ(left(noon + seen_notes::kept_seconds * 1000), notes.ids.size());
    EXPECT_EQ(left(noon + seen_notes::kept_seconds * 1000 + 1000), seen_notes::kept_always);
    EXPECT_EQ(left(noon - 86'400'000), notes.ids.size()) << "a clock that was set back";
    EXPECT_EQ(read(compact_seen_notes(notes, noon * 2)).ids.back().id, count);
}

TEST(seen_notes, flood_is_bounded) {
    seen_notes notes;
    for (std::size_t id = 1; id <= seen_notes::most_ids + 5; ++id)
        notes.ids.push_back({static_cast<std::int64_t>(id), noon_s, 1});
    const auto kept = read(compact_seen_notes(notes, noon)).ids;
    EXPECT_EQ(kept.size(), seen_notes::most_ids);
    EXPECT_EQ(kept.front().id, 6);
}

TEST(seen_notes, journal_of_the_first_version_is_read_as_said_by_every_route) {
    const auto notes = parse_old_journal(
        "i 11\n"
        "garbage\n"
        "a 7001 1789600000000\n"
        "i 22\n"
        "i 5 6\n"
        "f 9\n"
        "i 11\n"
        "i 3",
        noon);
    EXPECT_THAT(notes.ids, ElementsAre(seen{11, noon_s, every_route}, seen{22, noon_s, every_route}));
    EXPECT_EQ(notes.room_id, 7001);
    EXPECT_EQ(notes.alive_at, noon);
    EXPECT_EQ(notes.floor, 9);
    EXPECT_THAT(parse_old_journal("", noon).ids, IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
