// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/login/grant_keeper.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::duration look_every = seconds(5);  // one stat(); a new login is noticed that soon
constexpr core::duration busy_wait = seconds(1);
constexpr core::duration busy_too_long = seconds(90);  // a refresh takes at most 60 s
// The same while the token cannot be used: as long as a renewal may take. Nothing is said meanwhile.
constexpr core::duration busy_unserved = seconds(15);
// One immediate retry after a refused login, then at least 60 s (docs/protocol/twitch.md §8.1).
constexpr core::duration first_refusal_gap = seconds(60);
constexpr core::duration longest_refusal_gap = minutes(30);
constexpr core::duration refusals_forgotten = hours(2);
// A token that cannot be renewed: people are warned so long before its end. Two validations come after the
// second warning.
constexpr core::duration soon_over = hours(24);
constexpr core::duration almost_over = hours(2);
// After a refusal without a reason: soon, then ever more rarely, up to validate_every.
constexpr core::duration first_unclear_pause = minutes(1);

bool same_pair(const grant& a, const grant& b) {
    return a.access == b.access && a.refresh == b.refresh;
}

// The answer says that the server did not, and will not, do it.
bool definite(const core::error_code& failed) {
    return failed == errc::refresh_refused || failed == errc::client_needs_secret ||
           failed == errc::client_id_unknown;
}

}  // namespace

grant_keeper::grant_keeper(keeper_options options, core::time_point now, std::uint64_t seed)
    : options_(std::move(options)),
      retry_(core::backoff::options{}, seed),  // 0, 1, 2, 4 ... 60 s, +- 20 %
      doing_(kept() ? activity::reading : activity::validating),
      not_before_(now),
      look_at_(now),
      lifetime_(options_.validate_every, now),
      unsaved_(seed) {
    if (!kept())
        on_pasted(options_.pasted, now);
}

void grant_keeper::on_pasted(core::secret token, core::time_point now) {
    held_.emplace();
    held_->access = std::move(token);
    held_->login = options_.login;
    token_ = {};
    lost_ = false;
    lost_sentence_.clear();
    end_told_ = 0;
    refusals_ = 0;
    retry_.reset();
    check(now);
}

