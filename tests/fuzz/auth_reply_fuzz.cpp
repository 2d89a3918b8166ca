// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Any status and bytes as an answer of id.twitch.tv; the first byte chooses the question, the second the
// status. What is accepted must be fit for a header, a file name and a terminal.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

namespace {

using namespace tiktok2twitch;

void check_plain(std::string_view text) {
    if (text.size() > 1024 ||
        !std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; }))
        std::abort();
}

void check_pair(const core::result<twitch::token_pair>& pair) {
    if (!pair)
        return;
    if (pair->access.empty() || pair->expires_in < core::duration::zero() || pair->scopes.size() > 100)
        std::abort();
    check_plain(pair->access.reveal());
    check_plain(pair->refresh.reveal());
    for (const auto& scope : pair->scopes)
        check_plain(scope);
}

void check_code(const core::result<twitch::device_code>& code) {
    if (!code)
        return;
    if (code->interval < std::chrono::seconds(1) || code->interval > std::chrono::seconds(60) ||
        code->expires_in < core::duration::zero())
        std::abort();
    // Case does not matter in a scheme, and the address is shown as it came.
    const auto scheme =
        core::ascii::lower(code->verification_uri.substr(0, code->verification_uri.find(':')));
    if (scheme != "https" && scheme != "http")
        std::abort();
    check_plain(code->device_code);
    check_plain(code->user_code);
    check_plain(code->verification_uri);
}

void check_validation(const core::result<twitch::validation>& who) {
    if (!who)
        return;
    if (who->login.empty() || who->login.find_first_of("/.\\") != std::string::npos)
        std::abort();
    check_plain(who->login);
    check_plain(who->user_id);
    check_plain(who->client_id);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array statuses{200, 400, 401, 403, 404, 429, 500, 302};
    if (size < 2)
        return 0;
    const int status = statuses[data[1] % statuses.size()];
    const std::string_view body(reinterpret_cast<const char*>(data) + 2, size - 2);
    switch (data[0]) {
        case 'c':
            check_code(twitch::read_device_code(status, body));
            break;
        case 't':
            check_pair(twitch::read_device_token(status, body));
            break;
        case 'r':
            check_pair(twitch::read_refreshed(status, body));
            break;
        case 'v':
            check_validation(twitch::read_validation(status, body));
            break;
        default:
            static_cast<void>(twitch::read_revoked(status, body));
    }
    return 0;
}
