// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tiktok2twitch/app/route_policy.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"

namespace tiktok2twitch::app {

using egress::judgement;
using egress::pipeline;
using egress::seen_mark;

}  // namespace tiktok2twitch::app
