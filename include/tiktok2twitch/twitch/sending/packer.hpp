// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// How what waits becomes a line: what is said by several is folded into one part, parts share a line, and
// who gets into the next one when not everybody can. Pure.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/direction.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::twitch {

// What was folded into another message, and shares its fate: the same text from several people, or from one
// who repeats himself, becomes one part of a line: "GG x12 (ann, bob, cy +9)".
struct folded_event {
    relay::event_ticket ticket = 0;
    relay::route_id route = 0;
    std::int64_t author_id = 0;
    std::string name;
    std::string body{};  // what it would say alone
};

// Bounds: a folded part has to fit in a line with any label, and holds so many tickets at most.
inline constexpr std::size_t longest_foldable_text = 100;  // code points
inline constexpr std::size_t most_folded = 1000;
inline constexpr std::size_t names_shown = 3;
inline constexpr std::size_t longest_shown_name = 24;  // code points

// May `later` be folded into `first`, into which `count` others were folded before?
bool foldable(const relay::line_part& first, std::size_t count, const relay::line_part& later);

// What says `first` and all the others: its body, how many people it speaks for, and, where they are one
// person, the text that his next message may be joined to (else empty).
relay::line_part folded_part(const relay::line_part& first, const std::vector<folded_event>& others);

// What shares one line, while it is put together: the label said once while all parts have the same, what
// one author says in one part ("Ann: hi / how are you"), and nothing beside what reads in the other
// direction, for a terminal or a browser would show the parts in an order of its own.
//
// add() what is to be said, in any order; text() says it in the order of the adds. The parts must outlive
// the draft and stay where they are.
class line_draft {
public:
    enum class fit : std::uint8_t { taken, no_room, other_direction };

    // `limit` in code points; `most`: parts in the line, those of one author counted once.
    explicit line_draft(std::size_t limit, std::size_t most = std::numeric_limits<std::size_t>::max());

    // The first one is always taken, however long it is.
    fit add(const relay::line_part& part);
    std::string text() const;

private:
    // The messages of one author that share their beginning ("Ann: ").
    struct group {
        const relay::line_part* first = nullptr;
        std::string_view beginning;  // empty: nothing may be joined to it
        std::vector<std::string_view> texts;
    };
    group* group_of(const relay::line_part& part, std::string_view beginning);

    std::size_t limit_;
    std::size_t most_;
    std::vector<group> groups_;
    core::direction direction_ = core::direction::neutral;
    bool one_label_ = true;
    std::size_t shared_ = 0;    // code points with the label said once
    std::size_t repeated_ = 0;  // and said by every group
};

// Who gets into the next line when not everybody can. Pure.
// Older than this, what waits is behind the show: then the newest goes first.
inline constexpr core::duration stale_wait = std::chrono::seconds(10);

// Parts in a line that a person still reads at a glance; those of one author count once.
inline constexpr std::size_t readable_parts = 6;

// How many parts the next line may have when `waiting` messages wait: readable_parts, or half of what waits,
// so that a budget that cannot afford short lines keeps up with the chat.
std::size_t most_parts(std::size_t waiting) noexcept;

struct choice_options {
    std::size_t limit = 480;  // code points
    bool pack = true;
    bool hurry = false;  // the end is near: as many parts as fit
};

// Indices into `waiting` (in order of arrival), ascending: what shall share the next line. By priority;
// within one, whoever has the fewest messages before this one (nobody who writes a lot crowds out those who
// write once); then the oldest, or the newest if the wait has grown stale; as many of them as most_parts()
// says (all that fit when the wait is stale) and line_draft takes. Not `pack`: one, the oldest until the
// wait is stale. Requires a non-empty `waiting`; returns at least one index.
std::vector<std::size_t> choose(std::span<const relay::line_part> waiting, const choice_options& options,
                                core::time_point now);

}  // namespace tiktok2twitch::twitch
