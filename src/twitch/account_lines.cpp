// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What the server says, and what follows from it.

#include <algorithm>
#include <set>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "twitch/account_impl.hpp"

namespace tiktok2twitch::twitch {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// RECONNECT: answers that are under way may still arrive; the server closes shortly after.
constexpr core::duration reconnect_grace = seconds(2);
// Suspected mute: one probe after 1, 2, 4 ... 30 minutes (twitch.md 8.3).
constexpr unsigned unanswered_for_mute = 2;
constexpr core::duration first_mute_pause = seconds(60);
constexpr core::duration longest_mute_pause = channel_gate::longest_mute;
constexpr core::duration first_trouble_pause = seconds(2);
constexpr core::duration longest_trouble_pause = seconds(60);
constexpr core::duration tell_again_after = minutes(10);
constexpr std::size_t detail_length = 200;

}  // namespace

void account::impl::say(notice::severity level, std::string_view where, std::string text) {
    notices.push_back({level, std::string(where), std::move(text)});
}

void account::impl::tell(channel& ch, const notice_rule& rule, std::string_view detail,
                         core::time_point now) {
    auto level = rule.level;
    const bool silences = rule.what == reaction::timed_out || rule.what == reaction::slow_mode ||
                          rule.what == reaction::ratelimited || rule.what == reaction::pause ||
                          rule.what == reaction::stop || rule.what == reaction::unanswered;
    const auto next = silences ? next_try_words(ch, now) : std::string();
    // Ids come from the server: those that this program does not know share one memory.
    auto kind = std::string(is_known(rule.id) ? rule.id : std::string_view());
    const auto found = ch.told.find(kind);
    if (found != ch.told.end() && now < found->second + tell_again_after)
        level = notice::severity::debug;
    else
        ch.told.insert_or_assign(std::move(kind), now);
    const auto printable = [](std::string_view text) {
        return core::cut_code_points(core::repair_utf8(text), detail_length);
    };
    if (level != notice::severity::debug && !next.empty())
        note_told(ch, now);
    else if (!next.empty())
        say_still(ch, now);
    say(level, ch.name,
        fill_sentence(rule.sentence, ch.name, login()) + " (" + printable(rule.id) + ")" + next);
    // The server's own words can quote what a viewer wrote.
    if (!detail.empty())
        say(notice::severity::debug, ch.name, "Twitch says: " + printable(detail));
}

void account::impl::fail(errc reason) {
    fatal = make_error_code(reason);
    if (!closing)
        closing = fatal;
    const auto why = core::identifier(fatal);
    settle_rest(why);
}

void account::impl::handle(const logged_in&, core::time_point now) {
    retry.reset();
    logins.on_success(now);
    changed_at = now;
    away_reason = {};
    const auto away = absence.on_back(now);
    say(notice::severity::info, {},
        "logged in as " + core::repair_utf8(login()) +
            (away ? "; not connected for " + core::span_text(*away) + "." : std::string(".")));
}

void account::impl::handle(const session_failed& event, core::time_point) {
    if (event.reason == errc::capabilities_refused) {
        if (!closing)
            closing = make_error_code(event.reason);
        return;
    }
    if (event.reason == errc::login_refused && settings.token_is_kept) {
        // A token that was replaced since the login began was not refused: it is tried next.
        token_refused = settings.token == login_token;
        if (!closing)
            closing = make_error_code(event.reason);
        return;
    }
    fail(event.reason);
    say(notice::severity::error, {}, core::explain(fatal));
}

void account::impl::set_role(channel& ch, role rank, core::time_point now) {
    const bool was_high = ch.gate.tier_of(settings) == tier::high;
    const bool stood = ch.gate.standing(now) != nullptr;
    if (ch.gate.set_role(rank, settings))
        budget.on_downgrade(ch.id, now);
    const bool high = ch.gate.tier_of(settings) == tier::high;
    if (high && !was_high)
        ch.mute_step = ch.invisible_step = 0;
    if (high != was_high && (ch.asked || joins.ready(ch.called)))
        say(notice::severity::info, ch.name,
            high ? "the bot is a moderator now; sending faster."
                 : "the bot is no moderator any more; sending slower.");
    say_if_over(ch, stood, "the bot's rank has risen", now);
}

