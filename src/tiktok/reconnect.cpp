// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/reconnect.hpp"

#include <algorithm>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

bool is_refusal(const core::error_code& reason) {
    return reason == errc::signature_required || reason == errc::detected || reason == errc::bad_app_id ||
           reason == errc::bad_query || reason == errc::lookup_forbidden ||
           reason == errc::lookup_rate_limited;
}

// Who was refused as a visitor comes back as another one; who was merely disconnected stays (2.9).
bool wants_fresh_identity(const core::error_code& reason) {
    if (reason == errc::closed || reason == errc::stale || reason == errc::lookup_forbidden ||
        reason == errc::lookup_rate_limited || reason == errc::signature_required ||
        reason == errc::bad_app_id || reason == errc::bad_query)
        return false;
    return true;
}

}  // namespace

core::duration doubled(core::duration base, int n, core::duration cap) noexcept {
    core::duration out = std::min(base, cap);
    for (int i = 1; i < n && out < cap; ++i)
        out = std::min(out * 2, cap);
    return out;
}

reconnect_plan reconnect_policy::next(const core::error_code& reason, core::duration lasted) {
    // A connection on which nothing ever came did not live, however long it stood.
    if (lasted >= healthy_after && reason != errc::never_spoke) {
        reset();
        failures_ = 1;
        return {first_wait, false};
    }
    ++failures_;
    const bool fresh = wants_fresh_identity(reason);
    if (reason == errc::device_blocked)
        return {doubled(first_wait, ++blocked_, long_cap), fresh};
    blocked_ = 0;
    if (is_refusal(reason))
        return {doubled(refused_wait, ++refused_, refused_cap), fresh};
    refused_ = 0;
    return {doubled(first_wait, failures_, failures_ <= patient_after ? short_cap : long_cap), fresh};
}

void reconnect_policy::reset() noexcept {
    failures_ = 0;
    blocked_ = 0;
    refused_ = 0;
}

}  // namespace tiktok2twitch::tiktok
