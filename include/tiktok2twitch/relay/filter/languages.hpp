// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tiktok2twitch::relay {

// "pt" of "pt-BR"; empty for texts whose language nobody knows ("", "und", TikTok's "un").
std::string base_language(std::string_view tag);

// What is wrong with `tag` as the name of a language, for behind the quoted tag; empty: nothing. "english" or
// "xx" as the only language would silence a room. Two letters must be a code of ISO 639-1; three may be any,
// because some languages of TikTok have no shorter code.
std::string language_problem(std::string_view tag);

// "en" of "eng", which TikTok does not say; empty when there is none, or `language` is short already.
std::string_view short_code(std::string_view language);

}  // namespace tiktok2twitch::relay
