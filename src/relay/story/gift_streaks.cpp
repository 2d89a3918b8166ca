// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/story/gift_streaks.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "tiktok2twitch/relay/story/streak_notes.hpp"

namespace tiktok2twitch::relay {

bool gift_catalog::complete(gift& what) {
    if (!what.name.empty() || what.coins != 0)
        return learn(what);
    const auto found = entries_.find(what.id);
    if (found == entries_.end())
        return false;
    what.name = found->second.name;
    what.coins = found->second.coins;
    what.streakable = found->second.streakable;
    return false;
}

bool gift_catalog::learn(const gift& what) {
    const entry fresh{what.name, what.coins, what.streakable};
    const auto [place, added] = entries_.try_emplace(what.id, fresh);
    if (!added)
        return std::exchange(place->second, fresh) != fresh;
    order_.push_back(what.id);
    if (order_.size() > limit_) {
        entries_.erase(order_.front());
        order_.pop_front();
    }
    return true;
}

std::optional<told_streaks::entry> told_streaks::find(const streak_key& key, core::time_point now) {
    forget_old(now);
    const auto found = entries_.find(key);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<told_streaks::entry> told_streaks::find_without_group(std::int64_t user, std::int64_t gift,
                                                                    core::time_point now) {
    const auto found = without_group_.find({user, gift});
    return found == without_group_.end() ? std::nullopt : find(streak_key(found->second), now);
}

void told_streaks::remember(const streak_key& key, const told_streak& told, core::time_point now) {
    if (key.group < 0)
        without_group_.insert_or_assign({key.user, key.gift}, key);
    const auto [place, added] = entries_.try_emplace(key, entry{key, told, now});
    if (!added) {
        place->second.told = told;
        return;
    }
    order_.emplace_back(now, key);
    if (order_.size() > limit_)
        forget_oldest();
}

void told_streaks::forget_old(core::time_point now) {
    while (!order_.empty() && now - order_.front().first >= memory_)
        forget_oldest();
}

void told_streaks::forget_oldest() {
    const streak_key& key = order_.front().second;
    if (const auto found = without_group_.find({key.user, key.gift});
        found != without_group_.end() && found->second == key)
        without_group_.erase(found);
    entries_.erase(key);
    order_.pop_front();
}

namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

bool made_before(const event& what, core::unix_ms other) noexcept {
    return what.created_at != 0 && what.created_at < other;
}

}  // namespace

gift_streaks::gift_streaks(const story_limits& limits)
    : limits_(limits), catalog_(limits.gift_names), told_(limits.finished_memory, limits.finished_streaks) {}

std::vector<event> gift_streaks::on_gift(event what, core::time_point now) {
    std::vector<event> out = poll(now);
    complete(*what.gift);
    if (!what.gift->streakable) {
        what.gift->ended = true;
        out.push_back(std::move(what));
        return out;
    }
    const streak_key name = name_of(what, now, out);
    auto found = by_key_.find(name);
    if (found == by_key_.end()) {
        const auto told = told_.find(name, now);
        const std::int64_t so_far = told ? told->told.count : 0;
        if (what.gift->count <= so_far)
            return out;
        close_older_of_same_gift(name, what.received_at, now, out);
        found = by_key_.emplace(name, open_streak(name, so_far, now)).first;
    }
    const position which = found->second;
    const core::time_point received_at = what.received_at;
    const bool ended = what.gift->ended;
    const bool grown = what.gift->count > which->largest;
    which->largest = std::max(which->largest, what.gift->count);
    which->heard_at = now;
    what.created_at = std::max(what.created_at, which->latest.created_at);
    what.gift->count = which->largest;
    // The id under which the routes are done with it is always one that is noted: a restart knows it.
    const bool is_noted = grown || ended;
    if (!is_noted)
        what.msg_id = which->latest.msg_id;
    which->latest = std::move(what);
    open_.splice(open_.end(), open_, which);
    if (is_noted && keeps_notes_)
        notes_ += seen_note(name, which->latest);
    if (ended)
        close(which, received_at, now, out, true);
    else if (open_.size() > limits_.open_streaks)
        close(open_.begin(), received_at, now, out);
    return out;
}

streak_key gift_streaks::name_of(const event& what, core::time_point now, std::vector<event>& out) {
    const streak_key given{what.from.id, what.gift->id, what.gift->streak};
    if (given.group > 0)
        return given;
    const auto open = by_key_.lower_bound({given.user, given.gift, lowest});
    if (open != by_key_.end() && open->first < streak_key{given.user, given.gift, 0}) {
        const streak& running = *open->second;
        const bool anew = what.gift->count == 1 && running.largest > 1 && !what.gift->ended;
        if (!anew || made_before(what, running.latest.created_at))
            return running.name;
        close(open->second, what.received_at, now, out);
        return own_name(what, now);
    }
    const auto last = told_.find_without_group(given.user, given.gift, now);
    return last && belongs_to(*last, what, now) ? last->key : own_name(what, now);
}

bool gift_streaks::belongs_to(const told_streaks::entry& last, const event& what,
                              core::time_point now) const {
    if (made_before(what, last.told.created_at))
        return true;
    if (now - last.at >= limits_.streak_silence)
        return false;
    const std::int64_t count = what.gift->count;
    if (last.told.by_end)
        return what.gift->ended && count == last.told.count;
    return count > last.told.count || (what.gift->ended && count == last.told.count);
}

// Below 0, and no streak's that is remembered.
streak_key gift_streaks::own_name(const event& what, core::time_point now) {
    const std::int64_t number = std::max<std::int64_t>({what.msg_id, what.created_at, 1});
    streak_key name{what.from.id, what.gift->id, -number};
    while (by_key_.contains(name) || told_.find(name, now))
        name.group = name.group == lowest ? -1 : name.group - 1;
    return name;
}

gift_streaks::position gift_streaks::open_streak(const streak_key& name, std::int64_t told,
                                                 core::time_point now) {
    return open_.insert(open_.end(), streak{name, {}, 0, told, now});
}

void gift_streaks::complete(gift& what) {
    if (catalog_.complete(what) && keeps_notes_)
        notes_ += gift_note(what);
}

std::vector<event> gift_streaks::poll(core::time_point now) {
    std::vector<event> out;
    while (!open_.empty() && now - open_.front().heard_at >= limits_.streak_silence)
        close(open_.begin(), now, now, out);
    return out;
}

core::time_point gift_streaks::deadline() const {
    return open_.empty() ? core::time_point::max() : open_.front().heard_at + limits_.streak_silence;
}

std::vector<event> gift_streaks::finish(core::time_point now) {
    std::vector<event> out;
    while (!open_.empty())
        close(open_.begin(), now, now, out);
    return out;
}

std::vector<event> gift_streaks::forget(std::int64_t user, core::time_point now) {
    std::vector<event> out;
    for (auto at = by_key_.lower_bound({user, lowest, lowest});
         at != by_key_.end() && at->first.user == user;) {
        const streak_key name = at->first;
        const position which = at->second;
        ++at;
        close(which, now, now, out);
        // Nor is there ever a rest of it to tell.
        const told_streak all{std::numeric_limits<std::int64_t>::max(), true, out.back().created_at};
        told_.remember(name, all, now);
        if (keeps_notes_)
            out.back().gift->told = told_note(name, all);
    }
    return out;
}

std::vector<event> gift_streaks::restore(std::string_view text, core::time_point now, core::unix_ms wall) {
    keeps_notes_ = true;
    streak_notes notes = parse_streak_notes(text);
    for (gift& known : notes.gifts)
        catalog_.complete(known);
    for (const auto& [name, told] : notes.told)
        told_.remember(name, told, now);
    std::vector<event> out;
    const auto oldest = std::chrono::duration_cast<std::chrono::milliseconds>(limits_.finished_memory);
    for (auto& [name, latest, noted] : notes.owed) {
        if (by_key_.contains(name))
            continue;
        const auto told = told_.find(name, now);
        const position which = open_streak(name, told ? told->told.count : 0, now);
        by_key_.emplace(name, which);
        which->largest = latest.gift->count;
        which->latest = std::move(latest);
        // A clock that was set back makes nothing old.
        if (wall - noted > oldest.count())
            close(which, now, now, out);
        else if (open_.size() > limits_.open_streaks)
            close(open_.begin(), now, now, out);
    }
    return out;
}

std::string gift_streaks::take_notes() {
    return std::exchange(notes_, {});
}

void gift_streaks::close_older_of_same_gift(const streak_key& newer, core::time_point received_at,
                                            core::time_point now, std::vector<event>& out) {
    for (auto at = by_key_.lower_bound({newer.user, newer.gift, lowest});
         at != by_key_.end() && at->first < newer;) {
        const position which = at->second;
        ++at;
        close(which, received_at, now, out);
    }
}

void gift_streaks::close(position which, core::time_point received_at, core::time_point now,
                         std::vector<event>& out, bool by_end) {
    event told = std::move(which->latest);
    const streak_key name = which->name;
    const told_streak up_to{which->largest, by_end, told.created_at};
    told.received_at = received_at;
    told.gift->count = which->largest - which->told;
    told.gift->before = which->told;
    told.gift->ended = true;
    complete(*told.gift);  // its name may have been learned since its last frame
    if (keeps_notes_)
        told.gift->told = told_note(name, up_to);
    told_.remember(name, up_to, now);
    by_key_.erase(name);
    open_.erase(which);
    out.push_back(std::move(told));
}

}  // namespace tiktok2twitch::relay
