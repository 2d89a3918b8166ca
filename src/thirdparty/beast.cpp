// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Beast, compiled once for the whole program (BOOST_BEAST_SEPARATE_COMPILATION).

#include <boost/beast/src.hpp>
