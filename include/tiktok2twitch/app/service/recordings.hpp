// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The files of --record and --record-anonymous.

#include <memory>

#include "tiktok2twitch/app/service/run_context.hpp"
#include "tiktok2twitch/core/exit_code.hpp"
#include "tiktok2twitch/tiktok/client/recorder.hpp"

namespace tiktok2twitch::app {

// Opens them, a file for each room, and logs what will be in them. `out` stays empty when none is asked for.
// Anything but ok: why was logged.
exit_code open_recordings(const relay_settings& settings, std::shared_ptr<tiktok::recorder>& out);

}  // namespace tiktok2twitch::app