void account::impl::accepted(channel& ch, const std::string& line_id, core::time_point now) {
    note_delivery(ch, *ch.box.in_flight(), line_id);
    count_accepted(*ch.box.in_flight());
    ch.pace.on_line(*ch.box.in_flight(), now);
    ch.box.accepted(now, book);
    own.on_accepted(ch.name, line_id == no_line_id ? std::string() : line_id);
    ch.gate.on_accepted(now);
    budget.on_accepted();
    if (std::exchange(ch.mute_step, 0) > 0)
        say(notice::severity::info, ch.name, "lines are answered again.");
    note_accepted(ch, now);
    decide_sightings(ch.name, now);
}

void account::impl::unanswered(channel& ch, core::time_point now) {
    ch.box.unanswered(book);
    own.on_unclear(ch.name);
    decide_sightings(ch.name, now);
    // It was answered after all, if the server has ceased to give ids: what comes next will tell.
    if (std::exchange(ch.without_id, false))
        ids_seen = false;
    if (ch.box.unanswered_in_a_row() >= unanswered_for_mute)
        suspect_mute(ch, ch.mute_step, "Twitch neither accepts nor refuses our lines (muted?).", now);
}

void account::impl::suspect_mute(channel& ch, unsigned& so_far, std::string_view what, core::time_point now) {
    // What a person wanted to be tried does not make the pauses longer.
    if (!std::exchange(ch.by_hand, false) || so_far == 0)
        ++so_far;
    core::duration span = first_mute_pause;
    for (unsigned i = 1; i < so_far && span < longest_mute_pause; ++i)
        span *= 2;
    ch.gate.pause(hold_kind::mute, span, suspected_mute, now);
    ch.probe.begin(now, false);
    note_told(ch, now);
    say(notice::severity::warning, ch.name,
        std::string(what) + next_try_words(ch, now) + " Make the bot a moderator: /mod " + login());
}

// Unlike silence on IRC this is no sign of a mute: a server has trouble, and is left alone for a while.
void account::impl::no_answer(channel& ch, const notice_rule& rule, core::time_point now) {
    ch.box.unanswered(book);
    core::duration span = first_trouble_pause;
    for (unsigned i = 1; i < ch.box.unanswered_in_a_row() && span < longest_trouble_pause; ++i)
        span *= 2;
    pause(ch, hold_kind::trouble, std::min(span, longest_trouble_pause), rule, now);
}

void account::impl::handle(const user_state& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    if (ch == nullptr)
        return answer_to_nobody(event, now);
    set_role(*ch, event.rank, now);
    if (joins.on_user_state(event.channel, now))
        return;
    if (!ch->box.in_flight() || own.is_foreign(event.id))
        return answer_to_nobody({ch->name, event.rank, event.id}, now);
    ids_seen = ids_seen || !event.id.empty();
    ch->without_id = event.id.empty();
    if (ids_seen && event.id.empty())
        return;  // answers something else, such as a late JOIN
    accepted(*ch, event.id, now);
}

void account::impl::handle(const room_state& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    if (ch == nullptr)
        return;
    const auto before = ch->gate.slow_mode();
    const bool stood = ch->gate.standing(now) != nullptr;
    ch->gate.merge(event);
    if (!event.room_id.empty())
        ch->room_id = core::cut_code_points(event.room_id, detail_length);
    if (const auto slow = ch->gate.slow_mode(); slow != before && ch->gate.rank() == role::ordinary)
        say(notice::severity::info, ch->name,
            slow.count() == 0 ? "slow mode is off; sending at the usual pace."
                              : "slow mode: one line every " + std::to_string(slow.count()) +
                                    " s. A moderator is exempt: /mod " + login());
    say_if_over(*ch, stood, "the room's mode has changed", now);
    joins.on_room_state(event.channel, now);
}

void account::impl::handle(const room_notice& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    if (ch == nullptr || event.msg_id.empty())
        return;
    const auto rule = rule_for(event.msg_id);
    ch->denied = ch->denied || rule.what == reaction::timed_out || rule.what == reaction::pause;
    react(*ch, rule, event, now);
    tell(*ch, rule, event.text, now);
}

