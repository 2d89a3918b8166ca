// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <cstdio>
#include <random>
#include <sstream>

#include "app/explain.hpp"
#include "app/file_words.hpp"
#include "app/output.hpp"
#include "app/recording_files.hpp"
#include "tiktok2twitch/app/commands.hpp"
#include "tiktok2twitch/app/replay.hpp"
#include "tiktok2twitch/app/report.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

void print_line(const std::string& text) {
    print_out(text + "\n");
}

void log_counts(const tiktok::frame_counts& counts) {
    log(log_level::info, "replay",
        core::count_text(counts.frames, "frame") + ", " + core::count_text(counts.messages, "message") +
            "; not understood: " + core::count_text(counts.undecodable_frames, "frame") + ", " +
            core::count_text(counts.undecodable_messages, "message") +
            "; of kinds that are not relayed here: " + core::count_text(counts.unknown_frames, "frame") +
            ", " + core::count_text(counts.unknown_methods, "message") +
            "; over a limit: " + core::count_text(counts.excess_messages, "message"));
}

}  // namespace

exit_code run_replay_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto loaded = load_or_explain(line, variables, failed);
    if (!loaded)
        return failed;
    if (line.report)
        if (const auto error = try_report(*line.report)) {
            log(log_level::error, "replay", unwritable_report(error, *line.report));
            return exit_code::io_error;
        }
    const auto read = read_recording(line.replay_file);
    if (const auto* unread = std::get_if<unread_recording>(&read)) {
        log(log_level::error, "replay", unread->why);
        return unread->code;
    }
    const auto& frames = std::get<std::vector<tiktok::recorded_frame>>(read);
    std::random_device random;
    for (const auto& target : line.recordings) {
        const auto wrong = copy_recording(frames, target, {random(), random()});
        if (!wrong.empty()) {
            log(log_level::error, "replay", wrong);
            return exit_code::io_error;
        }
    }
    replay_settings settings;
    settings.effective = loaded->settings.value;
    settings.paced = line.replay_paced;
    if (line.replay_explain)
        settings.explain = [](const relay::event& event, const judgement& judgement) {
            print_line(explain_judgement(event, judgement));
        };
    const bool silent = line.replay_explain;
    const auto result = run_replay(settings, frames, [silent](core::duration, std::string_view text) {
        if (!silent)
            print_line(std::string(text));
    });
    print_now({});  // what is said on standard error comes behind it
    log_counts(result.counts);
    std::istringstream summary(result.summary);
    for (std::string text; std::getline(summary, text);)
        log(log_level::info, "replay", text);
    if (line.report)
        if (const auto error = write_report(*line.report, result.report)) {
            log(log_level::error, "replay", unwritable_report(error, *line.report));
            return exit_code::io_error;
        }
    return exit_code::ok;
}

}  // namespace tiktok2twitch::app
