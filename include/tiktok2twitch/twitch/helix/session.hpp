// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/twitch/helix/codec.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {

// Lets a twitch::account, which speaks IRC, say its lines over Helix. Pure.
//
// Everything that decides (outbox, budget, gates, ledger) stays in the account and is the same for both
// ways. This class plays Twitch's chat server towards it, as dry_server does for dry runs: it answers the
// login and the JOINs from what GET /users said, and turns the answer to each POST into the USERSTATE or
// NOTICE that means the same. Three things differ from IRC, and are settled so:
//
//  - A channel that does not exist is known at once: the JOIN is answered with msg_room_not_found.
//  - A line whose outcome is unknown (5xx, broken connection after the request had left) is answered with
//    msg_no_answer: counted "unknown", never sent again. The connection of the account stays "up", because a
//    disconnect would send the line again under the protection of IRC's duplicate rule, which does not hold
//    where the bot is a moderator.
//  - A line that was surely not said, because its request did not leave or the login was not accepted, is no
//    answer at all: the account hears of it by account::on_not_said(), and then of the end of the connection.
//  - Nothing here tells our rank in a channel (that would take a further right). In its own channel the bot
//    is the broadcaster; everywhere else the limits of an ordinary user are kept, which are safe for every
//    rank, until somebody who reads chat says more: on_rank().
//
// Lines are handed over one at a time; a PING is therefore answered at once: what was written before it has
// its answer.
class helix_session {
public:
    struct look_up {
        std::vector<std::string> logins;
    };
    struct look_at {
        std::string channel;
        user_id broadcaster;
    };
    using question = std::variant<look_up, look_at>;

    // A connection begins; `self` is whom the token belongs to. Without one the login will be refused.
    void start(std::optional<helix_user> self);

    // Protocol bytes of the account: login, JOIN, PART, PING.
    void on_bytes(std::string_view bytes);
    // Lines (without CR LF) that are due to the account.
    std::vector<std::string> take_lines();

    // What to ask Twitch now; each question once. An error as its answer leaves a JOIN unanswered, and the
    // account will repeat it.
    std::optional<question> next_question(core::time_point now);
    core::time_point deadline() const;  // of the next question
    // Twitch asks for none before that.
    void hold_questions(core::time_point until) { quiet_until_ = until; }
    void on_answer(const look_up& asked, const core::result<std::vector<helix_user>>& found);
    void on_answer(const look_at& asked, const core::result<chat_settings>& found, core::time_point now);

    // The request that says `line`. Nothing if its channel is not known: the account is told so.
    std::optional<helix_request> request_for(const write_line& line);
    // Not for an answer that refuses the login.
    void on_said(const std::string& channel, const say_answer& answer, core::time_point now);
    // Told to the account with the next accepted line.
    void on_rank(const std::string& channel, bool moderator);
    // The line left, and no answer came.
    void on_silence(const std::string& channel);

private:
    struct room {
        std::optional<user_id> id;  // survives connections: asked once
        bool moderator = false;
        bool joining = false;
        bool asked = false;  // whether a channel of this name exists
        core::time_point settings_due = core::time_point::max();

        bool to_look_up() const { return joining && !id && !asked; }
    };
    void on_line(std::string_view line);
    void on_join(std::string channel);
    void send_state(const std::string& channel, std::string_view line_id);
    void notify(const std::string& channel, std::string_view msg_id, std::string_view text);

    std::optional<helix_user> self_;
    std::map<std::string, room, std::less<>> rooms_;
    std::vector<std::string> lines_;
    core::time_point quiet_until_ = core::time_point::min();
};

}  // namespace tiktok2twitch::twitch
