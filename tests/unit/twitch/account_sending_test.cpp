// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using severity = notice::severity;

std::string text_of(const account_driver& d, std::size_t index) {
    return d.lines.at(index).line.text;
}

account_driver unpacked(options settings = {}) {
    settings.pack = false;
    return account_driver(settings);
}

TEST(account_sending, a_message_goes_at_once_alone_and_counts_when_accepted) {
    account_driver d;
    d.get_ready();
    d.push(1, "Ann: hi");
    EXPECT_EQ(d.acc.pending(1), 1U);
    d.run_for(milliseconds(10));
    ASSERT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.lines[0].line.bytes, "PRIVMSG #chan :[T] Ann: hi\r\n");
    EXPECT_EQ(d.lines[0].line.channel, "chan");
    EXPECT_EQ(d.lines[0].line.tickets, std::vector<relay::event_ticket>{1});
    EXPECT_EQ(d.status().in_flight, 1U);
    EXPECT_EQ(d.acc.lines_sent(1), 1U);
    EXPECT_EQ(d.acc.lines_accepted(1), 0U);
    EXPECT_EQ(d.acc.pending(1), 1U);
    EXPECT_TRUE(d.settled.empty());
    d.run_for(milliseconds(100));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.acc.lines_accepted(1), 1U);
    EXPECT_EQ(d.acc.pending(1), 0U);
}

TEST(account_sending, what_waits_shares_a_line) {
    account_driver d;
    d.get_ready();
    d.push(1, "Ann: hi");
    d.run_for(milliseconds(10));
    d.push(1, "Bob: yo");
    d.push(1, "Cy: hm");
    d.run_for(seconds(2));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_EQ(text_of(d, 1), "[T] Bob: yo ┃ Cy: hm");
    EXPECT_EQ(d.relayed(), 3U);
    EXPECT_EQ(d.acc.lines_sent(1), 2U);
}

TEST(account_sending, two_routes_of_a_channel_share_lines_and_are_counted_apart) {
    account_driver d;
    d.acc.add_route(2, "chan", d.now);
    d.get_ready();
    d.push(1, "a");
    d.run_for(milliseconds(10));
    d.push(1, "b");
    d.push(2, "c", "[U] ");
    d.run_for(seconds(2));
    EXPECT_EQ(text_of(d, 1), "[T] b ┃ [U] c");
    EXPECT_EQ(d.acc.lines_sent(1), 2U);
    EXPECT_EQ(d.acc.lines_sent(2), 1U);
    EXPECT_EQ(d.acc.channels(d.now).size(), 1U);
}

TEST(account_sending, a_steady_stream_neither_bursts_nor_stalls) {
    auto d = unpacked();
    d.get_ready();
    for (int i = 0; i < 300; ++i) {  // 30 a minute
        d.push(1, "m" + std::to_string(i));
        d.run_for(seconds(2));
    }
    d.run_for(seconds(5));
    EXPECT_EQ(d.relayed(), 300U);
    for (std::size_t i = 1; i < d.lines.size(); ++i)
        ASSERT_LE(d.lines[i].at - d.lines[i - 1].at, seconds(4)) << i;
}

TEST(account_sending, forty_six_a_minute_do_not_burn_the_budget_and_stall) {
    account_driver d;
    d.get_ready();
    for (int i = 0; i < 460; ++i) {
        d.push(1, "viewer" + std::to_string(i) + ": something worth saying");
        d.run_for(milliseconds(1304));
    }
    d.run_for(seconds(5));
    EXPECT_EQ(d.relayed(), 460U);
    for (std::size_t i = 1; i < d.lines.size(); ++i)
        ASSERT_LE(d.lines[i].at - d.lines[i - 1].at, milliseconds(2700)) << i;
}

