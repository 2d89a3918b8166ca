// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What is under way when the rules change.

#include <unordered_map>
#include <utility>

#include "app/passed_event.hpp"
#include "tiktok2twitch/app/pipeline.hpp"

namespace tiktok2twitch::app {

using kind = relay::verdict::kind;

pipeline::second_judgement pipeline::judge_again(const std::string& channel, core::time_point now) {
    std::unordered_map<relay::event_ticket, relay::held_part*> held;
    holds_.for_each(channel, [&held](relay::held_part& part) { held.emplace(part.part.ticket, &part); });
    second_judgement out;
    for (auto& [ticket, open] : open_) {
        const auto route = active_.find(open.route);
        if (route == active_.end() || routes_.at(open.route).channel != channel)
            continue;
        const auto found = held.find(ticket);
        judge_again(ticket, open, route->second, found == held.end() ? nullptr : found->second, out, now);
    }
    // What is held is in nobody else's hands.
    for (const auto& part : holds_.remove([this](const relay::line_part& part) {
             const auto found = open_.find(part.ticket);
             return found != open_.end() && !found->second.filtered_as.empty();
         })) {
        const auto reason = open_.at(part.ticket).filtered_as;
        settle_held(part, relay::outcome::filtered, reason);
    }
    return out;
}

void pipeline::judge_again(relay::event_ticket ticket, open_event& open, const active_route& route,
                           relay::held_part* held, second_judgement& out, core::time_point now) {
    const auto withdraw = [&](std::string_view reason) {
        open.filtered_as = reason;
        open.hold_until.reset();
        if (held == nullptr)
            out.withdrawn[open.filtered_as].insert(ticket);
    };
    auto event = without_marks(open.said, route.policy.formatter);
    event.from.unique_id = open.author;  // what rules about users name
    const auto& channel = routes_.at(open.route).channel;
    if (const auto closed = gate_ ? gate_(channel, event) : std::string_view{}; !closed.empty())
        return withdraw(closed);
    auto verdict = route.policy.filter.judge_again(event);
    if (verdict.what == kind::drop)
        return withdraw(verdict.reason);
    const auto before = std::exchange(open.said, shortened(passed(event, verdict, route.policy.formatter)));
    // A line that waits since a template showed it may still do so.
    open.shows_handle |= verdict.shows_handle;
    const bool changed = before.text != open.said.text || before.from.nickname != open.said.from.nickname ||
                         (open.shows_handle && before.from.unique_id != open.said.from.unique_id);
    auto part = compose(open.route, route, open.said, ticket, verdict);
    if (!part)
        return withdraw("empty");
    if (verdict.what == kind::drop)
        return withdraw(verdict.reason);
    const bool for_one_more_reason = count_changes(open, verdict.changes);  // be it the line's as a whole
    if (!changed && !for_one_more_reason)
        part.reset();
    const bool hold = verdict.what == kind::hold && !open.approved;
    if (held != nullptr) {
        if (part)
            held->part = std::move(*part);
        if (hold && held->release_after) {
            holds_.ask(*held, now + verdict.wait);
            count_hold(open, verdict.reason);
            explain(open, judgement::kind::held, open.held_for, held->number);
        }
    } else if (hold) {
        open.hold_until = now + verdict.wait;
        open.hold_reason = verdict.reason;
        out.withdrawn[std::string(held_again)].insert(ticket);
    } else if (part) {
        out.revised.push_back(std::move(*part));
    }
}

// Given up by the account because a moderator is to decide about it.
bool pipeline::hold_again(open_event& open, const relay::settlement& settlement) {
    const auto route = active_.find(open.route);
    if (settlement.result != relay::outcome::dropped || settlement.reason != held_again || !open.hold_until ||
        route == active_.end())
        return false;
    const auto until = *std::exchange(open.hold_until, std::nullopt);
    relay::verdict judged;  // it waits for a moderator anyway
    auto part = compose(open.route, route->second, open.said, settlement.ticket, judged);
    if (!part)
        return false;
    count_hold(open, std::move(open.hold_reason));
    const auto number = hold(std::move(*part), until, false);
    explain(open, judgement::kind::held, open.held_for, number);
    return true;
}

}  // namespace tiktok2twitch::app
