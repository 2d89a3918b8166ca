// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What the server says, and what follows from it.

#include <algorithm>
#include <set>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
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
constexpr core::duration longest_mute_pause = minutes(30);
constexpr core::duration first_trouble_pause = seconds(2);
constexpr core::duration longest_trouble_pause = seconds(60);
constexpr core::duration tell_again_after = minutes(10);
constexpr std::size_t detail_length = 200;

constexpr std::string_view mute_reason = "suspected_mute";

}  // namespace

void account::impl::say(notice::severity level, std::string_view where, std::string text) {
    notices.push_back({level, std::string(where), std::move(text)});
}

void account::impl::tell(channel& ch, const notice_rule& rule, std::string_view detail,
                         core::time_point now) {
    auto level = rule.level;
    const auto found = ch.told.find(rule.id);
    if (found != ch.told.end() && now < found->second + tell_again_after)
        level = notice::severity::debug;
    else if (ch.told.size() < all_rules().size() * 2 || found != ch.told.end())
        ch.told.insert_or_assign(std::string(rule.id), now);  // bounded: ids come from the server
    const auto printable = [](std::string_view text) {
        return core::cut_code_points(core::repair_utf8(text), detail_length);
    };
    say(level, ch.name, fill_sentence(rule.sentence, ch.name, login()) + " (" + printable(rule.id) + ")");
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
    say(notice::severity::info, {}, "logged in as " + core::repair_utf8(login()) + ".");
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
    if (ch.gate.set_role(rank, settings))
        budget.on_downgrade(ch.id, now);
    const bool high = ch.gate.tier_of(settings) == tier::high;
    if (high && !was_high)
        ch.mute_step = ch.invisible_step = 0;
    if (high != was_high && joins.ready(ch.name))
        say(notice::severity::info, ch.name,
            high ? "the bot is a moderator now; sending faster."
                 : "the bot is no moderator any more; sending slower.");
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
    core::duration pause = first_mute_pause;
    for (unsigned i = 0; i < so_far && pause < longest_mute_pause; ++i)
        pause *= 2;
    pause = std::min(pause, longest_mute_pause);
    ++so_far;
    ch.gate.pause(now + pause, mute_reason);
    say(notice::severity::warning, ch.name,
        std::string(what) + " Next try in " +
            std::to_string(std::chrono::duration_cast<seconds>(pause).count()) +
            " s. Make the bot a moderator: /mod " + login());
}

// Unlike silence on IRC this is no sign of a mute: a server has trouble, and is left alone for a while.
void account::impl::no_answer(channel& ch, const notice_rule& rule, core::time_point now) {
    ch.box.unanswered(book);
    core::duration pause = first_trouble_pause;
    for (unsigned i = 1; i < ch.box.unanswered_in_a_row() && pause < longest_trouble_pause; ++i)
        pause *= 2;
    ch.gate.pause(now + std::min(pause, longest_trouble_pause), rule.id);
}

void account::impl::handle(const user_state& event, core::time_point now) {
    auto* const ch = find(event.channel);
    if (ch == nullptr)
        return answer_to_nobody(event, now);
    set_role(*ch, event.rank, now);
    if (joins.on_user_state(event.channel, now))
        return;
    if (!ch->box.in_flight() || own.is_foreign(event.id))
        return answer_to_nobody(event, now);
    ids_seen = ids_seen || !event.id.empty();
    ch->without_id = event.id.empty();
    if (ids_seen && event.id.empty())
        return;  // answers something else, such as a late JOIN
    accepted(*ch, event.id, now);
}

void account::impl::handle(const room_state& event, core::time_point now) {
    auto* const ch = find(event.channel);
    if (ch == nullptr)
        return;
    const auto before = ch->gate.slow_mode();
    ch->gate.merge(event);
    if (const auto slow = ch->gate.slow_mode(); slow != before && ch->gate.rank() == role::ordinary)
        say(notice::severity::info, ch->name,
            slow.count() == 0 ? "slow mode is off; sending at the usual pace."
                              : "slow mode: one line every " + std::to_string(slow.count()) +
                                    " s. A moderator is exempt: /mod " + login());
    joins.on_room_state(event.channel, now);
}

