// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/sim/login/rules.hpp"

namespace tiktok2twitch::sim {

enum class role : std::uint8_t { ordinary, vip, moderator, broadcaster };

// What Twitch does to an account that sends over its budget: both were observed (docs/protocol/twitch.md
// §1.6).
enum class over_limit : std::uint8_t { mute, close };

// Twitch's own numbers (docs/protocol/twitch.md §1.6, §2.1, §2.5).
struct twitch_limits {
    // Off for throughput measurements: windows, the 1 s rule and slow mode are then neither applied nor
    // counted as violations.
    bool enforced = true;
    std::size_t low = 20;    // where the account is an ordinary user
    std::size_t high = 100;  // over all channels
    core::duration window = std::chrono::seconds(30);
    // Fixed windows begin at time_point{} + phase + n * window; without a phase, a window opens with the
    // first message after the last window ended.
    std::optional<core::duration> phase;
    over_limit when_over = over_limit::mute;
    core::duration mute_for = std::chrono::minutes(30);
    bool vip_is_high = false;  // disputed; the stricter reading is the default

    std::size_t joins = 20;
    std::size_t logins = 20;
    core::duration attempts_window = std::chrono::seconds(10);

    core::duration spacing = std::chrono::seconds(1);
    core::duration duplicate_window = std::chrono::seconds(30);
    std::size_t code_points = 500;
};

struct channel_modes {
    int slow = 0;             // seconds
    int followers_only = -1;  // -1 off, 0 any follower, else minutes
    bool subs_only = false;
    bool emote_only = false;
    bool r9k = false;
    friend bool operator==(const channel_modes&, const channel_modes&) = default;
};

// A line that was shown in a channel.
struct delivery {
    core::time_point at{};
    std::string account;
    std::string channel;
    std::string text;
    std::string id;
};

// What a well-behaved client never does. Tests assert that the list is empty.
enum class violation_kind : std::uint8_t {
    line_too_long,       // over 500 code points
    invalid_utf8,        // in a chat text
    control_character,   // C0, DEL or C1 in a chat text
    command_text,        // a chat text that Twitch would read as a command
    unknown_command,     // an IRC verb that does not exist: what injected line breaks look like
    out_of_order,        // PRIVMSG or JOIN before the login
    over_budget,         // more lines than allowed in some window of 30 s, whatever its phase
    spacing,             // an ordinary user's lines in one channel less than 1 s apart
    second_unconfirmed,  // another PRIVMSG in a channel before the answer to the one before
    join_budget,
    login_budget,
    chat_cleared,  // DELETE /moderation/chat without the id of a line
};

const char* name(violation_kind kind) noexcept;

struct violation {
    violation_kind kind{};
    core::time_point at{};
    std::string account;
    std::string detail;
};

// A line that was not shown, for a reason that the sender was told ("msg_slowmode") or not ("").
struct refusal {
    core::time_point at{};
    std::string account;
    std::string channel;
    std::string msg_id;
    std::string text;
};

struct login_answer {
    bool accepted = false;
    std::string login;   // as the server sees it
    std::string notice;  // why not
};

enum class join_answer : std::uint8_t {
    joined,
    silence,  // no such channel, or too many attempts: Twitch says nothing
    suspended,
    banned,
};

struct say_answer {
    enum class kind : std::uint8_t {
        delivered,  // shown to the others, USERSTATE to the sender
        refused,    // NOTICE with `msg_id`
        swallowed,  // nothing at all: muted for 30 minutes
        shadowed,   // USERSTATE, but nobody sees it
        close,      // the connection is closed
    };
    kind what = kind::swallowed;
    std::string msg_id;  // of the NOTICE
    std::string notice;
    std::string id;    // of the message
    std::string text;  // as shown
};

// How Twitch looks at one text (docs/protocol/twitch.md §2.1-2.3).

bool is_control(char32_t code_point) noexcept;
// "/word" and ".word", but not "/ text", ". text", "..." and "."; "/me" is one, too: nothing of a
// viewer's text may act.
bool is_command(std::string_view text) noexcept;
std::string_view first_word(std::string_view text) noexcept;
// Cut to `limit` code points, tag characters dropped, the "/ " or ". " escape taken off, trimmed.
std::string shown_text(std::string_view text, std::size_t limit);
bool contains_any(std::string_view text, const std::vector<std::string>& terms) noexcept;
bool only_emotes(std::string_view text) noexcept;
std::string seconds_left(core::duration time);  // rounded up, at least 1
std::string message_id(std::uint64_t number);   // shaped like a UUID

bool valid_login(std::string_view text) noexcept;
std::string lower(std::string_view text);  // ASCII
std::string escape_tag(std::string_view value);

// Twitch's chat, without sockets and clock: who may log in, join and speak, and what is said in return.
// Written from the server's side only (docs/protocol/twitch.md §1.2-2.6); shares no code with the client's
// rules.

class twitch_rules {
public:
    explicit twitch_rules(twitch_limits limits = {}) : limits_(limits) {}

    twitch_limits& limits() noexcept { return limits_; }

