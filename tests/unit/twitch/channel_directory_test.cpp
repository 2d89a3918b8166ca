// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/helix/channel_directory.hpp"

#include <gmock/gmock.h>

#include "tiktok2twitch/twitch/error.hpp"
#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class channel_directory_test : public testing::Test {
public:
    channel_directory names{7};
    core::time_point now{std::chrono::hours(1)};

    static std::vector<std::string> names_of(const std::vector<channel_directory::question>& questions) {
        std::vector<std::string> out;
        for (const auto& each : questions)
            out.push_back(each.id ? each.channel + "=" + each.id->text() : each.channel);
        return out;
    }
    std::vector<std::string> due(core::time_point at) const { return names_of(names.due(at)); }
    std::vector<std::string> told(const std::vector<channel_directory::question>& asked,
                                  const std::vector<helix_user>& users) {
        std::vector<std::string> out;
        for (const auto& each : names.on_answer(asked, users, now))
            out.push_back((each.what.exists ? "+" : "-") + each.channel +
                          (each.what.called.empty() || each.what.called == each.channel
                               ? ""
                               : " is " + each.what.called) +
                          (each.what.by_id ? " by id" : ""));
        return out;
    }
    std::vector<std::string> answer(const std::vector<std::string>& asked,
                                    const std::vector<std::string>& existing) {
        std::vector<helix_user> users;
        for (const auto& name : existing)
            users.push_back({*user_id::parse("1"), name});
        std::vector<channel_directory::question> questions;
        for (const auto& name : asked)
            questions.push_back({name, std::nullopt});
        return told(questions, users);
    }
    void fail(core::error_code error) { EXPECT_THAT(names.on_answer(names.due(now), error, now), IsEmpty()); }
};

TEST_F(channel_directory_test, a_channel_that_exists_is_asked_about_once) {
    names.add("chan");
    EXPECT_THAT(due(now), ElementsAre("chan"));
    EXPECT_THAT(answer({"chan"}, {"chan"}), ElementsAre("+chan"));
    names.add("chan");
    EXPECT_THAT(due(now + std::chrono::hours(100)), IsEmpty());
    EXPECT_EQ(names.deadline(), core::time_point::max());
}

TEST_F(channel_directory_test, one_that_does_not_is_asked_about_again_later) {
    names.add("chan");
    names.add("typo");
    EXPECT_THAT(answer({"chan", "typo"}, {"chan"}), ElementsAre("+chan", "-typo"));
    EXPECT_THAT(due(now + minutes(9)), IsEmpty());
    EXPECT_EQ(names.deadline(), now + channel_directory::missing_again);
    now += channel_directory::missing_again;
    EXPECT_THAT(due(now), ElementsAre("typo"));
    EXPECT_THAT(answer({"typo"}, {"typo"}), ElementsAre("+typo"));
    EXPECT_THAT(due(now + std::chrono::hours(1)), IsEmpty());
}

TEST_F(channel_directory_test, trouble_is_met_with_patience_and_nothing_is_concluded_from_it) {
    names.add("chan");
    for (int i = 0; i < 12; ++i) {
        now = std::max(now, names.deadline());
        fail(make_error_code(errc::api_error));
    }
    EXPECT_THAT(due(now + seconds(40)), IsEmpty());
    EXPECT_THAT(due(now + seconds(80)), ElementsAre("chan"));
    now += seconds(80);
    for (const auto hopeless : {errc::token_invalid, errc::scope_missing, errc::login_needed}) {
        fail(make_error_code(hopeless));
        EXPECT_THAT(due(now + minutes(9)), IsEmpty());
        EXPECT_THAT(due(now + minutes(10)), ElementsAre("chan"));
        now += minutes(10);
    }
}

TEST_F(channel_directory_test, a_wait_that_twitch_asks_for_is_kept) {
    names.add("chan");
    names.on_answer(names.due(now), core::error_code(errc::api_rate_limited), now, seconds(45));
    EXPECT_EQ(names.deadline(), now + seconds(45));
    EXPECT_THAT(due(now + seconds(44)), IsEmpty());
    EXPECT_THAT(due(now + seconds(45)), testing::SizeIs(1));
}

