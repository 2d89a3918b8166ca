// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/explain.hpp"

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t longest_quote = 120;

std::string_view word_of(judgement::kind what) noexcept {
    switch (what) {
        case judgement::kind::said:
            return "said     ";
        case judgement::kind::held:
            return "held     ";
        case judgement::kind::filtered:
            return "filtered ";
        case judgement::kind::gathered:
            return "gathered ";
        case judgement::kind::not_asked:
            return "not asked ";
        case judgement::kind::ignored:
            return "ignored  ";
    }
    return "";
}

std::string shown(std::string_view raw) {
    return core::cut_code_points(core::clean_text(raw), longest_quote);
}

}  // namespace

std::string explain_judgement(const relay::event& event, const judgement& judgement) {
    std::string line(word_of(judgement.what));
    line += relay::name_of(event.kind);
    line += " of @" + shown(event.from.unique_id);
    if (!event.text.empty())
        line += " \"" + shown(event.text) + "\"";
    if (!judgement.text.empty())
        line += " -> \"" + shown(judgement.text) + "\"";
    if (judgement.number != 0)
        line += " as number " + std::to_string(judgement.number);
    if (judgement.reason.empty())
        return line;
    line += " [" + judgement.reason + ": " + relay::explain_reason(judgement.reason);
    if (!judgement.rule.empty())
        line += "; " + shown(judgement.rule);
    return line + "]";
}

}  // namespace tiktok2twitch::app
