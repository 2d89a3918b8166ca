// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/ways/error.hpp"
#include "tiktok2twitch/tiktok/wire/json_fields.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Error bodies are a hundred bytes; a larger one is a page.
constexpr std::size_t longest_error_body = 16 * 1024;
constexpr std::size_t deepest_error_body = 16;

std::string_view find(std::span<const header_view> headers, std::string_view name) noexcept {
    for (const header_view& header : headers) {
        if (equal_ignoring_case(header.name, name))
            return header.value;
    }
    return {};
}

// Seconds from now on, or a unix time in seconds: both are in use under the same name.
std::optional<core::duration> until_reset(std::string_view text, core::unix_ms wall_now) {
    constexpr std::int64_t least_unix_time = 1'000'000'000;
    const std::optional<core::duration> span = core::parse_retry_after(text, wall_now);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    // Not larger than what fits when it is counted in milliseconds.
    const bool unix_time = error == std::errc() && end == text.data() + text.size() &&
                           number > least_unix_time && number < 100 * least_unix_time;
    if (!unix_time)
        return span;
    // Bounded before it is a duration, whose nanoseconds reach 292 years.
    constexpr core::unix_ms longest = std::chrono::milliseconds(std::chrono::hours(48)).count();
    return std::chrono::milliseconds(std::clamp<core::unix_ms>(number * 1000 - wall_now, 0, longest));
}

nlohmann::json error_body(std::string_view body) {
    if (body.size() > longest_error_body || nested_deeper_than(body, deepest_error_body))
        return nullptr;
    nlohmann::json out = nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
    return out.is_object() ? out : nlohmann::json();
}

// What stands behind the name of a limit ("..._day"): asking again within a minute would be in vain.
core::duration wait_of_label(const std::string& label) {
    if (label.find("day") != std::string::npos)
        return hours(1);
    if (label.find("hour") != std::string::npos)
        return minutes(10);
    return untold_wait;
}

way_answer make(answer_class what, way_errc reason, std::string detail, bool of_provider = false) {
    way_answer out;
    out.what = what;
    out.reason = reason;
    out.detail = std::move(detail);
    out.of_provider = of_provider;
    return out;
}

way_answer limited(way_errc reason, core::duration wait, std::string detail) {
    way_answer out = make(answer_class::rate_limited, reason, std::move(detail), true);
    out.wait = wait;
    return out;
}

struct close_row {
    int code;
    answer_class what;
    way_errc reason;
    bool of_provider;
};
constexpr std::array close_table{
    close_row{1000, answer_class::retry, way_errc::provider_closed, false},
    close_row{1011, answer_class::retry, way_errc::provider_failed, true},
    close_row{4005, answer_class::ended, way_errc::way_says_ended, false},
    close_row{4006, answer_class::retry, way_errc::provider_closed, false},
    close_row{4400, answer_class::fatal, way_errc::bad_request, false},
    close_row{4401, answer_class::fatal, way_errc::key_refused, false},
    close_row{4403, answer_class::fatal, way_errc::creator_not_allowed, false},
    close_row{4404, answer_class::offline, way_errc::way_says_offline, false},
    close_row{4500, answer_class::retry, way_errc::provider_closed, false},
    close_row{4555, answer_class::retry, way_errc::lifetime_over, false},
    close_row{4556, answer_class::retry, way_errc::provider_failed, true},
    close_row{4557, answer_class::retry, way_errc::provider_failed, true},
};
constexpr int too_many_connections = 4429;

// Answers that mean the same to every provider.
std::optional<way_answer> common_answer(int http_status, std::span<const header_view> headers,
                                        std::string_view body, core::unix_ms wall_now) {
    const std::string detail = "HTTP " + std::to_string(http_status);
    switch (http_status) {
        case 402:
            return limited(way_errc::plan_too_small, told_wait(headers, body, wall_now), detail);
        case 429:
            return limited(way_errc::too_often, told_wait(headers, body, wall_now), detail);
        default:
            break;
    }
    if (http_status == 420 || http_status >= 500)
        return make(answer_class::retry, way_errc::provider_failed, detail, true);
    return std::nullopt;
}

}  // namespace

