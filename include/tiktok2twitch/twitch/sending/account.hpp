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
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/line.hpp"
#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/bounded_list.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"
#include "tiktok2twitch/twitch/options.hpp"
#include "tiktok2twitch/twitch/sending/account_parts.hpp"
#include "tiktok2twitch/twitch/sending/channel.hpp"
#include "tiktok2twitch/twitch/sending/connection_life.hpp"
#include "tiktok2twitch/twitch/sending/line_sender.hpp"
#include "tiktok2twitch/twitch/sending/own_lines.hpp"

namespace tiktok2twitch::twitch {

class account {
public:
    // The windows of the limits may be shorter; Twitch's is not.
    static constexpr core::duration shortest_history = std::chrono::seconds(32);

    // `sent`: times of the PRIVMSGs of the last window, from the send log, oldest first. `seed` for jitter.
    // `cautious`: the send log could not be read: start with 5 lines for the first window
    // (docs/protocol/twitch.md §8.3).
    account(const options& options, std::vector<core::time_point> sent, bool cautious, core::time_point now,
            std::uint64_t seed);
    account(const account&) = delete;  // its objects refer to each other
    account& operator=(const account&) = delete;

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
    void on_written(core::time_point now) { sender_.on_written(now); }
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
    void drain(core::time_point deadline, core::time_point) { life_.drain(deadline); }
    // Until when an orderly end may take; nothing while nobody asked for one.
    std::optional<core::time_point> draining_until() const noexcept { return life_.drain_deadline(); }
    // Not connected and, after drain(), nothing left to connect for. Settles what is left.
    bool drained(core::time_point now);

    // With options.token_is_kept: there is no token, or Twitch refused it. No connection is attempted, and
    // what waits goes on waiting and expiring, until update_options() brings another token or retry_login()
    // says that the refused one is good after all.
    bool needs_token() const noexcept { return life_.needs_token(); }
    void retry_login(core::time_point now) { life_.retry_login(now); }

    // Fatal: login refused (unless the token is kept) and the like. The shell stops; the relay decides about
    // the exit code.
    core::error_code fatal() const noexcept { return life_.fatal(); }

    std::vector<chat_message> take_chat() { return chat_.take(); }
    std::vector<delivery> take_deliveries() { return deliveries_.take(); }
    std::vector<cleared_line> take_cleared() { return cleared_.take(); }
    std::vector<doubted_channel> take_doubts() { return std::exchange(parts_.doubts, {}); }
    std::vector<relay::settlement> take_settlements() { return parts_.book.take(); }
    // When lines of this account were seen that somebody else said: for the send log, like our own. At most
    // the newest 1000.
    std::vector<core::time_point> take_foreign_lines() { return use_.take_foreign_lines(); }
    std::vector<notice> take_notices() { return std::exchange(parts_.notices, {}); }

    // Chat typed in the channel comes by take_chat().
    bool hears(std::string_view channel) const;
    std::size_t pending(relay::route_id route) const;  // waiting or in flight
    std::vector<channel_status> channels(core::time_point now) const;
    budget_status budget(core::time_point now) const;
    connection_status connection(core::time_point now) const { return life_.status(now); }
    // PRIVMSGs written that carried the route, without those of on_not_said().
    std::uint64_t lines_sent(relay::route_id route) const { return sender_.counts(route).sent; }
    // Of those, confirmed.
    std::uint64_t lines_accepted(relay::route_id route) const { return sender_.counts(route).accepted; }
    const std::string& login() const noexcept { return parts_.login(); }  // from 001 once known
    bool online() const noexcept { return life_.online(); }               // 001 seen on this connection

private:
    channel& channel_named(const std::string& name);
    channel* find(std::string_view name) const;  // as the routes call it
    channel* heard(std::string_view called);     // as Twitch calls it
    void settle(channel& ch, std::string_view reason);
    void settle_all(std::string_view reason);
    bool drains_dry(core::time_point now) const;

    void housekeeping(core::time_point now);
    std::optional<step> protocol_step(core::time_point now);
    void run_joins(core::time_point now);
    void run_probes(core::time_point now);
    void check_answers(core::time_point now);
    core::time_point deadline(core::time_point now) const;

    void handle(const nothing&, core::time_point) {}
    void handle(const logged_in&, core::time_point now) { life_.on_logged_in(now); }
    void handle(const session_failed& event, core::time_point now);
    void handle(const user_state& event, core::time_point now);
    void handle(const room_state& event, core::time_point now);
    void handle(const room_notice& event, core::time_point now);
    void handle(const channel_chat& event, core::time_point now);
    void handle(const own_clear& event, core::time_point now);
    void handle(const own_line_cleared& event, core::time_point now);
    void handle(const own_part& event, core::time_point now);
    void handle(const reconnect_asked&, core::time_point now) { life_.ask_reconnect(now); }
    void handle(const pong& event, core::time_point now);
    void fail(errc reason);
    void set_role(channel& ch, role rank, core::time_point now);
    void accepted(channel& ch, const std::string& line_id, core::time_point now);
    void unanswered(channel& ch, core::time_point now);
    void note_delivery(const channel& ch, const flight& line, const std::string& line_id);

    void read(const own_sighting& seen, own_lines::reader who, core::time_point now);
    void answer_to_nobody(const user_state& event, core::time_point now);
    void act_on(const account_use::finding& found, core::time_point now);
    void act_on_all(const std::vector<account_use::finding>& found, core::time_point now);
    void line_arrived(const own_sighting& seen, core::time_point now);
    void said_elsewhere(const own_sighting& seen, core::time_point now);

    account_parts parts_;
    connection_life life_;
    std::optional<core::time_point> last_before_start_;  // the newest send of an earlier process
    line_sender sender_;
    account_use use_;

    std::map<std::string, std::unique_ptr<channel>, std::less<>> channels_;
    std::map<relay::route_id, channel*> routes_;
    std::vector<channel*> order_;  // those with a route; whoever spoke last stands last
    bool ids_seen_ = false;        // USERSTATEs that answer a line carry an id, on this connection

    bounded_list<chat_message, 100> chat_;
    bounded_list<delivery, 1000> deliveries_;
    bounded_list<cleared_line, 1000> cleared_;
};

}  // namespace tiktok2twitch::twitch
