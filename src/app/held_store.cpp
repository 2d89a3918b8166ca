// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/held_store.hpp"

#include <cstdio>
#include <utility>

#include "files/posix_file.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

relay::kept_messages held_store::open(const std::string& directory, const std::string& login) {
    path_ = directory + "/held-" + core::percent_encode(login) + ".json";
    const auto text = files::read_file(path_, relay::largest_kept);
    if (!text) {
        if (text.error() != boost::system::errc::no_such_file_or_directory)
            log(log_level::warning, "state",
                "cannot read " + path_ + ": " + text.error().message() +
                    ". What was held for moderators is not known any more.");
        return {};
    }
    auto kept = relay::parse_kept(*text);
    if (kept) {
        reserved_ = kept->last_number;
        return *std::move(kept);
    }
    const auto aside = path_ + ".damaged";
    std::rename(path_.c_str(), aside.c_str());
    log(log_level::warning, "state",
        path_ +
            " cannot be understood, so what was held for moderators is not known any more. The file is now " +
            aside + ".");
    return {};
}

bool held_store::write(const relay::kept_messages& kept, std::uint64_t revision, bool last) {
    if (path_.empty())
        return false;
    written_ = revision;
    auto text = kept;
    if (!last)
        text.last_number += reserve;
    const auto error = files::replace_file(path_, relay::text_of(text));
    if (!error)
        reserved_ = text.last_number;
    if (error && !failing_)
        log(log_level::warning, "state",
            path_ + " cannot be written: " + error.message() +
                ". What is held for moderators is lost at a restart. Free some space on its disk.");
    failing_ = static_cast<bool>(error);
    return !failing_;
}

}  // namespace tiktok2twitch::app
