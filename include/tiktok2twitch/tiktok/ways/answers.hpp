// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the end of a connection, or a refusal, means for a way: one table a way, because the same number means
// different things to different servers (docs/protocol/ways-in.md §2, §3, §5). Pure. No text of an answer
// gets into `detail`: a server may repeat the key that it was given.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"

namespace tiktok2twitch::tiktok {

enum class answer_class : std::uint8_t {
    retry,         // may work in a moment
    offline,       // the streamer is not live, by this way
    ended,         // the live is over, by this way
    rate_limited,  // not before `wait`
    refused,       // asking again soon does not help
    fatal,         // not before the configuration changes
};
std::string_view name_of(answer_class what) noexcept;

struct way_answer {
    answer_class what = answer_class::retry;
    core::duration wait{};  // of rate_limited
    core::error_code reason;
    std::string detail;        // "HTTP 429", "close code 4404"; may be empty
    bool of_provider = false;  // holds for all ways of the same provider
};

// Bounds of a wait that a server asks for, and what "asked too often" means without one.
inline constexpr core::duration shortest_told_wait = std::chrono::seconds(1);
inline constexpr core::duration longest_told_wait = std::chrono::hours(24);
inline constexpr core::duration untold_wait = std::chrono::seconds(60);

// From the headers Retry-After, X-RateLimit-Reset and RateLimit-Reset, in this order; else from the name of
// the limit in a JSON body ("limit_label"); else untold_wait.
core::duration told_wait(std::span<const header_view> headers, std::string_view body, core::unix_ms wall_now);

// direct: why its connection ended (tiktok::errc, net::errc or the system's).
way_answer answer_of_direct(const core::error_code& reason);

// sign: the sign server's answer to a fetch that is no good one. `keyed`: a key was sent.
way_answer answer_of_signer(int http_status, std::span<const header_view> headers, std::string_view body,
                            bool keyed, core::unix_ms wall_now);

// managed: the close code of the socket (1006: none came), or the answer to the upgrade.
way_answer answer_of_close(int close_code);
way_answer answer_of_upgrade(int http_status, std::span<const header_view> headers, std::string_view body,
                             core::unix_ms wall_now);

// tikfinity: why its socket could not be opened, or closed.
way_answer answer_of_app(const core::error_code& reason);

}  // namespace tiktok2twitch::tiktok
