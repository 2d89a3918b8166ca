// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::relay {

// The longest compatibility decomposition has 18 code points (U+FDFA).
class folded_code_point {
public:
    // Case folded, compatibility forms resolved, ignorable code points gone; decomposed.
    explicit folded_code_point(char32_t code_point);
    // The same, with accents put back on their letters.
    static folded_code_point composed(char32_t code_point);

    std::span<const std::int32_t> parts() const noexcept { return {parts_.data(), size_}; }

private:
    std::array<std::int32_t, 32> parts_{};
    std::size_t size_ = 0;
};

// Case folded code point by code point, so that every byte knows where it was.
struct folded_text {
    std::string text;
    std::vector<std::uint32_t> origin;  // of each byte: where its code point begins in the source
};
folded_text fold_with_origins(std::string_view text);

}  // namespace tiktok2twitch::relay
