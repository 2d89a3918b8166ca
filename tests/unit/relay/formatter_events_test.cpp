// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What the formatter says of events that are no comments.

#include <gtest/gtest.h>

#include <limits>

#include "support/text_rules.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::string_view all_fields =
    "{name}|{unique_id}|{text}|{badges}|{gift}|{count}|{coins}|{total_likes}|{viewers}|{room}|{streamer}";

event of_kind(event_kind kind) {
    event what;
    what.kind = kind;
    what.from.id = 42;
    what.from.unique_id = "ann.b";
    what.from.nickname = "Ann";
    return what;
}

event gift_of(std::string name, std::int64_t coins, std::int64_t count) {
    event what = of_kind(event_kind::gift);
    what.gift = gift{.id = 5655, .name = std::move(name), .coins = coins, .count = count};
    return what;
}

line_template layout_of(std::string_view text) {
    return parse_template(text, nullptr, template_needs::anything).value();
}

std::string line(std::string_view layout, const event& what, formatter_options options = {}) {
    const auto said = formatter(layout_of(layout), "host.handle", std::move(options)).format(what);
    return said ? said->label + said->body : "(nothing)";
}

TEST(parse_template, only_comments_need_their_text) {
    EXPECT_EQ(needs_of(event_kind::chat), template_needs::text);
    EXPECT_EQ(needs_of(event_kind::emote_chat), template_needs::anything);
    EXPECT_EQ(needs_of(event_kind::question), template_needs::text);
    EXPECT_EQ(needs_of(event_kind::gift), template_needs::anything);
    EXPECT_EQ(needs_of(event_kind::live_end), template_needs::anything);
    EXPECT_FALSE(parse_template("[T] {name}", nullptr, template_needs::text).has_value());
    EXPECT_TRUE(parse_template("[T] {name}", nullptr, template_needs::anything).has_value());
}

TEST(parse_template, a_template_that_says_nothing_is_refused) {
    for (const char* layout : {"", "  "}) {
        std::string hint;
        EXPECT_FALSE(parse_template(layout, &hint, template_needs::anything).has_value());
        EXPECT_EQ(hint, "it says nothing");
    }
}

TEST(parse_template, every_field_is_known_to_every_kind) {
    EXPECT_TRUE(parse_template(all_fields).has_value());
    std::string hint;
    EXPECT_FALSE(parse_template("{coin}", &hint, template_needs::anything).has_value());
    EXPECT_EQ(hint, "unknown field {coin}; did you mean {coins}?");
}

// An event of that kind that knows all about itself.
event whole_event(event_kind kind) {
    event what = of_kind(kind);
    what.text = "words";
    what.from.moderator = true;
    what.count = 3;
    what.total_likes = 500;
    what.viewers = 20;
    if (kind == event_kind::gift)
        what.gift = gift{.id = 1, .name = "Rose", .coins = 5, .count = 2};
    return what;
}

TEST(parse_template, a_field_is_empty_for_a_kind_exactly_when_it_is_told) {
    for (std::size_t i = 0; i < event_kinds; ++i) {
        const auto kind = static_cast<event_kind>(i);
        for (std::size_t field = 0; field < template_fields; ++field) {
            line_template layout = layout_of("[T] {room}");
            layout.pieces = {static_cast<template_field>(field)};
            const auto said = formatter(layout, "host").format(whole_event(kind));
            EXPECT_EQ(empty_field(layout, kind).empty(), said.has_value()) << name_of(kind) << " " << field;
        }
    }
    EXPECT_EQ(empty_field(layout_of("[T] {viewers}: {name}"), event_kind::viewers),
              "{name} is always empty here; there are {total_likes} {viewers} {room} {streamer}");
    EXPECT_EQ(empty_field(layout_of("words"), event_kind::viewers), "");
}

TEST(formatter_events, one_coin_is_one_coin) {
    const event one = gift_of("Rose", 1, 1);
    EXPECT_EQ(line("[T] {name} sent {count}x {gift} ({coins} coins)", one), "[T] Ann sent 1x Rose (1 coin)");
    EXPECT_EQ(line("[T] {coins} coins", one), "[T] 1 coin");
    EXPECT_EQ(line("[T] {coins} coinsmith {coins}coins", one), "[T] 1 coinsmith 1coins");
    EXPECT_EQ(line("[T] {coins} coins", gift_of("Rose", 1, 21)), "[T] 21 coins");
}

