// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {

// Bytes in, lines out. A line ends with LF; one CR before it belongs to the end. Empty lines are left
// out, NUL is kept, a line of more than `max_line` bytes is skipped up to its end and counted.
// Call next() until it is empty after each feed(): then no more than `max_line` bytes are held.
class line_splitter {
public:
    explicit line_splitter(std::size_t max_line) : max_line_(max_line) {}

    void feed(std::string_view bytes);
    std::optional<std::string> next();

    std::uint64_t skipped() const noexcept { return skipped_; }
    std::size_t held() const noexcept { return pending_.size(); }

private:
    void drop_unfinished();

    std::size_t max_line_;
    std::string pending_;
    std::size_t start_ = 0;    // of the line that is looked for
    std::size_t scanned_ = 0;  // no LF before this
    bool skipping_ = false;    // inside a line that was too long
    std::uint64_t skipped_ = 0;
};

// A TCP or TLS connection that carries lines (IRC). One reader and one writer at a time.
class line_stream {
public:
    // Bound for one incoming line; a longer one is skipped up to its end and counted (docs/protocol/twitch.md
    // §5.2).
    static constexpr std::size_t max_line = 64 * 1024;

    struct impl;
    explicit line_stream(std::unique_ptr<impl> impl);
    line_stream(line_stream&&) noexcept;
    line_stream& operator=(line_stream&&) noexcept;
    ~line_stream();

    // The next line without its CR LF (or LF). Errors: closed_by_peer, the system's, operation_aborted.
    awaitable<core::result<std::string>> read_line();
    awaitable<core::error_code> write(std::string bytes);  // as given: the caller writes CR LF
    awaitable<void> close();                               // close_notify, bounded to 2 s
    void reset() noexcept;                                 // cuts the TCP connection (RST)

    std::uint64_t skipped_lines() const noexcept;

private:
    std::unique_ptr<impl> impl_;
};

// ircs://, or irc:// to loopback. `timeout` covers name lookup, TCP and TLS.
awaitable<core::result<line_stream>> connect_lines(core::url to, tls_client tls, core::duration timeout);

}  // namespace tiktok2twitch::net
