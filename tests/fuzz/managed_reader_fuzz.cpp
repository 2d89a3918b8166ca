// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Any bytes as a message of a managed socket, text or binary.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tiktok2twitch/tiktok/ways/managed_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using tiktok2twitch::tiktok::managed_reader;
    managed_reader reader;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const managed_reader::reading out = reader.read(bytes, {});
    if (out.room_id < 0 || (out.live && out.offline && !out.batch.messages))
        std::abort();
    for (const auto& event : out.batch.events)
        if (event.what.count < 0 || event.what.total_likes < 0 || event.what.viewers < 0 ||
            event.what.created_at < 0)
            std::abort();
    return 0;
}
