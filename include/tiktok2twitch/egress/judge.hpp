// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a route says about an event: asks the moderators' gate and the route's filter, and makes the line.
// Pure; what is counted while it judges (rates of users and of kinds) is in the rules of the route.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/egress/routes.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter/message_filter.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::egress {

struct decision {
    std::string refused;     // the reason why it is not said; empty: it is, or is held
    relay::verdict verdict;  // of the filter, and of it the rule
    shared_event said;       // as the filter lets it through; nothing: refused before that was known
    line_part part;          // without its ticket
};

// Of somebody, what the filters let through.
struct shown_author {
    std::string_view name;    // as lines have it
    std::string_view handle;  // even if no line has it
};

class judge {
public:
    // Why an event is not said in a channel now ("paused"); empty: it is. Asked before anything is formatted.
    using gate = std::function<std::string_view(const std::string& channel, const relay::event& event)>;
    void set_gate(gate allow) { gate_ = std::move(allow); }

    // The route must be in force, here as below. `held_until`: until then what the author wrote before waits
    // for its time alone, and he does not overtake himself.
    decision first(route_state& route, const shared_event& event, std::optional<time_point> held_until,
                   time_point now) const;
    // By the rules in force now, of what passed before. `author`: the handle as it came.
    decision again(const route_state& route, const shared_event& said, const std::string& author) const;

private:
    gate gate_;
};

// What is said: `verdict` is the filter's about the event, and then about the line. Nothing: it is empty.
std::optional<line_part> compose(const route_state& route, const relay::event& event,
                                 relay::verdict& verdict);
// Who said what was not refused. The texts are those of `found`.
shown_author shown(const decision& found);
// The event as this route counts it: a gift with what came out of its streak before and was not said here.
shared_event with_unsaid_parts(const route_state& route, const shared_event& event);
// What in the configuration refused an event of this kind; empty: the reason says it all.
std::string rule_of(const route_state& route, relay::event_kind of, const decision& found);
// The name of who said it, as lines show it; empty where the filter does not let it pass.
std::string fit_name(const route_state& route, const relay::event& said, const std::string& author);
// More than a line holds is never said, whatever a frame may carry.
shared_event shortened(const shared_event& event);
inline constexpr std::size_t longest_author = 256;  // bytes; handles have 24

}  // namespace tiktok2twitch::egress
