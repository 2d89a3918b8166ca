// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/client/recorder.hpp"

#include <atomic>
#include <optional>
#include <utility>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/files/file_series.hpp"
#include "tiktok2twitch/files/file_worker.hpp"
#include "tiktok2twitch/files/rotating_file.hpp"
#include "tiktok2twitch/tiktok/recording/anonymizer.hpp"
#include "tiktok2twitch/tiktok/wire/recording_losses.hpp"

namespace tiktok2twitch::tiktok {
namespace {

void say(const recording_losses::line& line) {
    core::log(line.warning ? core::log_level::warning : core::log_level::info, "record", line.text);
}

// Of a line, before it is made.
std::size_t estimate(const recorded_frame& frame) {
    constexpr std::size_t names = 200;
    return frame.frame.size() * 3 / 2 + names;
}

}  // namespace

// One file and its older parts. Belongs to the worker once the loops run; only `dropped` is written by both.
struct recorder::series {
    series(const std::string& path, bool anonymous, bool keep_texts, pseudonym_key key)
        : file(path), losses(path) {
        if (anonymous)
            without_people.emplace(key, keep_texts);
    }

    core::error_code take(const recorded_frame& frame, core::time_point now) {
        if (!may_be_recorded(frame))
            return {};
        const recorded_frame made = without_people ? without_people->anonymous(frame) : frame;
        core::error_code failed;
        if (const auto fresh = file.make_room(estimate(made)); !fresh) {
            failed = fresh.error();
        } else {
            if (*fresh)
                lines.begin_file();
            failed = file.append(lines.line(made), now);
        }
        if (const auto line = losses.look(file.written(), lost(), failed, now))
            say(*line);
        return failed;
    }

    core::error_code finish() {
        const core::error_code failed = file.flush();
        say(losses.summary(file.written(), lost()));
        return failed;
    }

    std::uint64_t lost() const { return file.lost() + dropped.load(std::memory_order_relaxed); }

    files::rotating_file file;
    recording_losses losses;
    recording_writer lines;
    std::optional<anonymizer> without_people;
    std::atomic<std::uint64_t> dropped{0};  // found the worker's queue full
};

recorder::recorder(std::vector<recording_target> targets, pseudonym_key key)
    : targets_(std::move(targets)),
      key_(key),
      // Nobody waits for an answer: the worker says what is to be said.
      worker_(std::make_unique<files::file_worker>([](const std::function<void()>&) {})) {}

recorder::~recorder() {
    for (const auto& [name, room] : rooms_)
        for (const auto& each : room.files)
            worker_->submit([each] { return each->finish(); });
}

// The name of a file tells as little as what is in it.
std::shared_ptr<recorder::series> recorder::make_series(const recording_target& target,
                                                        const std::string& room, bool only_room) const {
    const auto name = target.anonymous ? pseudonyms(key_).name(room) : room;
    const auto path = only_room ? target.path : files::part_for(target.path, name);
    return std::make_shared<series>(path, target.anonymous, target.keep_texts, key_);
}

std::unique_ptr<recorder::failure> recorder::open(const std::vector<std::string>& rooms) {
    for (const std::string& room : rooms) {
        room_files& files = rooms_[room];
        for (const recording_target& target : targets_) {
            files.files.push_back(make_series(target, room, rooms.size() == 1));
            auto& file = files.files.back()->file;
            if (const auto failed = file.open()) {
                auto out = std::make_unique<failure>(failure{file.path(), failed});
                files.files.pop_back();  // there is nothing to sum up
                return out;
            }
        }
    }
    return nullptr;
}

recorder::room_files& recorder::files_of(const std::string& room) {
    room_files& files = rooms_[room];
    if (files.files.empty())
        for (const recording_target& target : targets_)
            files.files.push_back(make_series(target, room, false));
    return files;
}

void recorder::on_frame(const std::string& room, std::string_view way, bool text, std::string_view bytes,
                        core::time_point now) {
    room_files& files = files_of(room);
    // The first message is the start: a file whose first line has another time continues one before it.
    if (!std::exchange(files.started, true))
        files.start = now;
    auto frame = std::make_shared<recorded_frame>();
    frame->t = std::chrono::duration_cast<std::chrono::milliseconds>(now - files.start).count();
    frame->frame = bytes;
    frame->text = text;
    frame->way = way;
    frame->room = room;
    for (const auto& each : files.files) {
        const bool taken =
            worker_->submit([each, frame, now] { return each->take(*frame, now); }, {}, bytes.size());
        if (!taken)
            each->dropped.fetch_add(1, std::memory_order_relaxed);
    }
}

}  // namespace tiktok2twitch::tiktok
