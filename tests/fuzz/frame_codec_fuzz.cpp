// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Any bytes as one frame of the webcast socket, through the whole session, and what it says happened through
// the room's story.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/relay/story/room_story.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

using tiktok2twitch::core::time_point;
using tiktok2twitch::relay::event;
using tiktok2twitch::relay::event_kind;

void check(const event& what) {
    require(what.total_likes >= 0 && what.viewers >= 0 && what.count >= 0);
    if (what.kind == event_kind::gift)
        require(what.gift && what.gift->count >= 1 && what.gift->coins >= 0 && what.gift->value() >= 0);
}

// One event out of each at most, and the streaks that are open end only once.
void tell(std::vector<tiktok2twitch::tiktok::decoded_event> events, time_point now) {
    tiktok2twitch::relay::story_limits limits;
    limits.open_streaks = 3;
    limits.finished_streaks = 3;
    limits.gift_names = 2;
    tiktok2twitch::relay::room_story story(10, limits);
    const std::size_t taken = events.size();
    std::size_t told = 0;
    const auto count = [&told](const std::vector<event>& out) {
        told += out.size();
        for (const event& each : out) {
            check(each);
            require(each.kind != event_kind::gift || each.gift->ended);
        }
    };
    for (auto& each : events) {
        check(each.what);
        now += std::chrono::seconds(each.what.msg_id & 31);
        count(story.on_event(std::move(each.what), now));
        require(story.open_streaks() <= limits.open_streaks);
        require(story.deadline() > now);
    }
    count(story.finish(now));
    require(story.open_streaks() == 0 && story.deadline() == time_point::max());
    require(told <= taken);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using tiktok2twitch::tiktok::webcast_session;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto now = tiktok2twitch::core::time_point{} + std::chrono::hours(1);
    webcast_session session({}, 7001);
    session.start(now);
    auto reaction = session.on_frame(bytes, now);
    const auto& counts = session.counts();
    require(reaction.send.size() <= 1);
    require(reaction.batch.events.size() + reaction.batch.deletions.size() <=
            webcast_session::max_batch_messages);
    require(counts.frames == 1);
    require(counts.unknown_methods + counts.undecodable_messages + counts.excess_messages <= counts.messages);
    require(counts.undecodable_frames == 0 || (counts.messages == 0 && reaction.send.empty()));
    tell(std::move(reaction.batch.events), now);
    return 0;
}
