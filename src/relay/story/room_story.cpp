// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/room_story.hpp"

#include <iterator>
#include <utility>

#include "relay/gift_streaks.hpp"
#include "relay/like_milestones.hpp"
#include "relay/recent_keys.hpp"
#include "relay/recent_users.hpp"
#include "relay/streak_notes.hpp"
#include "relay/viewer_steps.hpp"

namespace tiktok2twitch::relay {

constexpr std::size_t most_new_followers = 10'000;  // some 1 MB

struct room_story::impl {
    impl(std::int64_t like_every, const story_limits& limits)
        : streaks(limits),
          likes(like_every),
          subscriptions(limits.finished_memory, limits.finished_streaks) {}

    // Fills in what is not known yet: a milestone says which one it is, and what ended with the live before
    // carries that one's counters.
    std::vector<event> stamped(std::vector<event> out) const {
        for (event& each : out) {
            if (each.total_likes == 0)
                each.total_likes = likes.total();
            if (each.viewers == 0)
                each.viewers = viewers.current();
            each.from.new_follower = followers.knows(each.from.id);
        }
        return out;
    }

    // The same month of the same person, told again.
    bool known_subscription(const event& what, core::time_point now) {
        if (what.from.id == 0)
            return false;
        const std::pair name(what.from.id, what.count);
        if (subscriptions.contains(name, now))
            return true;
        subscriptions.remember(name, now);
        return false;
    }

    gift_streaks streaks;
    like_milestones likes;
    viewer_steps viewers;
    recent_keys<std::pair<std::int64_t, std::int64_t>> subscriptions;
    struct nothing {};
    recent_users<nothing, most_new_followers> followers;
};

namespace {

void append(std::vector<event>& out, std::vector<event> more) {
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

room_story::room_story(std::int64_t like_every, const story_limits& limits)
    : impl_(std::make_unique<impl>(like_every, limits)) {}

room_story::room_story(room_story&&) noexcept = default;
room_story& room_story::operator=(room_story&&) noexcept = default;
room_story::~room_story() = default;

void room_story::set_like_every(std::int64_t like_every) {
    impl_->likes.set_every(like_every);
}

std::vector<event> room_story::on_event(event what, core::time_point now) {
    std::vector<event> out = impl_->streaks.poll(now);
    switch (what.kind) {
        case event_kind::gift:
            if (what.gift)
                append(out, impl_->streaks.on_gift(std::move(what), now));
            break;
        case event_kind::like:
            if (auto milestone = impl_->likes.on_like(std::move(what)))
                out.push_back(std::move(*milestone));
            break;
        case event_kind::viewers:
            if (impl_->viewers.is_news(what.viewers, now))
                out.push_back(std::move(what));
            break;
        case event_kind::subscribe:
            if (!impl_->known_subscription(what, now))
                out.push_back(std::move(what));
            break;
        case event_kind::follow:
            if (what.from.id != 0)
                impl_->followers.touch(what.from.id);
            out.push_back(std::move(what));
            break;
        case event_kind::live_start:
            append(out, impl_->stamped(impl_->streaks.finish(now)));
            impl_->likes.reset();
            impl_->viewers.reset();
            impl_->followers = {};
            out.push_back(std::move(what));
            break;
        case event_kind::live_end:
            append(out, impl_->streaks.finish(now));
            out.push_back(std::move(what));
            break;
        default:
            out.push_back(std::move(what));
            break;
    }
    return impl_->stamped(std::move(out));
}

std::vector<event> room_story::poll(core::time_point now) {
    return impl_->stamped(impl_->streaks.poll(now));
}

core::time_point room_story::deadline() const {
    return impl_->streaks.deadline();
}

std::vector<event> room_story::finish(core::time_point now) {
    return impl_->stamped(impl_->streaks.finish(now));
}

std::vector<event> room_story::forget(std::int64_t user, core::time_point now) {
    return impl_->streaks.forget(user, now);
}

std::vector<event> room_story::restore(std::string_view notes, core::time_point now, core::unix_ms wall) {
    return impl_->streaks.restore(notes, now, wall);
}

std::string room_story::take_notes(core::unix_ms wall) {
    std::string notes = impl_->streaks.take_notes();
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

std::size_t room_story::open_streaks() const noexcept {
    return impl_->streaks.open();
}

}  // namespace tiktok2twitch::relay
