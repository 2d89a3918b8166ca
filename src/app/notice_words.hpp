// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tiktok2twitch::app {

// Why a channel is paused or blocked, in a few words that follow its name: "is in slow mode" for
// "msg_slowmode". An id that is not known is named as it is.
std::string short_reason(std::string_view msg_id);

}  // namespace tiktok2twitch::app