TEST(account_sending, a_burst_is_paced_within_the_limits) {
    options settings;
    settings.max_age = minutes(10);
    auto d = unpacked(settings);
    d.get_ready();
    for (int i = 0; i < 100; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(minutes(4));
    EXPECT_EQ(d.relayed(), 100U);
    EXPECT_LE(d.lines[4].at - d.lines[0].at, seconds(6));
    for (std::size_t i = 1; i < d.lines.size(); ++i) {
        EXPECT_GE(d.lines[i].at - d.lines[i - 1].at, milliseconds(1250));
        EXPECT_LE(d.lines[i].at - d.lines[i - 1].at, seconds(4));
    }
    for (std::size_t i = 18; i < d.lines.size(); ++i)
        EXPECT_GE(d.lines[i].at - d.lines[i - 18].at, seconds(32));
}

TEST(account_sending, moderators_send_faster) {
    auto d = unpacked();
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.get_ready();
    EXPECT_TRUE(d.status().high_tier);
    for (int i = 0; i < 60; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(32));
    EXPECT_EQ(d.relayed(), 60U);
}

TEST(account_sending, limits_hold_over_reconnects) {
    options settings;
    settings.max_age = minutes(10);
    auto d = unpacked(settings);
    d.get_ready();
    for (int i = 0; i < 60; ++i)
        d.push(1, "m" + std::to_string(i));
    for (int i = 0; i < 12; ++i) {
        d.run_for(seconds(7));
        d.disconnect();
    }
    d.run_for(minutes(2));
    EXPECT_EQ(d.relayed(), 60U);
    for (std::size_t i = 18; i < d.lines.size(); ++i)
        EXPECT_GE(d.lines[i].at - d.lines[i - 18].at, seconds(32));
}

TEST(account_sending, a_restart_remembers_what_was_sent) {
    account_driver d({}, std::vector<core::time_point>(18, start - seconds(10)));
    d.get_ready();
    d.push(1, "x");
    d.run_for(seconds(60));
    EXPECT_EQ(d.lines.at(0).at, start + seconds(22));
}

TEST(account_sending, a_restart_keeps_the_spacing_in_whatever_channel_was_spoken_last) {
    account_driver d({}, {start - milliseconds(200)});
    d.get_ready();
    d.push(1, "x");
    d.run_for(seconds(5));
    EXPECT_GE(d.lines.at(0).at - (start - milliseconds(200)), milliseconds(1250));
}

TEST(account_sending, ordinary_channels_share_fairly_beside_a_busy_moderator_channel) {
    options settings;
    settings.max_age = minutes(10);
    auto d = unpacked(settings);
    for (relay::route_id r = 1; r <= 3; ++r)
        d.acc.add_route(r, "c" + std::to_string(r), d.now);
    d.run_for(seconds(1));
    d.set_rank("c3", "badges=moderator/1;mod=1");
    for (int i = 0; i < 60; ++i)
        for (relay::route_id route = 1; route <= 3; ++route)
            d.push(route, "m" + std::to_string(i));
    d.run_for(seconds(40));
    std::map<std::string, int> lines;
    for (const auto& sent : d.lines)
        ++lines[sent.line.channel];
    EXPECT_GT(lines["c3"], lines["c1"]);
    EXPECT_LE(std::abs(lines["c1"] - lines["c2"]), 3) << lines["c1"] << " and " << lines["c2"];
    EXPECT_GE(lines["c1"] + lines["c2"], 18);
}

TEST(account_sending, channels_take_turns) {
    options settings;
    settings.max_age = minutes(10);
    auto d = unpacked(settings);
    for (relay::route_id r = 1; r <= 3; ++r)
        d.acc.add_route(r, "c" + std::to_string(r), d.now);
    d.run_for(seconds(1));
    for (int i = 0; i < 30; ++i)
        d.push(1, "flood" + std::to_string(i));
    d.push(2, "two");
    d.push(3, "three");
    d.run_for(seconds(1));
    ASSERT_GE(d.lines.size(), 3U);
    EXPECT_EQ(d.relayed(), 3U);
    d.run_for(minutes(2));
    EXPECT_EQ(d.relayed(), 32U);
}

TEST(account_sending, floods_of_several_channels_share_the_budget_evenly) {
    auto d = unpacked();
    for (relay::route_id r = 1; r <= 3; ++r)
        d.acc.add_route(r, "c" + std::to_string(r), d.now);
    for (int i = 0; i < 300; ++i) {
        for (relay::route_id r = 1; r <= 3; ++r)
            d.push(r, "m" + std::to_string(i));
        d.run_for(milliseconds(400));
    }
    for (relay::route_id r = 1; r <= 3; ++r) {
        EXPECT_GE(d.acc.lines_sent(r), 20U) << r;
        EXPECT_LE(d.acc.lines_sent(r), 25U) << r;
    }
}

TEST(account_sending, what_expired_makes_room_before_the_backlog_is_full) {
    options settings;
    settings.backlog = 1;
    account_driver d(settings);
    d.acc.add_route(1, "chan", d.now);
    d.push(1, "old");
    d.now += seconds(60);
    d.push(1, "new");
    EXPECT_EQ(d.dropped("expired"), 1U);
    EXPECT_EQ(d.dropped("queue_full"), 0U);
}

TEST(account_sending, backlog_drops_the_oldest) {
    options settings;
    settings.backlog = 3;
    auto d = unpacked(settings);
    d.acc.add_route(1, "chan", d.now);
    for (int i = 0; i < 5; ++i)
        d.push(1, "m" + std::to_string(i));
    EXPECT_EQ(d.dropped("queue_full"), 2U);
    EXPECT_EQ(d.settled.at(0).ticket, 1U);
    d.settings.backlog = 1;
    d.acc.update_options(d.settings, d.now);
    d.collect();
    EXPECT_EQ(d.dropped("queue_full"), 4U);
    d.run_for(seconds(1));
    EXPECT_EQ(text_of(d, 0), "[T] m4");
}

relay::line_part part_of(account_driver& d, std::int64_t author, const std::string& body) {
    relay::line_part part;
    part.ticket = ++d.ticket;
    part.route = 1;
    part.label = "[T] ";
    part.body = body;
    part.author_id = author;
    part.received_at = d.now;
    return part;
}

TEST(account_sending, a_full_backlog_takes_from_whoever_wrote_most) {
    options settings;
    settings.backlog = 4;
    account_driver d(settings);
    d.reconnects = false;
    d.acc.add_route(1, "chan", d.now);
    d.acc.push(part_of(d, 7, "once"), d.now);
    for (int i = 0; i < 6; ++i)
        d.acc.push(part_of(d, 8, "much " + std::to_string(i)), d.now);
    d.collect();
    EXPECT_EQ(d.dropped("queue_full"), 3U);
    for (const auto& settled : d.settled)
        EXPECT_NE(settled.ticket, 1U) << "who wrote once";
}

TEST(account_sending, what_was_paid_for_outlives_chat_in_a_full_backlog_whatever_its_rank) {
    options settings;
    settings.backlog = 3;
    account_driver d(settings);
    d.reconnects = false;
    d.acc.add_route(1, "chan", d.now);
    auto gift = part_of(d, 7, "gift");
    gift.paid = true;
    d.acc.push(gift, d.now);
    for (int i = 0; i < 9; ++i) {
        auto chat = part_of(d, 100 + i, "chat " + std::to_string(i));
        chat.priority = 9;
        d.acc.push(chat, d.now);
    }
    d.collect();
    EXPECT_EQ(d.dropped("queue_full"), 7U);
    for (const auto& settled : d.settled)
        EXPECT_NE(settled.ticket, 1U);
}

TEST(account_sending, the_same_gift_again_is_said_again) {
    account_driver d;
    d.get_ready();
    for (int i = 0; i < 3; ++i) {
        auto gift = part_of(d, 7, "ann sent 1x Rose");
        gift.paid = true;
        d.acc.push(gift, d.now);
        d.run_for(seconds(3));
    }
    ASSERT_EQ(d.lines.size(), 3U);
    EXPECT_EQ(d.lines[1].line.text, "[T] ann sent 1x Rose (again)");
    EXPECT_EQ(d.relayed(), 3U);
}

TEST(account_sending, what_was_paid_for_waits_through_a_long_outage) {
    account_driver d;
    d.reconnects = false;
    d.acc.add_route(1, "chan", d.now);
    auto gift = part_of(d, 7, "gift");
    gift.paid = true;
    d.acc.push(gift, d.now);
    d.acc.push(part_of(d, 8, "chat"), d.now);
    d.now += minutes(9);
    d.acc.connect_at(d.now);
    d.collect();
    EXPECT_EQ(d.dropped("expired"), 1U);
    EXPECT_EQ(d.acc.pending(1), 1U);
    d.now += minutes(1);
    d.acc.connect_at(d.now);
    d.collect();
    EXPECT_EQ(d.dropped("expired"), 2U);
}

TEST(account_sending, what_could_not_be_said_is_told_in_the_stream_at_most_every_30_seconds) {
    options settings;
    settings.backlog = 5;
    settings.limit_normal = {6, seconds(30)};
    account_driver d(settings);
    d.get_ready();
    std::vector<core::time_point> told;
    std::size_t total = 0;
    for (int i = 0; i < 400; ++i) {
        const auto before = d.lines.size();
        for (int k = 0; k < 3; ++k)
            d.acc.push(part_of(d, i * 3 + k, "v: " + std::string(100, 'x') + std::to_string(i * 3 + k)),
                       d.now);
        d.run_for(milliseconds(300));
        for (auto at = before; at < d.lines.size(); ++at) {
            const auto& text = d.lines[at].line.text;
            const auto note = text.find("\u2026 +");
            if (note == std::string::npos)
                continue;
            told.push_back(d.lines[at].at);
            total += std::stoul(text.substr(note + 5));
            EXPECT_TRUE(text.ends_with(" more")) << text;
        }
    }
    ASSERT_GE(told.size(), 3U);
    for (std::size_t i = 1; i < told.size(); ++i)
        EXPECT_GE(told[i] - told[i - 1], seconds(30));
    EXPECT_LE(total, d.dropped("queue_full") + d.dropped("expired"));
    EXPECT_GT(total * 10, (d.dropped("queue_full") + d.dropped("expired")) * 6) << "most of it is told";
}

TEST(account_sending, what_waited_too_long_expires_also_while_offline) {
    account_driver d;
    d.reconnects = false;
    d.acc.add_route(1, "chan", d.now);
    d.push(1, "old");
    d.now += seconds(59);
    d.acc.connect_at(d.now);
    d.collect();
    EXPECT_EQ(d.dropped("expired"), 0U);
    d.now += seconds(1);
    d.acc.connect_at(d.now);
    d.collect();
    EXPECT_EQ(d.dropped("expired"), 1U);
    EXPECT_EQ(d.acc.pending(1), 0U);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
