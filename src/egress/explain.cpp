// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/egress/explain.hpp"

#include <array>
#include <string_view>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/relay/ledger.hpp"

namespace tiktok2twitch::egress {
namespace {

constexpr std::size_t longest_quote = 120;

// In the order of judgement::kind.
constexpr std::array<std::string_view, judgement::kinds> words{"said     ", "held     ",  "released ",
                                                               "folded   ", "filtered ",  "dropped  ",
                                                               "gathered ", "not asked ", "ignored  "};

std::string shown(std::string_view raw) {
    return core::cut_code_points(core::clean_text(raw), longest_quote);
}

// " 3x Rose (15 coins)", " 15 likes"
std::string amount_of(const relay::event& event) {
    if (event.kind == relay::event_kind::like)
        return " " + core::count_text(static_cast<std::uint64_t>(event.count), "like");
    if (!event.gift)
        return {};
    const auto& gift = *event.gift;
    const auto name = shown(gift.name);
    return " " + std::to_string(gift.count) + "x " +
           (name.empty() ? "gift" + std::to_string(gift.id) : name) +
           (gift.coins == 0
                ? " (price unknown)"
                : " (" + core::count_text(static_cast<std::uint64_t>(gift.value()), "coin") + ")");
}

}  // namespace

std::string explain_judgement(const relay::event& event, const judgement& judgement) {
    std::string line(words.at(static_cast<std::size_t>(judgement.what)));
    line += relay::name_of(event.kind);
    if (const auto handle = shown(event.from.unique_id); !handle.empty())
        line += " of @" + handle;
    else if (event.from.id != 0)
        line += " of user " + std::to_string(event.from.id);
    line += amount_of(event);
    if (!event.text.empty())
        line += " \"" + shown(event.text) + "\"";
    if (!judgement.text.empty())
        line += " -> \"" + shown(judgement.text) + "\"";
    if (judgement.number != 0)
        line += " as number " + std::to_string(judgement.number);
    std::string why;
    if (!judgement.reason.empty())
        why = judgement.reason + ": " + relay::explain_reason(judgement.reason);
    if (!judgement.rule.empty())
        why += (why.empty() ? "" : "; ") + shown(judgement.rule);
    return why.empty() ? line : line + " [" + why + "]";
}

}  // namespace tiktok2twitch::egress
