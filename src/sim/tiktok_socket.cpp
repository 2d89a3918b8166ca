// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>

#include "sim/http_text.hpp"
#include "sim/tiktok_session.hpp"
#include "tiktok2twitch/sim/wire_writer.hpp"

namespace tiktok2twitch::sim {

tiktok_socket::tiktok_socket(asio::any_io_executor executor, tiktok_server::impl& server,
                             net::websocket socket, std::shared_ptr<socket_record> record,
                             std::int64_t room_id)
    : executor_(executor),
      server_(server),
      socket_(std::move(socket)),
      record_(std::move(record)),
      room_id_(room_id),
      writer_(executor),
      closed_(executor),
      framer_(record_->query["compress"] == "gzip", server.next_log_id),
      last_heartbeat_(steady_now()),
      born_(last_heartbeat_) {
    constexpr std::uint64_t log_ids_per_socket = 1'000'000;
    server_.next_log_id += log_ids_per_socket;
}

net::awaitable<void> tiktok_socket::run() {
    using namespace asio::experimental::awaitable_operators;
    co_await asio::this_coro::throw_if_cancelled(false);
    auto both = read_loop() || write_loop();
    co_await std::move(both);
    if (cut_) {
        socket_.reset();
    } else if (!closing_) {
        co_await socket_.close();
    }
}

// The client may still be writing: its last frames are read until it answers the close, or it would
// see a broken connection instead of an orderly end.
net::awaitable<core::error_code> tiktok_socket::say_goodbye() {
    co_await asio::this_coro::throw_if_cancelled(false);
    closing_ = true;
    co_await socket_.close();
    closed_.open();
    co_return core::error_code{};
}

net::awaitable<core::error_code> tiktok_socket::read_loop() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        auto message = co_await socket_.read();
        if (!message) {
            if (closing_) {
                co_await closed_.wait();
            }
            co_return message.error();
        }
        if (cut_ || stopped(co_await asio::this_coro::cancellation_state)) {
            co_return asio::error::operation_aborted;
        }
        on_frame(*message);
        server_.changed();
    }
}

net::awaitable<core::error_code> tiktok_socket::write_loop() {
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!stopped(co_await asio::this_coro::cancellation_state) && !cut_) {
        if (steady_now() >= life_end()) {
            reset();
            break;
        }
        if (dead(steady_now())) {
            const auto ended = co_await say_goodbye();
            co_return ended;
        }
        if (stalled_ || out_.empty()) {
            co_await writer_.wait(std::min(deadline(), life_end()));
            continue;
        }
        const outgoing::kind next = out_.front().what;
        if (next == outgoing::kind::close) {
            const auto ended = co_await say_goodbye();
            co_return ended;
        }
        std::string bytes;
        if (next == outgoing::kind::message) {
            bytes = next_batch();
        } else {
            bytes = std::move(out_.front().frame);
            out_.pop_front();
        }
        if (next == outgoing::kind::cut) {
            // Comes between two TLS records of the frame that is being written.
            asio::post(executor_, [this] { reset(); });
        }
        ++record_->frames_sent;
        if (const core::error_code error = co_await socket_.write(std::move(bytes))) {
            co_return error;
        }
        server_.changed();
    }
    co_return asio::error::operation_aborted;
}

std::string tiktok_socket::next_batch() {
    std::vector<room_message> messages;
    while (!out_.empty() && out_.front().what == outgoing::kind::message &&
           messages.size() < server_.settings.batch_size) {
        messages.push_back(std::move(out_.front().message));
        out_.pop_front();
    }
    record_->messages_sent += messages.size();
    std::string bytes = framer_.batch(messages, wall_now());
    unacked_.emplace(framer_.last_log_id(), steady_now());
    return bytes;
}

core::time_point tiktok_socket::deadline() const {
    return stalled_ || server_.settings.heartbeat_timeout == core::duration::zero()
               ? core::time_point::max()
               : last_heartbeat_ + server_.settings.heartbeat_timeout;
}

core::time_point tiktok_socket::life_end() const {
    return server_.settings.socket_life == core::duration::zero() ? core::time_point::max()
                                                                  : born_ + server_.settings.socket_life;
}

