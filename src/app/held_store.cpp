// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/held_store.hpp"

#include <chrono>
#include <cstdio>
#include <string_view>
#include <utility>

#include "app/file_words.hpp"
#include "files/posix_file.hpp"
#include "files/record_text.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

constexpr files::record_kind held_kind{"held", 1};
constexpr std::chrono::milliseconds load_patience(3000);
constexpr std::string_view forgotten = "; what was held for moderators is not known any more";

void warn(const std::string& text) {
    log(log_level::warning, "state", text);
}

// JSON as the text of a record: '#' is in strings only, line feeds are between values.
std::string on_one_line(std::string_view json) {
    std::string out;
    for (const char c : json)
        if (c == '#')
            out += "\\u0023";
        else
            out += c == '\n' ? ' ' : c;
    return out;
}

}  // namespace

relay::kept_messages held_store::open(const std::string& directory, const std::string& login,
                                      files::file_worker& worker) {
    worker_ = &worker;
    path_ = directory + "/held-" + core::percent_encode(login) + ".rec";
    const auto read =
        worker.ask([path = path_] { return files::read_file(path, relay::largest_kept); }, load_patience);
    if (!read || !*read) {
        const auto error = read ? read->error() : make_error_code(boost::system::errc::timed_out);
        if (error != boost::system::errc::no_such_file_or_directory)
            warn("cannot read " + path_ + ": " + error.message() + std::string(forgotten));
        return {};
    }
    const auto found = files::read_records(**read, held_kind);
    if (found.newer) {
        warn(path_ + " was written by a later version of this program and is left alone" +
             std::string(forgotten) + ", and nothing is kept now");
        path_.clear();
        return {};
    }
    auto kept = relay::parse_kept(found.texts.empty() ? std::string_view() : found.texts.back());
    if (kept) {
        reserved_ = kept->last_number;
        return *std::move(kept);
    }
    const auto aside = path_ + ".damaged";
    const auto rename = [path = path_, aside] {
        return std::rename(path.c_str(), aside.c_str()) == 0 ? core::error_code() : files::last_error();
    };
    const auto moved = worker.ask(rename, load_patience);
    warn(path_ + " is damaged" + std::string(forgotten) + ". " + set_aside(moved, aside));
    return {};
}

bool held_store::write(const relay::kept_messages& kept, std::uint64_t revision, bool last) {
    if (path_.empty())
        return false;
    written_ = revision;
    auto state = kept;
    if (!last)
        state.last_number += reserve;
    auto file = files::record_header(held_kind);
    files::append_record(file, on_one_line(relay::text_of(state)));
    const auto bytes = file.size();
    const bool taken =
        worker_->submit([path = path_, file = std::move(file)] { return files::replace_file(path, file); },
                        [this](core::error_code error) { report(error); }, bytes);
    if (taken)
        reserved_ = state.last_number;
    else
        report(make_error_code(boost::system::errc::timed_out));
    return taken;
}

void held_store::report(const core::error_code& error) {
    if (error && !failing_)
        warn(path_ + " cannot be written: " + error.message() +
             ". What is held for moderators is lost at a restart. Free some space on its disk.");
    failing_ = static_cast<bool>(error);
}

}  // namespace tiktok2twitch::app
