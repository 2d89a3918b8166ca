// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One thread for what a disk may keep waiting: write, fsync, rename. Its owner's thread, which answers PINGs,
// never waits for it longer than it says. Jobs run one after the other, in the order they came; what a job
// has found is handed to `done` on the owner's thread. A disk that hangs fills the queue, which is bounded:
// what does not fit is refused, and the caller says so.
//
// All functions are for the owner's thread.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::files {

class file_worker {
public:
    // A job touches nothing of the owner's; what it throws is ENOMEM.
    using job = std::function<core::error_code()>;
    using answer = std::function<void(core::error_code)>;
    // Brings a call to the owner's thread ("asio::post to its loop"). Called on the worker's.
    using carrier = std::function<void(std::function<void()>)>;

    static constexpr std::size_t most_waiting = 10'000;
    static constexpr std::size_t most_bytes = std::size_t{32} * 1024 * 1024;

    explicit file_worker(carrier to_owner);
    // What still waits is done first, unless the disk hangs for longer than `end_limit`: then the thread is
    // left to itself. No `done` is called any more.
    ~file_worker();
    file_worker(const file_worker&) = delete;
    file_worker& operator=(const file_worker&) = delete;
    static constexpr std::chrono::milliseconds end_limit{2000};

    // `bytes`: about what the job holds. False: the queue is full, and nothing will happen.
    bool submit(job work, answer done = {}, std::size_t bytes = 0);

    // Waits until all that was submitted is done; false after `limit`.
    bool finish(std::chrono::milliseconds limit);

    // The result of a job, waited for; nothing after `limit`. The job still runs then, and what it captured
    // must live as long.
    template <class Work>
    auto ask(Work work, std::chrono::milliseconds limit) -> std::optional<std::invoke_result_t<Work>> {
        auto found = std::make_shared<std::optional<std::invoke_result_t<Work>>>();
        const bool taken = submit([found, work = std::move(work)]() mutable {
            found->emplace(work());
            return core::error_code();
        });
        if (!taken || !finish(limit))
            return std::nullopt;
        return std::move(*found);
    }

private:
    struct impl;
    std::shared_ptr<impl> impl_;  // the thread's, too
};

}  // namespace tiktok2twitch::files
