// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/egress/moderators.hpp"

#include <gmock/gmock.h>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::egress {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr core::time_point now{std::chrono::hours(1000)};
constexpr core::unix_ms wall = 1'800'000'000'000;

struct moderators_test : testing::Test {
    moderators subject;

    void wrote(std::int64_t id, const std::string& handle, const std::string& nickname) {
        relay::author who;
        who.id = id;
        who.unique_id = handle;
        who.nickname = nickname;
        const auto shown = core::clean_text(nickname);
        subject.heard("chan", who, {shown, handle});
    }
    std::optional<moderator_reaction> type(const std::string& text, bool may_command = true,
                                           const std::string& channel = "chan") {
        return subject.on_chat({channel, "vera", text, may_command}, now);
    }
};

relay::event from(const std::string& unique_id) {
    relay::event event;
    event.from.unique_id = unique_id;
    return event;
}

TEST_F(moderators_test, a_stranger_commands_nothing_and_gets_no_answer) {
    EXPECT_FALSE(type("!tiktok pause", false));
    EXPECT_FALSE(type("!tiktok frobnicate", false));
    EXPECT_EQ(subject.verdict("chan", from("ann"), now), "");
}

TEST_F(moderators_test, a_command_holds_in_its_own_channel_only) {
    const auto reaction = type("!tiktok pause");
    ASSERT_TRUE(reaction);
    EXPECT_THAT(reaction->answer, HasSubstr("paused"));
    EXPECT_EQ(reaction->effect, moderator_effect::silence);
    EXPECT_EQ(subject.verdict("chan", from("ann"), now), "paused");
    EXPECT_EQ(subject.verdict("other", from("ann"), now), "");
}

TEST_F(moderators_test, whom_they_see_they_can_mute) {
    wrote(1, "third.one", "Third Person");
    wrote(2, "anna", "Queen");
    wrote(3, "other", "Anna");
    EXPECT_THAT(type("!tiktok mute Third Person 5")->answer, HasSubstr("muted third.one for 5 minutes"));
    EXPECT_EQ(type("!tiktok mute Anna")->answer,
              "more than one is called that, so put an at sign (that of the keyboard) before the one you "
              "mean: other, anna");
    EXPECT_THAT(type("!tiktok mute @anna")->answer, HasSubstr("muted anna;"));
    wrote(4, "bob", "Zoe");
    EXPECT_THAT(type("!tiktok mute @zoe")->answer, HasSubstr("muted zoe, but nobody called that"))
        << "not who calls himself so";
    wrote(5, "eve", "77");
    EXPECT_EQ(type("!tiktok mute 77")->answer,
              "more than one is called that, so put an at sign (that of the keyboard) before the one you "
              "mean: eve, 77")
        << "77 may be an account that is silent now";
    EXPECT_THAT(type("!tiktok mute @77")->answer, HasSubstr("muted 77, but"));
    EXPECT_THAT(type("!tiktok mute 78")->answer,
                HasSubstr("muted 78, but nobody called that has written lately: "))
        << "may come yet";
    EXPECT_THAT(type("!tiktok mute Queen")->answer, HasSubstr("muted anna;"));
    EXPECT_EQ(type("!tiktok mute No Body")->answer,
              "nobody called that has written lately; the handle and the account number always do");
    EXPECT_FALSE(type("!tiktok mute No Body")->save);
    EXPECT_THAT(type("!tiktok mute stranger")->answer, HasSubstr("muted stranger, but")) << "may come yet";
}

