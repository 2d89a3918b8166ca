// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/recordings.hpp"

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>

#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

// Said before anything is in it: who gives it away should know.
std::string about_recording(const tiktok::recording_target& target) {
    if (!target.anonymous)
        return target.path + " records all that comes: people's names, pictures and words are in it";
    if (target.keep_texts)
        return target.path +
               " records without names, but keeps the comments: they are people's words, and may "
               "name people";
    return target.path + " records without names and comments";
}

}  // namespace

exit_code open_recordings(const relay_settings& settings, std::shared_ptr<tiktok::recorder>& out) {
    if (settings.recordings.empty())
        return exit_code::ok;
    std::set<std::string> names;
    for (const auto& route : settings.effective.routes)
        names.insert(route.tiktok);
    std::random_device random;
    const auto word = [&random] {
        return (static_cast<std::uint64_t>(random()) << 32U) | random();
    };
    auto recorder =
        std::make_shared<tiktok::recorder>(settings.recordings, tiktok::pseudonym_key{word(), word()});
    if (const auto failed = recorder->open({names.begin(), names.end()})) {
        log(log_level::error, "record", "cannot write " + failed->path + ": " + failed->why.message());
        return exit_code::io_error;
    }
    for (const auto& target : settings.recordings)
        log(target.keep_texts ? log_level::warning : log_level::info, "record", about_recording(target));
    out = std::move(recorder);
    return exit_code::ok;
}

}  // namespace tiktok2twitch::app
