// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/tiktok/session.hpp"

#include <algorithm>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <nlohmann/json.hpp>

#include "tiktok2twitch/sim/base/text.hpp"
#include "tiktok2twitch/sim/tiktok/push_framer.hpp"
#include "tiktok2twitch/sim/tiktok/room.hpp"

namespace tiktok2twitch::sim {
namespace {

endpoint classify(const net::server_request& request) {
    const std::string_view path = path_of(request.target);
    if (path == "/") {
        return endpoint::home;
    }
    if (path == "/live") {
        return endpoint::live;
    }
    if (path == "/ttwid/register/") {
        return endpoint::registration;
    }
    if (path == "/api-live/user/room/" || path == "/api-live/user/room") {
        return endpoint::api;
    }
    if (path == "/webcast/room/check_alive/") {
        return endpoint::check_alive;
    }
    if (path == "/webcast/im/ws_proxy/ws_reuse_supplement/") {
        return endpoint::socket;
    }
    return path.starts_with("/@") && path.ends_with("/live") ? endpoint::page : endpoint::other;
}

std::string_view value(const std::map<std::string, std::string>& query, const std::string& key) {
    const auto found = query.find(key);
    return found == query.end() ? std::string_view() : std::string_view(found->second);
}

net::http_response respond(int status, std::string_view type, std::string body) {
    net::http_response response;
    response.status = status;
    response.headers.push_back({"Content-Type", std::string(type)});
    response.body = std::move(body);
    return response;
}

constexpr std::string_view json_type = "application/json; charset=utf-8";

}  // namespace

tiktok_session::tiktok_session(asio::any_io_executor executor, tiktok_server::impl& server,
                               net::server_stream accepted)
    : executor_(executor), server_(server), accepted_(std::move(accepted)), hold_(executor) {}

void tiktok_session::stop() {
    stopping_ = true;
    if (socket_) {
        socket_->reset();
    }
    accepted_.reset();
    hold_.open();
    stop_signal.emit(asio::cancellation_type::terminal);
}

net::awaitable<void> tiktok_session::run() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (server_.refuse_connections) {
        accepted_.reset();
        co_return;
    }
    if (co_await net::handshake(accepted_)) {
        co_return;
    }
    const core::error_code error = co_await serve();
    if (!error && !stopping_) {
        co_await net::close(accepted_);
    }
}

// No error when the connection should be closed in order.
net::awaitable<core::error_code> tiktok_session::serve() {
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        auto request = co_await net::read_request(accepted_);
        if (!request) {
            co_return core::error_code{};
        }
        const endpoint where = classify(*request);
        server_.requests.push_back(
            {where, request->method, request->target, request->headers, request->body, steady_now()});
        ++server_.counts[where];
        server_.changed();
        scripted_answer answer = server_.faults.next(where, answer_proper());
        if (answer.what == scripted_answer::kind::proper && where == endpoint::socket) {
            if (auto refused = refusal(*request)) {
                answer = std::move(*refused);
            }
        }
        switch (answer.what) {
            case scripted_answer::kind::stall:
                co_await hold_.wait();
                co_return asio::error::operation_aborted;
            case scripted_answer::kind::reset:
                accepted_.reset();
                co_return asio::error::connection_reset;
            case scripted_answer::kind::proper:
                if (where == endpoint::socket) {
                    const auto ended = co_await upgrade(std::move(*request));
                    co_return ended;
                }
                answer.response = page(where, *request);
                break;
            case scripted_answer::kind::respond:
                break;
        }
        if (const auto error = co_await net::write_response(accepted_, std::move(answer.response))) {
            co_return error;
        }
    }
}

net::awaitable<core::error_code> tiktok_session::upgrade(net::server_request request) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto record = std::make_shared<socket_record>();
    record->query = query_of(request.target);
    record->headers = request.headers;
    const std::int64_t room_id = number_of(value(record->query, "room_id"));
    record->unique_id = server_.by_room_id(room_id)->unique_id();
    std::vector<net::http_header> headers;
    headers.push_back({"Handshake-Msg", "success"});
    auto accepted =
        co_await net::accept_websocket(std::move(accepted_), std::move(request), std::move(headers));
    if (!accepted) {
        co_return accepted.error();
    }
    server_.records.push_back(record);
    socket_.emplace(executor_, server_, std::move(*accepted), record, room_id);
    server_.changed();
    co_await socket_->run();
    record->open = false;
    co_return asio::error::eof;  // the WebSocket has closed the connection itself
}

