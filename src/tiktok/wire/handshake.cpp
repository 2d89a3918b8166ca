// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/ws_query.hpp"

#include <initializer_list>
#include <random>
#include <utility>

#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::tiktok {
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

}  // namespace tiktok2twitch::tiktok
