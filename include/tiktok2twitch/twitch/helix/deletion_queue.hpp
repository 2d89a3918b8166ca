// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/twitch/helix/codec.hpp"

namespace tiktok2twitch::twitch {

// Which line of ours is to be deleted next, when, and which are given up. Pure; client/line_deleter.hpp asks
// Twitch. A deletion is the same whether it is asked for once or twice, so trouble is met with patience: with
// all lines when it lasts, and with each for `give_up_after`.
//
//   begin() -> Twitch is asked -> on_tried(), or abandon() when nobody waits for the answer
class deletion_queue {
public:
    // So often in a row with the same line, with the default base for 15 s; then the others have their turn
    // between two tries.
    static constexpr unsigned most_attempts = 5;

    struct options {
        core::duration retry_base{};  // after trouble: this, doubled each time, up to the other
        core::duration retry_most{};
        core::duration give_up_after{};  // since push()
        core::duration barred_for{};     // no line of a channel where the bot is no moderator
    };
    struct item {
        std::string channel;
        line_id line;
    };
    struct outcome {
        item what;
        deletion how;
    };
    struct attempt {
        deletion how = deletion::failed;
        bool in_doubt = false;       // Twitch may have obeyed although it did not say so
        core::duration told_wait{};  // Twitch asks to be left alone for so long
    };

    explicit deletion_queue(const options& how) : options_(how) {}

    // The caller bounds how many wait.
    void push(item what, core::time_point now);
    // Somebody else deleted it; false: it does not wait, or it is in doubt, and this may be the echo of our
    // own deletion: the next try tells.
    bool forget(std::string_view channel, std::string_view id);
    std::size_t size() const noexcept { return waiting_.size(); }

    // What is over because trouble outlasted the patience. To be called before begin(), and at next_try().
    std::vector<outcome> give_up(core::time_point now);
    core::time_point next_try() const noexcept { return next_try_; }
    // The first; there must be one, and next_try() be over.
    item begin();
    bool is_barred(const std::string& channel, core::time_point now) const;
    // Nothing: it waits for another try.
    std::optional<outcome> on_tried(const attempt& tried, core::time_point now);
    void abandon() noexcept { busy_ = false; }

    // There is a token again, or a new one: whoever waits for that waits no longer. A token that is good but
    // refused changes nothing.
    void on_token();
    // The end is near: trouble is met most_attempts times for each line, and what has met as much before is
    // given up.
    void hurry();

private:
    struct entry {
        item what;
        core::time_point since;
        unsigned attempts = 0;
        bool in_doubt = false;
        deletion last = deletion::failed;
    };

    bool is_hopeless(const entry& each, core::time_point now) const;
    void end_patience();
    void on_trouble(const attempt& tried, core::time_point now);

    options options_;
    std::list<entry> waiting_;
    std::map<std::string, core::time_point> barred_;  // until when
    std::optional<deletion> trouble_;                 // of the last try
    unsigned failures_ = 0;                           // in a row
    core::time_point next_try_ = core::time_point::min();
    bool busy_ = false;  // with the first
    bool hurried_ = false;
};

}  // namespace tiktok2twitch::twitch
