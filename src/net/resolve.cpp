// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/resolve.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/core/quiet_thread.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/failure.hpp"

namespace tiktok2twitch::net {

using tcp = asio::ip::tcp;

namespace {

// The lookups under way and those that wait for a thread. Waiting coroutines take their timers out before
// they go away, so that no thread touches a loop that may be gone.
class lookup_desk {
public:
    using timer_ptr = std::shared_ptr<asio::steady_timer>;
    // A test's own way of looking up has nothing to do with another one's.
    using question = std::pair<std::string, lookup_function>;

    struct pending {
        question what;
        std::vector<timer_ptr> waiting;
        std::optional<core::result<addresses>> answer;
    };
    using job_ptr = std::shared_ptr<pending>;

    core::result<job_ptr> join(const question& what, const timer_ptr& timer) {
        const std::lock_guard lock(mutex_);
        auto& job = jobs_[what];
        if (!job) {
            job = std::make_shared<pending>();
            job->what = what;
            if (threads_ == most_lookups) {
                queue_.push_back(job);
            } else if (const auto error = begin(job)) {
                jobs_.erase(what);
                return error;
            }
        }
        job->waiting.push_back(timer);
        return job;
    }

    void leave(const job_ptr& job, const timer_ptr& timer) {
        const std::lock_guard lock(mutex_);
        std::erase(job->waiting, timer);
    }

    core::result<addresses> answer(const job_ptr& job) {
        const std::lock_guard lock(mutex_);
        return *job->answer;
    }

private:
    core::error_code begin(job_ptr job) {
        try {
            std::thread([this, job = std::move(job)]() mutable { work(std::move(job)); }).detach();
        } catch (const std::system_error&) {
            return asio::error::no_memory;  // no thread to be had
        }
        ++threads_;
        return {};
    }

    void work(job_ptr job) {
        hear_no_signals();
        while (job) {
            auto found = job->what.second(job->what.first);
            job = finish(job, std::move(found));
        }
    }

    // The next one that somebody waits for; empty: the thread ends.
    job_ptr finish(const job_ptr& job, core::result<addresses> found) {
        const std::lock_guard lock(mutex_);
        job->answer = std::move(found);
        jobs_.erase(job->what);
        // A timer belongs to its loop: it is cancelled there.
        for (const timer_ptr& timer : job->waiting) {
            asio::post(timer->get_executor(), [timer] { timer->cancel(); });
        }
        while (!queue_.empty()) {
            job_ptr next = std::move(queue_.front());
            queue_.pop_front();
            if (!next->waiting.empty()) {
                return next;
            }
            jobs_.erase(next->what);
        }
        --threads_;
        return nullptr;
    }

    std::mutex mutex_;
    std::map<question, job_ptr> jobs_;
    std::deque<job_ptr> queue_;
    std::size_t threads_ = 0;
};

// Of the process. Never destroyed: a lookup may outlive main().
lookup_desk& desk() {
    static auto* const it = new lookup_desk;
    return *it;
}

class wait_guard {
public:
    wait_guard(lookup_desk::job_ptr job, lookup_desk::timer_ptr timer)
        : job_(std::move(job)), timer_(std::move(timer)) {}
    wait_guard(const wait_guard&) = delete;
    wait_guard& operator=(const wait_guard&) = delete;
    ~wait_guard() { desk().leave(job_, timer_); }

private:
    lookup_desk::job_ptr job_;
    lookup_desk::timer_ptr timer_;
};

std::optional<addresses> without_lookup(const std::string& host) {
    core::error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (!error) {
        return addresses{address};
    }
    // RFC 6761 6.3: localhost is the loopback address, whatever a name server says. Plain text is
    // allowed to it for that reason.
    if (host == "localhost") {
        return addresses{asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()};
    }
    return std::nullopt;
}

endpoints with_port(const addresses& found, std::uint16_t port) {
    endpoints out;
    for (const auto& each : found) {
        const tcp::endpoint one(each, port);
        if (std::find(out.begin(), out.end(), one) == out.end()) {
            out.push_back(one);
        }
    }
    return out;
}

}  // namespace

core::result<addresses> system_lookup(const std::string& host) {
    asio::io_context own(1);
    tcp::resolver resolver(own);
    core::error_code error;
    const auto found = resolver.resolve(
        host, "0", tcp::resolver::numeric_service | tcp::resolver::address_configured, error);
    if (error) {
        return translate(error);
    }
    addresses result;
    for (const auto& entry : found) {
        result.push_back(entry.endpoint().address());
    }
    return result;
}

awaitable<core::result<endpoints>> resolve(std::string host, std::uint16_t port, lookup_function lookup) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (const auto known = without_lookup(host)) {
        co_return with_port(*known, port);
    }
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const auto timer = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
    const lookup_desk::question what(host, lookup);
    const auto job = desk().join(what, timer);
    if (!job) {
        co_return job.error();
    }
    const wait_guard guard(*job, timer);
    co_await timer->async_wait(use_nothrow_awaitable);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    const auto found = desk().answer(*job);
    if (!found) {
        co_return found.error();
    }
    co_return with_port(*found, port);
}

}  // namespace tiktok2twitch::net
