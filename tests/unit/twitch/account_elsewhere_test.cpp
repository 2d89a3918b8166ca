// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Somebody else uses the bot's account: types with it in our channels, in others, or runs a second relay.
#include <gmock/gmock.h>

#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using severity = notice::severity;

std::string typed(const std::string& text, const std::string& id = "", const std::string& channel = "chan") {
    return "@badges=;id=" + id + ";mod=0 :bot!bot@bot.tmi.twitch.tv PRIVMSG #" + channel + " :" + text;
}

account_driver unpacked(bool moderator = false) {
    options settings;
    settings.pack = false;
    settings.max_age = std::chrono::hours(1);
    settings.backlog = 100'000;
    account_driver d(settings);
    if (moderator)
        d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.get_ready();
    return d;
}

struct said {
    core::time_point at;
    bool ours;
};

// A person types every `pause`, and there is always something to relay.
std::vector<said> share(account_driver& d, core::duration pause, core::duration span) {
    std::vector<said> all;
    const auto before = d.lines.size();
    const auto end = d.now + span;
    for (int i = 0; i < 600; ++i)
        d.push(1, "m" + std::to_string(i));
    for (int i = 0; d.now < end; ++i) {
        all.push_back({d.now, false});
        d.say(typed("typed " + std::to_string(i), "typed-" + std::to_string(i)));
        d.run_for(pause);
    }
    for (std::size_t i = before; i < d.lines.size(); ++i)
        all.push_back({d.lines[i].at, true});
    std::sort(all.begin(), all.end(),
              [](const said& a, const said& b) { return a.at != b.at ? a.at < b.at : a.ours > b.ours; });
    return all;
}

// Of both, in the window up to each line, or to each of ours.
std::size_t most_in_window(const std::vector<said>& all, core::duration window = seconds(32),
                           bool up_to_ours = true) {
    std::size_t most = 0;
    for (std::size_t last = 0; last < all.size(); ++last) {
        std::size_t count = 0;
        for (std::size_t i = 0; i <= last; ++i)
            count += all[last].at - all[i].at < window ? 1 : 0;
        if (all[last].ours || !up_to_ours)
            most = std::max(most, count);
    }
    return most;
}

