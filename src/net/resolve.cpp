// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "net/resolve.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "net/failure.hpp"
#include "net/quiet_thread.hpp"
#include "net/timed.hpp"

namespace tiktok2twitch::net {

using tcp = asio::ip::tcp;

namespace {

// Shared by the waiting coroutine and the thread of the lookup. The coroutine takes the timer out before
// it goes away, so the thread never touches a loop that may be gone.
struct pending_lookup {
    std::mutex mutex;
    std::shared_ptr<asio::steady_timer> waiter;  // empty: nobody waits any more
    std::optional<core::result<endpoints>> answer;
};

class wait_guard {
public:
    explicit wait_guard(std::shared_ptr<pending_lookup> lookup) : lookup_(std::move(lookup)) {}
    wait_guard(const wait_guard&) = delete;
    wait_guard& operator=(const wait_guard&) = delete;
    ~wait_guard() {
        const std::lock_guard lock(lookup_->mutex);
        lookup_->waiter.reset();
    }

private:
    std::shared_ptr<pending_lookup> lookup_;
};

void run_lookup(const std::shared_ptr<pending_lookup>& pending, const std::string& host, std::uint16_t port,
                lookup_function lookup) {
    hear_no_signals();
    auto answer = lookup(host, port);
    const std::lock_guard lock(pending->mutex);
    if (!pending->waiter) {
        return;
    }
    pending->answer = std::move(answer);
    // The timer belongs to the loop: it is cancelled there.
    asio::post(pending->waiter->get_executor(), [timer = pending->waiter] { timer->cancel(); });
}

core::error_code start_lookup(const std::shared_ptr<pending_lookup>& pending, const std::string& host,
                              std::uint16_t port, lookup_function lookup) {
    try {
        std::thread([pending, host, port, lookup] { run_lookup(pending, host, port, lookup); }).detach();
    } catch (const std::system_error&) {
        return asio::error::no_memory;  // no thread to be had
    }
    return {};
}

std::optional<endpoints> without_lookup(const std::string& host, std::uint16_t port) {
    core::error_code error;
    const auto address = asio::ip::make_address(host, error);
    if (!error) {
        return endpoints{{address, port}};
    }
    // RFC 6761 6.3: localhost is the loopback address, whatever a name server says. Plain text is
    // allowed to it for that reason.
    if (host == "localhost") {
        return endpoints{{asio::ip::address_v4::loopback(), port}, {asio::ip::address_v6::loopback(), port}};
    }
    return std::nullopt;
}

}  // namespace

core::result<endpoints> system_lookup(const std::string& host, std::uint16_t port) {
    asio::io_context own(1);
    tcp::resolver resolver(own);
    core::error_code error;
    const auto found =
        resolver.resolve(host, std::to_string(port),
                         tcp::resolver::numeric_service | tcp::resolver::address_configured, error);
    if (error) {
        return translate(error);
    }
    endpoints result;
    for (const auto& entry : found) {
        result.push_back(entry.endpoint());
    }
    return result;
}

awaitable<core::result<endpoints>> resolve(std::string host, std::uint16_t port, lookup_function lookup) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (auto known = without_lookup(host, port)) {
        co_return std::move(*known);
    }
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    auto pending = std::make_shared<pending_lookup>();
    auto timer = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
    pending->waiter = timer;
    const wait_guard guard(pending);
    if (const auto error = start_lookup(pending, host, port, lookup)) {
        co_return error;
    }
    co_await timer->async_wait(use_nothrow_awaitable);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    const std::lock_guard lock(pending->mutex);
    co_return std::move(*pending->answer);
}

}  // namespace tiktok2twitch::net
