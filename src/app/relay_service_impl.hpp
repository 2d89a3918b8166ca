// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The relay service from inside. Lifetime and stopping are in relay_service.cpp; rooms, routes, the
// intake and reloads in relay_routes.cpp; what Twitch's moderators ask for in relay_moderation.cpp, and what
// TikTok's in relay_deletions.cpp.

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "app/command_socket.hpp"
#include "app/held_announcer.hpp"
#include "app/held_store.hpp"
#include "app/loss_watch.hpp"
#include "app/moderators.hpp"
#include "app/room_table.hpp"
#include "app/room_words.hpp"
#include "app/settled_change.hpp"
#include "app/signal_mask.hpp"
#include "app/state_files.hpp"
#include "tiktok2twitch/app/ingest.hpp"
#include "tiktok2twitch/app/pipeline.hpp"
#include "tiktok2twitch/app/relay_service.hpp"
#include "tiktok2twitch/app/report.hpp"
#include "tiktok2twitch/app/status.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/twitch/client/account_shell.hpp"
#include "tiktok2twitch/twitch/client/channel_checker.hpp"
#include "tiktok2twitch/twitch/client/helix_client.hpp"
#include "tiktok2twitch/twitch/client/keeper_tokens.hpp"
#include "tiktok2twitch/twitch/client/line_deleter.hpp"
#include "tiktok2twitch/twitch/client/read_back_client.hpp"
#include "tiktok2twitch/twitch/client/send_log.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"

namespace tiktok2twitch::app {

namespace asio = boost::asio;

struct relay_service::impl final : twitch::account_listener, twitch::token_listener {
    // running -> (stopping_rooms ->) draining -> over
    enum class phase { running, stopping_rooms, draining, over };

    explicit impl(relay_settings the_settings);

    // relay_service.cpp: from nothing to running and back
    exit_code prepare();  // everything that can fail, before a thread is started
    std::string how_to_end_the_other(int holder) const;  // relay_commands.cpp
    exit_code prepare_recordings();
    void make_shell();
    void start();
    void await_signal();
    void on_hang_up(bool again);
    void stop_listening();
    bool waits_for_login() const;
    void stop(std::string_view why);
    void stop_rooms();
    void begin_drain(core::duration limit);
    void continue_drain();
    void on_shell_ended(std::exception_ptr exception, core::error_code reason);
    void finish();
    void guard_stop(core::duration limit);
    void give_up();  // the last resort of an orderly stop
    void ended_beside();
    void publish();
    route_progress progress(relay::route_id route) const;
    bool reads_everywhere() const;
    void start_read_back();
    void make_read_back();
    void listen_where_deaf();
    void start_checker();
    void run_beside(net::awaitable<core::error_code> work, asio::cancellation_signal& stop);
    void keep_login();  // relay_login.cpp
    void watch_login();
    void end_without_login();
    void watch_files();  // relay_words.cpp
    void end_without_output();
    void reread_words();
    // relay_status.cpp
    void note_room(const std::string& tiktok, const tiktok::room_report& report);
    void note_message(const std::string& tiktok, const relay::event& event);
    status_facts facts() const;
    std::string status() const;
    std::string door_of(const std::string& tiktok) const;
    void each_second();  // relay_second.cpp
    void tell_losses();
    void tell_status();
    std::string report() const;
    std::string summary() const;

    // relay_routes.cpp: what runs
    void drain_intake();
    void take(intake_item item);
    void push(pipeline::parts parts);
    void save(const std::vector<seen_mark>& marks);
    void watch_clock();
    void collect_lost(room_index index, const feed_counts& totals);
    void on_room_state(room_index index, const tiktok::room_report& report);
    void give_up_missing();
    void on_room_ended(room_index index, const ingest::room_end& end);
    void add_route(const route_config& route);
    void remove_route(const route_config& route);
    void start_rooms();
    bool reload();  // false: refused, and why was said
    std::vector<std::string> channels_of(const std::string& tiktok) const;
    void flush_account();

    // relay_moderation.cpp
    twitch::options account_options() const;
    void restore_moderation(const std::string& channel);
    void save_moderation(const std::string& channel);
    void tell_held();
    std::string approve(const std::string& channel, std::uint64_t number);
    std::string deny(const std::string& channel, std::uint64_t number);
    std::string not_decided(const std::string& channel, std::uint64_t number) const;
    std::string still_held(const std::string& channel, const std::string& what) const;
    void judge_again(const std::string& channel);
    std::string status_of(const std::string& channel) const;

    // relay_commands.cpp: what other processes ask for
    void open_command_socket();
    control::answer obey(const control::request& request);

