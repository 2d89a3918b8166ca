// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Any bytes as one frame of the webcast socket, through the whole session.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tiktok2twitch/tiktok/webcast_session.hpp"

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using tiktok2twitch::tiktok::webcast_session;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto now = tiktok2twitch::core::time_point{} + std::chrono::hours(1);
    webcast_session session({}, 7001);
    session.start(now);
    const auto reaction = session.on_frame(bytes, now);
    const auto& counts = session.counts();
    require(reaction.send.size() <= 1);
    require(reaction.batch.events.size() + reaction.batch.deletions.size() <=
            webcast_session::max_batch_messages);
    require(counts.frames == 1);
    require(counts.unknown_methods + counts.undecodable_messages + counts.excess_messages <= counts.messages);
    require(counts.undecodable_frames == 0 || (counts.messages == 0 && reaction.send.empty()));
    return 0;
}
