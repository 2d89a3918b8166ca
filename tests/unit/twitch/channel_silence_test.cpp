// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// The account's own tests (account_probes_test.cpp) have the whole of it.
#include <gmock/gmock.h>

#include "tiktok2twitch/twitch/sending/channel_silence.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const core::time_point start{std::chrono::hours(1)};

struct channel_silence_test : testing::Test {
    channel_silence_test() {
        account.settings.login = "bot";
        silence.enter(now);
        join();
    }
    // JOINs what is due and answers it; what was said meanwhile is forgotten.
    void join() {
        while (account.joins.next(seconds(10), now)) {
        }
        account.joins.on_user_state(silence.called(), now);
        account.joins.on_room_state({silence.called()}, now);
        for (const auto& ready : account.joins.take_ready(now))
            EXPECT_EQ(ready.name, silence.called());
    }
    std::vector<std::string> told() {
        std::vector<std::string> out;
        for (auto& each : std::exchange(account.notices, {}))
            if (each.level != notice::severity::debug)
                out.push_back(each.text);
        return out;
    }

    account_parts account{options{}};
    core::time_point now = start;
    channel_silence silence{account, "ann"};
};

TEST_F(channel_silence_test, a_ban_is_asked_about_by_a_join_which_ends_it) {
    silence.stop(rule_for("msg_banned"), true, now);
    EXPECT_FALSE(silence.is_open());
    EXPECT_EQ(silence.next_try(now), now + minutes(1));
    EXPECT_EQ(silence.probe_due(true, now), core::time_point::max());  // a line is on its way
    now = silence.probe_due(false, now);
    silence.ask(now);
    EXPECT_EQ(silence.next_try(now), now);
    join();
    silence.on_joined(now);
    EXPECT_TRUE(silence.is_open());
    EXPECT_THAT(told(), ElementsAre("Twitch lets the bot into the channel; lines go on."));
}

TEST_F(channel_silence_test, a_timeout_ends_by_itself_or_with_a_higher_rank) {
    silence.time_out(minutes(5), now);
    EXPECT_EQ(silence.gate().standing(now)->until, now + minutes(5) + seconds(1));
    EXPECT_FALSE(silence.on_role(role::moderator, now));
    EXPECT_EQ(silence.gate().standing(now), nullptr);
    EXPECT_TRUE(silence.on_role(role::ordinary, now));
    EXPECT_THAT(told(), ElementsAre("the bot is a moderator now; sending faster.",
                                    "the bot's rank has risen; lines go on.",
                                    "the bot is no moderator any more; sending slower."));
}

TEST_F(channel_silence_test, suspected_mutes_grow_until_a_line_is_accepted) {
    silence.on_unanswered(now);
    EXPECT_EQ(silence.gate().standing(now)->until, now + minutes(1));
    silence.on_unanswered(now);
    EXPECT_EQ(silence.gate().standing(now)->until, now + minutes(2));
    for (int i = 0; i < 9; ++i)
        silence.on_unanswered(now);
    EXPECT_EQ(silence.gate().standing(now)->until, now + channel_gate::longest_mute);
    told();
    now += minutes(31);
    silence.on_accepted(now);
    EXPECT_THAT(told(), ElementsAre("lines are answered again.", "lines are accepted again."));
    silence.on_unanswered(now);
    EXPECT_EQ(silence.gate().standing(now)->until, now + minutes(1));
}

TEST_F(channel_silence_test, the_same_notice_is_told_once_in_ten_minutes) {
    silence.tell(rule_for("msg_duplicate"), {}, now);
    silence.tell(rule_for("msg_duplicate"), {}, now + minutes(9));
    silence.tell(rule_for("msg_duplicate"), {}, now + minutes(10));
    EXPECT_THAT(told(), testing::SizeIs(2));
    EXPECT_TRUE(silence.is_news("other_relay", now));
    EXPECT_FALSE(silence.is_news("other_relay", now));
}

TEST_F(channel_silence_test, a_channel_that_does_not_exist_is_stopped_once_and_goes_on_when_it_does) {
    EXPECT_FALSE(silence.on_known({}, false, now));  // chat knows better
    account.joins.forget("ann");
    EXPECT_TRUE(silence.on_known({}, false, now));
    EXPECT_THAT(account.doubts, testing::SizeIs(1));
    EXPECT_THAT(told(), testing::SizeIs(1));
    EXPECT_FALSE(silence.on_known({}, false, now));
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_FALSE(silence.on_known({true, "ann", false}, false, now));
    EXPECT_THAT(told(), ElementsAre("there is such a channel now."));
    EXPECT_FALSE(silence.gate().block_state());
}

TEST_F(channel_silence_test, a_renamed_channel_is_followed_unless_another_route_goes_there) {
    account.joins.forget("ann");
    EXPECT_FALSE(silence.on_known({true, "anna", false}, true, now));
    EXPECT_EQ(silence.called(), "ann");
    EXPECT_THAT(told(), ElementsAre(HasSubstr("Remove this one")));
    EXPECT_FALSE(silence.on_known({true, "anna", false}, false, now));
    EXPECT_EQ(silence.called(), "anna");
    EXPECT_EQ(silence.name(), "ann");
    EXPECT_TRUE(account.joins.wants("anna"));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
