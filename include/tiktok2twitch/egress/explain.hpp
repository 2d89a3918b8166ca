// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What was decided about an event and why: for 'replay --explain' and the log. Pure.

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>

#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::egress {

// What one route decided about one event. One for each event, and one more for what became of it where the
// first was not the end: of what was held, and of what was to be said and was not.
struct judgement {
    enum class kind : std::uint8_t {
        said,
        held,
        released,  // it was held, and is to be said now
        folded,    // said, but as one of several who wrote the same
        filtered,
        dropped,
        gathered,   // one of a streak, or a count: says something together with others
        not_asked,  // its kind is off, or this route does not carry it
        ignored,    // history or a repeat; never judged
    };
    static constexpr std::size_t kinds = 9;

    relay::route_id route = 0;
    kind what = kind::said;
    std::string reason{};  // empty: said as it came
    std::string rule{};    // "word \"x\" of list en", "held for blocked_word"; empty: there is no more to say
    std::string text{};    // said or held: the line
    std::uint64_t number = 0;  // held: what moderators call it
};

// One line for people: what happened to an event on a route, and which rule did it. Safe for a terminal.
std::string explain_judgement(const relay::event& event, const judgement& judgement);

// Who listens to judgements, and to which. Whoever makes one asks wanted() first: the texts are not made for
// nobody.
class explanations {
public:
    using listener = std::function<void(const relay::event& event, const judgement& judgement)>;

    // Without `only`: to every kind.
    void listen(listener tell, std::initializer_list<judgement::kind> only) {
        tell_ = std::move(tell);
        wanted_.reset();
        for (const auto what : only)
            wanted_.set(static_cast<std::size_t>(what));
        if (only.size() == 0)
            wanted_.set();
    }
    bool wanted(judgement::kind what) const { return tell_ && wanted_.test(static_cast<std::size_t>(what)); }
    void tell(const relay::event& event, const judgement& judgement) const {
        if (wanted(judgement.what))
            tell_(event, judgement);
    }

private:
    listener tell_;
    std::bitset<judgement::kinds> wanted_;
};

}  // namespace tiktok2twitch::egress
