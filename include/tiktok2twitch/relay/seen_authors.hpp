// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Who has written lately in the rooms of one channel. A relayed line shows a nickname, which anybody may
// have; moderators mean the person behind it. Pure.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

// Of somebody, what the filters let through.
struct shown_author {
    std::string_view name;    // as lines have it
    std::string_view handle;  // even if no line has it
};

class seen_authors {
public:
    static constexpr std::size_t most = 1000;  // the latest
    static constexpr std::size_t most_found = 5;

    seen_authors();
    seen_authors(seen_authors&&) noexcept;
    seen_authors& operator=(seen_authors&&) noexcept;
    ~seen_authors();

    void note(const author& from, const shown_author& shown);

    // The handles of whoever has this handle, number or nickname, or is shown with this name, in any case; at
    // most most_found. Account numbers of those without a handle, or with one that the filters would not let
    // through, unless it is the one that was asked for: it goes into an answer in the chat.
    std::vector<std::string> called(std::string_view text) const;
    // Of those, and be they many, whoever `accepts` the handle or the number of: what it accepted.
    std::vector<std::string> called(std::string_view text,
                                    const std::function<bool(const std::string& user)>& accepts) const;
    // Whether somebody has this handle or number.
    bool knows(std::string_view user) const;

private:
    struct seen;
    struct memory;
    // With the number, the entry, and whether the handle may be said.
    template <class Visit>
    void visit_called(std::string_view text, Visit&& visit) const;

    std::unique_ptr<memory> memory_;
};

}  // namespace tiktok2twitch::relay
