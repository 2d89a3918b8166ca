// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The final counts: as JSON for --report (docs/behaviour.md says its shape; scripts rely on it),
// and as a summary for people.

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/egress/pipeline.hpp"

namespace tiktok2twitch::app {

using progress_of = std::function<egress::route_progress(relay::route_id)>;

std::string report_json(const egress::pipeline& pipeline, const progress_of& progress, bool dry_run);
std::string summary_text(const egress::pipeline& pipeline, const progress_of& progress);

// Writes atomically (temporary file, then rename), or in place where only that is allowed. The error is the
// system's.
core::error_code write_report(const std::string& path, const std::string& text);
// Whether that will work, as far as it can be told now: an hour-long live is no time to find out. Leaves an
// old report as it is.
core::error_code try_report(const std::string& path);

// The report as an object, for what adds to it.
nlohmann::ordered_json report_object(const egress::pipeline& pipeline, const progress_of& progress);

}  // namespace tiktok2twitch::app
