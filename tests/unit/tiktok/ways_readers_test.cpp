// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// What TikFinity and the managed socket send ends in the same events as the binary frames.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/tiktok/ways/managed_reader.hpp"
#include "tiktok2twitch/tiktok/ways/tikfinity_reader.hpp"
#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using nlohmann::json;
using relay::event_kind;

std::string gift_frame(int type, int count, int end) {
    webcast::WebcastGiftMessage gift;
    gift.mutable_common()->set_create_time(1'789'626'029'257);
    gift.mutable_user()->set_id(42);
    gift.mutable_user()->set_nickname("Ana");
    gift.mutable_user()->set_display_id("ana.example");
    gift.mutable_user_identity()->set_is_moderator_of_anchor(true);
    gift.set_gift_id(5655);
    gift.set_group_id(99);
    gift.set_repeat_count(count);
    gift.set_repeat_end(end);
    gift.mutable_gift()->set_type(type);
    gift.mutable_gift()->set_diamond_count(1);
    gift.mutable_gift()->set_name("Rose");
    return frame_of({base_message("WebcastGiftMessage", gift.SerializeAsString(), 12)});
}

relay::event only(decoded_batch batch) {
    EXPECT_EQ(batch.events.size(), 1U);
    return batch.events.empty() ? relay::event{} : std::move(batch.events[0].what);
}

relay::event binary(const std::string& frame) {
    webcast_session session({}, 7001);
    session.start(t0);
    return only(session.on_frame(frame, t0).batch);
}

relay::event tikfinity(const json& data, const std::string& event = "chat") {
    frame_counts counts;
    const json all{{"event", event}, {"data", data}};
    tikfinity_text out = read_tikfinity(all.dump(), t0, counts);
    EXPECT_EQ(counts.undecodable_frames + counts.undecodable_messages + counts.unknown_methods, 0U);
    return only(std::move(out.batch));
}

relay::event managed(const std::string& type, const json& data) {
    managed_reader reader;
    const json all{{"timestamp", 1}, {"messages", json::array({{{"type", type}, {"data", data}}})}};
    auto out = reader.read(all.dump(), t0);
    EXPECT_TRUE(out.live);
    EXPECT_EQ(reader.counts().undecodable_frames + reader.counts().undecodable_messages, 0U);
    return only(std::move(out.batch));
}

void expect_same(const relay::event& a, const relay::event& b) {
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.msg_id, b.msg_id);
    EXPECT_EQ(a.created_at, b.created_at);
    EXPECT_EQ(a.received_at, b.received_at);
    EXPECT_EQ(a.text, b.text);
    EXPECT_EQ(a.count, b.count);
    EXPECT_EQ(a.from.id, b.from.id);
    EXPECT_EQ(a.from.unique_id, b.from.unique_id);
    EXPECT_EQ(a.from.nickname, b.from.nickname);
    EXPECT_EQ(a.from.moderator, b.from.moderator);
    EXPECT_EQ(a.from.subscriber, b.from.subscriber);
    ASSERT_EQ(a.gift.has_value(), b.gift.has_value());
    if (!a.gift)
        return;
    EXPECT_EQ(a.gift->id, b.gift->id);
    EXPECT_EQ(a.gift->name, b.gift->name);
    EXPECT_EQ(a.gift->coins, b.gift->coins);
    EXPECT_EQ(a.gift->count, b.gift->count);
    EXPECT_EQ(a.gift->streak, b.gift->streak);
    EXPECT_EQ(a.gift->streakable, b.gift->streakable);
    EXPECT_EQ(a.gift->ended, b.gift->ended);
}

json tikfinity_user(json fields) {
    fields.update({{"userId", "42"},
                   {"uniqueId", "ana.example"},
                   {"nickname", "Ana"},
                   {"userBadges", json::array()},
                   {"isModerator", false},
                   {"isSubscriber", false},
                   {"createTime", "1789626029257"},
                   {"tikfinityUsername", "Host"}});
    return fields;
}

