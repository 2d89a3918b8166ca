// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the ingest loop hands to the egress loop, and the ingest side of that hand-over.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/handover.hpp"
#include "tiktok2twitch/tiktok/client/recorder.hpp"
#include "tiktok2twitch/tiktok/client/room_client.hpp"
#include "tiktok2twitch/tiktok/options.hpp"

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
// (docs/protocol/tiktok.md §5.8), so this is minutes of silence from the egress loop, which normally drains
// within microseconds.
inline constexpr std::size_t intake_capacity = 4096;

// What of a room did not reach the other side, or could not be read.
enum feed_counter : std::size_t {
    lost_events = 0,                  // + event_kind: found the queue full
    lost_parts = relay::event_kinds,  // + event_kind: the same, but only a part of an event: frames of gift
                                      // streaks, likes, viewer counts
    lost_history = 2 * relay::event_kinds,  // ignored_message that found the queue full
    lost_duplicates,
    lost_deletions,  // ids over room_feed::max_waiting_ids
    unread_excess,   // the rest: tiktok::unread_counts
    unread_undecodable,
    unread_oversized,
    feed_counters
};
// Each since the start.
using feed_counts = std::array<std::uint64_t, feed_counters>;

// The listener of one room. Lives on the ingest loop; only counts(), door() and waiting() are read from the
// other side.
//
// Deletions by TikTok's moderation must not be lost: those that find the queue full wait here and go first
// when there is room again. The egress loop asks for retry() when it has made some.
class room_feed final : public tiktok::room_listener {
public:
    using state_handler = std::function<void(room_index, tiktok::room_report)>;

    // Ids of waiting deletions; a moderator removes messages by hand, a few in a minute.
    static constexpr std::size_t max_waiting_ids = 10'000;

    // `on_state` is called on the ingest loop and must carry the news over by itself (post).
    room_feed(room_index room, intake_queue& queue, state_handler on_state);

    // What comes over the sockets goes there, too. Before the room is read.
    void record_with(std::shared_ptr<tiktok::recorder> recorder, std::string room) {
        recorder_ = std::move(recorder);
        room_name_ = std::move(room);
    }

    void on_frame(std::string_view way, bool text, std::string_view bytes, core::time_point now) override;
    void on_event(relay::event event) override;
    void on_ignored(std::int64_t msg_id, core::unix_ms created_at, tiktok::ignore_reason why) override;
    void on_deletion(tiktok::deletion what) override;
    void on_unread(const tiktok::unread_counts& counts) override;
    void on_alive(std::int64_t room_id, core::unix_ms now) override;
    void on_cookie(tiktok::cookie_door door) override;
    void on_state(const tiktok::room_report& report) override;

    // Pushes what waits, as far as there is room.
    void retry();
    // The end: what still waits, to be carried over by other means.
    std::vector<tiktok::deletion> take_waiting();

    // Any thread.
    feed_counts counts() const noexcept;
    std::optional<tiktok::cookie_door> door() const noexcept;  // of the present cookie; nothing: none so far
    bool waiting() const noexcept { return has_waiting_.load(std::memory_order_acquire); }

private:
    void count(std::size_t which, std::uint64_t more = 1) noexcept;

    room_index room_;
    intake_queue& queue_;
    state_handler on_state_;
    std::shared_ptr<tiktok::recorder> recorder_;
    std::string room_name_;
    std::deque<tiktok::deletion> waiting_;  // oldest first
    std::size_t waiting_ids_ = 0;
    std::atomic<bool> has_waiting_{false};
    std::atomic<int> door_{-1};
    std::array<std::atomic<std::uint64_t>, feed_counters> counts_{};
};

// The ingest loop: one thread that reads every TikTok room. The object itself belongs to the egress loop;
// all its functions are called there, and all its handlers are called there.

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
