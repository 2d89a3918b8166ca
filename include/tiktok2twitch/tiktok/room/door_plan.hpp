// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// In which order the doors to the visitor cookie are tried, when, and what their answers mean. Pure: the
// coroutine of the direct way asks next(), obeys, and reports.
//
// One round: registration, the three pages once each, and after a pause the registration once more. A door
// that said Retry-After is left alone until then, whatever a round would like. A round ends with the cookie,
// when the host cannot be reached at all, or when every door has been tried.

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok/header_view.hpp"
#include "tiktok2twitch/tiktok/cookie_door.hpp"

namespace tiktok2twitch::tiktok {

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
