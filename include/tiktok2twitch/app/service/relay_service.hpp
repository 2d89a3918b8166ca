// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The running relay: starts its parts, hands on what they tell each other, and ends them: the rooms first,
// then what may still be said, and last a renewal of the login that is under way.
// Construct, run() once on the thread that shall be the egress loop, then read report() and summary().

#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/app/control/command_socket.hpp"
#include "tiktok2twitch/app/service/channel_watch.hpp"
#include "tiktok2twitch/app/service/deletions.hpp"
#include "tiktok2twitch/app/service/kept_login.hpp"
#include "tiktok2twitch/app/service/moderator_commands.hpp"
#include "tiktok2twitch/app/service/outbound.hpp"
#include "tiktok2twitch/app/service/recordings.hpp"
#include "tiktok2twitch/app/service/rooms.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"
#include "tiktok2twitch/app/service/signal_watch.hpp"
#include "tiktok2twitch/app/service/word_watch.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

class relay_service final : twitch::account_listener, login_listener {
public:
    // Bounds of an orderly stop: what may still be said is sent for `drain_limit`, and the process ends
    // after `stop_limit` whatever hangs (a name lookup cannot be interrupted); the same again for what runs
    // beside once all is said. Only the login is then waited for longer: a refresh under way takes at most
    // 60 s, and saving what it brought 5 s.
    static constexpr auto drain_limit = std::chrono::seconds(5);
    static constexpr auto stop_limit = std::chrono::seconds(12);
    static constexpr auto login_limit = std::chrono::seconds(75);

    explicit relay_service(relay_settings settings);

    exit_code run();

    // Asks for an orderly stop, like SIGTERM. Any thread, once run() has been called or not.
    void request_stop();

    // After run().
    std::string report() const;
    std::string summary() const;

private:
    exit_code prepare();  // everything that can fail, before a thread is started
    void start();
    void publish();

    void add_route(const route_config& route);
    void remove_route(const route_config& route);
    bool reload();  // false: refused, and why was said
    twitch::options account_options() const;

    // What reads and deletes in a channel is told by what name Twitch knows it.
    void follow_renamed();
    void each_second();
    void log_status(core::time_point now);
    void look_around();
    status_facts facts() const;
    void open_socket();
    control::answer obey(const control::request& request);

    void stop(std::string_view why);
    void stop_rooms();
    void end_with(exit_code code);
    void on_room_ended();
    void begin_drain(core::duration limit);
    void continue_drain();
    void on_shell_ended(std::exception_ptr exception, core::error_code reason);
    void finish();
    bool waits_for_login() const;
    void stop_listening();
    void give_up();

    void on_chat(const twitch::chat_message& message) override { moderation_.on_chat(message); }
    void before_line(const twitch::write_line& line) override { out_.before_line(line); }
    void on_delivery(const twitch::delivery& delivery) override;
    void on_cleared(const twitch::cleared_line& line) override { deletions_.on_cleared(line); }
    void on_settled(const relay::settlement& settlement) override;
    void on_notice(const twitch::notice& notice) override;
    void on_doubt(const twitch::doubted_channel& doubted) override { channels_.on_doubt(doubted); }

    void on_token(const twitch::token_found& found) override;
    void on_hopeless() override { end_with(exit_code::login_refused); }
    void on_login_ended(core::error_code reason) override;

    std::shared_ptr<tiktok::recorder> recorder_;  // until the rooms have it
    run_context run_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    command_socket socket_;  // destroyed after the locks: who waits for the end waits for them, too
    signal_watch signals_;
    outbound out_;
    moderator_commands moderation_;
    kept_login login_;
    deletions deletions_;
    rooms rooms_;
    channel_watch channels_;
    word_watch words_;
    std::optional<core::log_limits> log_limits_;  // while it runs
    boost::asio::steady_timer second_;
    core::time_point started_{};
    core::time_point status_told_{};
    boost::asio::steady_timer drain_timer_;
    core::time_point drain_until_{};
    bool shell_ended_ = false;
};

}  // namespace tiktok2twitch::app