TEST_F(moderators_test, a_number_at_the_end_of_a_name_is_a_part_of_it_where_somebody_is_called_so) {
    wrote(1, "troll77", "Player 12");
    EXPECT_THAT(type("!tiktok mute Player 12")->answer, HasSubstr("muted troll77;"));
    wrote(2, "player", "Nice Person");
    EXPECT_EQ(type("!tiktok mute Player 12")->answer,
              "more than one is called that, so put an at sign (that of the keyboard) before the one you "
              "mean: player, troll77");
    EXPECT_THAT(type("!tiktok mute @player 12")->answer, HasSubstr("muted player for 12 minutes"));
    wrote(3, "zero", "Agent 0");
    EXPECT_THAT(type("!tiktok mute Agent 0")->answer, HasSubstr("muted zero;"));
    EXPECT_THAT(type("!tiktok mute Agent 00")->answer, HasSubstr("usage: !tiktok mute USER [minutes]"));
}

TEST_F(moderators_test, a_nickname_like_a_handle_or_a_number_of_another_mutes_nobody_by_mistake) {
    wrote(1, "evil.one", "@victim");
    EXPECT_THAT(type("!tiktok mute \uff20victim")->answer, HasSubstr("muted evil.one;"))
        << "copied from the line";
    wrote(2, "victim", "Nice Person");
    EXPECT_EQ(type("!tiktok mute \uff20victim")->answer,
              "more than one is called that, so put an at sign (that of the keyboard) before the one you "
              "mean: victim, evil.one");
    EXPECT_THAT(type("!tiktok mute @victim")->answer, HasSubstr("muted victim;"));
    wrote(20051234, "numbered", "Somebody");
    wrote(3, "digits", "20051234");
    EXPECT_EQ(type("!tiktok mute 20051234")->answer,
              "more than one is called that, so put an at sign (that of the keyboard) before the one you "
              "mean: digits, numbered");
}

TEST_F(moderators_test, whom_they_muted_they_can_unmute_by_the_same_name) {
    wrote(1, "big.one", "Big Bob");
    wrote(2, "h77", "Bobby");
    wrote(3, "bobby", "Not Muted");
    type("!tiktok mute Big Bob");
    type("!tiktok mute @h77");
    EXPECT_THAT(type("!tiktok unmute Big Bob")->answer, HasSubstr("heard again: big.one"));
    EXPECT_THAT(type("!tiktok unmute Bobby")->answer, HasSubstr("heard again: h77"));
    EXPECT_THAT(type("!tiktok unmute Bobby")->answer, HasSubstr("not muted: bobby"));
    EXPECT_THAT(type("!tiktok unmute Big Bob")->answer, HasSubstr("nobody muted is called that"));
    type("!tiktok mute Not Muted");
    for (int i = 0; i < 9; ++i)
        wrote(100 + i, "namesake" + std::to_string(i), "Not Muted");
    EXPECT_THAT(type("!tiktok unmute Not Muted")->answer, HasSubstr("heard again: bobby"))
        << "none of the others is muted";
    type("!tiktok mute 4711");
    wrote(4711, "late", "Latecomer");
    type("!tiktok mute 4712");
    wrote(4712, "later", "Later Comer");
    EXPECT_THAT(type("!tiktok unmute Later Comer")->answer, HasSubstr("heard again: 4712"));
    EXPECT_THAT(type("!tiktok unmute 4711")->answer, HasSubstr("heard again: 4711")) << "as it was muted";
}

TEST_F(moderators_test, each_command_says_what_is_left_to_do) {
    const auto effect = [this](const std::string& command) {
        return type("!tiktok " + command)->effect;
    };
    EXPECT_EQ(effect("mute ann"), moderator_effect::silence);
    EXPECT_EQ(effect("only gifts"), moderator_effect::silence);
    EXPECT_EQ(effect("slow 5"), moderator_effect::slow);
    EXPECT_EQ(effect("block x"), moderator_effect::words);
    EXPECT_EQ(effect("unblock x"), moderator_effect::words);
    EXPECT_EQ(effect("status"), moderator_effect::status);
    EXPECT_EQ(effect("approve"), moderator_effect::approve);
    EXPECT_EQ(effect("deny"), moderator_effect::deny);
    EXPECT_EQ(type("!tiktok approve")->number, 0U);
    EXPECT_EQ(type("!tiktok approve 3")->number, 3U);
    EXPECT_EQ(type("!tiktok deny 4")->number, 4U);
    EXPECT_EQ(effect("resume"), moderator_effect::resume);
    for (const auto* command : {"unmute ann", "help", "slow x"})
        EXPECT_EQ(effect(command), moderator_effect::none) << command;
}

