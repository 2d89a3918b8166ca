// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// The connection's life and the next step.

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/twitch/irc_codec.hpp"
#include "twitch/account_impl.hpp"

namespace tiktok2twitch::twitch {

namespace {

// A deadline that has passed and yet led to nothing must not make the shell spin.
constexpr core::duration shortest_wait = std::chrono::milliseconds(1);

}  // namespace

void account::impl::housekeeping(core::time_point now) {
    if (elsewhere.take_end(now))
        say(notice::severity::info, {},
            "nobody else has used this account for ten minutes; the usual limits hold again.");
    for (auto* ch : order) {
        ch->box.expire(settings, now, book);
        ch->answers.expire(now);
        // Somebody else may have spoken while we were away.
        const bool unprotected = ch->gate.rank() != role::ordinary || elsewhere.in_force(now);
        ch->box.check_resend(unprotected, now, book);
    }
}

bool account::impl::drained(core::time_point now) const {
    return drain_deadline && (now >= *drain_deadline || !anything_left());
}

void account::impl::on_connected(core::time_point now) {
    connected = true;
    closing.reset();
    reconnect_by.reset();
    quit_sent = false;
    joins.reset();
    ids_seen = false;
    logins.on_attempt(now);
    login_token = settings.token;
    session.start(settings, now);
    if (needs_token())  // taken away since the attempt began
        closing = make_error_code(errc::login_needed);
}

void account::impl::on_disconnected(core::error_code reason, core::time_point now, core::duration told_wait) {
    const bool wanted = closing.has_value();
    if (connected && session.welcomed())
        changed_at = now;
    if (reason)
        away_reason = reason;
    if (connected) {
        logins.on_ended(now);
        for (auto* ch : order)
            ch->box.connection_lost(book);
        own.on_connection_lost();
        decide_all_sightings(now);
        joins.reset();
        writing = {};
        if (!wanted && !quit_sent && budget.on_closed(now))
            say(notice::severity::warning, {},
                "Twitch closed the connection right after many lines; sending slower.");
    }
    connected = false;
    closing.reset();
    reconnect_by.reset();
    housekeeping(now);
    const bool stopped = reason == boost::system::errc::operation_canceled;  // by our own side
    if (fatal || stopped || quit_sent || (wanted && !reason))
        return;
    if (needs_token()) {
        // Not the error's own advice: what to do is the token keeper's to say.
        say(notice::severity::warning, {}, reason.message() + "; the next attempt comes with another token.");
        return;
    }
    const bool maintenance = reason == errc::server_reconnect;
    // A refused token that was replaced in the meantime: the new one need not wait.
    const bool replaced = reason == errc::login_refused;
    next_attempt = now + (maintenance || replaced ? told_wait : std::max(retry.next(), told_wait));
    const auto at = std::max(next_attempt, logins.earliest(now));
    tell_away(reason, at, now);
}

// The cause once, and then now and then that it lasts: an absence may take hours of tries.
void account::impl::tell_away(core::error_code reason, core::time_point at, core::time_point now) {
    using telling = core::away_story::telling;
    const auto what = absence.on_failure(core::identifier(reason), now);
    const auto next = " Next attempt in " + core::wait_text(at - now) + ".";
    const auto level = reason == errc::server_reconnect ? notice::severity::info : notice::severity::warning;
    if (what == telling::cause)
        say(level, {}, core::explain(reason) + next);
    else if (what == telling::lasts)
        say(level, {},
            "still not connected, for " + core::span_text(absence.away_for(now)) +
                " now: " + reason.message() + " (" + core::identifier(reason) + ")." + next);
    else
        say(notice::severity::debug, {}, core::explain(reason) + next);
}

void account::impl::run_joins(core::time_point now) {
    for (const auto& name : joins.take_unanswered(now))
        if (auto* const ch = heard(name))
            join_unanswered(*ch, now);
    for (const auto& ready : joins.take_ready(now))
        if (auto* const ch = heard(ready.name))
            on_joined(*ch, ready.saw_user_state, now);
    while (!reconnect_by) {
        const auto name = joins.next(settings.join_timeout, now);
        if (!name)
            break;
        session.send({{}, {}, "JOIN", {"#" + *name}});
    }
}

void account::impl::check_answers(core::time_point now) {
    for (auto* ch : order) {
        const auto& line = ch->box.in_flight();
        if (!line)
            continue;
        if (!line->barrier && now >= line->written + settings.confirm_timeout)
            ch->box.set_barrier(session.send_ping(now), now);
        else if (line->barrier && now >= line->barrier_sent + settings.dead_after)
            unanswered(*ch, now);
    }
}

std::optional<step> account::impl::protocol_step(core::time_point now) {
    if (!closing) {
        if (const auto failed = session.failure(now))
            closing = make_error_code(*failed);
    }
    if (!closing && drained(now)) {
        settle_rest("shutdown");
        if (!std::exchange(quit_sent, true) && session.welcomed()) {
            session.send({{}, {}, "QUIT", {"bye"}});
            return write_bytes{session.take_output()};
        }
        closing = core::error_code{};
    }
    if (closing)
        return close_connection{*closing};

    if (session.ready()) {
        run_probes(now);
        run_joins(now);
        check_answers(now);
        session.keep_alive(now);
    }
    if (auto bytes = session.take_output(); !bytes.empty())
        return write_bytes{std::move(bytes)};

    if (reconnect_by) {
        const bool waiting_for_answers = std::any_of(
            order.begin(), order.end(), [](const channel* ch) { return ch->box.in_flight().has_value(); });
        if (!waiting_for_answers || now >= *reconnect_by) {
            closing = make_error_code(errc::server_reconnect);
            return close_connection{*closing};
        }
    }
    return std::nullopt;
}

write_line account::impl::launch(channel& ch, const flight& line, core::time_point now) {
    write_line out;
    out.bytes = encode_privmsg(ch.called, line.text);
    out.channel = ch.name;
    out.text = line.text;
    writing = {&ch, {}, false, ch.gate.written(), ch.relayed_at};
    for (const auto& item : line.parts) {
        out.tickets.push_back(item.part.ticket);
        for (const auto& other : item.others)
            out.tickets.push_back(other.ticket);
        writing.routes.insert(item.part.route);
    }
    ch.without_id = false;
    own.on_written(ch.name, line.text, now);
    budget.on_send(ch.id, ch.gate.tier_of(settings), now);
    ch.gate.on_written(now);
    if (!line.parts.empty())
        ch.relayed_at = now;
    return out;
}

std::optional<step> account::impl::line_step(core::time_point now) {
    if (!may_speak())
        return std::nullopt;
    const auto low = budget.earliest(tier::low, now);
    const auto high = budget.earliest(tier::high, now);
    const auto compose = [&](channel& ch) -> const flight* {
        const auto at = channel_due(ch);
        if (!at || std::max(ch.gate.tier_of(settings) == tier::high ? high : low, *at) > now)
            return nullptr;
        const bool exempt = ch.gate.rank() != role::ordinary;
        return answers_next(ch) ? ch.box.compose_answer(ch.answers.take(), exempt, now)
                                : ch.box.compose(settings, exempt, drain_deadline.has_value(), now, book);
    };
    // Who answers a moderator goes first, in whichever channel; but not twice in a row, lest one channel's
    // moderators take the account's budget from all others.
    for (const bool answers_only : {true, false}) {
        for (std::size_t i = 0; i < order.size() && !(answers_only && answered_last); ++i) {
            auto& ch = *order[i];
            const auto* const line = answers_only && !answers_next(ch) ? nullptr : compose(ch);
            if (line == nullptr)
                continue;
            // Whoever spoke goes to the end: a channel with many slots must not decide who is next.
            std::rotate(order.begin() + static_cast<std::ptrdiff_t>(i),
                        order.begin() + static_cast<std::ptrdiff_t>(i) + 1, order.end());
            answered_last = answers_only;
            return launch(ch, *line, now);
        }
    }
    return std::nullopt;
}

core::time_point account::impl::deadline(core::time_point now) const {
    auto at = session.deadline();
    if (session.ready())
        at = std::min(at, joins.deadline(now));
    if (reconnect_by)
        at = std::min(at, *reconnect_by);
    if (drain_deadline)
        at = std::min(at, *drain_deadline);
    const auto low = budget.earliest(tier::low, now);
    const auto high = budget.earliest(tier::high, now);
    for (const auto* ch : order) {
        at = std::min(at, ch->box.deadline(settings));
        if (session.ready() && !reconnect_by)
            at = std::min(at, probe_due(*ch, now));
        if (const auto& line = ch->box.in_flight())
            at = std::min(at, line->barrier ? line->barrier_sent + settings.dead_after
                                            : line->written + settings.confirm_timeout);
        else if (const auto due = may_speak() ? channel_due(*ch) : std::nullopt)
            at = std::min(at, std::max(ch->gate.tier_of(settings) == tier::high ? high : low, *due));
    }
    return at;
}

step account::impl::next(core::time_point now) {
    housekeeping(now);
    if (!connected)
        return wait_until{std::max(next_attempt, now + shortest_wait)};
    if (auto owed = protocol_step(now))
        return std::move(*owed);
    if (auto line = line_step(now))
        return std::move(*line);
    return wait_until{std::max(deadline(now), now + shortest_wait)};
}

void account::impl::on_written(core::time_point now) {
    if (writing.where == nullptr)
        return;
    budget.on_written(now);
    writing.where->gate.on_written(now);
    writing.where->box.on_written(now);
    if (!writing.routes.empty())
        writing.where->relayed_at = now;
    if (std::exchange(writing.left, true))
        return;
    for (const auto route : writing.routes)
        ++counts[route].sent;
}

// Its slot in the budget stays taken: that is safe, and what the send log on disk says.
void account::impl::on_not_said() {
    const auto line = std::exchange(writing, {});
    if (line.where == nullptr || !line.where->box.in_flight())
        return;
    auto& ch = *line.where;
    own.on_not_said(ch.name);
    ch.gate.restore_written(line.written_before);
    ch.relayed_at = line.relayed_before;
    if (line.left)
        for (const auto route : line.routes)
            --counts[route].sent;
    if (ch.box.in_flight()->is_answer())
        ch.answers.put_back();
    ch.box.not_said(book);
    for (const auto route : line.routes)
        if (!ch.routes.contains(route))
            ch.box.drop_route(route, "route_removed", book);
    ch.box.trim(settings.backlog, book);
}

void account::on_written(core::time_point now) {
    impl_->on_written(now);
}
void account::on_not_said() {
    impl_->on_not_said();
}

}  // namespace tiktok2twitch::twitch
