// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/egress/pipeline.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/policy.hpp"
#include "tiktok2twitch/app/status/report.hpp"

namespace tiktok2twitch::egress {
namespace {

const core::time_point now{std::chrono::hours(1)};

relay::event comment(std::int64_t msg_id, const std::string& text) {
    relay::event event;
    event.msg_id = msg_id;
    event.from.id = 5;
    event.from.nickname = "Ann";
    event.text = text;
    return event;
}

class pipeline_test : public testing::Test {
protected:
    relay::settlement settled(relay::event_ticket ticket, relay::outcome result,
                              const std::string& reason = "") {
        return {ticket, 1, result, reason};
    }
    pipeline pipeline_;
};

TEST_F(pipeline_test, an_event_takes_every_route_of_its_room_and_no_other) {
    pipeline_.add_route("ann", "one", test::policy("ann"));
    pipeline_.add_route("ann", "two", test::policy("ann"));
    pipeline_.add_route("bob", "one", test::policy("bob"));
    const auto parts = pipeline_.on_event("ann", comment(1, "hi"), now);
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].label + parts[0].body, "[TikTok] Ann: hi");
    EXPECT_NE(parts[0].ticket, parts[1].ticket);
    EXPECT_EQ(pipeline_.routes().at(3).ledger.received(), 0u);
}

TEST_F(pipeline_test, what_cleaning_leaves_empty_is_filtered_and_counted) {
    const auto route = pipeline_.add_route("ann", "one", test::policy("ann"));
    EXPECT_TRUE(pipeline_.on_event("ann", comment(1, "\x01\x02"), now).empty());
    const auto& books = pipeline_.routes().at(route).ledger;
    EXPECT_EQ(books.received(), 1u);
    EXPECT_EQ(books.filtered().at("empty"), 1u);
    EXPECT_EQ(books.pending(), 0u);
}

TEST_F(pipeline_test, a_message_is_marked_once_before_its_line_leaves) {
    pipeline_.add_route("ann", "one", test::policy("ann"));
    const auto ticket = pipeline_.on_event("ann", comment(77, "hi"), now).at(0).ticket;
    const auto marks = pipeline_.on_line(std::array{ticket});
    ASSERT_EQ(marks.size(), 1u);
    EXPECT_EQ(marks[0].msg_id, 77);
    EXPECT_EQ(marks[0].tiktok, "ann");
    EXPECT_TRUE(pipeline_.on_line(std::array{ticket}).empty()) << "a second try of the same line";
    EXPECT_TRUE(pipeline_.on_settled(settled(ticket, relay::outcome::relayed)).empty());
    EXPECT_EQ(pipeline_.open_tickets(), 0u);
}

TEST_F(pipeline_test, a_message_dropped_unsent_is_marked_when_it_is_settled) {
    pipeline_.add_route("ann", "one", test::policy("ann"));
    const auto ticket = pipeline_.on_event("ann", comment(78, "hi"), now).at(0).ticket;
    const auto marks = pipeline_.on_settled(settled(ticket, relay::outcome::dropped, "expired"));
    ASSERT_EQ(marks.size(), 1u);
    EXPECT_EQ(marks[0].msg_id, 78);
}

TEST_F(pipeline_test, a_message_still_waiting_at_shutdown_may_come_again_from_history) {
    pipeline_.add_route("ann", "one", test::policy("ann"));
    const auto ticket = pipeline_.on_event("ann", comment(79, "hi"), now).at(0).ticket;
    EXPECT_TRUE(pipeline_.on_settled(settled(ticket, relay::outcome::dropped, "shutdown")).empty());
    EXPECT_EQ(pipeline_.routes().at(1).ledger.dropped().at("shutdown"), 1u);
}

TEST_F(pipeline_test, an_outcome_reported_twice_is_booked_once) {
    pipeline_.add_route("ann", "one", test::policy("ann"));
    const auto ticket = pipeline_.on_event("ann", comment(80, "hi"), now).at(0).ticket;
    pipeline_.on_settled(settled(ticket, relay::outcome::relayed));
    pipeline_.on_settled(settled(ticket, relay::outcome::dropped, "unknown"));
    EXPECT_EQ(pipeline_.routes().at(1).ledger.relayed(), 1u);
    EXPECT_TRUE(pipeline_.routes().at(1).ledger.dropped().empty());
}

TEST_F(pipeline_test, events_lost_at_a_full_queue_are_received_and_dropped) {
    pipeline_.add_route("ann", "one", test::policy("ann"));
    pipeline_.add_route("bob", "one", test::policy("bob"));
    pipeline_.on_lost("ann", relay::event_kind::chat, 3);
    pipeline_.on_lost("ann", relay::event_kind::gift, 2);
    EXPECT_EQ(pipeline_.routes().at(1).ledger.received(), 5u);
    EXPECT_EQ(pipeline_.routes().at(1).ledger.dropped().at("handover_full"), 5u);
    EXPECT_EQ(pipeline_.routes().at(2).ledger.received(), 0u);
}

