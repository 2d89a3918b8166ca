// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace tiktok2twitch::relay {

// How much more it takes to believe that "word.ending" is an address and no missing blank.
enum class domain_ending : std::uint8_t {
    none,      // not known: "file.txt", "e.g.", "hello.world"
    certain,   // "example.com"
    likely,    // unless it starts a sentence ("ok.It was") or has no word before it ("5.de")
    doubtful,  // a word too: only with a path or a subdomain ("youtu.be/x", not "ok.so")
};

// `label` is folded to lower case.
domain_ending ending_of(std::string_view label) noexcept;

}  // namespace tiktok2twitch::relay
