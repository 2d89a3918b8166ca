// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What Twitch says about the token, and what follows from it.

#include <algorithm>
#include <iterator>
#include <utility>

#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/grant_keeper.hpp"

namespace tiktok2twitch::twitch {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::duration renew_before = minutes(10);  // twitch.md 3.5
// A pair that lives shorter than Twitch's (4 h) is renewed at half its life, but never in a tight loop.
constexpr core::duration shortest_renewal = seconds(10);
// One immediate retry after a refused login, then at least 60 s (twitch.md 8.1).
constexpr core::duration first_refusal_gap = seconds(60);
constexpr core::duration longest_refusal_gap = minutes(30);
constexpr core::duration refusals_forgotten = hours(2);
// Whoever has a token that cannot be renewed has to get the next one in time. The second warning leaves two
// validations.
constexpr core::duration soon_over = hours(24);
constexpr core::duration almost_over = hours(2);
// How far the clock of this machine may be off before it says something about a token.
constexpr core::duration clock_tolerance = minutes(1);
// After a refusal that says nothing: soon, as it may have been a hiccup, and then up to validate_every.
constexpr core::duration first_unclear_pause = minutes(1);

core::unix_ms in_ms(core::duration span) {
    return std::chrono::duration_cast<milliseconds>(span).count();
}

// The answer says that the server did not, and will not, do it.
bool definite(const core::error_code& failed) {
    return failed == errc::refresh_refused || failed == errc::client_needs_secret ||
           failed == errc::client_id_unknown;
}

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// How long before its end the pair is renewed.
core::duration margin_of(const grant& held) {
    const auto lifetime = held.expires_at - held.obtained_at;
    if (held.obtained_at == 0 || lifetime <= 0)
        return renew_before;
    return std::min<core::duration>(renew_before, milliseconds(lifetime / 2));
}

}  // namespace

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
    note_name(lower(std::move(answer->login)), answer->user_id);
    held_->user_id = std::move(answer->user_id);
    held_->client_id = std::move(answer->client_id);
    held_->scopes = std::move(answer->scopes);
    held_->refreshing = false;
    invalid_ = false;
    unclear_ = 0;
    elsewhere_until_.reset();
    note_lifetime(answer->expires_in, {}, now, wall);
    const bool first = !std::exchange(validated_, true);
    if (!renewable())
        tell_end(answer->expires_in);
    if (!kept())
        found_ = found_ && !first;  // it was told without its client id
    // Still valid: a refresh whose end is not known did not happen, so its token may be used, once.
    if (renewing_)
        return begin_renewal(now);
    complaint_.clear();
    retry_.reset();
    begin(activity::resting, now);
    if (!refused_until_)
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
    invalid_ = true;
    if (!renewable())
        return lose(make_error_code(kept() ? errc::login_needed : errc::token_invalid),
                    kept() ? "Twitch does not accept the access token any more. " + cure()
                           : "Twitch does not accept the configured token: it has expired, was revoked, or "
                             "is mistyped. " +
                                 cure());
    if (!held_->refreshing && !unsaved_ && (is_early() || is_elsewhere(now)))
        return on_elsewhere(now);
    // Expired, or renewed by this login's own process, whose answer got lost. Trying costs nothing: without
    // that answer the grant is lost anyway.
    elsewhere_until_.reset();
    begin_renewal(now);
}

// Before the end that Twitch gave it, and by no more than a clock may be off.
bool grant_keeper::is_early() const {
    return held_->expires_at != 0 && !unsaved_ && wall_ + in_ms(clock_tolerance) < held_->expires_at;
}

// It was found so before, and the time until its end has passed since. A clock that was set comes there
// sooner.
bool grant_keeper::is_elsewhere(core::time_point now) const {
    return elsewhere_until_ && now + clock_tolerance >= *elsewhere_until_;
}

// Somebody else renewed the pair: a copy of this state directory. To present its refresh token again would
// end that login, too.
void grant_keeper::on_elsewhere(core::time_point now) {
    if (!elsewhere_until_)
        elsewhere_until_ = now + milliseconds(held_->expires_at - wall_);
    const auto reason = make_error_code(errc::renewed_elsewhere);
    lose(reason, core::explain(reason));
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
    if (!renewable() || renewing_ || held_->refreshing)
        return false;
    return (refused_until_ && now >= *refused_until_ && !is_early()) || (renew_at_ && now >= *renew_at_) ||
           (held_->expires_at != 0 && wall >= held_->expires_at);
}

void grant_keeper::on_outage(core::error_code failed, core::time_point now, core::unix_ms wall) {
    complain(notice::severity::warning,
             "the Twitch token cannot be checked: " + core::explain(failed) + " Trying again.");
    if (renewal_due(now, wall)) {
        // The check is down, the renewal need not be; and no refresh of this pair has an unknown outcome.
        refused_until_.reset();
        return begin_renewal(now);
    }
    const auto again = now + retry_.next();
    // The renewal that is wanted does not wait for the check, unless it is of a doubtful pair.
    if (lock_at_ && !held_->refreshing) {
        validate_at_ = again;
        return begin(activity::resting, now);
    }
    begin(activity::validating, again);
    // Nobody has ever called it good, and the chat says that it is not.
    if (!kept() && !validated_ && refused_) {
        lose(make_error_code(errc::login_refused),
             "Twitch's chat refuses the configured token, and the login service, which could say why, does "
             "not answer. " +
                 cure());
        return begin(activity::validating, again);
    }
    const bool may_be_good = held_->expires_at == 0 || wall < held_->expires_at;
    // The chat may work while the login service does not.
    if (!renewing_ && !refused_ && !lost_ && !held_->refreshing && may_be_good && !unfit())
        found();
}