TEST_F(pipeline_test, events_lost_of_a_kind_that_a_route_does_not_carry_are_none_of_its) {
    pipeline_.add_route("ann", "one", test::policy("ann"));
    app::event_set only_gifts{};
    only_gifts[static_cast<std::size_t>(relay::event_kind::gift)] = true;
    pipeline_.add_route("ann", "two", app::make_policy(app::default_config(), "ann", only_gifts));
    pipeline_.on_lost("ann", relay::event_kind::join, 7);  // off by default
    pipeline_.on_lost("ann", relay::event_kind::chat, 1);
    pipeline_.on_parts_lost("ann", relay::event_kind::gift, 4);
    pipeline_.on_parts_lost("ann", relay::event_kind::like, 9);
    const auto& one = pipeline_.routes().at(1).ledger;
    const auto& two = pipeline_.routes().at(2).ledger;
    EXPECT_EQ(one.received(), 1u);
    EXPECT_EQ(two.received(), 0u);
    EXPECT_EQ(one.unread().at("part_handover_full"), 4u) << "likes are off";
    EXPECT_EQ(two.unread().at("part_handover_full"), 4u);
    EXPECT_EQ(one.pending(), 0u);
}

TEST_F(pipeline_test, what_could_not_be_read_is_told_and_stands_outside_of_the_equation) {
    pipeline_.add_route("ann", "one", test::policy("ann"));
    pipeline_.add_route("bob", "one", test::policy("bob"));
    pipeline_.on_unread("ann", {5, 2, 1, 3});
    pipeline_.on_deletions_lost("ann", 8);
    const auto& books = pipeline_.routes().at(1).ledger;
    EXPECT_EQ(
        books.unread(),
        (relay::ledger::counts{
            {"batch_excess", 5}, {"undecodable", 3}, {"frame_too_large", 3}, {"deletion_handover_full", 8}}));
    EXPECT_EQ(books.received(), 0u);
    EXPECT_TRUE(pipeline_.routes().at(2).ledger.unread().empty());
    const auto progress = [](relay::route_id) {
        return route_progress{};
    };
    EXPECT_NE(app::report_json(pipeline_, progress, false).find("\"batch_excess\": 5"), std::string::npos);
    EXPECT_NE(app::summary_text(pipeline_, progress).find("unread 5: messages beyond"), std::string::npos);
}

TEST_F(pipeline_test, the_books_of_a_removed_route_stay_and_still_settle) {
    const auto route = pipeline_.add_route("ann", "one", test::policy("ann"));
    const auto ticket = pipeline_.on_event("ann", comment(1, "hi"), now).at(0).ticket;
    pipeline_.remove_route(route);
    EXPECT_TRUE(pipeline_.on_event("ann", comment(2, "hi"), now).empty());
    pipeline_.on_settled(settled(ticket, relay::outcome::dropped, "route_removed"));
    EXPECT_EQ(pipeline_.routes().at(route).ledger.received(), 1u);
    EXPECT_EQ(pipeline_.routes().at(route).ledger.pending(), 0u);
}

TEST_F(pipeline_test, the_report_has_the_shape_of_the_contract_and_adds_up) {
    const auto route = pipeline_.add_route("ann", "one", test::policy("ann"));
    const auto first = pipeline_.on_event("ann", comment(1, "hi"), now).at(0).ticket;
    pipeline_.on_event("ann", comment(2, "there"), now);
    pipeline_.on_event("ann", comment(3, ""), now);
    pipeline_.on_ignored("ann", "history");
    pipeline_.on_settled(settled(first, relay::outcome::relayed));
    const auto progress = [](relay::route_id) {
        return route_progress{1, 1, 1};
    };
    const auto report = nlohmann::json::parse(app::report_json(pipeline_, progress, false));
    EXPECT_EQ(report.at("version"), 1);
    const auto& entry = report.at("routes").at(0);
    EXPECT_EQ(entry.at("tiktok"), "ann");
    EXPECT_EQ(entry.at("channel"), "one");
    EXPECT_EQ(entry.at("received"), 3);
    EXPECT_EQ(entry.at("relayed"), 1);
    EXPECT_EQ(entry.at("folded"), 0);
    EXPECT_EQ(entry.at("filtered").at("empty"), 1);
    EXPECT_EQ(entry.at("pending"), 1);
    EXPECT_EQ(entry.at("ignored").at("history"), 1);
    EXPECT_EQ(pipeline_.routes().at(route).ledger.pending(), 1u);
}

}  // namespace
}  // namespace tiktok2twitch::egress
