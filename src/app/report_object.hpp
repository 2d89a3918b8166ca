// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "tiktok2twitch/app/report.hpp"

namespace tiktok2twitch::app {

// The report as an object, for what adds to it.
nlohmann::ordered_json report_object(const egress::pipeline& pipeline, const progress_of& progress);

}  // namespace tiktok2twitch::app
