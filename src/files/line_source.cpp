// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/files/line_source.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

#include "tiktok2twitch/core/quiet_thread.hpp"
#include "tiktok2twitch/files/posix_file.hpp"

namespace tiktok2twitch::files {

struct line_source::impl {
    impl(int descriptor, handlers callbacks) : input(descriptor), call(std::move(callbacks)) {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
            stop_read = files::descriptor(ends[0]);
            stop_write = files::descriptor(ends[1]);
        }
        thread = std::thread([this] { run(); });
    }

    void run() {
        net::hear_no_signals();
        const core::error_code why = read_all();
        if (!ending())
            call.on_end(why);
    }

    core::error_code read_all() {
        std::array<char, 64 * 1024> block;
        for (;;) {
            if (!wait_for_input())
                return {};
            const ssize_t count = ::read(input, block.data(), block.size());
            if (count < 0 && (errno == EINTR || errno == EAGAIN))
                continue;
            if (count < 0)
                return last_error();
            if (count == 0) {
                if (!line.empty() || !whole)
                    hand_over();
                return {};
            }
            if (!split(std::string_view(block.data(), static_cast<std::size_t>(count))))
                return {};
        }
    }

    // False: the owner goes.
    bool wait_for_input() const {
        std::array<pollfd, 2> both{{{input, POLLIN, 0}, {stop_read.get(), POLLIN, 0}}};
        while (::poll(both.data(), both.size(), -1) < 0 && errno == EINTR) {
        }
        return both[1].revents == 0;
    }

    bool split(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::size_t end = bytes.find('\n');
            const std::string_view part = bytes.substr(0, end);
            whole = whole && line.size() + part.size() <= longest_line;
            if (whole)
                line += part;
            else
                line.clear();
            if (end == std::string_view::npos)
                return true;
            bytes.remove_prefix(end + 1);
            if (!hand_over())
                return false;
        }
        return true;
    }

    bool hand_over() {
        {
            std::unique_lock lock(mutex);
            changed.wait(lock, [this] { return on_their_way < most_on_their_way || ended; });
            if (ended)
                return false;
            ++on_their_way;
        }
        call.on_line(std::exchange(line, {}), std::exchange(whole, true));
        return true;
    }

    bool ending() {
        const std::lock_guard lock(mutex);
        return ended;
    }

    int input;
    handlers call;
    descriptor stop_read{-1};
    descriptor stop_write{-1};
    std::string line;
    bool whole = true;

    std::mutex mutex;  // of what follows
    std::condition_variable changed;
    std::size_t on_their_way = 0;
    bool ended = false;

    std::thread thread;
};

line_source::line_source(int descriptor, handlers callbacks)
    : impl_(std::make_unique<impl>(descriptor, std::move(callbacks))) {}

line_source::~line_source() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->ended = true;
        impl_->changed.notify_all();
    }
    { const descriptor closed(std::move(impl_->stop_write)); }  // poll() returns
    impl_->thread.join();
}

void line_source::taken() {
    const std::lock_guard lock(impl_->mutex);
    --impl_->on_their_way;
    impl_->changed.notify_all();
}

}  // namespace tiktok2twitch::files
