// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/channel_silence.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/backoff.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view suspected_mute = "suspected_mute";  // a pause's reason
// Suspected mute: one probe after 1, 2, 4 ... 30 minutes (docs/protocol/twitch.md §8.3).
constexpr core::duration first_mute_pause = seconds(60);
// A pause that ends within this time is not asked about.
constexpr core::duration not_worth = seconds(5);
// After this time lines that nobody saw do not count any more. Longer than the longest pause.
constexpr core::duration invisible_forgotten = minutes(60);
// The reader needs this long to find that a line is missing (delivery_audit).
constexpr core::duration time_to_be_seen = seconds(12);
// At least this long between notices that only say that a channel is still silent.
constexpr core::duration still_again_after = seconds(10);
constexpr core::duration tell_again_after = minutes(10);
constexpr std::size_t detail_length = 200;

std::string printable(std::string_view text) {
    return core::cut_code_points(core::repair_utf8(text), detail_length);
}

bool silences(reaction what) {
    return what == reaction::timed_out || what == reaction::slow_mode || what == reaction::ratelimited ||
           what == reaction::pause || what == reaction::stop || what == reaction::unanswered;
}

}  // namespace

void probe_schedule::begin(core::time_point now, bool news) {
    const bool anew = news || next_ == core::time_point::max();
    if (anew)
        step_ = 0;
    if (!by_hand_ && (anew || next_ <= now))
        next_ = now + gap();
}

void probe_schedule::ask_now(core::time_point now) {
    next_ = std::max(now, asked_ ? *asked_ + shortest : now);
    by_hand_ = true;
}

void probe_schedule::on_asked(core::time_point now) {
    asked_ = now;
    if (!std::exchange(by_hand_, false))
        ++step_;
    next_ = now + gap();
}

void probe_schedule::end() {
    next_ = core::time_point::max();
    by_hand_ = false;
}

bool channel_silence::on_role(role rank, core::time_point now) {
    const bool was_high = is_high();
    const bool stood = gate_.standing(now) != nullptr;
    const bool fell = gate_.set_role(rank, account_.settings);
    const bool high = is_high();
    if (high && !was_high)
        mute_step_ = invisible_step_ = 0;
    if (high != was_high && (asked_ || account_.joins.ready(called_)))
        say(notice::severity::info, high ? "the bot is a moderator now; sending faster."
                                         : "the bot is no moderator any more; sending slower.");
    say_if_over(stood, "the bot's rank has risen", now);
    return fell;
}

void channel_silence::on_room_state(const room_state& state, core::time_point now) {
    const auto before = gate_.slow_mode();
    const bool stood = gate_.standing(now) != nullptr;
    gate_.merge(state);
    if (!state.room_id.empty())
        room_id_ = core::cut_code_points(state.room_id, detail_length);
    if (const auto slow = gate_.slow_mode(); slow != before && gate_.rank() == role::ordinary)
        say(notice::severity::info, slow.count() == 0
                                        ? "slow mode is off; sending at the usual pace."
                                        : "slow mode: one line every " + std::to_string(slow.count()) +
                                              " s. A moderator is exempt: /mod " + account_.login());
    say_if_over(stood, "the room's mode has changed", now);
}

void channel_silence::pause(hold_kind kind, core::duration span, const notice_rule& rule,
                            core::time_point now) {
    gate_.pause(kind, span, rule.id, now, rule.until);
    by_hand_ = false;
    probe_.begin(now, false);
}

void channel_silence::time_out(core::duration span, core::time_point now) {
    not_banned();
    gate_.time_out(span + seconds(1), "msg_timedout", now);
    probe_.begin(now, true);
}

bool channel_silence::banned() const {
    const auto& block = gate_.block_state();
    return block && block->dropped_as == rule_for("msg_banned").dropped_as;
}

void channel_silence::not_banned() {
    if (!banned())
        return;
    gate_.unblock();
    account_.joins.add(called_);
}

void channel_silence::stop(const notice_rule& rule, bool news, core::time_point now) {
    gate_.block(rule.id, rule.dropped_as);
    by_hand_ = false;
    probe_.begin(now, news);
    // A banned account stays in the room as long as the server lets it: so it reads moderators' commands, and
    // sees when the ban becomes a timeout.
    if (!account_.joins.ready(called_))
        give_up_join();
    else if (!banned())
        leave();
    if (!banned())
        account_.doubt(name_, room_id_);
}

