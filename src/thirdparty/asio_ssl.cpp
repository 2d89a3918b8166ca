// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Asio's TLS layer, compiled once for the whole program.

#include <boost/asio/ssl/impl/src.hpp>
