// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/channel_outbox.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "tiktok2twitch/twitch/irc_codec.hpp"
#include "twitch/packer.hpp"

namespace tiktok2twitch::twitch {

namespace {

using std::chrono::seconds;

// Twitch refuses a text equal to the account's last delivered one for 30 s (twitch.md 2.5). Within that
// time, less a margin for the way there, sending a line again cannot show it twice.
constexpr core::duration duplicate_window = seconds(30);
constexpr core::duration resend_window = seconds(25);
// More parts than this cannot fit in a line: a separator and one character each.
constexpr std::size_t max_parts = 128;

void drop_all(const std::vector<waiting_part>& parts, std::string_view reason, ledger& out) {
    for (const auto& item : parts)
        out.dropped(item.part, reason);
}

}  // namespace

void channel_outbox::push(relay::line_part part, std::size_t backlog, ledger& out) {
    waiting_.push_back({std::move(part), false, false});
    trim(backlog, out);
}

void channel_outbox::trim(std::size_t backlog, ledger& out) {
    while (waiting_.size() > backlog) {
        out.dropped(waiting_.front().part, "queue_full");
        waiting_.pop_front();
    }
}

void channel_outbox::expire(core::duration max_age, core::time_point now, ledger& out) {
    while (!waiting_.empty() && waiting_.front().part.received_at + max_age <= now) {
        out.dropped(waiting_.front().part, "expired");
        waiting_.pop_front();
    }
}

void channel_outbox::check_resend(bool exempt, core::time_point now, ledger& out) {
    if (!resend_ || (now < resend_->first_written + resend_window && !exempt))
        return;
    drop_all(resend_->parts, "unknown", out);
    resend_.reset();
}

void channel_outbox::drop_waiting(std::string_view reason, ledger& out) {
    for (const auto& item : waiting_)
        out.dropped(item.part, reason);
    waiting_.clear();
    if (!resend_)
        return;
    drop_all(resend_->parts, "unknown", out);
    resend_.reset();
}

void channel_outbox::drop_route(relay::route_id route, std::string_view reason, ledger& out) {
    std::erase_if(waiting_, [&](const waiting_part& item) {
        if (item.part.route != route)
            return false;
        out.dropped(item.part, reason);
        return true;
    });
}

const flight* channel_outbox::compose(const options& options, bool exempt, core::time_point now,
                                      ledger& out) {
    if (resend_) {
        flight_ = std::move(resend_);
        resend_.reset();
        flight_->resend = true;
        flight_->written = now;
        flight_->barrier.reset();
        return &*flight_;
    }
    while (!waiting_.empty()) {
        expire(options.max_age, now, out);
        std::array<const relay::line_part*, max_parts> front{};
        const auto count = std::min(shareable(), front.size());
        if (count == 0)
            break;
        for (std::size_t i = 0; i < count; ++i)
            front[i] = &waiting_[i].part;
        auto line = pack(std::span(front.data(), count), line_limit, options.pack);

        flight next;
        next.text = std::move(line.text);
        for (std::size_t i = 0; i < line.taken; ++i) {
            next.parts.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        if (!exempt && last_delivered_ && last_delivered_->text == next.text &&
            now < last_delivered_->at + duplicate_window) {
            drop_all(next.parts, "repeat", out);  // Twitch would refuse it, at the price of a line
            continue;
        }
        next.exempt = exempt;
        next.first_written = now;
        next.written = now;
        flight_ = std::move(next);
        return &*flight_;
    }
    return nullptr;
}

void channel_outbox::on_written(core::time_point now) {
    if (flight_)
        flight_->written = now;
}

void channel_outbox::set_barrier(std::uint64_t ping, core::time_point now) {
    flight_->barrier = ping;
    flight_->barrier_sent = now;
}

void channel_outbox::accepted(core::time_point now, ledger& out) {
    for (const auto& item : flight_->parts)
        out.relayed(item.part);
    last_delivered_ = delivered{std::move(flight_->text), now};
    flight_.reset();
    unanswered_ = 0;
}

void channel_outbox::refused(std::string_view reason, ledger& out) {
    drop_all(flight_->parts, reason, out);
    flight_.reset();
    unanswered_ = 0;
}

void channel_outbox::refused_too_early(std::string_view reason, core::duration max_age, core::time_point now,
                                       ledger& out) {
    unanswered_ = 0;
    if (flight_->resend) {
        // The first copy may be the very reason why the second came too early: still unknown.
        resend_ = std::exchange(flight_, std::nullopt);
        return;
    }
    for (auto item = flight_->parts.rbegin(); item != flight_->parts.rend(); ++item) {
        if (item->requeued || item->part.received_at + max_age <= now) {
            out.dropped(item->part, reason);
            continue;
        }
        item->requeued = true;
        waiting_.push_front(std::move(*item));
    }
    flight_.reset();
}

void channel_outbox::refused_for_one() {
    auto& parts = flight_->parts;
    parts.front().starts_line = true;
    parts[parts.size() / 2].starts_line = true;
    if (!waiting_.empty())
        waiting_.front().starts_line = true;
    for (auto item = parts.rbegin(); item != parts.rend(); ++item)
        waiting_.push_front(std::move(*item));
    flight_.reset();
    unanswered_ = 0;
}

// How many of the waiting parts may go out together, by the marks alone.
std::size_t channel_outbox::shareable() const noexcept {
    std::size_t count = waiting_.empty() ? 0 : 1;
    while (count < waiting_.size() && count < max_parts && !waiting_[count].starts_line)
        ++count;
    return count;
}

void channel_outbox::unanswered(ledger& out) {
    drop_all(flight_->parts, "unknown", out);
    flight_.reset();
    ++unanswered_;
}

void channel_outbox::connection_lost(ledger& out) {
    if (!flight_)
        return;
    if (flight_->exempt)
        drop_all(flight_->parts, "unknown", out);
    else
        resend_ = std::move(flight_);
    flight_.reset();
}

std::size_t channel_outbox::unconfirmed() const noexcept {
    return (flight_ ? flight_->parts.size() : 0) + (resend_ ? resend_->parts.size() : 0);
}

std::size_t channel_outbox::count(relay::route_id route) const {
    const auto of_route = [&](const waiting_part& item) {
        return item.part.route == route;
    };
    auto total = std::count_if(waiting_.begin(), waiting_.end(), of_route);
    for (const auto* line : {&flight_, &resend_})
        if (*line)
            total += std::count_if((*line)->parts.begin(), (*line)->parts.end(), of_route);
    return static_cast<std::size_t>(total);
}

core::time_point channel_outbox::deadline(core::duration max_age) const {
    auto at = core::time_point::max();
    if (!waiting_.empty())
        at = waiting_.front().part.received_at + max_age;
    if (resend_)
        at = std::min(at, resend_->first_written + resend_window);
    return at;
}

}  // namespace tiktok2twitch::twitch
