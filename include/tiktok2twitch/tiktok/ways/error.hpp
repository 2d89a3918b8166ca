// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/system/is_error_code_enum.hpp>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::tiktok {

// What can go wrong with a way that is not TikTok's own. Each has its advice sentence in ways/error.cpp.
enum class way_errc {
    key_missing = 1,      // managed without a key
    key_refused,          // the provider does not know the key, or does not allow it this
    creator_not_allowed,  // the key is not for this streamer
    network_blocked,      // 403 without a key: the provider refuses this network
    plan_too_small,       // 402: a paid feature
    bad_request,          // the provider does not understand us
    too_often,            // 429 and its kin
    quota_used,           // our own count says that the provider's quota is used up
    provider_failed,      // 5xx, 420, codes for its own troubles
    answer_unusable,      // 200, and not what was asked for
    signer_detected,      // 200 with nothing in it: TikTok refused the signer
    provider_outage,      // the stub that a provider hands out in place of a real answer
    provider_closed,      // the managed socket was closed
    lifetime_over,        // the provider closes each socket after some hours
    way_says_offline,     // the provider says that the streamer is not live
    way_says_ended,       // the provider says that the live has ended
    silent,               // no sign of life for 11 s
    mute,                 // alive, but another way brings comments that this one does not
    app_closed,           // nobody listens where TikFinity should
    app_idle,             // TikFinity runs, and is not connected to a live
    app_of_another,       // TikFinity is logged in for another streamer
    too_late,             // not up within its time
};

const boost::system::error_category& way_category() noexcept;
inline core::error_code make_error_code(way_errc value) noexcept {
    return {static_cast<int>(value), way_category()};
}

}  // namespace tiktok2twitch::tiktok

template <>
struct boost::system::is_error_code_enum<tiktok2twitch::tiktok::way_errc> : std::true_type {};
