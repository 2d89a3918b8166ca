// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Any bytes as an answer of TikTok's web servers; the first byte chooses the question.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tiktok2twitch/tiktok/wire/room_page.hpp"

namespace {

using tiktok2twitch::tiktok::live_status;

void check(const tiktok2twitch::core::result<tiktok2twitch::tiktok::room_status>& room) {
    if (!room)
        return;
    if (room->room_id < 0 || (room->status != live_status::offline && room->room_id == 0))
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] == 'a')
        check(tiktok2twitch::tiktok::parse_api_live(200, body));
    else if (data[0] == 'p')
        check(tiktok2twitch::tiktok::parse_live_page(200, body));
    else
        static_cast<void>(tiktok2twitch::tiktok::parse_check_alive(200, body, 7001).has_value());
    return 0;
}