TEST_F(moderators_test, what_must_survive_is_to_be_saved_and_can_be_restored) {
    EXPECT_TRUE(type("!tiktok pause")->save);
    EXPECT_TRUE(type("!tiktok slow 9")->save);
    EXPECT_TRUE(type("!tiktok mute ann")->save);
    EXPECT_TRUE(type("!tiktok block word")->save);
    moderators later;
    EXPECT_FALSE(later.knows("chan"));
    const auto saved = relay::moderation::parse(subject.of("chan").text(now, wall), now, wall).value();
    later.restore("chan", saved, now);
    EXPECT_TRUE(later.knows("chan"));
    EXPECT_EQ(later.verdict("chan", from("ANN"), now), "paused");
    moderators silent({false, "!tiktok", true});
    silent.restore("chan", saved, now);
    EXPECT_EQ(silent.verdict("chan", from("bob"), now), "") << "nobody could end it";
    EXPECT_EQ(silent.of("chan").slow(), std::chrono::seconds(0));
    EXPECT_EQ(silent.verdict("chan", from("ANN"), now), "muted_user");
    EXPECT_THAT(later.blocked_words("chan"), ElementsAre("word"));
    EXPECT_THAT(later.blocked_words("other"), IsEmpty());
}

TEST_F(moderators_test, another_word_is_obeyed_and_named) {
    EXPECT_THAT(subject.set_options({true, "!relay", true}, now), IsEmpty());
    EXPECT_EQ(subject.command_word(), "!relay");
    EXPECT_FALSE(type("!tiktok pause"));
    EXPECT_THAT(type("!relay pause")->answer, HasSubstr("!relay resume"));
}

TEST_F(moderators_test, switched_off_nothing_stays_that_nobody_could_end) {
    for (const auto* command : {"pause", "only gifts", "slow 9", "mute ann"})
        type(std::string("!tiktok ") + command);
    EXPECT_THAT(subject.set_options({false, "!tiktok", true}, now), ElementsAre("chan")) << "to be saved";
    EXPECT_EQ(subject.command_word(), "");
    EXPECT_FALSE(type("!tiktok pause"));
    EXPECT_EQ(subject.verdict("chan", from("bob"), now), "");
    EXPECT_EQ(subject.of("chan").slow(), std::chrono::seconds(0));
    EXPECT_EQ(subject.verdict("chan", from("ann"), now), "muted_user") << "mutes are kept until they end";
}

TEST_F(moderators_test, the_status_is_short_and_pings_nobody) {
    const std::vector<route_status> one{{"ann", 12, 3, 1, 0}};
    EXPECT_EQ(subject.status("chan", one),
              "relaying \uff20"
              "ann: 12 said, 3 wait, 1 dropped");
    type("!tiktok only gifts");
    EXPECT_EQ(subject.status("chan", {}), "relaying only gifts");
    type("!tiktok pause");
    const std::vector<route_status> two{{"ann", 1, 0, 0, 4, 2}, {"bob", 0, 0, 0, 0}};
    EXPECT_EQ(subject.status("chan", two),
              "paused \uff20"
              "ann: 1 said, 0 wait, 0 dropped, 4 filtered, 2 held; \uff20"
              "bob: 0 said, 0 wait, 0 dropped");
    const std::vector<route_status> many(20, {"somebody", 1, 1, 1, 1});
    EXPECT_LE(core::count_code_points(subject.status("chan", many)), 200U);
}

}  // namespace
}  // namespace tiktok2twitch::egress
