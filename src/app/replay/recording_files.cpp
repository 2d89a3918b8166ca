// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/replay/recording_files.hpp"

#include <iterator>
#include <optional>
#include <utility>

#include "tiktok2twitch/files/file_series.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/files/rotating_file.hpp"
#include "tiktok2twitch/tiktok/recording/anonymizer.hpp"

namespace tiktok2twitch::app {
namespace {

using frames = std::vector<tiktok::recorded_frame>;

// Hours of the busiest rooms take a tenth of it; more does not fit into a small machine's memory.
constexpr std::size_t largest_recording = std::size_t{2} * 1024 * 1024 * 1024;

read_frames read_part(const std::string& path) {
    const auto bytes = read_text_file(path, largest_recording);
    if (const auto* unread = std::get_if<unread_file>(&bytes))
        return unread_recording{unread->code, path + " " + unread->why};
    if (std::get<std::string>(bytes).size() > largest_recording)
        return unread_recording{exit_code::bad_data, path + " is larger than 2 GiB"};
    auto parsed = tiktok::parse_recording(std::get<std::string>(bytes));
    if (!parsed)
        return unread_recording{exit_code::bad_data, path + ": " + parsed.error().text()};
    return *std::move(parsed);
}

}  // namespace

bool continues(const frames& older, const frames& newer) {
    return !older.empty() && !newer.empty() && newer.front().t > 0 && older.back().t <= newer.front().t;
}

read_frames read_recording(const std::string& path) {
    auto whole = read_part(path);
    for (std::size_t age = 1; std::holds_alternative<frames>(whole); ++age) {
        auto& newer = std::get<frames>(whole);
        if (newer.empty() || newer.front().t == 0)
            break;
        auto part = read_part(files::older_part(path, age));
        auto* older = std::get_if<frames>(&part);
        // Something else may have that name.
        if (older == nullptr || !continues(*older, newer))
            break;
        std::move(newer.begin(), newer.end(), std::back_inserter(*older));
        whole = std::move(*older);
    }
    return whole;
}

std::string copy_recording(const frames& from, const tiktok::recording_target& target,
                           tiktok::pseudonym_key key) {
    files::rotating_file file(target.path);
    tiktok::recording_writer lines;
    std::optional<tiktok::anonymizer> without_people;
    if (target.anonymous)
        without_people.emplace(key, target.keep_texts);
    core::error_code failed = file.open();
    for (const auto& frame : from) {
        if (failed)
            break;
        if (!tiktok::may_be_recorded(frame))
            continue;
        const auto made = without_people ? without_people->anonymous(frame) : frame;
        const auto fresh = file.make_room(made.frame.size());
        if (fresh && *fresh)
            lines.begin_file();
        failed = fresh ? file.append(lines.line(made), {}) : fresh.error();
    }
    if (!failed)
        failed = file.flush();
    return failed ? "cannot write " + target.path + ": " + failed.message() : std::string();
}

}  // namespace tiktok2twitch::app