    // The world. Logins and channels are lower case; channels without '#'.
    void add_account(const std::string& login, const std::string& token);
    // The next login needs another token; the running session stays (docs/protocol/twitch.md §1.5).
    void change_token(const std::string& login, const std::string& token);
    // From now on the account logs in with exactly the access tokens that are valid in `tokens`, which must
    // outlive this object; the account is made, and known there as a user, when it is not yet.
    void link_account(const std::string& login, auth_rules& tokens);
    void add_channel(const std::string& channel);
    void set_role(const std::string& login, const std::string& channel, role role);
    role role_of(const std::string& login, const std::string& channel) const;
    void set_subscriber(const std::string& login, const std::string& channel, bool subscriber);
    // Follows since `since`; no value: does not follow.
    void set_follower(const std::string& login, const std::string& channel,
                      std::optional<core::time_point> since);
    void set_modes(const std::string& channel, const channel_modes& modes);
    channel_modes modes(const std::string& channel) const;
    void set_suspended(const std::string& channel, bool suspended);
    // Its owner chose another name: the number stays, and who is what there. The old name is then answered as
    // that of a suspended channel. Connections that are in it have to join the new one.
    void rename_channel(const std::string& from, const std::string& to);
    void ban(const std::string& login, const std::string& channel);
    void unban(const std::string& login, const std::string& channel);  // lifts timeouts too
    void time_out(const std::string& login, const std::string& channel, core::time_point until);
    void block_term(const std::string& channel, const std::string& term);  // msg_rejected_mandatory
    void hold_term(const std::string& channel, const std::string& term);   // AutoMod: msg_rejected
    void mute(const std::string& login, core::time_point until);           // lines vanish without an answer
    void set_shadowed(const std::string& login, bool shadowed);            // answered as usual, but invisible
    bool muted(const std::string& login, core::time_point now) const;

    // Numbers as Helix and the tags show them; a channel has its broadcaster's.
    std::optional<std::int64_t> id_of(const std::string& name) const;
    std::optional<std::string> name_of(std::int64_t id) const;  // of an account or a channel
    bool has_channel(const std::string& name) const { return rooms_.contains(name); }
    // Whose login `token` is, of the accounts that are not linked.
    std::optional<std::string> owner_of(std::string_view token) const;

    // `pass` as sent, with "oauth:"; empty when PASS did not come before NICK.
    login_answer login(std::string_view pass, std::string_view nick, core::time_point now);
    join_answer join(const std::string& login, const std::string& channel, core::time_point now);
    // `text` as sent, without the leading ':'.
    say_answer say(const std::string& login, const std::string& channel, std::string_view text,
                   core::time_point now);

    // Lines without CR LF, as the server sends them.
    std::string global_userstate(const std::string& login) const;
    std::string userstate(const std::string& login, const std::string& channel, std::string_view id) const;
    std::string roomstate(const std::string& channel) const;
    std::string changed_roomstate(const std::string& channel, const channel_modes& before) const;
    // PRIVMSG as others see it. `nonce` may be empty; without `badges` they are those of the account's role.
    std::string echo(const delivery& line, std::string_view nonce, core::unix_ms sent_at,
                     const std::optional<std::string>& badges = {}) const;

    void record(violation_kind kind, const std::string& account, std::string detail, core::time_point now);

    const std::vector<delivery>& delivered() const noexcept { return delivered_; }
    const std::vector<violation>& violations() const noexcept { return violations_; }
    const std::vector<refusal>& refusals() const noexcept { return refusals_; }

private:
    struct budget_window {
        core::time_point begin{};
        bool open = false;
        std::size_t used = 0;
    };
    struct user {
        std::string token;
        const auth_rules* tokens = nullptr;  // instead of `token`
        std::int64_t user_id = 0;
        budget_window low;
        budget_window high;
        std::deque<core::time_point> low_log;
        std::deque<core::time_point> high_log;
        std::deque<core::time_point> joins;
        std::deque<core::time_point> logins;
        core::time_point muted_until{};
        bool shadowed = false;
    };
    struct member {
        role as = role::ordinary;
        bool subscriber = false;
        bool banned = false;
        std::optional<core::time_point> follows_since;
        core::time_point silent_until{};  // timeout
        std::optional<core::time_point> last_attempt;
        std::optional<core::time_point> last_delivery;
        std::string last_text;
    };
    struct room {
        std::int64_t id = 0;
        channel_modes modes;
        bool suspended = false;
        std::vector<std::string> blocked;
        std::vector<std::string> held;
        std::unordered_set<std::string> said;  // for r9k
        std::map<std::string, member> members;
    };

    bool owns(const std::string& login, const user& who, std::string_view token, core::time_point now) const;
    const member* find_member(const std::string& login, const std::string& channel) const;
    member& member_of(const std::string& login, const std::string& channel);
    void inspect(const std::string& login, std::string_view text, core::time_point now);
    bool count_send(user& who, const std::string& login, bool low, core::time_point now);
    bool over_window(budget_window& window, std::size_t limit, core::time_point now) const;
    say_answer judge(user& who, const std::string& login, const std::string& channel, std::string_view text,
                     core::time_point now);
    say_answer judge_modes(room& where, member& who, const std::string& text, core::time_point now);
    say_answer refuse(std::string msg_id, std::string notice) const;
    bool attempt(std::deque<core::time_point>& log, std::size_t limit, core::time_point now) const;

    twitch_limits limits_;
    std::map<std::string, user> accounts_;
    std::map<std::string, room> rooms_;
    std::set<std::string> old_names_;  // of channels that were renamed
    std::int64_t next_id_ = 100'000'001;
    std::uint64_t next_message_ = 1;
    std::vector<delivery> delivered_;
    std::vector<violation> violations_;
    std::vector<refusal> refusals_;
};

}  // namespace tiktok2twitch::sim
