// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "tiktok2twitch/app/pipeline.hpp"

namespace tiktok2twitch::app {

// One line for people: what happened to an event on a route, and which rule did it. Safe for a terminal.
std::string explain_judgement(const relay::event& event, const judgement& judgement);

}  // namespace tiktok2twitch::app
