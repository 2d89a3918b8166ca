// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/direction.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::twitch {

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

}  // namespace tiktok2twitch::twitch
