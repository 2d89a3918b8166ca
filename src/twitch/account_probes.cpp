// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What keeps a channel silent, and when that is looked at again.
//
// Rank, room modes and bans are asked by a JOIN, which costs no line (twitch.md 1.3, 1.7): PART and JOIN
// where we are in the room. Its answers end what they speak of; what no JOIN can tell, a timeout for one, is
// left to the next line. One line at a time is on its way in a channel, so that one is the price of a wrong
// guess.

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/words.hpp"
#include "twitch/account_impl.hpp"

namespace tiktok2twitch::twitch {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// A pause that ends so soon after the question is not worth it.
constexpr core::duration not_worth = seconds(5);
// Lines that nobody saw are no sign of anything any more, longer than the longest pause later.
constexpr core::duration invisible_forgotten = minutes(60);
// What the reader of delivery_audit needs to miss a line.
constexpr core::duration time_to_be_seen = seconds(12);
// Between lines that only say that a channel is still silent: whatever the server sends, these stay few.
constexpr core::duration still_again_after = seconds(10);

}  // namespace

void account::impl::pause(channel& ch, hold_kind kind, core::duration span, const notice_rule& rule,
                          core::time_point now) {
    ch.gate.pause(kind, span, rule.id, now, rule.until);
    ch.by_hand = false;
    ch.probe.begin(now, false);
}

// Seen as it happens: a new deed of a moderator's, and a word about a ban as well.
void account::impl::time_out(channel& ch, core::duration span, core::time_point now) {
    not_banned(ch);
    ch.gate.time_out(span + seconds(1), "msg_timedout", now);
    ch.probe.begin(now, true);
}

void account::impl::not_banned(channel& ch) {
    const auto& block = ch.gate.block_state();
    if (!block || block->dropped_as != rule_for("msg_banned").dropped_as)
        return;
    ch.gate.unblock();
    joins.add(ch.called);
}

void account::impl::stop_channel(channel& ch, const notice_rule& rule, bool news, core::time_point now) {
    const bool banned = rule.dropped_as == rule_for("msg_banned").dropped_as;
    ch.gate.block(rule.id, rule.dropped_as);
    ch.box.drop_waiting(rule.dropped_as, book);
    ch.answers.clear();
    ch.by_hand = false;
    ch.probe.begin(now, news);
    // Who is banned may read as long as the server lets him: he hears moderators, and a milder sentence.
    if (!joins.ready(ch.called))
        give_up_join(ch);
    else if (!banned)
        leave(ch);
    if (!banned)
        doubt(ch);
}

// Never answered, or by a refusal: we are not in there.
void account::impl::give_up_join(channel& ch) {
    joins.forget(ch.called);
    ch.asked = false;
}

bool account::impl::worth_asking(const channel& ch, core::time_point now) const {
    if (ch.gate.block_state())
        return true;
    const auto* const hold = ch.gate.standing(now);
    return hold != nullptr && !hold->passes_soon() &&
           (ch.probe.by_hand() || hold->until - not_worth > std::max(ch.probe.next(), now));
}

std::optional<core::time_point> account::impl::next_try(const channel& ch, core::time_point now) const {
    if (ch.asked && !ch.denied)
        return now;
    const auto* const hold = ch.gate.standing(now);
    if (worth_asking(ch, now))
        return ch.probe.next();
    return hold == nullptr ? std::nullopt : std::optional(hold->until);
}

std::string account::impl::next_try_words(const channel& ch, core::time_point now) const {
    const auto at = next_try(ch, now);
    return at ? " Next try in " + core::wait_text(*at - now) + "." : std::string();
}

core::time_point account::impl::probe_due(const channel& ch, core::time_point now) const {
    const bool may_ask = !ch.asked && !ch.box.in_flight() && worth_asking(ch, now);
    return may_ask ? ch.probe.next() : core::time_point::max();
}

void account::impl::run_probes(core::time_point now) {
    for (auto* ch : order)
        if (!reconnect_by && probe_due(*ch, now) <= now)
            ask(*ch, now);
}

void account::impl::ask(channel& ch, core::time_point now) {
    ch.asked = true;
    ch.denied = false;
    ch.by_hand = ch.probe.by_hand();
    ch.probe.on_asked(now);
    join_again(ch);
}

void account::impl::join_again(const channel& ch) {
    if (joins.join_again(ch.called))
        session.send({{}, {}, "PART", {"#" + ch.called}});
}

void account::impl::on_joined(channel& ch, bool saw_user_state, core::time_point now) {
    if (!saw_user_state)
        set_role(ch, role::ordinary, now);  // nothing says that we are more
    if (ch.asked || ch.gate.block_state())
        return probe_answered(ch, now);
    const bool high = ch.gate.tier_of(settings) == tier::high;
    say(notice::severity::info, ch.name,
        high ? "ready, as moderator."
             : "ready, as ordinary user. Five times the lines fit if you make the bot a moderator: /mod " +
                   login());
}

void account::impl::probe_answered(channel& ch, core::time_point now) {
    ch.asked = false;
    if (ch.gate.block_state()) {
        ch.gate.unblock();
        ch.gate.lift();  // of before
        ch.gone_told = false;
        return say_if_over(ch, true, "Twitch lets the bot into the channel", now);
    }
    const auto* const hold = ch.gate.standing(now);
    if (hold == nullptr || hold->passes_soon())
        return;
    if (ch.denied || !(ch.by_hand || hold->needs_a_line()))
        return say_still(ch, now);
    ch.gate.lift();
    say(notice::severity::info, ch.name, "the next line is to show whether the channel takes lines again.");
}