json v1_user() {
    return {{"userId", "42"}, {"uniqueId", "ana.example"}, {"nickname", "Ana"}};
}
json v2_user() {
    return {{"id", 42}, {"displayId", "ana.example"}, {"nickname", "Ana"}};
}
json common(const std::string& id, json more = json::object()) {
    more.update({{"msgId", id}, {"createTime", "1789626029257"}});
    return more;
}

TEST(json_ways, a_comment_is_the_same_by_all_of_them) {
    const relay::event wanted = binary(frame_of({chat_message(11, "hello <3")}));
    expect_same(tikfinity(tikfinity_user({{"comment", "hello <3"}, {"msgId", "11"}})), wanted);
    expect_same(managed("WebcastChatMessage",
                        {{"comment", "hello <3"}, {"user", v1_user()}, {"common", common("11")}}),
                wanted);
    expect_same(managed("WebcastChatMessage", {{"content", "hello <3"},
                                               {"user", v2_user()},
                                               {"common", {{"msgId", 11}, {"createTime", 1789626029257}}}}),
                wanted);
}

TEST(json_ways, a_streak_is_the_same_by_all_of_them) {
    for (const auto& [type, count, end] : {std::tuple(1, 2, 0), std::tuple(1, 5, 1), std::tuple(2, 1, 0)}) {
        const relay::event wanted = binary(gift_frame(type, count, end));
        json flat =
            tikfinity_user({{"giftId", 5655},
                            {"groupId", "99"},
                            {"repeatCount", count},
                            {"repeatEnd", end == 1},
                            {"giftType", type},
                            {"diamondCount", 1},
                            {"giftName", "Rose"},
                            {"msgId", "12"},
                            {"gift", {{"gift_id", 5655}, {"repeat_count", count}, {"gift_type", type}}}});
        flat["isModerator"] = true;
        expect_same(tikfinity(flat, "gift"), wanted);
        const json identity{{"isModeratorOfAnchor", true}};
        expect_same(managed("WebcastGiftMessage",
                            {{"giftId", 5655},
                             {"groupId", "99"},
                             {"repeatCount", count},
                             {"repeatEnd", end},
                             {"diamondCount", 0},
                             {"giftDetails", {{"giftType", type}, {"diamondCount", 1}, {"giftName", "Rose"}}},
                             {"user", v1_user()},
                             {"userIdentity", identity},
                             {"common", common("12")}}),
                    wanted);
        expect_same(managed("WebcastGiftMessage",
                            {{"giftId", "5655"},
                             {"groupId", 99},
                             {"repeatCount", std::to_string(count)},
                             {"repeatEnd", end == 1},
                             {"gift", {{"type", type}, {"diamondCount", "1"}, {"name", "Rose"}}},
                             {"user", v2_user()},
                             {"userIdentity", identity},
                             {"common", common("12")}}),
                    wanted);
    }
}

TEST(json_ways, follows_and_shares) {
    EXPECT_EQ(tikfinity(tikfinity_user({{"msgId", "3"}, {"displayType", "pm_main_follow_message_viewer_2"}}),
                        "follow")
                  .kind,
              event_kind::follow);
    EXPECT_EQ(
        tikfinity(tikfinity_user({{"msgId", "3"}, {"displayType", "pm_mt_guidance_share"}}), "share").kind,
        event_kind::share);
    frame_counts counts;
    const json noise{{"event", "share"},
                     {"data", {{"displayType", "pm_mt_guidance_viewer_5_share"}, {"msgId", "4"}}}};
    EXPECT_TRUE(read_tikfinity(noise.dump(), t0, counts).batch.events.empty());
    const auto social = [](json action) {
        return managed(
            "WebcastSocialMessage",
            {{"action", std::move(action)},
             {"user", v1_user()},
             {"common", common("5", {{"displayText", {{"defaultPattern", "{0:user} followed"}}}})}});
    };
    EXPECT_EQ(social("1").kind, event_kind::follow);
    EXPECT_EQ(social(3).kind, event_kind::share);
    EXPECT_EQ(social("SOCIAL_ACTION_FOLLOW").kind, event_kind::follow);
}