// Why this upgrade is refused, as far as TikTok's reasons are known (docs/protocol/tiktok.md §2.5).
std::optional<scripted_answer> tiktok_session::refusal(const net::server_request& request) {
    const auto query = query_of(request.target);
    if (!request.upgrade || request.target.find_first_of(" ()\"<>") != std::string::npos) {
        return answer_status(400);
    }
    const std::string_view agent = request.find("User-Agent");
    const std::string_view cookie = cookie_of(request.find("Cookie"), "ttwid");
    const auto issued = server_.issued.find(cookie);
    if (cookie.empty()) {
        return answer_cookie_missing();
    }
    if (agent.empty() || issued == server_.issued.end() || issued->second != agent) {
        return answer_device_blocked();
    }
    if (value(query, "aid") != "1988") {
        scripted_answer answer = answer_status(200);
        answer.response.headers.push_back({"Handshake-Msg", "illegal app_id"});
        answer.response.headers.push_back({"Handshake-Status", "417"});
        return answer;
    }
    if (value(query, "resp_content_type") != "protobuf" || value(query, "identity") != "audience") {
        return answer_status(400);
    }
    const tiktok_room* room = server_.by_room_id(number_of(value(query, "room_id")));
    if (room == nullptr || !room->alive()) {
        return answer_detected();
    }
    return std::nullopt;
}

net::http_response tiktok_session::page(endpoint where, const net::server_request& request) {
    switch (where) {
        case endpoint::api:
            return api(request);
        case endpoint::live:
        case endpoint::home:
            return page_with_cookie(request, "<!DOCTYPE html><html></html>");
        case endpoint::registration:
            return registration(request);
        case endpoint::check_alive:
            return check_alive(request);
        case endpoint::page: {
            constexpr std::string_view before = "/@";
            constexpr std::string_view after = "/live";
            std::string_view handle = path_of(request.target);
            handle = handle.substr(before.size(), handle.size() - before.size() - after.size());
            return page_with_cookie(request, live_page(server_.by_handle(handle)));
        }
        default:
            return respond(404, "text/html", "not found");
    }
}

net::http_response tiktok_session::api(const net::server_request& request) {
    if (request.find("User-Agent").empty()) {
        return respond(200, json_type, {});  // an empty body is how bots are turned away
    }
    const auto query = query_of(request.target);
    const std::string_view handle = value(query, "uniqueId");
    if (value(query, "aid").empty() || value(query, "sourceType").empty() || handle.empty()) {
        return respond(200, json_type, R"({"statusCode":19881005,"message":"params_error","data":null})");
    }
    tiktok_room* room = server_.by_handle(handle);
    if (room != nullptr) {
        room->hides();
    }
    return respond(200, json_type, api_answer(room));
}

net::http_response tiktok_session::page_with_cookie(const net::server_request& request, std::string body) {
    net::http_response response = respond(200, "text/html; charset=utf-8", std::move(body));
    response.headers.push_back({"Set-Cookie", "tt_csrf_token=example; Path=/; Secure"});
    // Most pages come without it (docs/protocol/tiktok.md §2.1).
    if (++server_.pages % server_.settings.ttwid_every == 0) {
        hand_out_cookie(request, response);
    }
    return response;
}

net::http_response tiktok_session::registration(const net::server_request& request) {
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (request.method != "POST" || request.find("User-Agent").empty() ||
        request.find("Origin") != "https://www.tiktok.com" || !body.is_object() ||
        body.value("aid", 0) != 1988 || body.value("service", "") != "www.tiktok.com") {
        return respond(200, json_type, R"({"status_code":4,"message":"params_error"})");
    }
    net::http_response response = respond(200, json_type, R"({"status_code":0,"message":""})");
    hand_out_cookie(request, response);
    return response;
}

void tiktok_session::hand_out_cookie(const net::server_request& request, net::http_response& response) {
    const std::string id = "1%7CZXhhbXBsZQ%7C1780000000%7C" + std::to_string(++server_.cookies);
    server_.issued.emplace(id, request.find("User-Agent"));
    response.headers.push_back(
        {"Set-Cookie", "ttwid=" + id + "; Path=/; Domain=.tiktok.com; Max-Age=31536000; HttpOnly; Secure"});
}

