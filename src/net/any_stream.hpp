// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// TCP or TLS over TCP behind one type, so that Beast's templates are instantiated once and without
// OpenSSL's headers (a WebSocket file compiles in a third of the time and of the memory).

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/role.hpp>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {

// One read and one write may be under way at the same time. Every operation honours terminal cancellation.
class any_stream {
public:
    using executor_type = asio::any_io_executor;
    using io_handler = asio::any_completion_handler<void(core::error_code, std::size_t)>;
    using plain_handler = asio::any_completion_handler<void(core::error_code)>;

    // The longest run of small buffers that is gathered into one write (one TCP segment, one TLS record
    // instead of several); four of OpenSSL's records.
    static constexpr std::size_t gather_limit = 64 * 1024;

    class transport;
    explicit any_stream(std::shared_ptr<transport> carrier);
    any_stream(any_stream&&) noexcept;
    any_stream& operator=(any_stream&&) noexcept;
    ~any_stream();

    executor_type get_executor() const noexcept;

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(core::error_code, std::size_t)>(
            [](auto&& handler, any_stream* self, asio::mutable_buffer buffer) {
                self->start_read(buffer, io_handler(std::forward<decltype(handler)>(handler)));
            },
            token, this, first_buffer(buffers));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return asio::async_initiate<Token, void(core::error_code, std::size_t)>(
            [](auto&& handler, any_stream* self, asio::const_buffer buffer) {
                self->start_write(buffer, io_handler(std::forward<decltype(handler)>(handler)));
            },
            token, this, gather(buffers));
    }

    // TLS handshake; completes at once on a plain stream.
    template <class Token>
    auto async_handshake(Token&& token) {
        return asio::async_initiate<Token, void(core::error_code)>(
            [](auto&& handler, any_stream* self) {
                self->start_handshake(plain_handler(std::forward<decltype(handler)>(handler)));
            },
            token, this);
    }

    // Sends the end of the stream (close_notify or FIN), waits for the peer's and closes; bounded to 2 s.
    template <class Token>
    auto async_shutdown(Token&& token, core::duration limit = std::chrono::seconds(2)) {
        return asio::async_initiate<Token, void(core::error_code)>(
            [](auto&& handler, any_stream* self, core::duration bound) {
                self->start_shutdown(plain_handler(std::forward<decltype(handler)>(handler)), bound);
            },
            token, this, limit);
    }

    asio::ip::tcp::socket& socket() noexcept;
    void close() noexcept;
    void reset() noexcept;  // SO_LINGER 0 and close: the peer sees RST

    // Bound for one read. A reader that must not run far past a header sets it.
    void limit_reads(std::size_t bytes) noexcept { read_limit_ = bytes; }

private:
    template <class Buffers>
    asio::mutable_buffer first_buffer(const Buffers& buffers) const {
        for (auto it = asio::buffer_sequence_begin(buffers); it != asio::buffer_sequence_end(buffers); ++it) {
            const asio::mutable_buffer buffer(*it);
            if (buffer.size() > 0) {
                return asio::buffer(buffer, read_limit_);
            }
        }
        return {};
    }

    template <class Buffers>
    asio::const_buffer gather(const Buffers& buffers) {
        const auto begin = asio::buffer_sequence_begin(buffers);
        const auto end = asio::buffer_sequence_end(buffers);
        asio::const_buffer first;
        std::size_t used = 0;
        for (auto it = begin; it != end; ++it) {
            const asio::const_buffer buffer(*it);
            if (buffer.size() == 0) {
                continue;
            }
            ++used;
            if (used == 1) {
                first = buffer;
            }
        }
        if (used <= 1 || first.size() >= gather_limit) {
            return first;
        }
        return copy_together(begin, end);
    }

    template <class Iterator>
    asio::const_buffer copy_together(Iterator begin, Iterator end) {
        std::string& memory = gather_memory();
        memory.clear();
        for (auto it = begin; it != end && memory.size() < gather_limit; ++it) {
            const asio::const_buffer buffer(*it);
            const std::size_t room = gather_limit - memory.size();
            memory.append(static_cast<const char*>(buffer.data()), std::min(room, buffer.size()));
        }
        return asio::buffer(memory);
    }

    std::string& gather_memory() noexcept;
    void start_read(asio::mutable_buffer buffer, io_handler handler);
    void start_write(asio::const_buffer buffer, io_handler handler);
    void start_handshake(plain_handler handler);
    void start_shutdown(plain_handler handler, core::duration limit);

    std::shared_ptr<transport> transport_;  // shared with a shutdown under way
    std::size_t read_limit_ = std::numeric_limits<std::size_t>::max();
};

// Takes a connected socket. With an empty context the stream is plain.
// The client half sends `host` as SNI (names only) and verifies the certificate for it.
core::result<any_stream> make_client_stream(asio::ip::tcp::socket socket, bool encrypted,
                                            const tls_client& tls, const std::string& host);
any_stream make_server_stream(asio::ip::tcp::socket socket, const tls_server& tls);

// Found by Beast through argument-dependent lookup.
template <class Handler>
void async_teardown(boost::beast::role_type /*role*/, any_stream& stream, Handler&& handler) {
    stream.async_shutdown(std::forward<Handler>(handler));
}
inline void teardown(boost::beast::role_type /*role*/, any_stream& stream, core::error_code& error) {
    stream.close();
    error = {};
}
inline void beast_close_socket(any_stream& stream) noexcept {
    stream.close();
}

}  // namespace tiktok2twitch::net
