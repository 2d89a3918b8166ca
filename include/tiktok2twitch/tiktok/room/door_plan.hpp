// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The doors through which TikTok hands the visitor cookie (ttwid) out, and what one of them has said.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/tiktok/wire/handshake.hpp"

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

// In which order the doors to the visitor cookie are tried, when, and what their answers mean. Pure: the
// coroutine of the direct way asks next(), obeys, and reports.
//
// One round: registration, the three pages once each, and after a pause the registration once more. A door
// that said Retry-After is left alone until then, whatever a round would like. A round ends with the cookie,
// when the host cannot be reached at all, or when every door has been tried.

// What an answer means. `has_cookie`: a ttwid was in it.
door_report read_door_answer(cookie_door door, int http_status, std::span<const header_view> headers,
                             std::string_view body, bool has_cookie, core::unix_ms wall_now);
// How long an answer asks to be left alone (Retry-After, or 429 without one), within bounds; zero: not at
// all.
core::duration asked_to_wait(int http_status, std::span<const header_view> headers, core::unix_ms wall_now);

struct door_step {
    enum class what : std::uint8_t { ask, wait, give_up };
    what act = what::give_up;
    cookie_door door = cookie_door::registration;  // of ask
    core::time_point until{};                      // of wait
};

class door_plan {
public:
    // Retry-After is believed from a second to an hour; 429 without one means a minute.
    static constexpr core::duration shortest_wait = std::chrono::seconds(1);
    static constexpr core::duration longest_wait = std::chrono::hours(1);
    static constexpr core::duration usual_wait = std::chrono::minutes(1);

    // `with_user_page`: it is known whose page /@user/live is. `pause`: before the second registration.
    door_plan(bool with_user_page, core::duration pause);

    void begin();  // a round
    door_step next(core::time_point now);
    void on_report(core::time_point now, const door_report& report);

    // Of the round that gave up: ttwid_missing, or why the host cannot be reached.
    core::error_code reason() const;
    // "register: refused (HTTP 403); /live: check page; ..."; of this round.
    std::string reasons() const;
    // No round before this: the last one gave up, and the registration has said when it may be asked again. A
    // round that got its cookie elsewhere shows that there is a way around it.
    core::time_point not_before() const noexcept;

private:
    bool closed(cookie_door door, core::time_point until) const noexcept;

    bool with_user_page_;
    core::duration pause_;
    std::size_t place_ = 0;
    core::time_point again_at_{};  // the second registration
    core::error_code unreachable_;
    bool gave_up_ = false;
    std::array<core::time_point, cookie_doors> closed_until_;
    std::vector<door_report> seen_;
};

}  // namespace tiktok2twitch::tiktok
