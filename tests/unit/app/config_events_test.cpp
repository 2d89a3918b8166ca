// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// [relay] order, [event.*] and the events of a route.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/app/config_support.hpp"

#include "tiktok2twitch/app/config/policy.hpp"
namespace tiktok2twitch::app {
namespace {

using relay::event_kind;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using enum relay::priority_class;

TEST(config_events_test, defaults_are_those_of_the_documentation) {
    const relay::event_options events = default_config().events;
    for (const event_kind on : {event_kind::chat, event_kind::emote_chat, event_kind::question,
                                event_kind::gift, event_kind::follow, event_kind::subscribe}) {
        EXPECT_TRUE(events.of(on).enabled) << relay::name_of(on);
    }
    for (const event_kind off :
         {event_kind::share, event_kind::like, event_kind::join, event_kind::envelope, event_kind::viewers,
          event_kind::live_start, event_kind::live_pause, event_kind::live_end}) {
        EXPECT_FALSE(events.of(off).enabled) << relay::name_of(off);
    }
    EXPECT_EQ(events.gift_min_coins, 1);
    EXPECT_EQ(events.like_every, 1000);
    EXPECT_EQ(events.of(event_kind::follow).per_minute, 10U);
    EXPECT_EQ(events.of(event_kind::join).per_minute, 1U);
    EXPECT_EQ(events.of(event_kind::chat).per_minute, 0U);
}

TEST(config_events_test, nested_sections_arrive_in_every_spelling) {
    for (const std::string text : {"[event.gift]\nmin_coins = 7\n", "event.gift.min_coins = 7\n",
                                   "[event]\ngift.min_coins = 7\n", "[event]\ngift = {min_coins = 7}\n"}) {
        const configuration loaded = load(text);
        EXPECT_THAT(texts(loaded.errors), IsEmpty()) << text;
        EXPECT_EQ(loaded.value.events.gift_min_coins, 7) << text;
    }
}

TEST(config_events_test, nested_keys_are_variables_and_settings) {
    const std::vector<std::string> lines{"TIKTOK2TWITCH_EVENT_GIFT_MIN_COINS=50",
                                         "TIKTOK2TWITCH_EVENT_JOIN_ENABLED=true"};
    config_layers layers;
    layers.environment = read_environment(lines).settings;
    layers.flags = {{"event.like.every", "500", "--set"}};
    const configuration loaded = build_config(layers);
    EXPECT_THAT(texts(loaded.errors), IsEmpty());
    EXPECT_EQ(loaded.value.events.gift_min_coins, 50);
    EXPECT_TRUE(loaded.value.events.of(event_kind::join).enabled);
    EXPECT_EQ(loaded.value.events.like_every, 500);
}

TEST(config_events_test, unknown_names_in_nested_sections_are_told_with_the_nearest) {
    EXPECT_THAT(
        errors("[event.gfit]\nmin_coins = 7\n"),
        ElementsAre("c.toml:1: unknown section \"event.gfit\"; the nearest known one is [event.gift]"));
    EXPECT_THAT(errors("[event.gift]\nmincoins = 7\n"),
                ElementsAre("c.toml:2: unknown key \"mincoins\" in [event.gift]; the nearest known key is "
                            "\"event.gift.min_coins\""));
    EXPECT_THAT(
        errors("[events.gift]\nmin_coins = 7\n[events.live]\nenabled = true\n"),
        ElementsAre("c.toml:1: unknown section \"events.gift\"; the nearest known one is [event.gift]",
                    "c.toml:3: unknown section \"events.live\"; the nearest known ones are "
                    "[event.live_start], [event.live_pause] and [event.live_end]"));
    EXPECT_THAT(errors("[gift]\nmin_coins = 7\n[likes]\n"),
                ElementsAre("c.toml:1: unknown section \"gift\"; the nearest known one is [event.gift]",
                            "c.toml:3: unknown section \"likes\"; the nearest known one is [event.like]"));
    EXPECT_THAT(errors("[event.gift]\nthreshold = 5\n"),
                ElementsAre("c.toml:2: unknown key \"threshold\" in [event.gift]; [event.gift] has enabled, "
                            "template, min_coins and per_minute"));
    EXPECT_THAT(
        errors("[event.like]\nmin = 5\n"),
        ElementsAre("c.toml:2: unknown key \"min\" in [event.like]; [event.like] has enabled, template, "
                    "every and per_minute"));
    EXPECT_THAT(errors("[event]\nenabled = true\n"),
                ElementsAre(HasSubstr("c.toml:2: unknown key \"enabled\" in [event]")));
    EXPECT_THAT(errors("[event]\ngift = true\n"),
                ElementsAre("c.toml:2: expected the section [event.gift], found true or false without "
                            "quotes"));
    EXPECT_THAT(errors("event = 1\n"), ElementsAre(HasSubstr("c.toml:1: unknown key \"event\"")));
    EXPECT_THAT(errors("[events]\n"),
                ElementsAre(HasSubstr("unknown section \"events\"; there are [event.chat], ")));
    config_layers layers;
    layers.flags = {{"event.gfit.min_coins", "7", "--set"}};
    EXPECT_THAT(texts(build_config(layers).errors), ElementsAre(HasSubstr("\"event.gift.min_coins\"")));
}

TEST(config_events_test, every_kind_has_its_own_section) {
    const configuration loaded = load(
        "[relay]\ntemplate = \"{text}\"\n[event.sticker]\nper_minute = 3\n"
        "[event.live_pause]\nenabled = true\nper_minute = 2\ntemplate = \"back soon\"\n");
    EXPECT_THAT(texts(loaded.errors), IsEmpty());
    const relay::event_options& events = loaded.value.events;
    EXPECT_EQ(events.of(event_kind::emote_chat).line_template, "") << "the same as relay.template";
    EXPECT_EQ(events.of(event_kind::emote_chat).per_minute, 3U);
    EXPECT_EQ(events.of(event_kind::chat).per_minute, 0U);
    EXPECT_TRUE(events.of(event_kind::live_pause).enabled);
    EXPECT_EQ(events.of(event_kind::live_pause).per_minute, 2U);
    EXPECT_EQ(events.of(event_kind::live_pause).line_template, "back soon");
    EXPECT_FALSE(events.of(event_kind::live_start).enabled);
    EXPECT_FALSE(events.of(event_kind::live_end).enabled);
}

TEST(config_events_test, templates_are_checked_for_their_kind) {
    EXPECT_THAT(errors("[event.sticker]\ntemplate = \"{name} sent a sticker\"\n"), IsEmpty());
    EXPECT_THAT(errors("[event.sticker]\ntemplate = \"\"\n"), IsEmpty());
    EXPECT_THAT(errors("[event.sticker]\ntemplate = \"{gfit}\"\n"),
                ElementsAre("c.toml:2: event.sticker.template: unknown field {gfit}; did you mean {gift}?"));
    EXPECT_THAT(errors("[event.question]\ntemplate = \"{name} asks\"\n"),
                ElementsAre("c.toml:2: event.question.template: {text} is missing"));
    EXPECT_THAT(errors("[event.gift]\ntemplate = \"thanks\"\n"), IsEmpty());
    EXPECT_THAT(errors("[event.gift]\ntemplate = \"\"\n"),
                ElementsAre("c.toml:2: event.gift.template: it says nothing"));
    EXPECT_THAT(errors("[event.follow]\ntemplate = \"{nmae}\"\n"),
                ElementsAre("c.toml:2: event.follow.template: unknown field {nmae}; did you mean {name}?"));
    EXPECT_THAT(errors("[event.follow]\ntemplate = \"/me {name}\"\n"),
                ElementsAre(HasSubstr("read as a command")));
    EXPECT_THAT(errors("[event.follow]\ntemplate = \"a\\nb\"\n"),
                ElementsAre(HasSubstr("expected a template")));
}

TEST(config_events_test, fields_that_a_kind_never_fills_are_refused_with_those_it_fills) {
    EXPECT_THAT(errors("[relay]\ntemplate = \"{gift} {text}\"\n"),
                ElementsAre("c.toml:2: relay.template: {gift} is always empty here; there are {name} "
                            "{unique_id} {text} {badges} {total_likes} {viewers} {room} {streamer}"));
    EXPECT_THAT(errors("[event.viewers]\ntemplate = \"{name}\"\n"),
                ElementsAre("c.toml:2: event.viewers.template: {name} is always empty here; there are "
                            "{total_likes} {viewers} {room} {streamer}"));
    EXPECT_THAT(errors("[event.follow]\ntemplate = \"{coins}\"\n"),
                ElementsAre(HasSubstr("event.follow.template: {coins} is always empty here")));
    EXPECT_THAT(errors("[event.sticker]\ntemplate = \"{name} {text}\"\n[event.envelope]\n"
                       "template = \"{coins}\"\n[event.like]\ntemplate = \"{name} {count}\"\n"),
                IsEmpty());
}

TEST(config_events_test, thresholds_keep_their_bounds) {
    EXPECT_THAT(errors("[event.gift]\nmin_coins = 0\nper_minute = 1000\n"), IsEmpty());
    EXPECT_THAT(errors("[event.gift]\nmin_coins = 1000000000\n"), IsEmpty());
    EXPECT_THAT(errors("[event.gift]\nmin_coins = -1\nper_minute = 1001\n"),
                ElementsAre(HasSubstr("between 0 and 1000000000, found -1"),
                            HasSubstr("between 0 and 1000, found 1001")));
    EXPECT_THAT(errors("[event.gift]\nmin_coins = 1000000001\n"), ElementsAre(HasSubstr("between")));
    EXPECT_THAT(errors("[event.like]\nevery = 0\n"), ElementsAre(HasSubstr("between 1 and 1000000000")));
    EXPECT_THAT(errors("[event.like]\nevery = 1000000001\n"), ElementsAre(HasSubstr("between 1")));
}

TEST(config_events_test, the_order_is_completed_in_the_default_order) {
    const std::vector<relay::priority_class> standard{
        streamer, moderator, gift, subscribe, question, mention, chat, follow, share, room, like, join};
    EXPECT_EQ(default_config().events.order, standard);
    EXPECT_EQ(load("[relay]\norder = []\n").value.events.order, standard);
    EXPECT_THAT(load("[relay]\norder = [\"join\", \"chat\"]\n").value.events.order,
                ElementsAre(join, chat, streamer, moderator, gift, subscribe, question, mention, follow,
                            share, room, like));
    config_layers layers;
    layers.environment = {{"relay.order", " like ,join,", "X"}};
    EXPECT_EQ(build_config(layers).value.events.order[1], join);
}

TEST(config_events_test, a_wrong_order_is_told) {
    EXPECT_THAT(errors("[relay]\norder = [\"streamer\", \"gifts\"]\n"),
                ElementsAre(AllOf(HasSubstr("c.toml:2: relay.order: expected streamer, moderator,"),
                                  HasSubstr("found \"gifts\"; did you mean \"gift\"?"))));
    EXPECT_THAT(errors("[relay]\norder = [\"gift\", \"chat\", \"gift\"]\n"),
                ElementsAre("c.toml:2: relay.order: \"gift\" is listed twice"));
    EXPECT_THAT(errors("[relay]\norder = \"gift\"\n"),
                ElementsAre(HasSubstr("relay.order: expected a list such as")));
    EXPECT_THAT(errors("[relay]\norder = [\n\"gift\",\n5]\n"),
                ElementsAre(AllOf(HasSubstr("c.toml:4: relay.order: "), HasSubstr("a whole number in it"))));
}

constexpr const char* route_head = "[[route]]\ntiktok = \"user\"\nchannel = \"chan\"\n";

TEST(config_events_test, a_route_carries_everything_or_what_it_lists) {
    EXPECT_EQ(load(route_head).value.routes.at(0).events, every_event);
    const configuration loaded =
        load(std::string(route_head) + "events = [\"sticker\", \"gift\", \"live_end\"]\n" +
             "[event.live_end]\nenabled = true\n");
    EXPECT_THAT(texts(loaded.errors), IsEmpty());
    EXPECT_THAT(texts(loaded.warnings), IsEmpty());
    event_set wanted;
    for (const event_kind kind : {event_kind::emote_chat, event_kind::gift, event_kind::live_end}) {
        wanted.set(static_cast<std::size_t>(kind));
    }
    EXPECT_EQ(loaded.value.routes.at(0).events, wanted);
    EXPECT_THAT(show_config(loaded), HasSubstr("\nevents = [\"sticker\", \"gift\", \"live_end\"]  # file\n"));
}

TEST(config_events_test, wrong_events_of_a_route_are_told) {
    const std::string head = route_head;
    EXPECT_THAT(errors(head + "events = [\"chats\"]\n"),
                ElementsAre(AllOf(HasSubstr("c.toml:4: route.events: expected chat, sticker, "),
                                  HasSubstr("live_end, found \"chats\"; did you mean \"chat\"?"))));
    EXPECT_THAT(errors(head + "events = [\"live\"]\n"),
                ElementsAre(HasSubstr("; did you mean \"live_start\", \"live_pause\" or \"live_end\"?")));
    EXPECT_THAT(errors(head + "events = [\"subtitles\"]\n"),
                ElementsAre(testing::EndsWith("or live_end, found \"subtitles\"")));
    EXPECT_THAT(errors(head + "events = [\"gift\", \"gift\"]\n"),
                ElementsAre("c.toml:4: route.events: \"gift\" is listed twice"));
    EXPECT_THAT(errors(head + "events = []\n"), ElementsAre(HasSubstr("would carry nothing")));
    EXPECT_THAT(errors(head + "events = \"chat\"\n"), ElementsAre(HasSubstr("expected a list of kinds")));
    EXPECT_THAT(errors(head + "events = [1]\n"), ElementsAre(HasSubstr("a whole number in it")));
    EXPECT_THAT(errors(head + "event = [\"chat\"]\n"),
                ElementsAre(HasSubstr("in [[route]]; the nearest known key is \"events\"")));
}

TEST(config_events_test, a_route_with_a_kind_that_is_off_warns) {
    EXPECT_THAT(
        warnings(std::string(route_head) + "events = [\"chat\", \"like\", \"live_end\"]\n"),
        ElementsAre("c.toml:4: route.events: \"like\" is switched off; set event.like.enabled = true to "
                    "hear it",
                    HasSubstr("event.live_end.enabled")));
    config_layers layers;
    layers.file = config_file{"c.toml", std::string(route_head) + "events = [\"like\"]\n"};
    layers.route = route_config{"flag", "flag"};
    EXPECT_THAT(build_config(layers).warnings, IsEmpty());
    EXPECT_EQ(build_config(layers).value.routes.at(0).events, every_event);
}

TEST(config_events_test, every_kind_is_said_with_its_own_template) {
    const relay::formatter says = make_policy(default_config(), "host").formatter;
    for (const auto& [kind, body] :
         {std::pair{event_kind::chat, "Ann: hi"}, std::pair{event_kind::emote_chat, "Ann: [sticker]"},
          std::pair{event_kind::question, "Ann asks: hi"},
          std::pair{event_kind::gift, "Ann sent 3x Rose (15 coins)"},
          std::pair{event_kind::follow, "Ann follows"}, std::pair{event_kind::share, "Ann shared the LIVE"},
          std::pair{event_kind::subscribe, "Ann subscribed"}, std::pair{event_kind::like, "7000 likes"},
          std::pair{event_kind::join, "Ann joined"},
          std::pair{event_kind::envelope, "Ann sent a treasure box with 9 coins"},
          std::pair{event_kind::viewers, "88 watching"}, std::pair{event_kind::live_start, "host is live"},
          std::pair{event_kind::live_pause, "host has paused"},
          std::pair{event_kind::live_end, "host has ended"}}) {
        relay::event what;
        what.kind = kind;
        what.from.nickname = "Ann";
        what.text = "hi";
        what.count = 9;
        what.total_likes = 7000;
        what.viewers = 88;
        if (kind == event_kind::gift) {
            what.gift = relay::gift{.id = 1, .name = "Rose", .coins = 5, .count = 3};
        }
        const auto said = says.format(what);
        ASSERT_TRUE(said) << body;
        EXPECT_EQ(said->label, "[TikTok] ");
        EXPECT_EQ(said->body, body);
    }
}

TEST(config_events_test, stickers_are_said_like_comments_unless_they_have_a_template) {
    relay::event what;
    what.kind = event_kind::emote_chat;
    what.from.nickname = "Ann";
    const auto said = [&](const std::string& file) {
        return make_policy(load(file).value, "host").formatter.format(what)->body;
    };
    EXPECT_EQ(said("[relay]\ntemplate = \"{name} > {text}\"\n"), "Ann > [sticker]");
    EXPECT_EQ(said("[relay]\ntemplate = \"{name} > {text}\"\n[event.sticker]\ntemplate = \"{name} waves\"\n"),
              "Ann waves");
}

TEST(config_events_test, marks_and_codes_reach_the_policy) {
    const configuration loaded = load(
        "[relay]\ntemplate = \"{badges} {name}: {text}\"\n[badges]\nmoderator = \"(m)\"\n"
        "[emoji]\nhey = \"👋\"\n");
    EXPECT_THAT(texts(loaded.errors), IsEmpty());
    relay::event what;
    what.from.nickname = "Ann";
    what.from.moderator = true;
    what.text = "[hey]";
    const auto policy = make_policy(loaded.value, "host");
    EXPECT_EQ(policy.formatter.format(what)->body, "(m) Ann: [hey]");
    EXPECT_EQ(policy.emoji, loaded.value.emoji);
}

}  // namespace
}  // namespace tiktok2twitch::app
