// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/client/direct_requests.hpp"

#include <utility>

#include "tiktok/ws_query.hpp"
#include "tiktok2twitch/tiktok/room_page.hpp"
#include "tiktok2twitch/tiktok/webcast_session.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// Not from options.web_url: whoever stands in for TikTok sees what TikTok would see.
constexpr const char* site = "https://www.tiktok.com";

// Who swallows requests for a while is asked again within 10 s of its recovery, so no try may last longer.
constexpr core::duration patience = std::chrono::seconds(8);

// A door that says nothing for so long is as good as shut; there are others.
constexpr core::duration door_limit = std::chrono::seconds(5);

net::http_request get(core::url base, std::string_view target, const user_agent& browser,
                      const char* accept) {
    net::http_request request;
    request.to = std::move(base);
    request.to.target = under(request.to.target, target);
    request.headers = {{"User-Agent", std::string(browser.text)},
                       {"Accept", accept},
                       {"Accept-Language", "en-US,en;q=0.9"},
                       {"Referer", std::string(site) + "/"}};
    request.body_limit = max_page_bytes;
    return request;
}

}  // namespace

net::http_request data_request(core::url base, std::string_view target, const user_agent& browser) {
    net::http_request request = get(std::move(base), target, browser, "application/json, text/plain, */*");
    request.timeout = patience;
    return request;
}

net::http_request page_request(core::url base, std::string_view target, const user_agent& browser) {
    return get(std::move(base), target, browser, "text/html,application/xhtml+xml,*/*;q=0.8");
}

net::http_request door_request(core::url base, cookie_door door, std::string_view unique_id,
                               const user_agent& browser) {
    net::http_request request = page_request(
        std::move(base),
        door == cookie_door::user_page ? live_page_target(unique_id) : std::string(path_of(door)), browser);
    if (door == cookie_door::registration) {
        request.method = "POST";
        request.body =
            R"({"aid":1988,"service":"www.tiktok.com","union":false,"unionHost":"","needFid":false,"fid":""})";
        for (net::http_header& header : request.headers)
            if (header.name == "Accept")
                header.value = "application/json, text/plain, */*";
        request.headers.push_back({"Origin", site});
        // JSON under the name of a form, as TikTok is known to take it from clients that are no browser.
        request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    }
    request.timeout = door_limit;
    return request;
}

net::websocket_request socket_request(const options& options, std::int64_t room_id, const user_agent& browser,
                                      std::string cookies, std::uint64_t seed) {
    net::websocket_request request;
    request.to = options.ws_url;
    request.to.target =
        under(request.to.target, websocket_target(room_id, browser, options.heartbeat_interval, seed));
    request.headers = {{"User-Agent", std::string(browser.text)},
                       {"Origin", site},
                       {"Referer", std::string(site) + "/"},
                       {"Accept-Language", "en-US,en;q=0.9"},
                       {"Accept-Encoding", "gzip, deflate"},
                       {"Cache-Control", "no-cache"},
                       {"Cookie", std::move(cookies)}};
    request.timeout = patience;
    request.message_limit = webcast_session::max_frame_bytes;
    return request;
}

std::vector<header_view> headers_of(const net::http_response& response) {
    std::vector<header_view> out;
    for (const net::http_header& header : response.headers)
        out.push_back({header.name, header.value});
    return out;
}

}  // namespace tiktok2twitch::tiktok
