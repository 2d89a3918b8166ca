// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/channel_gate.hpp"

#include <algorithm>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;

constexpr core::duration slow_margin = milliseconds(500);  // docs/protocol/twitch.md §8.3
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
    for (auto& each : holds_) {
        // A VIP may be timed out as anybody.
        const bool risen = each && rank > each->rank;
        if (risen && (each->kind != hold_kind::timeout || rank != role::vip))
            each.reset();
    }
    return before == tier::high && after == tier::low;
}

void channel_gate::merge(const room_state& state) {
    if (state.slow) {
        slow_ = *state.slow;
        held(hold_kind::slow_mode).reset();
    }
    auto& refusal = held(hold_kind::refusal);
    const auto mode = refusal ? refusal->lifted_by : room_mode::none;
    // Off, or less is asked of followers than before.
    const bool followers =
        state.followers_only && (*state.followers_only < 0 || (*state.followers_only < followers_only_));
    if ((mode == room_mode::emote_only && state.emote_only == false) ||
        (mode == room_mode::subs_only && state.subs_only == false) ||
        (mode == room_mode::followers_only && followers))
        refusal.reset();
    if (state.followers_only)
        followers_only_ = *state.followers_only;
}

core::time_point channel_gate::earliest(const options& options) const {
    auto at = core::time_point::min();
    for (const auto& each : holds_)
        if (each)
            at = std::max(at, each->until);
    if (!written_)
        return at;
    if (tier_of(options) == tier::high)
        return std::max(at, *written_ + options.spacing_moderator);
    core::duration gap = options.spacing_normal;
    core::duration margin = answer_margin;
    if (rank_ == role::ordinary && slow_ > slow_.zero() && slow_ + slow_margin > gap) {
        gap = std::min<core::duration>(slow_ + slow_margin, longest_hold);
        margin = slow_margin;
    }
    at = std::max(at, *written_ + gap);
    if (accepted_)
        at = std::max(at, *accepted_ + (gap - std::min(gap, margin)));
    return at;
}

void channel_gate::pause(hold_kind kind, core::duration span, std::string_view reason, core::time_point now,
                         room_mode lifted_by) {
    span = std::min(span, kind == hold_kind::mute ? longest_mute : longest_hold);
    held(kind) = hold{kind, now + span, std::string(reason), lifted_by, rank_};
}

void channel_gate::time_out(core::duration span, std::string_view reason, core::time_point now) {
    pause(hold_kind::timeout, span, reason, now);
    held(hold_kind::timeout)->rank = role::ordinary;
}

void channel_gate::lift() {
    for (auto& each : holds_)
        if (each && !each->passes_soon())
            each.reset();
}

const channel_gate::hold* channel_gate::standing(core::time_point now) const noexcept {
    const hold* longest = nullptr;
    for (const auto& each : holds_)
        if (each && each->until > now && (longest == nullptr || each->until > longest->until))
            longest = &*each;
    return longest;
}

void channel_gate::learn_slow_mode(std::chrono::seconds remaining) {
    // Room slow mode ends at two minutes; a larger wait is something else and only pauses.
    if (slow_ == slow_.zero() && remaining <= std::chrono::seconds(120))
        slow_ = remaining;
}

void channel_gate::block(std::string_view reason, std::string_view dropped_as) {
    block_ = blocked{std::string(reason), std::string(dropped_as)};
}

}  // namespace tiktok2twitch::twitch
