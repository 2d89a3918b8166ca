// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/failover.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/tiktok/room/reconnect.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::duration first_retry = milliseconds(500);
constexpr core::duration longest_retry = seconds(60);
// Nobody is bothered by attempts on this machine.
constexpr core::duration longest_local_retry = seconds(10);
constexpr core::duration first_offline_wait = seconds(60);
constexpr core::duration longest_offline_wait = seconds(300);
constexpr core::duration first_refused_wait = minutes(5);
constexpr core::duration longest_refused_wait = hours(1);
// A provider in trouble is asked after the others.
constexpr core::duration provider_trouble = seconds(30);
// What comes in the first moments of a connection may be shown on connecting.
constexpr core::duration warm_up = seconds(2);
// While several ways are up they are compared so often.
constexpr core::duration look_again = seconds(2);

bool paces_itself(way which) {
    return which == way::direct;
}

bool is_local(way which) {
    return which == way::tikfinity;
}

}  // namespace

failover::failover(failover_options options, core::time_point now)
    : options_(std::move(options)), engine_(options_.seed), unknown_since_(now) {
    for (const failover_options::one& each : options_.ways) {
        leg& one = legs_.emplace_back();
        one.what = each;
        one.reason = each.left_out;
        if (each.left_out)
            changes_.push_back({way_change::kind::left_out, each.which, {}, each.left_out, {}});
    }
    step(now);
}

void failover::on_live(core::time_point now, live_knowledge what, std::int64_t room_id) {
    const bool other_room = room_id != 0 && room_id_ != 0 && room_id != room_id_;
    const bool news = what != live_ || other_room;
    live_ = what;
    if (what == live_knowledge::offline)
        room_id_ = 0;
    else if (room_id != 0)
        room_id_ = room_id;
    if (news && what == live_knowledge::unknown)
        unknown_since_ = now;
    else if (news && what == live_knowledge::live)
        came_live(now, other_room);
    else if (news)
        went_offline();
    step(now);
}

void failover::came_live(core::time_point now, bool other_room) {
    for (leg& one : legs_) {
        // Who said "offline" spoke of another time.
        one.offline_until = core::time_point::min();
        one.offline_answers = 0;
        if (other_room && one.run != 0 && needs_room_id(one.what.which) && !paces_itself(one.what.which))
            begin(one, now);
    }
    next_rung_ = std::min(next_rung_, now);
}

void failover::went_offline() {
    for (std::size_t i = 0; i < legs_.size(); ++i) {
        legs_[i].returns = 0;
        legs_[i].retry_at = core::time_point::min();
        if (!fits(i))
            stop(i);
    }
    if (!alive())
        in_use_ = none;
    next_rung_ = core::time_point::min();
    overlap_.clear();
    mute_ = {};
}

void failover::on_life(core::time_point now, way which) {
    const std::size_t index = index_of(which);
    if (index == none || legs_[index].run == 0)
        return;
    leg& one = legs_[index];
    one.last_life = now;
    if (one.state != phase::up) {
        one.state = phase::up;
        one.up_since = now;
        one.offline_answers = 0;
        one.refusals = 0;
    }
    step(now);
}

void failover::on_comment(core::time_point now, way which, std::int64_t msg_id) {
    const std::size_t index = index_of(which);
    if (index == none)
        return;
    if (index == in_use_)
        mute_.on_comment();
    if (several_up())
        overlap_.on_comment(now, index, msg_id);
    step(now);
}

void failover::on_other(core::time_point now, way which) {
    if (in_use() == which)
        mute_.on_other(now);
    step(now);
}

void failover::on_viewers(core::time_point now, way which, std::int64_t viewers) {
    if (in_use() == which)
        mute_.on_viewers(viewers);
    step(now);
}

void failover::on_end(core::time_point now, way which, const way_answer& why) {
    const std::size_t index = index_of(which);
    if (index == none || legs_[index].run == 0)
        return;
    leg& one = legs_[index];
    const bool on_trial = one.give_up_at.has_value();
    const bool lived = one.state == phase::up && now - one.up_since >= short_life;
    // A rung that breaks at once holds nobody up.
    if (one.state != phase::up && index != in_use_ && !paces_itself(which))
        next_rung_ = std::min(next_rung_, now);
    one.detail = why.detail;
    lose(now, index, why.reason);
    one.next_attempt = lived ? now : now + retry_wait(one);
    heed(now, index, why);
    if (on_trial)
        fail_return(now, index, why.reason);
    step(now);
}

