// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/moderation/line_recall.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::relay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using ids = std::vector<std::int64_t>;

const core::time_point start{std::chrono::hours(10)};
const std::set<route_id> ann{1, 2};  // the routes of her room

said_message message(std::int64_t msg_id, std::int64_t author_id, route_id route = 1) {
    event what;
    what.msg_id = msg_id;
    what.from.id = author_id;
    said_message out;
    out.route = route;
    out.what = std::make_shared<event>(what);
    return out;
}

std::vector<std::string> line_ids(const std::vector<line_recall::order>& lines) {
    std::vector<std::string> out;
    for (const auto& line : lines)
        out.push_back(line.line_id);
    return out;
}

ids msg_ids(const std::vector<said_message>& messages) {
    ids out;
    for (const auto& each : messages)
        out.push_back(each.what->msg_id);
    return out;
}

struct line_recall_test : testing::Test {
    line_recall lines;

    std::optional<line_recall::order> said(const std::string& id, std::vector<said_message> messages) {
        return lines.on_said("chan", id, std::move(messages), start);
    }
    std::vector<std::string> remove(const ids& messages, const ids& users = {}) {
        return line_ids(lines.remove(ann, messages, users, start));
    }
    ids deleted(const std::string& id) { return msg_ids(lines.on_deleted({"chan", id})); }
    void kept(const std::string& id, const std::string& reason) {
        lines.on_kept({"chan", id}, reason, start);
    }
    // removed, deleted, kept, pending
    std::vector<std::uint64_t> books(route_id route = 1) {
        const auto counts = lines.counts(route);
        std::uint64_t left = 0;
        for (const auto& [reason, count] : counts.kept)
            left += count;
        EXPECT_EQ(counts.removed, counts.deleted + left + lines.pending(route));
        return {counts.removed, counts.deleted, left, lines.pending(route)};
    }
};

TEST_F(line_recall_test, a_removed_message_costs_its_line_and_the_others_on_it_are_said_again) {
    EXPECT_FALSE(said("a", {message(1, 11), message(2, 12), message(3, 13)}));
    said("b", {message(4, 11)});
    EXPECT_THAT(books(), ElementsAre(0, 0, 0, 0));
    EXPECT_THAT(lines.remove(ann, ids{2}, {}, start), ElementsAre(line_recall::order{"chan", "a"}));
    EXPECT_THAT(books(), ElementsAre(1, 0, 0, 1));
    EXPECT_THAT(deleted("a"), ElementsAre(1, 3));
    EXPECT_THAT(books(), ElementsAre(1, 1, 0, 0));
    EXPECT_EQ(lines.size(), 1U);
}

TEST_F(line_recall_test, the_same_deletion_twice_is_one) {
    said("a", {message(1, 11), message(2, 12)});
    EXPECT_THAT(remove({2}), ElementsAre("a"));
    EXPECT_THAT(remove({2}), IsEmpty()) << "it is being deleted";
    EXPECT_THAT(deleted("a"), ElementsAre(1));
    EXPECT_THAT(deleted("a"), IsEmpty());
    EXPECT_THAT(remove({2}), IsEmpty()) << "it is gone";
    EXPECT_THAT(books(), ElementsAre(1, 1, 0, 0));
}

TEST_F(line_recall_test, what_is_removed_while_its_line_is_being_deleted_is_not_said_again) {
    said("a", {message(1, 11), message(2, 12), message(3, 13)});
    remove({2});
    EXPECT_THAT(remove({1}), IsEmpty());
    EXPECT_THAT(deleted("a"), ElementsAre(3));
    EXPECT_THAT(books(), ElementsAre(2, 2, 0, 0));
}

TEST_F(line_recall_test, nothing_is_said_again_when_all_of_it_is_removed) {
    said("a", {message(1, 11), message(2, 11)});
    EXPECT_THAT(remove({}, {11}), ElementsAre("a"));
    EXPECT_THAT(deleted("a"), IsEmpty());
    EXPECT_THAT(books(), ElementsAre(2, 2, 0, 0));
}

TEST_F(line_recall_test, a_removed_user_costs_all_of_his_lines_each_once_oldest_first) {
    said("a", {message(1, 11), message(2, 11)});
    lines.on_said("other", "b", {message(1, 11, 2)}, start);
    said("c", {message(3, 12)});
    said("d", {message(4, 11)});
    EXPECT_THAT(remove({1}, {11}), ElementsAre("a", "b", "d"));
    EXPECT_EQ(lines.counts(1).removed, 3U);
    EXPECT_EQ(lines.counts(2).removed, 1U);
}

TEST_F(line_recall_test, a_line_that_could_not_be_deleted_stays_and_nothing_of_it_is_said_again) {
    said("a", {message(1, 11), message(2, 12)});
    remove({2});
    kept("a", "deletion_refused");
    EXPECT_THAT(deleted("a"), IsEmpty()) << "it was answered";
    EXPECT_THAT(books(), ElementsAre(1, 0, 1, 0));
    EXPECT_EQ(lines.counts(1).kept.at("deletion_refused"), 1U);
    EXPECT_THAT(remove({2}), IsEmpty());

    EXPECT_THAT(remove({1}), ElementsAre("a")) << "the bot may be a moderator by now";
    EXPECT_THAT(deleted("a"), IsEmpty()) << "what was removed before is not said again either";
    EXPECT_THAT(books(), ElementsAre(2, 1, 1, 0));
}

