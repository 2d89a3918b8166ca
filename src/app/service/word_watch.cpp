// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/word_watch.hpp"

#include <algorithm>

#include "tiktok2twitch/app/config/policy.hpp"
#include "tiktok2twitch/app/config/word_files.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {
namespace {

bool same(const relay::word_list& left, const relay::word_list& right) {
    return left.name == right.name && left.text == right.text;
}

}  // namespace

// Only the lists: whatever else is half edited in the configuration waits for SIGHUP.
std::optional<config> word_watch::look(const config& in_force) {
    const auto& files = in_force.filter.word_files;
    if (!change_.look(stamp_of(files)))
        return std::nullopt;
    auto read = read_word_lists(files);
    if (read.problems.empty() && std::ranges::equal(read.lists, in_force.word_lists, same))
        return std::nullopt;
    auto changed = in_force;
    changed.word_lists = std::move(read.lists);
    std::string problem = read.problems.empty() ? std::string() : std::move(read.problems.front());
    if (!problem.empty() || check_filters(changed, &problem)) {
        core::log(core::log_level::warning, "relay",
                  problem + ". The word lists in force stay; mend the file and it is read again.");
        return std::nullopt;
    }
    return changed;
}

}  // namespace tiktok2twitch::app