grant_keeper::step grant_keeper::next(core::time_point now, core::unix_ms wall) {
    wall_ = wall;
    if (stop_)
        return stop{stop_};
    if (unsaved() && now >= unsaved_.save_at()) {
        saving_ = true;
        return write_store{*held_, stamp_};
    }
    if (unsaved() && unsaved_.stopping())
        return rest_until{unsaved_.save_at()};
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

// The lock of an unsaved pair is still held.
void grant_keeper::begin_renewal(core::time_point at) {
    token_.renewing = true;
    begin(unsaved() ? activity::marking : activity::locking, at);
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

// What a keeper at rest waits for. The first that is due is done; with no row due it sleeps until the
// earliest.
std::vector<grant_keeper::alarm> grant_keeper::alarms(core::time_point now, core::unix_ms wall) const {
    using time = std::optional<core::time_point>;
    constexpr time never;
    if (lost_) {
        // The clock was wrong when the token seemed to end too early, and has been set.
        const bool clock_set = held_ && lifetime_.elsewhere() && !is_early() && !lifetime_.is_elsewhere(now);
        return {{clock_set ? time(now) : never, &grant_keeper::check}, {again_at_, &grant_keeper::try_again}};
    }
    const bool slept = !lock_at_ && lifetime_.slept(wall);
    return {{lock_at_, &grant_keeper::lock_again},
            {lock_at_ ? never : token_.refused_until, &grant_keeper::answer_refusal},
            {lock_at_ ? never : lifetime_.renew_at(), &grant_keeper::begin_renewal},
            {slept ? now : lifetime_.validate_at(), &grant_keeper::check}};
}

// Nothing when there is something to do after all: doing_ says what.
std::optional<grant_keeper::step> grant_keeper::rest(core::time_point now, core::unix_ms wall) {
    if (kept() && now >= look_at_)
        return look_at_store{};
    auto until = kept() ? look_at_ : now + options_.validate_every;
    for (const auto& each : alarms(now, wall)) {
        if (each.at && now >= *each.at) {
            (this->*each.ring)(now);
            return std::nullopt;
        }
        until = std::min(until, each.at.value_or(until));
    }
    return wait(until);
}

void grant_keeper::try_again(core::time_point now) {
    again_at_.reset();
    token_.renewing = again_ == activity::locking;
    begin(again_, now);
}

void grant_keeper::answer_refusal(core::time_point now) {
    token_.refused_until.reset();
    token_.renewing = renewable();
    if (token_.renewing && !is_early())
        begin_renewal(now);
    else
        check(now);
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
    if (unsaved())
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
        return lose(make_error_code(errc::login_needed));
    }
    if (!locking || !held_ || !same_pair(**stored, *held_))
        return adopt(std::move(**stored), now);
    // Somebody began a refresh with this pair after we last saw the store, and did not end it.
    if ((*stored)->refreshing && written_since)
        return check(now);
    begin(activity::marking, now);
}

// The file is not as it was left, although this process holds the lock. Mostly a person did not wait for it
// any longer and logged in or out: what they did stays. Else the new pair is written over whatever it is.
void grant_keeper::on_read_before_save(core::result<std::optional<grant>> stored, std::string stamp,
                                       core::time_point now) {
    saving_ = false;
    look_at_ = now + look_every;
    const auto ours = [this](const grant& it) {
        return same_pair(it, *held_) || unsaved_.is_spent(it.refresh);
    };
    if (!stored || (*stored && ours(**stored))) {
        stamp_ = std::move(stamp);
        unsaved_.save_now(now);
        if (doing_ == activity::reading)
            begin(activity::resting, now);
        return;
    }
    unsaved_.give_up();
    if (asked_)
        return;  // what is under way is about the pair that is held: the store is read after that
    stamp_ = std::move(stamp);
    say(notice::severity::warning,
        options_.store_path +
            " was changed while the renewed Twitch login could not be written; what is there now is used.");
    if (*stored)
        return adopt(std::move(**stored), now);
    held_.reset();
    lose(make_error_code(errc::login_needed));
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
    token_ = {};
    lifetime_.forget_renewal();
    lock_at_.reset();
    if (!same) {
        lifetime_.end_elsewhere();
        busy_since_.reset();
        end_told_ = 0;
    }
    check(now);
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
    if (!held_ || (lost_ && !token_.renewing)) {
        stamp_.clear();  // what heals it need not show in the stamp: read again at the next look
        return lose(failed, sentence);
    }
    if (token_.renewing)
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
    if (failed && unsaved()) {
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
    if (unsaved())
        on_saved(now);
    if (saved)
        return;
    held_->refreshing = true;
    begin(activity::refreshing, now);
}

void grant_keeper::on_saved(core::time_point now) {
    unsaved_.on_saved();
    lifetime_.be_comfortable(*held_, now);
    complaint_.clear();
    tell_renewed();
}

void grant_keeper::tell_renewed() {
    if (!unsaved_.take_untold())
        return;
    retry_.reset();
    found();
}

void grant_keeper::on_unsaved(core::error_code failed, core::time_point now) {
    const auto what = options_.store_path + " cannot be written: " + failed.message() + ". ";
    if (!unsaved_.on_failed(now)) {
        stop_ = make_error_code(errc::token_store_unwritable);
        say(notice::severity::error,
            what + "The renewed Twitch login is lost, as it could not be stored before the end. " +
                std::string(core::advice(stop_)) + " Then run 'tiktok2twitch login'.");
        return;
    }
    const auto sentence = what +
                          "Make space or correct the permissions before this process ends, or the Twitch "
                          "login is lost then.";
    if (unsaved_.is_news(sentence))
        say(notice::severity::error, sentence);
    tell_renewed();  // the pair before is burnt: not using this one would save nothing
}

void grant_keeper::on_validated(core::result<validation> answer, core::time_point now, core::unix_ms wall) {
    asked_ = false;
    if (!answer) {
        const auto failed = answer.error();
        if (failed == errc::token_host_refused)
            stop_ = failed;
        else if (failed == errc::token_invalid)
            on_invalid(now);
        else
            on_outage(failed, now, wall);
        return;
    }
    note_name(core::ascii::lower(answer->login), answer->user_id);
    held_->user_id = std::move(answer->user_id);
    held_->client_id = std::move(answer->client_id);
    held_->scopes = std::move(answer->scopes);
    held_->refreshing = false;
    token_.invalid = false;
    token_.unclear = 0;
    lifetime_.end_elsewhere();
    lifetime_.note(*held_, answer->expires_in, {}, !unsaved(), now, wall);
    const bool first = !std::exchange(token_.validated, true);
    if (!renewable())
        tell_end(answer->expires_in);
    if (!kept())
        token_.found = token_.found && !first;  // it was told without its client id
    // Still valid: a refresh whose end is not known did not happen, so its token may be used, once.
    if (token_.renewing)
        return begin_renewal(now);
    complaint_.clear();
    retry_.reset();
    begin(activity::resting, now);
    if (!token_.refused_until)
        found();
}

void grant_keeper::tell_end(core::duration left) {
    if (left <= core::duration{})
        return;  // it has none
    const int urgency = left < almost_over ? 3 : left < soon_over ? 2 : 1;
    if (urgency <= end_told_)
        return;
    end_told_ = urgency;
    const auto minutes_left = std::chrono::duration_cast<minutes>(left).count();
    const auto span =
        left < almost_over ? std::to_string(minutes_left) + " min" : std::to_string(minutes_left / 60) + " h";
    say(urgency > 1 ? notice::severity::warning : notice::severity::info,
        kept() ? "the stored login is good for another " + span + " and cannot be renewed: " +
                     (held_->needs_secret
                          ? core::explain(make_error_code(errc::client_needs_secret)) + " Then run"
                          : std::string("Twitch gave no refresh token with it. Run")) +
                     " 'tiktok2twitch login' before it ends."
               : "the configured token is good for another " + span +
                     " and cannot be renewed; 'tiktok2twitch login' gets one that renews itself.");
}

void grant_keeper::on_invalid(core::time_point now) {
    token_.invalid = true;
    if (!renewable())
        return lose(make_error_code(kept() ? errc::login_needed : errc::token_invalid),
                    kept() ? "Twitch does not accept the access token any more. " + cure()
                           : "Twitch does not accept the configured token: it has expired, was revoked, or "
                             "is mistyped. " +
                                 cure());
    if (!held_->refreshing && !unsaved() && (is_early() || lifetime_.is_elsewhere(now))) {
        // Somebody else renewed the pair: a copy of this state directory. To present its refresh token again
        // would end that login, too.
        lifetime_.begin_elsewhere(*held_, now, wall_);
        return lose(make_error_code(errc::renewed_elsewhere));
    }
    // Expired, or renewed by this login's own process, whose answer got lost. Trying costs nothing: without
    // that answer the grant is lost anyway.
    lifetime_.end_elsewhere();
    begin_renewal(now);
}

// The account's number stays when its name changes. The stored name stays as well: it names the file.
void grant_keeper::note_name(std::string login, const std::string& user_id) {
    const bool same = !held_->login.empty() && !held_->user_id.empty() && held_->user_id == user_id;
    if (!same)
        held_->login = login;
    if (std::exchange(name_, std::move(login)) != name_ && name_ != held_->login)
        say(notice::severity::warning, "the bot account was renamed on Twitch: " + held_->login + " is now " +
                                           name_ + ". The relay goes on as " + name_ +
                                           "; 'tiktok2twitch login' stores the new name.");
}

// Whether a pair that nothing is doubtful about but its age, or the chat's word, should be renewed unchecked.
bool grant_keeper::renewal_due(core::time_point now, core::unix_ms wall) const {
    if (!renewable() || token_.renewing || held_->refreshing)
        return false;
    const auto renew_at = lifetime_.renew_at();
    return (token_.refused_until && now >= *token_.refused_until && !is_early()) ||
           (renew_at && now >= *renew_at) || (held_->expires_at != 0 && wall >= held_->expires_at);
}

void grant_keeper::on_outage(core::error_code failed, core::time_point now, core::unix_ms wall) {
    complain(notice::severity::warning,
             "the Twitch token cannot be checked: " + core::explain(failed) + " Trying again.");
    if (renewal_due(now, wall)) {
        // The check is down, the renewal need not be; and no refresh of this pair has an unknown outcome.
        token_.refused_until.reset();
        return begin_renewal(now);
    }
    const auto again = now + retry_.next();
    // The renewal that is wanted does not wait for the check, unless it is of a doubtful pair.
    if (lock_at_ && !held_->refreshing) {
        lifetime_.validate(again);
        return begin(activity::resting, now);
    }
    begin(activity::validating, again);
    // Nobody has ever called it good, and the chat says that it is not.
    if (!kept() && !token_.validated && token_.refused) {
        lose(make_error_code(errc::login_refused),
             "Twitch's chat refuses the configured token, and the login service, which could say why, does "
             "not answer. " +
                 cure());
        return begin(activity::validating, again);
    }
    const bool may_be_good = held_->expires_at == 0 || wall < held_->expires_at;
    // The chat may work while the login service does not.
    if (!token_.renewing && !token_.refused && !lost_ && !held_->refreshing && may_be_good && !unfit())
        found();
}

void grant_keeper::on_refreshed(core::result<token_pair> answer, core::time_point now, core::unix_ms wall) {
    asked_ = false;
    if (!answer) {
        const auto failed = answer.error();
        if (failed == errc::refresh_refused)
            unsaved_.stop_saving();  // worth nothing, and whoever logs in now need not wait for the lock
        if (definite(failed))
            return lose(failed);
        // Twitch meant it, most likely; but nothing says that the grant is gone.
        if (failed == errc::refresh_unclear && ++token_.unclear > 1) {
            lose(failed);
            const auto pause =
                core::doubled(first_unclear_pause, token_.unclear - 2, options_.validate_every);
            return look_again(activity::validating, now + pause);
        }
        say(notice::severity::warning,
            "whether Twitch has renewed the login is not known: " + core::explain(failed) +
                " Checking the token before the next try.");
        return begin(activity::validating, now + retry_.next());
    }
    unsaved_.add(held_->refresh, now);
    held_->access = std::move(answer->access);
    if (!answer->refresh.empty())
        held_->refresh = std::move(answer->refresh);
    if (!answer->scopes.empty())
        held_->scopes = std::move(answer->scopes);
    held_->obtained_at = wall;
    held_->expires_at = wall + std::chrono::duration_cast<milliseconds>(answer->expires_in).count();
    held_->refreshing = false;
    token_ = {.validated = token_.validated};
    // Not for comfort, while neither it nor the next could be stored.
    lifetime_.note(*held_, answer->expires_in, token_lifetime::shortest_renewal, false, now, wall);
    begin(activity::resting, now);
}

void grant_keeper::on_refused(const core::secret& used, core::time_point now) {
    if (!held_ || lost_ || token_.refused_until || used != held_->access)
        return;
    if (token_.renewing) {
        token_.refused = true;
        return;
    }
    if (last_refusal_ && now - *last_refusal_ > refusals_forgotten)
        refusals_ = 0;
    ++refusals_;
    last_refusal_ = now;
    core::duration gap{};
    if (refusals_ > 1) {
        gap = core::doubled(first_refusal_gap, refusals_ - 2, longest_refusal_gap);
        say(notice::severity::warning,
            "Twitch refuses a token that its login service has just called good; next try in " +
                std::to_string(std::chrono::duration_cast<seconds>(gap).count()) + " s.");
    }
    token_.refused_until = now + gap;
    token_.found = false;
    token_.refused = true;
}

std::string grant_keeper::cure() const {
    return kept()
               ? std::string(core::advice(make_error_code(errc::login_needed)))
               : "Put a new token in its place (twitch.token), or remove it and run 'tiktok2twitch login'.";
}

std::optional<grant_keeper::objection> grant_keeper::unfit() const {
    if (!options_.login.empty() && !held_->login.empty() && held_->login != options_.login)
        return objection{make_error_code(errc::wrong_account), "The token belongs to " + held_->login +
                                                                   ", but twitch.login is " + options_.login +
                                                                   ". " + cure()};
    if (!kept() && !token_.validated)
        return std::nullopt;
    const std::vector<std::string_view> wanted(options_.scopes.begin(), options_.scopes.end());
    const auto missing = missing_scopes(*held_, wanted);
    if (missing.empty())
        return std::nullopt;
    std::string names;
    for (const auto scope : missing)
        names += (names.empty() ? "" : ", ") + std::string(scope);
    return objection{make_error_code(errc::scope_missing),
                     "The token lacks the right to " + names + ". " + cure()};
}

void grant_keeper::found() {
    if (auto why_not = unfit())
        return lose(why_not->reason, std::move(why_not->sentence));
    if (std::exchange(token_.found, true))
        return;
    lost_ = false;
    token_.refused = false;
    lost_sentence_.clear();
    events_.emplace_back(token_found{held_->access, name_.empty() ? held_->login : name_, held_->user_id,
                                     held_->client_id, held_->scopes, held_->expires_at});
}

void grant_keeper::lose(core::error_code reason, std::string sentence) {
    doing_ = activity::resting;
    lost_ = true;
    token_.found = false;
    token_.renewing = false;
    token_.refused = false;
    token_.refused_until.reset();
    lock_at_.reset();
    again_at_.reset();
    if (std::exchange(lost_sentence_, sentence) != sentence)
        events_.emplace_back(token_lost{reason, std::move(sentence)});
}

}  // namespace tiktok2twitch::twitch