TEST_F(line_recall_test, a_message_that_was_removed_while_its_line_was_on_its_way) {
    auto gone = message(2, 12);
    gone.state = said_message::fate::removed;
    EXPECT_EQ(said("a", {message(1, 11), gone}), (line_recall::order{"chan", "a"}));
    EXPECT_THAT(books(), ElementsAre(1, 0, 0, 1));
    EXPECT_THAT(deleted("a"), ElementsAre(1));
}

TEST_F(line_recall_test, a_line_without_an_id_is_never_asked_for) {
    auto gone = message(2, 12);
    gone.state = said_message::fate::removed;
    EXPECT_FALSE(said("", {message(1, 11), gone}));
    EXPECT_THAT(books(), ElementsAre(1, 0, 1, 0));
    EXPECT_THAT(remove({1, 2}), IsEmpty());
    EXPECT_THAT(books(), ElementsAre(2, 0, 2, 0));
    EXPECT_EQ(lines.counts(1).kept.at("line_without_id"), 2U);
}

TEST_F(line_recall_test, another_rooms_moderators_remove_nothing_of_this_one) {
    said("a", {message(1, 11), message(2, 11, 3)});
    EXPECT_THAT(lines.remove({4}, ids{1}, ids{11}, start), IsEmpty());
    EXPECT_THAT(lines.remove({3}, {}, ids{11}, start), testing::SizeIs(1));
    EXPECT_THAT(deleted("a"), ElementsAre(1));
    EXPECT_EQ(lines.counts(3).deleted, 1U);
    EXPECT_EQ(lines.counts(1).removed, 0U);
}

TEST_F(line_recall_test, unknown_ids_match_nothing) {
    said("a", {message(0, 0)});
    EXPECT_THAT(remove({0}, {0}), IsEmpty());
}

TEST_F(line_recall_test, a_line_that_somebody_deleted_on_twitch_is_left_alone) {
    said("a", {message(1, 11), message(2, 12)});
    said("b", {message(3, 13)});
    lines.on_cleared({"chan", "a"});
    lines.on_cleared({"chan", ""});
    lines.on_cleared({"other", "b"});
    EXPECT_THAT(remove({1, 3}), ElementsAre("b"));
    lines.on_cleared({"chan", "b"});
    EXPECT_THAT(books(), ElementsAre(1, 0, 0, 1)) << "the echo of what was asked for";
}

TEST_F(line_recall_test, at_the_end_what_nobody_answered_has_a_reason) {
    said("a", {message(1, 11)});
    said("b", {message(2, 11)});
    remove({1, 2});
    lines.give_up("shutdown");
    EXPECT_THAT(books(), ElementsAre(2, 0, 2, 0));
    EXPECT_EQ(lines.counts(1).kept.at("shutdown"), 2U);
}

TEST_F(line_recall_test, the_oldest_line_is_forgotten_beyond_two_thousand) {
    for (std::size_t i = 1; i <= line_recall::most_lines + 1; ++i)
        said(std::to_string(i), {message(static_cast<std::int64_t>(i), 5)});
    EXPECT_EQ(lines.size(), line_recall::most_lines);
    EXPECT_THAT(remove({1}), IsEmpty());
    EXPECT_THAT(remove({2}), ElementsAre("2"));
}

TEST_F(line_recall_test, a_line_that_is_being_deleted_is_not_forgotten) {
    lines.on_said("chan", "first", {message(1, 11), message(2, 12)}, start - std::chrono::seconds(1));
    remove({1});
    for (std::size_t i = 1; i <= line_recall::most_lines + 1; ++i)
        said(std::to_string(i), {message(9, 5)});
    EXPECT_EQ(lines.size(), line_recall::most_lines + 1);
    kept("first", "deletion_refused");
    EXPECT_EQ(lines.size(), line_recall::most_lines) << "back in its place, as the oldest";
    EXPECT_THAT(remove({2}), IsEmpty());
    EXPECT_THAT(books(), ElementsAre(1, 0, 1, 0));
}

TEST_F(line_recall_test, lines_with_very_many_messages_are_forgotten_sooner) {
    const std::vector<said_message> crowd(1000, message(1, 11));
    for (std::size_t i = 0; i <= line_recall::most_messages / crowd.size(); ++i)
        said(std::to_string(i), crowd);
    EXPECT_EQ(lines.size(), line_recall::most_messages / crowd.size());
}

TEST_F(line_recall_test, after_an_hour_a_line_is_forgotten) {
    said("a", {message(1, 11)});
    said("b", {message(2, 11)});
    const auto later = start + line_recall::forgotten_after;
    EXPECT_EQ(lines.remove(ann, ids{1}, {}, later - std::chrono::seconds(1)).size(), 1U);
    EXPECT_THAT(lines.remove(ann, ids{2}, {}, later), IsEmpty());
    lines.on_kept({"chan", "a"}, "deletion_refused", later);
    EXPECT_EQ(lines.size(), 0U);
}

}  // namespace
}  // namespace tiktok2twitch::relay
