// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/own_lines.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace tiktok2twitch::twitch {
namespace {

std::size_t hash_of(std::string_view text) {
    return std::hash<std::string>{}(shown_text(text));
}

}  // namespace

void own_lines::forget(core::time_point now) {
    while (!lines_.empty() && (lines_.size() > most || lines_.front().at + remembered <= now))
        lines_.pop_front();
}

std::deque<own_lines::entry>::iterator own_lines::in_flight(const std::string& channel) {
    return std::find_if(lines_.begin(), lines_.end(), [&](const entry& line) {
        return line.is == state::in_flight && line.channel == channel;
    });
}

void own_lines::on_written(const std::string& channel, std::string_view text, core::time_point now) {
    on_unclear(channel);  // one at a time: of the one before nobody said how it ended
    lines_.push_back({channel, hash_of(text), now});
    forget(now);
}

void own_lines::on_not_said(const std::string& channel) {
    if (const auto line = in_flight(channel); line != lines_.end())
        lines_.erase(line);
}

void own_lines::on_refused(const std::string& channel) {
    on_not_said(channel);
}

void own_lines::on_accepted(const std::string& channel, const std::string& id) {
    const auto line = in_flight(channel);
    if (line == lines_.end())
        return;
    line->is = state::accepted;
    line->id = id;
}

void own_lines::on_unclear(const std::string& channel) {
    if (const auto line = in_flight(channel); line != lines_.end())
        line->is = state::unclear;
}

void own_lines::on_connection_lost() {
    for (auto& line : lines_) {
        line.earlier = true;
        if (line.is == state::in_flight)
            line.is = state::unclear;
    }
}

bool own_lines::has_id(std::string_view id) const {
    return std::any_of(lines_.begin(), lines_.end(),
                       [&](const entry& line) { return !id.empty() && line.id == id; });
}

bool own_lines::is_foreign(std::string_view id) const {
    return !id.empty() && std::find(foreign_ids_.begin(), foreign_ids_.end(), id) != foreign_ids_.end();
}

own_lines::origin own_lines::foreign(const std::string& id) {
    if (!id.empty()) {
        if (foreign_ids_.size() >= most)
            foreign_ids_.pop_front();
        foreign_ids_.push_back(id);
    }
    return origin::elsewhere;
}

own_lines::origin own_lines::judge(const own_sighting& seen, reader who, core::time_point now) {
    forget(now);
    if (is_foreign(seen.id))
        return origin::known;
    if (has_id(seen.id))
        return origin::ours;
    const auto text = hash_of(seen.text);
    if (seen.shared) {
        // Ours is shown once in every channel of the session, with an id that may not be known yet.
        const bool same =
            std::any_of(lines_.begin(), lines_.end(), [&](const entry& line) { return line.text == text; });
        return same ? origin::ours : foreign(seen.id);
    }
    return who == reader::speaker ? heard_by_speaker(seen, text) : heard_by_listener(seen, text);
}

// What this connection said itself it does not hear.
own_lines::origin own_lines::heard_by_speaker(const own_sighting& seen, std::size_t text) {
    for (auto& line : lines_) {
        if (line.seen || line.text != text || line.channel != seen.channel)
            continue;
        if (line.is == state::in_flight)
            return origin::undecided;
        if (!line.earlier && line.is == state::accepted)
            continue;
        line.seen = true;
        return line.earlier && line.is == state::unclear ? origin::late_echo : origin::ours;
    }
    return foreign(seen.id);
}

own_lines::origin own_lines::heard_by_listener(const own_sighting& seen, std::size_t text) {
    if (in_flight(seen.channel) != lines_.end())
        return origin::undecided;
    const auto same = std::find_if(lines_.begin(), lines_.end(), [&](const entry& line) {
        const bool by_text = line.id.empty() || seen.id.empty();
        return by_text && !line.seen && line.text == text && line.channel == seen.channel;
    });
    if (same == lines_.end())
        return foreign(seen.id);
    same->seen = true;
    return origin::ours;
}

own_lines::origin own_lines::judge_answer(const std::string& channel, const std::string& id,
                                          core::time_point now) {
    forget(now);
    if (is_foreign(id))
        return origin::known;
    if (has_id(id))
        return origin::ours;
    // An answer that came too late, or to a channel that was left meanwhile.
    const auto late = std::find_if(lines_.begin(), lines_.end(), [&](const entry& line) {
        return !line.earlier && line.is != state::accepted && line.channel == channel;
    });
    if (late == lines_.end())
        return foreign(id);
    late->is = state::accepted;
    late->id = id;
    return origin::ours;
}

using origin = own_lines::origin;

std::optional<account_use::finding> account_use::read(const own_sighting& seen, own_lines::reader who,
                                                      core::time_point now) {
    const auto what = lines_.judge(seen, who, now);
    if (what != origin::undecided)
        return finding{what, seen};
    if (undecided_.size() >= most_undecided)
        return finding{origin::elsewhere, seen};
    undecided_.push_back({seen, who});
    return std::nullopt;
}

std::vector<account_use::finding> account_use::decide(std::string_view channel, core::time_point now) {
    std::vector<finding> out;
    for (auto& item : std::exchange(undecided_, {})) {
        if (item.seen.channel != channel)
            undecided_.push_back(std::move(item));
        else if (auto found = read(item.seen, item.who, now))
            out.push_back(std::move(*found));
    }
    return out;
}

// The connection is gone, and with it every answer.
std::vector<account_use::finding> account_use::decide_all(core::time_point now) {
    std::vector<finding> out;
    for (const auto& item : std::exchange(undecided_, {})) {
        // A connection does not hear what it said itself.
        if (item.who == own_lines::reader::speaker)
            out.push_back({origin::elsewhere, item.seen});
        else if (auto found = read(item.seen, item.who, now))
            out.push_back(std::move(*found));
    }
    return out;
}

bool account_use::on_elsewhere(core::time_point now) {
    foreign_.push(now);
    const bool news = !in_force(now);
    until_ = now + stays;
    told_ = true;
    return news;
}

bool account_use::take_end(core::time_point now) {
    return !in_force(now) && std::exchange(told_, false);
}

}  // namespace tiktok2twitch::twitch
