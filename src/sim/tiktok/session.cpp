// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "sim/tiktok_session.hpp"

#include <nlohmann/json.hpp>

#include "sim/http_text.hpp"

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

// Why this upgrade is refused, as far as TikTok's reasons are known (tiktok.md 2.5).
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
    // Most pages come without it (tiktok.md 2.1).
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
        // A room that nobody knows is left out (tiktok.md 1.2).
        if (const tiktok_room* room = server_.by_room_id(id)) {
            rooms.push_back({id, room->seems_alive()});
        } else if (server_.was_room(id)) {
            rooms.push_back({id, false});
        }
    }
    return respond(200, json_type, check_alive_answer(rooms, wall_now()));
}

}  // namespace tiktok2twitch::sim