TEST(account_elsewhere, lines_of_a_person_count_in_the_budget_and_leave_room_for_unseen_ones) {
    for (const auto pause : {milliseconds(3'000), milliseconds(5'100), milliseconds(20'000)}) {
        auto d = unpacked();
        const auto all = share(d, pause, minutes(5));
        EXPECT_LE(most_in_window(all), 14U);
        EXPECT_GE(d.lines.size(), (14 * 300 / 32) - static_cast<std::size_t>(300'000 / pause.count()) - 1);
        EXPECT_GT(d.acc.budget(d.now).elsewhere, minutes(9));
        EXPECT_EQ(d.acc.budget(d.now).normal.limit, 14U);
        for (std::size_t i = 1; i < all.size(); ++i) {
            if (all[i].ours) {
                EXPECT_GE(all[i].at - all[i - 1].at, milliseconds(1250));
            }
        }
    }
}

TEST(account_elsewhere, twitch_s_limit_holds_when_a_person_begins_to_type_in_the_middle_of_a_flood) {
    for (const auto pause : {seconds(2), seconds(3), seconds(5), seconds(9)}) {
        auto d = unpacked();
        for (int i = 0; i < 70; ++i)
            d.push(1, "before " + std::to_string(i));
        d.run_for(minutes(2));
        const auto full = d.lines.size();
        auto all = share(d, pause, minutes(3));
        for (std::size_t i = 0; i < full; ++i)
            all.insert(all.begin() + static_cast<std::ptrdiff_t>(i), {d.lines[i].at, true});
        EXPECT_LE(most_in_window(all, seconds(30), false), 20U) << pause.count();
    }
}

TEST(account_elsewhere, a_moderator_keeps_to_eighty) {
    auto d = unpacked(true);
    const auto all = share(d, seconds(2), minutes(3));
    EXPECT_LE(most_in_window(all), 80U);
    EXPECT_GE(d.lines.size(), 80U * 180 / 32 - 90 - 1);
    EXPECT_EQ(d.acc.budget(d.now).moderator.limit, 80U);
}

TEST(account_elsewhere, it_is_said_once_and_ends_ten_minutes_after_the_last_line) {
    auto d = unpacked();
    EXPECT_EQ(d.acc.budget(d.now).elsewhere, seconds(0));
    for (int i = 0; i < 5; ++i) {
        d.say(typed("hello", "t" + std::to_string(i)));
        d.run_for(minutes(2));
    }
    EXPECT_EQ(d.told(severity::warning, "this account is also used elsewhere"), 1U);
    EXPECT_EQ(d.told(severity::warning, "at most 14 lines in 32 s (as a moderator 80)"), 1U);
    d.run_for(minutes(7));
    EXPECT_EQ(d.acc.budget(d.now).normal.limit, 14U);
    EXPECT_EQ(d.told(severity::info, "usual limits"), 0U);
    d.run_for(minutes(2));
    EXPECT_EQ(d.acc.budget(d.now).normal.limit, 18U);
    EXPECT_EQ(d.acc.budget(d.now).elsewhere, seconds(0));
    EXPECT_EQ(d.told(severity::info, "usual limits"), 1U);
    d.say(typed("again", "z"));
    d.run_for(seconds(1));
    EXPECT_EQ(d.told(severity::warning, "this account is also used elsewhere"), 2U);
}

TEST(account_elsewhere, lower_limits_of_the_configuration_stay) {
    options settings;
    settings.limit_normal = {6, seconds(32)};
    account_driver d(settings);
    d.get_ready();
    d.say(typed("hello"));
    d.run_for(seconds(1));
    EXPECT_EQ(d.acc.budget(d.now).normal.limit, 6U);
    EXPECT_EQ(d.told(severity::warning, "at most 6 lines in 32 s (as a moderator 80)"), 1U);
}

TEST(account_elsewhere, short_windows_of_the_configuration_are_no_way_around_it) {
    options settings;
    settings.limit_normal = {5, seconds(8)};  // 20 in 32 s
    settings.pack = false;
    account_driver d(settings);
    d.get_ready();
    EXPECT_LE(most_in_window(share(d, seconds(10), minutes(3))), 14U);
}

TEST(account_elsewhere, slow_mode_counts_from_somebody_else_s_line) {
    auto d = unpacked();
    d.say("@slow=10 :tmi.twitch.tv ROOMSTATE #chan");
    d.say(typed("hello"));
    const auto at = d.now;
    d.push(1, "waits");
    d.run_for(seconds(20));
    ASSERT_EQ(d.lines.size(), 1U);
    EXPECT_GE(d.lines[0].at, at + milliseconds(10'500));
}

TEST(account_elsewhere, the_duplicate_rule_looks_at_the_last_line_whoever_said_it) {
    auto d = unpacked();
    d.push(1, "ann: hi", "");
    d.run_for(seconds(2));
    d.say(typed("something else", "a"));
    d.push(1, "ann: hi", "");  // Twitch compares with the last line only
    d.run_for(seconds(3));
    EXPECT_EQ(d.relayed(), 2U);
    d.say(typed("bob: hi", "b"));
    d.push(1, "bob: hi", "");
    d.run_for(seconds(5));
    EXPECT_EQ(d.dropped("repeat"), 1U);
    EXPECT_EQ(d.lines.size(), 2U);
}

TEST(account_elsewhere, lines_in_channels_without_a_route_count_too) {
    auto d = unpacked();
    d.say(typed("hello", "a", "elsewhere"));
    d.say("@badges=;id=b;mod=0 :tmi.twitch.tv USERSTATE #elsewhere");
    d.run_for(seconds(1));
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 2U);
    EXPECT_EQ(d.acc.budget(d.now).normal.limit, 14U);
    d.say("@badges=moderator/1;id=c;mod=1 :tmi.twitch.tv USERSTATE #elsewhere");
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 2U);
    EXPECT_EQ(d.acc.budget(d.now).moderator.used, 3U);
}

TEST(account_elsewhere, a_user_state_that_answers_no_line_of_ours_is_one_of_somebody_else) {
    auto d = unpacked();
    d.say(d.user_state("chan"));  // no id: a rank, a late JOIN
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 0U);
    d.say(d.user_state("chan", "x"));
    d.say(typed("the same line", "x"));
    d.run_for(seconds(1));
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 1U);
    EXPECT_EQ(d.told(severity::warning, "also used elsewhere"), 1U);
    d.say(typed("another one", "y"));
    d.say(d.user_state("chan", "y"));
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 2U);
}

TEST(account_elsewhere, somebody_else_s_user_state_does_not_confirm_our_line) {
    auto d = unpacked();
    d.answer = [](const auto&) {
        return "";
    };
    d.push(1, "ours");
    d.run_for(milliseconds(100));
    d.say(typed("theirs", "x"));
    d.say(d.user_state("chan", "x"));
    EXPECT_EQ(d.relayed(), 0U);
    d.say(d.user_state("chan", "ours"));
    EXPECT_EQ(d.relayed(), 1U);
    ASSERT_EQ(d.deliveries.size(), 1U);
    EXPECT_EQ(d.deliveries[0].line_id, "ours");
}

TEST(account_elsewhere, the_own_account_is_known_by_its_number_under_a_new_name) {
    auto d = unpacked();
    d.say("@user-id=77 :tmi.twitch.tv GLOBALUSERSTATE");
    d.say("@id=a;user-id=77 :newname!newname@newname PRIVMSG #chan :hello");
    d.say("@id=b;user-id=78 :ann!ann@ann PRIVMSG #chan :hello");
    d.run_for(seconds(1));
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 1U);
}

