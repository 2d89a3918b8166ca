// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/recording/anonymizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/tiktok/recording/recorded_session.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr pseudonym_key key{11, 22};

std::vector<recorded_frame> anonymous(const std::vector<recorded_frame>& frames, bool keep = false) {
    anonymizer without_people(key, keep);
    std::vector<recorded_frame> out;
    for (const recorded_frame& frame : frames)
        out.push_back(without_people.anonymous(frame));
    return out;
}

struct heard {
    std::map<relay::event_kind, int> kinds;
    int history = 0;
    std::size_t deleted = 0;
    int changes = 0;
    frame_counts counts;
    std::set<std::int64_t> ids;
    std::set<std::string> names;
    std::vector<relay::event> events;
};

heard hear(const std::vector<recorded_frame>& frames) {
    heard out;
    webcast_session session(session_options{}, recorded_room);
    session.start(t0);
    for (const recorded_frame& recorded : frames) {
        const auto batch = session.on_frame(recorded.frame, t0 + milliseconds(recorded.t)).batch;
        for (const decoded_event& event : batch.events) {
            ++out.kinds[event.what.kind];
            out.history += event.history ? 1 : 0;
            out.ids.insert(event.what.msg_id);
            out.ids.insert(event.what.from.id);
            out.names.insert(event.what.from.unique_id);
            out.names.insert(event.what.from.nickname);
            if (event.what.gift)
                out.ids.insert(event.what.gift->streak);
            out.events.push_back(event.what);
        }
        for (const deletion& what : batch.deletions) {
            out.deleted += what.msg_ids.size() + what.user_ids.size();
            out.ids.insert(what.msg_ids.begin(), what.msg_ids.end());
        }
        out.changes += batch.change ? 1 : 0;
    }
    out.counts = session.counts();
    out.ids.erase(0);
    return out;
}

std::vector<std::uint64_t> numbers(const frame_counts& counts) {
    return {counts.frames,          counts.messages,           counts.unknown_frames,
            counts.unknown_methods, counts.undecodable_frames, counts.undecodable_messages,
            counts.excess_messages};
}

// All bytes that somebody could look into: the lines, and the frames inflated.
std::string everything(const std::vector<recorded_frame>& frames) {
    std::string out;
    recording_writer writer;
    for (const recorded_frame& recorded : frames) {
        out += recorded.frame;
        if (const auto frame = decode_push_frame(recorded.frame); frame) {
            std::string buffer;
            if (const auto body =
                    inflate_payload(frame->payload, buffer, webcast_session::max_inflated_bytes))
                out += *body;
        }
        const std::string line = writer.line(recorded);
        if (recorded.text || line.find("room") != std::string::npos)
            out += line.substr(0, line.find("b64"));
    }
    return out;
}

std::string varint(std::int64_t number) {
    std::string out;
    for (auto rest = static_cast<std::uint64_t>(number); rest != 0; rest >>= 7U)
        out += static_cast<char>((rest & 127U) | (rest > 127 ? 128U : 0U));
    return out;
}

class anonymous_recordings : public ::testing::TestWithParam<const char*> {};

TEST_P(anonymous_recordings, hold_nobody_and_replay_to_the_same_counts) {
    auto frames = load_recording(GetParam());
    for (recorded_frame& frame : frames)
        frame.room = "streamer";
    const heard before = hear(frames);
    for (const bool keep : {false, true}) {
        const auto made = anonymous(frames, keep);
        const heard after = hear(made);
        EXPECT_EQ(after.kinds, before.kinds);
        EXPECT_EQ(after.history, before.history);
        EXPECT_EQ(after.deleted, before.deleted);
        EXPECT_EQ(after.changes, before.changes);
        EXPECT_EQ(numbers(after.counts), numbers(before.counts));
        EXPECT_EQ(after.ids.size(), before.ids.size());
        ASSERT_EQ(after.events.size(), before.events.size());
        for (std::size_t i = 0; i < after.events.size(); ++i) {
            const relay::event& one = before.events[i];
            const relay::event& other = after.events[i];
            EXPECT_EQ(other.created_at, one.created_at);
            EXPECT_EQ(other.count, one.count);
            EXPECT_EQ(other.from.moderator, one.from.moderator);
            EXPECT_EQ(other.from.subscriber, one.from.subscriber);
            EXPECT_EQ(other.from.streamer, one.from.streamer);
            EXPECT_EQ(other.from.gifter_level, one.from.gifter_level);
            EXPECT_EQ(other.from.fan_club_level, one.from.fan_club_level);
            EXPECT_EQ(core::count_code_points(core::clean_text(other.text)),
                      core::count_code_points(core::clean_text(one.text)));
        }
        const std::string all = everything(made);
        for (const std::int64_t id : before.ids) {
            EXPECT_FALSE(after.ids.contains(id)) << id;
            if (id > 100'000) {
                EXPECT_EQ(all.find(varint(id)), std::string::npos) << id;
                EXPECT_EQ(all.find(std::to_string(id)), std::string::npos) << id;
            }
        }
        EXPECT_EQ(all.find(varint(recorded_room)), std::string::npos);
        if (keep)
            continue;  // people's words may be names
        for (const std::string& name : before.names)
            if (core::count_code_points(core::repair_utf8(name)) >= 3) {
                EXPECT_EQ(all.find(name), std::string::npos) << name;
            }
    }
}

