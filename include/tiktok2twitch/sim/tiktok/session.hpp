// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/cancellation_signal.hpp>

#include "tiktok2twitch/sim/base/session_host.hpp"
#include "tiktok2twitch/sim/tiktok/server.hpp"

namespace tiktok2twitch::sim {

// One WebSocket of a room, after the handshake.
class tiktok_socket {
public:
    tiktok_socket(asio::any_io_executor executor, tiktok_server::impl& server, net::websocket socket,
                  std::shared_ptr<socket_record> record, std::int64_t room_id);

    net::awaitable<void> run();

    void push(const room_message& message);
    void send_raw(std::string frame);
    void stall();
    void close();  // after what waits has been sent
    void reset();
    void reset_mid_frame();

    const socket_record& record() const noexcept { return *record_; }
    // Messages of the room reach its client: it entered, nothing stopped it, it is not on its way out, and
    // the live it entered is still the account's.
    bool listening() const;

private:
    struct outgoing {
        enum class kind { message, frame, close, cut };
        kind what = kind::message;
        room_message message;
        std::string frame;
    };

    net::awaitable<core::error_code> read_loop();
    net::awaitable<core::error_code> write_loop();
    net::awaitable<core::error_code> say_goodbye();
    void on_frame(const std::string& bytes);
    void on_enter(const client_frame& frame);
    void on_heartbeat(const client_frame& frame);
    void on_ack(const client_frame& frame);
    void queue(outgoing::kind what, std::string frame);
    std::string next_batch();
    core::time_point deadline() const;
    bool dead(core::time_point now);
    core::time_point life_end() const;

    asio::any_io_executor executor_;
    tiktok_server::impl& server_;
    net::websocket socket_;
    std::shared_ptr<socket_record> record_;
    std::int64_t room_id_;
    gate writer_;
    gate closed_;
    push_framer framer_;
    std::deque<outgoing> out_;
    std::map<std::uint64_t, core::time_point> unacked_;
    std::set<std::uint64_t> replayed_;  // log ids of recorded frames, which may be acked or not
    std::int64_t heartbeat_counter_ = 0;
    core::time_point last_heartbeat_;
    core::time_point born_;
    bool stalled_ = false;
    bool leaving_ = false;  // the end is queued
    bool closing_ = false;
    bool cut_ = false;
};

// One TCP connection: HTTP requests, and perhaps a WebSocket in the end.
class tiktok_session {
public:
    tiktok_session(asio::any_io_executor executor, tiktok_server::impl& server, net::server_stream accepted);

    net::awaitable<void> run();
    void stop();

    tiktok_socket* socket() noexcept { return socket_ ? &*socket_ : nullptr; }

    asio::cancellation_signal stop_signal;

private:
    net::awaitable<core::error_code> serve();
    net::awaitable<core::error_code> upgrade(net::server_request request);
    net::http_response page(endpoint where, const net::server_request& request);
    net::http_response api(const net::server_request& request);
    net::http_response page_with_cookie(const net::server_request& request, std::string body);
    net::http_response registration(const net::server_request& request);
    void hand_out_cookie(const net::server_request& request, net::http_response& response);
    net::http_response check_alive(const net::server_request& request);
    std::optional<scripted_answer> refusal(const net::server_request& request);

    asio::any_io_executor executor_;
    tiktok_server::impl& server_;
    net::server_stream accepted_;
    std::optional<tiktok_socket> socket_;
    gate hold_;
    bool stopping_ = false;
};

struct tiktok_server::impl {
    impl(asio::any_io_executor where, net::tls_server tls, const tiktok_settings& how)
        : host(where, std::move(tls),
               {.open =
                    [this, where](net::server_stream stream) {
                        return std::make_shared<tiktok_session>(where, *this, std::move(stream));
                    },
                .serve = [](std::shared_ptr<tiktok_session> session) { return session->run(); },
                .changed =
                    [this] {
                        changed();
                    }}),
          settings(how) {}

    void changed() const {
        if (change) {
            change();
        }
    }
    void complain(std::string what);
    tiktok_room* by_handle(std::string_view unique_id);
    tiktok_room* by_room_id(std::int64_t room_id);
    bool was_room(std::int64_t room_id) const;
    std::vector<tiktok_socket*> sockets_of(std::string_view unique_id);

    session_host<tiktok_session> host;
    tiktok_settings settings;
    std::function<void()> change;
    std::function<void(const comment_record&)> commented;
    std::map<std::string, std::unique_ptr<tiktok_room>, std::less<>> rooms;
    std::map<std::string, std::string, std::less<>> old_names;  // that still lead to the account
    std::int64_t next_room_id = 7'300'000'000'000'000'001;
    fault_script<endpoint, scripted_answer> faults;
    bool refuse_connections = false;
    std::map<std::string, std::string, std::less<>> issued;  // ttwid -> User-Agent
    int pages = 0;                                           // answered
    int cookies = 0;                                         // handed out
    std::uint64_t next_log_id = 3'370'164'404'529'000'000;
    std::vector<request_record> requests;
    std::map<endpoint, std::size_t> counts;
    std::vector<std::shared_ptr<socket_record>> records;
    std::vector<std::string> complaints;
};

core::time_point steady_now();
core::unix_ms wall_now();

}  // namespace tiktok2twitch::sim