TEST(json_ways, the_rest) {
    EXPECT_EQ(tikfinity(tikfinity_user({{"likeCount", 3}, {"totalLikeCount", 520}}), "like").total_likes,
              520);
    EXPECT_EQ(
        managed("WebcastLikeMessage", {{"likeCount", 3}, {"totalLikeCount", "520"}, {"user", v1_user()}})
            .count,
        3);
    EXPECT_EQ(tikfinity({{"viewerCount", 17}}, "roomUser").viewers, 17);
    EXPECT_EQ(managed("WebcastRoomUserSeqMessage", {{"totalUser", 17}}).viewers, 17);
    EXPECT_EQ(tikfinity(tikfinity_user({{"actionId", 1}}), "member").kind, event_kind::join);
    EXPECT_EQ(managed("WebcastMemberMessage", {{"user", v1_user()}, {"memberCount", 9}}).kind,
              event_kind::join);
    EXPECT_EQ(tikfinity(tikfinity_user({{"subMonth", 2}}), "subscribe").count, 2);
    EXPECT_EQ(
        managed("WebcastSubNotifyMessage", {{"subMonth", 2}, {"messageType", 0}, {"user", v1_user()}}).count,
        2);
    EXPECT_EQ(tikfinity(tikfinity_user({{"coins", 100}, {"canOpen", 1}}), "envelope").count, 100);
    EXPECT_EQ(managed("WebcastEnvelopeMessage",
                      {{"envelopeInfo", {{"sendUserName", "Ana"}, {"diamondCount", 100}}}})
                  .from.nickname,
              "Ana");
    EXPECT_EQ(tikfinity(tikfinity_user({{"msgId", "1"}}), "emote").kind, event_kind::emote_chat);
    EXPECT_EQ(tikfinity(tikfinity_user({{"emotes", json::array({{{"placeInComment", 0}}})}})).kind,
              event_kind::emote_chat)
        << "emotes alone are a sticker";
    EXPECT_EQ(
        tikfinity(tikfinity_user({{"comment", "ab"}, {"emotes", json::array({{{"placeInComment", 1}}})}}))
            .text,
        "a [emote] b");
}

TEST(json_ways, roles_and_levels_that_are_told) {
    json flat = tikfinity_user({{"comment", "x"}, {"gifterLevel", 23}, {"teamMemberLevel", 4}});
    flat["isModerator"] = true;
    flat["isSubscriber"] = "true";
    const relay::event event = tikfinity(flat);
    EXPECT_TRUE(event.from.moderator);
    EXPECT_TRUE(event.from.subscriber);
    EXPECT_EQ(event.from.gifter_level, 23);
    EXPECT_EQ(event.from.fan_club_level, 4);
    flat = tikfinity_user({{"comment", "x"}});
    flat["userBadges"] = json::array({{{"badgeSceneType", 8}, {"level", 9}}, {{"badgeSceneType", 1}}});
    EXPECT_EQ(tikfinity(flat).from.gifter_level, 9);
    EXPECT_TRUE(tikfinity(flat).from.moderator);
}

TEST(json_ways, what_is_not_told_is_not_invented) {
    const relay::event event = tikfinity({{"comment", "x"}});
    EXPECT_EQ(event.msg_id, 0);
    EXPECT_EQ(event.created_at, 0);
    EXPECT_EQ(event.from.id, 0);
    EXPECT_EQ(event.from.nickname, "");
    EXPECT_FALSE(event.from.moderator);
    EXPECT_FALSE(event.from.streamer);
    EXPECT_EQ(event.from.gifter_level, 0);
    // A gift of which nobody says whether it may go on.
    const relay::event gift =
        managed("WebcastGiftMessage", {{"giftId", 1}, {"groupId", "7"}, {"user", v1_user()}});
    EXPECT_TRUE(gift.gift->streakable);
    EXPECT_FALSE(gift.gift->ended);
}

