// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/login/renewal.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::duration renew_before = minutes(10);  // docs/protocol/twitch.md §3.5
// How far the clock of this machine may be off before it says something about a token.
constexpr core::duration clock_tolerance = minutes(1);

core::unix_ms in_ms(core::duration span) {
    return std::chrono::duration_cast<milliseconds>(span).count();
}

// How long before its end the pair is renewed.
core::duration margin_of(const grant& held) {
    const auto lifetime = held.expires_at - held.obtained_at;
    if (held.obtained_at == 0 || lifetime <= 0)
        return renew_before;
    return std::min<core::duration>(renew_before, milliseconds(lifetime / 2));
}

// So long a process that ends goes on trying to save the pair. It may be killed soon.
constexpr core::duration last_saves = seconds(5);
constexpr core::duration last_save_pause = milliseconds(500);
// A pair in memory is lost with the process: saving is tried at least this often.
constexpr core::duration longest_save_pause = seconds(15);

core::backoff::options save_pauses() {
    core::backoff::options out;
    out.cap = longest_save_pause;
    return out;
}

}  // namespace

void token_lifetime::note(grant& held, core::duration left, core::duration soonest, bool comfortable,
                          core::time_point now, core::unix_ms wall) {
    validate_at_ = now + validate_every_;
    renew_at_.reset();
    held.expires_at = left > core::duration{} ? wall + in_ms(left) : 0;
    if (held.expires_at == 0 || !held.renewable())
        return;
    const auto wait = std::max(comfortable ? left - margin_of(held) : left, soonest);
    renew_at_ = now + wait;
    renew_at_wall_ = wall + in_ms(wait) + 1;
}

void token_lifetime::be_comfortable(const grant& held, core::time_point now) {
    if (!renew_at_)
        return;
    const auto at = std::max(*renew_at_ - margin_of(held), std::min(*renew_at_, now + shortest_renewal));
    renew_at_wall_ -= in_ms(*renew_at_ - at);
    renew_at_ = at;
}

bool token_lifetime::is_early(const grant& held, core::unix_ms wall) {
    return held.expires_at != 0 && wall + in_ms(clock_tolerance) < held.expires_at;
}

void token_lifetime::begin_elsewhere(const grant& held, core::time_point now, core::unix_ms wall) {
    if (!elsewhere_until_)
        elsewhere_until_ = now + milliseconds(held.expires_at - wall);
}

bool token_lifetime::is_elsewhere(core::time_point now) const {
    return elsewhere_until_ && now + clock_tolerance >= *elsewhere_until_;
}

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
