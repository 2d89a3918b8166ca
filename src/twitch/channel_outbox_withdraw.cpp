// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Taking back what was pushed but not yet said.

#include <algorithm>
#include <utility>

#include "twitch/channel_outbox.hpp"

namespace tiktok2twitch::twitch {

namespace {

using ticket_test = std::function<bool(relay::event_ticket)>;

std::vector<relay::event_ticket> tickets_in(const flight& line, const ticket_test& which) {
    std::vector<relay::event_ticket> found;
    const auto look = [&](relay::event_ticket ticket) {
        if (which(ticket))
            found.push_back(ticket);
    };
    for (const auto& item : line.parts) {
        look(item.part.ticket);
        for (const auto& other : item.others)
            look(other.ticket);
    }
    return found;
}

// The next one speaks for those that are folded into it. They say the same: the text may stay.
void promote(waiting_part& item) {
    auto next = std::move(item.others.front());
    item.others.erase(item.others.begin());
    item.part.ticket = next.ticket;
    item.part.author_id = next.author_id;
    item.part.name = std::move(next.name);
    item.part.body = std::move(next.body);
}

// True when nothing of it is left.
bool withdraw_from(waiting_part& item, const ticket_test& which, std::string_view reason, ledger& out) {
    std::erase_if(item.others, [&](const folded_event& other) {
        if (!which(other.ticket))
            return false;
        out.dropped(other.ticket, other.route, reason);
        return true;
    });
    if (!which(item.part.ticket))
        return false;
    out.dropped(item.part, reason);
    if (item.others.empty())
        return true;
    promote(item);
    return false;
}

}  // namespace

std::size_t channel_outbox::withdraw(const ticket_test& which, std::string_view reason, ledger& out) {
    const auto before = waiting();
    std::deque<waiting_part> kept;
    for (auto& item : waiting_)
        if (!withdraw_from(item, which, reason, out))
            kept.push_back(std::move(item));
    waiting_ = std::move(kept);
    if (flight_) {
        const auto found = tickets_in(*flight_, which);
        for (const auto ticket : found)
            flight_->recalled.push_back({ticket, std::string(reason)});
    }
    if (resend_ && !tickets_in(*resend_, which).empty())
        give_up_resend(out);
    return before - waiting();
}

void channel_outbox::revise(const relay::line_part& fresh, ledger& out) {
    const auto same = [&](relay::event_ticket ticket) {
        return ticket == fresh.ticket;
    };
    for (auto& item : waiting_) {
        if (same(item.part.ticket)) {
            item.part.body = fresh.body;
            item.part.name = fresh.name;
            item.part.text = fresh.text;
            item.part.fold_key = fresh.fold_key;
            item.shortened = false;
        }
        for (auto& other : item.others) {
            if (!same(other.ticket))
                continue;
            other.name = fresh.name;
            other.body = fresh.body;
        }
    }
    if (flight_ && !tickets_in(*flight_, same).empty())
        flight_->revised.push_back(fresh);
    if (resend_ && !tickets_in(*resend_, same).empty())
        give_up_resend(out);
}

// A line that was refused waits again: without those that were taken back while it was in flight, and in the
// words that hold since.
void channel_outbox::take_back_recalled(const flight& line, ledger& out) {
    for (const auto& part : line.revised)
        revise(part, out);
    for (const auto& recalled : line.recalled)
        withdraw([&](relay::event_ticket ticket) { return ticket == recalled.ticket; }, recalled.reason, out);
}

}  // namespace tiktok2twitch::twitch
