// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What is looked at every second: word lists that are edited, a reader of the output that goes away.

#include <algorithm>
#include <utility>

#include "app/relay_service_impl.hpp"
#include "app/word_files.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

constexpr auto look_interval = std::chrono::seconds(1);

bool same(const relay::word_list& left, const relay::word_list& right) {
    return left.name == right.name && left.text == right.text;
}

}  // namespace

void relay_service::impl::watch_files() {
    word_watch.expires_after(look_interval);
    word_watch.async_wait([this](core::error_code error) {
        if (error || current != phase::running)
            return;
        if (settings.output_is_gone && settings.output_is_gone())
            return end_without_output();
        announce_held();
        if (words_change.look(stamp_of(settings.effective.filter.word_files)))
            reread_words();
        watch_files();
    });
}

void relay_service::impl::end_without_output() {
    log(log_level::error, "relay", "nobody reads the lines any more; ending");
    result = exit_code::io_error;
    stop_rooms();
}

// Only the lists: whatever else is half edited in the configuration waits for SIGHUP. Lists that cannot be
// used leave those in force as they are.
void relay_service::impl::reread_words() {
    auto read = read_word_lists(settings.effective.filter.word_files);
    if (read.problems.empty() && std::ranges::equal(read.lists, settings.effective.word_lists, same))
        return;
    auto changed = settings.effective;
    changed.word_lists = std::move(read.lists);
    std::string problem = read.problems.empty() ? std::string() : std::move(read.problems.front());
    if (!problem.empty() || check_filters(changed, &problem)) {
        log(log_level::warning, "relay",
            problem + ". The word lists in force stay; mend the file and it is read again.");
        return;
    }
    settings.effective = std::move(changed);
    for (const auto& route : settings.effective.routes)
        books.replace_policy(rooms.route_ids.at({route.tiktok, route.channel}),
                             make_policy(settings.effective, route.tiktok, route.events));
    for (const auto& channel : mods.channels())
        judge_again(channel);
    log(log_level::info, "relay", "a word file has changed; its words are in force");
    flush_account();
}

}  // namespace tiktok2twitch::app
