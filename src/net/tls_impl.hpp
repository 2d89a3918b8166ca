// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/ssl/context.hpp>

namespace tiktok2twitch::net {

struct tls_impl {
    boost::asio::ssl::context context;
};

}  // namespace tiktok2twitch::net
