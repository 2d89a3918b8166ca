// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/unicode_forms.hpp"

#include <utf8proc.h>

#include "core/utf8.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr auto fold_options = static_cast<utf8proc_option_t>(
    UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);

}  // namespace

folded_code_point::folded_code_point(char32_t code_point) {
    const auto size =
        utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code_point), parts_.data(),
                                static_cast<utf8proc_ssize_t>(parts_.size()), fold_options, nullptr);
    if (size >= 0 && static_cast<std::size_t>(size) <= parts_.size()) {
        size_ = static_cast<std::size_t>(size);
    } else {  // not assigned: stands for itself
        parts_[0] = static_cast<std::int32_t>(code_point);
        size_ = 1;
    }
}

folded_code_point folded_code_point::composed(char32_t code_point) {
    folded_code_point result(code_point);
    const auto size =
        utf8proc_normalize_utf32(result.parts_.data(), static_cast<utf8proc_ssize_t>(result.size_),
                                 static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (size >= 0)
        result.size_ = static_cast<std::size_t>(size);
    return result;
}

folded_text fold_with_origins(std::string_view text) {
    folded_text result;
    result.text.reserve(text.size());
    result.origin.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = static_cast<std::uint32_t>(at);
        const auto folded = folded_code_point::composed(core::utf8::next(text, at));
        for (const std::int32_t part : folded.parts())
            core::utf8::append(result.text, static_cast<char32_t>(part));
        result.origin.resize(result.text.size(), begin);
    }
    return result;
}

}  // namespace tiktok2twitch::relay
