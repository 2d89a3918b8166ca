// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <array>
#include <utility>

#include "tiktok2twitch/twitch/helix.hpp"
#include "twitch/notice_table.hpp"

namespace tiktok2twitch::twitch {

namespace {

constexpr std::size_t longest_code = 40;

// What a code says, whatever it is wrapped in (twitch.md 4.1: match loosely). The first that fits counts:
// the longer words stand before those they contain.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> words{{
    {"duplicate", "msg_duplicate"},
    {"channel_settings", "msg_rejected_mandatory"},
    {"mandatory", "msg_rejected_mandatory"},
    {"blocked_term", "msg_rejected_mandatory"},
    {"rejected", "msg_rejected"},
    {"automod", "msg_rejected"},
    {"ratelimit", "msg_ratelimit"},
    {"rate_limit", "msg_ratelimit"},
    {"slow", "msg_slowmode"},
    {"timed_out", "msg_timedout"},
    {"timedout", "msg_timedout"},
    {"timeout", "msg_timedout"},
    {"banned", "msg_banned"},
    {"warned", "msg_warned"},
    {"follow", "msg_followersonly"},
    {"emote", "msg_emoteonly"},
    {"r9k", "msg_r9k"},
    {"unique", "msg_r9k"},
    {"phone", "msg_requires_verified_phone_number"},
    {"verif", "msg_verified_email"},
    {"characters", "msg_bad_characters"},
    {"channel_suspended", "msg_channel_suspended"},
    {"subs", "msg_subsonly"},
    {"too_long", "msg_too_long"},
}};

}  // namespace

std::string msg_id_of_drop(std::string_view code) {
    std::string plain;
    for (const char c : code.substr(0, longest_code)) {
        if (c >= 'A' && c <= 'Z')
            plain += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')
            plain += c;
    }
    const auto known = all_rules();
    if (std::any_of(known.begin(), known.end(), [&](const notice_rule& rule) {
            return rule.id == plain && rule.what != reaction::informational;  // the line must be settled
        }))
        return plain;
    for (const auto& [word, id] : words)
        if (plain.find(word) != std::string::npos)
            return std::string(id);
    if (plain.empty())
        return "msg_rejected";
    return plain.starts_with("msg_") ? plain : "msg_" + plain;
}

}  // namespace tiktok2twitch::twitch
