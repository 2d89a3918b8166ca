// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/sign_fetch.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "tiktok2twitch/tiktok/ways/error.hpp"
#include "tiktok2twitch/tiktok/ways/json_messages.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {
namespace {

constexpr std::string_view cookie_header = "X-Set-TT-Cookie";
constexpr std::string_view room_header = "X-Room-Id";
// Where cookies and parameters come from is not TikTok: bounds of what is passed on.
constexpr std::size_t most_cookie_bytes = 8 * 1024;
constexpr int most_parameters = 64;
constexpr std::size_t longest_parameter = 4 * 1024;

way_answer unusable(way_errc reason) {
    way_answer out;
    out.reason = reason;
    out.detail = "HTTP 200";
    out.of_provider = true;
    return out;
}

bool is_text_of_header(char c) noexcept {
    return c >= 0x20 && c < 0x7f;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

// "a=1; b=2" of all such headers, in one line. Empty: there is none that could be sent.
std::string cookie_line(std::span<const header_view> headers) {
    std::string line;
    for (const header_view& header : headers) {
        if (!equal_ignoring_case(header.name, cookie_header))
            continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            const std::string_view pair = trimmed(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const bool sendable = pair.find('=') != std::string_view::npos && pair.front() != '=' &&
                                  std::ranges::all_of(pair, is_text_of_header);
            if (sendable && line.size() + pair.size() < most_cookie_bytes)
                line.append(line.empty() ? "" : "; ").append(pair);
        }
    }
    if (!line.empty() && line.find("tt-target-idc=") == std::string::npos)
        line.insert(0, "tt-target-idc=useast1a; ");
    return line;
}

std::int64_t room_of(std::span<const header_view> headers, std::int64_t asked) {
    for (const header_view& header : headers) {
        if (!equal_ignoring_case(header.name, room_header))
            continue;
        std::int64_t number = 0;
        const char* const end = header.value.data() + header.value.size();
        const auto [stop, error] = std::from_chars(header.value.data(), end, number);
        if (error == std::errc() && stop == end && number > 0)
            return number;
    }
    return asked;
}

bool is_in_query(std::string_view query, std::string_view name) {
    const std::string wanted = std::string(name) + "=";
    return query.starts_with(wanted) || query.find("&" + wanted) != std::string_view::npos;
}

// The server's own parameters, then those of the direct way, which win where both know one
// (docs/protocol/ways-in.md §2).
std::string socket_target(std::string_view base, const webcast::SignedAddress& address,
                          const std::string& direct_target) {
    const std::size_t mark = direct_target.find('?');
    const std::string_view query = std::string_view(direct_target).substr(mark + 1);
    std::string out(base.empty() || base == "/" ? std::string_view(direct_target).substr(0, mark) : base);
    out += out.find('?') == std::string::npos ? '?' : '&';
    int left = most_parameters;
    for (const webcast::RouteParam& each : address.route_params()) {
        if (each.key().empty() || each.value().empty() || is_in_query(query, each.key()))
            continue;
        if (--left < 0 || each.key().size() + each.value().size() > longest_parameter)
            break;
        out += core::percent_encode(each.key()) + "=" + core::percent_encode(each.value()) + "&";
    }
    return out.append(query).append("&version_code=270000");
}

// Said to everybody while the provider is out of order.
bool is_outage_stub(std::string_view push_server, std::string_view body) {
    return push_server.find("ws-fallback.") != std::string_view::npos ||
           (body.size() < 1024 && body.find("fallback proxy") != std::string_view::npos);
}

decoded_batch first_batch(std::string_view body, core::time_point now) {
    decoded_batch out;
    const core::result<response> answer = decode_response(body, webcast_session::max_batch_messages);
    if (!answer)
        return out;
    frame_counts counts;
    message_codec codec;
    for (const std::string_view message : answer->messages) {
        decoded_message one = codec.decode(message);
        put(std::move(one), codec.method(), now, out, counts);
    }
    for (decoded_event& event : out.events)
        event.history = true;
    out.opening = true;
    out.messages = !answer->messages.empty();
    out.server_now = answer->now;
    out.unread.excess_messages = answer->excess_messages;
    // Whether the live is over is for the socket to say.
    out.change.reset();
    return out;
}

}  // namespace

std::string sign_target(std::int64_t room_id, const user_agent& browser) {
    return "/webcast/fetch?client=ttlive-other&platform=web&client_enter=true&room_id=" +
           std::to_string(room_id) + "&user_agent=" + core::percent_encode(browser.text);
}

std::vector<std::pair<std::string, std::string>> sign_headers(std::string_view key) {
    std::vector<std::pair<std::string, std::string>> out;
    out.emplace_back("Accept", "application/protobuf, application/json");
    if (!key.empty())
        out.emplace_back("X-Api-Key", key);
    return out;
}

std::variant<signed_socket, way_answer> read_sign_answer(const sign_question& question, int http_status,
                                                         std::span<const header_view> headers,
                                                         std::string_view body, core::time_point now,
                                                         core::unix_ms wall_now) {
    if (http_status != 200 || body.starts_with('{'))
        return answer_of_signer(http_status, headers, body, question.keyed, wall_now);
    if (body.empty())
        return unusable(way_errc::signer_detected);
    webcast::SignedAddress address;
    if (body.size() > max_sign_answer || !address.ParseFromArray(body.data(), static_cast<int>(body.size())))
        return unusable(way_errc::answer_unusable);
    if (is_outage_stub(address.push_server(), body))
        return unusable(way_errc::provider_outage);
    const auto server = core::parse_url(address.push_server());
    signed_socket out;
    out.cookies = cookie_line(headers);
    if (address.cursor().empty() || !server || (server->scheme != "wss" && server->scheme != "ws") ||
        out.cookies.empty())
        return unusable(way_errc::answer_unusable);
    out.room_id = room_of(headers, question.room_id);
    const std::string direct_target =
        websocket_target(out.room_id, *question.browser, question.heartbeat_interval, question.seed);
    out.to = *server;
    out.to.target = socket_target(server->target, address, direct_target);
    out.first = first_batch(body, now);
    return out;
}

}  // namespace tiktok2twitch::tiktok