net::http_response tiktok_session::check_alive(const net::server_request& request) {
    const auto query = query_of(request.target);
    std::vector<alive_answer> rooms;
    std::string_view ids = value(query, "room_ids");
    while (!ids.empty()) {
        const std::size_t end = ids.find(',');
        const std::int64_t id = number_of(ids.substr(0, end));
        ids.remove_prefix(end == std::string_view::npos ? ids.size() : end + 1);
        // A room that nobody knows is left out (docs/protocol/tiktok.md §1.2).
        if (const tiktok_room* room = server_.by_room_id(id)) {
            rooms.push_back({id, room->seems_alive()});
        } else if (server_.was_room(id)) {
            rooms.push_back({id, false});
        }
    }
    return respond(200, json_type, check_alive_answer(rooms, wall_now()));
}

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
        record_->pushes_stopped = true;  // docs/protocol/tiktok.md §2.7
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
    // A client may leave the counter out (docs/protocol/tiktok.md §2.6).
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

namespace {

constexpr int status_live = 2;
constexpr int status_paused = 3;
constexpr int status_offline = 4;
constexpr int code_user_not_found = 19881007;
constexpr int code_age_restricted = 4003110;

bool known(const tiktok_room* room) {
    return room != nullptr && room->state() != account_state::no_such_user && !room->hidden();
}

int status_of(const tiktok_room& room) {
    switch (room.state()) {
        case account_state::live:
            return status_live;
        case account_state::paused:
            return status_paused;
        default:
            return status_offline;
    }
}

nlohmann::json user_json(const tiktok_room& room) {
    nlohmann::json user;
    user["id"] = "6900000000000000001";
    user["uniqueId"] = room.unique_id();
    user["nickname"] = room.unique_id();
    user["secUid"] = "MS4wLjABAAAAexample";
    user["roomId"] = std::to_string(room.room_id());
    user["status"] = status_of(room);
    return user;
}

nlohmann::json live_json(const tiktok_room& room) {
    nlohmann::json live;
    live["status"] = status_of(room);
    live["title"] = room.title();
    live["startTime"] = room.started_at() / 1000;
    live["liveRoomStats"] = {{"userCount", 12}, {"enterCount", 345}};
    return live;
}

// Titles are written by streamers: whatever is not UTF-8 is replaced, as the real service does.
std::string dump(const nlohmann::json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Inside a page, "<" would end the script element early; the real page escapes it.
std::string dump_for_page(const nlohmann::json& value) {
    std::string out;
    for (const char c : dump(value)) {
        if (c == '<') {
            out += "\\u003C";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

}  // namespace

std::string api_answer(const tiktok_room* room) {
    nlohmann::json answer;
    if (!known(room)) {
        answer["statusCode"] = code_user_not_found;
        answer["message"] = "user_not_found";
        answer["data"] = nullptr;
    } else if (room->state() == account_state::age_restricted) {
        answer["statusCode"] = code_age_restricted;
        answer["message"] = "age_restricted";
        answer["data"] = nullptr;
    } else {
        answer["statusCode"] = 0;
        answer["message"] = "";
        answer["data"]["user"] = user_json(*room);
        answer["data"]["liveRoom"] = live_json(*room);
        answer["data"]["stats"]["followerCount"] = 42;
    }
    return dump(answer);
}

std::string live_page(const tiktok_room* room) {
    nlohmann::json state;
    state["AppContext"]["appContext"]["language"] = "en";
    if (known(room)) {
        state["LiveRoom"]["liveRoomUserInfo"]["user"] = user_json(*room);
        state["LiveRoom"]["liveRoomUserInfo"]["liveRoom"] = live_json(*room);
    }
    return "<!DOCTYPE html><html><head><title>LIVE</title><script>var x = \"</scrip\";</script></head>"
           "<body><script id=\"SIGI_STATE\" type=\"application/json\">" +
           dump_for_page(state) + "</script></body></html>";
}

std::string check_alive_answer(const std::vector<alive_answer>& rooms, core::unix_ms now) {
    nlohmann::json answer;
    answer["data"] = nlohmann::json::array();
    for (const alive_answer& room : rooms) {
        nlohmann::json entry;
        entry["alive"] = room.alive;
        entry["room_id"] = room.room_id;
        entry["room_id_str"] = std::to_string(room.room_id);
        answer["data"].push_back(std::move(entry));
    }
    answer["extra"]["now"] = now;
    answer["status_code"] = 0;
    return dump(answer);
}

}  // namespace tiktok2twitch::sim
