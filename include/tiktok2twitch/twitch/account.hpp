// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One Twitch account: its IRC connection's rules, its channels, what waits to be said and what may be
// said when. Pure: the shell (client/irc_client.hpp) does what next() says and reports back.
//
// Order of calls: construct; add_route() at any time; loop { if not connected: wait until connect_at(),
// connect, on_connected() or on_disconnected(); else obey next() }. Lines go in by on_line(), relay parts by
// push(). take_chat(), take_deliveries(), take_cleared(), take_settlements() and take_notices(), in this
// order, after each call: deliveries name tickets that a settlement of the same call closes. Single-threaded.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/line.hpp"
#include "tiktok2twitch/twitch/options.hpp"

namespace tiktok2twitch::twitch {

// For the log: a sentence for the streamer. `channel` may be empty (about the account).
struct notice {
    enum class severity : std::uint8_t { debug, info, warning, error };
    severity level = severity::info;
    std::string channel;
    std::string text;
};

// What the shell has to do now.
struct write_bytes {  // protocol lines: login, JOIN, PONG, PING, QUIT; free of charge
    std::string bytes;
};
struct write_line {  // one PRIVMSG: note the send on disk first, then write, then on_written()
    std::string bytes;
    std::string channel;
    std::string text;  // for the demo's view and dry runs
    std::vector<relay::event_ticket> tickets;
};
struct wait_until {  // nothing to do before this time unless something is reported
    core::time_point at;
};
struct close_connection {  // close the socket, then on_disconnected(reason)
    core::error_code reason;
};
using step = std::variant<write_bytes, write_line, wait_until, close_connection>;

// Somebody else's line in one of our channels that starts with options.command_word (in any case). What
// another channel's chat says in a shared chat session is not among them.
struct chat_message {
    std::string channel;
    std::string login;
    std::string text;          // as typed
    bool may_command = false;  // the broadcaster, or a moderator of the channel
};

// A line of ours that Twitch accepted.
struct delivery {
    std::string channel;
    std::string line_id;  // of its USERSTATE; empty when Twitch gave none
    std::vector<relay::event_ticket> tickets;
};

// A line of ours that was deleted on Twitch: by a moderator there, or by ourselves.
struct cleared_line {
    std::string channel;
    std::string line_id;
};

// A line of our account that somebody read in a channel.
struct own_sighting {
    std::string channel;
    std::string id;          // Twitch's; of a line of another channel in a shared chat, the original's
    std::string text;        // as shown
    bool high_tier = false;  // its badges make us the broadcaster or a moderator
    bool shared = false;     // it was said in another channel, and is only shown in this one (shared chat)
};

// Chat does not know one of our channels (any more): worth asking Twitch's API, which on_channel_known()
// wants to hear from.
struct doubted_channel {
    std::string channel;
    std::string room_id;  // its broadcaster's account number; empty if chat never told it
};

// What Twitch's API says about a channel.
struct channel_finding {
    bool exists = false;
    std::string called;  // that account's name today; empty: the one that was asked about
    bool by_id = false;  // asked by the account's number: a missing one is suspended or deleted, not renamed
};

enum class channel_state : std::uint8_t { offline, joining, ready, paused, blocked };

struct channel_status {
    std::string channel;
    channel_state state = channel_state::offline;
    bool high_tier = false;
    std::chrono::seconds slow_mode{};  // that holds for us; 0: none
    std::string reason;                // why paused or blocked: a msg-id
    std::string called;                // its name at Twitch today, if it was renamed since the start
    // Until something is done about what keeps it silent (a line, a question, a connection); 0: nothing does.
    core::duration next_try{};
    std::size_t waiting = 0;
    std::size_t in_flight = 0;
    core::duration oldest_waiting{};      // for so long the oldest of them has been waiting; 0: none waits
    std::size_t lines_per_minute = 0;     // accepted in the last minute
    std::size_t messages_per_minute = 0;  // on those lines
    std::optional<core::duration> delay;  // from arrival to Twitch's confirmation, see line_pace.hpp
    std::optional<core::duration> last_line;  // since the last one was accepted
    bool other_relay = false;                 // another relay said what we say, in the last ten minutes
};

// The way to Twitch as a whole.
struct connection_status {
    bool online = false;
    core::duration since{};     // online, or away, for so long
    core::duration next_try{};  // away: until the next attempt; 0: it is under way, or needs a login
    std::string cause;          // away: why, in words; empty: not connected since the start
};

// How much of the account's budget is used at this moment, and what slows it down.
struct budget_status {
    struct bucket {
        std::size_t used = 0;   // lines in the window
        std::size_t limit = 0;  // in force now
    };
    bucket normal;           // lines said as an ordinary user
    bucket moderator;        // all lines
    core::duration pause{};  // nothing at all is said for so long (msg_ratelimit)
    bool halved = false;     // repeated refusals: half the limits
    bool cautious = false;   // what an earlier process sent is not known
    // The account is used elsewhere, too: lower limits for so long, from the last such line on.
    core::duration elsewhere{};
};

class account {
public:
    // The windows of the limits may be shorter; Twitch's is not.
    static constexpr core::duration shortest_history = std::chrono::seconds(32);

    // `sent`: times of the PRIVMSGs of the last window, from the send log, oldest first. `seed` for jitter.
    // `cautious`: the send log could not be read: start with 5 lines for the first window (twitch.md 8.3).
    account(const options& options, std::vector<core::time_point> sent, bool cautious, core::time_point now,
            std::uint64_t seed);
    account(account&&) noexcept;
    ~account();