    // relay_held.cpp: what waits for a moderator, over restarts and in chat
    void restore_held();
    void keep_held(bool last);
    void keep_held_soon();
    void announce_held();
    std::string held_json() const;
    control::answer decide(const control::request& request);

    // relay_deletions.cpp
    void start_deleter();
    void take_deletion(const std::string& tiktok, const tiktok::deletion& deletion);
    void delete_lines(std::span<const relay::line_recall::order> lines);
    std::string_view delete_line(const relay::line_recall::order& line);
    void on_deletion_over(const relay::line_recall::order& line, twitch::deletion how);
    bool deleting() const;

    // twitch::account_listener
    void on_chat(const twitch::chat_message& message) override;
    void on_delivery(const twitch::delivery& delivery) override;
    void on_cleared(const twitch::cleared_line& line) override;
    void before_line(const twitch::write_line& line) override;
    void on_settled(const relay::settlement& settlement) override;
    void on_notice(const twitch::notice& notice) override;
    void on_doubt(const twitch::doubted_channel& doubted) override;

    // twitch::token_listener
    void on_token(const twitch::token_found& found) override;
    void on_lost(const core::error_code& reason, const std::string& sentence) override;
    void on_notice(twitch::notice::severity level, const std::string& text) override;

    relay_settings settings;
    asio::io_context loop{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(loop);
    command_socket command_requests;  // destroyed after the locks: who waits for the end waits for them, too
    intake_queue queue;
    asio::signal_set signals;
    std::optional<signal_mask> hang_ups;  // while `signals` listens
    asio::steady_timer watchdog;
    asio::steady_timer tick;  // for what the books do by time alone
    core::time_point tick_at = core::time_point::max();
    asio::steady_timer hang_up_timer;
    asio::steady_timer second;
    std::optional<core::log_limits> limits;  // while it runs
    loss_watch losses;
    core::time_point status_told{};
    asio::steady_timer word_watch;
    settled_change words_change;

    net::tls_client tls;
    state_files files;
    held_store holds;
    std::map<std::string, held_announcer> announcers;  // by channel
    asio::steady_timer keep_timer;
    bool keeps_soon = false;
    moderators mods;
    pipeline books;
    room_table rooms;
    std::unique_ptr<twitch::send_log> send_log;
    std::unique_ptr<twitch::account> account;
    std::unique_ptr<twitch::account_shell> shell;
    std::shared_ptr<tiktok::recorder> recorder;
    std::unique_ptr<ingest> reader;
    twitch::helix_client* helix = nullptr;  // the shell, when lines are said over Helix
    std::unique_ptr<twitch::read_back_client>
        read_back;  // relay.read_back, commands over Helix or where the bot is banned
    asio::cancellation_signal stop_read_back;
    std::set<std::string> deaf_channels;               // read by it because the bot is banned there
    std::unique_ptr<twitch::channel_checker> checker;  // over IRC
    asio::cancellation_signal stop_checker;

    struct kept_login {
        kept_login();  // relay_login.cpp
        std::unique_ptr<twitch::auth_api> api;
        std::unique_ptr<twitch::token_keeper> keeper;
        asio::cancellation_signal stop;
        core::secret token;
        // For calls to Twitch's API; always there, so that whoever makes them need not ask when.
        twitch::keeper_tokens api_tokens;
        std::string problem;   // errc name while only a person can help
        std::string sentence;  // what that person should do
        bool ended = false;    // the keeper, if there is one
        bool worked = false;   // Twitch took it since the start
        bool refused = false;  // the token, and nothing was heard of it since
        unsigned refusals = 0;
    };
    kept_login login;  // of a stored login, or of the configured token
    struct line_deletions {
        std::unique_ptr<twitch::line_deleter> deleter;  // none in a dry run
        asio::cancellation_signal stop;
        bool ended = false;
    };
    line_deletions deletions;

    // What a room said last, for the status.
    struct room_note {
        tiktok::room_state state = tiktok::room_state::looking_up;
        std::string text;
        core::time_point since;
        std::optional<core::time_point> live_since;  // over reconnects
        std::optional<std::int64_t> viewers;
        std::optional<core::time_point> last_message;
        std::optional<core::time_point> next_try;
        std::string hint;
    };
    std::map<std::string, room_note> room_notes;
    std::map<std::string, room_teller> room_tellers;
    core::time_point started{};

    phase current = phase::running;
    bool stop_requested = false;
    bool shell_ended = false;
    std::size_t beside = 0;  // coroutines beside the rooms and the shell that have not ended
    core::time_point drain_until{};
    asio::steady_timer drain_timer;  // ends the wait for deletions
    exit_code result = exit_code::ok;
};

}  // namespace tiktok2twitch::app