void failover::step(core::time_point now) {
    check_silence(now);
    start_waiting(now);
    if (alive()) {
        look_for_mutes(now);
        look_after_returns(now);
        look_after_probe(now);
    } else if (const std::size_t best = first_up(); best != none) {
        const core::error_code why = in_use_ == none ? core::error_code() : legs_[in_use_].reason;
        use(now, best, why);
    } else {
        climb(now);
    }
    start_waiting(now);
    compute_due(now);
}

std::uint64_t failover::run_of(way which) const noexcept {
    const std::size_t index = index_of(which);
    return index == none ? 0 : legs_[index].run;
}

std::optional<way> failover::in_use() const noexcept {
    return in_use_ == none ? std::nullopt : std::optional(legs_[in_use_].what.which);
}

bool failover::alive() const noexcept {
    return in_use_ != none && legs_[in_use_].state == phase::up;
}

std::vector<way_report> failover::report() const {
    std::vector<way_report> out;
    for (std::size_t i = 0; i < legs_.size(); ++i) {
        const leg& one = legs_[i];
        way_report& each = out.emplace_back();
        each.which = one.what.which;
        each.reason = one.reason;
        each.detail = one.detail;
        const core::time_point when = std::max(opens_at(one), one.wanted ? one.next_attempt : one.retry_at);
        if (one.what.left_out)
            each.state = way_state::left_out;
        else if (one.state == phase::up)
            each.state = way_state::up;
        else if (one.run != 0)
            each.state = way_state::trying;
        else if (fits(i) && when != core::time_point::min())
            each.state = way_state::waiting;
        if (each.state == way_state::waiting)
            each.next_try = when;
    }
    return out;
}

std::vector<way_change> failover::take_changes() {
    return std::exchange(changes_, {});
}

std::size_t failover::index_of(way which) const noexcept {
    for (std::size_t i = 0; i < legs_.size(); ++i)
        if (legs_[i].what.which == which)
            return i;
    return none;
}

std::size_t failover::first_up() const noexcept {
    for (std::size_t i = 0; i < legs_.size(); ++i)
        if (legs_[i].state == phase::up)
            return i;
    return none;
}

bool failover::several_up() const noexcept {
    return std::ranges::count(legs_, phase::up, &leg::state) > 1;
}

// Whether it could work, whatever the time is.
bool failover::fits(std::size_t index) const {
    const leg& one = legs_[index];
    if (one.what.left_out)
        return false;
    // While TikTok says "offline" only a way that asks nobody listens, and only when it comes before all that
    // do.
    if (live_ == live_knowledge::offline)
        return std::all_of(legs_.begin(), legs_.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                           [](const leg& each) { return is_local(each.what.which); });
    // The direct way looks the room up by itself.
    return !needs_room_id(one.what.which) || paces_itself(one.what.which) || room_id_ != 0;
}

// When nothing forbids it any more.
core::time_point failover::opens_at(const leg& one) const {
    core::time_point out = std::max(one.not_before, one.offline_until);
    // Nobody else is asked while TikTok is about to answer.
    if (live_ == live_knowledge::unknown && asks_third_party(one.what.which))
        out = std::max(out, unknown_since_ + next_rung);
    return out;
}

bool failover::may_run(std::size_t index, core::time_point now) const {
    return fits(index) && now >= opens_at(legs_[index]);
}

void failover::start_waiting(core::time_point now) {
    for (std::size_t i = 0; i < legs_.size(); ++i)
        if (legs_[i].wanted && legs_[i].run == 0 && may_run(i, now) && now >= legs_[i].next_attempt)
            begin(legs_[i], now);
}

void failover::begin(leg& one, core::time_point now) {
    one.run = ++runs_;
    one.state = phase::trying;
    one.last_life = now;
}

void failover::stop(std::size_t index) {
    leg& one = legs_[index];
    one.wanted = false;
    one.run = 0;
    one.state = phase::idle;
    one.give_up_at.reset();
    if (probe_ == index)
        probe_ = none;
}