// A line was written, and its connection died.
struct lost_line : testing::Test {
    account_driver d = unpacked();

    void SetUp() override {
        d.answer = [](const auto&) {
            return "";
        };
        d.push(1, "lost");
        d.run_for(milliseconds(500));
        ASSERT_EQ(d.lines.size(), 1U);
        d.answer = [this](const auto& sent) {
            return d.accept(sent.line.channel);
        };
    }
    // Back in the room, before the line goes again.
    void come_back() {
        d.disconnect();
        while (d.status().state != channel_state::ready)
            d.run_for(milliseconds(10));
        ASSERT_EQ(d.lines.size(), 1U);
    }
};

TEST_F(lost_line, its_echo_after_a_reconnect_is_no_stranger_and_settles_it) {
    d.say("@slow=10 :tmi.twitch.tv ROOMSTATE #chan");  // it does not go again at once
    come_back();
    d.say(typed("[T] lost", "a"));
    d.run_for(seconds(30));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.acc.lines_accepted(1), 1U);
    ASSERT_EQ(d.deliveries.size(), 1U);
    EXPECT_EQ(d.deliveries[0].line_id, "a");
    EXPECT_EQ(d.told(severity::warning, "also used elsewhere"), 0U);
    EXPECT_EQ(d.acc.budget(d.now).normal.limit, 18U);
}

TEST_F(lost_line, its_echo_while_it_goes_again_is_no_stranger) {
    d.disconnect();
    d.answer = [](const auto&) {
        return "";
    };
    d.run_for(seconds(4));
    ASSERT_EQ(d.lines.size(), 2U);
    d.say(typed("[T] lost", "a"));
    d.say(account_driver::refuse("chan", "msg_duplicate"));
    d.run_for(seconds(1));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.told(severity::warning, "also used elsewhere"), 0U);
}

TEST_F(lost_line, somebody_else_s_line_ends_the_resend) {
    d.say("@slow=10 :tmi.twitch.tv ROOMSTATE #chan");
    come_back();
    d.say(typed("theirs", "a"));
    d.run_for(seconds(1));
    EXPECT_EQ(d.dropped("unknown"), 1U);
    d.run_for(seconds(30));
    EXPECT_EQ(d.lines.size(), 1U);
}

TEST_F(lost_line, while_the_account_is_used_elsewhere_nothing_is_sent_again) {
    d.say(typed("theirs", "a"));  // before the connection died: more may have followed unseen
    d.disconnect();
    d.run_for(seconds(30));
    EXPECT_EQ(d.dropped("unknown"), 1U);
    EXPECT_EQ(d.lines.size(), 1U);
}

TEST(account_elsewhere, a_line_of_ours_that_leaves_late_keeps_its_place_in_the_budget) {
    auto d = unpacked();
    d.leaves = [&](const auto&) {
        d.say(typed("meanwhile", "a"));
        return true;
    };
    d.push(1, "ours");
    d.run_for(seconds(1));
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 2U);
    d.leaves = [&](const auto&) {
        d.say(typed("and again", "b"));
        return false;
    };
    d.push(1, "not said");
    d.run_for(milliseconds(5000));
    // The pause after somebody else's line holds although our own did not leave.
    for (std::size_t i = 1; i < d.lines.size(); ++i)
        EXPECT_GE(d.lines[i].at - d.lines[i - 1].at, milliseconds(1250));
}

TEST(account_elsewhere, foreign_lines_are_for_the_send_log_too) {
    auto d = unpacked();
    d.push(1, "ours");
    d.run_for(seconds(2));
    EXPECT_TRUE(d.acc.take_foreign_lines().empty());
    d.say(typed("theirs", "a"));
    const auto at = d.now;
    d.say(typed("theirs", "a"));
    EXPECT_THAT(d.acc.take_foreign_lines(), testing::ElementsAre(at));
    EXPECT_TRUE(d.acc.take_foreign_lines().empty());
    for (int i = 0; i < 3'000; ++i)
        d.say(typed("flood"));
    EXPECT_EQ(d.acc.take_foreign_lines().size(), 1'000U);
}

TEST(account_elsewhere, in_a_shared_chat_a_line_counts_once_and_spaces_nothing_here) {
    auto d = unpacked();
    const std::string there =
        "@badges=;id=copy;room-id=1;source-id=orig;source-room-id=2 :bot!bot@bot PRIVMSG #chan :";
    d.say(there + "typed over there");
    d.say(there + "typed over there");
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 1U);
    d.push(1, "at once");
    d.run_for(milliseconds(100));
    EXPECT_EQ(d.lines.size(), 1U);
    d.say(
        "@badges=;id=c2;room-id=3;source-id=id-1;source-room-id=1 :bot!bot@bot PRIVMSG #other :[T] at once");
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 2U);
}

