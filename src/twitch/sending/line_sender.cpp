// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/line_sender.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/twitch/irc/codec.hpp"

namespace tiktok2twitch::twitch {
namespace {

std::set<relay::route_id> routes_of(const flight& line) {
    std::set<relay::route_id> out;
    for (const auto& item : line.parts)
        out.insert(item.part.route);
    return out;
}

}  // namespace

line_sender::line_sender(account_parts& account, std::vector<core::time_point> sent, bool cautious,
                         core::time_point now)
    : account_(account),
      budget_(account.settings.limit_normal, account.settings.limit_moderator, std::move(sent), cautious,
              now) {}

std::optional<write_line> line_sender::next(std::vector<channel*>& order, bool hurry, core::time_point now) {
    const auto open = openings_at(now);
    // Answers to moderators go first, but not twice in a row: the moderators of one channel must not use up
    // the budget of all others.
    for (const bool answers_only : {true, false}) {
        for (std::size_t i = 0; i < order.size() && !(answers_only && answered_last_); ++i) {
            auto& ch = *order[i];
            if (answers_only && !ch.answers_next())
                continue;
            const auto due = ch.due();
            if (!due || open.of(ch, *due) > now)
                continue;
            const auto* const line = ch.compose(hurry, now);
            if (line == nullptr)
                continue;
            // Whoever spoke goes to the end: a channel with many slots must not decide who is next.
            std::rotate(order.begin() + static_cast<std::ptrdiff_t>(i),
                        order.begin() + static_cast<std::ptrdiff_t>(i) + 1, order.end());
            answered_last_ = answers_only;
            return launch(ch, *line, now);
        }
    }
    return std::nullopt;
}

write_line line_sender::launch(channel& ch, const flight& line, core::time_point now) {
    writing_ = {&ch, routes_of(line), false, ch.gate().written(), ch.relayed_at};
    ch.without_id = false;
    budget_.on_send(ch.id, ch.gate().tier_of(account_.settings), now);
    ch.gate().on_written(now);
    if (!line.parts.empty())
        ch.relayed_at = now;
    return {encode_privmsg(ch.silence.called(), line.text), ch.name(), line.text, line.tickets()};
}

core::time_point line_sender::deadline(const std::vector<channel*>& order, core::time_point now) const {
    auto at = core::time_point::max();
    const auto open = openings_at(now);
    for (const auto* ch : order)
        if (const auto due = ch->box.in_flight() ? std::nullopt : ch->due())
            at = std::min(at, open.of(*ch, *due));
    return at;
}

void line_sender::on_written(core::time_point now) {
    if (writing_.where == nullptr)
        return;
    budget_.on_written(now);
    writing_.where->gate().on_written(now);
    writing_.where->box.on_written(now);
    if (!writing_.routes.empty())
        writing_.where->relayed_at = now;
    if (std::exchange(writing_.left, true))
        return;
    for (const auto route : writing_.routes)
        ++counts_[route].sent;
}

// Its slot in the budget stays taken: that is safe, and what the send log on disk says.
channel* line_sender::on_not_said() {
    const auto line = std::exchange(writing_, {});
    if (line.where == nullptr || !line.where->box.in_flight())
        return nullptr;
    auto& ch = *line.where;
    ch.gate().restore_written(line.written_before);
    ch.relayed_at = line.relayed_before;
    if (line.left)
        for (const auto route : line.routes)
            --counts_[route].sent;
    if (ch.box.in_flight()->is_answer())
        ch.answers.put_back();
    ch.box.not_said(account_.book);
    for (const auto route : line.routes)
        if (!ch.routes.contains(route))
            ch.box.drop_route(route, "route_removed", account_.book);
    ch.box.trim(account_.settings.backlog, account_.book);
    return &ch;
}

void line_sender::on_accepted(const flight& line) {
    for (const auto route : routes_of(line))
        ++counts_[route].accepted;
}

void line_sender::on_foreign(channel* where, tier rank, core::time_point now) {
    budget_.on_foreign(where != nullptr ? where->id : 0, rank, now);
    if (where == nullptr)
        return;
    where->gate().on_written(now);
    if (writing_.where == where)
        writing_.written_before = now;
}

line_sender::line_counts line_sender::counts(relay::route_id route) const {
    const auto found = counts_.find(route);
    return found == counts_.end() ? line_counts{} : found->second;
}

}  // namespace tiktok2twitch::twitch
