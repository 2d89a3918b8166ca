// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/emoji_codes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.hpp"

namespace tiktok2twitch::relay {
namespace {

using entry = std::pair<std::string_view, std::string_view>;

// The codes as TikTok's app types them; it publishes no meanings, so each sign is what the name says. Sorted.
constexpr std::array built_in{
    entry{"angel", "😇"},      entry{"angry", "😠"},        entry{"astonish", "😧"},
    entry{"awkward", "😅"},    entry{"blink", "😉"},        entry{"complacent", "😏"},
    entry{"cool", "😎"},       entry{"cry", "😢"},          entry{"cute", "😊"},
    entry{"disdain", "😒"},    entry{"drool", "🤤"},     entry{"embarrassed", "🙈"},
    entry{"evil", "👿"},       entry{"excited", "🤩"},   entry{"facewithrollingeyes", "🙄"},
    entry{"flushed", "😳"},    entry{"funnyface", "🤪"}, entry{"greedy", "🤑"},
    entry{"happy", "😄"},      entry{"heart", "❤️"},   entry{"hehe", "🤭"},
    entry{"joyful", "😁"},     entry{"laugh", "😆"},        entry{"laughwithtears", "😂"},
    entry{"loveface", "😍"},   entry{"lovely", "🥰"},    entry{"nap", "😴"},
    entry{"pride", "😌"},      entry{"proud", "😤"},        entry{"rage", "😡"},
    entry{"scream", "😱"},     entry{"shock", "😨"},        entry{"shout", "📢"},
    entry{"slap", "🤕"},    entry{"smile", "🙂"},     entry{"smileface", "😀"},
    entry{"speechless", "😶"}, entry{"stun", "😵"},         entry{"sulk", "😞"},
    entry{"surprised", "😲"},  entry{"tears", "🥲"},     entry{"thinking", "🤔"},
    entry{"weep", "😭"},       entry{"wicked", "😈"},       entry{"wow", "😮"},
    entry{"wronged", "🥺"}, entry{"yummy", "😋"},
};
static_assert(std::ranges::is_sorted(built_in, {}, &entry::first));

std::string_view find(std::string_view code, const emoji_table& own) {
    if (const auto mine = own.find(code); mine != own.end()) {
        return mine->second;
    }
    const auto found = std::ranges::lower_bound(built_in, code, {}, &entry::first);
    return found != built_in.end() && found->first == code ? found->second : std::string_view{};
}

bool is_code_character(char c) noexcept {
    return core::ascii::is_alnum(c) || c == '_';
}

// The code behind a '[', or nothing; looks at no more than emoji_code_length + 1 bytes.
std::string_view code_at(std::string_view behind) noexcept {
    std::size_t size = 0;
    while (size < behind.size() && size < emoji_code_length && is_code_character(behind[size])) {
        ++size;
    }
    return size < behind.size() && behind[size] == ']' ? behind.substr(0, size) : std::string_view{};
}

}  // namespace

bool is_emoji_code(std::string_view code) noexcept {
    return !code.empty() && code.size() <= emoji_code_length && std::ranges::all_of(code, is_code_character);
}

std::string expand_emoji_codes(std::string_view text, const emoji_table& own) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view code = text[at] == '[' ? code_at(text.substr(at + 1)) : std::string_view{};
        const std::string_view said = code.empty() ? std::string_view{} : find(code, own);
        if (said.empty()) {
            out += text[at];
            ++at;
        } else {
            out += said;
            at += code.size() + 2;
        }
    }
    return out;
}

std::string sticker_text(const emoji_table& own) {
    return expand_emoji_codes("[sticker]", own);
}

}  // namespace tiktok2twitch::relay
