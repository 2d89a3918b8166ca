// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Twitch's login service on a loopback socket: HTTPS around auth_rules. Everything here is called on the
// loop of the executor; see world.hpp for other threads.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/net/server.hpp"
#include "tiktok2twitch/sim/login/rules.hpp"

namespace tiktok2twitch::sim {

enum class auth_endpoint : std::uint8_t { device, poll, refresh, validate, revoke, other };

// What goes wrong with one request.
enum class auth_fault : std::uint8_t {
    none,          // the right answer: a place in a script
    server_error,  // 503, without effect
    slow_down,     // 400 slow_down, without effect
    cut,           // RST, without effect
    lose_answer,   // takes effect, then RST instead of the answer
    malformed,     // takes effect, but the 200 carries a page instead of JSON
    stall,         // takes effect, and nothing is ever answered
};

struct auth_request {
    auth_endpoint where = auth_endpoint::other;
    core::time_point at{};
    auth_form form;
    std::string authorization;
};

class auth_server {
public:
    auth_server(net::asio::any_io_executor executor, net::tls_server tls, auth_settings settings = {});
    auth_server(const auth_server&) = delete;
    auth_server& operator=(const auth_server&) = delete;
    ~auth_server();  // only after the loop has run out of work (stop())

    std::uint16_t port() const noexcept;
    void start();
    void stop();
    auth_rules& rules() noexcept;
    void on_change(std::function<void()> callback);

    // Faults. A script is used up request by request; `always` stays until it is cleared.
    void script(auth_endpoint where, std::vector<auth_fault> faults);
    void always(auth_endpoint where, auth_fault fault);
    void clear_faults();
    // Requests take effect at once; their answers come this much later.
    void delay_answers(core::duration time);
    // What the Date header of every answer says, compared with the clock of this machine.
    void set_clock_ahead(core::duration time);

    // What was seen.
    const std::vector<auth_request>& requests() const noexcept;
    std::size_t request_count(auth_endpoint where) const noexcept;
    std::size_t connections() const noexcept;  // open now

    struct impl;

private:
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::sim
