// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/line_stream.hpp"

#include <array>

#include <boost/asio/write.hpp>

#include "net/connect.hpp"
#include "net/server_impl.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/failure.hpp"

namespace tiktok2twitch::net {

void line_splitter::feed(std::string_view bytes) {
    pending_.append(bytes);
}

std::optional<std::string> line_splitter::next() {
    for (;;) {
        const auto end = pending_.find('\n', scanned_);
        if (end == std::string::npos) {
            drop_unfinished();
            return std::nullopt;
        }
        std::string_view line = std::string_view(pending_).substr(start_, end - start_);
        start_ = scanned_ = end + 1;
        if (skipping_) {
            skipping_ = false;
            continue;
        }
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.size() > max_line_) {
            ++skipped_;
        } else if (!line.empty()) {
            return std::string(line);
        }
    }
}

// Forgets what was handed out, and the beginning of a line that is already too long.
void line_splitter::drop_unfinished() {
    pending_.erase(0, start_);
    start_ = 0;
    // A CR that may turn out to belong to the line's end does not count.
    const std::size_t size = pending_.size() - (pending_.ends_with('\r') ? 1 : 0);
    if (skipping_) {
        pending_.clear();
    } else if (size > max_line_) {
        skipping_ = true;
        ++skipped_;
        pending_.clear();
    }
    scanned_ = pending_.size();
}

struct line_stream::impl {
    explicit impl(any_stream connected) : stream(std::move(connected)) {}

    any_stream stream;
    line_splitter lines{max_line};
    std::array<char, 16 * 1024> chunk{};  // one TLS record
};

line_stream::line_stream(std::unique_ptr<impl> owned) : impl_(std::move(owned)) {}
line_stream::line_stream(line_stream&&) noexcept = default;
line_stream& line_stream::operator=(line_stream&&) noexcept = default;
line_stream::~line_stream() = default;

awaitable<core::result<std::string>> line_stream::read_line() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        if (stopped(co_await asio::this_coro::cancellation_state)) {
            co_return core::error_code(asio::error::operation_aborted);
        }
        if (auto line = impl_->lines.next()) {
            co_return std::move(*line);
        }
        const auto buffer = asio::buffer(impl_->chunk);
        const auto [error, count] = co_await impl_->stream.async_read_some(buffer, use_nothrow_awaitable);
        // Bytes that came together with a cancellation are kept for the next call.
        impl_->lines.feed(std::string_view(impl_->chunk.data(), count));
        if (error) {
            co_return translate(error);
        }
    }
}

awaitable<core::error_code> line_stream::write(std::string bytes) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return asio::error::operation_aborted;
    }
    const auto buffer = asio::buffer(bytes);
    const auto [error, count] = co_await asio::async_write(impl_->stream, buffer, use_nothrow_awaitable);
    co_return translate(error);
}

awaitable<void> line_stream::close() {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await impl_->stream.async_shutdown(use_nothrow_awaitable);
}

void line_stream::reset() noexcept {
    if (impl_) {
        impl_->stream.reset();
    }
}

std::uint64_t line_stream::skipped_lines() const noexcept {
    return impl_->lines.skipped();
}

awaitable<core::result<line_stream>> connect_lines(core::url to, tls_client tls, core::duration timeout) {
    auto stream = co_await timed(open_stream(std::move(to), std::move(tls)), timeout, errc::connect_timeout);
    if (!stream) {
        co_return stream.error();
    }
    co_return line_stream(std::make_unique<line_stream::impl>(std::move(*stream)));
}

line_stream as_lines(server_stream stream) {
    auto accepted = stream.release();
    return line_stream(std::make_unique<line_stream::impl>(std::move(accepted->stream)));
}

}  // namespace tiktok2twitch::net
