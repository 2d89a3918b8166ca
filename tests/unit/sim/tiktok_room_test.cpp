// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/tiktok/room.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/sim/base/text.hpp"
#include "tiktok2twitch/sim/tiktok/push_framer.hpp"

namespace tiktok2twitch::sim {
namespace {

constexpr std::int64_t room_id = 7300000000000000001;

class tiktok_room_test : public ::testing::Test {
protected:
    tiktok_room room{"user", room_id, account_state::live};
    chatter from;
};

std::vector<std::int64_t> replayed(tiktok_room& room, std::size_t count) {
    std::vector<std::int64_t> ids;
    for (const room_message& message : room.state_messages(count, 1)) {
        if (message.history) {
            ids.push_back(message.msg_id);
        }
    }
    return ids;
}

TEST_F(tiktok_room_test, message_ids_grow) {
    const auto first = room.comment(from, "a", 1).msg_id;
    EXPECT_GT(room.comment(from, "b", 1).msg_id, first);
}

TEST_F(tiktok_room_test, the_newest_six_comments_are_replayed_as_history) {
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 8; ++i) {
        ids.push_back(room.comment(from, "text", i).msg_id);
    }
    EXPECT_EQ(replayed(room, 6), std::vector<std::int64_t>(ids.begin() + 2, ids.end()));
    EXPECT_EQ(replayed(room, 2), std::vector<std::int64_t>(ids.begin() + 6, ids.end()));
    EXPECT_TRUE(replayed(room, 0).empty());
}

TEST_F(tiktok_room_test, history_is_marked_on_the_wire) {
    room.comment(from, "text", 1);
    const std::string wire = room.state_messages(6, 2).back().encode();
    const auto fields = read_wire(wire);
    ASSERT_TRUE(fields);
    EXPECT_EQ(wire_number(*fields, 6), 1U);
}

TEST_F(tiktok_room_test, deleted_comments_leave_the_history) {
    const auto gone = room.comment(from, "a", 1).msg_id;
    const auto kept = room.comment(from, "b", 1).msg_id;
    room.remove({gone}, {}, 2);
    EXPECT_EQ(replayed(room, 6), std::vector<std::int64_t>{kept});
}

TEST_F(tiktok_room_test, a_restart_brings_a_new_room_without_history_and_with_other_ids) {
    const auto old_id = room.comment(from, "a", 1).msg_id;
    room.end(2);
    EXPECT_FALSE(room.alive());
    EXPECT_EQ(room.room_id(), room_id);  // stays after the end
    room.restart(room_id + 1);
    EXPECT_TRUE(room.alive());
    EXPECT_TRUE(replayed(room, 6).empty());
    EXPECT_GT(room.comment(from, "a", 3).msg_id, old_id);
    EXPECT_EQ(room.room_id(), room_id + 1);
}

TEST_F(tiktok_room_test, control_messages_carry_their_action) {
    const auto action = [](const room_message& message) {
        return wire_number(*read_wire(message.payload), 2);
    };
    EXPECT_EQ(action(room.pause(1)), 1U);
    EXPECT_EQ(room.state(), account_state::paused);
    EXPECT_TRUE(room.alive());
    EXPECT_EQ(action(room.resume(1)), 2U);
    EXPECT_EQ(room.state(), account_state::live);
    EXPECT_EQ(action(room.end(1)), 3U);
    EXPECT_EQ(room.state(), account_state::offline);
    EXPECT_EQ(action(room.suspend(1)), 4U);
}

TEST_F(tiktok_room_test, the_lookup_answer_tells_every_state_apart) {
    EXPECT_NE(api_answer(&room).find("\"status\":2"), std::string::npos);
    room.set_state(account_state::paused);
    EXPECT_NE(api_answer(&room).find("\"status\":3"), std::string::npos);
    room.set_state(account_state::offline);
    EXPECT_NE(api_answer(&room).find("\"status\":4"), std::string::npos);
    EXPECT_NE(api_answer(&room).find("7300000000000000001"), std::string::npos);
    room.set_state(account_state::age_restricted);
    EXPECT_NE(api_answer(&room).find("4003110"), std::string::npos);
    room.set_state(account_state::no_such_user);
    EXPECT_NE(api_answer(&room).find("19881007"), std::string::npos);
    EXPECT_NE(api_answer(nullptr).find("19881007"), std::string::npos);
}

TEST_F(tiktok_room_test, lookups_deny_an_account_for_as_long_as_they_are_told_to) {
    const auto known = [this] {
        room.hides();
        return api_answer(&room).find("19881007") == std::string::npos;
    };
    room.hide(2, 3);
    for (const bool expected : {true, true, false, false, false, true, true})
        EXPECT_EQ(known(), expected);
    room.hide();
    for (int i = 0; i < 10; ++i)
        EXPECT_FALSE(known());
    EXPECT_EQ(live_page(&room).find("LiveRoom"), std::string::npos);
}

TEST_F(tiktok_room_test, a_live_says_when_it_began_and_check_alive_may_deny_it) {
    room.restart(room_id + 1, 1'789'600'000'123);
    EXPECT_NE(api_answer(&room).find("\"startTime\":1789600000"), std::string::npos);
    EXPECT_TRUE(room.was(room_id));
    EXPECT_FALSE(room.was(room_id + 1));
    EXPECT_TRUE(room.seems_alive());
    room.deny_alive(true);
    EXPECT_FALSE(room.seems_alive());
    EXPECT_TRUE(room.alive());
}

TEST_F(tiktok_room_test, a_title_cannot_end_the_script_element_of_the_page) {
    room.set_title("</script><b>");
    const std::string page = live_page(&room);
    const auto state = page.find("SIGI_STATE");
    const auto end = page.find("</script>", state);
    EXPECT_NE(page.substr(state, end - state).find("LiveRoom"), std::string::npos);
    EXPECT_EQ(page.find("<b>"), std::string::npos);
    EXPECT_EQ(live_page(nullptr).find("LiveRoom"), std::string::npos);
}

TEST(http_text_test, queries_and_cookies_are_taken_apart) {
    const auto query = query_of("/a/?x=1%202&y=&x=3&z");
    EXPECT_EQ(query.at("x"), "1 2");
    EXPECT_EQ(query.at("y"), "");
    EXPECT_EQ(query.at("z"), "");
    EXPECT_TRUE(query_of("/a").empty());
    EXPECT_EQ(path_of("/a/?x"), "/a/");
    EXPECT_EQ(cookie_of("a=b; ttwid=1%7Cx=; c=d", "ttwid"), "1%7Cx=");
    EXPECT_EQ(cookie_of("xttwid=1", "ttwid"), "");
    EXPECT_EQ(number_of("7300000000000000001"), room_id);
    EXPECT_EQ(number_of("7x"), 0);
    EXPECT_EQ(percent_decode("%4"), "%4");
    EXPECT_EQ(percent_decode("%41"), "A");
}

}  // namespace
}  // namespace tiktok2twitch::sim