TEST_F(channel_directory_test, no_request_asks_about_more_than_twitch_allows) {
    for (int i = 0; i < 150; ++i)
        names.add("chan" + std::to_string(i));
    const auto first = due(now);
    EXPECT_THAT(first, SizeIs(most_users_per_request));
    answer(first, first);
    EXPECT_THAT(due(now), SizeIs(150 - most_users_per_request));
}

TEST_F(channel_directory_test, an_answer_about_a_channel_that_is_not_ours_any_more_says_nothing) {
    names.add("chan");
    names.remove("chan");
    EXPECT_THAT(answer({"chan"}, {}), IsEmpty());
}

TEST_F(channel_directory_test, a_doubted_channel_is_asked_about_by_its_accounts_number) {
    names.add("chan");
    EXPECT_THAT(answer({"chan"}, {"chan"}), ElementsAre("+chan"));
    names.doubt("chan", "77");  // the API said 1
    EXPECT_THAT(due(now), ElementsAre("chan=1"));
    const auto asked = names.due(now);
    EXPECT_THAT(told(asked, {{*user_id::parse("1"), "newname"}}), ElementsAre("+chan is newname by id"));
    EXPECT_THAT(due(now + std::chrono::hours(9)), IsEmpty());
    names.doubt("chan", "");
    EXPECT_THAT(due(now + seconds(59)), IsEmpty()) << "asked a moment ago";
    now += channel_directory::doubted_again;
    EXPECT_THAT(told(names.due(now), {}), ElementsAre("-chan by id"));
    EXPECT_THAT(due(now + channel_directory::missing_again), ElementsAre("chan=1"));
}

TEST_F(channel_directory_test, the_number_that_chat_told_is_as_good) {
    names.add("chan");
    names.doubt("chan", "77");
    names.doubt("elsewhere", "78");
    EXPECT_THAT(due(now), ElementsAre("chan=77"));
    EXPECT_THAT(told(names.due(now), {{*user_id::parse("77"), "chan"}}), ElementsAre("+chan by id"));
    names.add("other");
    names.doubt("other", "no number");
    EXPECT_THAT(due(now), ElementsAre("other"));
}

// What the account makes of it.
class account_channel_known : public testing::Test {
public:
    account_driver d;
    static channel_finding exists(std::string called) { return {true, std::move(called), false}; }
};

TEST_F(account_channel_known, a_missing_channel_is_said_once_and_its_lines_are_counted) {
    d.get_ready();
    d.answers_joins = false;
    d.acc.add_route(2, "typo", d.now);
    d.push(2, "waits");
    d.run_for(seconds(1));
    d.acc.on_channel_known("typo", {}, d.now);
    d.push(2, "comes later");
    d.push(1, "goes");
    d.run_for(minutes(1));
    d.acc.on_channel_known("typo", {}, d.now);
    d.collect();
    EXPECT_EQ(d.told(notice::severity::error, "no such channel"), 1U);
    EXPECT_EQ(d.dropped("channel_not_found"), 2U);
    EXPECT_EQ(d.relayed(), 1U) << "the other channel goes on";
    const auto status = d.acc.channels(d.now);
    EXPECT_TRUE(std::any_of(status.begin(), status.end(), [](const channel_status& each) {
        return each.channel == "typo" && each.state == channel_state::blocked &&
               each.reason == "msg_room_not_found";
    }));
    EXPECT_FALSE(d.acc.fatal());
}

TEST_F(account_channel_known, one_that_exists_after_all_is_joined) {
    d.get_ready();
    d.answers_joins = false;
    d.acc.add_route(2, "late", d.now);
    d.acc.on_channel_known("late", {}, d.now);
    d.run_for(minutes(1));
    d.protocol.clear();
    d.answers_joins = true;
    d.acc.on_channel_known("late", exists("late"), d.now);
    d.run_for(seconds(5));
    EXPECT_THAT(d.protocol, HasSubstr("JOIN #late"));
    d.push(2, "goes");
    d.run_for(seconds(5));
    EXPECT_EQ(d.relayed(), 1U);
}

TEST_F(account_channel_known, chat_knows_better_about_a_channel_that_was_joined) {
    d.get_ready();
    d.acc.on_channel_known("chan", {}, d.now);
    d.acc.on_channel_known("chan", exists("chan"), d.now);
    d.acc.on_channel_known("nobodys", {}, d.now);
    d.push(1, "goes");
    d.run_for(seconds(5));
    EXPECT_EQ(d.relayed(), 1U);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
