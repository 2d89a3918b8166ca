// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/sent_lines.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::relay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using ids = std::vector<std::int64_t>;

const core::time_point start{std::chrono::hours(10)};

std::vector<std::string> line_ids(const std::vector<sent_lines::line>& lines) {
    std::vector<std::string> out;
    for (const auto& line : lines)
        out.push_back(line.line_id);
    return out;
}

TEST(sent_lines, a_removed_message_finds_its_line_and_the_others_on_it) {
    sent_lines sent;
    sent.add("chan", "a", {{"ann", 1, 11}, {"ann", 2, 12}, {"ann", 3, 13}}, start);
    sent.add("chan", "b", {{"ann", 4, 11}}, start);
    const auto found = sent.find("ann", ids{2}, {}, start);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].channel, "chan");
    EXPECT_EQ(found[0].line_id, "a");
    EXPECT_THAT(found[0].msg_ids, ElementsAre(1, 3));
}

TEST(sent_lines, a_removed_user_finds_all_of_his_lines_each_once) {
    sent_lines sent;
    sent.add("chan", "a", {{"ann", 1, 11}, {"ann", 2, 11}}, start);
    sent.add("other", "b", {{"ann", 1, 11}}, start);
    sent.add("chan", "c", {{"ann", 3, 12}}, start);
    EXPECT_THAT(line_ids(sent.find("ann", ids{1}, ids{11}, start)), ElementsAre("a", "b"));
    EXPECT_THAT(sent.find("ann", {}, ids{11}, start).front().msg_ids, IsEmpty());
}

TEST(sent_lines, another_rooms_moderators_remove_nothing_of_this_one) {
    sent_lines sent;
    sent.add("chan", "a", {{"ann", 1, 11}, {"bob", 2, 11}}, start);
    EXPECT_THAT(sent.find("cy", ids{1}, ids{11}, start), IsEmpty());
    EXPECT_THAT(sent.find("bob", {}, ids{11}, start).at(0).msg_ids, ElementsAre(1));
}

TEST(sent_lines, unknown_ids_match_nothing) {
    sent_lines sent;
    sent.add("chan", "a", {{"ann", 0, 0}}, start);
    EXPECT_THAT(sent.find("ann", ids{0}, ids{0}, start), IsEmpty());
}

TEST(sent_lines, the_oldest_line_is_forgotten_beyond_two_thousand) {
    sent_lines sent;
    for (std::size_t i = 1; i <= sent_lines::most_lines + 1; ++i)
        sent.add("chan", std::to_string(i), {{"ann", static_cast<std::int64_t>(i), 5}}, start);
    EXPECT_EQ(sent.size(), sent_lines::most_lines);
    EXPECT_THAT(sent.find("ann", ids{1}, {}, start), IsEmpty());
    EXPECT_THAT(line_ids(sent.find("ann", ids{2}, {}, start)), ElementsAre("2"));
}

TEST(sent_lines, lines_with_very_many_messages_are_forgotten_sooner) {
    sent_lines sent;
    const std::vector<said_message> crowd(1000, {"ann", 1, 11});
    for (std::size_t i = 0; i <= sent_lines::most_messages / crowd.size(); ++i)
        sent.add("chan", std::to_string(i), crowd, start);
    EXPECT_EQ(sent.size(), sent_lines::most_messages / crowd.size());
}

TEST(sent_lines, after_an_hour_a_line_is_forgotten) {
    sent_lines sent;
    sent.add("chan", "a", {{"ann", 1, 11}}, start);
    const auto later = start + sent_lines::forgotten_after;
    EXPECT_EQ(sent.find("ann", ids{1}, {}, later - std::chrono::seconds(1)).size(), 1U);
    EXPECT_THAT(sent.find("ann", ids{1}, {}, later), IsEmpty());
    EXPECT_EQ(sent.size(), 0U);
}

}  // namespace
}  // namespace tiktok2twitch::relay
