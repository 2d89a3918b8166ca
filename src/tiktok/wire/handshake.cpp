// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/handshake.hpp"

#include <algorithm>
#include <initializer_list>
#include <random>
#include <utility>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// Real ones have up to 40 characters; the detail is for a log line.
constexpr std::size_t longest_value = 128;

std::string_view find(std::span<const header_view> headers, std::string_view name) noexcept {
    for (const header_view& header : headers) {
        if (equal_ignoring_case(header.name, name))
            return header.value;
    }
    return {};
}

bool contains_ignoring_case(std::string_view text, std::string_view wanted) noexcept {
    return !std::ranges::search(text, wanted, {}, ascii_lower, ascii_lower).empty();
}

core::error_code reason_of(int http_status, std::string_view message, std::string_view status) {
    if (contains_ignoring_case(message, "device_blocked") || http_status == 415 || status == "415")
        return errc::device_blocked;
    if (contains_ignoring_case(message, "app_id"))
        return errc::bad_app_id;
    if (contains_ignoring_case(message, "cookie"))
        return errc::cookie_refused;
    if (contains_ignoring_case(message, "secret key") || status == "417")
        return errc::signature_required;
    switch (http_status) {
        case 200:
            return message.empty() && status.empty() ? errc::detected : errc::handshake_failed;
        case 400:
            return errc::bad_query;
        case 403:
            return errc::lookup_forbidden;
        case 429:
            return errc::lookup_rate_limited;
        default:
            return errc::handshake_failed;
    }
}

}  // namespace

handshake_refusal classify_refusal(int http_status, std::span<const header_view> headers) {
    const std::string_view message = find(headers, "Handshake-Msg");
    const std::string_view status = find(headers, "Handshake-Status");
    handshake_refusal out;
    out.reason = reason_of(http_status, message, status);
    out.detail = "HTTP " + std::to_string(http_status);
    const auto add = [&out](std::string_view name, std::string_view value) {
        if (!value.empty())
            out.detail.append(", ").append(name).append(": ").append(value.substr(0, longest_value));
    };
    add("Handshake-Msg", message);
    add("Handshake-Status", status);
    add("x-tt-logid", find(headers, "x-tt-logid"));
    return out;
}

namespace {

using parameter = std::pair<std::string_view, std::string_view>;

std::string with_query(std::string path, std::initializer_list<parameter> parameters) {
    char separator = '?';
    for (const auto& [name, value] : parameters) {
        path += separator;
        path.append(name).append("=").append(core::percent_encode(value));
        separator = '&';
    }
    return path;
}

// Milliseconds with three decimals between 100 and 200, as a browser on a usual line measures.
std::string plausible_rtt(std::uint64_t seed) {
    std::mt19937_64 engine(seed);
    std::string thousandths = std::to_string(100'000 + engine() % 100'000);
    return thousandths.insert(3, ".");
}

}  // namespace

std::string websocket_target(std::int64_t room_id, const user_agent& browser,
                             core::duration heartbeat_interval, std::uint64_t seed) {
    const std::string room = std::to_string(room_id);
    const std::string rtt = plausible_rtt(seed);
    // The server is told the interval that is really kept.
    const std::string heartbeat =
        std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(heartbeat_interval).count());
    return with_query("/webcast/im/ws_proxy/ws_reuse_supplement/",
                      {{"version_code", "180800"},
                       {"device_platform", "web"},
                       {"cookie_enabled", "true"},
                       {"screen_width", "1920"},
                       {"screen_height", "1080"},
                       {"browser_language", "en-US"},
                       {"browser_platform", browser.browser_platform},
                       {"browser_name", browser.browser_name},
                       {"browser_version", browser.browser_version},
                       {"browser_online", "true"},
                       {"tz_name", "Europe/Berlin"},
                       {"app_name", "tiktok_web"},
                       {"sup_ws_ds_opt", "1"},
                       {"update_version_code", "2.0.0"},
                       {"compress", "gzip"},
                       {"webcast_language", "en"},
                       {"ws_direct", "1"},
                       {"aid", "1988"},
                       {"live_id", "12"},
                       {"app_language", "en"},
                       {"client_enter", "1"},
                       {"room_id", room},
                       {"identity", "audience"},
                       {"history_comment_count", "6"},
                       {"last_rtt", rtt},
                       {"heartbeat_duration", heartbeat},
                       {"resp_content_type", "protobuf"},
                       {"did_rule", "3"}});
}

std::string api_live_target(std::string_view unique_id) {
    return with_query("/api-live/user/room/", {{"aid", "1988"},
                                               {"app_name", "tiktok_web"},
                                               {"device_platform", "web_pc"},
                                               {"app_language", "en"},
                                               {"browser_language", "en-US"},
                                               {"region", "US"},
                                               {"user_is_login", "false"},
                                               {"sourceType", "54"},
                                               // No cached answer: a start must be seen within one poll.
                                               {"staleTime", "0"},
                                               {"uniqueId", unique_id}});
}

std::string live_page_target(std::string_view unique_id) {
    return "/@" + core::percent_encode(unique_id) + "/live";
}

std::string check_alive_target(std::int64_t room_id) {
    const std::string room = std::to_string(room_id);
    return with_query("/webcast/room/check_alive/", {{"aid", "1988"}, {"room_ids", room}});
}

std::string under(std::string_view base_target, std::string_view target) {
    if (base_target.ends_with('/'))
        base_target.remove_suffix(1);
    return std::string(base_target).append(target);
}

namespace {

constexpr std::string_view mozilla = "Mozilla";

// Chromium: appVersion is everything after "Mozilla/".
constexpr user_agent chromium(std::string_view text, std::string_view platform) {
    return {text, mozilla, platform, text.substr(mozilla.size() + 1)};
}

// Firefox: appVersion names the window system only.
constexpr user_agent firefox(std::string_view text, std::string_view platform, std::string_view version) {
    return {text, mozilla, platform, version};
}

constexpr user_agent pool[] = {
    chromium("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/147.0.0.0 Safari/537.36",
             "Win32"),
    chromium("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/146.0.0.0 Safari/537.36",
             "Win32"),
    chromium("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0",
             "Win32"),
    chromium("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/147.0.0.0 Safari/537.36",
             "MacIntel"),
    chromium("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/147.0.0.0 Safari/537.36",
             "Linux x86_64"),
    firefox("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Win32",
            "5.0 (Windows)"),
    firefox("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
            "MacIntel", "5.0 (Macintosh)"),
    firefox("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Linux x86_64",
            "5.0 (X11)"),
};

}  // namespace

std::span<const user_agent> user_agents() noexcept {
    return pool;
}

}  // namespace tiktok2twitch::tiktok