TEST(formatter_events, a_gift_of_unknown_price_says_nothing_of_coins_in_brackets) {
    const auto unknown = gift_of("", 0, 3);
    EXPECT_EQ(line("[T] {name} sent {count}x {gift} ({coins} coins)", unknown), "[T] Ann sent 3x gift5655");
    EXPECT_EQ(line("[T] {gift} (worth {coins}) by {name}", unknown), "[T] gift5655 by Ann");
    EXPECT_EQ(line("[T] {gift}: {coins} coins", unknown), "[T] gift5655: ? coins");
    EXPECT_EQ(line("[T] ({gift}) {coins} (coins)", unknown), "[T] (gift5655) ? (coins)");
    EXPECT_EQ(line("[T] {name} ({gift}, {coins} coins)", unknown), "[T] Ann (gift5655, ? coins)");
}

TEST(formatter_events, of_what_nobody_knows_the_price_none_is_told) {
    const auto unknown = gift_of("Rose", 0, 50);
    EXPECT_EQ(line("[T] {name} sent {count}x {gift} worth {coins} coins", unknown),
              "[T] Ann sent 50x Rose worth ? coins");
    EXPECT_EQ(line("[T] {gift} [{coins} coins]", unknown), "[T] Rose [? coins]");
    EXPECT_EQ(line("[T] {gift} ({count}x, {coins} coins)", unknown), "[T] Rose (50x, ? coins)");
    EXPECT_EQ(line("{coins} coins of {name}", unknown), "» ? coins of Ann") << "\"?\" may be a bot's";
    EXPECT_EQ(line("[T] {coins}", unknown), "[T] ?");
    EXPECT_EQ(line("[T] {coins} ({coins})", unknown), "[T] ?");
    event envelope = of_kind(event_kind::envelope);
    EXPECT_EQ(line("[T] a box with {coins} coins", envelope), "[T] a box with ? coins");
    EXPECT_EQ(line("[T] a box of {name} ({coins} coins)", envelope), "[T] a box of Ann");
}

TEST(formatter_events, a_gift_says_its_name_count_and_value) {
    EXPECT_EQ(line("[T] {name} sent {count}x {gift} ({coins} coins)", gift_of("Rose", 5, 12)),
              "[T] Ann sent 12x Rose (60 coins)");
    EXPECT_EQ(line(all_fields, gift_of("Rose", 5, 12)), "Ann|ann.b|||Rose|12|60|||host.handle|host.handle");
}

TEST(formatter_events, a_gift_without_a_name_says_its_number) {
    EXPECT_EQ(line("[T] {gift}", gift_of("", 1, 1)), "[T] gift5655");
    EXPECT_EQ(line("[T] {gift}", gift_of("\u200B\u202E", 1, 1)), "[T] gift5655");
}

TEST(formatter_events, an_absurd_value_is_no_overflow) {
    const auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(line("[T] {coins}", gift_of("Rose", most, 2)), "[T] " + std::to_string(most));
}

TEST(formatter_events, counters_are_said_when_known) {
    event follow = of_kind(event_kind::follow);
    EXPECT_EQ(line("[T] {name} ({viewers}) ({total_likes})", follow), "[T] Ann () ()");
    follow.viewers = 12;
    follow.total_likes = 3000;
    EXPECT_EQ(line("[T] {name} ({viewers}) ({total_likes})", follow), "[T] Ann (12) (3000)");
    EXPECT_EQ(line("[T] {viewers} watching", of_kind(event_kind::viewers)), "[T] 0 watching");
    event like = of_kind(event_kind::like);
    like.total_likes = 2000;
    like.count = 15;
    EXPECT_EQ(line("[T] {total_likes} likes, {count} by {name}", like), "[T] 2000 likes, 15 by Ann");
    event envelope = of_kind(event_kind::envelope);
    envelope.count = 100;
    EXPECT_EQ(line("[T] {name}: {coins} coins", envelope), "[T] Ann: 100 coins");
}

TEST(formatter_events, what_nobody_did_has_no_name) {
    event viewers;
    viewers.kind = event_kind::viewers;
    EXPECT_EQ(line("[T] {name} {badges} {viewers}", viewers), "[T] 0");
}

TEST(formatter_events, only_comments_have_words_that_may_be_folded) {
    event follow = of_kind(event_kind::follow);
    follow.text = "not said";
    const formatter says(layout_of("[T] {name} follows {text}"), "room");
    EXPECT_EQ(says.format(follow)->body, "Ann follows");
    EXPECT_EQ(says.format(follow)->text, "");
    EXPECT_EQ(says.format(of_kind(event_kind::live_start))->text, "");
    event question = of_kind(event_kind::question);
    EXPECT_FALSE(says.format(question));
    question.text = "why? [cry]";
    EXPECT_EQ(says.format(question)->text, "why? [cry]");
}

