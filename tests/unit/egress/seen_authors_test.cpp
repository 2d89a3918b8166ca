// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/egress/moderators.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::egress {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

relay::author person(std::int64_t id, const std::string& handle, const std::string& nickname) {
    relay::author out;
    out.id = id;
    out.unique_id = handle;
    out.nickname = nickname;
    return out;
}

class seen_authors_test : public testing::Test {
protected:
    void note(const relay::author& from) { seen.note(from, {from.nickname, from.unique_id}); }
    seen_authors seen;
};

TEST_F(seen_authors_test, are_found_by_what_a_line_shows_of_them) {
    note(person(1, "Third.One", "Third Person"));
    note(person(2, "maria", "maria.one"));
    note(person(3, "", "Nameless"));
    note(person(4, "x", "@Everybody"));
    EXPECT_THAT(seen.called("third person"), ElementsAre("third.one"));
    EXPECT_THAT(seen.called("@Third.One"), ElementsAre("third.one"));
    EXPECT_THAT(seen.called("1"), ElementsAre("third.one"));
    EXPECT_THAT(seen.called("maria\u00b7one"), ElementsAre("maria")) << "its dot was raised";
    EXPECT_THAT(seen.called("NAMELESS"), ElementsAre("3"));
    EXPECT_THAT(seen.called("\uff20"
                            "Everybody"),
                ElementsAre("x"));
    EXPECT_THAT(seen.called("nobody"), IsEmpty());
    EXPECT_THAT(seen.called("@"), IsEmpty());
}

TEST_F(seen_authors_test, of_a_handle_and_a_nickname_alike_both_are_told) {
    note(person(1, "anna", "Queen"));
    note(person(2, "other", "Anna"));
    EXPECT_THAT(seen.called("anna"), ElementsAre("other", "anna"));
    for (int id = 10; id < 30; ++id)
        note(person(id, "a" + std::to_string(id), "Anna"));
    EXPECT_THAT(seen.called("anna"), SizeIs(seen_authors::most_found));
}

// A mark was taken out of it, or a word was masked.
TEST_F(seen_authors_test, are_found_by_the_name_that_is_left_of_theirs) {
    seen.note(person(1, "troll", "[mod] Ann"), {"Ann", "troll"});
    EXPECT_THAT(seen.called("Ann"), ElementsAre("troll"));
    EXPECT_THAT(seen.called("[MOD] Ann"), ElementsAre("troll"));
}

// Their answer is said in the chat, as lines are.
TEST_F(seen_authors_test, are_their_number_where_the_handle_may_not_be_said) {
    seen.note(person(1, "go.ok", "Bob"), {"Bob", ""});
    seen.note(person(2, "bad_guy", "Zoe"), {"Zoe", "***_guy"});
    seen.note(person(3, "maria.one", "Maria"), {"Maria", "maria\u00b7one"});
    EXPECT_THAT(seen.called("Bob"), ElementsAre("1"));
    EXPECT_THAT(seen.called("go.ok"), ElementsAre("go.ok")) << "said by the moderator";
    EXPECT_THAT(seen.called("Zoe"), ElementsAre("2"));
    EXPECT_THAT(seen.called("Maria"), ElementsAre("maria.one"));
}

TEST_F(seen_authors_test, whoever_changes_the_nickname_is_the_same_person) {
    note(person(1, "ann", "Ann"));
    note(person(1, "ann", "Somebody Else"));
    EXPECT_THAT(seen.called("somebody else"), ElementsAre("ann"));
    EXPECT_THAT(seen.called("Ann"), ElementsAre("ann"));
}

TEST_F(seen_authors_test, the_latest_thousand_are_remembered) {
    for (std::size_t i = 1; i <= seen_authors::most + 1; ++i)
        note(person(static_cast<std::int64_t>(i), "u" + std::to_string(i), {}));
    EXPECT_THAT(seen.called("u1"), IsEmpty());
    EXPECT_THAT(seen.called("u2"), ElementsAre("u2"));
    note(person(0, "ghost", "Ghost"));
    EXPECT_THAT(seen.called("ghost"), IsEmpty()) << "nobody";
}

}  // namespace
}  // namespace tiktok2twitch::egress
