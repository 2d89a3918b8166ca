// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A TikTok on a loopback socket: lookup pages, the ttwid cookie and the webcast WebSocket, all on one
// port. Everything here is called on the loop of the executor; see world.hpp for other threads.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/net/http.hpp"
#include "tiktok2twitch/net/server.hpp"
#include "tiktok2twitch/sim/tiktok/push_framer.hpp"
#include "tiktok2twitch/sim/tiktok/room.hpp"

namespace tiktok2twitch::sim {

// `page` is a user's live page. The cookie comes by `registration`, and by each n-th of the pages.
enum class endpoint : std::uint8_t { api, page, check_alive, registration, live, home, socket, other };

// An answer that is given instead of the right one.
struct scripted_answer {
    enum class kind : std::uint8_t {
        respond,  // `response`
        stall,    // the request is read and never answered
        reset,    // RST
        proper,   // the right answer: a place in a script
    };
    kind what = kind::respond;
    net::http_response response;
};
scripted_answer answer_status(int status, std::string body = {});
scripted_answer answer_stall();
scripted_answer answer_reset();
scripted_answer answer_proper();
scripted_answer answer_too_many(std::string retry_after);  // 429; empty: without Retry-After
scripted_answer answer_redirect(std::string location);     // 302
// What TikTok's web firewall shows in place of a page: 200, about 1.4 KB, x-tt-system-error: 3, and no cookie
// but its own.
scripted_answer answer_check_page();
// Refusals of the WebSocket handshake (docs/protocol/tiktok.md §2.5).
scripted_answer answer_device_blocked();
scripted_answer answer_illegal_secret_key();
scripted_answer answer_cookie_missing();  // the cookie is not there, or not valid any more
scripted_answer answer_detected();        // 200 without a reason

struct tiktok_settings {
    int ttwid_every = 1;                                          // only each n-th page carries it
    core::duration heartbeat_timeout = std::chrono::seconds(30);  // then the server closes
    core::duration ack_timeout = std::chrono::seconds(5);         // then pushes stop; zero: never
    std::size_t batch_size = 100;                                 // messages in one frame
    core::duration socket_life{};                                 // then a socket is cut (RST); zero: never
};

struct request_record {
    endpoint where = endpoint::other;
    std::string method;
    std::string target;
    std::vector<net::http_header> headers;
    std::string body;
    core::time_point at{};
};

// One accepted WebSocket.
struct socket_record {
    std::string unique_id;
    std::map<std::string, std::string> query;
    std::vector<net::http_header> headers;
    bool entered = false;
    bool open = true;
    bool pushes_stopped = false;  // for want of acks
    std::uint64_t heartbeats = 0;
    std::uint64_t acks = 0;
    std::uint64_t frames_sent = 0;
    std::uint64_t messages_sent = 0;
};

struct comment_record {
    std::string unique_id;  // of the room
    std::int64_t msg_id = 0;
    chatter from;
    std::string text;
};

class tiktok_server {
public:
    tiktok_server(net::asio::any_io_executor executor, net::tls_server tls, tiktok_settings settings = {});
    tiktok_server(const tiktok_server&) = delete;
    tiktok_server& operator=(const tiktok_server&) = delete;
    ~tiktok_server();  // only after the loop has run out of work (stop())

    std::uint16_t port() const noexcept;
    void start();
    void stop();  // closes everything; the loop then runs out of work
    tiktok_settings& settings() noexcept;
    // Called after anything worth waiting for has happened.
    void on_change(std::function<void()> callback);
    void on_comment(std::function<void(const comment_record&)> callback);

    // The world.
    tiktok_room& add_room(const std::string& unique_id, account_state state = account_state::live);
    tiktok_room* find_room(std::string_view unique_id);
    // Returns the message id. Nobody needs to be connected: it goes into the history.
    std::int64_t comment(const std::string& unique_id, const chatter& from, std::string_view text);
    // Any other message, to everybody in the room.
    void push(const std::string& unique_id, room_message message);
    void pause(const std::string& unique_id);
    void resume(const std::string& unique_id);
    // Ends the live; without notice the sockets just close.
    void end_live(const std::string& unique_id, bool notice = true);
    void suspend(const std::string& unique_id);
    // A new live with a new room id, which began just now; old sockets close. Without notice they stay open,
    // answer heartbeats and get nothing any more.
    void restart(const std::string& unique_id, bool notice = true);
    // The account gets another handle. Lookups of the old one find nobody, or the account under its new name.
    void rename(const std::string& from, const std::string& to, bool old_name_works = false);

    // Recorded frames, sent as they are.
    void replay(const std::string& unique_id, std::vector<std::string> frames);

    // Faults. A script is used up answer by answer; `always` stays until it is cleared.
    void script(endpoint where, std::vector<scripted_answer> answers);
    void always(endpoint where, scripted_answer answer);
    void clear_faults();                       // scripts, always, refused connections
    void shut_pages();                         // each page answers the check page, always
    void forget_cookies();                     // those handed out so far are refused from now on
    void refuse_connections(bool refuse);      // accepted and reset at once
    void stall(const std::string& unique_id);  // sockets stay open and say nothing
    void close_sockets(const std::string& unique_id);
    void reset_sockets(const std::string& unique_id);
    void reset_mid_frame(const std::string& unique_id);
    void send_raw(const std::string& unique_id, std::string message);  // one binary message: garbage

    // What was seen.
    const std::vector<request_record>& requests() const noexcept;
    std::size_t request_count(endpoint where) const noexcept;
    const std::vector<std::shared_ptr<socket_record>>& sockets() const noexcept;
    std::size_t open_sockets(std::string_view unique_id) const;
    // Sockets that a comment would reach now; one that is closing, stalled or of the account's former live
    // is open, but does not listen.
    std::size_t listening_sockets(std::string_view unique_id) const;
    // What a correct client never does: "heartbeat of a wrong room", "ack of an unknown frame" ...
    const std::vector<std::string>& complaints() const noexcept;

    struct impl;

private:
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::sim