void account::impl::react(channel& ch, const notice_rule& rule, const room_notice& event,
                          core::time_point now) {
    const auto& line = ch.box.in_flight();
    const bool was_in_flight = line.has_value();
    const auto reason = "refused_" + core::cut_code_points(core::repair_utf8(event.msg_id), detail_length);
    const auto refuse = [&] {
        if (line)
            ch.box.refused(reason, book);
    };
    const auto told_wait = wait_in_text(event.text);
    switch (rule.what) {
        case reaction::informational:
            break;
        case reaction::drop:
            if (line && line->resend && rule.id == "msg_duplicate")
                accepted(ch, {}, now);  // the first copy had arrived
            else
                refuse();
            break;
        case reaction::split:
            if (line && line->parts.size() > 1)
                ch.box.refused_for_one(book);
            else
                refuse();
            break;
        case reaction::shorten:
            if (line)
                ch.box.refused_as_too_long(reason, book);
            break;
        case reaction::unanswered:
            if (line)
                no_answer(ch, rule, now);
            break;
        case reaction::ratelimited: {
            if (!line)
                break;
            const bool halved = budget.status(now).halved;
            pause(ch, hold_kind::pace,
                  budget.on_ratelimit(line->written, now, told_wait.value_or(core::duration{})), rule, now);
            if (!halved && budget.status(now).halved)
                say(notice::severity::warning, {},
                    "Twitch refused several lines for their pace; half the limits are used for 5 min.");
            ch.box.refused_too_early(reason, settings, now, book);
            ch.box.trim(settings.backlog, book);
            break;
        }
        case reaction::slow_mode: {
            const auto wait =
                std::chrono::duration_cast<seconds>(told_wait.value_or(settings.spacing_normal));
            ch.gate.learn_slow_mode(wait);
            pause(ch, hold_kind::slow_mode, wait + milliseconds(500), rule, now);
            if (line)
                ch.box.refused_too_early(reason, settings, now, book);
            ch.box.trim(settings.backlog, book);
            break;
        }
        case reaction::timed_out:
            refuse();
            not_banned(ch);
            pause(ch, hold_kind::timeout, told_wait.value_or(rule.wait) + seconds(1), rule, now);
            break;
        case reaction::pause:
            refuse();
            pause(ch, hold_kind::refusal, rule.wait, rule, now);
            break;
        case reaction::stop:
            refuse();
            stop_channel(ch, rule, false, now);
            break;
        case reaction::fatal:
            refuse();
            fail(errc::account_suspended);
            break;
    }
    if (was_in_flight && !line) {
        // What AutoMod holds may be shown yet.
        const bool unclear = rule.what == reaction::unanswered || rule.id == "msg_rejected";
        if (unclear)
            own.on_unclear(ch.name);
        else
            own.on_refused(ch.name);
        decide_sightings(ch.name, now);
    }
}

void account::impl::handle(const own_clear& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    if (ch == nullptr)
        return;
    const auto rule = rule_for(event.duration ? "msg_timedout" : "msg_banned");
    if (event.duration)
        time_out(*ch, *event.duration, now);
    else
        stop_channel(*ch, rule, true, now);
    tell(*ch, rule, {}, now);
}

void account::impl::handle(const own_part& event, core::time_point now) {
    const bool by_ourselves = joins.on_part(event.channel);
    auto* const ch = heard(event.channel);
    if (by_ourselves || ch == nullptr)
        return;
    joins.forget(event.channel);
    const auto rule = rule_for("msg_banned");  // how a ban looks to those who are in the room
    stop_channel(*ch, rule, true, now);
    tell(*ch, rule, {}, now);
}

void account::impl::handle(const reconnect_asked&, core::time_point now) {
    if (!reconnect_by)
        reconnect_by = now + reconnect_grace;
}

void account::impl::handle(const pong& event, core::time_point now) {
    for (auto* ch : order)
        if (const auto& line = ch->box.in_flight(); line && line->barrier && *line->barrier <= event.token)
            unanswered(*ch, now);
}

}  // namespace tiktok2twitch::twitch
