// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/cancellation_signal.hpp>

#include "tiktok2twitch/sim/base/session_host.hpp"
#include "tiktok2twitch/sim/twitch/server.hpp"

namespace tiktok2twitch::sim {

// A line from a client, read the server's way.
struct irc_command {
    std::string nonce;  // client-nonce tag
    std::string verb;   // upper case
    std::vector<std::string> parameters;

    std::string_view parameter(std::size_t index) const noexcept {
        return index < parameters.size() ? std::string_view(parameters[index]) : std::string_view();
    }
};

irc_command read_command(std::string_view line);

// One client of the Twitch stand-in.
class twitch_session : public std::enable_shared_from_this<twitch_session> {
public:
    twitch_session(asio::any_io_executor executor, twitch_server::impl& server, net::server_stream accepted);

    net::awaitable<void> run();
    void stop();

    void send(std::string line) { queue({std::move(line), {}, after::keep}, core::duration::zero()); }
    // Only for those who asked for twitch.tv/commands.
    void tell(std::string line);
    void close_after(core::duration time);
    void reset();
    void go_deaf();
    void release_answers();

    const std::string& login() const noexcept { return login_; }
    bool in(std::string_view channel) const { return channels_.contains(std::string(channel)); }

    asio::cancellation_signal stop_signal;

private:
    enum class after { keep, close };
    struct outgoing {
        std::string line;
        std::string answers;  // the channel whose PRIVMSG this answers
        after then = after::keep;
    };

    net::awaitable<core::error_code> read_loop();
    net::awaitable<core::error_code> write_loop();
    void queue(outgoing item, core::duration delay);
    void answer(const std::string& channel, std::string line);
    void queue_answer(outgoing item, core::duration delay);

    void on_line(const std::string& line);
    void on_cap(const irc_command& command);
    void on_nick(std::string_view nick);
    void on_join(std::string_view channels);
    void on_privmsg(const irc_command& command);
    void on_ping(const irc_command& command);
    void welcome();
    void refuse_login(const std::string& text);
    void show(const delivery& line, const std::string& nonce);

    twitch_server::impl& server_;
    net::server_stream accepted_;
    std::optional<net::line_stream> stream_;
    gate writer_;
    gate reader_;
    std::multimap<core::time_point, outgoing> out_;
    std::vector<outgoing> held_;
    std::map<std::string, core::time_point> unanswered_;
    std::set<std::string> channels_;
    std::string pass_;
    std::string login_;
    core::time_point next_ping_{};
    bool tags_ = false;
    bool commands_ = false;
    bool deaf_ = false;
    bool cut_ = false;
};

struct twitch_server::impl {
    impl(asio::any_io_executor where, net::tls_server tls, const twitch_settings& how,
         const twitch_limits& limits)
        : host(where, std::move(tls),
               {.open =
                    [this, where](net::server_stream stream) {
                        ++accepted;
                        return std::make_shared<twitch_session>(where, *this, std::move(stream));
                    },
                .serve = [](std::shared_ptr<twitch_session> session) { return session->run(); },
                .changed =
                    [this] {
                        changed();
                    }}),
          settings(how),
          rules(limits) {}

    void changed() const {
        if (change) {
            change();
        }
    }
    void log_line(std::string line);
    void show_viewer(const std::string& login, const std::string& channel, const std::string& text,
                     const std::optional<std::string>& badges);
    std::vector<std::shared_ptr<twitch_session>> of(std::string_view login) const;
    std::vector<std::shared_ptr<twitch_session>> in(std::string_view channel) const;

    session_host<twitch_session> host;
    twitch_settings settings;
    twitch_rules rules;
    twitch_faults faults;
    std::function<void()> change;
    std::function<void(const delivery&)> delivered;
    std::function<void(const refusal&)> refused;
    std::vector<std::string> lines;
    std::multiset<std::string, std::less<>> pongs;
    bool holding = false;
    std::size_t accepted = 0;
    std::size_t logins = 0;
    std::uint64_t viewer_messages = 0;
    std::size_t next_garbage = 0;
};

}  // namespace tiktok2twitch::sim
