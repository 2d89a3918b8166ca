// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The one object that both loops write: a bounded lock-free queue from the ingest loop (one producer) to
// the egress loop (one consumer). When it is full the producer counts the loss beside it, so that nothing
// is lost in silence; the consumer collects that count with the items.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <utility>

#include <boost/lockfree/spsc_queue.hpp>

namespace tiktok2twitch::relay {

template <class T>
class handover {
public:
    // `notify` is called by the producer when the consumer may be asleep: it has to make the consumer
    // call drain() on its own loop soon (post a handler). At most one call per drain().
    handover(std::size_t capacity, std::function<void()> notify)
        : ring_(capacity), notify_(std::move(notify)) {}

    handover(const handover&) = delete;
    handover& operator=(const handover&) = delete;

    // Producer only. False: full, the item was not taken (the consumer is told all the same).
    bool push(T item) {
        // The range form is the one that can move (Boost 1.81's single push copies).
        const auto first = std::make_move_iterator(&item);
        const bool taken = ring_.push(first, std::next(first)) != first;
        if (!signalled_.exchange(true, std::memory_order_acq_rel))
            notify_();
        return taken;
    }

    // Consumer only: hands over everything that is there, in order. The flag is cleared first: an item
    // pushed after the loop below has looked finds it clear and notifies again, so no wake-up is lost.
    template <class Function>
    std::size_t drain(Function&& take) {
        signalled_.exchange(false, std::memory_order_acq_rel);
        return ring_.consume_all([&take](T& item) { take(std::move(item)); });
    }

private:
    boost::lockfree::spsc_queue<T> ring_;
    std::atomic<bool> signalled_{false};
    std::function<void()> notify_;
};

}  // namespace tiktok2twitch::relay
