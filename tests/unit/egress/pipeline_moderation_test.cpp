// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/policy.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"

namespace tiktok2twitch::egress {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using ids = std::vector<std::int64_t>;

struct pipeline_moderation_test : testing::Test {
    pipeline subject;
    std::string reason;  // of a gate that minds everybody, or only `minded`
    std::int64_t minded = 0;

    pipeline_moderation_test() {
        subject.set_gate([this](const std::string& channel, const relay::event& event) -> std::string_view {
            return channel == "one" && (minded == 0 || event.from.id == minded) ? reason : std::string_view{};
        });
    }
    void add_route(const std::string& tiktok, const std::string& channel) {
        subject.add_route(tiktok, channel, test::policy(tiktok));
    }
    std::vector<relay::event_ticket> comment(const std::string& room, std::int64_t msg_id,
                                             std::int64_t author = 5) {
        relay::event event;
        event.msg_id = msg_id;
        event.from.id = author;
        event.from.unique_id = "user" + std::to_string(author);
        event.text = "hi";
        std::vector<relay::event_ticket> tickets;
        for (const auto& part : subject.on_event(room, event, core::time_point{std::chrono::hours(1)}))
            tickets.push_back(part.ticket);
        return tickets;
    }
};

TEST_F(pipeline_moderation_test, what_the_gate_minds_is_filtered_there_under_its_reason_and_marked) {
    add_route("ann", "one");
    add_route("ann", "two");
    reason = "paused";
    EXPECT_EQ(comment("ann", 7).size(), 1U);
    EXPECT_EQ(subject.routes().at(1).ledger.received(), 1U);
    EXPECT_EQ(subject.routes().at(1).ledger.filtered().at("paused"), 1U);
    EXPECT_EQ(subject.routes().at(1).ledger.pending(), 0U);
    EXPECT_THAT(subject.routes().at(2).ledger.filtered(), IsEmpty());
    const auto marks = subject.take_marks();
    ASSERT_EQ(marks.size(), 1U) << "it must not come back from the room's history after a restart";
    EXPECT_EQ(marks[0].tiktok, "ann");
    EXPECT_EQ(marks[0].msg_id, 7);
    EXPECT_THAT(subject.take_marks(), IsEmpty());
    comment("ann", 0);
    EXPECT_THAT(subject.take_marks(), IsEmpty());
}

TEST_F(pipeline_moderation_test, what_is_under_way_can_be_put_to_the_gate_again) {
    add_route("ann", "one");
    add_route("bob", "one");
    add_route("ann", "two");
    const auto first = comment("ann", 1, 11);
    const auto second = comment("bob", 2, 12);
    const auto silenced = [this](const std::string& channel) {
        return subject.judge_again(channel, {}).withdrawn;
    };
    EXPECT_THAT(silenced("one"), IsEmpty());
    reason = "muted_user";
    minded = 12;
    EXPECT_THAT(silenced("one").at("muted_user"), UnorderedElementsAre(second[0]));
    minded = 0;
    EXPECT_THAT(silenced("one").at("muted_user"), UnorderedElementsAre(first[0], second[0]));
    EXPECT_THAT(silenced("two"), IsEmpty());
    subject.on_settled({second[0], 2, relay::outcome::dropped, "muted_user"});
    EXPECT_EQ(subject.routes().at(2).ledger.filtered().at("muted_user"), 1U) << "a rule, no accident";
    EXPECT_THAT(silenced("one").at("muted_user"), UnorderedElementsAre(first[0]));
    subject.on_settled({first[0], 1, relay::outcome::relayed, ""});
    EXPECT_EQ(subject.routes().at(1).ledger.relayed(), 1U) << "it was in flight";
}

TEST_F(pipeline_moderation_test, removed_messages_and_users_are_found_in_their_room_alone) {
    add_route("ann", "one");
    add_route("ann", "two");
    add_route("bob", "one");
    const auto first = comment("ann", 1, 11);
    const auto second = comment("ann", 2, 12);
    const auto nameless = comment("ann", 0, 0);
    const auto elsewhere = comment("bob", 3, 11);
    EXPECT_THAT(subject.remove("ann", ids{2}, {}), UnorderedElementsAre(second[0], second[1]));
    EXPECT_THAT(subject.remove("ann", {}, ids{11}), UnorderedElementsAre(first[0], first[1]));
    EXPECT_THAT(subject.remove("ann", ids{0}, ids{0}), IsEmpty()) << nameless.size();
    EXPECT_THAT(subject.remove("cy", ids{1, 2, 3}, ids{11}), IsEmpty());
    EXPECT_THAT(subject.remove("bob", {}, ids{11}), UnorderedElementsAre(elsewhere[0]));
}

}  // namespace
}  // namespace tiktok2twitch::egress
