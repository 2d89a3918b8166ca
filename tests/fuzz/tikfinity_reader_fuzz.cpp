// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Any bytes as a text of the TikFinity app.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/tiktok/ways/tikfinity_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tiktok2twitch::tiktok;
    frame_counts counts;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const tikfinity_text out = read_tikfinity(bytes, {}, counts);
    if (out.room_id < 0 || counts.frames != 1)
        std::abort();
    for (const auto& event : out.batch.events)
        if (event.what.count < 0 || event.what.total_likes < 0 || event.what.viewers < 0 ||
            event.what.created_at < 0)
            std::abort();
    const std::vector<std::string> rooms{"ana", "ben"};
    if (const auto room = room_of_account(out.account, {}, rooms); room && *room >= rooms.size())
        std::abort();
    return 0;
}
