// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/live_doubt.hpp"

#include <algorithm>

namespace tiktok2twitch::tiktok {

live_doubt::live_doubt(std::int64_t room_id, core::duration interval, core::time_point now)
    : room_id_(room_id), interval_(interval), messages_at_(now), people_at_(now), asked_at_(now) {}

void live_doubt::on_messages(core::time_point now, bool people) {
    messages_at_ = now;
    heard_ = true;
    if (people) {
        people_at_ = now;
        heard_people_ = true;
    }
}

core::time_point live_doubt::due() const {
    return std::min(std::max(messages_at_, asked_at_) + interval_,
                    std::max(people_at_, asked_at_) + 2 * interval_);
}

live_doubt::step live_doubt::next(core::time_point now) {
    if (step_ == step::listen && now >= due()) {
        step_ = step::ask_lookup;
        asked_at_ = now;
    }
    return step_;
}

void live_doubt::on_lookup(core::time_point now, const core::result<room_status>& answer) {
    if (step_ != step::ask_lookup)
        return;
    const bool live = answer && answer->status != live_status::offline;
    if (live && answer->room_id == room_id_) {
        denials_ = 0;
        step_ = step::listen;
    } else if (people_near(now)) {
        step_ = step::listen;
    } else if (live) {
        elsewhere_ = *answer;
        step_ = step::leave;
    } else {
        not_live_ = answer.has_value();
        step_ = step::ask_alive;
    }
}

void live_doubt::on_alive(core::time_point now, const core::result<bool>& answer) {
    if (step_ != step::ask_alive)
        return;
    step_ = step::listen;
    if ((answer && *answer) || people_near(now)) {
        denials_ = 0;
        return;
    }
    const bool denied = answer.has_value();
    if (!denied && !not_live_)
        return;  // nobody has said anything
    ++denials_;
    // Both say so, and the room itself says nothing.
    const bool certain = denied && not_live_ && now - messages_at_ >= interval_;
    if (certain || denials_ >= weak_denials)
        step_ = step::leave;
}

}  // namespace tiktok2twitch::tiktok
