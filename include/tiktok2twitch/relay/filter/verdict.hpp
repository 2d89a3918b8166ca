// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "tiktok2twitch/relay/message_filter.hpp"

// What a rule does with the verdict so far. All return whether the next rule is asked.
namespace tiktok2twitch::relay {

// What is masked may bring other words together ("fo[bad]o.o" and the like). What still has a finding after
// so many rounds is dropped.
inline constexpr int most_rounds = 4;

inline bool drop(verdict& out, std::string_view reason, std::string rule) {
    out = {};
    out.what = verdict::kind::drop;
    out.reason = reason;
    out.rule = std::move(rule);
    return false;
}

// The first rule that says so holds; rules behind it may still drop.
inline bool hold(verdict& out, std::string_view reason, std::string rule, core::duration wait) {
    if (out.what != verdict::kind::hold) {
        out.what = verdict::kind::hold;
        out.reason = reason;
        out.rule = std::move(rule);
        out.wait = wait;
    }
    return true;
}

inline bool changed(verdict& out, std::string_view reason, std::string rule) {
    if (std::ranges::find(out.changes, reason) == out.changes.end())
        out.changes.emplace_back(reason);
    if (out.reason.empty()) {
        out.reason = reason;
        out.rule = std::move(rule);
    }
    return true;
}

}  // namespace tiktok2twitch::relay
