// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/recorded_session.hpp"

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

}  // namespace

webcast_session& recorded_session::session_of(const recorded_frame& frame) {
    const std::string way = frame.way + " " + frame.room;
    const bool known = sessions_.contains(way);
    const std::string& name = known || sessions_.size() < most_ways ? way : sessions_.begin()->first;
    return sessions_.try_emplace(name, session_options(), 0).first->second;
}

decoded_batch recorded_session::read(const recorded_frame& frame, core::time_point now) {
    if (!frame.text)
        return session_of(frame).on_frame(frame.frame, now).batch;
    if (texts_)
        return texts_(frame, now, text_counts_);
    ++text_counts_.frames;
    ++text_counts_.unknown_frames;
    return {};
}

frame_counts recorded_session::counts() const {
    frame_counts sum = text_counts_;
    for (const auto& [way, session] : sessions_)
        add(sum, session.counts());
    return sum;
}

}  // namespace tiktok2twitch::tiktok
