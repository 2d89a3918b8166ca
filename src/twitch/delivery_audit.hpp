// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::twitch {

// Whether accepted lines appear in chat. Twitch confirms the lines of a shadow-banned account as well; only a
// second, anonymous reader can tell (twitch.md 2.4). Pure: told what the account's connection confirmed and
// what the reader saw.
//
// A line counts as missing when it did not appear within `patience` although the reader was in the channel
// and saw other people's lines since; five missing in a row make a suspicion, and after one each
// does until a line is seen. In a channel where nobody else
// speaks nothing is ever suspected: the reader itself may be deaf.
class delivery_audit {
public:
    static constexpr auto patience = std::chrono::seconds(10);
    static constexpr unsigned missing_for_suspicion = 5;
    static constexpr std::size_t most_expected =
        100;  // per channel; the account says 90 lines in 32 s at most

    // The reader entered or left; what was expected before is judged no more.
    void set_listening(const std::string& channel, bool listening);
    void set_deaf();  // the reader's connection is gone

    // `line_id`: of the USERSTATE that confirmed it; may be empty.
    void on_confirmed(const std::string& channel, std::string line_id, core::time_point now);
    // A line that the reader saw. `own`: our account wrote it. Ids first; without a match the oldest
    // expected line counts as seen, because AutoMod and normalisation change texts and ids may be absent.
    void on_seen(const std::string& channel, bool own, std::string_view line_id, core::time_point now);

    // Channels where the account seems to be invisible. Each call judges what is due.
    std::vector<std::string> take_suspects(core::time_point now);
    core::time_point deadline() const;

private:
    struct expectation {
        std::string line_id;
        core::time_point at;
    };
    struct audited {
        bool listening = false;
        std::deque<expectation> expected;
        core::time_point others_at = core::time_point::min();  // when somebody else's line was last seen
        unsigned missing = 0;
        bool suspected = false;
    };

    std::map<std::string, audited, std::less<>> channels_;
};

}  // namespace tiktok2twitch::twitch
