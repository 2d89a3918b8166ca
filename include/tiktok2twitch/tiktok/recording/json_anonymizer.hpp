// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The text frames of a recording, without people. Pure.

#include <string>
#include <string_view>

#include "tiktok2twitch/tiktok/recording/pseudonyms.hpp"

namespace tiktok2twitch::tiktok {

// What is no JSON becomes "{", which is none either.
std::string anonymous_json(std::string_view text, pseudonyms& names, bool keep_texts);

}  // namespace tiktok2twitch::tiktok