// Its connection is gone. What is wanted of it stays as it was.
void failover::lose(core::time_point now, std::size_t index, const core::error_code& reason) {
    leg& one = legs_[index];
    const bool was_up = one.state == phase::up;
    const core::duration lived = was_up ? now - one.up_since : core::duration::zero();
    one.reason = reason;
    one.state = paces_itself(one.what.which) ? phase::trying : phase::idle;
    one.run = paces_itself(one.what.which) ? one.run : 0;
    if (lived >= short_life)
        one.failures = 0;
    if (index != in_use_ || !was_up)
        return;
    changes_.push_back({way_change::kind::dead, one.what.which, {}, reason, one.detail});
    if (lived >= proven)
        one.returns = 0;
    next_rung_ = std::min(now + next_rung, std::max(one.last_life + latest_rung, now + seconds(1)));
}

core::duration failover::retry_wait(leg& one) {
    const core::duration cap = is_local(one.what.which) ? longest_local_retry : longest_retry;
    return shortened(doubled(first_retry, ++one.failures, cap));
}

void failover::heed(core::time_point now, std::size_t index, const way_answer& why) {
    leg& one = legs_[index];
    switch (why.what) {
        case answer_class::retry:
            break;
        case answer_class::offline:
        case answer_class::ended:
            one.offline_until =
                now + shortened(doubled(first_offline_wait, ++one.offline_answers, longest_offline_wait));
            break;
        case answer_class::rate_limited:
            // Not shortened, and not all at the same moment.
            one.not_before = std::max(one.not_before, now + why.wait + milliseconds(engine_() % 2000));
            break;
        case answer_class::refused:
            one.not_before =
                now + shortened(doubled(first_refused_wait, ++one.refusals, longest_refused_wait));
            break;
        case answer_class::fatal:
            one.what.left_out = why.reason;
            changes_.push_back({way_change::kind::left_out, one.what.which, {}, why.reason, why.detail});
            break;
    }
    const bool comes_back = why.what == answer_class::retry || one.offline_until > now;
    if (index == in_use_ && !comes_back)
        next_rung_ = now;
    if (!comes_back && !paces_itself(one.what.which))
        one.wanted = false;
    if (!why.of_provider || one.what.provider.empty())
        return;
    for (leg& other : legs_) {
        if (other.what.provider != one.what.provider)
            continue;
        other.down_until = now + provider_trouble;
        if (why.what == answer_class::rate_limited)
            other.not_before = std::max(other.not_before, one.not_before);
    }
}

// From now on this way is the relay's. `why`: what is wrong with the one before.
void failover::use(core::time_point now, std::size_t index, const core::error_code& why) {
    leg& one = legs_[index];
    const std::optional<way> before = in_use();
    if (before != one.what.which)
        changes_.push_back({way_change::kind::used, one.what.which, before, why, {}});
    in_use_ = index;
    mute_ = {};
    one.wanted = true;
    one.give_up_at.reset();
    if (probe_ == index)
        probe_ = none;
    for (std::size_t i = index; i < legs_.size(); ++i) {
        legs_[i].retry_at = core::time_point::min();
        if (i != index)
            stop(i);
    }
    for (std::size_t i = 0; i < index; ++i) {
        leg& better = legs_[i];
        // One that is just being tried may still come.
        if (better.run == 0) {
            stop(i);
            schedule_return(now, better);
        } else if (!better.give_up_at) {
            better.give_up_at = now + return_limit;
        }
    }
}

void failover::schedule_return(core::time_point now, leg& one) {
    const core::duration first = std::min<core::duration>(first_return, options_.retry_preferred);
    one.retry_at = now + doubled(first, one.returns + 1, options_.retry_preferred);
}

void failover::fail_return(core::time_point now, std::size_t index, const core::error_code& reason) {
    stop(index);
    leg& one = legs_[index];
    one.reason = reason;
    one.returns += std::exchange(one.returning, false) ? 1 : 0;
    schedule_return(now, one);
}

void failover::check_silence(core::time_point now) {
    for (std::size_t i = 0; i < legs_.size(); ++i) {
        leg& one = legs_[i];
        if (one.state != phase::up || now - one.last_life < silence)
            continue;
        const bool on_trial = one.give_up_at.has_value();
        one.detail.clear();
        lose(now, i, way_errc::silent);
        one.next_attempt = now;
        if (on_trial)
            fail_return(now, i, way_errc::silent);
        else if (one.wanted)
            begin(one, now);
    }
}