void account::impl::stop_channel(channel& ch, const notice_rule& rule, core::time_point now) {
    ch.gate.block(now + rule.wait, rule.id, rule.dropped_as);
    ch.box.drop_waiting(rule.dropped_as, book);
    ch.answers.clear();
    leave(ch);
}

void account::impl::channel_known(channel& ch, bool exists, core::time_point now) {
    constexpr std::string_view missing = "msg_room_not_found";
    const auto& block = ch.gate.block_state();
    const bool known_missing = block && block->reason == missing;
    if (exists && known_missing) {
        ch.gate.unblock();
        joins.add(ch.name);
        say(notice::severity::info, ch.name, "there is such a channel now.");
    } else if (!exists && known_missing) {
        ch.gate.block(now + rule_for(missing).wait, block->reason, block->dropped_as);
    } else if (!exists && !block && !joins.ready(ch.name)) {
        const auto rule = rule_for(missing);
        tell(ch, rule, {}, now);
        stop_channel(ch, rule, now);
    }
}

void account::impl::handle(const room_notice& event, core::time_point now) {
    auto* const ch = find(event.channel);
    if (ch == nullptr || event.msg_id.empty())
        return;
    const auto rule = rule_for(event.msg_id);
    tell(*ch, rule, event.text, now);
    const auto& line = ch->box.in_flight();
    const bool was_in_flight = line.has_value();
    const auto reason = "refused_" + core::cut_code_points(core::repair_utf8(event.msg_id), detail_length);
    const auto refuse = [&] {
        if (line)
            ch->box.refused(reason, book);
    };
    const auto told_wait = wait_in_text(event.text);
    switch (rule.what) {
        case reaction::informational:
            break;
        case reaction::drop:
            if (line && line->resend && rule.id == "msg_duplicate")
                accepted(*ch, {}, now);  // the first copy had arrived
            else
                refuse();
            break;
        case reaction::split:
            if (line && line->parts.size() > 1)
                ch->box.refused_for_one(book);
            else
                refuse();
            break;
        case reaction::shorten:
            if (line)
                ch->box.refused_as_too_long(reason, book);
            break;
        case reaction::unanswered:
            if (line)
                no_answer(*ch, rule, now);
            break;
        case reaction::ratelimited:
            if (!line)
                break;
            ch->gate.pause(
                now + budget.on_ratelimit(line->written, now, told_wait.value_or(core::duration{})), rule.id);
            ch->box.refused_too_early(reason, settings, now, book);
            ch->box.trim(settings.backlog, book);
            break;
        case reaction::slow_mode: {
            const auto wait =
                std::chrono::duration_cast<seconds>(told_wait.value_or(settings.spacing_normal));
            ch->gate.learn_slow_mode(wait);
            ch->gate.pause(now + wait + milliseconds(500), rule.id);
            if (line)
                ch->box.refused_too_early(reason, settings, now, book);
            ch->box.trim(settings.backlog, book);
            break;
        }
        case reaction::timed_out:
            refuse();
            ch->gate.pause(now + told_wait.value_or(rule.wait) + seconds(1), rule.id);
            break;
        case reaction::pause:
            refuse();
            ch->gate.pause(now + rule.wait, rule.id, rule.until);
            break;
        case reaction::stop:
            refuse();
            stop_channel(*ch, rule, now);
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
            own.on_unclear(ch->name);
        else
            own.on_refused(ch->name);
        decide_sightings(ch->name, now);
    }
}

void account::impl::handle(const own_clear& event, core::time_point now) {
    auto* const ch = find(event.channel);
    if (ch == nullptr)
        return;
    const auto rule = rule_for(event.duration ? "msg_timedout" : "msg_banned");
    tell(*ch, rule, {}, now);
    if (event.duration)
        ch->gate.pause(now + *event.duration + seconds(1), rule.id);
    else
        stop_channel(*ch, rule, now);
}

void account::impl::handle(const own_part& event, core::time_point now) {
    const bool by_ourselves = joins.on_part(event.channel);
    auto* const ch = find(event.channel);
    if (by_ourselves || ch == nullptr)
        return;
    const auto rule = rule_for("msg_banned");  // how a ban looks to those who are in the room
    tell(*ch, rule, {}, now);
    stop_channel(*ch, rule, now);
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
