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
    return get(std::move(base), target, browser, "application/json, text/plain, */*");
}

net::http_request page_request(core::url base, std::string_view target, const user_agent& browser) {
    return get(std::move(base), target, browser, "text/html,application/xhtml+xml,*/*;q=0.8");
}

net::websocket_request socket_request(const options& options, std::int64_t room_id, const visitor& who,
                                      std::uint64_t seed) {
    net::websocket_request request;
    request.to = options.ws_url;
    request.to.target =
        under(request.to.target, websocket_target(room_id, *who.browser, options.heartbeat_interval, seed));
    request.headers = {{"User-Agent", std::string(who.browser->text)},
                       {"Origin", site},
                       {"Referer", std::string(site) + "/"},
                       {"Accept-Language", "en-US,en;q=0.9"},
                       {"Accept-Encoding", "gzip, deflate"},
                       {"Cache-Control", "no-cache"},
                       {"Cookie", "ttwid=" + who.ttwid}};
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
