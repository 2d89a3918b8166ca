// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What happens to lines whose messages TikTok's moderators remove.

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "support/policy.hpp"
#include "tiktok2twitch/app/status/report.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"

namespace tiktok2twitch::egress {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using ids = std::vector<std::int64_t>;
using relay::outcome;
using order = relay::line_recall::order;

const core::time_point start{std::chrono::hours(1)};
const core::time_point later = start + std::chrono::minutes(5);

struct pipeline_recall_test : testing::Test {
    pipeline subject;
    relay::route_id route = subject.add_route("ann", "chan", test::policy("ann"));

    pipeline::parts comment(std::int64_t msg_id, const std::string& text, std::int64_t author = 0) {
        relay::event event;
        event.msg_id = msg_id;
        event.from.id = author == 0 ? msg_id * 10 : author;
        event.from.unique_id = "user" + std::to_string(event.from.id);
        event.from.nickname = "u" + std::to_string(event.from.id);
        event.text = text;
        event.received_at = start;
        return subject.on_event("ann", event, start);
    }
    void settle(const pipeline::parts& parts, outcome result = outcome::relayed,
                const std::string& reason = {}) {
        for (const auto& part : parts)
            subject.on_settled({part.ticket, part.route, result, reason});
    }
    std::optional<order> said(const std::string& id, const pipeline::parts& parts) {
        std::vector<relay::event_ticket> tickets;
        for (const auto& part : parts)
            tickets.push_back(part.ticket);
        return subject.on_said("chan", id, tickets, start);
    }
    // One line with three messages, 1, 2 and 3, that Twitch has accepted as `id`.
    pipeline::parts packed_line(const std::string& id = "line") {
        pipeline::parts parts;
        for (const auto& [msg_id, text] : {std::pair(1, "one"), std::pair(2, "two"), std::pair(3, "three")})
            parts.push_back(comment(msg_id, text).at(0));
        EXPECT_FALSE(said(id, parts));
        settle(parts);
        return parts;
    }
    std::vector<order> recall(const ids& messages, const ids& users = {}) {
        return subject.recall("ann", messages, users, start);
    }
    const route_state& books() const { return subject.routes().at(route); }
    static std::vector<std::string> bodies(const pipeline::parts& parts) {
        std::vector<std::string> out;
        for (const auto& part : parts)
            out.push_back(part.body);
        return out;
    }
};

TEST_F(pipeline_recall_test, the_others_are_said_again_as_they_were_and_received_and_relayed_once) {
    const auto before = packed_line();
    EXPECT_THAT(recall({2}), ElementsAre(order{"chan", "line"}));
    const auto again = subject.on_line_deleted({"chan", "line"}, later);
    EXPECT_THAT(bodies(again), ElementsAre("u10: one", "u30: three"));
    EXPECT_EQ(again[0].label, before[0].label);
    EXPECT_EQ(again[0].fold_key, before[0].fold_key);
    EXPECT_EQ(again[0].priority, before[0].priority);
    EXPECT_EQ(again[0].received_at, later) << "it waits its whole time again";
    EXPECT_NE(again[0].ticket, before[0].ticket);
    EXPECT_EQ(books().again.pending(), 2U);

    EXPECT_FALSE(said("next", again));
    EXPECT_THAT(subject.on_line(std::vector{again[0].ticket}), IsEmpty()) << "its mark was written";
    settle({again[0]}, outcome::relayed);
    settle({again[1]}, outcome::dropped, "expired");
    EXPECT_EQ(books().ledger.received(), 3U);
    EXPECT_EQ(books().ledger.relayed(), 3U);
    EXPECT_EQ(books().again.received(), 2U);
    EXPECT_EQ(books().again.relayed(), 1U);
    EXPECT_EQ(books().again.dropped().at("expired"), 1U);
    EXPECT_EQ(books().again.pending(), 0U);
    EXPECT_EQ(subject.open_tickets(), 0U);
}

TEST_F(pipeline_recall_test, what_is_removed_while_it_waits_to_be_said_again_is_withdrawn) {
    packed_line();
    recall({2});
    const auto again = subject.on_line_deleted({"chan", "line"}, later);
    EXPECT_THAT(recall({1}), IsEmpty()) << "it stands on no line now";
    EXPECT_THAT(subject.remove("ann", ids{1}, {}), UnorderedElementsAre(again[0].ticket));
    settle({again[0]}, outcome::dropped, "deleted_on_tiktok");
    EXPECT_EQ(books().again.dropped().at("deleted_on_tiktok"), 1U);
    EXPECT_EQ(books().again.pending(), 1U);
    EXPECT_EQ(subject.lines().counts(route).removed, 1U);
}

TEST_F(pipeline_recall_test, what_was_said_again_can_be_removed_like_anything_else) {
    packed_line();
    recall({2});
    const auto again = subject.on_line_deleted({"chan", "line"}, later);
    said("next", again);
    settle(again);
    EXPECT_THAT(recall({}, {10}), ElementsAre(order{"chan", "next"}));
    EXPECT_THAT(bodies(subject.on_line_deleted({"chan", "next"}, later)), ElementsAre("u30: three"));
    EXPECT_EQ(subject.lines().counts(route).deleted, 2U);
    EXPECT_EQ(books().again.received(), 3U);
    EXPECT_EQ(books().ledger.relayed(), 3U);
}

TEST_F(pipeline_recall_test, a_message_removed_between_the_line_and_its_confirmation_costs_the_line) {
    const auto one = comment(1, "one");
    const auto two = comment(2, "two");
    EXPECT_THAT(recall({2}), IsEmpty());
    subject.remove("ann", ids{2}, {});
    EXPECT_EQ(said("line", {one[0], two[0]}), (order{"chan", "line"}));
    settle({one[0], two[0]});
    EXPECT_THAT(bodies(subject.on_line_deleted({"chan", "line"}, later)), ElementsAre("u10: one"));
    EXPECT_EQ(books().ledger.relayed(), 2U);
}

TEST_F(pipeline_recall_test, twitchs_moderators_are_asked_again) {
    std::string reason;
    subject.set_gate([&](const std::string&, const relay::event& event) -> std::string_view {
        return event.from.unique_id == "user10" ? reason : std::string_view{};
    });
    packed_line();
    recall({2});
    reason = "muted_user";
    EXPECT_THAT(bodies(subject.on_line_deleted({"chan", "line"}, later)), ElementsAre("u30: three"));
    EXPECT_EQ(books().again.filtered().at("muted_user"), 1U);
    EXPECT_EQ(books().again.pending(), 1U);
    EXPECT_THAT(books().ledger.filtered(), IsEmpty());
}

TEST_F(pipeline_recall_test, a_word_that_was_blocked_since_is_not_said_again) {
    packed_line();
    recall({2});
    subject.set_blocked_words("chan", {"three"});
    EXPECT_THAT(bodies(subject.on_line_deleted({"chan", "line"}, later)), ElementsAre("u10: one"));
    EXPECT_EQ(books().again.filtered().at("blocked_word"), 1U);
}

TEST_F(pipeline_recall_test, what_needs_a_moderator_by_now_is_held_and_what_one_approved_is_said) {
    auto settings = app::default_config();
    settings.filter.words = {"one"};
    settings.filter.words_action = relay::filter_action::hold;
    const auto first = comment(3, "three");
    subject.replace_policy(route, test::policy("ann", settings));
    EXPECT_THAT(comment(1, "one"), IsEmpty());
    const auto approved = subject.approve("chan", 0, start).value();
    const auto gone = comment(2, "two");
    said("line", {first[0], approved, gone[0]});
    settle({first[0], approved, gone[0]});
    recall({2});
    settings.filter.words = {"one", "three"};
    subject.replace_policy(route, test::policy("ann", settings));
    EXPECT_THAT(bodies(subject.on_line_deleted({"chan", "line"}, later)), ElementsAre("u10: one"));
    EXPECT_EQ(subject.held(route), 1U);
    EXPECT_EQ(books().again.pending(), 2U);
    subject.deny("chan", 0);
    EXPECT_EQ(books().again.filtered().at("denied"), 1U);
    EXPECT_EQ(books().ledger.relayed(), 3U);
}

TEST_F(pipeline_recall_test, rates_and_first_messages_are_not_counted_twice) {
    auto settings = app::default_config();
    settings.filter.per_user = {1, std::chrono::hours(1)};
    subject.replace_policy(route, test::policy("ann", settings));
    packed_line();
    recall({2});
    EXPECT_EQ(subject.on_line_deleted({"chan", "line"}, later).size(), 2U);
}

TEST_F(pipeline_recall_test, a_masked_text_is_said_again_as_it_was_masked) {
    auto settings = app::default_config();
    settings.filter.words = {"darn"};
    settings.filter.words_action = relay::filter_action::mask;
    subject.replace_policy(route, test::policy("ann", settings));
    const auto masked = comment(1, "darn example.com");
    const auto gone = comment(2, "two");
    said("line", {masked[0], gone[0]});
    settle({masked[0], gone[0]});
    recall({2});
    EXPECT_THAT(bodies(subject.on_line_deleted({"chan", "line"}, later)), ElementsAre(masked[0].body));
}

TEST_F(pipeline_recall_test, a_line_of_a_route_that_was_removed_is_deleted_and_not_said_again) {
    packed_line();
    subject.remove_route(route);
    EXPECT_THAT(recall({2}), ElementsAre(order{"chan", "line"}));
    EXPECT_THAT(subject.on_line_deleted({"chan", "line"}, later), IsEmpty());
    EXPECT_EQ(books().again.dropped().at("route_removed"), 2U);
}

TEST_F(pipeline_recall_test, the_report_tells_both_equations) {
    packed_line();
    packed_line("second");
    recall({2});
    const auto again = subject.on_line_deleted({"chan", "line"}, later);
    settle({again[0]}, outcome::folded);
    settle({again[1]}, outcome::dropped, "expired");
    subject.lines().on_kept({"chan", "second"}, "deletion_refused", later);
    const auto progress = [](relay::route_id) {
        return route_progress{0, 3, 3};
    };
    const auto report = nlohmann::json::parse(app::report_json(subject, progress, false)).at("routes").at(0);
    EXPECT_EQ(report.at("received"), 6);
    EXPECT_EQ(report.at("relayed"), 6);
    EXPECT_EQ(report.at("deletions"), nlohmann::json::parse(R"({
        "removed": 2, "deleted": 1, "kept": {"deletion_refused": 1}, "pending": 0,
        "said_again": {"received": 2, "relayed": 0, "folded": 1, "filtered": {}, "dropped": {"expired": 1}, "pending": 0}})"));
    const auto text = app::summary_text(subject, progress);
    EXPECT_THAT(text, HasSubstr("removed on TikTok when already said 2, deleted 1 of them"));
    EXPECT_THAT(text, HasSubstr("not deleted 1: Twitch does not let the bot"));
    EXPECT_THAT(text, HasSubstr("said again, since they shared a line with those 1 of 2"));
    EXPECT_THAT(text, HasSubstr("not said again 1: waited longer"));
}

}  // namespace
}  // namespace tiktok2twitch::egress