TEST(account_elsewhere, a_second_relay_of_the_same_room_is_an_error_with_its_fix) {
    auto d = unpacked();
    d.push(1, "ann: hi");
    d.run_for(seconds(3));
    d.say(typed("[T] good evening, I am typing", "a"));
    EXPECT_FALSE(d.status().other_relay);
    d.say(typed("[T] ann: hi", "b"));
    EXPECT_TRUE(d.status().other_relay);
    d.say(typed("[T] bob: and this", "c"));
    d.push(1, "bob: and this");
    d.run_for(seconds(5));
    EXPECT_EQ(d.told(severity::error, "another relay carries the same TikTok room"), 1U);
    EXPECT_EQ(d.told(severity::error, "Stop one of the two"), 1U);
    d.push(1, "goes on");
    d.run_for(seconds(10));
    EXPECT_THAT(d.lines.back().line.text, HasSubstr("goes on"));
    d.run_for(minutes(11));
    EXPECT_FALSE(d.status().other_relay);
}

TEST(account_elsewhere, a_second_relay_that_is_a_moment_faster_is_noticed_by_the_refused_line) {
    auto d = unpacked();
    d.rtt = milliseconds(300);
    d.answer = [](const auto&) {
        return account_driver::refuse("chan", "msg_duplicate");
    };
    d.push(1, "ann: hi");
    d.run_for(milliseconds(100));
    d.say(typed("[T] ann: hi", "b"));
    EXPECT_FALSE(d.status().other_relay);
    d.run_for(seconds(1));
    EXPECT_TRUE(d.status().other_relay);
    EXPECT_EQ(d.told(severity::warning, "also used elsewhere"), 1U);
}

TEST(account_elsewhere, a_server_that_echoes_our_own_lines_is_no_stranger) {
    auto d = unpacked();
    d.answer = [&](const auto& sent) {
        const auto id = "id-" + std::to_string(++d.next_id);
        d.arriving.emplace(d.now + milliseconds(20), typed(sent.line.text, id));
        return d.user_state(sent.line.channel, id);
    };
    for (int i = 0; i < 5; ++i)
        d.push(1, "ann: m" + std::to_string(i));
    d.run_for(seconds(20));
    EXPECT_EQ(d.relayed(), 5U);
    EXPECT_EQ(d.told(severity::warning, "also used elsewhere"), 0U);
    EXPECT_FALSE(d.status().other_relay);
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 5U);
}

TEST(account_elsewhere, who_reads_for_us_over_helix_sees_our_own_lines_and_others) {
    auto d = unpacked();
    d.answer = [&](const auto& sent) {
        const auto id = "id-" + std::to_string(++d.next_id);
        d.acc.on_own_line({"chan", id, sent.line.text}, d.now);  // before the answer
        return d.user_state(sent.line.channel, id);
    };
    for (int i = 0; i < 5; ++i)
        d.push(1, "ann: m" + std::to_string(i));
    d.run_for(seconds(20));
    EXPECT_EQ(d.relayed(), 5U);
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 5U);
    EXPECT_EQ(d.told(severity::warning, "also used elsewhere"), 0U);
    d.acc.on_own_line({"chan", "x", "typed"}, d.now);
    d.run_for(seconds(1));
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 6U);
    EXPECT_EQ(d.told(severity::warning, "also used elsewhere"), 1U);
}

TEST(account_elsewhere, the_streamer_s_own_account_types_and_commands_still_work) {
    options settings;
    settings.command_word = "!tiktok";
    settings.login = "chan";
    account_driver d(settings);
    d.rank_tags["chan"] = "badges=broadcaster/1;mod=0";
    d.get_ready();
    d.say("@badges=broadcaster/1;id=a :chan!chan@chan PRIVMSG #chan :!tiktok pause");
    d.run_for(seconds(1));
    ASSERT_EQ(d.chat.size(), 1U);
    EXPECT_TRUE(d.chat[0].may_command);
    EXPECT_EQ(d.acc.budget(d.now).moderator.used, 1U);
    EXPECT_EQ(d.acc.budget(d.now).normal.used, 0U);
    EXPECT_EQ(d.acc.budget(d.now).moderator.limit, 80U);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