void account::impl::join_unanswered(channel& ch, core::time_point now) {
    doubt(ch);
    if (ch.gate.block_state() && ch.asked) {  // what stands is known, and asked again in its time
        give_up_join(ch);
        return say_still(ch, now);
    }
    say(notice::severity::warning, ch.name,
        "Twitch does not answer the JOIN. Check the channel's name. It is asked again after 10 s, then ever "
        "more rarely, but at least every 5 min.");
}

void account::impl::invisible(channel& ch, core::time_point now) {
    if (now >= ch.invisible_at + invisible_forgotten)
        ch.invisible_step = 0;
    ch.invisible_at = now;
    ch.to_be_seen = true;
    suspect_mute(ch, ch.invisible_step, "Twitch accepts our lines, but nobody sees them (shadow-banned?).",
                 now);
}

void account::impl::note_accepted(channel& ch, core::time_point now) {
    ch.by_hand = false;
    if (std::exchange(ch.to_be_seen, false) && ch.gate.tier_of(settings) == tier::low)
        return ch.gate.pause(hold_kind::mute, time_to_be_seen, suspected_mute, now);
    if (ch.gate.block_state() || ch.gate.standing(now) != nullptr)
        return;  // came about while the line was on its way
    ch.probe.end();
    if (std::exchange(ch.silenced, false))
        say(notice::severity::info, ch.name, "lines are accepted again.");
}

void account::impl::note_told(channel& ch, core::time_point now) {
    ch.silenced = true;
    ch.told_still = now;
    ch.told_next = next_try(ch, now).value_or(now);
}

void account::impl::say_still(channel& ch, core::time_point now) {
    const auto next = next_try(ch, now);
    const bool known = next && now < ch.told_next && ch.told_next <= *next;
    if (!next || known || now < ch.told_still + still_again_after)
        return;
    const auto& block = ch.gate.block_state();
    const auto* const hold = ch.gate.standing(now);
    note_told(ch, now);
    say(notice::severity::info, ch.name,
        "still " +
            (block ? "blocked (" + block->reason
                   : "paused (" + (hold != nullptr ? hold->reason : std::string())) +
            ")." + next_try_words(ch, now));
}

void account::impl::say_if_over(channel& ch, bool stood, std::string_view why, core::time_point now) {
    if (!stood || ch.gate.block_state() || ch.gate.standing(now) != nullptr)
        return;
    ch.silenced = false;
    ch.told_next = core::time_point::min();
    say(notice::severity::info, ch.name, std::string(why) + "; lines go on.");
}

void account::impl::ask_now(std::string_view name, core::time_point now) {
    for (auto* ch : order) {
        if (!name.empty() && ch->name != name)
            continue;
        const auto* const hold = ch->gate.standing(now);
        if (ch->gate.block_state() || (hold != nullptr && !hold->passes_soon()))
            ch->probe.ask_now(now);
        else if (!joins.ready(ch->called))
            join_again(*ch);
    }
}

void account::impl::doubt(const channel& ch) {
    const auto same = [&ch](const doubted_channel& each) {
        return each.channel == ch.name;
    };
    if (std::none_of(doubts.begin(), doubts.end(), same))
        doubts.push_back({ch.name, ch.room_id});
}

void account::impl::channel_known(channel& ch, const channel_finding& found, core::time_point now) {
    constexpr std::string_view missing = "msg_room_not_found";
    const auto& block = ch.gate.block_state();
    const bool gone = block && block->dropped_as != rule_for("msg_banned").dropped_as;
    if (joins.ready(ch.called) && !gone)
        return;  // chat knows better
    if (found.exists && !found.called.empty() && found.called != ch.called)
        return follow(ch, found.called);
    if (found.exists) {
        if (!block || block->reason != missing)
            return;
        ch.gate.unblock();
        ch.gone_told = ch.silenced = false;
        join_again(ch);
        say(notice::severity::info, ch.name, "there is such a channel now.");
    } else if (!(gone && ch.gone_told) && (gone || !block)) {
        ch.gone_told = true;
        const auto rule = rule_for(missing);
        if (!block)
            stop_channel(ch, rule, false, now);
        if (!found.by_id)
            return tell(ch, rule, {}, now);
        note_told(ch, now);
        say(notice::severity::error, ch.name,
            "the channel's account is gone: Twitch has suspended it, or it was deleted. It was not renamed. "
            "Remove the route or wait until it is back." +
                next_try_words(ch, now));
    }
}

// The routes keep the name of the configuration: books, moderators' wishes and reports go by it.
void account::impl::follow(channel& ch, const std::string& called) {
    if (heard(called) != nullptr) {
        say(notice::severity::error, ch.name,
            "the channel was renamed to #" + called + ", where another route goes already. Remove this one.");
        return;
    }
    leave(ch);
    ch.called = called;
    ch.gate.unblock();
    ch.gate.lift();
    joins.add(ch.called);
    ch.silenced = ch.gone_told = false;
    say(notice::severity::warning, ch.name,
        "the channel was renamed to #" + called +
            "; lines go on there. Correct the route's channel before the next start.");
}

}  // namespace tiktok2twitch::twitch
