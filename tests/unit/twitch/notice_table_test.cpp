// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/notice_table.hpp"

#include <gmock/gmock.h>

#include <set>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(notice_table, every_id_of_the_reference_has_its_reaction) {
    const std::vector<std::pair<reaction, std::vector<const char*>>> expected{
        {reaction::ratelimited, {"msg_ratelimit"}},
        {reaction::slow_mode, {"msg_slowmode"}},
        {reaction::timed_out, {"msg_timedout"}},
        {reaction::fatal, {"msg_suspended"}},
        {reaction::drop,
         {"msg_duplicate", "msg_r9k", "msg_rejected", "msg_censored_broadcaster", "no_permission",
          "unrecognized_cmd", "unavailable_command", "unsupported_chatrooms_cmd", "usage_timeout",
          "no_help"}},
        {reaction::split, {"msg_rejected_mandatory", "msg_bad_characters"}},
        {reaction::pause,
         {"msg_emoteonly", "msg_subsonly", "msg_followersonly", "msg_followersonly_followed",
          "msg_followersonly_zero", "msg_warned", "msg_channel_blocked", "msg_verified_email",
          "msg_requires_verified_phone_number", "msg_facebook", "msg_forbidden"}},
        {reaction::stop,
         {"msg_banned", "msg_banned_email_alias", "msg_channel_suspended", "tos_ban", "msg_room_not_found",
          "invalid_user", "msg_concurrent_channel_limit_reached"}},
        {reaction::informational,
         {"slow_on", "slow_off", "subs_on", "subs_off", "emote_only_on", "emote_only_off", "followers_on",
          "followers_on_zero", "followers_off", "r9k_on", "r9k_off"}},
    };
    for (const auto& [what, ids] : expected)
        for (const auto* id : ids)
            EXPECT_EQ(rule_for(id).what, what) << id;
}

TEST(notice_table, unknown_refusals_drop_and_other_unknown_ids_are_only_noted) {
    EXPECT_EQ(rule_for("msg_new_in_2030").what, reaction::drop);
    EXPECT_EQ(rule_for("host_on").what, reaction::informational);
    EXPECT_EQ(rule_for("").what, reaction::informational);
}

TEST(notice_table, rules_are_complete) {
    std::set<std::string_view> ids;
    for (const auto& rule : all_rules()) {
        EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
        EXPECT_FALSE(rule.sentence.empty()) << rule.id;
        const bool waits = rule.what == reaction::pause || rule.what == reaction::timed_out;
        EXPECT_EQ(rule.wait > core::duration{}, waits) << rule.id;
        EXPECT_LE(rule.wait, minutes(10)) << rule.id;
        EXPECT_EQ(!rule.dropped_as.empty(), rule.what == reaction::stop) << rule.id;
    }
}

TEST(notice_table, sentences_say_what_to_do_with_the_names_filled_in) {
    EXPECT_THAT(fill_sentence(rule_for("msg_followersonly").sentence, "chan", "bot"),
                testing::AllOf(testing::HasSubstr("/mod bot"), testing::Not(testing::HasSubstr("{"))));
}

TEST(notice_table, a_name_that_looks_like_a_placeholder_is_not_filled_again) {
    EXPECT_EQ(fill_sentence("#{c} {l}", "{l}", "bot"), "#{l} bot");
}

TEST(notice_table, waits_are_read_from_all_wordings) {
    EXPECT_EQ(wait_in_text(
                  "This room is in slow mode and you are sending messages too quickly. You will be able to "
                  "talk again in 12 seconds."),
              seconds(12));
    EXPECT_EQ(wait_in_text("You are timed out for 600 more seconds."), seconds(600));
    EXPECT_EQ(wait_in_text("You are banned from talking in chan4 for 1 more second."), seconds(1));
    EXPECT_EQ(wait_in_text("wait 5"), seconds(5));
    EXPECT_EQ(wait_in_text("no number in chan77"), std::nullopt);
    EXPECT_EQ(wait_in_text(""), std::nullopt);
}

TEST(notice_table, absurd_waits_are_bounded_to_two_weeks) {
    EXPECT_EQ(wait_in_text("for 1209600 more seconds"), seconds(1'209'600));
    EXPECT_EQ(wait_in_text("for 1209601 more seconds"), seconds(1'209'600));
    EXPECT_EQ(wait_in_text("for 99999999999999999999999 seconds"), seconds(1'209'600));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
