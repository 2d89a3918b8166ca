// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The ingest loop: one thread that reads every TikTok room. The object itself belongs to the egress loop;
// all its functions are called there, and all its handlers are called there.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/app/intake.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/tiktok/options.hpp"

namespace tiktok2twitch::app {

class ingest {
public:
    // The room's coroutine has returned (see tiktok::run_room).
    struct room_end {
        core::error_code reason;
        feed_counts counts;                       // final
        std::vector<tiktok::deletion> deletions;  // that found no room in the queue any more
    };
    struct handlers {
        room_feed::state_handler on_state;
        std::function<void(room_index, room_end)> on_ended;
    };

    struct room_setup {
        tiktok::room_client_options client;
        tiktok::options tiktok;
        net::tls_client tls;
        tiktok::message_memory memory;  // restored from the journal
    };

    ingest(net::asio::any_io_executor egress, intake_queue& queue, handlers callbacks);
    // Joins the thread: every room must have ended (stop(), then on_ended of each).
    ~ingest();

    // Before add(): what is received is recorded as well.
    void record_with(std::shared_ptr<tiktok::recorder> recorder);
    // Before add(): the rooms read a recording from this descriptor, as it comes, and nothing else; when it
    // has ended, so have they.
    void read_from(int descriptor);

    void add(room_index room, room_setup setup);
    // After the first rooms were added, with read_from(): lines are read from now on.
    void begin_input();
    // Cancels one room; on_ended follows.
    void remove(room_index room);
    void stop();

    // What of a room did not fit into the queue, or could not be read, since the start.
    feed_counts counts(room_index room) const;
    // The door that the room's visitor cookie came through; nothing: none so far.
    std::optional<tiktok::cookie_door> door(room_index room) const;
    // The queue has room again: what waits for it is pushed soon, if there is anything.
    void retry(room_index room);
    bool empty() const noexcept;

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::app