// Nothing is up: the ways are started one after the other, each beside those before it.
void failover::climb(core::time_point now) {
    probe_ = none;
    // What was on trial is needed now.
    for (leg& one : legs_)
        one.give_up_at.reset();
    if (live_ == live_knowledge::offline) {
        for (std::size_t i = 0; i < legs_.size(); ++i)
            legs_[i].wanted = fits(i);
        return;
    }
    if (now < next_rung_)
        return;
    const std::size_t next = next_to_start(now);
    if (next == none)
        return;
    legs_[next].wanted = true;
    legs_[next].next_attempt = std::min(legs_[next].next_attempt, now);
    next_rung_ = now + next_rung;
}

// The first that could run and is not wanted yet; one whose provider is in trouble comes last.
std::size_t failover::next_to_start(core::time_point now) const {
    for (const bool in_trouble : {false, true})
        for (std::size_t i = 0; i < legs_.size(); ++i)
            if (!legs_[i].wanted && may_run(i, now) && (in_trouble || now >= legs_[i].down_until))
                return i;
    return none;
}

void failover::look_after_returns(core::time_point now) {
    for (std::size_t i = 0; i < in_use_; ++i) {
        leg& one = legs_[i];
        if (one.state == phase::up) {
            const core::duration lived = now - one.up_since;
            if (lived >= trial && overlap_.keeps_up(now, i, in_use_, one.up_since + warm_up))
                return use(now, i, {});
            if (lived >= longest_trial)
                fail_return(now, i, way_errc::mute);
        } else if (one.wanted) {
            if (!one.give_up_at)
                one.give_up_at = now + return_limit;
            if (now >= *one.give_up_at)
                fail_return(now, i, one.reason ? one.reason : core::error_code(way_errc::too_late));
        } else if (may_run(i, now) && now >= one.retry_at) {
            one.wanted = true;
            one.returning = true;
            one.next_attempt = now;
            one.give_up_at = now + return_limit;
        }
    }
    for (std::size_t i = in_use_ + 1; i < legs_.size(); ++i)
        if (legs_[i].wanted && i != probe_)
            stop(i);
}

// Another way brings comments that the one in use does not bring.
void failover::look_for_mutes(core::time_point now) {
    for (std::size_t i = 0; i < legs_.size(); ++i) {
        leg& used = legs_[in_use_];
        if (i == in_use_ || legs_[i].state != phase::up)
            continue;
        const core::time_point since = std::max(used.up_since, legs_[i].up_since) + warm_up;
        if (!overlap_.is_mute(now, in_use_, i, since))
            continue;
        used.reason = way_errc::mute;
        used.detail.clear();
        stop(in_use_);
        return use(now, i, way_errc::mute);
    }
}

void failover::look_after_probe(core::time_point now) {
    if (probe_ != none && now >= probe_until_)
        stop(probe_);
    if (probe_ != none || !mute_.evidence())
        return;
    // Who asks nobody else goes first.
    for (const bool third_party : {false, true})
        for (std::size_t i = 0; i < legs_.size(); ++i) {
            leg& one = legs_[i];
            if (one.wanted || asks_third_party(one.what.which) != third_party || !may_run(i, now))
                continue;
            mute_.used();
            probe_ = i;
            probe_until_ = now + probe;
            one.wanted = true;
            one.next_attempt = now;
            if (i < in_use_)
                one.give_up_at = probe_until_;
            return;
        }
}

void failover::compute_due(core::time_point now) {
    due_ = core::time_point::max();
    const auto at = [&](core::time_point when) {
        // What could be done now is done.
        due_ = std::min(due_, std::max(when, now + milliseconds(1)));
    };
    for (std::size_t i = 0; i < legs_.size(); ++i) {
        const leg& one = legs_[i];
        if (one.state == phase::up)
            at(several_up() ? std::min(one.last_life + silence, now + look_again) : one.last_life + silence);
        else if (one.give_up_at)
            at(*one.give_up_at);
        if (one.run != 0 || !fits(i))
            continue;
        if (one.wanted)
            at(std::max(opens_at(one), one.next_attempt));
        else if (!alive())
            at(std::max(opens_at(one), next_rung_));
        else if (i < in_use_)
            at(std::max(opens_at(one), one.retry_at));
    }
    if (probe_ != none)
        at(probe_until_);
}

core::duration failover::shortened(core::duration wait) {
    const double unit = static_cast<double>(engine_() >> 11) * 0x1p-53;
    return std::chrono::duration_cast<core::duration>(wait * (1.0 - 0.2 * unit));
}

}  // namespace tiktok2twitch::tiktok