TEST(tikfinity_texts, who_and_whether_live) {
    frame_counts counts;
    const auto read = [&](const char* text) {
        return read_tikfinity(text, t0, counts);
    };
    EXPECT_EQ(read(R"({"event":"chat","data":{"comment":"x","tikfinityUsername":"Host"}})").account, "Host");
    EXPECT_TRUE(read(R"({"event":"roomInfo","data":{"roomId":"7001"}})").live);
    EXPECT_EQ(read(R"({"event":"roomInfo","data":{"roomInfo":{"id":"7001"}}})").room_id, 7001);
    for (const char* text : {R"({"event":"config","data":{"events":[]}})", R"({"event":"connected"})",
                             R"({"event":"websocketConnected","data":null})"}) {
        EXPECT_FALSE(read(text).live) << text;
        EXPECT_FALSE(read(text).away) << text;
    }
    EXPECT_TRUE(read(R"({"event":"disconnected"})").away);
    EXPECT_EQ(read(R"({"event":"streamEnd"})").batch.change, room_change::ended);
    EXPECT_EQ(counts.unknown_methods, 0U);
    EXPECT_FALSE(read(R"({"event":"somethingNew","data":{}})").live);
    EXPECT_EQ(counts.unknown_methods, 1U);
    EXPECT_EQ(counts.undecodable_frames, 0U);
    for (const char* text : {"", "x", "[]", "{}", R"({"event":5})", R"({"event":"chat")"})
        EXPECT_TRUE(read(text).batch.unread.any()) << text;
    EXPECT_TRUE(read(R"({"event":"chat","data":[]})").batch.unread.any());
}

TEST(tikfinity_texts, an_account_belongs_to_the_room_of_its_name) {
    const std::vector<std::string> two{"ana", "ben"};
    const std::vector<std::string> one{"ana"};
    EXPECT_EQ(room_of_account("@Ben", "", two), 1U);
    EXPECT_EQ(room_of_account("carl", "", two), std::nullopt);
    EXPECT_EQ(room_of_account("carl", "", one), std::nullopt);
    EXPECT_EQ(room_of_account("", "", two), std::nullopt);
    EXPECT_EQ(room_of_account("", "", one), 0U);
    EXPECT_EQ(room_of_account("", "ben", two), 1U);
    EXPECT_EQ(room_of_account("Carl", "@carl", one), 0U) << "tiktok.tikfinity_user says so";
    EXPECT_EQ(room_of_account("Carl", "carl", two), std::nullopt);
    EXPECT_EQ(room_of_account("", "", {}), std::nullopt);
}

TEST(managed_messages, binary_frames_go_to_our_decoder_plain_or_gzip) {
    const std::string frame = frame_of({chat_message(11)});
    for (const std::string& bytes : {frame, gzip(frame)}) {
        managed_reader reader;
        const auto out = reader.read(bytes, t0);
        EXPECT_TRUE(out.live);
        EXPECT_EQ(out.batch.events.size(), 1U);
        EXPECT_EQ(reader.json(), false);
    }
}

TEST(managed_messages, json_in_every_wrapping) {
    const std::string one = R"({"type":"WebcastChatMessage","data":{"comment":"x","common":{"msgId":"1"}}})";
    for (const std::string& text :
         {one, "[" + one + "]", R"({"messages":[)" + one + "]}", R"([{"messages":[)" + one + "]}]",
          " \n" + one, gzip(R"({"messages":[)" + one + "]}")}) {
        managed_reader reader;
        const auto out = reader.read(text, t0);
        EXPECT_EQ(out.batch.events.size(), 1U) << text;
        EXPECT_EQ(reader.json(), true);
    }
}

