// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// What happened in the recorded rooms, from frames to relay::room_story, compared with the manifests: also
// when the connection is cut before any frame and goes on with a new one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <ostream>
#include <random>
#include <tuple>

#include "tiktok2twitch/relay/story/room_story.hpp"
#include "tiktok2twitch/tiktok/room/message_memory.hpp"
#include "unit/tiktok/support.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using nlohmann::json;
using relay::event_kind;

constexpr core::unix_ms wall = 1'789'625'531'000;

// What a room's story comes to; every list sorted.
struct facts {
    using person = std::tuple<std::int64_t, std::string, std::string>;  // id, handle, nickname
    using given = std::tuple<std::int64_t, std::int64_t, std::string, std::int64_t, std::int64_t>;
    std::vector<given> gifts;  // user, gift, name, count, coins of all
    std::vector<person> follows, shares, emote_chats;
    std::vector<std::pair<std::int64_t, std::int64_t>> subscribes;  // user, months
    std::vector<std::pair<std::int64_t, std::string>> questions;
    std::size_t chats = 0;
    std::size_t joins = 0;
    std::size_t likes = 0;
    std::int64_t most_likes = 0;

    bool operator==(const facts&) const = default;
    void sort() {
        for (auto* list : {&follows, &shares, &emote_chats})
            std::sort(list->begin(), list->end());
        std::sort(gifts.begin(), gifts.end());
        std::sort(subscribes.begin(), subscribes.end());
        std::sort(questions.begin(), questions.end());
    }
};

void PrintTo(const facts& what, std::ostream* out) {
    std::int64_t coins = 0;
    for (const auto& gift : what.gifts)
        coins += std::get<4>(gift);
    *out << what.gifts.size() << " gifts of " << coins << " coins, " << what.follows.size() << " follows, "
         << what.shares.size() << " shares, " << what.subscribes.size() << " subscriptions, "
         << what.questions.size() << " questions, " << what.emote_chats.size() << " stickers, " << what.chats
         << " comments, " << what.joins << " joins, " << what.likes << " like messages, most "
         << what.most_likes;
}

std::int64_t id_of(const json& entry) {
    return std::stoll(entry.at("user_id").get<std::string>());
}

std::vector<facts::person> people(const json& list) {
    std::vector<facts::person> out;
    for (const json& entry : list)
        out.emplace_back(id_of(entry), entry.at("unique_id"), entry.at("nickname"));
    return out;
}

facts wanted(const json& manifest) {
    facts out;
    for (const json& gift : manifest.at("gifts"))
        out.gifts.emplace_back(id_of(gift), gift.at("gift_id"), gift.at("name"), gift.at("count"),
                               gift.at("coins"));
    out.follows = people(manifest.at("follows"));
    out.shares = people(manifest.at("shares"));
    out.emote_chats = people(manifest.at("emote_chats"));
    for (const json& entry : manifest.at("subscribes"))
        out.subscribes.emplace_back(id_of(entry), entry.at("months"));
    for (const json& entry : manifest.at("questions"))
        out.questions.emplace_back(id_of(entry), entry.at("text"));
    const auto& chats = manifest.at("chats");
    out.chats = static_cast<std::size_t>(std::count_if(
        chats.begin(), chats.end(), [](const json& chat) { return !chat.at("history").get<bool>(); }));
    out.joins = manifest.at("joins");
    out.likes = manifest.at("likes").at("events");
    out.most_likes = manifest.at("likes").at("max_total");
    out.sort();
    return out;
}

// One room over any number of connections.
class listener {
public:
    void connect(std::size_t frame) { memory_.on_connected(recorded_room, wall_at(frame)); }

    void take(std::vector<decoded_event> batch, std::size_t frame, core::time_point now) {
        memory_.on_alive(recorded_room, wall_at(frame));
        while (story_.deadline() <= now)
            tell(story_.poll(story_.deadline()));
        for (decoded_event& event : batch) {
            relay::event& what = event.what;
            if (memory_.judge(what.msg_id, what.created_at, event.history, what.kind) !=
                message_memory::verdict::fresh)
                continue;
            if (what.kind == event_kind::like)
                ++found_.likes;
            tell(story_.on_event(std::move(what), now));
        }
    }

    facts finish(core::time_point now) {
        tell(story_.finish(now));
        // Whatever comes next carries the counters.
        found_.most_likes = story_.on_event(relay::event{}, now).at(0).total_likes;
        found_.sort();
        return std::move(found_);
    }

private:
    static core::unix_ms wall_at(std::size_t frame) { return wall + static_cast<core::unix_ms>(frame); }

