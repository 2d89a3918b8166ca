// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Whole recordings through one session, compared with what an independent encoder says is in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "support/manifest.hpp"
#include "tiktok2twitch/tiktok/room/message_memory.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using nlohmann::json;

constexpr std::int64_t room = recorded_room;
constexpr core::unix_ms wall = 1'789'625'531'000;

using test::load_manifest;

class recordings : public ::testing::TestWithParam<const char*> {
protected:
    const std::vector<recorded_frame> frames = load_recording(GetParam());
    const json manifest = load_manifest(GetParam());
};

json describe(const decoded_event& event) {
    return {{"msg_id", std::to_string(event.what.msg_id)},
            {"user_id", std::to_string(event.what.from.id)},
            {"unique_id", event.what.from.unique_id},
            {"nickname", event.what.from.nickname},
            {"text", event.what.text},
            {"lang", event.what.language},
            {"history", event.history},
            {"streamer", event.what.from.streamer},
            {"moderator", event.what.from.moderator},
            {"subscriber", event.what.from.subscriber}};
}

// The same members of a manifest's entry.
json wanted(const json& chat) {
    json out;
    for (const char* name : {"msg_id", "user_id", "unique_id", "nickname", "text", "lang", "history",
                             "streamer", "moderator", "subscriber"})
        out[name] = chat.at(name);
    return out;
}

TEST_P(recordings, envelopes_hold_the_methods_that_were_encoded) {
    std::map<std::string, int> methods;
    for (const recorded_frame& recorded : frames) {
        const auto frame = decode_push_frame(recorded.frame);
        ASSERT_TRUE(frame);
        if (frame->payload_type == "hb")
            continue;
        std::string buffer;
        const auto body = inflate_payload(frame->payload, buffer, webcast_session::max_inflated_bytes);
        ASSERT_TRUE(body);
        const auto answer = decode_response(*body, webcast_session::max_batch_messages);
        ASSERT_TRUE(answer);
        for (const std::string_view message : answer->messages) {
            webcast::BaseProtoMessage base;
            ASSERT_TRUE(base.ParseFromArray(message.data(), static_cast<int>(message.size())));
            ++methods[base.method()];
        }
    }
    for (const auto& [method, count] : manifest.at("methods").items())
        EXPECT_EQ(methods[method], count.get<int>()) << method;
}

TEST_P(recordings, every_distinct_chat_is_found_in_order_with_sender_and_roles) {
    webcast_session session(session_options{}, room);
    session.start(t0);
    std::set<std::int64_t> seen;
    json chats = json::array();
    std::vector<std::string> deleted;
    std::vector<std::string> emote_chats;
    bool ended = false;
    for (const recorded_frame& recorded : frames) {
        auto reaction = session.on_frame(recorded.frame, t0 + milliseconds(recorded.t));
        for (const decoded_event& event : reaction.batch.events) {
            if (!seen.insert(event.what.msg_id).second)
                continue;
            if (event.what.kind == relay::event_kind::chat)
                chats.push_back(describe(event));
            else if (event.what.kind == relay::event_kind::emote_chat)
                emote_chats.push_back(event.what.from.unique_id);
        }
        for (const deletion& what : reaction.batch.deletions) {
            for (const std::int64_t id : what.msg_ids)
                deleted.push_back(std::to_string(id));
        }
        ended = ended || reaction.batch.change == room_change::ended;
    }
    ASSERT_EQ(chats.size(), manifest.at("chats").size());
    for (std::size_t i = 0; i < chats.size(); ++i)
        ASSERT_EQ(chats[i], wanted(manifest.at("chats")[i])) << i;
    std::vector<std::string> wanted_deleted = manifest.at("deleted_msg_ids");
    EXPECT_THAT(deleted, ::testing::UnorderedElementsAreArray(wanted_deleted));
    std::vector<std::string> wanted_emotes;
    for (const json& entry : manifest.at("emote_chats"))
        wanted_emotes.push_back(entry.at("unique_id"));
    EXPECT_EQ(emote_chats, wanted_emotes);
    EXPECT_EQ(ended, manifest.at("ended").get<bool>());
    EXPECT_EQ(session.counts().frames, manifest.at("frames").get<std::uint64_t>());
    EXPECT_EQ(session.counts().unknown_frames, 0U);
    EXPECT_EQ(session.counts().unknown_methods, 0U);
    EXPECT_EQ(session.counts().undecodable_frames, 0U);
    EXPECT_EQ(session.counts().undecodable_messages, 0U);
    EXPECT_EQ(session.counts().excess_messages, 0U);
}

// What a connection that brought batches[begin, end) adds to what is relayed.
void connect_and_judge(const std::vector<std::vector<decoded_event>>& batches, std::size_t begin,
                       std::size_t end, message_memory& memory, std::vector<std::int64_t>& relayed) {
    memory.on_connected(room, wall + static_cast<core::unix_ms>(begin));
    for (std::size_t i = begin; i < end; ++i) {
        memory.on_alive(room, wall + static_cast<core::unix_ms>(i));
        for (const decoded_event& event : batches[i]) {
            if (memory.judge(event.what.msg_id, event.what.created_at, event.history, event.what.kind) ==
                message_memory::verdict::fresh)
                relayed.push_back(event.what.msg_id);
        }
    }
}

TEST_P(recordings, cut_at_any_frame_and_resumed_neither_repeats_nor_loses_a_message) {
    const auto batches = decode_all(frames);
    message_memory undisturbed;
    std::vector<std::int64_t> wanted_ids;
    connect_and_judge(batches, 0, batches.size(), undisturbed, wanted_ids);
    ASSERT_FALSE(wanted_ids.empty());
    EXPECT_EQ(std::set<std::int64_t>(wanted_ids.begin(), wanted_ids.end()).size(), wanted_ids.size());

    for (std::size_t cut = 1; cut < batches.size(); ++cut) {
        message_memory memory;
        std::vector<std::int64_t> relayed;
        connect_and_judge(batches, 0, cut, memory, relayed);
        // The server replays comments to a new connection: here the last frames as they were, and the
        // opening frame with its history.
        connect_and_judge(batches, cut > 3 ? cut - 3 : 0, cut, memory, relayed);
        connect_and_judge(batches, 0, 1, memory, relayed);
        connect_and_judge(batches, cut, batches.size(), memory, relayed);
        ASSERT_EQ(relayed, wanted_ids) << "cut before frame " << cut;
    }
}

TEST_P(recordings, second_session_decodes_the_rest_as_the_first_would_have) {
    const auto batches = decode_all(frames);
    const std::size_t half = frames.size() / 2;
    const auto rest = decode_all({frames.begin() + static_cast<std::ptrdiff_t>(half), frames.end()});
    for (std::size_t i = 0; i < rest.size(); ++i) {
        ASSERT_EQ(rest[i].size(), batches[half + i].size());
        for (std::size_t k = 0; k < rest[i].size(); ++k)
            ASSERT_EQ(describe(rest[i][k]), describe(batches[half + i][k]));
    }
}

INSTANTIATE_TEST_SUITE_P(all, recordings, ::testing::Values("quiet", "middling", "busy", "gifts", "hostile"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace tiktok2twitch::tiktok