std::string_view name_of(answer_class what) noexcept {
    constexpr std::array<std::string_view, 6> names{"retry",        "offline", "ended",
                                                    "rate_limited", "refused", "fatal"};
    return names[static_cast<std::size_t>(what)];
}

core::duration told_wait(std::span<const header_view> headers, std::string_view body,
                         core::unix_ms wall_now) {
    for (const std::string_view name : {"Retry-After", "X-RateLimit-Reset", "RateLimit-Reset"}) {
        const std::string_view value = find(headers, name);
        if (const auto wait = value.empty() ? std::nullopt : until_reset(value, wall_now))
            return std::clamp(*wait, shortest_told_wait, longest_told_wait);
    }
    const nlohmann::json told = error_body(body);
    return wait_of_label(as_text(member(&told, "limit_label")));
}

way_answer answer_of_direct(const core::error_code& reason) {
    way_answer out;
    out.reason = reason;
    if (reason == errc::offline)
        out.what = answer_class::offline;
    else if (reason == errc::live_ended || reason == errc::live_suspended)
        out.what = answer_class::ended;
    else if (reason == errc::lookup_rate_limited)
        out.what = answer_class::rate_limited;
    else if (reason == errc::signature_required || reason == errc::detected || reason == errc::bad_app_id ||
             reason == errc::bad_query || reason == errc::lookup_forbidden)
        out.what = answer_class::refused;
    if (out.what == answer_class::rate_limited)
        out.wait = untold_wait;
    return out;
}

way_answer answer_of_signer(int http_status, std::span<const header_view> headers, std::string_view body,
                            bool keyed, core::unix_ms wall_now) {
    if (http_status == 200) {
        // Refusals come with 200 as well, and the status in the body.
        const nlohmann::json told = error_body(body);
        const auto code =
            as_integer(member(&told, "code")).value_or(as_integer(member(&told, "status")).value_or(0));
        if (code >= 400 && code <= 599)
            return answer_of_signer(static_cast<int>(code), headers, body, keyed, wall_now);
        return make(answer_class::retry, way_errc::answer_unusable, "HTTP 200", true);
    }
    if (auto known = common_answer(http_status, headers, body, wall_now))
        return *std::move(known);
    std::string detail = "HTTP " + std::to_string(http_status);
    switch (http_status) {
        case 401:
            return make(answer_class::fatal, keyed ? way_errc::key_refused : way_errc::key_missing,
                        std::move(detail), true);
        case 403:
            return make(answer_class::refused,
                        keyed ? way_errc::creator_not_allowed : way_errc::network_blocked, std::move(detail));
        default:
            return make(answer_class::refused, way_errc::bad_request, std::move(detail));
    }
}

way_answer answer_of_close(int close_code) {
    std::string detail = "close code " + std::to_string(close_code);
    if (close_code == too_many_connections)
        return limited(way_errc::too_often, untold_wait, std::move(detail));
    const auto* const row = std::ranges::find(close_table, close_code, &close_row::code);
    if (row != close_table.end())
        return make(row->what, row->reason, std::move(detail), row->of_provider);
    return make(answer_class::retry, way_errc::provider_closed, std::move(detail));
}

way_answer answer_of_upgrade(int http_status, std::span<const header_view> headers, std::string_view body,
                             core::unix_ms wall_now) {
    if (auto known = common_answer(http_status, headers, body, wall_now)) {
        if (known->what == answer_class::rate_limited)
            known->wait = std::max(known->wait, core::duration(untold_wait));
        return *std::move(known);
    }
    // The rest is what a close code says as well.
    way_answer out = make(answer_class::retry, way_errc::answer_unusable, {}, true);
    if (http_status == 400 || http_status == 401 || http_status == 403 || http_status == 404)
        out = answer_of_close(4000 + http_status);
    out.detail = "HTTP " + std::to_string(http_status);
    return out;
}

way_answer answer_of_app(const core::error_code& reason) {
    way_answer out;
    out.reason = reason;
    if (reason == boost::system::errc::connection_refused)
        out.reason = way_errc::app_closed;
    else if (reason == way_errc::way_says_ended || reason == errc::live_ended)
        out.what = answer_class::ended;
    else if (reason == way_errc::app_of_another)
        out.what = answer_class::refused;
    return out;
}

}  // namespace tiktok2twitch::tiktok
