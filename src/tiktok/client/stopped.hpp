// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>

namespace tiktok2twitch::tiktok {

// if (stopped(co_await asio::this_coro::cancellation_state)) ... The state is asked, not the error code:
// operation_aborted has more than one cause.
inline bool stopped(const boost::asio::cancellation_state& state) noexcept {
    return (state.cancelled() & boost::asio::cancellation_type::terminal) !=
           boost::asio::cancellation_type::none;
}

}  // namespace tiktok2twitch::tiktok
