// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/files/file_worker.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "tiktok2twitch/core/quiet_thread.hpp"

namespace tiktok2twitch::files {

struct file_worker::impl : std::enable_shared_from_this<file_worker::impl> {
    struct entry {
        job work;
        answer done;
        std::size_t bytes = 0;
    };

    explicit impl(carrier carry) : to_owner(std::move(carry)) {}

    void run() {
        net::hear_no_signals();
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(lock, [this] { return !waiting.empty() || ending; });
            if (waiting.empty())
                break;
            auto next = std::move(waiting.front());
            waiting.pop_front();
            lock.unlock();
            const auto result = obey(next.work);
            next.work = nullptr;  // what it held goes here, not on the owner's thread
            if (next.done)
                carry(std::move(next.done), result);
            lock.lock();
            bytes -= next.bytes;
            ++finished;
            progress.notify_all();
        }
        ended = true;
        progress.notify_all();
    }

    static core::error_code obey(job& work) {
        try {
            return work();
        } catch (const std::exception&) {
            return make_error_code(boost::system::errc::not_enough_memory);
        }
    }

    void carry(answer done, core::error_code result) {
        const std::lock_guard lock(carrying);
        if (to_owner)
            to_owner([done = std::move(done), result] { done(result); });
    }

    std::mutex mutex;  // of all that follows up to `ended`
    std::condition_variable changed;
    std::condition_variable progress;
    std::deque<entry> waiting;
    std::size_t bytes = 0;
    std::size_t submitted = 0;
    std::size_t finished = 0;
    bool ending = false;
    bool ended = false;

    std::mutex carrying;
    carrier to_owner;  // empty once the owner has gone
    std::thread thread;
};

file_worker::file_worker(carrier to_owner) : impl_(std::make_shared<impl>(std::move(to_owner))) {
    impl_->thread = std::thread([self = impl_] { self->run(); });
}

file_worker::~file_worker() {
    {
        const std::lock_guard lock(impl_->carrying);
        impl_->to_owner = nullptr;
    }
    std::unique_lock lock(impl_->mutex);
    impl_->ending = true;
    impl_->changed.notify_all();
    const bool over = impl_->progress.wait_for(lock, end_limit, [this] { return impl_->ended; });
    lock.unlock();
    if (over)
        impl_->thread.join();
    else
        impl_->thread.detach();
}

bool file_worker::submit(job work, answer done, std::size_t bytes) {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->waiting.size() >= most_waiting || impl_->bytes + bytes > most_bytes)
        return false;
    impl_->waiting.push_back({std::move(work), std::move(done), bytes});
    impl_->bytes += bytes;
    ++impl_->submitted;
    impl_->changed.notify_one();
    return true;
}

bool file_worker::finish(std::chrono::milliseconds limit) {
    std::unique_lock lock(impl_->mutex);
    const auto all = impl_->submitted;
    return impl_->progress.wait_for(lock, limit, [this, all] { return impl_->finished >= all; });
}

}  // namespace tiktok2twitch::files
