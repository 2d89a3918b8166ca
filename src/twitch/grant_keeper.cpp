// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/grant_keeper.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {

namespace {

using std::chrono::seconds;

constexpr core::duration look_every = seconds(5);  // one stat(); a new login is noticed that soon
constexpr core::duration busy_wait = seconds(1);
constexpr core::duration busy_too_long = seconds(90);  // a refresh takes at most 60 s
// The same with a token that does not serve: as good as any renewal needs, and nothing is said meanwhile.
constexpr core::duration busy_unserved = seconds(15);
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

bool same_pair(const grant& a, const grant& b) {
    return a.access == b.access && a.refresh == b.refresh;
}

}  // namespace

grant_keeper::grant_keeper(keeper_options options, core::time_point now, std::uint64_t seed)
    : options_(std::move(options)),
      retry_(core::backoff::options{}, seed),  // 0, 1, 2, 4 ... 60 s, +- 20 %
      save_retry_(save_pauses(), seed),
      doing_(kept() ? activity::reading : activity::validating),
      not_before_(now),
      look_at_(now),
      validate_at_(now) {
    if (!kept())
        on_pasted(options_.pasted, now);
}

void grant_keeper::on_pasted(core::secret token, core::time_point now) {
    held_.emplace();
    held_->access = std::move(token);
    held_->login = options_.login;
    found_ = false;
    validated_ = false;
    invalid_ = false;
    lost_ = false;
    lost_sentence_.clear();
    end_told_ = 0;
    refused_ = false;
    refused_until_.reset();
    refusals_ = 0;
    retry_.reset();
    begin(activity::validating, now);
}

bool grant_keeper::lock_needed() const noexcept {
    return doing_ == activity::marking || doing_ == activity::refreshing || unsaved_;
}

void grant_keeper::begin(activity what, core::time_point at) {
    doing_ = what;
    not_before_ = at;
}

grant_keeper::step grant_keeper::next(core::time_point now, core::unix_ms wall) {
    wall_ = wall;
    if (stop_)
        return stop{stop_};
    if (unsaved_ && now >= save_at_)
        return save();
    if (unsaved_ && save_until_)
        return rest_until{save_at_};
    if (locked_ && !lock_needed()) {
        locked_ = false;
        return unlock_store{};
    }
    if (doing_ == activity::resting)
        if (auto todo = rest(now, wall))
            return std::move(*todo);
    if (now < not_before_)
        return wait(not_before_);
    return act();
}

grant_keeper::step grant_keeper::save() {
    saving_ = true;
    return write_store{*held_, stamp_};
}

grant_keeper::rest_until grant_keeper::wait(core::time_point at) const {
    return {unsaved_ ? std::min(at, save_at_) : at};
}

// The lock of an unsaved pair is still held.
void grant_keeper::begin_renewal(core::time_point at) {
    renewing_ = true;
    begin(unsaved_ ? activity::marking : activity::locking, at);
}

grant_keeper::step grant_keeper::act() {
    asked_ = doing_ == activity::validating || doing_ == activity::refreshing;
    switch (doing_) {
        case activity::validating:
            return ask_validation{held_->access};
        case activity::locking:
            return lock_store{};
        case activity::marking: {
            // On disk before the request leaves: whoever reads this knows that the pair may be burnt.
            write_store out{*held_, stamp_};
            out.value.refreshing = true;
            return out;
        }
        case activity::refreshing:
            return ask_refresh{held_->client_id, held_->refresh};
        case activity::reading:
        case activity::resting:
            break;
    }
    return read_store{};
}

// Nothing when there is something to do after all: doing_ says what.
std::optional<grant_keeper::step> grant_keeper::rest(core::time_point now, core::unix_ms wall) {
    if (kept() && now >= look_at_)
        return look_at_store{};
    auto until = kept() ? look_at_ : now + options_.validate_every;
    // The clock was wrong when the token seemed to end too early, and has been set.
    if (lost_ && held_ && elsewhere_until_ && !is_early() && !is_elsewhere(now)) {
        begin(activity::validating, now);
        return std::nullopt;
    }
    if (lost_ && again_at_ && now >= *again_at_) {
        again_at_.reset();
        renewing_ = again_ == activity::locking;
        begin(again_, now);
        return std::nullopt;
    }
    if (lost_)
        return wait(again_at_ ? std::min(until, *again_at_) : until);
    if (lock_at_ && now >= *lock_at_) {
        lock_at_.reset();
        begin(activity::locking, now);
        return std::nullopt;
    }
    if (!lock_at_ && refused_until_ && now >= *refused_until_) {
        refused_until_.reset();
        renewing_ = renewable();
        if (renewing_ && !is_early())
            begin_renewal(now);
        else
            begin(activity::validating, now);
        return std::nullopt;
    }
    if (!lock_at_ && renew_at_ && now >= *renew_at_) {
        begin_renewal(now);
        return std::nullopt;
    }
    // The machine slept, or its clock was set: Twitch knows how long the token still lives.
    if (now >= validate_at_ || (!lock_at_ && renew_at_ && wall >= renew_at_wall_)) {
        begin(activity::validating, now);
        return std::nullopt;
    }
    until = std::min(until, validate_at_);
    if (lock_at_)
        return wait(std::min(until, *lock_at_));
    if (renew_at_)
        until = std::min(until, *renew_at_);
    if (refused_until_)
        until = std::min(until, *refused_until_);
    return wait(until);
}

