// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/journal_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace tiktok2twitch::tiktok {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(journal_record, what_is_written_is_read) {
    const std::string text = seen_record(7400000000000000001) + alive_record(7001, 1'789'600'000'000) +
                             floor_record(5) + seen_record(std::numeric_limits<std::int64_t>::min()) +
                             alive_record(7002, 9) + floor_record(3);
    const journal_content content = parse_journal(text);
    EXPECT_THAT(content.ids, ElementsAre(7400000000000000001, std::numeric_limits<std::int64_t>::min()));
    EXPECT_EQ(content.room_id, 7002);
    EXPECT_EQ(content.alive_at, 9);
    EXPECT_EQ(content.floor, 5);
    EXPECT_EQ(content.records, 6U);
    EXPECT_EQ(content.whole_bytes, text.size());
}

TEST(journal_record, torn_end_is_left_out_wherever_it_was_torn) {
    const std::string whole = seen_record(11) + seen_record(22);
    const std::string torn = alive_record(7001, 33);
    for (std::size_t n = 0; n < torn.size(); ++n) {
        const journal_content content = parse_journal(whole + torn.substr(0, n));
        EXPECT_THAT(content.ids, ElementsAre(11, 22)) << n;
        EXPECT_EQ(content.room_id, 0) << n;
        EXPECT_EQ(content.whole_bytes, whole.size()) << n;
    }
}

TEST(journal_record, lines_that_are_no_records_are_skipped) {
    const std::string garbage = std::string("\0\0\0\n", 4) + "\n" + "i\n" + "i x\n" + "i 5 6\n" + "i 5 \n" +
                                "a 1\n" + "a 1 2 3\n" + "f \n" + "z 9\n" + "i 99999999999999999999\n" +
                                "\xff\xfe\n" + "i\t5\n";
    const journal_content content = parse_journal(garbage + seen_record(1) + garbage);
    EXPECT_THAT(content.ids, ElementsAre(1));
    EXPECT_EQ(content.records, 1U);
    EXPECT_EQ(content.room_id, 0);
    EXPECT_EQ(content.floor, 0);
}

TEST(journal_record, empty_file_has_nothing) {
    EXPECT_THAT(parse_journal("").ids, IsEmpty());
    EXPECT_EQ(compact_journal(parse_journal(""), 10), "");
}

TEST(journal_record, compacted_journal_keeps_the_newest_ids_and_the_latest_marks) {
    std::string text;
    for (int id = 1; id <= 6; ++id)
        text += seen_record(id) + alive_record(7001, id) + floor_record(100 - id);
    text += seen_record(6) + seen_record(1);
    const std::string compact = compact_journal(parse_journal(text), 3);
    EXPECT_EQ(compact, "i 4\ni 5\ni 6\nf 99\na 7001 6\n");
    EXPECT_EQ(compact_journal(parse_journal(compact), 3), compact);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