TEST(formatter_events, a_line_without_anything_to_say_is_not_said) {
    const event follow = of_kind(event_kind::follow);
    EXPECT_EQ(line("{gift}", follow), "(nothing)");
    EXPECT_EQ(line("[T] {text} {gift}", follow), "(nothing)");
    EXPECT_EQ(line("[T]{gift} ", follow), "(nothing)");
}

TEST(formatter_events, words_without_a_field_are_the_whole_line) {
    const auto said = formatter(layout_of("*a new follower*"), "room").format(of_kind(event_kind::follow));
    ASSERT_TRUE(said);
    EXPECT_EQ(said->label, "");
    EXPECT_EQ(said->body, "*a new follower*");
}

TEST(formatter_events, each_kind_has_its_template) {
    template_set layouts;
    layouts.fill(layout_of("other"));
    layouts[static_cast<std::size_t>(event_kind::share)] = layout_of("[T] {name} shared");
    const formatter says(layouts, "room");
    EXPECT_EQ(says.format(of_kind(event_kind::share))->body, "Ann shared");
    EXPECT_EQ(says.format(of_kind(event_kind::join))->body, "other");
}

TEST(formatter_events, badges_say_the_marks_of_the_configuration) {
    event what = of_kind(event_kind::join);
    what.from.streamer = what.from.moderator = what.from.subscriber = true;
    what.from.gifter_level = 25;
    what.from.fan_club_level = 7;
    EXPECT_EQ(line("[T] {badges}", what), "[T] [streamer][mod][sub]");
    formatter_options options;
    options.badges = {"*", "", "$", "[G{level}]", "♥", "+"};
    EXPECT_EQ(line("[T] {badges}{name}", what, options), "[T] *$[G25]♥Ann");
    what.from = {};
    what.from.new_follower = true;
    EXPECT_EQ(line("[T] {badges}x", what, options), "[T] +x");
    EXPECT_EQ(line("[T] {badges}x", what), "[T] x") << "off unless configured";
    what.from = {};
    EXPECT_EQ(line("[T] {badges}x", what, options), "[T] x");
}

TEST(formatter_events, the_first_sign_of_a_stranger_is_never_a_command) {
    EXPECT_EQ(line("{gift} by {name}", gift_of("/ban x", 1, 1)), "» /ban x by Ann");
    EXPECT_EQ(line("{text}/{name}", of_kind(event_kind::follow)), "» /Ann");
    EXPECT_EQ(line("[T] @{gift}", gift_of("bob", 1, 1)), "[T] ＠bob");
}

TEST(formatter_events, long_lines_are_cut_without_a_text_to_give_way) {
    std::string layout = "[T]";
    for (int i = 0; i < 40; ++i) {
        layout += " {name}";
    }
    event what = of_kind(event_kind::follow);
    what.from.nickname = "abcdefghijklmnopqrstuvwxyz";
    for (const std::string& each : {layout, layout + " {text}"}) {
        const std::string full = line(each, what);
        // 17 whole names; the 18th would not fit.
        EXPECT_EQ(core::count_code_points(full), 3U + 17 * 27 + 1);
        EXPECT_TRUE(full.ends_with("xyz…")) << full;
    }
}

TEST(formatter_events, hostile_names_break_no_rule_in_any_kind) {
    const std::vector<std::string> hostile{
        "\u202E@e\u0301\u0302\u0303\u0304\u0305\u0306 \xF0\x9F\x01@x\u200D",
        "/ban everyone",
        "a\r\nPRIVMSG #b :/ban c",
        "@everyone @here @",
        std::string(10'000, 'a'),
        "\xff\xfe\x80",
        "[laugh][sticker]{text}{{",
        "\u2066\u2069\u200F\u061C",
    };
    for (std::size_t kind = 0; kind < event_kinds; ++kind) {
        for (const std::string& text : hostile) {
            event what = gift_of(text, 1, 1);
            what.kind = static_cast<event_kind>(kind);
            what.text = what.from.nickname = what.from.unique_id = text;
            for (const std::string_view layout :
                 {"[T] {name} sent {count}x {gift} ({coins} coins)", "{gift} {name}",
                  "@{gift} @{unique_id} {text}", "{streamer} {text}", "{badges} {name}: {text}"}) {
                const std::string full = line(layout, what);
                EXPECT_EQ(test::broken_rule(full), "") << layout;
                EXPECT_LE(core::count_code_points(full), 480U);
                EXPECT_EQ(std::string_view("/.!@").find(full.front()), std::string_view::npos) << full;
            }
        }
    }
}

}  // namespace
}  // namespace tiktok2twitch::relay