void grant_keeper::on_looked(const std::string& stamp, core::time_point now) {
    look_at_ = now + look_every;
    if (stamp != stamp_)
        begin(activity::reading, now);
}

void grant_keeper::on_busy(core::time_point now) {
    if (!busy_since_)
        busy_since_ = now;
    const auto held_up = now - *busy_since_;
    lock_at_ = now + busy_wait;
    if (lost_ || (!serves() && held_up >= busy_unserved)) {
        const auto reason = make_error_code(errc::token_lock_busy);
        lose(reason, "the Twitch login has to be renewed, but another process holds the lock of " +
                         options_.store_path + ". " + std::string(core::advice(reason)));
        return look_again(activity::locking, now + busy_wait);
    }
    if (held_up >= busy_too_long)
        complain(notice::severity::warning, "another process has been holding the lock of " +
                                                options_.store_path +
                                                " for long; the Twitch login is not renewed until it ends.");
    begin(activity::resting, now);
}

void grant_keeper::on_lock_failed(core::error_code failed, const std::string& lock_path,
                                  core::time_point now) {
    const auto reason = make_error_code(errc::token_lock_failed);
    hold_up(reason,
            lock_path + " cannot be locked: " + failed.message() + ". " + std::string(core::advice(reason)) +
                " The Twitch login is not renewed before that.",
            now);
}

void grant_keeper::on_read(core::result<std::optional<grant>> stored, std::string stamp,
                           core::time_point now) {
    if (unsaved_)
        return on_read_before_save(std::move(stored), std::move(stamp), now);
    const bool locking = doing_ == activity::locking || doing_ == activity::marking;
    const bool written_since = stamp != stamp_;
    stamp_ = std::move(stamp);
    look_at_ = now + look_every;
    locked_ = locked_ || locking;
    if (locking) {
        busy_since_.reset();
        lock_at_.reset();
    }
    if (!stored)
        return on_unreadable(stored.error(), now);
    if (!*stored) {
        held_.reset();
        return lose(make_error_code(errc::login_needed), core::explain(make_error_code(errc::login_needed)));
    }
    if (!locking || !held_ || !same_pair(**stored, *held_))
        return adopt(std::move(**stored), now);
    // Somebody began a refresh with this pair after we last saw the store, and did not end it.
    if ((*stored)->refreshing && written_since)
        return begin(activity::validating, now);
    begin(activity::marking, now);
}

// The file is not as it was left, although this process holds the lock. Mostly a person did not wait for it
// any longer and logged in or out: what they did stays. Else the new pair is written over whatever it is.
void grant_keeper::on_read_before_save(core::result<std::optional<grant>> stored, std::string stamp,
                                       core::time_point now) {
    saving_ = false;
    look_at_ = now + look_every;
    const auto ours = [this](const grant& it) {
        return same_pair(it, *held_) || std::find(spent_.begin(), spent_.end(), it.refresh) != spent_.end();
    };
    if (!stored || (*stored && ours(**stored))) {
        stamp_ = std::move(stamp);
        save_at_ = now;
        if (doing_ == activity::reading)
            begin(activity::resting, now);
        return;
    }
    unsaved_ = false;
    untold_ = false;
    if (asked_)
        return;  // what is under way is about the pair that is held: the store is read after that
    stamp_ = std::move(stamp);
    say(notice::severity::warning,
        options_.store_path +
            " was changed while the renewed Twitch login could not be written; what is there now is used.");
    if (*stored)
        return adopt(std::move(**stored), now);
    held_.reset();
    lose(make_error_code(errc::login_needed), core::explain(make_error_code(errc::login_needed)));
}

