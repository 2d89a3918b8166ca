// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <algorithm>

#include "unit/twitch/account_moderation.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using tickets = std::vector<relay::event_ticket>;

options listening() {
    options out;
    out.command_word = "!tiktok";
    return out;
}

std::string typed(const std::string& text, const std::string& tags = "badges=moderator/1;mod=1",
                  const std::string& channel = "chan") {
    return "@" + tags + " :vera!vera@vera.tmi.twitch.tv PRIVMSG #" + channel + " :" + text;
}

TEST(account_chat, lines_that_start_with_the_command_word_are_handed_out) {
    account_driver d(listening());
    d.get_ready();
    d.say(typed("!tiktok pause"));
    d.say(typed("!TikTok pause", "badges=vip/1;mod=0"));
    d.say(typed("hello !tiktok"));
    d.say(typed("hello"));
    d.say(typed("!tiktok pause", "badges=moderator/1;mod=1", "elsewhere"));
    ASSERT_EQ(d.chat.size(), 2U);
    EXPECT_EQ(d.chat[0].channel, "chan");
    EXPECT_EQ(d.chat[0].login, "vera");
    EXPECT_EQ(d.chat[0].text, "!tiktok pause");
    EXPECT_TRUE(d.chat[0].may_command);
    EXPECT_FALSE(d.chat[1].may_command);
}

TEST(account_chat, without_a_command_word_nothing_is_kept) {
    account_driver d;
    d.get_ready();
    d.say(typed("!tiktok pause"));
    EXPECT_THAT(d.chat, IsEmpty());
    d.settings.command_word = "!relay";
    d.acc.update_options(d.settings, d.now);
    d.say(typed("!relay pause"));
    EXPECT_EQ(d.chat.size(), 1U);
}

TEST(account_chat, a_streamer_whose_account_the_bot_uses_may_command_with_a_sign) {
    account_driver d(listening());
    d.get_ready();
    const std::string own = "@badges=broadcaster/1 :bot!bot@bot.tmi.twitch.tv PRIVMSG #chan :";
    d.say(own + "!tiktok pause");
    EXPECT_EQ(d.chat.size(), 1U);
    d.settings.command_word = "tiktok";
    d.acc.update_options(d.settings, d.now);
    d.say(own + "tiktok pause");
    EXPECT_EQ(d.chat.size(), 1U);
}

TEST(account_chat, at_most_the_newest_hundred_wait) {
    account_driver d(listening());
    d.get_ready();
    for (int i = 0; i < 101; ++i)
        d.acc.on_line(typed("!tiktok " + std::to_string(i)), d.now);
    const auto chat = d.acc.take_chat();
    ASSERT_EQ(chat.size(), 100U);
    EXPECT_EQ(chat.front().text, "!tiktok 1");
    EXPECT_EQ(chat.back().text, "!tiktok 100");
    EXPECT_THAT(d.acc.take_chat(), IsEmpty());
}

TEST(account_answer, goes_ahead_of_what_waits_alone_and_in_no_books) {
    auto d = with_line_in_flight();
    d.push(1, "second");
    d.acc.answer("chan", "paused", d.now);
    d.answer = [&](const auto& sent) {
        return d.accept(sent.line.channel);
    };
    d.say(d.accept("chan"));
    d.run_for(seconds(5));
    EXPECT_THAT(texts(d), ElementsAre("[T] first", "paused", "[T] second"));
    EXPECT_THAT(d.lines[1].line.tickets, IsEmpty());
    EXPECT_EQ(d.acc.lines_sent(1), 2U);
    EXPECT_EQ(d.acc.lines_accepted(1), 2U);
    EXPECT_EQ(d.settled.size(), 2U);
}

TEST(account_answer, counts_against_the_budget) {
    account_driver d;
    d.get_ready();
    for (int i = 0; i < 300; ++i) {
        d.acc.answer("chan", "answer " + std::to_string(i), d.now);
        d.run_for(milliseconds(200));
    }
    ASSERT_GT(d.lines.size(), 20U);
    for (std::size_t i = 18; i < d.lines.size(); ++i)
        EXPECT_GE(d.lines[i].at - d.lines[i - 18].at, seconds(32));
}

TEST(account_answer, of_another_channel_goes_before_what_waits_anywhere) {
    options settings;
    settings.pack = false;
    account_driver d(settings);
    d.get_ready("chan", 1);
    d.get_ready("other", 2);
    for (int i = 0; i < 60; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(30));
    d.acc.answer("other", "answer", d.now);
    const auto before = d.lines.size();
    d.run_for(seconds(4));
    EXPECT_EQ(d.lines.at(before).line.text, "answer");
}

