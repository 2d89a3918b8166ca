// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/story/room_story.hpp"

#include <cmath>
#include <iterator>
#include <utility>

#include "tiktok2twitch/relay/story/streak_notes.hpp"

namespace tiktok2twitch::relay {
namespace {

void append(std::vector<event>& out, std::vector<event> more) {
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

void like_milestones::set_every(std::int64_t every) {
    every_ = every;
    reached_ = steps();
}

std::optional<event> like_milestones::on_like(event like) {
    if (like.total_likes <= total_)
        return std::nullopt;
    const bool first = std::exchange(total_, like.total_likes) == 0;
    if (first) {
        told_ = total_;
        reached_ = steps();
    }
    if (steps() <= reached_)
        return std::nullopt;
    reached_ = steps();
    like.total_likes = reached_ * every_;
    like.count = like.total_likes - std::exchange(told_, like.total_likes);
    return like;
}

void like_milestones::reset() {
    total_ = 0;
    reached_ = 0;
    told_ = 0;
}

bool viewer_steps::is_news(std::int64_t viewers, core::time_point now) {
    if (viewers <= 0)
        return false;
    current_ = viewers;
    if (told_ != 0) {
        const auto change = std::abs(static_cast<double>(viewers) - static_cast<double>(told_));
        const bool much = change * 4 >= static_cast<double>(told_);
        const core::duration silent = now - told_at_;
        if (silent < least || (!much && silent < most))
            return false;
    }
    told_ = viewers;
    told_at_ = now;
    return true;
}

room_story::room_story(std::int64_t like_every, const story_limits& limits)
    : streaks_(limits), likes_(like_every), subscriptions_(limits.finished_memory, limits.finished_streaks) {}

// Fills in what is not known yet: a milestone says which one it is, and what ended with the live before
// carries that one's counters.
std::vector<event> room_story::stamped(std::vector<event> out) const {
    for (event& each : out) {
        if (each.total_likes == 0)
            each.total_likes = likes_.total();
        if (each.viewers == 0)
            each.viewers = viewers_.current();
        each.from.new_follower = followers_.knows(each.from.id);
    }
    return out;
}

// The same month of the same person, told again.
bool room_story::known_subscription(const event& what, core::time_point now) {
    if (what.from.id == 0)
        return false;
    const std::pair name(what.from.id, what.count);
    if (subscriptions_.contains(name, now))
        return true;
    subscriptions_.remember(name, now);
    return false;
}

std::vector<event> room_story::on_event(event what, core::time_point now) {
    std::vector<event> out = streaks_.poll(now);
    switch (what.kind) {
        case event_kind::gift:
            if (what.gift)
                append(out, streaks_.on_gift(std::move(what), now));
            break;
        case event_kind::like:
            if (auto milestone = likes_.on_like(std::move(what)))
                out.push_back(std::move(*milestone));
            break;
        case event_kind::viewers:
            if (viewers_.is_news(what.viewers, now))
                out.push_back(std::move(what));
            break;
        case event_kind::subscribe:
            if (!known_subscription(what, now))
                out.push_back(std::move(what));
            break;
        case event_kind::follow:
            if (what.from.id != 0)
                followers_.touch(what.from.id);
            out.push_back(std::move(what));
            break;
        case event_kind::live_start:
            append(out, stamped(streaks_.finish(now)));
            likes_.reset();
            viewers_.reset();
            followers_ = {};
            out.push_back(std::move(what));
            break;
        case event_kind::live_end:
            append(out, streaks_.finish(now));
            out.push_back(std::move(what));
            break;
        default:
            out.push_back(std::move(what));
            break;
    }
    return stamped(std::move(out));
}

std::vector<event> room_story::poll(core::time_point now) {
    return stamped(streaks_.poll(now));
}

std::vector<event> room_story::finish(core::time_point now) {
    return stamped(streaks_.finish(now));
}

std::vector<event> room_story::forget(std::int64_t user, core::time_point now) {
    return streaks_.forget(user, now);
}

std::vector<event> room_story::restore(std::string_view notes, core::time_point now, core::unix_ms wall) {
    return streaks_.restore(notes, now, wall);
}

std::string room_story::take_notes(core::unix_ms wall) {
    std::string notes = streaks_.take_notes();
    return notes.empty() ? notes : clock_note(wall) + notes;
}

bool room_story::can_read(std::string_view notes) {
    return parse_streak_notes(notes).readable;
}

std::string room_story::compact(std::string_view notes) {
    // As many of each kind as are open at most, and more told ones than 15 minutes of a busy room have.
    constexpr std::size_t most = 5000;
    return compact_streak_notes(parse_streak_notes(notes), most);
}

}  // namespace tiktok2twitch::relay
