// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Whatever a viewer writes, in every field of every kind of event, through every template and filter action:
// what Twitch gets keeps the rules, and every event is in the books.

#include <gtest/gtest.h>

#include <array>

#include "support/manifest.hpp"
#include "support/policy.hpp"
#include "support/text_rules.hpp"
#include "tiktok2twitch/app/replay/replay.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/relay/filter/links/link_finder.hpp"
#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::app {
namespace {

using relay::event_kind;
using relay::filter_action;
using relay::link_action;

constexpr std::string_view blocked = "kumquat";
constexpr std::string_view harmless = "kumquattish";  // unless it is cut

std::string repeat(std::string_view piece, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += piece;
    return out;
}

struct viewer {
    std::string name;
    std::string text;
};

std::vector<viewer> corpus() {
    std::vector<viewer> out;
    const auto manifest = test::load_manifest("hostile");
    for (const auto& chat : manifest.at("chats"))
        out.push_back({chat.at("nickname").get<std::string>(), chat.at("text").get<std::string>()});
    for (const auto& text :
         {repeat("a", 10'000), repeat("e\u0301\u0302\u0303\u0304", 2'500), repeat("https://x.com/", 700),
          repeat("k.u.m.q.u.a.t ", 700), repeat("@everyone ", 1'000), repeat(" \u2503 ", 300),
          std::string("Ann: hi \u2503 GG \u00d712 (ann, Vera)"), std::string("/ban vera"),
          std::string(".timeout vera"), std::string("!tiktok pause"), std::string("\\ . / !"),
          std::string("@"), std::string("maria.one"),
          std::string("evil[.]com e v i l (dot) com evil dot com EVIL\u3002COM"),
          std::string("KUMQUAT k\u00fcm\u200bquat Kumquat!"), std::string("\u202Etauqmuk\u202C"),
          std::string("a\r\nPRIVMSG #chan :/ban b\r\n\0c", 29), std::string("\xF0\x9F\x01\xFF\xC0\x80"),
          std::string("{name}{text}{{}}"), std::string("[laugh][sticker][link]***"),
          std::string("\U000E0041\U000E007F\uFEFF\u2060"), std::string("\u3164\u2800\u00AD"),
          // The beginnings of harmless words, where a name or a line ends.
          std::string("free-coins-at-evil-site-abc.community9999"),
          std::string("evil-site-abcdefghij.community9999 9999"),
          std::string("the quick brown fox jum kumquattish nobody"),
          std::string("a quick brown fo kumquattish"), repeat("hello ", 76) + "evil-site.community and more"})
        out.push_back({text, text});
    for (std::size_t before = 0; before < 12; ++before)
        out.push_back({repeat("h", before) + " at evil-site-abcdef.community9999",
                       repeat("hello ", 74) + repeat("h", 2 * before) + " kumquattish.community"});
    return out;
}

relay::event happening(event_kind kind, const viewer& from, std::size_t number, const std::string& gift) {
    relay::event event;
    event.kind = kind;
    event.msg_id = static_cast<std::int64_t>(number) + 1;
    event.from.id = static_cast<std::int64_t>(number % 7);
    event.from.nickname = number % 5 == 0 ? std::string() : from.name;
    event.from.unique_id = number % 3 == 0 ? std::string() : from.name.substr(0, 40);
    event.from.subscriber = number % 2 == 0;
    event.from.moderator = number % 11 == 0;  // of the streamer links are no filter's business
    event.from.gifter_level = 7;
    event.text = kind == event_kind::emote_chat ? std::string() : from.text;
    event.count = 3;
    event.viewers = 5;
    event.total_likes = static_cast<std::int64_t>(number) * 1000;
    if (kind == event_kind::gift)
        event.gift = relay::gift{5655, gift, 2, 1, static_cast<std::int64_t>(number), false, true};
    return event;
}

// What no line may ever be, whoever is to be blamed.
std::string broken_line(std::string_view line, link_action links) {
    if (auto rule = test::broken_rule(line); !rule.empty())
        return rule;
    if (core::count_code_points(line) > 500)
        return "too long";
    constexpr std::string_view commands = "/.!@#$%^&*-_=+\\|;:<>?~`,";
    if (line.empty() || commands.find(line.front()) != std::string_view::npos)
        return "a command, or nothing";
    // Cutting leaves one dot-like sign behind, which makes no link.
    std::string whole(line);
    for (auto at = whole.find("\u2026"); at != std::string::npos; at = whole.find("\u2026"))
        whole.replace(at, 3, " ");
    if (links != link_action::allow && relay::any_clickable(relay::find_links(whole)))
        return "a link";
    auto words = core::fold_case(line);
    for (auto at = words.find(harmless); at != std::string::npos; at = words.find(harmless))
        words.erase(at, harmless.size());
    if (words.find(blocked) != std::string::npos)
        return "a blocked word";
    return {};
}

class hostile
    : public testing::TestWithParam<std::tuple<std::pair<filter_action, link_action>, const char*>> {
protected:
    hostile() {
        const auto [actions, layout] = GetParam();
        settings_.filter.words = {std::string(blocked)};
        settings_.filter.patterns = {"\\d{9,}", "(a|b)+c+d"};
        settings_.filter.words_action = settings_.filter.patterns_action = actions.first;
        settings_.filter.links = actions.second;
        settings_.filter.hold_for = std::chrono::seconds(1);
        settings_.badges.gifter = "[G{level}]";
        for (auto& kind : settings_.events.kinds) {
            kind.enabled = true;
            kind.line_template = layout;
        }
    }
    config settings_ = default_config();
};

TEST_P(hostile, nothing_escapes_in_any_field_of_any_kind) {
    const auto [words, links] = std::get<0>(GetParam());
    twitch::options options;
    options.limit_moderator = {1000, std::chrono::seconds(1)};
    options.spacing_moderator = std::chrono::milliseconds(1);
    options.backlog = 100'000;
    twitch::account_driver twitch(options);
    twitch.set_rank("chan", "badges=moderator/1;mod=1");
    egress::pipeline books;
    const auto route = books.add_route("host", "chan", test::policy("host", settings_));
    twitch.acc.add_route(route, "chan", twitch.now);

    std::size_t number = 0;
    for (const auto& viewer : corpus()) {
        for (std::size_t kind = 0; kind < relay::event_kinds; ++kind) {
            // What a gift is called is TikTok's to say: clean, but no filter's business.
            const auto gift = links == link_action::allow ? viewer.text : std::string("Rose");
            auto event = happening(static_cast<event_kind>(kind), viewer, number++, gift);
            if (links == link_action::allow && event.gift &&
                core::fold_case(gift).find(blocked) != std::string::npos)
                event.gift->name = "Rose";
            event.received_at = twitch.now;
            for (auto& part : books.on_event("host", event, twitch.now))
                twitch.acc.push(std::move(part), twitch.now);
        }
        twitch.run_for(std::chrono::milliseconds(500));
        for (auto& part : books.poll(twitch.now))
            twitch.acc.push(std::move(part), twitch.now);
    }
    twitch.run_for(std::chrono::minutes(2));
    books.finish(twitch.now);
    for (const auto& settled : twitch.settled)
        books.on_settled(settled);

    EXPECT_GT(twitch.lines.size(), 50U);
    for (const auto& sent : twitch.lines)
        ASSERT_EQ(broken_line(sent.line.text, links), "") << sent.line.text;
    const auto& ledger = books.routes().at(route).ledger;
    EXPECT_GT(ledger.received(), 1000U);
    EXPECT_EQ(ledger.received(), ledger.settled());
    if (words == filter_action::drop) {
        EXPECT_THAT(ledger.filtered(), testing::Contains(testing::Key("blocked_word")));
        EXPECT_THAT(ledger.filtered(), testing::Contains(testing::Key("blocked_name")));
    }
    if (words == filter_action::hold) {
        EXPECT_GT(ledger.filtered().at("held_too_long"), 0U);
    }
}

TEST_P(hostile, nothing_escapes_of_the_recording) {
    const auto [words, links] = std::get<0>(GetParam());
    const auto frames = tiktok::parse_recording(test::read_file(test::recording_path("hostile.jsonl.gz")));
    ASSERT_TRUE(frames.has_value());
    replay_settings settings;
    settings.effective = settings_;
    std::size_t lines = 0;
    run_replay(settings, *frames, [&](core::duration, std::string_view line) {
        ++lines;
        EXPECT_EQ(broken_line(line, links), "") << line;
    });
    EXPECT_GT(lines, 40U);
}

constexpr const char* everything =
    "{badges} {name} {unique_id} {text} {gift} {count} {coins} {total_likes} {viewers} {room} {streamer}";

INSTANTIATE_TEST_SUITE_P(actions_and_templates, hostile,
                         testing::Combine(testing::Values(std::pair(filter_action::drop, link_action::drop),
                                                          std::pair(filter_action::drop, link_action::allow),
                                                          std::pair(filter_action::mask, link_action::defang),
                                                          std::pair(filter_action::mask, link_action::strip),
                                                          std::pair(filter_action::hold, link_action::hold)),
                                          testing::Values("[TikTok] {name}: {text}", "{text}", "[T] {text}",
                                                          "@{unique_id}@{name}@{text}", everything)));

}  // namespace
}  // namespace tiktok2twitch::app
