// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/streak_journal.hpp"

#include <cerrno>
#include <cstdio>
#include <utility>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/relay/room_story.hpp"

namespace tiktok2twitch::app {

using relay::room_story;

core::result<streak_journal> streak_journal::open(const std::string& directory, std::string_view unique_id) {
    const std::string path = directory + "/gifts-" + core::percent_encode(unique_id) + ".log";
    auto file = tiktok::record_file::open(path);
    if (!file)
        return file.error();
    auto notes = file->load();
    if (!notes)
        return notes.error();
    const bool readable = room_story::can_read(*notes);
    if (!readable) {
        if (std::rename(path.c_str(), (path + ".other-version").c_str()) != 0)
            return core::error_code(errno, boost::system::system_category());
        if (file = tiktok::record_file::open(path); !file)
            return file.error();
        notes->clear();
    }
    streak_journal out(std::move(*file));
    out.other_version_ = !readable;
    // What ended long ago is left behind at the start; a new file gets its version. Should it fail, the file
    // is as good as before, and append() will say what is wrong.
    out.compact(*notes);
    out.notes_ = std::move(*notes);
    return out;
}

std::string streak_journal::take_notes() {
    return std::exchange(notes_, {});
}

core::error_code streak_journal::append(std::string_view notes) {
    if (const core::error_code error = file_.append(notes))
        return error;
    if (file_.size() < compact_at_)
        return {};
    // Should it fail, the next attempt comes after as much again.
    compact_at_ = file_.size() + compact_after;
    const auto text = file_.read();
    return text ? compact(*text) : text.error();
}

core::error_code streak_journal::compact(std::string_view notes) {
    if (const core::error_code error = file_.replace(room_story::compact(notes)))
        return error;
    compact_at_ = file_.size() + compact_after;
    return {};
}

}  // namespace tiktok2twitch::app
