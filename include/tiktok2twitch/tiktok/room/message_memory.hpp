// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Ids that came not long ago, in little more than their eight bytes each: sorted blocks with one time for a
// whole block. Kept by age, and the newest ones however old they are. Pure.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::tiktok {

struct recent_ids_limits {
    std::int64_t kept_for = 0;    // in the unit of the caller's clock
    std::size_t kept_always = 0;  // so many of the newest are never too old
    std::size_t most = 0;         // a bound for floods: the oldest go, whatever their age
};

class recent_ids {
public:
    static constexpr std::size_t block_size = 1024;

    explicit recent_ids(const recent_ids_limits& limits) : limits_(limits) {}

    bool contains(std::int64_t id) const noexcept;
    // `id` must be new; `now` never goes back.
    void add(std::int64_t id, std::int64_t now);

    std::size_t size() const noexcept { return size_; }
    std::size_t bytes() const noexcept;  // that the ids take

private:
    struct block {
        std::vector<std::int64_t> ids;  // sorted
        std::int64_t newest = 0;        // when the last one came
    };

    void forget(std::int64_t now);

    recent_ids_limits limits_;
    std::deque<block> blocks_;  // oldest first
    std::size_t size_ = 0;
};

// Which messages of one TikTok account were already seen: across reconnects, and across restarts
// when fed from the journal (client/message_journal.hpp). Pure. Remembered by age, and the newest comments
// however old they are, so that the history replay of a quiet room is never repeated. For the same reason
// comments, which the server replays, and everything else are counted apart: a room that tells its viewers
// every 2 s would otherwise push the comments of a quiet day out of memory.

class message_memory {
public:
    // docs/protocol/tiktok.md §5.2 asks for 15 minutes; the busiest rooms reported send 12 comments/s =
    // 10,800 in that time, and half as much else (docs/protocol/tiktok.md §5.8): 140 KB. The bounds are for
    // floods of ten times that, of comments and again of everything else.
    static constexpr core::unix_ms kept_for = 16 * 60 * 1000;
    static constexpr std::size_t newest_comments = 4096;
    static constexpr std::size_t max_ids = 131'072;
    // After a longer silence of ours, history is old news and is not relayed.
    static constexpr core::unix_ms max_gap = 15 * 60 * 1000;

    enum class verdict : std::uint8_t { fresh, duplicate, history };

    // Connected to `room_id` at `now`. Decides whether replayed history fills a gap: only when the same
    // room was alive at most max_gap ago.
    void on_connected(std::int64_t room_id, core::unix_ms now);
    // The room was still being received at `now`.
    void on_alive(std::int64_t room_id, core::unix_ms now);

    // Judges one message and remembers its id whatever the verdict.
    verdict judge(std::int64_t msg_id, core::unix_ms created_at, bool history,
                  relay::event_kind kind = relay::event_kind::chat);

    // From the journal of an earlier process; call before the first on_connected(). Oldest first.
    void restore_id(std::int64_t msg_id);
    void restore_alive(std::int64_t room_id, core::unix_ms at) { on_alive(room_id, at); }
    // History older than this was deliberately not relayed at a first connect.
    void restore_floor(core::unix_ms floor) noexcept;

    // The room that was heard last, also in an earlier process; 0: none.
    std::int64_t room_id() const noexcept { return room_id_; }
    core::unix_ms floor() const noexcept { return floor_; }
    std::size_t size() const noexcept { return comments_.size() + others_.size(); }
    std::size_t bytes() const noexcept { return comments_.bytes() + others_.bytes(); }  // that the ids take

private:
    bool remember(std::int64_t msg_id, recent_ids& among);

    recent_ids comments_{{kept_for, newest_comments, max_ids}};
    recent_ids others_{{kept_for, 0, max_ids}};
    // Milliseconds in which the room was heard: what ids age by. A wall clock that jumps, or a long silence,
    // makes none of them much older.
    core::unix_ms heard_for_ = 0;
    std::int64_t room_id_ = 0;
    core::unix_ms alive_at_ = 0;
    core::unix_ms floor_ = 0;  // newest creation time among the history ignored at a first connect
    bool fills_gap_ = false;
};

}  // namespace tiktok2twitch::tiktok
