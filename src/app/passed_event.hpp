// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/emoji_codes.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/formatter.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"

namespace tiktok2twitch::app {

// With the signs that bracket codes stand for: what is judged is what would be said, "evil[rose].com" with
// "rose" said as "e" too. Once; what was judged says its codes already.
inline relay::event with_emoji(relay::event event, const relay::emoji_table& emoji) {
    if (event.kind == relay::event_kind::chat || event.kind == relay::event_kind::question)
        event.text = relay::expand_emoji_codes(event.text, emoji);
    return event;
}

inline relay::event without_marks(relay::event event, const relay::formatter& lines) {
    event.from.nickname = lines.unmarked_name(event);
    return event;
}

// The event in the words that the filter lets through. A name that looks like a badge by now is not shown.
inline relay::event passed(const relay::event& event, relay::verdict verdict, const relay::formatter& lines) {
    auto out = event;
    out.text = std::move(verdict.text);
    if (verdict.name)
        out.from.nickname = std::move(*verdict.name);
    if (verdict.unique_id)
        out.from.unique_id = std::move(*verdict.unique_id);
    if (lines.unmarked_name(out) != out.from.nickname)
        out.from.nickname.clear();
    return out;
}

// For the time that it is under way: more than a line holds is never said, whatever a frame may carry.
inline constexpr std::size_t longest_author = 256;  // bytes; handles have 24
inline relay::event shortened(relay::event event) {
    constexpr std::size_t most = 1000;  // code points
    for (auto* text : {&event.text, &event.from.nickname, &event.from.unique_id})
        if (text->size() > most)
            *text = core::clean_text(core::cut_code_points(core::repair_utf8(*text), most));
    return event;
}

}  // namespace tiktok2twitch::app
