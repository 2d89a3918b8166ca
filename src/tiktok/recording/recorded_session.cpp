// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/recording/recorded_session.hpp"

#include "tiktok2twitch/tiktok/ways/json_messages.hpp"
#include "tiktok2twitch/tiktok/ways/tikfinity_reader.hpp"

namespace tiktok2twitch::tiktok {
namespace {

void add(frame_counts& sum, const frame_counts& more) {
    sum.frames += more.frames;
    sum.messages += more.messages;
    sum.unknown_frames += more.unknown_frames;
    sum.unknown_methods += more.unknown_methods;
    sum.undecodable_frames += more.undecodable_frames;
    sum.undecodable_messages += more.undecodable_messages;
    sum.excess_messages += more.excess_messages;
}

template <class Value, class... Arguments>
Value& bounded(std::map<std::string, Value>& all, const std::string& name, Arguments&&... arguments) {
    if (all.size() >= recorded_session::most_sources && !all.contains(name))
        return all.begin()->second;
    return all.try_emplace(name, std::forward<Arguments>(arguments)...).first->second;
}

// {"event": ...} is TikFinity's, {"messages": [...]} or {"type": ...} the managed socket's.
bool is_tikfinity(const recorded_frame& frame) {
    if (frame.way == "tikfinity" || frame.way == "managed")
        return frame.way == "tikfinity";
    nlohmann::json all;
    return !parse_json_text(frame.frame, max_tikfinity_text, all) && member(&all, "event") != nullptr;
}

}  // namespace

decoded_batch recorded_session::read(const recorded_frame& frame, core::time_point now) {
    if (!frame.text && frame.way != "managed")
        return bounded(sessions_, frame.way + " " + frame.room, session_options(), 0)
            .on_frame(frame.frame, now)
            .batch;
    if (frame.text && is_tikfinity(frame))
        return read_tikfinity(frame.frame, now, tikfinity_).batch;
    return bounded(managed_, frame.room).read(frame.frame, now).batch;
}

frame_counts recorded_session::counts() const {
    frame_counts sum = tikfinity_;
    for (const auto& [source, session] : sessions_)
        add(sum, session.counts());
    for (const auto& [room, reader] : managed_)
        add(sum, reader.counts());
    return sum;
}

}  // namespace tiktok2twitch::tiktok