    void tell(const std::vector<relay::event>& events) {
        for (const relay::event& event : events)
            tell(event);
    }

    void tell(const relay::event& event) {
        const relay::author& from = event.from;
        switch (event.kind) {
            case event_kind::gift:
                found_.gifts.emplace_back(from.id, event.gift->id, event.gift->name, event.gift->count,
                                          event.gift->value());
                break;
            case event_kind::follow:
                found_.follows.emplace_back(from.id, from.unique_id, from.nickname);
                break;
            case event_kind::share:
                found_.shares.emplace_back(from.id, from.unique_id, from.nickname);
                break;
            case event_kind::emote_chat:
                found_.emote_chats.emplace_back(from.id, from.unique_id, from.nickname);
                break;
            case event_kind::subscribe:
                found_.subscribes.emplace_back(from.id, event.count);
                break;
            case event_kind::question:
                found_.questions.emplace_back(from.id, event.text);
                break;
            case event_kind::chat:
                ++found_.chats;
                break;
            case event_kind::join:
                ++found_.joins;
                break;
            default:
                break;
        }
    }

    message_memory memory_;
    relay::room_story story_{1000};
    facts found_;
};

class recorded_story : public ::testing::TestWithParam<const char*> {
protected:
    using batches = std::vector<std::vector<decoded_event>>;

    core::time_point time_of(std::size_t frame) const { return t0 + milliseconds(frames[frame].t); }

    // `brought`: of the frames from `first` on.
    void feed(listener& room, const batches& brought, std::size_t first, std::size_t begin,
              std::size_t end) const {
        for (std::size_t i = begin; i < end; ++i)
            room.take(brought[i - first], i, time_of(i));
    }

    // The server repeats the last frames to the new connection; it marks what is history, but not always.
    void repeat(listener& room, const batches& all, std::size_t cut, std::size_t count, bool marked) const {
        for (std::size_t i = cut - std::min(count, cut); i < cut; ++i) {
            auto again = all[i];
            for (decoded_event& event : again)
                event.history = event.history || marked;
            room.take(std::move(again), cut, time_of(cut));
        }
    }

    const std::vector<recorded_frame> frames = load_recording(GetParam());
    const facts truth = wanted(test::load_manifest(GetParam()));
};

TEST_P(recorded_story, uncut_is_what_the_manifest_says) {
    listener room;
    room.connect(0);
    feed(room, decode_all(frames), 0, 0, frames.size());
    EXPECT_EQ(room.finish(time_of(frames.size() - 1)), truth);
}

TEST_P(recorded_story, cut_before_any_frame_and_continued_is_the_same_story) {
    const batches all = decode_all(frames);
    // The longest recording only at every third frame: a sanitizer takes half a minute for all of it.
    const std::size_t step = all.size() > 500 ? 3 : 1;
    for (std::size_t cut = 1; cut < all.size(); cut += step) {
        listener room;
        room.connect(0);
        feed(room, all, 0, 0, cut);
        room.connect(cut);
        repeat(room, all, cut, cut % 8, cut % 2 == 0);
        feed(room, all, 0, cut, all.size());
        ASSERT_EQ(room.finish(time_of(all.size() - 1)), truth) << "cut before frame " << cut;
    }
}

TEST_P(recorded_story, cut_often_with_a_new_session_for_each_connection_is_the_same_story) {
    std::mt19937 engine(1);
    const batches all = decode_all(frames);
    listener room;
    for (std::size_t begin = 0; begin < frames.size();) {
        const std::size_t end = std::min(frames.size(), begin + 1 + engine() % 40);
        const batches brought = decode_all({std::next(frames.begin(), static_cast<std::ptrdiff_t>(begin)),
                                            std::next(frames.begin(), static_cast<std::ptrdiff_t>(end))});
        room.connect(begin);
        repeat(room, all, begin, engine() % 60, engine() % 2 == 0);
        feed(room, brought, begin, begin, end);
        begin = end;
    }
    EXPECT_EQ(room.finish(time_of(frames.size() - 1)), truth);
}

INSTANTIATE_TEST_SUITE_P(all, recorded_story,
                         ::testing::Values("quiet", "middling", "busy", "gifts", "hostile"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace tiktok2twitch::tiktok