void grant_keeper::adopt(grant stored, core::time_point now) {
    // What is known about the pair stays known; unless another process died while it renewed it.
    const bool same = held_ && same_pair(stored, *held_);
    if (same && !lost_) {
        held_->refreshing = held_->refreshing || stored.refreshing;
        return begin(stored.refreshing ? activity::validating : activity::resting, now);
    }
    if (!same)
        lost_sentence_.clear();  // whoever logged in anew is told, even if it is the same again
    held_ = std::move(stored);
    name_.clear();
    found_ = false;
    validated_ = false;
    invalid_ = false;
    unclear_ = 0;
    renewing_ = false;
    refused_ = false;
    refused_until_.reset();
    renew_at_.reset();
    lock_at_.reset();
    if (!same) {
        elsewhere_until_.reset();
        busy_since_.reset();
        end_told_ = 0;
    }
    begin(activity::validating, now);
}

bool grant_keeper::serves() const {
    return !lost_ && !refused_ && !invalid_ && (held_->expires_at == 0 || wall_ < held_->expires_at);
}

// Nothing is renewed before a person has removed what is in the way; whether it is gone is tried all the
// time. The token that is held serves as long as it lives.
void grant_keeper::hold_up(core::error_code reason, const std::string& sentence, core::time_point now) {
    const auto again = now + retry_.next();
    if (serves()) {
        complain(notice::severity::error, sentence);
        lock_at_ = again;
        return begin(activity::resting, now);
    }
    lose(reason, sentence);
    look_again(activity::locking, again);
}

void grant_keeper::on_unreadable(core::error_code failed, core::time_point now) {
    const auto sentence = options_.store_path + ": " + core::explain(failed);
    if (!held_ || (lost_ && !renewing_)) {
        stamp_.clear();  // what heals it need not show in the stamp: read again at the next look
        return lose(failed, sentence);
    }
    if (renewing_)
        return hold_up(failed, sentence, now);
    // The token in memory is as good as before; it is only not renewed.
    complain(notice::severity::error, sentence);
    begin(activity::resting, now);
}

void grant_keeper::on_written(core::error_code failed, std::string stamp, core::time_point now) {
    look_at_ = now + look_every;
    const bool saved = std::exchange(saving_, false);
    if (failed && saved)
        return on_unsaved(failed, now);
    if (failed && unsaved_) {
        // There is no mark, and nothing to protect with one: the pair on the disk is burnt as it is.
        held_->refreshing = true;
        return begin(activity::refreshing, now);
    }
    if (failed)
        return hold_up(make_error_code(errc::token_store_unwritable),
                       options_.store_path + " cannot be written: " + failed.message() +
                           ". Make space or correct the permissions: the Twitch login is not renewed before "
                           "that.",
                       now);
    stamp_ = std::move(stamp);  // after a failure it may be somebody else's
    if (unsaved_)
        on_saved(now);
    if (saved)
        return;
    held_->refreshing = true;
    begin(activity::refreshing, now);
}

void grant_keeper::on_saved(core::time_point now) {
    unsaved_ = false;
    hasten_renewal(now);
    spent_.clear();
    save_retry_.reset();
    save_complaint_.clear();
    complaint_.clear();
    tell_renewed();
}

void grant_keeper::tell_renewed() {
    if (!std::exchange(untold_, false))
        return;
    retry_.reset();
    found();
}

void grant_keeper::on_unsaved(core::error_code failed, core::time_point now) {
    const auto what = options_.store_path + " cannot be written: " + failed.message() + ". ";
    if (save_until_ && now >= *save_until_) {
        stop_ = make_error_code(errc::token_store_unwritable);
        unsaved_ = false;
        say(notice::severity::error,
            what + "The renewed Twitch login is lost, as it could not be stored before the end. " +
                std::string(core::advice(stop_)) + " Then run 'tiktok2twitch login'.");
        return;
    }
    const auto sentence = what +
                          "Make space or correct the permissions before this process ends, or the Twitch "
                          "login is lost then.";
    if (std::exchange(save_complaint_, sentence) != sentence)
        say(notice::severity::error, sentence);
    tell_renewed();  // the pair before is burnt: not using this one would save nothing
    save_at_ = now + (save_until_ ? last_save_pause : save_retry_.next());
}

void grant_keeper::on_stop(core::time_point now) {
    if (!save_until_)
        save_until_ = now + last_saves;
    save_at_ = now;
}

}  // namespace tiktok2twitch::twitch
