// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "tiktok2twitch/net/http.hpp"

namespace tiktok2twitch::net {

// HTTP requests one after the other on a connection that is kept. It is opened when it is needed and opened
// anew when the other side has closed it, when it has been idle for too long, or when a request goes to
// another host. One request at a time.
class http_session {
public:
    // Servers drop idle connections after a minute or so, and say so just when the next request is on its
    // way: better to be first.
    static constexpr core::duration idle_limit = std::chrono::seconds(30);

    struct outcome {
        core::result<http_response> answer;
        // All of the request has left, or may have: without an answer nobody knows whether it was obeyed.
        // Otherwise it surely was not, and may be sent again.
        bool sent = false;
    };

    explicit http_session(tls_client tls, core::duration idle = idle_limit);
    http_session(http_session&&) noexcept;
    http_session& operator=(http_session&&) noexcept;
    ~http_session();

    // As http_fetch. `on_sent` is called when the last byte has left, before the answer, or may have.
    awaitable<outcome> fetch(http_request request, std::function<void()> on_sent = {});

    std::uint64_t connections() const noexcept;  // opened so far

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::net
