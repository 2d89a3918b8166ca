// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/app/config.hpp"

namespace tiktok2twitch::app {

// What only shows when all values are known. Adds to the errors and the warnings.
void check_config(configuration& configuration);

}  // namespace tiktok2twitch::app
