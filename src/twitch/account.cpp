// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/account.hpp"

#include <algorithm>
#include <utility>

#include "twitch/account_impl.hpp"

namespace tiktok2twitch::twitch {

account::impl::impl(const twitch::options& options, std::vector<core::time_point> sent, bool cautious,
                    core::time_point now, std::uint64_t seed)
    : settings(options),
      retry(core::backoff::options{}, seed),  // 0, 1, 2, 4 ... 60 s, +- 20 % (twitch.md 8.1)
      last_before_start(sent.empty() ? std::nullopt : std::optional(sent.back())),
      budget(options.limit_normal, options.limit_moderator, std::move(sent), cautious, now),
      changed_at(now),
      next_attempt(now) {}

channel& account::impl::channel_named(const std::string& name) {
    // Whoever corrects a renamed channel's name means the same channel.
    if (auto* const known = heard(name);
        known != nullptr && known->name != name && !channels.contains(name)) {
        auto node = channels.extract(known->name);
        node.key() = known->name = name;
        channels.insert(std::move(node));
        return *known;
    }
    auto& slot = channels[name];
    if (!slot) {
        slot = std::make_unique<channel>();
        slot->id = channels.size();
        slot->name = slot->called = name;
        // Which channel the last line before the start went to is not on record: it may have been this one.
        if (last_before_start)
            slot->gate.on_written(*last_before_start);
    }
    return *slot;
}

channel* account::impl::find(std::string_view name) {
    const auto found = channels.find(name);
    return found == channels.end() || found->second->routes.empty() ? nullptr : found->second.get();
}

channel* account::impl::heard(std::string_view called) {
    if (auto* const same = find(called); same != nullptr && same->called == called)
        return same;
    const auto found =
        std::find_if(order.begin(), order.end(), [&](const channel* ch) { return ch->called == called; });
    return found == order.end() ? nullptr : *found;
}

void account::impl::add_route(relay::route_id route, std::string name, core::time_point now) {
    if (const auto old = routes.find(route); old != routes.end()) {
        if (old->second->name == name)
            return;
        remove_route(route);
    }
    auto& ch = channel_named(name);
    if (ch.routes.empty()) {
        order.push_back(&ch);
        if (ch.gate.block_state())
            ch.probe.ask_now(now);
        else
            joins.add(ch.called);
    }
    ch.routes.insert(route);
    routes[route] = &ch;
}

void account::impl::remove_route(relay::route_id route) {
    const auto found = routes.find(route);
    if (found == routes.end())
        return;
    auto& ch = *found->second;
    ch.box.drop_route(route, "route_removed", book);
    ch.routes.erase(route);
    routes.erase(found);
    if (!ch.routes.empty())
        return;
    std::erase(order, &ch);
    leave(ch);
    ch.box.drop_waiting("route_removed", book);
    ch.answers.clear();
    // The line in flight: its answer would come to a channel that is nobody's any more.
    if (ch.box.in_flight()) {
        ch.box.refused("unknown", book);
        own.on_unclear(ch.name);
    }
}

void account::impl::leave(channel& ch) {
    ch.asked = false;
    if (joins.remove(ch.called) && connected)
        session.send({{}, {}, "PART", {"#" + ch.called}});
}

void account::impl::push(relay::line_part part, core::time_point now) {
    const auto found = routes.find(part.route);
    if (found == routes.end())
        return book.dropped(part, "route_removed");
    if (drain_deadline)
        return book.dropped(part, "shutdown");
    if (fatal)
        return book.dropped(part, core::identifier(fatal));
    auto& ch = *found->second;
    if (const auto& block = ch.gate.block_state())
        return book.dropped(part, block->dropped_as);
    ch.box.expire(settings, now, book);
    if (ch.twin.on_given(part, now))
        tell_twin(ch, {}, now);
    ch.box.push(std::move(part), settings, book);
}

void account::impl::update(const twitch::options& options, core::time_point now) {
    const bool new_login = options.token != settings.token || options.login != settings.login;
    const bool needed_token = needs_token();
    std::vector<channel*> high;
    for (auto* ch : order)
        if (ch->gate.tier_of(settings) == tier::high)
            high.push_back(ch);
    settings = options;
    // twitch.vip_is_moderator was taken back: what was said as more counts for less from now on.
    for (auto* ch : high)
        if (ch->gate.tier_of(settings) == tier::low)
            budget.on_downgrade(ch->id, now);
    token_refused = token_refused && !new_login;
    if (needed_token && !needs_token())
        next_attempt = now;
    budget.set_limits(options.limit_normal, options.limit_moderator);
    for (auto* ch : order)
        ch->box.trim(options.backlog, book);
    if (new_login && fatal) {
        fatal = {};
        next_attempt = now;
    }
}

void account::impl::retry_login(core::time_point now) {
    if (std::exchange(token_refused, false))
        next_attempt = now;
}

bool account::impl::anything_left() const {
    return std::any_of(order.begin(), order.end(),
                       [](const channel* ch) { return ch->box.waiting() + ch->box.unconfirmed() > 0; });
}

void account::impl::settle_rest(std::string_view reason) {
    for (auto* ch : order) {
        ch->box.drop_waiting(reason, book);
        ch->answers.clear();
        if (ch->box.in_flight()) {
            ch->box.refused("unknown", book);
            own.on_unclear(ch->name);
        }
    }
}

channel_status account::impl::status_of(const channel& ch, core::time_point now) const {
    channel_status out;
    out.channel = ch.name;
    out.high_tier = ch.gate.tier_of(settings) == tier::high;
    out.slow_mode = ch.gate.rank() == role::ordinary ? ch.gate.slow_mode() : std::chrono::seconds(0);
    out.waiting = ch.box.waiting();
    out.in_flight = ch.box.unconfirmed();
    if (const auto oldest = ch.box.oldest_waiting())
        out.oldest_waiting = std::max(now - *oldest, core::duration{});
    ch.pace.describe(out, now);
    out.other_relay = ch.twin.seen(now);
    if (ch.called != ch.name)
        out.called = ch.called;
    auto next = next_try(ch, now);
    const auto* const hold = ch.gate.standing(now);
    if (const auto& block = ch.gate.block_state()) {
        out.state = channel_state::blocked;
        out.reason = block->reason;
    } else if (!connected || !session.ready()) {
        out.state = channel_state::offline;
        next = connected || needs_token() ? std::nullopt
                                          : std::optional(std::max(next_attempt, logins.earliest(now)));
    } else if (hold != nullptr) {
        out.state = channel_state::paused;
        out.reason = hold->reason;
    } else if (!joins.ready(ch.called)) {
        out.state = channel_state::joining;
    } else {
        out.state = channel_state::ready;
    }
    if (next)
        out.next_try = std::max<core::duration>(*next - now, std::chrono::seconds(1));
    return out;
}

connection_status account::impl::connection_of(core::time_point now) const {
    connection_status out;
    out.online = connected && session.welcomed();
    out.since = now - changed_at;
    if (!out.online && away_reason)
        out.cause = away_reason.message();
    if (!connected && !needs_token())
        out.next_try = std::max(std::max(next_attempt, logins.earliest(now)) - now, core::duration{});
    return out;
}

account::account(const options& options, std::vector<core::time_point> sent, bool cautious,
                 core::time_point now, std::uint64_t seed)
    : impl_(std::make_unique<impl>(options, std::move(sent), cautious, now, seed)) {}
account::account(account&&) noexcept = default;
account::~account() = default;

void account::add_route(relay::route_id route, std::string channel, core::time_point now) {
    impl_->add_route(route, std::move(channel), now);
}
void account::remove_route(relay::route_id route, core::time_point) {
    impl_->remove_route(route);
}
void account::update_options(const options& options, core::time_point now) {
    impl_->update(options, now);
}
void account::push(relay::line_part part, core::time_point now) {
    impl_->push(std::move(part), now);
}

core::time_point account::connect_at(core::time_point now) {
    impl_->housekeeping(now);
    if (impl_->needs_token())
        return core::time_point::max();
    return std::max(impl_->next_attempt, impl_->logins.earliest(now));
}
void account::on_connecting(core::time_point now) {
    impl_->housekeeping(now);
}
void account::on_connected(core::time_point now) {
    impl_->on_connected(now);
}
void account::on_line(std::string_view line, core::time_point now) {
    if (!impl_->connected)
        return;
    const auto event = impl_->session.on_line(line, now);
    std::visit([&](const auto& e) { impl_->handle(e, now); }, event);
}
core::error_code account::overflow() const noexcept {
    return impl_->connected && impl_->session.overflowed() ? make_error_code(errc::server_not_reading)
                                                           : core::error_code{};
}
void account::on_disconnected(core::error_code reason, core::time_point now, core::duration told_wait) {
    impl_->on_disconnected(reason, now, told_wait);
}
void account::on_invisible(std::string_view channel, core::time_point now) {
    if (auto* const ch = impl_->find(channel))
        impl_->invisible(*ch, now);
}

void account::ask_now(std::string_view channel, core::time_point now) {
    impl_->ask_now(channel, now);
}

void account::on_channel_known(std::string_view channel, const channel_finding& found, core::time_point now) {
    if (auto* const ch = impl_->find(channel))
        impl_->channel_known(*ch, found, now);
}

step account::next(core::time_point now) {
    return impl_->next(now);
}

void account::drain(core::time_point deadline, core::time_point) {
    impl_->drain_deadline = deadline;
}
std::optional<core::time_point> account::draining_until() const noexcept {
    return impl_->drain_deadline;
}
bool account::drained(core::time_point now) {
    if (impl_->connected || !impl_->drained(now))
        return false;
    impl_->settle_rest("shutdown");
    return true;
}

bool account::needs_token() const noexcept {
    return impl_->needs_token();
}
void account::retry_login(core::time_point now) {
    impl_->retry_login(now);
}
core::error_code account::fatal() const noexcept {
    return impl_->fatal;
}
std::vector<relay::settlement> account::take_settlements() {
    return impl_->book.take();
}
std::vector<notice> account::take_notices() {
    return std::exchange(impl_->notices, {});
}

bool account::hears(std::string_view channel) const {
    const auto* const ch = impl_->find(channel);
    return ch != nullptr && impl_->connected && impl_->joins.ready(ch->called);
}

std::size_t account::pending(relay::route_id route) const {
    // Over all channels: a route that was removed may still have a line in flight.
    std::size_t total = 0;
    for (const auto& [name, ch] : impl_->channels)
        total += ch->box.count(route);
    return total;
}

std::vector<channel_status> account::channels(core::time_point now) const {
    std::vector<channel_status> out;
    for (const auto* ch : impl_->order)
        out.push_back(impl_->status_of(*ch, now));
    return out;
}

budget_status account::budget(core::time_point now) const {
    auto out = impl_->budget.status(now);
    out.elsewhere = impl_->elsewhere.left(now);
    return out;
}

connection_status account::connection(core::time_point now) const {
    return impl_->connection_of(now);
}

std::uint64_t account::lines_sent(relay::route_id route) const {
    const auto found = impl_->counts.find(route);
    return found == impl_->counts.end() ? 0 : found->second.sent;
}
std::uint64_t account::lines_accepted(relay::route_id route) const {
    const auto found = impl_->counts.find(route);
    return found == impl_->counts.end() ? 0 : found->second.accepted;
}
const std::string& account::login() const noexcept {
    return impl_->login();
}
bool account::online() const noexcept {
    return impl_->connected && impl_->session.welcomed();
}

}  // namespace tiktok2twitch::twitch
