// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The relay in the hands of a Twitch channel's moderators: the commands they type in chat, and the state the
// commands set. Pure. One object per Twitch channel; all of it survives a restart as text(). While the
// process runs, times are those of the steady clock: a wall clock that is set ends no mute and lengthens
// none.

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/moderation/chat_command.hpp"

namespace tiktok2twitch::relay {

class moderation {
public:
    static constexpr std::size_t most_mutes = 1000;
    static constexpr std::size_t most_blocks = 500;

    // What an earlier process saved; errors: errc::bad_moderation_state (the caller starts empty and says
    // so). A wall clock that went back since then has no mute last longer than when it was saved.
    static core::result<moderation> parse(std::string_view saved, core::time_point now, core::unix_ms wall);
    std::string text(core::time_point now, core::unix_ms wall) const;  // JSON

    // Carries the command out; the answer for chat (one line, at most 200 code points), empty for status,
    // approve and deny, whose answers the caller knows. `changed` = text() changed: save it.
    struct effect {
        std::string answer;
        bool changed = false;
    };
    // Whom a mute or its end means must have been found: the user counts, not the name.
    // `word` is the command word that the answer names: "paused; '!tiktok resume' goes on".
    effect apply(const chat_command& command, core::time_point now, std::string_view word);

    // Why this event is not said in this channel now: "paused", "muted_user", "only_gifts"; empty: it is.
    std::string_view verdict(const event& event, core::time_point now) const;
    bool is_muted(std::string_view user,
                  core::time_point now) const;  // as it was muted: by handle, by number

    bool paused() const noexcept { return paused_; }
    bool only_gifts() const noexcept { return only_gifts_; }
    std::chrono::seconds slow() const noexcept { return slow_; }
    const std::vector<std::string>& blocked_words() const noexcept { return blocked_; }
    bool has_timed_mutes() const noexcept;

private:
    effect change(const command::mute& command, core::time_point now, std::string_view word);
    effect change(const command::unmute& command);
    effect change(const command::block& command, std::string_view word);
    effect change(const command::unblock& command);
    bool forget_expired(core::time_point now);

    bool paused_ = false;
    bool only_gifts_ = false;
    std::chrono::seconds slow_{};
    std::map<std::string, core::time_point, std::less<>> muted_;  // user -> end; max(): no end
    std::vector<std::string> blocked_;
};

}  // namespace tiktok2twitch::relay
