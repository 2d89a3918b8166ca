// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/login/unsaved_pair.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tiktok2twitch::twitch {

namespace {

using std::chrono::seconds;

// A process that is asked to end may be killed soon: the pair that is in memory only is worth this much.
constexpr core::duration last_saves = seconds(5);
constexpr core::duration last_save_pause = std::chrono::milliseconds(500);
// A pair in memory dies with the process: soon after there is space again, it is on the disk.
constexpr core::duration longest_save_pause = seconds(15);

core::backoff::options save_pauses() {
    core::backoff::options out;
    out.cap = longest_save_pause;
    return out;
}

}  // namespace

unsaved_pair::unsaved_pair(std::uint64_t seed) : retry_(save_pauses(), seed) {}

void unsaved_pair::add(core::secret spent, core::time_point now) {
    spent_.push_back(std::move(spent));
    if (spent_.size() > most_spent)
        spent_.erase(std::next(spent_.begin()));
    exists_ = untold_ = true;
    save_at_ = now;
}

bool unsaved_pair::take_untold() noexcept {
    return std::exchange(untold_, false);
}

bool unsaved_pair::is_spent(const core::secret& refresh) const {
    return std::find(spent_.begin(), spent_.end(), refresh) != spent_.end();
}

bool unsaved_pair::on_failed(core::time_point now) {
    if (save_until_ && now >= *save_until_) {
        exists_ = false;
        return false;
    }
    save_at_ = now + (save_until_ ? last_save_pause : retry_.next());
    return true;
}

bool unsaved_pair::is_news(const std::string& complaint) {
    return std::exchange(complaint_, complaint) != complaint;
}

void unsaved_pair::on_saved() {
    exists_ = false;
    spent_.clear();
    retry_.reset();
    complaint_.clear();
}

void unsaved_pair::on_stop(core::time_point now) {
    if (!save_until_)
        save_until_ = now + last_saves;
    save_at_ = now;
}

}  // namespace tiktok2twitch::twitch
