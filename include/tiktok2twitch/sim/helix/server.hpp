// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Twitch's API on a loopback socket: HTTPS around helix_rules. Everything here is called on the loop of the
// executor; see world.hpp for other threads.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/net/server.hpp"
#include "tiktok2twitch/sim/helix/rules.hpp"

namespace tiktok2twitch::sim {

enum class helix_endpoint : std::uint8_t { users, messages, deletion, settings, other };

// What happens to a request.
struct helix_fault {
    enum class kind : std::uint8_t {
        proper,   // the right answer: a place in a script
        instead,  // `response`, and nothing is done
        pretend,  // done, but `response` is answered
        lose,     // done, then RST instead of the answer
        cut,      // RST, nothing is done
        stall,    // nothing is done, and no answer ever comes
        goodbye,  // the right answer, then the connection is closed without a word in the headers
    };
    kind what = kind::proper;
    net::http_response response;
};
helix_fault helix_status(int status, std::string message = {});
// 429 of the general limit; it is over `wait` after `wall_now`.
helix_fault helix_busy(core::duration wait, core::unix_ms wall_now);
helix_fault helix_does(helix_fault::kind what, int status = 503);

struct helix_record {
    helix_endpoint where = helix_endpoint::other;
    std::string method;
    std::string target;
    std::string body;
    std::uint64_t connection = 0;  // 1 is the first
};

class helix_server {
public:
    // `chat` outlives this.
    helix_server(net::asio::any_io_executor executor, net::tls_server tls, twitch_rules& chat);
    helix_server(const helix_server&) = delete;
    helix_server& operator=(const helix_server&) = delete;
    ~helix_server();  // only after the loop has run out of work (stop())

    std::uint16_t port() const noexcept;
    void start();
    void stop();
    helix_rules& rules() noexcept;
    void on_change(std::function<void()> callback);
    // Lines that were posted: shown, or not.
    void on_delivered(std::function<void(const delivery&)> callback);
    void on_refused(std::function<void(const refusal&)> callback);
    void on_deleted(std::function<void(const deletion_record&)> callback);

    // The next requests there, in order; then everything is proper again.
    void script(helix_endpoint where, std::vector<helix_fault> faults);
    void always(helix_endpoint where, helix_fault fault);
    void clear_faults();
    void refuse_connections(bool refuse);
    void answer_delay(core::duration delay);
    void close_connections();

    const std::vector<helix_record>& requests() const noexcept;
    std::size_t request_count(helix_endpoint where) const noexcept;
    std::uint64_t accepted() const noexcept;  // connections, ever

    struct impl;

private:
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::sim
