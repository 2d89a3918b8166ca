// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include <boost/beast/core/flat_buffer.hpp>

#include "net/any_stream.hpp"
#include "tiktok2twitch/net/server.hpp"

namespace tiktok2twitch::net {

struct server_stream::impl {
    explicit impl(any_stream accepted) : stream(std::move(accepted)) {}

    any_stream stream;
    boost::beast::flat_buffer read_ahead;  // bytes after the request that was read last
};

}  // namespace tiktok2twitch::net
