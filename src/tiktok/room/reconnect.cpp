// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/reconnect.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::milliseconds;

constexpr std::array<milliseconds, 5> short_waits{milliseconds(500), milliseconds(1000), milliseconds(2000),
                                                  milliseconds(4000), milliseconds(8000)};
// A host that does not answer costs nobody anything: in the first ten seconds it is tried more often.
constexpr std::array<milliseconds, 7> unreachable_waits{
    milliseconds(500),  milliseconds(1000), milliseconds(2000), milliseconds(2000),
    milliseconds(2000), milliseconds(4000), milliseconds(8000)};

// In [0, 1). Not a std distribution: its numbers differ between libraries.
double unit(std::mt19937_64& engine) {
    return static_cast<double>(engine() >> 11) * 0x1p-53;
}

core::duration shortened(core::duration wait, double most, std::mt19937_64& engine) {
    return std::chrono::duration_cast<core::duration>(wait * (1.0 - most * unit(engine)));
}

core::duration step_of(std::span<const milliseconds> waits, int n, std::mt19937_64& engine) {
    const auto last = static_cast<int>(waits.size()) - 1;
    return shortened(waits[static_cast<std::size_t>(std::clamp(n - 1, 0, last))], 0.5, engine);
}

bool is_refusal(const core::error_code& reason) noexcept {
    return reason == errc::signature_required || reason == errc::detected || reason == errc::bad_app_id ||
           reason == errc::bad_query || reason == errc::lookup_forbidden ||
           reason == errc::lookup_rate_limited;
}

// Who was refused as a visitor comes back as another one; who was merely disconnected stays
// (docs/protocol/tiktok.md §2.9).
bool may_be_the_visitor(const core::error_code& reason) noexcept {
    return !is_refusal(reason) || reason == errc::detected;
}

// Somebody was there, heard us, and hung up.
bool was_cut_off(const core::error_code& reason) noexcept {
    return reason == errc::closed || reason == boost::system::errc::connection_reset;
}

}  // namespace

core::duration doubled(core::duration base, int n, core::duration cap) noexcept {
    core::duration out = std::min(base, cap);
    for (int i = 1; i < n && out < cap; ++i)
        out = std::min(out * 2, cap);
    return out;
}

core::duration short_wait(int n, std::mt19937_64& engine) {
    return step_of(short_waits, n, engine);
}

core::duration outage_wait(int n, std::mt19937_64& engine) {
    return step_of(unreachable_waits, n, engine);
}

reconnect_policy::cause reconnect_policy::cause_of(const core::error_code& reason,
                                                   core::duration lasted) noexcept {
    if (reason == errc::device_blocked || reason == errc::cookie_refused || reason == errc::ttwid_missing ||
        reason == errc::check_page)
        return identity;
    if (is_refusal(reason))
        return refused;
    // A connection on which nothing ever came did not live, however long it stood.
    if (reason == errc::never_spoke)
        return answered;
    if (lasted > core::duration::zero())
        return dropped;
    // closed: TikTok took the connection and let it go before it had answered.
    return reason.category() != category() || reason == errc::closed ? unreachable : answered;
}

reconnect_plan reconnect_policy::next(const core::error_code& reason, core::duration lasted) {
    const cause why = cause_of(reason, lasted);
    const int n = ++failures_[why];
    reconnect_plan plan;
    switch (why) {
        case identity:
            plan.wait = n == 1 ? short_wait(1, engine_)
                               : shortened(doubled(identity_wait, n - 1, identity_cap), 0.2, engine_);
            plan.fresh_identity = true;
            break;
        case refused:
            plan.wait = shortened(doubled(refused_wait, n, refused_cap), 0.2, engine_);
            plan.fresh_identity = may_be_the_visitor(reason);
            plan.room_doubtful = true;
            break;
        case unreachable:
            plan.wait = outage_wait(n, engine_);
            plan.fresh_identity = was_cut_off(reason) && n % identity_doubted_after == 0;
            break;
        case dropped:
            plan.wait = short_wait(n, engine_);
            plan.fresh_identity = n % identity_doubted_after == 0;
            plan.room_doubtful = n > 1 || reason == errc::stale;
            break;
        default:
            plan.wait = short_wait(n, engine_);
            // A server in trouble says 5xx to everybody.
            plan.fresh_identity = reason != errc::handshake_failed || n % identity_doubted_after == 0;
            plan.room_doubtful = true;
            break;
    }
    return plan;
}

int reconnect_policy::failures() const noexcept {
    return std::accumulate(failures_.begin(), failures_.end(), 0);
}

}  // namespace tiktok2twitch::tiktok