TEST(account_answer, a_channel_that_asks_all_the_time_leaves_half_of_the_budget_to_the_others) {
    options settings;
    settings.pack = false;
    account_driver d(settings);
    d.get_ready("chan", 1);
    d.get_ready("other", 2);
    for (int i = 0; i < 600; ++i) {
        d.acc.answer("chan", "answer " + std::to_string(i), d.now);
        d.push(2, "m" + std::to_string(i));
        d.run_for(milliseconds(200));
    }
    const auto others = std::count_if(d.lines.begin(), d.lines.end(),
                                      [](const auto& line) { return line.line.channel == "other"; });
    EXPECT_GE(static_cast<std::size_t>(others) * 2 + 2, d.lines.size());
    EXPECT_GE(d.lines.size(), 60U);
}

TEST(account_answer, at_most_three_wait_and_none_longer_than_thirty_seconds) {
    auto d = with_line_in_flight();
    for (int i = 0; i < 4; ++i)
        d.acc.answer("chan", "answer " + std::to_string(i), d.now);
    d.say(d.accept("chan"));
    d.answer = [&](const auto& sent) {
        return d.accept(sent.line.channel);
    };
    d.run_for(seconds(10));
    EXPECT_THAT(texts(d), ElementsAre("[T] first", "answer 1", "answer 2", "answer 3"));

    d.reconnects = false;
    d.disconnect();
    d.acc.answer("chan", "late", d.now);
    d.run_for(seconds(30));
    d.reconnects = true;
    d.run_for(seconds(5));
    EXPECT_TRUE(d.connected);
    EXPECT_EQ(d.lines.size(), 4U);
}

TEST(account_answer, the_same_within_thirty_seconds_is_not_spent_on_a_refusal) {
    account_driver d;
    d.get_ready();
    for (int i = 0; i < 3; ++i) {
        d.acc.answer("chan", "paused", d.now);
        d.run_for(seconds(5));
    }
    EXPECT_THAT(texts(d), ElementsAre("paused"));
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.say(d.user_state("chan"));
    d.acc.answer("chan", "paused", d.now);
    d.run_for(seconds(1));
    EXPECT_THAT(texts(d), ElementsAre("paused", "paused")) << "a moderator may repeat himself";
}

TEST(account_answer, refused_or_lost_ones_are_not_said_again) {
    account_driver d;
    d.get_ready();
    d.answer = [&](const auto& sent) {
        return account_driver::refuse(sent.line.channel, "msg_ratelimit");
    };
    d.acc.answer("chan", "one", d.now);
    d.run_for(seconds(10));
    d.answer = [](const auto&) {
        return std::string();
    };
    d.acc.answer("chan", "two", d.now);
    d.run_for(seconds(1));
    d.disconnect();
    d.run_for(seconds(40));
    EXPECT_THAT(texts(d), ElementsAre("one", "two"));
    EXPECT_THAT(d.settled, IsEmpty());
}

TEST(account_answer, waits_for_a_line_that_must_be_sent_again) {
    auto d = with_line_in_flight();
    d.disconnect();
    d.answer = [&](const auto& sent) {
        return d.accept(sent.line.channel);
    };
    d.acc.answer("chan", "answer", d.now);
    d.run_for(seconds(10));
    EXPECT_THAT(texts(d), ElementsAre("[T] first", "[T] first", "answer"))
        << "between the two copies it would switch off Twitch's protection from repeats";
}

TEST(account_answer, a_channel_that_is_not_ours_gets_none) {
    account_driver d;
    d.get_ready();
    d.acc.answer("elsewhere", "hello", d.now);
    d.acc.set_slow("elsewhere", seconds(5));
    d.run_for(seconds(5));
    d.acc.answer("chan", "hello", d.now);
    d.acc.remove_route(1, d.now);
    d.acc.add_route(1, "chan", d.now);
    d.run_for(seconds(10));
    EXPECT_THAT(d.lines, IsEmpty());
}