void channel_silence::leave() {
    asked_ = false;
    account_.leave(called_);
}

// Never answered, or by a refusal: we are not in there.
void channel_silence::give_up_join() {
    account_.joins.forget(called_);
    asked_ = false;
}

bool channel_silence::worth_asking(core::time_point now) const {
    if (gate_.block_state())
        return true;
    const auto* const hold = gate_.standing(now);
    return hold != nullptr && !hold->passes_soon() &&
           (probe_.by_hand() || hold->until - not_worth > std::max(probe_.next(), now));
}

std::optional<core::time_point> channel_silence::next_try(core::time_point now) const {
    if (asked_ && !denied_)
        return now;
    const auto* const hold = gate_.standing(now);
    if (worth_asking(now))
        return probe_.next();
    return hold == nullptr ? std::nullopt : std::optional(hold->until);
}

std::string channel_silence::next_try_text(core::time_point now) const {
    const auto at = next_try(now);
    return at ? " Next try in " + core::wait_text(*at - now) + "." : std::string();
}

core::time_point channel_silence::probe_due(bool busy, core::time_point now) const {
    return !asked_ && !busy && worth_asking(now) ? probe_.next() : core::time_point::max();
}

void channel_silence::ask(core::time_point now) {
    asked_ = true;
    denied_ = false;
    by_hand_ = probe_.by_hand();
    probe_.on_asked(now);
    account_.join_again(called_);
}

void channel_silence::ask_now(core::time_point now) {
    const auto* const hold = gate_.standing(now);
    if (gate_.block_state() || (hold != nullptr && !hold->passes_soon()))
        probe_.ask_now(now);
    else if (!account_.joins.ready(called_))
        account_.join_again(called_);
}

void channel_silence::enter(core::time_point now) {
    if (gate_.block_state())
        probe_.ask_now(now);
    else
        account_.joins.add(called_);
}

void channel_silence::on_joined(core::time_point now) {
    if (asked_ || gate_.block_state())
        return probe_answered(now);
    say(notice::severity::info,
        is_high()
            ? "ready, as moderator."
            : "ready, as ordinary user. Five times the lines fit if you make the bot a moderator: /mod " +
                  account_.login());
}

void channel_silence::probe_answered(core::time_point now) {
    asked_ = false;
    if (gate_.block_state()) {
        gate_.unblock();
        gate_.lift();  // of before
        gone_told_ = false;
        return say_if_over(true, "Twitch lets the bot into the channel", now);
    }
    const auto* const hold = gate_.standing(now);
    if (hold == nullptr || hold->passes_soon())
        return;
    if (denied_ || !(by_hand_ || hold->needs_a_line()))
        return say_still(now);
    gate_.lift();
    say(notice::severity::info, "the next line is to show whether the channel takes lines again.");
}

void channel_silence::on_join_unanswered(core::time_point now) {
    account_.doubt(name_, room_id_);
    if (gate_.block_state() && asked_) {  // what stands is known, and asked again in its time
        give_up_join();
        return say_still(now);
    }
    say(notice::severity::warning,
        "Twitch does not answer the JOIN. Check the channel's name. It is asked again after 10 s, then ever "
        "more rarely, but at least every 5 min.");
}

void channel_silence::on_unanswered(core::time_point now) {
    suspect_mute(mute_step_, "Twitch neither accepts nor refuses our lines (muted?).", now);
}

void channel_silence::on_invisible(core::time_point now) {
    if (now >= invisible_at_ + invisible_forgotten)
        invisible_step_ = 0;
    invisible_at_ = now;
    to_be_seen_ = true;
    suspect_mute(invisible_step_, "Twitch accepts our lines, but nobody sees them (shadow-banned?).", now);
}

void channel_silence::suspect_mute(unsigned& so_far, std::string_view what, core::time_point now) {
    // What a person wanted to be tried does not make the pauses longer.
    if (!std::exchange(by_hand_, false) || so_far == 0)
        ++so_far;
    const auto span = core::doubled(first_mute_pause, so_far - 1, channel_gate::longest_mute);
    gate_.pause(hold_kind::mute, span, suspected_mute, now);
    probe_.begin(now, false);
    note_told(now);
    say(notice::severity::warning,
        std::string(what) + next_try_text(now) + " Make the bot a moderator: /mod " + account_.login());
}

