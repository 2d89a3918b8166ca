// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Watches one TikTok account for ever: looks it up, waits while it is offline, connects while it is live,
// reconnects, and delivers each new event once. Runs on the ingest loop.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/tiktok/client/direct_way.hpp"
#include "tiktok2twitch/tiktok/options.hpp"
#include "tiktok2twitch/tiktok/room/drift_watch.hpp"
#include "tiktok2twitch/tiktok/room/message_memory.hpp"
#include "tiktok2twitch/tiktok/room/room_watch.hpp"

namespace tiktok2twitch::tiktok {

enum class ignore_reason : std::uint8_t { history, duplicate };

// What the room tells the rest of the program. Called on the ingest loop; must not block.
class room_listener {
public:
    virtual ~room_listener() = default;
    virtual void on_event(relay::event event) = 0;  // new: to be relayed
    virtual void on_ignored(std::int64_t msg_id, core::unix_ms created_at, ignore_reason why) = 0;
    virtual void on_deletion(deletion what) = 0;
    virtual void on_unread(const unread_counts& counts) = 0;  // came, and could not be read
    virtual void on_alive(std::int64_t room_id,
                          core::unix_ms now) = 0;  // about once a minute while connected
    // A WebSocket message as it came, by which way: to be recorded.
    virtual void on_frame(std::string_view /*way*/, bool /*text*/, std::string_view /*bytes*/,
                          core::time_point /*now*/) {}
    virtual void on_cookie(cookie_door) {}  // through which the visitor cookie of this connection came
    virtual void on_state(const room_report& report) = 0;  // after each change of it
};

struct room_client_options {
    std::string unique_id;
    bool once = false;  // end (with success) when the first live seen has ended
    core::duration max_age = std::chrono::seconds(60);  // of what may still be relayed
    std::uint64_t seed = 0;
    drift_watch* drift = nullptr;  // of all rooms; nullptr: nobody watches
};

// Returns when cancelled (operation_aborted) or when `once` is fulfilled (no error), and never because TikTok
// says that there is no such account: that is said of accounts that exist. `memory` holds the ids of earlier
// messages and is updated; it may come from an earlier process.
net::awaitable<core::error_code> run_room(room_client_options options, tiktok::options tiktok_options,
                                          way_in& way, message_memory& memory, room_listener& listener);

// The direct way, without any signing service. `unique_id`: whose live page is one of the doors to the
// visitor cookie; empty: that door is left out.
std::unique_ptr<way_in> make_direct_way(options options, net::tls_client tls, std::uint64_t seed,
                                        std::string unique_id = {});

}  // namespace tiktok2twitch::tiktok
