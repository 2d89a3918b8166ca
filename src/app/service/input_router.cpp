// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/input_router.hpp"

#include <utility>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::app {

input_router::routed input_router::unreadable(const std::string& why) {
    routed out;
    if (++unreadable_ == 1)
        out.warning = "a line of the input cannot be read, and is left out: " + why;
    return out;
}

input_router::routed input_router::take(std::string_view line, bool whole) {
    if (!whole)
        return unreadable("it is longer than any real one");
    auto read = reader_.read(line);
    if (!read)
        return unreadable(read.error().text());
    routed out;
    if (!*read)
        return out;
    tiktok::recorded_frame& frame = **read;
    std::string name = core::ascii::lower(frame.room);
    if (name.starts_with('@'))
        name.erase(0, 1);
    if (name.empty() && rooms_.size() == 1)
        name = *rooms_.begin();
    if (!rooms_.contains(name)) {
        ++of_others_;
        if (strangers_.size() < most_strangers && strangers_.insert(name).second)
            out.warning = name.empty()
                              ? "lines of the input name no room, and several rooms are watched: they "
                                "are left out (a line names it with \"room\")"
                              : "lines of the input are for @" + core::clean_text(name) +
                                    ", which no route watches; they are left out";
        return out;
    }
    ++taken_;
    frame.room = std::move(name);
    out.frame = std::move(frame);
    return out;
}

std::string input_router::summary() const {
    std::string out = "the input has ended: " + core::count_text(taken_, "message");
    if (unreadable_ > 0)
        out += ", " + core::count_text(unreadable_, "line") + " could not be read";
    if (of_others_ > 0)
        out += ", " + core::count_text(of_others_, "line") + (of_others_ == 1 ? " was" : " were") +
               " for other rooms";
    return out;
}

}  // namespace tiktok2twitch::app
