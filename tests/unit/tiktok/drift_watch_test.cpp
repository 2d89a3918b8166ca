// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/drift_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using kind = drift_watch::kind;

decoded_batch unknown(const std::string& method) {
    decoded_batch out;
    out.unknown_methods.push_back(method);
    return out;
}

decoded_batch undecodable(std::uint64_t messages, std::uint64_t frames = 0) {
    decoded_batch out;
    out.unread.undecodable_messages = messages;
    out.unread.undecodable_frames = frames;
    return out;
}

decoded_batch event(relay::event_kind what, bool whole = true) {
    decoded_event one;
    one.what.kind = what;
    if (what == relay::event_kind::gift)
        one.what.gift.emplace();
    if (whole) {
        one.what.msg_id = 1;
        one.what.created_at = 2;
        one.what.text = "text";
        one.what.from.id = 3;
        one.what.from.unique_id = "ann";
        one.what.from.nickname = "Ann";
        one.what.count = 4;
        if (one.what.gift) {
            one.what.gift->name = "Rose";
            one.what.gift->coins = 1;
        }
    }
    decoded_batch out;
    out.events.push_back(one);
    return out;
}

struct drift : ::testing::Test {
    drift_watch watch;
    core::time_point now = t0;

    void repeat(std::uint64_t times, const decoded_batch& batch) {
        for (std::uint64_t i = 0; i < times; ++i)
            watch.on_batch(batch, now);
    }
};

TEST_F(drift, unknown_messages_are_said_once_a_day_with_what_to_send_where) {
    repeat(drift_watch::many_unknown - 1, unknown("NewMessage"));
    EXPECT_THAT(watch.take_warnings(), IsEmpty());
    repeat(10, unknown("NewMessage"));
    EXPECT_THAT(watch.take_warnings(), ElementsAre(AllOf(HasSubstr("50 messages"), HasSubstr("(NewMessage)"),
                                                         HasSubstr("--record-anonymous report.jsonl.gz"),
                                                         HasSubstr("newer version"))));
    EXPECT_THAT(watch.take_warnings(), IsEmpty());
    now += std::chrono::hours(2);
    repeat(100, unknown("NewMessage"));
    EXPECT_THAT(watch.take_warnings(), IsEmpty());
    repeat(100, unknown("OtherMessage"));
    EXPECT_THAT(watch.take_warnings(), ElementsAre(HasSubstr("OtherMessage")));
    now += std::chrono::hours(24);
    repeat(100, unknown("NewMessage"));
    EXPECT_EQ(watch.take_warnings().size(), 1U);
    EXPECT_EQ(watch.total(kind::unknown_method), 359U);
}

TEST_F(drift, an_hour_with_few_of_them_is_no_drift) {
    for (int i = 0; i < 100; ++i) {
        repeat(drift_watch::many_unknown - 1, unknown("NewMessage"));
        repeat(1, undecodable(drift_watch::many_undecodable - 1));
        watch.on_refusal("HTTP 418", now);
        now += drift_watch::window;
    }
    EXPECT_THAT(watch.take_warnings(), IsEmpty());
    EXPECT_EQ(watch.total(kind::unknown_refusal), 100U);
    EXPECT_EQ(watch.total(kind::undecodable), 400U);
}

TEST_F(drift, what_cannot_be_read_counts_by_messages_and_frames) {
    repeat(1, undecodable(3));
    EXPECT_THAT(watch.take_warnings(), IsEmpty());
    repeat(1, undecodable(1, 1));
    EXPECT_THAT(watch.take_warnings(), ElementsAre(HasSubstr("5 messages could not be read")));
    repeat(50, undecodable(3));
    EXPECT_THAT(watch.take_warnings(), IsEmpty());
}

TEST_F(drift, refusals_are_told_apart) {
    for (const char* how : {"HTTP 418", "HTTP 418", "HTTP 511", "HTTP 511", "HTTP 418"})
        watch.on_refusal(how, now);
    EXPECT_THAT(watch.take_warnings(), ElementsAre(AllOf(HasSubstr("3 times"), HasSubstr("HTTP 418"))));
}

TEST_F(drift, names_from_outside_are_bounded) {
    for (int i = 0; i < 10'000; ++i) {
        watch.on_batch(unknown("Message" + std::to_string(i)), now);
        watch.on_refusal(std::to_string(i), now);
    }
    EXPECT_EQ(watch.take_warnings().size(), 2U);  // of "others"
}

TEST_F(drift, joins_without_chat_are_said) {
    watch.on_quiet_chat(now);
    watch.on_quiet_chat(now);
    EXPECT_THAT(watch.take_warnings(), ElementsAre(HasSubstr("no comment")));
    EXPECT_EQ(watch.total(kind::quiet_chat), 2U);
}

TEST_F(drift, a_field_that_is_always_empty_is_said_and_one_that_is_sometimes_empty_is_not) {
    using relay::event_kind;
    repeat(drift_watch::many_empty - 1, event(event_kind::chat, false));
    EXPECT_THAT(watch.take_warnings(), IsEmpty());
    repeat(1, event(event_kind::chat, false));
    EXPECT_EQ(watch.take_warnings().size(), 6U);
    now += std::chrono::hours(48);
    for (const event_kind what : {event_kind::chat, event_kind::gift, event_kind::join, event_kind::like}) {
        repeat(1, event(what));
        repeat(500, event(what, false));
    }
    EXPECT_THAT(watch.take_warnings(), IsEmpty());
    now += drift_watch::window;
    repeat(drift_watch::many_empty, event(event_kind::gift, false));
    EXPECT_THAT(watch.take_warnings(),
                ::testing::Contains(HasSubstr("the price of a gift was missing in all 50")));
}

TEST_F(drift, the_recordings_show_none) {
    for (const char* name : {"busy", "gifts", "hostile", "middling", "quiet"}) {
        webcast_session session(session_options{}, recorded_room);
        session.start(t0);
        for (const recorded_frame& frame : load_recording(name))
            watch.on_batch(session.on_frame(frame.frame, t0).batch, now + milliseconds(frame.t));
        EXPECT_THAT(watch.take_warnings(), IsEmpty()) << name;
    }
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