INSTANTIATE_TEST_SUITE_P(all, anonymous_recordings,
                         ::testing::Values("busy", "gifts", "hostile", "middling", "quiet"),
                         [](const auto& which) { return std::string(which.param); });

std::vector<std::uint64_t> counts_of(const std::string& frame) {
    return numbers(hear({recorded_frame{0, frame}}).counts);
}

std::string one_anonymous(const std::string& frame) {
    return anonymizer(key, false).anonymous({0, frame}).frame;
}

TEST(anonymizer, what_cannot_be_decoded_stays_so_without_its_bytes) {
    const std::string secret = "\xFFsecretsecret";
    for (const std::string& frame :
         {secret, frame_with(secret), frame_with("\x1f\x8b" + secret), frame_with(secret, "hb"),
          frame_with(secret, "secret type"), frame_with(secret, "other"), frame_of({secret}),
          frame_of({base_message("WebcastChatMessage", secret, 1)}),
          frame_of({base_message("WebcastSecretMessage", secret, 1)}),
          frame_of({base_message("secret method", secret, 1)}),
          frame_of({base_message("WebcastLiveIntroMessage", secret, 1)}),
          frame_with(response_of(std::vector<std::string>(2100, std::string()))),
          frame_with(std::string(webcast_session::max_frame_bytes, 'x'))}) {
        const std::string made = one_anonymous(frame);
        EXPECT_EQ(counts_of(made), counts_of(frame)) << to_hex(frame.substr(0, 60));
        EXPECT_THAT(made, Not(HasSubstr("secretsecret")));
        EXPECT_LT(made.size(), 70'000U);
    }
}

TEST(anonymizer, unknown_fields_cursors_and_pictures_go) {
    webcast::WebcastChatMessage chat;
    chat.mutable_user()->set_id(42);
    chat.mutable_user()->set_sec_uid("MS4wLjABAAAA");
    chat.mutable_user()->mutable_avatar_thumb()->add_url_list("https://p16.example/avatar.jpg");
    chat.mutable_user()->set_id_str("42");
    chat.mutable_common()->set_log_id("20260917");
    chat.set_content("hi");
    const std::string payload = chat.SerializeAsString() + "\xA2\x3F\x07unknown";
    webcast::WebcastResponse response;
    response.add_messages(base_message("WebcastChatMessage", payload, 1));
    response.set_cursor("1789626029311_7686385266625363661");
    response.set_internal_ext("fetch_time:1|wss_info:0-1");
    response.set_push_server("wss://webcast.example");
    const std::string made = one_anonymous(frame_with(response.SerializeAsString()));
    for (const char* gone : {"MS4w", "avatar", "2026", "unknown", "1789626029311", "wss"})
        EXPECT_THAT(made, Not(HasSubstr(gone)));
    EXPECT_THAT(made, HasSubstr("WebcastChatMessage"));
}

TEST(anonymizer, a_comment_quotes_somebody_who_is_named_beside_it) {
    webcast::WebcastChatMessage chat;
    chat.mutable_user()->set_nickname("Zoe Smith");
    chat.mutable_at_user()->set_nickname("Ana de la Cruz");
    chat.set_content("@Ana de la Cruz and @Zoe Smith: hello");
    const std::string frame = frame_of({base_message("WebcastChatMessage", chat.SerializeAsString(), 1)});
    anonymizer without_people(key, true);
    const auto events = hear({without_people.anonymous({0, frame})}).events;
    ASSERT_EQ(events.size(), 1U);
    EXPECT_THAT(events[0].text, HasSubstr(" and @" + events[0].from.nickname + ": hello"));
    EXPECT_THAT(events[0].text, Not(HasSubstr("Cruz")));
}

recorded_frame tikfinity(const std::string& text) {
    recorded_frame out;
    out.frame = text;
    out.text = true;
    out.way = "tikfinity";
    out.room = "streamer";
    return out;
}

TEST(anonymizer, text_frames_keep_known_fields_only) {
    const std::string frame =
        R"({"event":"chat","data":{"emotes":[{"emoteId":"7","placeInComment":2}],"comment":"hello @ann","userId":)"
        R"("6900000000000000001","secUid":"MS4w","uniqueId":"ann","nickname":"Ann Example","followRole":1,)"
        R"("userBadges":[{"type":"image","badgeSceneType":8,"url":"https://x.example","level":"25"}],)"
        R"("isModerator":false,"gifterLevel":25,"msgId":"7500000000000000001","createTime":"1764500000000",)"
        R"("tikfinityUserId":1,"tikfinityUsername":"streamer","somethingNew":"private"}})";
    anonymizer without_people(key, false);
    const recorded_frame made = without_people.anonymous(tikfinity(frame));
    EXPECT_EQ(made.way, "tikfinity");
    const auto json = nlohmann::json::parse(made.frame);
    const auto& data = json.at("data");
    EXPECT_EQ(json.at("event"), "chat");
    EXPECT_EQ(data.at("tikfinityUsername"), made.room);
    EXPECT_EQ(data.at("createTime"), "1764500000000");
    EXPECT_EQ(data.at("userBadges").at(0).at("level"), "25");
    EXPECT_EQ(data.at("emotes").at(0).at("placeInComment"), 2);
    EXPECT_TRUE(data.at("userId").is_string());
    EXPECT_TRUE(data.at("tikfinityUserId").is_number());
    const std::string comment = data.at("comment");
    EXPECT_EQ(comment.substr(5), " @" + data.at("uniqueId").get<std::string>());
    for (const char* gone :
         {"69000", "75000", "MS4w", "ann", "Ann", "streamer", "example", "private", "hello"})
        EXPECT_THAT(made.frame + made.room, Not(HasSubstr(gone)));
}

TEST(anonymizer, text_frames_of_the_managed_socket) {
    const std::string frame =
        R"({"timestamp":1764500000000,"messages":[{"type":"roomInfo","data":{"roomInfo":{"id":"7600000000000000009",)"
        R"("isLive":true,"title":"my live"},"user":{"uniqueId":"streamer","nickname":"The Streamer"}}},)"
        R"({"type":"WebcastGiftMessage","data":{"common":{"msgId":7500000000000000002},"giftId":5655,)"
        R"("gift":{"id":5655,"name":"Rose","type":1,"diamondCount":1},"repeatCount":3,"repeatEnd":0,)"
        R"("groupId":"1764500000001","user":{"id":"6900000000000000001","displayId":"ann","nickname":"Ann"}}}]})";
    const std::string made = anonymizer(key, false).anonymous(tikfinity(frame)).frame;
    const auto json = nlohmann::json::parse(made);
    const auto& gift = json.at("messages").at(1).at("data");
    EXPECT_EQ(json.at("timestamp"), 1764500000000);
    EXPECT_EQ(json.at("messages").at(0).at("data").at("roomInfo").at("isLive"), true);
    EXPECT_EQ(gift.at("giftId"), gift.at("gift").at("id"));
    EXPECT_NE(gift.at("giftId"), 5655);
    EXPECT_EQ(gift.at("repeatCount"), 3);
    EXPECT_TRUE(gift.at("common").at("msgId").is_number_integer());
    for (const char* gone : {"7600000000000000009", "7500000000000000002", "5655", "1764500000001", "69000",
                             "my live", "streamer", "Streamer", "ann", "Ann", "Rose"})
        EXPECT_THAT(made, Not(HasSubstr(gone)));
}

TEST(anonymizer, the_managed_socket_may_pack_its_frames) {
    const std::string json =
        R"({"type":"WebcastChatMessage","data":{"comment":"hello","user":{"uniqueId":"annabel"}}})";
    const std::string original = frame_of({chat_message(5, "hello")});
    for (const std::string& bytes : {json, gzip(json), original, gzip(original)}) {
        recorded_frame frame{0, bytes};
        frame.way = "managed";
        const recorded_frame made = anonymizer(key, false).anonymous(frame);
        std::string buffer;
        const auto plain = inflate_payload(made.frame, buffer, 1'000'000);
        ASSERT_TRUE(plain);
        EXPECT_THAT(std::string(*plain), HasSubstr("WebcastChatMessage"));
        EXPECT_THAT(std::string(*plain), Not(HasSubstr("hello")));
        EXPECT_THAT(std::string(*plain), Not(HasSubstr("ana")));
        recorded_session before;
        recorded_session after;
        before.read(frame, t0);
        after.read(made, t0);
        EXPECT_EQ(numbers(after.counts()), numbers(before.counts()));
    }
}

std::vector<std::uint64_t> session_counts(const recorded_frame& frame) {
    recorded_session session;
    session.read(frame, t0);
    return numbers(session.counts());
}

TEST(anonymizer, damaged_frames_count_the_same_before_and_after) {
    std::uint32_t state = 12345;
    const auto random = [&state](std::size_t below) {
        state = state * 1664525 + 1013904223;
        return static_cast<std::size_t>(state >> 8U) % below;
    };
    std::vector<recorded_frame> frames = load_recording("hostile");
    frames.resize(20);
    frames.push_back(tikfinity(
        R"({"event":"chat","data":{"comment":"hello","userId":"5","uniqueId":"ann","msgId":"7","emotes":[{"placeInComment":1}]}})"));
    frames.push_back(tikfinity(
        R"([{"messages":[{"type":"WebcastLikeMessage","data":{"common":{"msgId":"8"},"likeCount":3}},5]},{"type":"X","data":{}}])"));
    frames.back().way = "managed";
    anonymizer without_people(key, false);
    for (int i = 0; i < 4000; ++i) {
        recorded_frame frame = frames[random(frames.size())];
        for (std::size_t flips = random(4); flips > 0; --flips)
            frame.frame[random(std::min<std::size_t>(frame.frame.size(), 400))] =
                static_cast<char>(random(256));
        ASSERT_EQ(session_counts(without_people.anonymous(frame)), session_counts(frame))
            << frame.text << " " << (frame.text ? frame.frame : to_hex(frame.frame.substr(0, 400)));
    }
}

TEST(anonymizer, what_is_no_json_stays_none) {
    EXPECT_EQ(anonymizer(key, false).anonymous(tikfinity("secret {")).frame, "{");
    EXPECT_EQ(anonymizer(key, false).anonymous(tikfinity(std::string(100, '['))).frame, "{");
    EXPECT_EQ(anonymizer(key, false).anonymous(tikfinity("\"secret\"")).frame, "null");
}

TEST(may_be_recorded, what_tikfinity_says_of_itself_is_not) {
    EXPECT_TRUE(may_be_recorded(tikfinity(R"({"event":"chat","data":{}})")));
    EXPECT_TRUE(may_be_recorded(tikfinity(R"({"event":"subscribe","data":{}})")));
    for (const char* text : {R"({"event":"config","data":{"actions":[]}})", R"({"event":"connected"})", "{}",
                             R"({"event":"aNewOne","data":{}})", "no json"})
        EXPECT_FALSE(may_be_recorded(tikfinity(text))) << text;
    recorded_frame managed = tikfinity(R"({"messages":[]})");
    managed.way = "managed";
    EXPECT_TRUE(may_be_recorded(managed));
    EXPECT_TRUE(may_be_recorded({0, "\x01\x02"}));
    // From standard input comes what another program has heard; TikFinity's frames among it are known.
    managed.way = "stdin";
    EXPECT_TRUE(may_be_recorded(managed));
    managed.frame = R"({"event":"config"})";
    EXPECT_FALSE(may_be_recorded(managed));
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
