// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/error.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace tiktok2twitch::core {
namespace {

constexpr std::array<error_entry, 3> entries{{
    {1, "room_blocked", "the room page was refused", "Wait an hour."},
    {2, "stopped.", "it ended.\r\n", ""},
    {7, "silent", "", ""},
}};
const table_category table("test", entries);

TEST(table_category, gives_the_texts_of_a_known_value) {
    EXPECT_EQ(table.message(1), "the room page was refused");
    EXPECT_EQ(table.identifier(1), "room_blocked");
    EXPECT_EQ(table.advice(1), "Wait an hour.");
}

TEST(table_category, unknown_value_says_so) {
    EXPECT_EQ(table.message(99), "unknown error");
    EXPECT_EQ(table.identifier(99), "unknown");
    EXPECT_EQ(table.advice(99), "");
}

TEST(error_texts, own_error_has_identifier_and_advice) {
    const error_code error(1, table);
    EXPECT_EQ(identifier(error), "room_blocked");
    EXPECT_EQ(advice(error), "Wait an hour.");
    EXPECT_EQ(explain(error), "the room page was refused (room_blocked). Wait an hour.");
}

TEST(error_texts, foreign_error_has_category_and_value) {
    const error_code error(boost::system::errc::connection_reset, boost::system::system_category());
    EXPECT_EQ(identifier(error), "system:" + std::to_string(boost::system::errc::connection_reset));
    EXPECT_EQ(advice(error), "");
    EXPECT_EQ(explain(error), error.message() + " (" + identifier(error) + ").");
}

TEST(error_texts, explanation_is_one_line_whatever_the_message_ends_in) {
    EXPECT_EQ(explain(error_code(2, table)), "it ended (stopped.).");
    EXPECT_EQ(explain(error_code(7, table)), "(silent).");
}

TEST(core_errors, every_value_has_its_own_identifier_message_and_advice) {
    std::set<std::string> identifiers;
    for (const errc value : {errc::bad_url, errc::bad_duration, errc::bad_rate, errc::bad_template,
                             errc::bad_handle, errc::bad_channel, errc::share_link, errc::clip_link}) {
        const error_code error = value;
        EXPECT_NE(error.message(), "unknown error");
        EXPECT_FALSE(advice(error).empty());
        identifiers.insert(identifier(error));
    }
    EXPECT_EQ(identifiers.size(), 8U);
    EXPECT_EQ(identifiers.count("unknown"), 0U);
}

}  // namespace
}  // namespace tiktok2twitch::core
