// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "tiktok2twitch/app/config/config.hpp"

namespace tiktok2twitch::app {

// When files that people edit while we run are to be read again: once they have changed and were found the
// same at two looks in a row, so that nobody is interrupted in the middle of writing. Pure; a stamp is any
// text that changes with the files, and is empty when there are none.
class settled_change {
public:
    // What is found now. True: read them. Each change is told once, whatever comes of reading.
    bool look(std::string stamp) {
        const bool settled = stamp == seen_;
        seen_ = std::move(stamp);
        if (!settled || seen_ == read_)
            return false;
        read_ = seen_;
        return true;
    }
    // They were read by somebody else, at a time that nobody knows exactly: the next looks will tell.
    void forget() { *this = {}; }

private:
    std::string seen_;
    std::string read_;
};

// The word lists of filter.word_files, read again when somebody has edited them.
class word_watch {
public:
    // About once a second: the configuration in force with other lists, when there are some. Lists that
    // cannot be used leave those in force as they are, and it is said why.
    std::optional<config> look(const config& in_force);
    // They were read by somebody else.
    void forget() { change_.forget(); }

private:
    settled_change change_;
};

}  // namespace tiktok2twitch::app
