// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Twitch's chat on a loopback socket: IRC lines around twitch_rules. Everything here is called on the
// loop of the executor; see world.hpp for other threads.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/net/server.hpp"
#include "tiktok2twitch/sim/twitch/rules.hpp"

namespace tiktok2twitch::sim {

struct twitch_settings {
    core::duration ping_interval = std::chrono::minutes(5);
    // An answer that did not come within this time may be given up by the client (it waits 5 s).
    core::duration confirm_wait = std::chrono::milliseconds(4500);
};

// Faults that hit PRIVMSGs and logins as they come; the counters count down.
struct twitch_faults {
    core::duration answer_delay{};      // USERSTATE and NOTICE come this much later
    std::size_t lose_answers = 0;       // delivered or refused, but the sender is not told
    std::size_t cut_after_accept = 0;   // delivered, then RST instead of an answer
    std::size_t cut_before_accept = 0;  // RST, not delivered
    std::size_t refuse_logins = 0;
    std::string refusal_text = "Login authentication failed";
    std::size_t ignore_joins = 0;
    bool refuse_capabilities = false;  // CAP NAK
    bool refuse_connections = false;   // accepted and reset at once
    bool garbage = false;              // odd lines between the others
};

class twitch_server {
public:
    twitch_server(net::asio::any_io_executor executor, net::tls_server tls, twitch_settings settings = {},
                  twitch_limits limits = {});
    twitch_server(const twitch_server&) = delete;
    twitch_server& operator=(const twitch_server&) = delete;
    ~twitch_server();  // only after the loop has run out of work (stop())

    std::uint16_t port() const noexcept;
    void start();
    void stop();
    twitch_rules& rules() noexcept;
    twitch_settings& settings() noexcept;
    twitch_faults& faults() noexcept;
    void on_change(std::function<void()> callback);
    void on_delivered(std::function<void(const delivery&)> callback);
    void on_refused(std::function<void(const refusal&)> callback);

    // Events. `login` picks the connections of one account; empty means all of them.
    void ping(std::string_view argument);
    void reconnect(std::string_view login, core::duration close_after);
    void reset(std::string_view login);
    void close(std::string_view login);
    void go_deaf(std::string_view login);  // half-open: neither reads nor writes any more
    // Answers to lines, and PONGs, wait until they are released: with a PONG alone a client would know that
    // its line's answer is lost.
    void hold_answers();
    void release_answers();
    void send_raw(std::string_view login, const std::string& line);
    void notice(const std::string& channel, const std::string& msg_id, const std::string& text);
    // Twitch tells a new role with the next USERSTATE; `announce` sends one of its own at once.
    void set_role(const std::string& login, const std::string& channel, role role, bool announce = false);
    void set_modes(const std::string& channel, const channel_modes& modes);  // with ROOMSTATE
    void time_out(const std::string& login, const std::string& channel, core::duration length);
    void ban(const std::string& login, const std::string& channel);
    // Everybody is told that a delivered line was deleted.
    void clear_line(const std::string& channel, const std::string& id);
    // Another viewer speaks; nothing is recorded as delivered.
    void say_as(const std::string& login, const std::string& channel, const std::string& text);
    // With badges of the test's choice ("moderator/1,subscriber/12") instead of those of the login's role.
    void say_with_badges(const std::string& badges, const std::string& login, const std::string& channel,
                         const std::string& text);

    // Somebody who is logged in as `login` in another client says something: like any line of the account it
    // counts against its limits and is recorded, and whoever is in the channel sees it.
    say_answer type(const std::string& login, const std::string& channel, const std::string& text);

    // A line that came by another way (Helix): shown to everybody in the channel, or not.
    void show(const delivery& line);
    void show(const refusal& line);

    // What was seen.
    std::size_t connections() const noexcept;  // open now, logged in or not
    std::size_t accepted() const noexcept;     // ever
    std::size_t logins() const noexcept;       // successful, ever
    bool joined(std::string_view login, std::string_view channel) const noexcept;
    std::size_t pongs(std::string_view argument) const noexcept;
    // Lines from clients in order, "PASS" without its token; at least the newest 5,000.
    const std::vector<std::string>& lines() const noexcept;

    struct impl;

private:
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::sim
