// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/quota.hpp"

#include <algorithm>
#include <charconv>

namespace tiktok2twitch::tiktok {
namespace {

constexpr core::unix_ms minute = 60'000;
constexpr core::unix_ms hour = 60 * minute;
constexpr core::unix_ms day = 24 * hour;
constexpr core::unix_ms latest_time = 100'000'000'000'000;  // the year 5138

// Whole seconds, rounded up: a call is never taken for older than it is.
std::string note(char kind, core::unix_ms at) {
    return std::string(1, kind) + " " + std::to_string((at + 999) / 1000);
}

}  // namespace

core::unix_ms quota::wait(core::unix_ms now) const {
    core::unix_ms longest = std::clamp<core::unix_ms>(held_until_ - now, 0, longest_hold);
    const auto look = [&](std::uint32_t limit, core::unix_ms window) {
        if (limit == 0 || calls_.size() < limit)
            return;
        // The call that has to leave the window.
        const core::unix_ms oldest = calls_[calls_.size() - limit];
        longest = std::max(longest, std::clamp<core::unix_ms>(oldest + window - now, 0, window));
    };
    look(limits_.minute, minute);
    look(limits_.hour, hour);
    look(limits_.day, day);
    return longest;
}

std::string quota::spend(core::unix_ms now) {
    calls_.insert(std::ranges::upper_bound(calls_, now), now);
    forget(now);
    return note('c', now);
}

std::string quota::hold(core::unix_ms until, core::unix_ms now) {
    held_until_ = std::max(held_until_, std::clamp(until, now, now + longest_hold));
    return note('w', held_until_);
}

void quota::restore(std::string_view text, core::unix_ms now) {
    if (text.size() < 3 || text[1] != ' ')
        return;
    const char kind = text[0];
    text.remove_prefix(2);
    core::unix_ms seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size() || seconds <= 0 ||
        seconds > latest_time / 1000)
        return;
    // What a clock that ran ahead has written happened at the latest now.
    const core::unix_ms at = seconds * 1000;
    if (kind == 'c')
        spend(std::min(at, now));
    else if (kind == 'w' && at > now && at <= now + longest_hold)
        held_until_ = std::max(held_until_, at);
    forget(now);
}

std::vector<std::string> quota::notes(core::unix_ms now) const {
    std::vector<std::string> out;
    for (const core::unix_ms at : calls_)
        if (at > now - day)
            out.push_back(note('c', at));
    if (held_until_ > now)
        out.push_back(note('w', held_until_));
    return out;
}

std::array<std::size_t, 3> quota::used(core::unix_ms now) const {
    return {used_since(now - minute), used_since(now - hour), used_since(now - day)};
}

std::size_t quota::used_since(core::unix_ms since) const {
    return static_cast<std::size_t>(calls_.end() - std::ranges::upper_bound(calls_, since));
}

void quota::forget(core::unix_ms now) {
    while (!calls_.empty() && (calls_.front() <= now - day || calls_.size() > most_calls))
        calls_.pop_front();
}

}  // namespace tiktok2twitch::tiktok
