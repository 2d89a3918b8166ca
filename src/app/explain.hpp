// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/egress/explain.hpp"

namespace tiktok2twitch::app {

using egress::explain_judgement;

}  // namespace tiktok2twitch::app
