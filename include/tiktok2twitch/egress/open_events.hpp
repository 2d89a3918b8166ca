// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The events that are under way: handed to the account under a ticket, or held here, and not settled yet.
// Counts what becomes of them. Pure. Works for the pipeline, whose header says what its functions do.

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/egress/explain.hpp"
#include "tiktok2twitch/egress/judge.hpp"
#include "tiktok2twitch/egress/routes.hpp"
#include "tiktok2twitch/relay/moderation/hold_queue.hpp"
#include "tiktok2twitch/relay/moderation/kept_messages.hpp"
#include "tiktok2twitch/relay/moderation/line_recall.hpp"

namespace tiktok2twitch::egress {

using ticket_set = std::unordered_set<event_ticket>;
using parts = std::vector<line_part>;

// What waits for a moderator.
struct held_message {
    std::uint64_t number = 0;
    route_id route = 0;
    relay::event_kind kind = relay::event_kind::chat;
    std::string author;  // the handle
    std::string name;    // as lines show it; empty where the filters do not let it pass
    std::string line;    // what would be said
    std::string reason;
    core::duration left{};
};

// For the account. What is `withdrawn` (by reason) is to be taken back from it; what was in flight may be
// said all the same. What is `revised` has other words now, under the same ticket.
struct second_judgement {
    std::map<std::string, ticket_set> withdrawn;
    parts revised;
};

// What became of what an earlier process held.
struct restored_messages {
    std::size_t held = 0;
    std::size_t too_late = 0;
    std::size_t without_route = 0;
};

class open_events {
public:
    // The reason to withdraw what a moderator has to decide about: given up for it, it is held here.
    static constexpr std::string_view held_again = "held_again";

    open_events(route_table& routes, const judge& judge, const explanations& explain)
        : routes_(routes), judge_(judge), explain_(explain) {}
    open_events(const open_events&) = delete;  // refers to its pipeline
    open_events& operator=(const open_events&) = delete;

    // An event that was not refused, `came` being the event before. The part to push; nothing: it is held.
    std::optional<line_part> add(const route_state& route, const relay::event& came, decision found,
                                 time_point now);
    // What was said before, and is to be said again on another line.
    std::optional<line_part> say_again(const relay::said_message& message, time_point now);
    void on_line(std::span<const event_ticket> tickets);
    void settle(const relay::settlement& settlement);
    // What these tickets say, for line_recall.
    std::vector<relay::said_message> messages(std::span<const event_ticket> tickets) const;

    second_judgement judge_again(const std::string& channel, time_point now);
    ticket_set remove(const std::string& tiktok, std::span<const std::int64_t> msg_ids,
                      std::span<const std::int64_t> user_ids);
    std::size_t size() const noexcept { return open_.size(); }

    // What is held, and ends by time:
    parts take_due(time_point now);
    parts release(time_point now);  // all that time alone would release
    void drop_held(std::string_view reason, const std::function<bool(const line_part&)>& which);
    // Until when what the author of this comment wrote before is held for its time alone.
    std::optional<time_point> held_until(const route_state& route, const relay::event& event) const;
    // What is held, and moderators decide about:
    std::optional<line_part> approve(const std::string& channel, std::uint64_t number, time_point now);
    bool deny(const std::string& channel, std::uint64_t number);
    std::vector<held_message> held_messages(time_point now, const std::string& channel) const;
    const relay::hold_queue& holds() const noexcept { return holds_; }
    // What is held over a restart; see pipeline.
    relay::kept_messages held_for_later(time_point now, core::unix_ms wall, bool all) const;
    void mark_kept(const relay::kept_messages& kept);
    restored_messages restore(const relay::kept_messages& kept, time_point now, core::unix_ms wall);

private:
    struct open_event {
        route_id route = 0;
        bool marked = false;
        bool removed = false;
        bool again = false;                  // settled once already, when it was said for the first time
        bool approved = false;               // by a moderator: no rule holds it again
        bool shows_handle = false;           // in a line that may still wait
        std::string held_for{};              // the reason it was held for last; empty: never
        std::vector<std::string> changes{};  // what for, as counted
        std::string author{};                // the handle; that of `said` may have been masked
        shared_event said{};                 // as the filter let it through
        std::string filtered_as{};  // the rule that it breaks by now: taken back, it counts as filtered
        std::optional<time_point> hold_until{};  // taken back as held_again, it is held
        std::string hold_reason{};               // for this
    };

    open_event& reopen(event_ticket ticket, const route_state& route, const relay::event& said,
                       time_point now);
    void judge_again(event_ticket ticket, open_event& open, relay::held_part* held, second_judgement& out,
                     time_point now);
    bool hold_again(event_ticket ticket, open_event& open);
    bool restore(const route_state& route, const relay::kept_message& kept, core::duration left,
                 time_point now);
    std::optional<line_part> part_of(event_ticket ticket, const open_event& open) const;
    std::uint64_t hold(line_part part, time_point until, bool release_after);
    void settle_held(const line_part& part, relay::outcome result, std::string_view reason);
    void mark(open_event& open);
    relay::ledger& ledger_of(const open_event& open);
    bool count_changes(open_event& open, const std::vector<std::string>& reasons);  // whether one is new
    void count_hold(open_event& open, std::string reason);
    void explain(const open_event& open, judgement::kind what, std::string_view reason,
                 std::uint64_t number = 0) const;
    void explain_release(const parts& released) const;

    route_table& routes_;
    const judge& judge_;
    const explanations& explain_;
    std::unordered_map<event_ticket, open_event> open_;
    event_ticket next_ticket_ = 1;
    relay::hold_queue holds_;
};

}  // namespace tiktok2twitch::egress
