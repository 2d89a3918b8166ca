// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/held_store.hpp"

#include <chrono>
#include <cstdio>
#include <string_view>
#include <utility>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/files/record_file.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

constexpr files::record_kind held_kind{"held", 1};
constexpr std::chrono::milliseconds load_patience(3000);
constexpr auto write_interval = std::chrono::seconds(1);
constexpr std::string_view forgotten = "; what was held for moderators is not known any more";

void warn(const std::string& text) {
    log(log_level::warning, "state", text);
}

}  // namespace

held_store::held_store(boost::asio::io_context& loop, egress::pipeline& pipe, state_files& files)
    : pipe_(pipe), files_(files), timer_(loop) {}

bool held_store::restore(const std::string& directory, const std::string& login) {
    const auto kept = read(directory, login, *files_.worker());
    const auto found = pipe_.restore_held(kept, net::now(), net::wall_now());
    if (found.held > 0)
        log(log_level::info, "relay",
            core::count_text(found.held, "held message") + " of an earlier run still waiting");
    if (found.too_late > 0)
        log(log_level::warning, "relay",
            core::count_text(found.too_late, "held message") +
                " of an earlier run waited too long; not said, and counted");
    if (found.without_route > 0)
        log(log_level::warning, "relay",
            core::count_text(found.without_route, "held message") +
                " of routes that are no longer configured; not said");
    return !kept.held.empty();
}

void held_store::keep(bool last) {
    if (closed_)
        return;
    closed_ = last;
    if (last)
        timer_.cancel();
    if (path_.empty() || pipe_.last_number() == 0)
        return;  // nothing was ever held
    auto kept = pipe_.held_for_later(net::now(), net::wall_now(), last);
    if (!write(kept, last))
        return;
    pipe_.mark_kept(kept);
    files_.mark(pipe_.take_marks());
    files_.note(pipe_.take_notes(net::wall_now()));
    files_.flush();
    if (last && !kept.held.empty())
        log(log_level::info, "relay",
            core::count_text(kept.held.size(), "held message") + " kept for the next start");
}

void held_store::keep_soon() {
    if (keeps() && pipe_.last_number() > reserved_)
        return keep(false);
    if (waits_ || !is_due())
        return;
    waits_ = true;
    timer_.expires_after(write_interval);
    timer_.async_wait([this](core::error_code error) {
        waits_ = false;
        if (!error && is_due())
            keep(false);
    });
}

relay::kept_messages held_store::read(const std::string& directory, const std::string& login,
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

bool held_store::write(const relay::kept_messages& kept, bool last) {
    written_ = pipe_.held_revision();
    auto state = kept;
    if (!last)
        state.last_number += reserve;
    auto file = files::record_header(held_kind);
    files::append_record(file, files::json_record(relay::text_of(state)));
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
