// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What people type in our channels, the answers to it, and what is taken back.

#include <algorithm>
#include <iterator>
#include <utility>

#include "twitch/account_impl.hpp"
#include "twitch/command_word.hpp"

namespace tiktok2twitch::twitch {

namespace {

// For a caller that does not collect for a while: all are normally taken after every line.
constexpr std::size_t most_chat = 100;
constexpr std::size_t most_deliveries = 1000;
constexpr std::size_t most_cleared = 1000;

template <class T>
void push_bounded(std::deque<T>& queue, T item, std::size_t most) {
    if (queue.size() >= most)
        queue.pop_front();
    queue.push_back(std::move(item));
}

template <class T>
std::vector<T> take_all(std::deque<T>& queue) {
    std::vector<T> out(std::make_move_iterator(queue.begin()), std::make_move_iterator(queue.end()));
    queue.clear();
    return out;
}

}  // namespace

void account::impl::handle(const channel_chat& event, core::time_point now) {
    auto* const ch = heard(event.channel);
    const auto& name = ch == nullptr ? event.channel : ch->name;
    if (event.own)
        own_line_seen({name, event.id, event.text, event.trusted, event.shared}, own_lines::reader::speaker,
                      now);
    if (event.shared || ch == nullptr)
        return;
    if (!event.own && ch->twin.on_read(event.text, false, now))
        tell_twin(*ch, event.login, now);
    if (!starts_with_word(event.text, settings.command_word))
        return;
    if (event.own && !only_people_say(settings.command_word))
        return;
    push_bounded(chat, {ch->name, event.login, event.text, event.trusted}, most_chat);
}

void account::impl::handle(const own_line_cleared& event, core::time_point) {
    if (const auto* const ch = heard(event.channel))
        push_bounded(cleared, {ch->name, event.line_id}, most_cleared);
}

void account::impl::note_delivery(const channel& ch, const flight& line, const std::string& line_id) {
    delivery out{ch.name, line_id, {}};
    for (const auto& item : line.parts) {
        out.tickets.push_back(item.part.ticket);
        for (const auto& other : item.others)
            out.tickets.push_back(other.ticket);
    }
    if (!out.tickets.empty())
        push_bounded(deliveries, std::move(out), most_deliveries);
}

std::size_t account::impl::withdraw(const std::function<bool(relay::event_ticket)>& which,
                                    std::string_view reason) {
    std::size_t total = 0;
    for (auto* ch : order)
        total += ch->box.withdraw(which, reason, book);
    return total;
}

bool account::impl::answers_next(const channel& ch) const {
    return !ch.answers.empty() && ch.box.may_answer();
}

std::optional<core::time_point> account::impl::channel_due(const channel& ch) const {
    if (ch.gate.block_state() || !joins.ready(ch.called))
        return std::nullopt;
    const auto at = ch.gate.earliest(settings);
    if (answers_next(ch))
        return at;
    if (!ch.box.wants_to_send())
        return std::nullopt;
    // A line that is sent again has had its turn.
    const bool again = !ch.box.may_answer();
    return again || !ch.relayed_at ? at : std::max(at, *ch.relayed_at + ch.slow);
}

void account::answer(std::string_view channel, std::string text, core::time_point now) {
    if (auto* const ch = impl_->find(channel); ch != nullptr && !ch->gate.block_state())
        ch->answers.push(std::move(text), now);
}

void account::set_slow(std::string_view channel, core::duration interval) {
    impl_->channel_named(std::string(channel)).slow = interval;  // also before its first route
}

std::size_t account::withdraw(const std::function<bool(relay::event_ticket)>& which, std::string_view reason,
                              core::time_point) {
    return impl_->withdraw(which, reason);
}

void account::revise(const std::vector<relay::line_part>& parts, core::time_point) {
    for (const auto& part : parts)
        for (auto* ch : impl_->order)
            ch->box.revise(part, impl_->book);
}

std::vector<chat_message> account::take_chat() {
    return take_all(impl_->chat);
}

std::vector<delivery> account::take_deliveries() {
    return take_all(impl_->deliveries);
}

std::vector<cleared_line> account::take_cleared() {
    return take_all(impl_->cleared);
}

std::vector<doubted_channel> account::take_doubts() {
    return take_all(impl_->doubts);
}

}  // namespace tiktok2twitch::twitch