void channel_silence::on_accepted(core::time_point now) {
    gate_.on_accepted(now);
    if (std::exchange(mute_step_, 0) > 0)
        say(notice::severity::info, "lines are answered again.");
    by_hand_ = false;
    if (std::exchange(to_be_seen_, false) && !is_high())
        return gate_.pause(hold_kind::mute, time_to_be_seen, suspected_mute, now);
    if (gate_.block_state() || gate_.standing(now) != nullptr)
        return;  // came about while the line was on its way
    probe_.end();
    if (std::exchange(silenced_, false))
        say(notice::severity::info, "lines are accepted again.");
}

bool channel_silence::is_news(std::string_view kind, core::time_point now) {
    const auto found = told_.find(kind);
    if (found != told_.end() && now < found->second + tell_again_after)
        return false;
    told_.insert_or_assign(std::string(kind), now);
    return true;
}

void channel_silence::tell(const notice_rule& rule, std::string_view detail, core::time_point now) {
    const auto next = silences(rule.what) ? next_try_text(now) : std::string();
    // Ids come from the server: those that this program does not know share one memory.
    const bool news = is_news(is_known(rule.id) ? rule.id : std::string_view(), now);
    const auto level = news ? rule.level : notice::severity::debug;
    if (level != notice::severity::debug && !next.empty())
        note_told(now);
    else if (!next.empty())
        say_still(now);
    say(level,
        fill_sentence(rule.sentence, name_, account_.login()) + " (" + printable(rule.id) + ")" + next);
    // The server's own words can quote what a viewer wrote.
    if (!detail.empty())
        say(notice::severity::debug, "Twitch says: " + printable(detail));
}

void channel_silence::note_told(core::time_point now) {
    silenced_ = true;
    told_still_ = now;
    told_next_ = next_try(now).value_or(now);
}

void channel_silence::say_still(core::time_point now) {
    const auto next = next_try(now);
    const bool known = next && now < told_next_ && told_next_ <= *next;
    if (!next || known || now < told_still_ + still_again_after)
        return;
    const auto& block = gate_.block_state();
    const auto* const hold = gate_.standing(now);
    note_told(now);
    say(notice::severity::info, "still " +
                                    (block ? "blocked (" + block->reason
                                           : "paused (" + (hold != nullptr ? hold->reason : std::string())) +
                                    ")." + next_try_text(now));
}

void channel_silence::say_if_over(bool stood, std::string_view why, core::time_point now) {
    if (!stood || gate_.block_state() || gate_.standing(now) != nullptr)
        return;
    silenced_ = false;
    told_next_ = core::time_point::min();
    say(notice::severity::info, std::string(why) + "; lines go on.");
}

bool channel_silence::on_known(const channel_finding& found, bool taken, core::time_point now) {
    constexpr std::string_view missing = "msg_room_not_found";
    const bool blocked = gate_.block_state().has_value();
    const bool gone = blocked && !banned();
    if (account_.joins.ready(called_) && !gone)
        return false;  // chat knows better
    if (found.exists && !found.called.empty() && found.called != called_) {
        if (!taken)
            follow(found.called);
        else
            say(notice::severity::error, "the channel was renamed to #" + found.called +
                                             ", where another route goes already. Remove this one.");
        return false;
    }
    if (found.exists) {
        if (!blocked || gate_.block_state()->reason != missing)
            return false;
        gate_.unblock();
        gone_told_ = silenced_ = false;
        account_.join_again(called_);
        say(notice::severity::info, "there is such a channel now.");
        return false;
    }
    if ((gone && gone_told_) || (blocked && !gone))
        return false;
    gone_told_ = true;
    const auto rule = rule_for(missing);
    if (!blocked)
        stop(rule, false, now);
    if (found.by_id) {
        note_told(now);
        say(notice::severity::error,
            "the channel's account is gone: Twitch has suspended it, or it was deleted. It was not renamed. "
            "Remove the route or wait until it is back." +
                next_try_text(now));
    } else {
        tell(rule, {}, now);
    }
    return !blocked;
}

// The routes keep the name of the configuration: books, moderators' wishes and reports go by it.
void channel_silence::follow(const std::string& called) {
    leave();
    called_ = called;
    gate_.unblock();
    gate_.lift();
    account_.joins.add(called_);
    silenced_ = gone_told_ = false;
    say(notice::severity::warning,
        "the channel was renamed to #" + called +
            "; lines go on there. Correct the route's channel before the next start.");
}

}  // namespace tiktok2twitch::twitch
