// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The doors through which TikTok hands the visitor cookie (ttwid) out, and what one of them has said.

#include <cstdint>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::tiktok {

enum class cookie_door : std::uint8_t {
    registration,  // POST /ttwid/register/: the only one that is not behind the check page
    user_page,     // GET /@user/live
    live_page,     // GET /live
    home_page,     // GET /
};
inline constexpr std::size_t cookie_doors = 4;
std::string_view name_of(cookie_door door) noexcept;  // "register", "user_page", "live_page", "home_page"
std::string_view path_of(cookie_door door) noexcept;  // "/ttwid/register/", "/@user/live", "/live", "/"

enum class door_answer : std::uint8_t {
    cookie,
    check_page,  // a page that a browser has to pass first (bot check)
    no_cookie,   // 200, and nothing of use in it
    refused,     // 401, 403
    too_often,   // 429
    redirected,  // 3xx: not followed
    failed,      // another status
    no_answer,   // `error` says why
};

struct door_report {
    cookie_door door = cookie_door::registration;
    door_answer answer = door_answer::no_answer;
    int status = 0;         // HTTP
    core::duration wait{};  // it asked to be left alone for so long (Retry-After); zero: it did not
    core::error_code error;
};
// "check page for browsers", "refused (HTTP 403)", "asked too often (HTTP 429), to wait 60 s"
std::string words_of(const door_report& report);

}  // namespace tiktok2twitch::tiktok
