// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/system/is_error_code_enum.hpp>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

// What can go wrong between a handle and a stream of comments (docs/protocol/tiktok.md §1.1, §1.3, §2.5,
// §5.9). Each has its advice sentence in error.cpp.
enum class errc {
    offline = 1,  // account exists, no live now
    no_such_user,
    age_restricted,
    lookup_forbidden,     // HTTP 403
    lookup_rate_limited,  // HTTP 429
    lookup_blocked,       // empty body, captcha, not JSON
    check_page,           // the page that a browser has to pass first: says nothing about the account
    lookup_failed,        // another HTTP status or API status code
    protocol_changed,     // an answer of a shape that this version does not know
    ttwid_missing,        // no door has given the ttwid cookie
    device_blocked,       // Handshake-Msg: DEVICE_BLOCKED, or 415
    cookie_refused,       // Handshake-Msg: named cookie not present (417)
    signature_required,   // Handshake-Msg: illegal secret key (417)
    bad_app_id,           // Handshake-Msg: illegal app_id
    bad_query,            // HTTP 400
    detected,             // 200 without a reason
    handshake_failed,     // any other answer to the upgrade
    stale,                // connected, but silent for too long
    never_spoke,          // connected, and not one frame came
    live_ended,           // Control message 3 or check_alive says so
    live_suspended,       // Control message 4
    live_moved,           // the account is live in another room now
    closed,               // the server closed the socket
    frame_undecodable,    // a push frame or response that is not protobuf
    inflate_failed,       // broken gzip
    inflated_too_large,   // gzip over the cap
};

const boost::system::error_category& category() noexcept;
inline core::error_code make_error_code(errc value) noexcept {
    return {static_cast<int>(value), category()};
}

}  // namespace tiktok2twitch::tiktok

template <>
struct boost::system::is_error_code_enum<tiktok2twitch::tiktok::errc> : std::true_type {};
