// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::net {

namespace asio = boost::asio;

template <class T = void>
using awaitable = asio::awaitable<T>;

// Completion token: errors are returned beside the result, never thrown.
inline constexpr auto use_nothrow_awaitable = asio::as_tuple(asio::use_awaitable);

}  // namespace tiktok2twitch::net