TEST(account_slow, spaces_relayed_lines_but_not_answers) {
    account_driver d;
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.get_ready();
    d.acc.set_slow("chan", seconds(10));
    for (int i = 0; i < 40; ++i) {
        d.push(1, "m" + std::to_string(i));
        if (i % 10 == 5)
            d.acc.answer("chan", "answer " + std::to_string(i), d.now);
        d.run_for(seconds(1));
    }
    std::vector<core::time_point> relayed;
    std::size_t answers = 0;
    for (const auto& line : d.lines) {
        if (line.line.tickets.empty())
            ++answers;
        else
            relayed.push_back(line.at);
    }
    EXPECT_EQ(answers, 4U);
    ASSERT_GE(relayed.size(), 4U);
    for (std::size_t i = 1; i < relayed.size(); ++i)
        EXPECT_GE(relayed[i] - relayed[i - 1], seconds(10));
    const auto before = d.lines.size();
    d.acc.set_slow("chan", {});
    d.push(1, "now");
    d.run_for(seconds(1));
    EXPECT_GT(d.lines.size(), before);
}

TEST(account_slow, another_channel_keeps_its_pace) {
    account_driver d;
    d.get_ready("chan", 1);
    d.get_ready("other", 2);
    d.acc.set_slow("chan", seconds(300));
    for (int i = 0; i < 5; ++i) {
        d.push(2, "m" + std::to_string(i));
        d.run_for(seconds(3));
    }
    EXPECT_EQ(d.lines.size(), 5U);
}

TEST(account_delivery, names_the_line_and_everything_on_it) {
    auto d = with_line_in_flight();
    d.push_said(1, "Ann", "GG", 11);
    d.push_said(1, "Bob", "GG", 12);
    d.push_said(1, "Cy", "hi", 13);
    d.answer = [&](const auto& sent) {
        return d.accept(sent.line.channel);
    };
    d.say(d.user_state("chan", "line-1"));
    d.run_for(seconds(2));
    ASSERT_EQ(d.deliveries.size(), 2U);
    EXPECT_EQ(d.deliveries[0].channel, "chan");
    EXPECT_EQ(d.deliveries[0].line_id, "line-1");
    EXPECT_EQ(d.deliveries[0].tickets, tickets{1});
    EXPECT_THAT(d.deliveries[1].tickets, testing::UnorderedElementsAre(2, 3, 4));
}

TEST(account_delivery, without_an_id_it_is_empty_and_answers_and_refusals_are_none) {
    account_driver d;
    d.answer = [&](const auto& sent) {
        return d.user_state(sent.line.channel);
    };
    d.get_ready();
    d.push(1, "hi");
    d.acc.answer("chan", "answer", d.now);
    d.run_for(seconds(5));
    ASSERT_EQ(d.deliveries.size(), 1U);
    EXPECT_EQ(d.deliveries[0].line_id, "");
    d.answer = [&](const auto& sent) {
        return account_driver::refuse(sent.line.channel, "msg_rejected");
    };
    d.push(1, "no");
    d.run_for(seconds(5));
    EXPECT_EQ(d.deliveries.size(), 1U);
}

TEST(account_delivery, a_line_that_was_deleted_on_twitch_is_told) {
    account_driver d;
    d.get_ready();
    for (int i = 0; i < 1001; ++i)
        d.acc.on_line("@login=bot;target-msg-id=" + std::to_string(i) + " :x CLEARMSG #chan :text", d.now);
    const auto cleared = d.acc.take_cleared();
    ASSERT_EQ(cleared.size(), 1000U);
    EXPECT_EQ(cleared.front().channel, "chan");
    EXPECT_EQ(cleared.front().line_id, "1");
    EXPECT_THAT(d.acc.take_cleared(), IsEmpty());
}

TEST(account_delivery, at_most_the_newest_thousand_wait) {
    options settings;
    settings.limit_normal = settings.limit_moderator = {100'000, seconds(1)};
    settings.spacing_moderator = {};
    account_driver d(settings);
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.get_ready();
    for (int i = 0; i < 1001; ++i) {
        d.now += milliseconds(1);
        relay::line_part part;
        part.ticket = static_cast<relay::event_ticket>(1000 + i);
        part.route = 1;
        part.body = "m" + std::to_string(i);
        part.received_at = d.now;
        d.acc.push(std::move(part), d.now);
        ASSERT_TRUE(std::holds_alternative<write_line>(d.acc.next(d.now)));
        d.acc.on_written(d.now);
        d.acc.on_line(d.user_state("chan", "id-" + std::to_string(i)), d.now);
    }
    const auto deliveries = d.acc.take_deliveries();
    ASSERT_EQ(deliveries.size(), 1000U);
    EXPECT_EQ(deliveries.front().line_id, "id-1");
    EXPECT_EQ(deliveries.back().line_id, "id-1000");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
