// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tiktok2twitch::app {

// `text` as a QR code of half-block characters, two modules in one character, each line with its line break.
// Empty when a line would be longer than `columns` or the text is too long for a screen.
//
// With `color` it is black on white whatever the colors of the terminal are; without, what is light is drawn,
// which is right on a dark background and inverted on a light one (readers take both).
std::string qr_text(std::string_view text, std::size_t columns, bool color);

}  // namespace tiktok2twitch::app