// Whoever sends no heartbeats is gone.
bool tiktok_socket::dead(core::time_point now) {
    return now >= deadline();
}

bool tiktok_socket::listening() const {
    return record_->entered && !record_->pushes_stopped && !stalled_ && !leaving_ &&
           server_.by_room_id(room_id_) != nullptr;
}

void tiktok_socket::push(const room_message& message) {
    const core::duration patience = server_.settings.ack_timeout;
    if (patience != core::duration::zero() && !unacked_.empty() &&
        steady_now() - unacked_.begin()->second > patience) {
        record_->pushes_stopped = true;  // tiktok.md 2.7
    }
    if (!listening()) {
        return;
    }
    outgoing item;
    item.message = message;
    out_.push_back(std::move(item));
    writer_.open();
}

void tiktok_socket::queue(outgoing::kind what, std::string frame) {
    outgoing item;
    item.what = what;
    item.frame = std::move(frame);
    out_.push_back(std::move(item));
    writer_.open();
}

void tiktok_socket::send_raw(std::string frame) {
    if (const auto fields = read_wire(frame)) {
        replayed_.insert(wire_number(*fields, 2));
    }
    queue(outgoing::kind::frame, std::move(frame));
}

void tiktok_socket::stall() {
    stalled_ = true;
}

void tiktok_socket::close() {
    leaving_ = true;
    queue(outgoing::kind::close, {});
}

void tiktok_socket::reset() {
    cut_ = true;
    leaving_ = true;
    socket_.reset();
    writer_.open();
}

void tiktok_socket::reset_mid_frame() {
    constexpr std::size_t large = 900'000;  // many TLS records, within the client's bound
    leaving_ = true;
    wire_writer frame;
    frame.text(7, "padding").text(8, std::string(large, 'x'));
    queue(outgoing::kind::cut, frame.bytes());
}

void tiktok_socket::on_frame(const std::string& bytes) {
    const auto frame = read_client_frame(bytes);
    if (!frame || frame->server_fields) {
        server_.complain("a frame that no client sends");
        return;
    }
    if (frame->type == "im_enter_room") {
        on_enter(*frame);
    } else if (frame->type == "hb") {
        on_heartbeat(*frame);
    } else if (frame->type == "ack") {
        on_ack(*frame);
    } else {
        server_.complain("unknown payload type " + frame->type);
    }
}

void tiktok_socket::on_enter(const client_frame& frame) {
    tiktok_room* room = server_.by_room_id(frame.room_id);
    if (frame.room_id != room_id_ || frame.identity != "audience" || record_->entered || room == nullptr) {
        server_.complain("im_enter_room of a wrong room, as a wrong identity, or twice");
        return;
    }
    record_->entered = true;
    constexpr std::int64_t all = tiktok_room::history_size;
    const auto asked = record_->query.find("history_comment_count");
    const std::int64_t history =
        asked == record_->query.end() ? all : std::clamp<std::int64_t>(number_of(asked->second), 0, all);
    const core::unix_ms now = wall_now();
    queue(outgoing::kind::frame, framer_.enter_response(room->welcome(now), now));
    for (const room_message& message : room->state_messages(static_cast<std::size_t>(history), now)) {
        push(message);
    }
}

void tiktok_socket::on_heartbeat(const client_frame& frame) {
    ++record_->heartbeats;
    last_heartbeat_ = steady_now();
    // A client may leave the counter out (tiktok.md 2.6).
    if (!record_->entered || frame.room_id != room_id_ ||
        (frame.counter != 0 && frame.counter != heartbeat_counter_ + 1)) {
        server_.complain("heartbeat before im_enter_room, of a wrong room, or out of sequence");
    }
    heartbeat_counter_ = frame.counter;
    if (!stalled_) {
        queue(outgoing::kind::frame, framer_.heartbeat_reply(wall_now()));
    }
}

void tiktok_socket::on_ack(const client_frame& frame) {
    ++record_->acks;
    if (unacked_.erase(frame.log_id) == 0 && !replayed_.contains(frame.log_id)) {
        server_.complain("ack of an unknown frame");
    }
    if (frame.payload != "-" && !replayed_.contains(frame.log_id)) {
        server_.complain("ack without the internal_ext of its frame");
    }
}

}  // namespace tiktok2twitch::sim
