// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Twitch's API "Helix" (docs/protocol/twitch.md §4): the requests this program makes, and what the answers
// mean. Pure and total: any bytes in, nothing throws. Requests hold no token: whoever sends them adds
// Authorization and Client-Id from core::secret, so that a request may be printed.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::twitch {

// An account's number; a channel has its broadcaster's. Never empty: copied, not moved, so that not even a
// moved-from one is.
class user_id {
public:
    static std::optional<user_id> parse(std::string_view text);  // decimal digits
    user_id(const user_id&) = default;
    user_id& operator=(const user_id&) = default;
    ~user_id() = default;

    const std::string& text() const noexcept { return text_; }
    friend bool operator==(const user_id&, const user_id&) = default;

private:
    explicit user_id(std::string_view text) : text_(text) {}
    std::string text_;
};

// A chat line's id. DELETE /moderation/chat without one clears the whole chat; hence a type that has no
// empty value. Copied, not moved, for the same reason.
class line_id {
public:
    static std::optional<line_id> parse(std::string_view text);  // letters, digits, '-' and '_'
    line_id(const line_id&) = default;
    line_id& operator=(const line_id&) = default;
    ~line_id() = default;

    const std::string& text() const noexcept { return text_; }
    friend bool operator==(const line_id&, const line_id&) = default;

private:
    explicit line_id(std::string_view text) : text_(text) {}
    std::string text_;
};

struct helix_request {
    std::string method;
    std::string target;  // path and query below the API's base, starts with "/"
    std::string body;    // JSON, or empty
};

inline constexpr std::size_t most_users_per_request = 100;

helix_request ask_own_user();
// At most most_users_per_request in all; each login a valid one.
helix_request ask_users(std::span<const std::string> logins, std::span<const user_id> ids = {});
helix_request ask_chat_settings(const user_id& broadcaster);
// The text repaired and cut to longest_line, as on IRC.
helix_request say_in_chat(const user_id& broadcaster, const user_id& sender, std::string_view text);
helix_request delete_line(const user_id& broadcaster, const user_id& moderator, const line_id& line);

struct helix_answer {
    int status = 0;
    std::string body;
    std::string ratelimit_remaining;  // headers; empty if absent
    std::string ratelimit_reset;
};

// errc::token_invalid (401), scope_missing (401 that names a right), api_rate_limited (429) or api_error
// (anything else that is no success); no error for 2xx.
core::error_code failure_of(const helix_answer& answer);
// How long a 429 asks to wait. Zero: it is not about the general limit, or does not say.
core::duration told_wait(const helix_answer& answer, core::unix_ms wall_now);

struct helix_user {
    user_id id;
    std::string login;
};
// Errors: as failure_of; api_error also for a 2xx that cannot be understood. Entries without a usable id are
// left out; a login that is not there does not exist.
core::result<std::vector<helix_user>> read_users(const helix_answer& answer);

struct chat_settings {
    std::chrono::seconds slow{};
    std::int64_t followers_only = -1;  // minutes; -1: off
    bool subs_only = false;
    bool emote_only = false;
    bool unique = false;
};
core::result<chat_settings> read_chat_settings(const helix_answer& answer);

// What became of a line. `msg_id` is always one that notice_table has a rule for: a reason has the same name
// whichever way the line was refused.
struct say_answer {
    enum class result : std::uint8_t {
        accepted,
        refused,   // surely not shown
        no_token,  // 401: nothing was said; another token may help
        no_scope,  // 401: the token lacks the right to write
        unknown,   // 5xx or not understood: may have been shown
    };
    result what = result::unknown;
    std::string line_id;  // of an accepted line; may be empty
    std::string msg_id;   // of a refused one
    std::string text;     // Twitch's own words
};
say_answer read_say_answer(const helix_answer& answer, core::unix_ms wall_now);

// A drop_reason's code, which Twitch does not document because it changes, as the msg-id of the NOTICE that
// means the same. Unknown codes become "msg_<code>".
std::string msg_id_of_drop(std::string_view code);

enum class deletion : std::uint8_t {
    deleted,
    gone,         // 404: never existed, deleted before, or older than six hours
    not_allowed,  // 403: no moderator there
    immune,       // 400: of the broadcaster or another moderator; says nothing about other lines
    no_token,
    unauthorized,  // a token that the login service calls good is refused
    no_scope,
    no_channel,
    rate_limited,
    failed,  // 5xx or not understood; may be tried again
};
deletion read_deletion(const helix_answer& answer);

}  // namespace tiktok2twitch::twitch
