// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/channel_gate.hpp"

#include <algorithm>

namespace tiktok2twitch::twitch {

namespace {

using std::chrono::milliseconds;

constexpr core::duration slow_margin = milliseconds(500);  // twitch.md 8.3
// The server measures between arrivals, not between our writes. An answer proves that the line before has
// arrived, so this much below the wanted gap after it is as safe as the gap after the write.
constexpr core::duration answer_margin = milliseconds(250);

}  // namespace

tier channel_gate::tier_of(const options& options) const noexcept {
    const bool high = rank_ == role::moderator || rank_ == role::broadcaster ||
                      (rank_ == role::vip && options.vip_is_moderator);
    return high ? tier::high : tier::low;
}

bool channel_gate::set_role(role rank, const options& options) {
    const auto before = tier_of(options);
    rank_ = rank;
    const auto after = tier_of(options);
    if (before == tier::low && after == tier::high)
        paused_until_ = core::time_point::min();
    return before == tier::high && after == tier::low;
}

void channel_gate::merge(const room_state& state) {
    if (state.slow)
        slow_ = *state.slow;
    const bool lifted = (lifted_by_ == room_mode::emote_only && state.emote_only == false) ||
                        (lifted_by_ == room_mode::subs_only && state.subs_only == false) ||
                        (lifted_by_ == room_mode::followers_only && state.followers_only &&
                         *state.followers_only != followers_only_);
    if (state.followers_only)
        followers_only_ = *state.followers_only;
    if (lifted)
        paused_until_ = core::time_point::min();
}

core::time_point channel_gate::earliest(const options& options) const {
    auto at = paused_until_;
    if (!written_)
        return at;
    if (tier_of(options) == tier::high)
        return std::max(at, *written_ + options.spacing_moderator);
    core::duration gap = options.spacing_normal;
    core::duration margin = answer_margin;
    if (rank_ == role::ordinary && slow_ > slow_.zero() && slow_ + slow_margin > gap) {
        gap = slow_ + slow_margin;
        margin = slow_margin;
    }
    at = std::max(at, *written_ + gap);
    if (accepted_)
        at = std::max(at, *accepted_ + (gap - std::min(gap, margin)));
    return at;
}

void channel_gate::pause(core::time_point until, std::string_view reason, room_mode lifted_by) {
    if (until < paused_until_)
        return;
    paused_until_ = until;
    pause_reason_ = reason;
    lifted_by_ = lifted_by;
}

void channel_gate::learn_slow_mode(std::chrono::seconds remaining) {
    // Room slow mode ends at two minutes; a larger wait is something else and only pauses.
    if (slow_ == slow_.zero())
        slow_ = std::min(remaining, std::chrono::seconds(120));
}

void channel_gate::block(core::time_point until, std::string_view reason, std::string_view dropped_as) {
    block_ = blocked{until, std::string(reason), std::string(dropped_as)};
}

}  // namespace tiktok2twitch::twitch