TEST(managed_messages, room_and_worker) {
    managed_reader reader;
    auto out = reader.read(
        R"({"timestamp":1773501365349,"messages":[{"type":"workerInfo","data":{"features":{"rawMessages":false}}},)"
        R"({"type":"roomInfo","data":{"roomInfo":{"id":"7617","isLive":true},"user":{"uniqueId":"x"}}}]})",
        t0);
    EXPECT_EQ(out.raw, false);
    EXPECT_TRUE(out.live);
    EXPECT_EQ(out.room_id, 7617);
    EXPECT_EQ(out.batch.server_now, 1773501365349);
    EXPECT_FALSE(out.batch.messages);
    EXPECT_EQ(reader.json(), std::nullopt);
    out = reader.read(R"({"type":"roomInfo","data":{"id":"7550","title":"t"}})", t0);
    EXPECT_EQ(out.room_id, 7550);
    EXPECT_TRUE(out.live);
    out = reader.read(R"({"type":"roomInfo","data":{"roomInfo":{"id":"7550","isLive":false}}})", t0);
    EXPECT_TRUE(out.offline);
    EXPECT_FALSE(out.live);
    out = reader.read(
        R"({"messages":[{"type":"tiktok.connect","data":{}},{"type":"SyntheticJoinMessage","data":{}}]})",
        t0);
    EXPECT_FALSE(out.live);
    EXPECT_EQ(reader.counts().unknown_methods, 0U);
}

TEST(managed_messages, the_end_in_each_form) {
    for (const char* action : {"3", "\"3\"", "\"CONTROL_ACTION_STREAM_ENDED\""}) {
        managed_reader reader;
        const std::string text =
            std::string(R"({"type":"WebcastControlMessage","data":{"action":)") + action + "}}";
        EXPECT_EQ(reader.read(text, t0).batch.change, room_change::ended) << action;
    }
    managed_reader reader;
    EXPECT_EQ(reader.read(R"({"type":"WebcastControlMessage","data":{"action":"STREAM_UNPAUSED"}})", t0)
                  .batch.change,
              room_change::resumed);
}

TEST(managed_messages, one_bad_message_costs_itself_only) {
    managed_reader reader;
    const auto out = reader.read(
        R"({"messages":[{"type":"WebcastChatMessage"},{"type":"WebcastChatMessage","data":5},5,null,)"
        R"({"type":"WebcastNewThingMessage","data":{}},{"type":"WebcastChatMessage","data":{"comment":"x"}}]})",
        t0);
    EXPECT_EQ(out.batch.events.size(), 1U);
    EXPECT_EQ(reader.counts().undecodable_messages, 4U);
    EXPECT_EQ(reader.counts().unknown_methods, 1U);
    EXPECT_EQ(out.batch.unread.undecodable_messages, 4U);
}

TEST(managed_messages, huge_ones_are_bounded) {
    managed_reader reader;
    EXPECT_TRUE(reader.read(std::string(managed_reader::max_message_bytes + 1, '{'), t0).batch.unread.any());
    EXPECT_TRUE(reader.read(std::string(100'000, '['), t0).batch.unread.any());
    EXPECT_TRUE(reader.read(gzip(std::string(9 * 1024 * 1024, ' ')), t0).batch.unread.any());
    std::string many = R"({"messages":[)";
    for (int i = 0; i < 5000; ++i)
        many += R"({"type":"WebcastLikeMessage","data":{"likeCount":1}},)";
    many.back() = ']';
    const auto out = reader.read(many + "}", t0);
    EXPECT_EQ(out.batch.events.size(), webcast_session::max_batch_messages);
    EXPECT_EQ(out.batch.unread.excess_messages, 5000 - webcast_session::max_batch_messages);
    const std::string large(2 * 1024 * 1024, 'x');
    EXPECT_TRUE(reader.read(R"({"type":"roomInfo","data":{"id":"1","title":")" + large + "\"}}", t0).live)
        << "room information may be as large as that";
}

TEST(the_managed_address, asks_for_binary_frames_and_hides_nothing_in_the_path) {
    const std::string target = managed_target("ana.x", "k&y=");
    EXPECT_TRUE(target.starts_with("/?uniqueId=ana.x&apiKey=k%26y%3D&"));
    for (const char* flag : {"features.rawMessages=true", "features.bundleEvents=true", "&schemaVersion=v2",
                             "features.schemaVersion=v2", "features.syntheticPresence=false"})
        EXPECT_NE(target.find(flag), std::string::npos) << flag;
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
