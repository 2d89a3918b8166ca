// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/egress/sender.hpp"

#include <utility>

namespace tiktok2twitch::egress {

void sender::push(parts said, core::time_point now) {
    for (auto& part : said)
        account_.push(std::move(part), now);
}

// A pause that lets a minute's worth of waiting lines pass would be none, nor would a blocked word.
void sender::judge_again(const std::string& channel, core::time_point now) {
    const auto found = pipeline_.judge_again(channel, now);
    for (const auto& [reason, tickets] : found.withdrawn)
        withdraw(tickets, reason, now);
    account_.revise(found.revised, now);
}

std::vector<relay::line_recall::order> sender::remove(const std::string& tiktok, const tiktok::deletion& what,
                                                      core::time_point now) {
    pipeline_.forget_streaks(tiktok, what.user_ids, now);
    const auto removed = pipeline_.remove(tiktok, what.msg_ids, what.user_ids);
    if (!removed.empty()) {
        withdraw(removed, "deleted_on_tiktok", now);
        pipeline_.withdraw_held(removed, "deleted_on_tiktok");
    }
    return pipeline_.recall(tiktok, what.msg_ids, what.user_ids, now);
}

route_progress sender::progress(relay::route_id route) const {
    // The account knows no difference between what is said for the first time and what is said again.
    const auto again = pipeline_.routes().at(route).again.pending();
    return {account_.pending(route) + pipeline_.held(route) - again, account_.lines_sent(route),
            account_.lines_accepted(route)};
}

void sender::withdraw(const ticket_set& tickets, std::string_view reason, core::time_point now) {
    account_.withdraw([&](relay::event_ticket ticket) { return tickets.contains(ticket); }, reason, now);
}

}  // namespace tiktok2twitch::egress
