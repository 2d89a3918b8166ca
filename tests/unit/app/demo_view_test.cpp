// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/demo/demo_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tiktok2twitch/core/width.hpp"

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr core::time_point start{1h};
constexpr std::size_t columns = 93;  // two halves of 40

std::vector<std::string> rows(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        out.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

const std::string long_line = "[TikTok] ann: one two three four five six seven ┃ bob: eight nine ten eleven";

TEST(demo_view_test, a_long_twitch_line_is_broken_at_blanks_inside_its_column) {
    demo_view view(columns, false, start);
    const auto shown = rows(view.twitch("bot", long_line, start));
    ASSERT_THAT(shown, SizeIs(3));
    EXPECT_THAT(shown[0], HasSubstr("| bot: [TikTok] ann: one two three four"));
    EXPECT_THAT(shown[1], HasSubstr("|   five six seven ┃ bob: eight nine ten"));
    EXPECT_THAT(shown[2], HasSubstr("|   eleven"));
    for (const auto& row : shown)
        EXPECT_LE(core::display_width(row), columns);
}

TEST(demo_view_test, calmly_every_row_is_shown_at_once) {
    demo_view view(columns, false, start);
    EXPECT_THAT(rows(view.tiktok("ann", "hi", start)), SizeIs(1));
    EXPECT_THAT(rows(view.twitch("bot", long_line, start + 10ms)), SizeIs(3));
    EXPECT_THAT(view.rest(start + 20ms), IsEmpty());
}

TEST(demo_view_test, in_a_flood_the_rows_of_a_line_stand_beside_the_comments_that_follow) {
    demo_view view(columns, false, start, demo_pace::flood);
    view.tiktok("ann", "hi", start);
    EXPECT_THAT(view.twitch("bot", long_line, start + 10ms), IsEmpty());
    const auto beside = view.tiktok("bob", "hello", start + 600ms);
    EXPECT_THAT(beside, HasSubstr("bob: hello"));
    EXPECT_THAT(beside, HasSubstr("| bot: [TikTok] ann"));
    EXPECT_THAT(rows(view.rest(start + 700ms)), SizeIs(2)) << "nothing is kept back at the end";
}

TEST(demo_view_test, in_a_flood_that_has_stopped_nothing_waits_for_comments) {
    demo_view view(columns, false, start, demo_pace::flood);
    view.tiktok("ann", "hi", start);
    view.twitch("bot", "one", start + 10ms);
    EXPECT_THAT(rows(view.twitch("bot", "two", start + 2s)), SizeIs(2));
}

TEST(demo_view_test, rows_do_not_pile_up_without_bound) {
    demo_view view(columns, false, start, demo_pace::flood);
    view.tiktok("ann", "hi", start);
    std::size_t shown = 0;
    for (int i = 0; i < 100; ++i)
        shown += rows(view.twitch("bot", "line", start + 10ms)).size();
    EXPECT_EQ(shown, 80U);
    EXPECT_THAT(rows(view.rest(start + 20ms)), SizeIs(20));
}

TEST(demo_view_test, what_is_held_back_often_is_explained_once_and_counted_then) {
    demo_view view(columns, false, start);
    const auto first = view.held_back("expired", "waited too long", start);
    EXPECT_THAT(first, HasSubstr("x held back: waited too long"));
    for (int i = 0; i < 7; ++i)
        EXPECT_THAT(view.held_back("expired", "waited too long", start + 100ms), IsEmpty());
    EXPECT_THAT(view.held_back("repeat", "said before", start + 200ms), HasSubstr("said before"));
    EXPECT_THAT(view.held_back("expired", "waited too long", start + 2s),
                HasSubstr("x 8 held back: expired"));
    view.held_back("expired", "waited too long", start + 2100ms);
    EXPECT_THAT(view.rest(start + 2200ms), HasSubstr("x held back: expired"));
    EXPECT_THAT(view.rest(start + 9s), IsEmpty());
}

TEST(demo_view_test, colours_are_only_used_where_they_were_asked_for) {
    demo_view plain(columns, false, start);
    demo_view painted(columns, true, start);
    EXPECT_THAT(plain.twitch("bot", "x", start), Not(HasSubstr("\x1b")));
    EXPECT_THAT(painted.twitch("bot", "x", start), HasSubstr("\x1b[35mbot\x1b[0m: x"));
}

}  // namespace
}  // namespace tiktok2twitch::app
