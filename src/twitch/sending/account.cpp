// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/account.hpp"

#include <algorithm>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"
#include "tiktok2twitch/twitch/sending/own_lines.hpp"

namespace tiktok2twitch::twitch {
namespace {

// A deadline that has passed and yet led to nothing must not make the shell spin.
constexpr core::duration shortest_wait = std::chrono::milliseconds(1);
constexpr unsigned unanswered_for_mute = 2;
constexpr core::duration shortest_try = std::chrono::seconds(1);

std::string lines_in(const rate& configured, tier t) {
    return std::to_string(std::min(configured.count, send_budget::elsewhere_limit(t).count));
}

}  // namespace

account::account(const options& options, std::vector<core::time_point> sent, bool cautious,
                 core::time_point now, std::uint64_t seed)
    : parts_(options),
      life_(parts_, now, seed),
      last_before_start_(sent.empty() ? std::nullopt : std::optional(sent.back())),
      sender_(parts_, std::move(sent), cautious, now) {}

// Channels and routes.

channel& account::channel_named(const std::string& name) {
    // Whoever corrects a renamed channel's name means the same channel.
    if (auto* const known = heard(name);
        known != nullptr && known->name() != name && !channels_.contains(name)) {
        auto node = channels_.extract(known->name());
        node.key() = name;
        known->silence.rename(name);
        channels_.insert(std::move(node));
        return *known;
    }
    auto& slot = channels_[name];
    if (!slot) {
        slot = std::make_unique<channel>(parts_, channels_.size(), name);
        // Which channel the last line before the start went to is not on record: it may have been this one.
        if (last_before_start_)
            slot->gate().on_written(*last_before_start_);
    }
    return *slot;
}

channel* account::find(std::string_view name) const {
    const auto found = channels_.find(name);
    return found == channels_.end() || found->second->routes.empty() ? nullptr : found->second.get();
}

channel* account::heard(std::string_view called) {
    if (auto* const same = find(called); same != nullptr && same->silence.called() == called)
        return same;
    const auto found = std::find_if(order_.begin(), order_.end(),
                                    [&](const channel* ch) { return ch->silence.called() == called; });
    return found == order_.end() ? nullptr : *found;
}

void account::add_route(relay::route_id route, std::string name, core::time_point now) {
    if (const auto old = routes_.find(route); old != routes_.end()) {
        if (old->second->name() == name)
            return;
        remove_route(route, now);
    }
    auto& ch = channel_named(name);
    if (ch.routes.empty()) {
        order_.push_back(&ch);
        ch.silence.enter(now);
    }
    ch.routes.insert(route);
    routes_[route] = &ch;
}

void account::remove_route(relay::route_id route, core::time_point) {
    const auto found = routes_.find(route);
    if (found == routes_.end())
        return;
    auto& ch = *found->second;
    ch.box.drop_route(route, "route_removed", parts_.book);
    ch.routes.erase(route);
    routes_.erase(found);
    if (!ch.routes.empty())
        return;
    std::erase(order_, &ch);
    ch.silence.leave();
    // The line in flight: its answer would come to a channel that is nobody's any more.
    settle(ch, "route_removed");
}

void account::update_options(const options& options, core::time_point now) {
    std::vector<channel*> high;
    std::copy_if(order_.begin(), order_.end(), std::back_inserter(high),
                 [](const channel* ch) { return ch->silence.is_high(); });
    life_.update(options, now);
    // twitch.vip_is_moderator was taken back: what was said as more counts for less from now on.
    for (const auto* ch : high)
        if (!ch->silence.is_high())
            sender_.budget().on_downgrade(ch->id, now);
    sender_.budget().set_limits(options.limit_normal, options.limit_moderator);
    for (auto* ch : order_)
        ch->box.trim(options.backlog, parts_.book);
}

void account::push(relay::line_part part, core::time_point now) {
    auto& book = parts_.book;
    const auto found = routes_.find(part.route);
    if (found == routes_.end())
        return book.dropped(part, "route_removed");
    if (life_.drain_deadline())
        return book.dropped(part, "shutdown");
    if (life_.fatal())
        return book.dropped(part, core::identifier(life_.fatal()));
    if (const auto& block = found->second->gate().block_state())
        return book.dropped(part, block->dropped_as);
    found->second->push(std::move(part), now);
}

void account::answer(std::string_view channel, std::string text, core::time_point now) {
    if (auto* const ch = find(channel); ch != nullptr && !ch->gate().block_state())
        ch->answers.push(std::move(text), now);
}

void account::set_slow(std::string_view channel, core::duration interval) {
    channel_named(std::string(channel)).slow = interval;  // also before its first route
}

std::size_t account::withdraw(const std::function<bool(relay::event_ticket)>& which, std::string_view reason,
                              core::time_point) {
    std::size_t total = 0;
    for (auto* ch : order_)
        total += ch->box.withdraw(which, reason, parts_.book);
    return total;
}

void account::revise(const std::vector<relay::line_part>& parts, core::time_point) {
    for (const auto& part : parts)
        for (auto* ch : order_)
            ch->box.revise(part, parts_.book);
}

void account::settle(channel& ch, std::string_view reason) {
    if (ch.settle(reason))
        use_.lines().on_unclear(ch.name());
}

void account::settle_all(std::string_view reason) {
    for (auto* ch : order_)
        settle(*ch, reason);
}

bool account::drains_dry(core::time_point now) const {
    const auto is_left = [](const channel* ch) {
        return ch->box.waiting() + ch->box.unconfirmed() > 0;
    };
    const auto& by = life_.drain_deadline();
    return by && (now >= *by || std::none_of(order_.begin(), order_.end(), is_left));
}

bool account::drained(core::time_point now) {
    if (life_.connected() || !drains_dry(now))
        return false;
    settle_all("shutdown");
    return true;
}

// What is asked from outside.

bool account::hears(std::string_view channel) const {
    const auto* const ch = find(channel);
    return ch != nullptr && life_.connected() && parts_.joins.ready(ch->silence.called());
}

std::size_t account::pending(relay::route_id route) const {
    // Over all channels: a route that was removed may still have a line in flight.
    std::size_t total = 0;
    for (const auto& [name, ch] : channels_)
        total += ch->box.count(route);
    return total;
}

std::vector<channel_status> account::channels(core::time_point now) const {
    const bool waits = life_.connected() || life_.needs_token();
    std::vector<channel_status> out;
    for (const auto* ch : order_) {
        auto& status = out.emplace_back(ch->status(now));
        if (status.state == channel_state::blocked || life_.in_rooms())
            continue;
        status.state = channel_state::offline;
        status.reason.clear();
        status.next_try = waits ? core::duration{} : std::max(life_.attempt_at(now) - now, shortest_try);
    }
    return out;
}

budget_status account::budget(core::time_point now) const {
    auto out = sender_.budget().status(now);
    out.elsewhere = use_.left(now);
    return out;
}

core::error_code account::overflow() const noexcept {
    return life_.connected() && parts_.session.overflowed() ? make_error_code(errc::server_not_reading)
                                                            : core::error_code{};
}

// The connection, and what is done next.

core::time_point account::connect_at(core::time_point now) {
    housekeeping(now);
    return life_.connect_at(now);
}

void account::on_connecting(core::time_point now) {
    housekeeping(now);
}

void account::on_connected(core::time_point now) {
    life_.on_connected(now);
    parts_.joins.reset();
    ids_seen_ = false;
}

void account::on_disconnected(core::error_code reason, core::time_point now, core::duration told_wait) {
    if (life_.connected()) {
        for (auto* ch : order_)
            ch->box.connection_lost(parts_.book);
        use_.lines().on_connection_lost();
        act_on_all(use_.decide_all(now), now);
        parts_.joins.reset();
        sender_.on_connection_lost();
        if (life_.unasked() && sender_.budget().on_closed(now))
            parts_.say(notice::severity::warning, {},
                       "Twitch closed the connection right after many lines; sending slower.");
    }
    housekeeping(now);
    life_.on_disconnected(reason, now, told_wait);
}

void account::housekeeping(core::time_point now) {
    if (use_.take_end(now))
        parts_.say(notice::severity::info, {},
                   "nobody else has used this account for ten minutes; the usual limits hold again.");
    for (auto* ch : order_)
        ch->expire(use_.in_force(now), now);  // somebody else may have spoken while we were away
}

step account::next(core::time_point now) {
    housekeeping(now);
    if (!life_.connected())
        return wait_until{std::max(life_.next_attempt(), now + shortest_wait)};
    if (auto owed = protocol_step(now))
        return std::move(*owed);
    auto line =
        life_.may_speak() ? sender_.next(order_, life_.drain_deadline().has_value(), now) : std::nullopt;
    if (!line)
        return wait_until{std::max(deadline(now), now + shortest_wait)};
    use_.lines().on_written(line->channel, line->text, now);
    return std::move(*line);
}

std::optional<step> account::protocol_step(core::time_point now) {
    auto& session = parts_.session;
    if (const auto failed = session.failure(now))
        life_.close(make_error_code(*failed));
    if (!life_.closing() && drains_dry(now)) {
        settle_all("shutdown");
        if (life_.take_quit()) {
            session.send({{}, {}, "QUIT", {"bye"}});
            return write_bytes{session.take_output()};
        }
        life_.close({});
    }
    if (life_.closing())
        return close_connection{*life_.closing()};

    if (session.ready()) {
        run_probes(now);
        run_joins(now);
        check_answers(now);
        session.keep_alive(now);
    }
    if (auto bytes = session.take_output(); !bytes.empty())
        return write_bytes{std::move(bytes)};

    const auto waits = [](const channel* ch) {
        return ch->box.in_flight().has_value();
    };
    const auto& by = life_.reconnect_by();
    if (!by || (now < *by && std::any_of(order_.begin(), order_.end(), waits)))
        return std::nullopt;
    life_.close(make_error_code(errc::server_reconnect));
    return close_connection{*life_.closing()};
}

void account::run_probes(core::time_point now) {
    for (auto* ch : order_)
        if (!life_.reconnect_by() && ch->silence.probe_due(ch->box.in_flight().has_value(), now) <= now)
            ch->silence.ask(now);
}

void account::run_joins(core::time_point now) {
    auto& joins = parts_.joins;
    for (const auto& name : joins.take_unanswered(now))
        if (auto* const ch = heard(name))
            ch->silence.on_join_unanswered(now);
    for (const auto& ready : joins.take_ready(now)) {
        auto* const ch = heard(ready.name);
        if (ch == nullptr)
            continue;
        if (!ready.saw_user_state)
            set_role(*ch, role::ordinary, now);  // nothing says that we are more
        ch->silence.on_joined(now);
    }
    while (!life_.reconnect_by()) {
        const auto name = joins.next(parts_.settings.join_timeout, now);
        if (!name)
            break;
        parts_.session.send({{}, {}, "JOIN", {"#" + *name}});
    }
}

void account::check_answers(core::time_point now) {
    for (auto* ch : order_) {
        const auto& line = ch->box.in_flight();
        if (!line)
            continue;
        if (!line->barrier && now >= line->written + parts_.settings.confirm_timeout)
            ch->box.set_barrier(parts_.session.send_ping(now), now);
        else if (line->barrier && now >= line->barrier_sent + parts_.settings.dead_after)
            unanswered(*ch, now);
    }
}

core::time_point account::deadline(core::time_point now) const {
    auto at = std::min(parts_.session.deadline(), life_.deadline());
    const bool ready = parts_.session.ready();
    if (ready)
        at = std::min(at, parts_.joins.deadline(now));
    for (const auto* ch : order_) {
        const auto& line = ch->box.in_flight();
        at = std::min(at, ch->box.deadline(parts_.settings));
        if (ready && !life_.reconnect_by())
            at = std::min(at, ch->silence.probe_due(line.has_value(), now));
        if (line)
            at = std::min(at, line->barrier ? line->barrier_sent + parts_.settings.dead_after
                                            : line->written + parts_.settings.confirm_timeout);
    }
    return life_.may_speak() ? std::min(at, sender_.deadline(order_, now)) : at;
}

void account::on_not_said() {
    if (const auto* const ch = sender_.on_not_said())
        use_.lines().on_not_said(ch->name());
}

void account::ask_now(std::string_view channel, core::time_point now) {
    for (auto* ch : order_)
        if (channel.empty() || ch->name() == channel)
            ch->silence.ask_now(now);
}

void account::on_invisible(std::string_view channel, core::time_point now) {
    if (auto* const ch = find(channel))
        ch->silence.on_invisible(now);
}

void account::on_channel_known(std::string_view channel, const channel_finding& found, core::time_point now) {
    auto* const ch = find(channel);
    if (ch != nullptr && ch->silence.on_known(found, heard(found.called) != nullptr, now))
        ch->drop_all(ch->gate().block_state()->dropped_as);
}

// What the server says, and what follows from it.

void account::on_line(std::string_view line, core::time_point now) {
    if (!life_.connected())
        return;
    const auto event = parts_.session.on_line(line, now);
    std::visit([&](const auto& e) { handle(e, now); }, event);
}

void account::fail(errc reason) {
    life_.fail(reason);
    settle_all(core::identifier(life_.fatal()));
}

void account::handle(const session_failed& event, core::time_point) {
    if (!life_.on_login_failed(event.reason))
        return;
    fail(event.reason);
    parts_.say(notice::severity::error, {}, core::explain(life_.fatal()));
}

void account::set_role(channel& ch, role rank, core::time_point now) {
    if (ch.silence.on_role(rank, now))
        sender_.budget().on_downgrade(ch.id, now);
}

void account::handle(const user_state& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    if (ch == nullptr)
        return answer_to_nobody(event, now);
    set_role(*ch, event.rank, now);
    if (parts_.joins.on_user_state(event.channel, now))
        return;
    if (!ch->box.in_flight() || use_.lines().is_foreign(event.id))
        return answer_to_nobody({ch->name(), event.rank, event.id}, now);
    ids_seen_ = ids_seen_ || !event.id.empty();
    ch->without_id = event.id.empty();
    if (ids_seen_ && event.id.empty())
        return;  // answers something else, such as a late JOIN
    accepted(*ch, event.id, now);
}

void account::accepted(channel& ch, const std::string& line_id, core::time_point now) {
    const auto& line = *ch.box.in_flight();
    note_delivery(ch, line, line_id);
    sender_.on_accepted(line);
    ch.pace.on_line(line, now);
    ch.box.accepted(now, parts_.book);
    use_.lines().on_accepted(ch.name(), line_id == no_line_id ? std::string() : line_id);
    sender_.budget().on_accepted();
    ch.silence.on_accepted(now);
    act_on_all(use_.decide(ch.name(), now), now);
}

void account::unanswered(channel& ch, core::time_point now) {
    ch.box.unanswered(parts_.book);
    use_.lines().on_unclear(ch.name());
    act_on_all(use_.decide(ch.name(), now), now);
    // It was answered after all, if the server has ceased to give ids: what comes next will tell.
    if (std::exchange(ch.without_id, false))
        ids_seen_ = false;
    if (ch.box.unanswered_in_a_row() >= unanswered_for_mute)
        ch.silence.on_unanswered(now);
}

void account::note_delivery(const channel& ch, const flight& line, const std::string& line_id) {
    if (!line.is_answer())
        deliveries_.push({ch.name(), line_id, line.tickets()});
}

void account::handle(const room_state& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    if (ch == nullptr)
        return;
    ch->silence.on_room_state(event, now);
    parts_.joins.on_room_state(event.channel, now);
}

void account::handle(const room_notice& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    if (ch == nullptr || event.msg_id.empty())
        return;
    const auto rule = rule_for(event.msg_id);
    const auto end = ch->on_notice(rule, event, sender_.budget(), now);
    if (rule.what == reaction::fatal)
        fail(errc::account_suspended);
    if (end == line_end::accepted) {
        accepted(*ch, {}, now);
    } else if (end != line_end::none) {
        if (end == line_end::unclear)
            use_.lines().on_unclear(ch->name());
        else
            use_.lines().on_refused(ch->name());
        act_on_all(use_.decide(ch->name(), now), now);
    }
    ch->silence.tell(rule, event.text, now);
}

void account::handle(const channel_chat& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    const auto& name = ch == nullptr ? event.channel : ch->name();
    if (event.own)
        read({name, event.id, event.text, event.trusted, event.shared}, own_lines::reader::speaker, now);
    if (event.shared || ch == nullptr)
        return;
    if (!event.own && ch->other.on_read(event.text, false, now))
        ch->tell_other_relay(event.login, now);
    const auto& word = parts_.settings.command_word;
    if (starts_with_word(event.text, word) && (!event.own || only_people_say(word)))
        chat_.push({name, event.login, event.text, event.trusted});
}

void account::handle(const own_line_cleared& event, core::time_point) {
    if (const auto* const ch = heard(event.channel))
        cleared_.push({ch->name(), event.line_id});
}

void account::handle(const own_clear& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    if (ch == nullptr)
        return;
    const auto rule = rule_for(event.duration ? "msg_timedout" : "msg_banned");
    if (event.duration)
        ch->silence.time_out(*event.duration, now);
    else
        ch->stop(rule, true, now);
    ch->silence.tell(rule, {}, now);
}

void account::handle(const own_part& event, core::time_point now) {
    const bool by_ourselves = parts_.joins.on_part(event.channel);
    auto* const ch = heard(event.channel);
    if (by_ourselves || ch == nullptr)
        return;
    parts_.joins.forget(event.channel);
    const auto rule = rule_for("msg_banned");  // how a ban looks to those who are in the room
    ch->stop(rule, true, now);
    ch->silence.tell(rule, {}, now);
}

void account::handle(const pong& event, core::time_point now) {
    for (auto* ch : order_)
        if (const auto& line = ch->box.in_flight(); line && line->barrier && *line->barrier <= event.token)
            unanswered(*ch, now);
}

// What others say as this account: people who are logged in as it, and other relays.

void account::on_own_line(const own_sighting& seen, core::time_point now) {
    read(seen, own_lines::reader::listener, now);
}

void account::read(const own_sighting& seen, own_lines::reader who, core::time_point now) {
    if (const auto found = use_.read(seen, who, now))
        act_on(*found, now);
}

void account::act_on(const account_use::finding& found, core::time_point now) {
    if (found.what == own_lines::origin::late_echo)
        line_arrived(found.seen, now);
    else if (found.what == own_lines::origin::elsewhere)
        said_elsewhere(found.seen, now);
    else if (auto* const ch = found.seen.shared ? nullptr : find(found.seen.channel);
             ch != nullptr && found.what == own_lines::origin::known)
        ch->on_said_elsewhere(found.seen.text, now);
}

void account::act_on_all(const std::vector<account_use::finding>& found, core::time_point now) {
    for (const auto& each : found)
        act_on(each, now);
}

// A line that was lost with its connection: it was said, only later than we thought.
void account::line_arrived(const own_sighting& seen, core::time_point now) {
    auto* const ch = find(seen.channel);
    if (ch == nullptr)
        return;
    ch->gate().on_written(now);
    const auto& line = ch->box.to_resend();
    if (!line || shown_text(line->text) != shown_text(seen.text))
        return;
    note_delivery(*ch, *line, seen.id);
    sender_.on_accepted(*line);
    ch->box.resend_was_seen(now, parts_.book);
}

// A USERSTATE that carries the id of a line, and none of ours waits for it.
void account::answer_to_nobody(const user_state& event, core::time_point now) {
    if (event.id.empty() ||
        use_.lines().judge_answer(event.channel, event.id, now) != own_lines::origin::elsewhere)
        return;
    const bool high = event.rank == role::moderator || event.rank == role::broadcaster;
    said_elsewhere({event.channel, event.id, {}, high, false}, now);
}

void account::said_elsewhere(const own_sighting& seen, core::time_point now) {
    // In a shared chat it was said in another channel, and only shown in this one.
    auto* const ch = seen.shared ? nullptr : find(seen.channel);
    const bool high = ch != nullptr ? ch->silence.is_high() : seen.high_tier;
    sender_.on_foreign(ch, high ? tier::high : tier::low, now);
    const bool news = use_.on_elsewhere(now);
    sender_.budget().expect_foreign(use_.until());
    const auto& settings = parts_.settings;
    if (news)
        parts_.say(notice::severity::warning, {},
                   "this account is also used elsewhere: somebody wrote as " + core::repair_utf8(login()) +
                       " in #" + core::repair_utf8(seen.channel) +
                       ". Twitch counts that as the bot's, in channels where the relay does not see it as "
                       "well. Until ten minutes after the last such line the relay says at most " +
                       lines_in(settings.limit_normal, tier::low) + " lines in 32 s (as a moderator " +
                       lines_in(settings.limit_moderator, tier::high) +
                       "), those included. A bot account that nobody else uses costs nothing.");
    if (ch != nullptr)
        ch->on_said_elsewhere(seen.text, now);
}

}  // namespace tiktok2twitch::twitch
