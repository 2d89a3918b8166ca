// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/helix/deletion_queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tiktok2twitch::twitch {
namespace {

bool is_passing(deletion how) noexcept {
    return how == deletion::no_token || how == deletion::unauthorized || how == deletion::rate_limited ||
           how == deletion::failed;
}

}  // namespace

void deletion_queue::push(item what, core::time_point now) {
    waiting_.push_back({std::move(what), now});
}

bool deletion_queue::forget(std::string_view channel, std::string_view id) {
    const auto found =
        std::find_if(std::next(waiting_.begin(), busy_ ? 1 : 0), waiting_.end(), [&](const entry& each) {
            return each.what.channel == channel && each.what.line.text() == id && !each.in_doubt;
        });
    if (found == waiting_.end())
        return false;
    waiting_.erase(found);
    return true;
}

bool deletion_queue::is_hopeless(const entry& each, core::time_point now) const {
    if (hurried_ && each.attempts >= most_attempts)
        return true;
    return (each.attempts > 0 || trouble_) && now >= each.since + options_.give_up_after;
}

std::vector<deletion_queue::outcome> deletion_queue::give_up(core::time_point now) {
    std::vector<outcome> over;
    for (auto at = waiting_.begin(); at != waiting_.end();) {
        if (!is_hopeless(*at, now)) {
            ++at;
            continue;
        }
        over.push_back({std::move(at->what), at->attempts > 0 ? at->last : trouble_.value_or(at->last)});
        at = waiting_.erase(at);
    }
    return over;
}

deletion_queue::item deletion_queue::begin() {
    busy_ = true;
    return waiting_.front().what;
}

bool deletion_queue::is_barred(const std::string& channel, core::time_point now) const {
    const auto found = barred_.find(channel);
    return found != barred_.end() && now < found->second;
}

std::optional<deletion_queue::outcome> deletion_queue::on_tried(const attempt& tried, core::time_point now) {
    busy_ = false;
    auto& first = waiting_.front();
    const bool doubted = std::exchange(first.in_doubt, first.in_doubt || tried.in_doubt);
    if (is_passing(tried.how)) {
        on_trouble(tried, now);
        return std::nullopt;
    }
    if (tried.how == deletion::not_allowed && !is_barred(first.what.channel, now))
        barred_[first.what.channel] = now + options_.barred_for;
    trouble_.reset();
    failures_ = 0;
    // Gone by the try whose answer was lost.
    const bool ours = doubted && tried.how == deletion::gone;
    outcome over{std::move(first.what), ours ? deletion::deleted : tried.how};
    waiting_.pop_front();
    return over;
}

void deletion_queue::on_trouble(const attempt& tried, core::time_point now) {
    trouble_ = tried.how;
    auto& first = waiting_.front();
    first.last = tried.how;
    ++first.attempts;
    ++failures_;
    auto wait = options_.retry_base;
    for (auto i = hurried_ ? first.attempts : failures_; i > 1 && wait < options_.retry_most; --i)
        wait *= 2;
    next_try_ = now + std::max(std::min(wait, options_.retry_most), tried.told_wait);
    if (first.attempts >= most_attempts && !hurried_)
        waiting_.splice(waiting_.end(), waiting_, waiting_.begin());
}

void deletion_queue::end_patience() {
    failures_ = 0;
    next_try_ = core::time_point::min();
}

void deletion_queue::on_token() {
    if (trouble_ == deletion::no_token)
        end_patience();
}

void deletion_queue::hurry() {
    if (std::exchange(hurried_, true) || failures_ < most_attempts)
        return;
    for (auto& each : waiting_) {
        each.last = each.attempts > 0 ? each.last : trouble_.value_or(each.last);
        each.attempts = std::max(each.attempts, most_attempts);
    }
    end_patience();
}

}  // namespace tiktok2twitch::twitch