    // Routes may share a channel. Removing a route settles what waits for it as dropped "route_removed".
    void add_route(relay::route_id route, std::string channel, core::time_point now);
    void remove_route(relay::route_id route, core::time_point now);
    // New limits, template changes and the like after a reload; a changed token is used at the next login.
    void update_options(const options& options, core::time_point now);

    void push(relay::line_part part, core::time_point now);

    // Says `text` in the channel, within the budget like any line, as it is and in no route's books. It goes
    // ahead of everything that waits, except that other channels get every other line. At most 3 wait per
    // channel (the oldest gives way), none longer than 30 s.
    void answer(std::string_view channel, std::string text, core::time_point now);
    // At least so long between relayed lines in this channel, also over a change of its routes; answers are
    // exempt. Zero ends it.
    void set_slow(std::string_view channel, core::duration interval);
    // What still waits is settled as dropped with `reason`, whether it stands alone or is folded into
    // another. What is in flight stays, but does not go a second time. Returns how many were settled.
    std::size_t withdraw(const std::function<bool(relay::event_ticket)>& which, std::string_view reason,
                         core::time_point now);

    // Other words for tickets that were pushed before, where they still wait: in place, with their turn. What
    // is in flight stays as it is, but does not go a second time so.
    void revise(const std::vector<relay::line_part>& parts, core::time_point now);

    // When the next connection attempt may start (backoff and login limits); the past means now.
    core::time_point connect_at(core::time_point now);
    void on_connecting(core::time_point now);
    void on_connected(core::time_point now);
    void on_line(std::string_view line, core::time_point now);
    // After on_line(), while a write is under way: an error when the server asks without end and does not
    // read what it gets. The connection is of no use; nothing more is kept for it.
    core::error_code overflow() const noexcept;
    // The last write_line has left; again, if it had to be written once more.
    void on_written(core::time_point now);
    // The last write_line was surely not said: it did not leave, or was turned away for the login's sake.
    // What it carried waits again, ahead of everything else: it may be packed anew, expire and be withdrawn.
    // Not for a line that may have been said.
    void on_not_said();
    // `told_wait`: Twitch asks to be left alone for so long.
    void on_disconnected(core::error_code reason, core::time_point now, core::duration told_wait = {});
    step next(core::time_point now);

    // Accepted lines do not appear in this channel (client/read_back_client.hpp): the same consequences as
    // lines that are neither accepted nor refused. The pause grows each time, up to 30 minutes.
    void on_invisible(std::string_view channel, core::time_point now);

    // A line of this account that was read on another connection than this one (client/read_back_client.hpp).
    // Ours, or of somebody else: that counts, as those do that on_line() brings.
    void on_own_line(const own_sighting& seen, core::time_point now);

    // Somebody wants to know now whether what keeps the channel silent is still so; empty: all channels.
    // Asked by JOIN, then, unless that tells, by one line.
    void ask_now(std::string_view channel, core::time_point now);

    // Twitch's API says whether such a channel exists (client/channel_checker.hpp); IRC just does not answer
    // the JOIN of one that does not. What waits for one that does not exist is settled as dropped
    // "channel_not_found", as after msg_room_not_found. One that was renamed is spoken in under its new name.
    // Without effect on a channel that has been joined.
    void on_channel_known(std::string_view channel, const channel_finding& found, core::time_point now);

    // Orderly end: nothing new is accepted, what may be sent until `deadline` is sent, then QUIT and
    // close_connection{} without error. What is left is settled as dropped "shutdown".
    void drain(core::time_point deadline, core::time_point now);
    // Until when an orderly end may take; nothing while nobody asked for one.
    std::optional<core::time_point> draining_until() const noexcept;
    // Not connected and, after drain(), nothing left to connect for. Settles what is left.
    bool drained(core::time_point now);

    // With options.token_is_kept: there is no token, or Twitch refused it. No connection is attempted, and
    // what waits goes on waiting and expiring, until update_options() brings another token or retry_login()
    // says that the refused one is good after all.
    bool needs_token() const noexcept;
    void retry_login(core::time_point now);

    // Fatal: login refused (unless the token is kept) and the like. The shell stops; the relay decides about
    // the exit code.
    core::error_code fatal() const noexcept;

    std::vector<chat_message> take_chat();     // at most the newest 100
    std::vector<delivery> take_deliveries();   // at most the newest 1000
    std::vector<cleared_line> take_cleared();  // at most the newest 1000
    std::vector<doubted_channel> take_doubts();
    std::vector<relay::settlement> take_settlements();
    // When lines of this account were seen that somebody else said: for the send log, like our own. At most
    // the newest 1000.
    std::vector<core::time_point> take_foreign_lines();
    std::vector<notice> take_notices();

    // Chat typed in the channel comes by take_chat().
    bool hears(std::string_view channel) const;
    std::size_t pending(relay::route_id route) const;  // waiting or in flight
    std::vector<channel_status> channels(core::time_point now) const;
    budget_status budget(core::time_point now) const;
    connection_status connection(core::time_point now) const;
    // PRIVMSGs written that carried the route, without those of on_not_said().
    std::uint64_t lines_sent(relay::route_id route) const;
    std::uint64_t lines_accepted(relay::route_id route) const;  // of those, confirmed
    const std::string& login() const noexcept;                  // from 001 once known
    bool online() const noexcept;                               // 001 seen on this connection

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
