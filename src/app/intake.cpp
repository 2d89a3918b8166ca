// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/intake.hpp"

#include <iterator>
#include <utility>

namespace tiktok2twitch::app {
namespace {

// relay::room_story makes one event of many of these; without one of them the event is the same, or smaller.
bool is_part(const relay::event& event) noexcept {
    switch (event.kind) {
        case relay::event_kind::like:
        case relay::event_kind::viewers:
            return true;
        case relay::event_kind::gift:
            return event.gift && (event.gift->streakable || !event.gift->ended);
        default:
            return false;
    }
}

std::size_t ids_in(const tiktok::deletion& what) noexcept {
    return what.msg_ids.size() + what.user_ids.size();
}

}  // namespace

room_feed::room_feed(room_index room, intake_queue& queue, state_handler on_state)
    : room_(room), queue_(queue), on_state_(std::move(on_state)) {}

void room_feed::on_frame(std::string_view way, bool text, std::string_view bytes, core::time_point now) {
    if (recorder_)
        recorder_->on_frame(room_name_, way, text, bytes, now);
}

void room_feed::on_event(relay::event event) {
    retry();
    const auto counter = (is_part(event) ? lost_parts : lost_events) + static_cast<std::size_t>(event.kind);
    intake_item item{room_, std::move(event)};
    if (!queue_.push(std::move(item)))
        count(counter);
}

void room_feed::on_ignored(std::int64_t msg_id, core::unix_ms created_at, tiktok::ignore_reason why) {
    retry();
    intake_item item{room_, ignored_message{msg_id, created_at, why}};
    if (!queue_.push(std::move(item)))
        count(why == tiktok::ignore_reason::history ? lost_history : lost_duplicates);
}

void room_feed::on_deletion(tiktok::deletion what) {
    const std::size_t ids = ids_in(what);
    if (waiting_ids_ + ids > max_waiting_ids)
        retry();
    if (waiting_ids_ + ids > max_waiting_ids) {
        count(lost_deletions, ids);
        return;
    }
    waiting_.push_back(std::move(what));
    waiting_ids_ += ids;
    // Said before the queue is tried: a push that fails tells the other side, which then looks here.
    has_waiting_.store(true, std::memory_order_release);
    retry();
}

void room_feed::on_unread(const tiktok::unread_counts& counts) {
    count(unread_excess, counts.excess_messages);
    count(unread_undecodable, counts.undecodable_messages + counts.undecodable_frames);
    count(unread_oversized, counts.oversized_frames);
}

void room_feed::on_alive(std::int64_t room_id, core::unix_ms now) {
    retry();
    intake_item item{room_, alive_mark{room_id, now}};
    queue_.push(std::move(item));
}

void room_feed::on_cookie(tiktok::cookie_door door) {
    door_.store(static_cast<int>(door), std::memory_order_release);
}

std::optional<tiktok::cookie_door> room_feed::door() const noexcept {
    const int known = door_.load(std::memory_order_acquire);
    if (known < 0)
        return std::nullopt;
    return static_cast<tiktok::cookie_door>(known);
}

void room_feed::on_state(const tiktok::room_report& report) {
    on_state_(room_, report);
}

void room_feed::retry() {
    while (!waiting_.empty()) {
        intake_item item{room_, waiting_.front()};
        if (!queue_.push(std::move(item)))
            return;
        waiting_ids_ -= ids_in(waiting_.front());
        waiting_.pop_front();
    }
    has_waiting_.store(false, std::memory_order_release);
}

std::vector<tiktok::deletion> room_feed::take_waiting() {
    std::vector<tiktok::deletion> out(std::make_move_iterator(waiting_.begin()),
                                      std::make_move_iterator(waiting_.end()));
    waiting_.clear();
    waiting_ids_ = 0;
    has_waiting_.store(false, std::memory_order_release);
    return out;
}

void room_feed::count(std::size_t which, std::uint64_t more) noexcept {
    counts_[which].fetch_add(more, std::memory_order_release);
}

feed_counts room_feed::counts() const noexcept {
    feed_counts out{};
    for (std::size_t i = 0; i < feed_counters; ++i)
        out[i] = counts_[i].load(std::memory_order_acquire);
    return out;
}

}  // namespace tiktok2twitch::app