void grant_keeper::on_refreshed(core::result<token_pair> answer, core::time_point now, core::unix_ms wall) {
    asked_ = false;
    if (!answer) {
        const auto failed = answer.error();
        if (failed == errc::refresh_refused)
            unsaved_ = false;  // it is worth nothing, and whoever logs in now need not wait for the lock
        if (definite(failed))
            return lose(failed, core::explain(failed));
        // Twitch meant it, most likely; but nothing says that the grant is gone.
        if (failed == errc::refresh_unclear && ++unclear_ > 1) {
            lose(failed, core::explain(failed));
            return look_again(activity::validating, now + unclear_pause());
        }
        say(notice::severity::warning,
            "whether Twitch has renewed the login is not known: " + core::explain(failed) +
                " Checking the token before the next try.");
        return begin(activity::validating, now + retry_.next());
    }
    spent_.push_back(std::move(held_->refresh));
    held_->access = std::move(answer->access);
    held_->refresh = answer->refresh.empty() ? spent_.back() : std::move(answer->refresh);
    if (spent_.size() > most_spent)
        spent_.erase(std::next(spent_.begin()));
    if (!answer->scopes.empty())
        held_->scopes = std::move(answer->scopes);
    held_->obtained_at = wall;
    held_->expires_at = wall + in_ms(answer->expires_in);
    held_->refreshing = false;
    found_ = false;
    invalid_ = false;
    unclear_ = 0;
    renewing_ = false;
    refused_ = false;
    refused_until_.reset();
    unsaved_ = true;
    untold_ = true;
    save_at_ = now;
    note_lifetime(answer->expires_in, shortest_renewal, now, wall);
    begin(activity::resting, now);
}

// What was saved is renewed before its end, as any other.
void grant_keeper::hasten_renewal(core::time_point now) {
    if (!renew_at_)
        return;
    const auto at = std::max(*renew_at_ - margin_of(*held_), std::min(*renew_at_, now + shortest_renewal));
    renew_at_wall_ -= in_ms(*renew_at_ - at);
    renew_at_ = at;
}

core::duration grant_keeper::unclear_pause() const {
    auto pause = first_unclear_pause;
    for (unsigned i = 2; i < unclear_ && pause < options_.validate_every; ++i)
        pause *= 2;
    return std::min(pause, options_.validate_every);
}

void grant_keeper::note_lifetime(core::duration left, core::duration soonest, core::time_point now,
                                 core::unix_ms wall) {
    validate_at_ = now + options_.validate_every;
    renew_at_.reset();
    held_->expires_at = left > core::duration{} ? wall + in_ms(left) : 0;
    if (held_->expires_at == 0 || !renewable())
        return;
    // Before its end a pair is only renewed for comfort: not while neither it nor the next could be stored.
    const auto wait = std::max(unsaved_ ? left : left - margin_of(*held_), soonest);
    renew_at_ = now + wait;
    renew_at_wall_ = wall + in_ms(wait) + 1;
}

void grant_keeper::on_refused(const core::secret& used, core::time_point now) {
    if (!held_ || lost_ || refused_until_ || used != held_->access)
        return;
    if (renewing_) {
        refused_ = true;
        return;
    }
    if (last_refusal_ && now - *last_refusal_ > refusals_forgotten)
        refusals_ = 0;
    ++refusals_;
    last_refusal_ = now;
    core::duration gap{};
    if (refusals_ > 1) {
        gap = first_refusal_gap;
        for (unsigned i = 2; i < refusals_ && gap < longest_refusal_gap; ++i)
            gap *= 2;
        gap = std::min(gap, longest_refusal_gap);
        say(notice::severity::warning,
            "Twitch refuses a token that its login service has just called good; next try in " +
                std::to_string(std::chrono::duration_cast<seconds>(gap).count()) + " s.");
    }
    refused_until_ = now + gap;
    found_ = false;
    refused_ = true;
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
    if (!kept() && !validated_)
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
    if (std::exchange(found_, true))
        return;
    lost_ = false;
    refused_ = false;
    lost_sentence_.clear();
    events_.emplace_back(token_found{held_->access, name_.empty() ? held_->login : name_, held_->user_id,
                                     held_->client_id, held_->scopes, held_->expires_at});
}

void grant_keeper::lose(core::error_code reason, std::string sentence) {
    doing_ = activity::resting;
    lost_ = true;
    found_ = false;
    renewing_ = false;
    refused_ = false;
    refused_until_.reset();
    lock_at_.reset();
    again_at_.reset();
    if (std::exchange(lost_sentence_, sentence) != sentence)
        events_.emplace_back(token_lost{reason, std::move(sentence)});
}

void grant_keeper::look_again(activity how, core::time_point at) {
    again_ = how;
    again_at_ = at;
}

void grant_keeper::say(notice::severity level, std::string text) {
    events_.emplace_back(keeper_notice{level, std::move(text)});
}

void grant_keeper::complain(notice::severity level, const std::string& text) {
    if (std::exchange(complaint_, text) != text)
        say(level, text);
}

std::vector<keeper_event> grant_keeper::take_events() {
    return std::exchange(events_, {});
}

}  // namespace tiktok2twitch::twitch
