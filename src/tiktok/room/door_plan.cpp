// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/door_plan.hpp"

#include <algorithm>

#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/wire/check_page.hpp"

namespace tiktok2twitch::tiktok {
namespace {

constexpr std::array order{cookie_door::registration, cookie_door::user_page, cookie_door::live_page,
                           cookie_door::home_page, cookie_door::registration};
constexpr std::size_t last = order.size() - 1;

std::size_t index(cookie_door door) noexcept {
    return static_cast<std::size_t>(door);
}

std::string_view find(std::span<const header_view> headers, std::string_view name) noexcept {
    for (const header_view& header : headers)
        if (equal_ignoring_case(header.name, name))
            return header.value;
    return {};
}

door_answer meaning(cookie_door door, int status, bool has_cookie, bool check_page) noexcept {
    const bool good = status >= 200 && status < 300;
    const bool redirect = status >= 300 && status < 400;
    // A page may set it on its way to another one; the registration has no other.
    if (has_cookie && (good || (redirect && door != cookie_door::registration)))
        return door_answer::cookie;
    if (status == 429)
        return door_answer::too_often;
    if (status == 401 || status == 403)
        return door_answer::refused;
    if (redirect)
        return door_answer::redirected;
    if (check_page)
        return door_answer::check_page;
    return good ? door_answer::no_cookie : door_answer::failed;
}

// What keeps us from one door of the host keeps us from all; a door that hangs or hangs up need not.
bool about_the_host(const core::error_code& error) {
    namespace posix = boost::system::errc;
    return error == net::errc::name_not_found || error == net::errc::connect_timeout ||
           error == net::errc::certificate_refused || error == net::errc::tls_failed ||
           error == net::errc::plain_text_refused || error == net::errc::trust_store_empty ||
           error == posix::connection_refused || error == posix::network_unreachable ||
           error == posix::host_unreachable || error == posix::network_down;
}

std::string with_status(std::string_view what, int status) {
    return std::string(what) + " (HTTP " + std::to_string(status) + ")";
}

std::string what_was_said(const door_report& report) {
    switch (report.answer) {
        case door_answer::cookie:
            return "cookie";
        case door_answer::check_page:
            return "check page for browsers";
        case door_answer::no_cookie:
            return "no cookie in the answer";
        case door_answer::refused:
            return with_status("refused", report.status);
        case door_answer::too_often:
            return with_status("asked too often", report.status);
        case door_answer::redirected:
            return with_status("sent elsewhere", report.status);
        case door_answer::failed:
            return "HTTP " + std::to_string(report.status);
        case door_answer::no_answer:
            return report.error.message();
    }
    return {};
}

}  // namespace

std::string_view name_of(cookie_door door) noexcept {
    constexpr std::array<std::string_view, cookie_doors> names{"register", "user_page", "live_page",
                                                               "home_page"};
    return names[index(door)];
}

std::string_view path_of(cookie_door door) noexcept {
    constexpr std::array<std::string_view, cookie_doors> paths{"/ttwid/register/", "/@user/live", "/live",
                                                               "/"};
    return paths[index(door)];
}

std::string words_of(const door_report& report) {
    std::string text = what_was_said(report);
    if (report.answer != door_answer::cookie && report.wait > core::duration::zero())
        text += ", to wait " + std::to_string(std::chrono::ceil<std::chrono::seconds>(report.wait).count()) +
                " s";
    return text;
}

core::duration asked_to_wait(int http_status, std::span<const header_view> headers, core::unix_ms wall_now) {
    // The server's own clock, where it tells it: ours may be wrong.
    const auto there = core::parse_http_date(find(headers, "Date"));
    const auto told = core::parse_retry_after(find(headers, "Retry-After"), there.value_or(wall_now));
    if (!told)
        return http_status == 429 ? door_plan::usual_wait : core::duration::zero();
    return std::clamp<core::duration>(*told, door_plan::shortest_wait, door_plan::longest_wait);
}

door_report read_door_answer(cookie_door door, int http_status, std::span<const header_view> headers,
                             std::string_view body, bool has_cookie, core::unix_ms wall_now) {
    door_report out;
    out.door = door;
    out.status = http_status;
    out.answer = meaning(door, http_status, has_cookie, is_check_page(headers, body));
    if (out.answer != door_answer::cookie)
        out.wait = asked_to_wait(http_status, headers, wall_now);
    return out;
}

door_plan::door_plan(bool with_user_page, core::duration pause)
    : with_user_page_(with_user_page), pause_(pause) {
    closed_until_.fill(core::time_point::min());
}

void door_plan::begin() {
    place_ = 0;
    again_at_ = {};
    unreachable_ = {};
    gave_up_ = false;
    seen_.clear();
}

bool door_plan::closed(cookie_door door, core::time_point until) const noexcept {
    return closed_until_[index(door)] > until;
}

door_step door_plan::next(core::time_point now) {
    using what = door_step::what;
    for (; place_ < last; ++place_) {
        const cookie_door door = order[place_];
        if (!closed(door, now) && (door != cookie_door::user_page || with_user_page_))
            return {what::ask, door, {}};
    }
    // Nothing was asked at all: every door has said when to come back.
    gave_up_ = place_ > last || seen_.empty() || closed(order[last], std::max(now, again_at_));
    if (gave_up_)
        return {};
    if (now < again_at_)
        return {what::wait, order[last], again_at_};
    return {what::ask, order[last], {}};
}

void door_plan::on_report(core::time_point now, const door_report& report) {
    seen_.push_back(report);
    ++place_;
    again_at_ = now + pause_;
    if (report.wait > core::duration::zero())
        closed_until_[index(report.door)] = now + report.wait;
    if (report.answer == door_answer::no_answer && about_the_host(report.error)) {
        unreachable_ = report.error;
        place_ = order.size();
    }
}

core::error_code door_plan::reason() const {
    return unreachable_ ? unreachable_ : core::error_code(errc::ttwid_missing);
}

std::string door_plan::reasons() const {
    std::string text;
    for (const door_report& each : seen_) {
        if (!text.empty())
            text += "; ";
        text.append(each.door == cookie_door::registration ? name_of(each.door) : path_of(each.door));
        text.append(": ").append(words_of(each));
    }
    return text;
}

core::time_point door_plan::not_before() const noexcept {
    return gave_up_ ? closed_until_[index(cookie_door::registration)] : core::time_point::min();
}

}  // namespace tiktok2twitch::tiktok
