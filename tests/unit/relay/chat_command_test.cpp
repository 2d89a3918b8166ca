// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/moderation/moderation.hpp"

namespace tiktok2twitch::relay {
namespace {

using testing::HasSubstr;

template <class Command>
Command expect(std::string_view text, std::string_view word = "!tiktok") {
    const auto parsed = parse_command(text, word);
    EXPECT_TRUE(parsed && std::holds_alternative<Command>(*parsed)) << text;
    return parsed && std::holds_alternative<Command>(*parsed) ? std::get<Command>(*parsed) : Command{};
}

TEST(chat_command, the_word_must_stand_alone_at_the_start) {
    EXPECT_FALSE(parse_command("!tiktokpause", "!tiktok"));
    EXPECT_FALSE(parse_command("please !tiktok pause", "!tiktok"));
    EXPECT_FALSE(
        parse_command("\x01"
                      "ACTION !tiktok pause\x01",
                      "!tiktok"));
    EXPECT_FALSE(parse_command("", "!tiktok"));
    EXPECT_FALSE(parse_command("!tiktok pause", "")) << "commands are off";
    expect<command::pause>("!tiktok pause");
    expect<command::pause>("!tt pause", "!tt");
}

TEST(chat_command, case_and_blanks_do_not_matter) {
    expect<command::pause>("!TikTok PAUSE");
    expect<command::resume>("  !tiktok   Resume  ");
    EXPECT_TRUE(expect<command::only>("!tiktok only  GIFTS").gifts);
    expect<command::pause>("!ORDER pause", "!Order");
}

TEST(chat_command, invisible_signs_that_chat_clients_append_do_not_matter) {
    expect<command::pause>("!tiktok pause \U000E0000");
    EXPECT_EQ(expect<command::mute>("!tiktok mute ann \U000E0000").who.user, "ann");
}

TEST(chat_command, commands_without_arguments_refuse_arguments) {
    expect<command::status>("!tiktok status");
    for (const auto* verb : {"pause", "resume", "status"})
        EXPECT_EQ(expect<command::bad>("!tiktok " + std::string(verb) + " now").answer,
                  "usage: !tiktok " + std::string(verb));
}

TEST(chat_command, a_decision_may_name_its_number) {
    EXPECT_EQ(expect<command::approve>("!tiktok approve").number, 0U);
    EXPECT_EQ(expect<command::approve>("!tiktok approve 17").number, 17U);
    EXPECT_EQ(expect<command::deny>("!tiktok deny").number, 0U);
    EXPECT_EQ(expect<command::deny>("!tiktok DENY 9223372036854775807").number, 9223372036854775807U);
    for (const auto* wrong : {"0", "-1", "1.5", "two", "1 2", "9223372036854775808"})
        EXPECT_EQ(expect<command::bad>("!tiktok deny " + std::string(wrong)).answer,
                  "usage: !tiktok deny [NUMBER]");
}

TEST(chat_command, the_word_alone_asks_for_help_and_an_unknown_verb_is_said_to_be_none) {
    expect<command::help>("!tiktok");
    expect<command::help>("!tiktok help");
    EXPECT_EQ(std::get<command::bad>(*parse_command("!tiktok frobnicate everything", "!tiktok")).answer,
              "no such command: 'frobnicate'; '!tiktok help' lists them all");
    EXPECT_EQ(std::get<command::bad>(*parse_command("!tiktok Resum", "!tiktok")).answer,
              "no such command: 'resum'; did you mean 'resume'? '!tiktok help' lists them all");
}

TEST(chat_command, mute_takes_a_user_with_or_without_at_and_an_end) {
    EXPECT_EQ(expect<command::mute>("!tiktok mute Ann.Fan_1").who.user, "ann.fan_1");
    EXPECT_FALSE(expect<command::mute>("!tiktok mute ann").length);
    EXPECT_EQ(expect<command::mute>("!tiktok mute @ann").who.user, "ann");
    EXPECT_EQ(expect<command::mute>("!tiktok mute \uff20"
                                    "ann")
                  .who.user,
              "ann")
        << "copied from a relayed line";
    EXPECT_EQ(expect<command::mute>("!tiktok mute \uff20maria\u00b7one").who.user, "maria.one")
        << "its dot was raised, or it were a link";
    EXPECT_EQ(expect<command::mute>("!tiktok mute 6800000000000000001").who.user, "6800000000000000001");
    EXPECT_EQ(expect<command::mute>("!tiktok mute ann 1").length, std::chrono::minutes(1));
    EXPECT_EQ(expect<command::mute>("!tiktok mute ann 43200").length, std::chrono::minutes(43200));
    EXPECT_EQ(expect<command::unmute>("!tiktok unmute @ANN").who.user, "ann");
}

TEST(chat_command, mute_takes_a_nickname_as_it_is_shown) {
    const auto person = expect<command::mute>("!tiktok mute Third  Person 5");
    EXPECT_EQ(person.who.name, "Third Person");
    EXPECT_EQ(person.who.user, "");
    EXPECT_EQ(person.length, std::chrono::minutes(5));
    EXPECT_EQ(expect<command::mute>("!tiktok mute \u00e4nn").who.name, "\u00e4nn");
    EXPECT_EQ(expect<command::mute>("!tiktok mute ann!").who.name, "ann!");
    EXPECT_EQ(expect<command::mute>("!tiktok mute ann 5m").who.name, "ann 5m");
    EXPECT_EQ(expect<command::mute>("!tiktok mute ann 5 6").who.name, "ann 5");
    EXPECT_EQ(expect<command::mute>("!tiktok mute @ann").who.user, "ann");
}

TEST(chat_command, mute_refuses_what_is_no_user_or_no_number_of_minutes) {
    for (const auto* rest : {"mute", "mute @", "unmute", "unmute @"})
        EXPECT_THAT(expect<command::bad>("!tiktok " + std::string(rest)).answer, HasSubstr("usage: !tiktok"))
            << rest;
    for (const auto* rest : {"mute ann 0", "mute ann 43201", "mute ann -5", "mute Third Person 0",
                             "mute ann 99999999999999999999"}) {
        const auto mute = expect<command::mute>("!tiktok " + std::string(rest));
        EXPECT_EQ(mute.who.user + mute.who.name, "") << rest;
        EXPECT_THAT(mute.unless_seen, HasSubstr("usage: !tiktok")) << rest;
    }
}

TEST(chat_command, a_number_may_be_minutes_or_the_end_of_a_name) {
    const auto mute = expect<command::mute>("!tiktok mute Player 12");
    EXPECT_EQ(mute.who.user, "player");
    EXPECT_EQ(mute.length, std::chrono::minutes(12));
    EXPECT_EQ(mute.with_number, "Player 12");
    EXPECT_EQ(expect<command::unmute>("!tiktok unmute Player 12").who.name, "Player 12");
    EXPECT_EQ(expect<command::mute>("!tiktok mute 12").with_number, "");
}

TEST(chat_command, an_at_sign_that_was_typed_means_the_handle) {
    EXPECT_TRUE(expect<command::mute>("!tiktok mute @ann 5").who.exact);
    EXPECT_TRUE(expect<command::unmute>("!tiktok unmute @ann").who.exact);
    for (const auto* rest : {"ann", "12",
                             "\uff20"
                             "ann",
                             "@\u00e4nn"})
        EXPECT_FALSE(expect<command::mute>("!tiktok mute " + std::string(rest)).who.exact) << rest;
}

TEST(chat_command, block_takes_words_of_up_to_fifty_code_points_once_clean) {
    EXPECT_EQ(expect<command::block>("!tiktok block  some   Phrase ").word, "some Phrase");
    EXPECT_EQ(expect<command::unblock>("!tiktok unblock w\u200bord").word, "word");
    std::string long_word;
    for (int i = 0; i < 25; ++i)
        long_word += "\u00e4o";
    EXPECT_EQ(expect<command::block>("!tiktok block " + long_word).word, long_word);
    expect<command::bad>("!tiktok block " + long_word + "a");
    expect<command::bad>("!tiktok block");
    expect<command::bad>("!tiktok unblock \u200b");
}

TEST(chat_command, block_refuses_what_could_never_be_found_or_means_something_else) {
    for (const auto* word : {"!!!", "...", "$ $ $", "?", "\uff01"})
        EXPECT_EQ(expect<command::bad>("!tiktok block " + std::string(word)).answer,
                  "not blocked: it has no letter, digit or symbol that could be compared")
            << word;
    for (const auto* word : {"a$$", "\U0001F525", "88", "\u0448", "f", "f!!k"})
        expect<command::block>("!tiktok block " + std::string(word));
    for (const auto* word : {"n*****", "c++", "f!"})
        EXPECT_EQ(expect<command::bad>("!tiktok block " + std::string(word)).answer,
                  "not blocked: it has one letter or digit beside signs that do not count, and would block "
                  "that one alone; write the whole word")
            << word;
    EXPECT_EQ(expect<command::unblock>("!tiktok unblock !!!").word, "!!!") << "blocked by an earlier version";
}

TEST(chat_command, slow_takes_up_to_five_minutes) {
    EXPECT_EQ(expect<command::slow>("!tiktok slow 0").interval, std::chrono::seconds(0));
    EXPECT_EQ(expect<command::slow>("!tiktok slow 300").interval, std::chrono::seconds(300));
    for (const auto* rest : {"slow", "slow 301", "slow -1", "slow 1.5", "slow 5s", "slow 5 5"})
        expect<command::bad>("!tiktok " + std::string(rest));
}

TEST(chat_command, only_takes_gifts_or_off) {
    EXPECT_FALSE(expect<command::only>("!tiktok only off").gifts);
    for (const auto* rest : {"only", "only likes", "only gifts please"})
        expect<command::bad>("!tiktok " + std::string(rest));
}

TEST(chat_command, any_bytes_are_no_more_than_a_command_about_nobody) {
    std::string bytes = "!tiktok mute \xff\xfe\x00\r\nPRIVMSG #x :y";
    EXPECT_EQ(expect<command::mute>(bytes).who.user, "");
    EXPECT_EQ(expect<command::mute>(bytes).who.name, "\uFFFD\uFFFD");
    std::string many_words;
    for (int i = 0; i < 20'000; ++i)
        many_words += " word";
    const auto huge = parse_command("!tiktok block" + many_words, "!tiktok");
    ASSERT_TRUE(huge);
    EXPECT_LT(core::count_code_points(std::get<command::bad>(*huge).answer), 200U);
}

}  // namespace
}  // namespace tiktok2twitch::relay
