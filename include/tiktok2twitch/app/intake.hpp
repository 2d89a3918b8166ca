// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the ingest loop hands to the egress loop, and the ingest side of that hand-over.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/handover.hpp"
#include "tiktok2twitch/tiktok/client/room_client.hpp"

namespace tiktok2twitch::app {

using room_index = std::uint32_t;  // one TikTok account watched by this process

struct ignored_message {
    std::int64_t msg_id = 0;
    core::unix_ms created_at = 0;
    tiktok::ignore_reason why = tiktok::ignore_reason::history;
};

struct alive_mark {
    std::int64_t room_id = 0;
    core::unix_ms at = 0;
};

struct intake_item {
    room_index room = 0;
    std::variant<relay::event, ignored_message, alive_mark, tiktok::deletion> what;
};

using intake_queue = relay::handover<intake_item>;

// 4096 items of a few hundred bytes; the busiest rooms known send 12 comments and 5 other events a second
// (tiktok.md 5.8), so this is minutes of silence from the egress loop, which normally drains within
// microseconds.
inline constexpr std::size_t intake_capacity = 4096;

// The listener of one room. Lives on the ingest loop; only lost() is read from the other side.
class room_feed final : public tiktok::room_listener {
public:
    using state_handler = std::function<void(room_index, tiktok::room_state, core::error_code, std::string)>;

    // `on_state` is called on the ingest loop and must carry the news over by itself (post).
    room_feed(room_index room, intake_queue& queue, state_handler on_state);

    void on_event(relay::event event) override;
    void on_ignored(std::int64_t msg_id, core::unix_ms created_at, tiktok::ignore_reason why) override;
    void on_deletion(tiktok::deletion what) override;
    void on_alive(std::int64_t room_id, core::unix_ms now) override;
    void on_state(tiktok::room_state state, core::error_code reason, std::string_view detail) override;

    // Events that found the queue full, since the start. Any thread.
    std::uint64_t lost() const noexcept { return lost_.load(std::memory_order_acquire); }

private:
    room_index room_;
    intake_queue& queue_;
    state_handler on_state_;
    std::atomic<std::uint64_t> lost_{0};
};

}  // namespace tiktok2twitch::app
