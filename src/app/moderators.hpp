// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/egress/moderators.hpp"

namespace tiktok2twitch::app {

using egress::moderator_effect;
using egress::moderator_reaction;
using egress::moderators;
using egress::route_status;

}  // namespace tiktok2twitch::app

namespace tiktok2twitch::relay {

using egress::shown_author;

}  // namespace tiktok2twitch::relay
