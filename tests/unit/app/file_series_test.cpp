// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/files/file_series.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::files {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(file_series, older_parts_have_their_age_before_the_ending) {
    EXPECT_EQ(older_part("/tmp/rec.jsonl.gz", 0), "/tmp/rec.jsonl.gz");
    EXPECT_EQ(older_part("/tmp/rec.jsonl.gz", 2), "/tmp/rec-2.jsonl.gz");
    EXPECT_EQ(older_part("rec.jsonl", 1), "rec-1.jsonl");
    EXPECT_EQ(older_part("/a.b/rec", 1), "/a.b/rec-1");
    EXPECT_EQ(older_part("a.b.jsonl", 1), "a.b-1.jsonl");
    EXPECT_EQ(older_part("rec.gz", 1), "rec-1.gz");
    EXPECT_EQ(older_part("./.hidden", 1), "./.hidden-1");
}

TEST(file_series, each_room_has_a_series_of_its_own) {
    EXPECT_EQ(part_for("/tmp/rec.jsonl.gz", "ann.b"), "/tmp/rec-ann.b.jsonl.gz");
    EXPECT_EQ(older_part(part_for("rec.jsonl", "ann"), 1), "rec-ann-1.jsonl");
    EXPECT_NE(older_part(part_for("rec.jsonl", "ann"), 1), part_for("rec.jsonl", "ann.1"));
}

TEST(file_series, the_oldest_makes_room_first) {
    EXPECT_THAT(shifts("r.jsonl", 3),
                ElementsAre(Pair("r-2.jsonl", "r-3.jsonl"), Pair("r-1.jsonl", "r-2.jsonl"),
                            Pair("r.jsonl", "r-1.jsonl")));
    EXPECT_THAT(shifts("r.jsonl", 0), ElementsAre());
    EXPECT_TRUE(ends_in_gz("a.jsonl.gz"));
    EXPECT_FALSE(ends_in_gz("a.jsonl"));
}

}  // namespace
}  // namespace tiktok2twitch::files
