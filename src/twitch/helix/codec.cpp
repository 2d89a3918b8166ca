// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <charconv>

#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/helix.hpp"
#include "twitch/helix_json.hpp"

namespace tiktok2twitch::twitch {

namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

// The general limit is counted per minute (twitch.md 4), so no true answer asks for more.
constexpr core::duration longest_wait = seconds(60);
constexpr core::duration shortest_wait = seconds(1);
constexpr std::int64_t longest_slow = 1'209'600;
constexpr std::int64_t longest_follow = 10'000'000;

bool is_success(int status) noexcept {
    return status >= 200 && status < 300;
}

std::string words_of(const helix_answer& answer) {
    const json body = read_json(answer.body);
    return text_of(member(&body, "message"));
}

// "User access token requires the user:write:chat scope.", "Missing scope: user:write:chat".
bool names_a_scope(std::string_view words) noexcept {
    return words.find("scope") != std::string_view::npos ||
           words.starts_with("User access token requires the");
}

std::optional<std::int64_t> number_in(std::string_view text) noexcept {
    std::int64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || result.ec != std::errc{} || result.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

say_answer refused(std::string msg_id, std::string text) {
    return {say_answer::result::refused, {}, std::move(msg_id), std::move(text)};
}

say_answer read_said(const helix_answer& answer) {
    say_answer out;
    const json body = read_json(answer.body);
    const auto* const list = data_of(body);
    if (list == nullptr || list->empty())
        return out;
    const json& entry = list->front();
    const auto* const sent = member(&entry, "is_sent");
    if (sent == nullptr || !sent->is_boolean())
        return out;
    if (sent->get<bool>()) {
        out.what = say_answer::result::accepted;
        if (const auto id = line_id::parse(text_of(member(&entry, "message_id"))))
            out.line_id = id->text();
        return out;
    }
    const auto* const why = member(&entry, "drop_reason");
    return refused(msg_id_of_drop(text_of(member(why, "code"))), text_of(member(why, "message")));
}

}  // namespace

core::error_code failure_of(const helix_answer& answer) {
    if (is_success(answer.status))
        return {};
    if (answer.status == 401)
        return names_a_scope(words_of(answer)) ? errc::scope_missing : errc::token_invalid;
    return answer.status == 429 ? errc::api_rate_limited : errc::api_error;
}

core::duration told_wait(const helix_answer& answer, core::unix_ms wall_now) {
    // A 429 with points left is an endpoint's own limit, of which Reset says nothing.
    if (number_in(answer.ratelimit_remaining).value_or(0) > 0)
        return {};
    const auto reset = number_in(answer.ratelimit_reset);
    constexpr std::int64_t far_future = 100'000'000'000;
    if (!reset || *reset <= 0 || *reset > far_future)
        return {};
    // Clocks differ: a time that has passed already is still a wish to wait.
    return std::clamp<core::duration>(milliseconds(*reset * 1000 - wall_now), shortest_wait, longest_wait);
}

core::result<std::vector<helix_user>> read_users(const helix_answer& answer) {
    if (const auto failed = failure_of(answer))
        return failed;
    const json body = read_json(answer.body);
    const auto* const list = data_of(body);
    if (list == nullptr)
        return core::error_code(errc::api_error);
    std::vector<helix_user> out;
    for (const auto& entry : *list) {
        const auto id = user_id::parse(text_of(member(&entry, "id")));
        auto login = text_of(member(&entry, "login"));
        if (id && !login.empty() && out.size() < most_users_per_request)
            out.push_back({*id, std::move(login)});
    }
    return out;
}

core::result<chat_settings> read_chat_settings(const helix_answer& answer) {
    if (const auto failed = failure_of(answer))
        return failed;
    const json body = read_json(answer.body);
    const auto* const list = data_of(body);
    if (list == nullptr || list->empty() || !list->front().is_object())
        return core::error_code(errc::api_error);
    const json* const entry = &list->front();
    chat_settings out;
    if (flag_of(member(entry, "slow_mode")))
        out.slow = seconds(number_of(member(entry, "slow_mode_wait_time"), longest_slow).value_or(0));
    if (flag_of(member(entry, "follower_mode")))
        out.followers_only = number_of(member(entry, "follower_mode_duration"), longest_follow).value_or(0);
    out.subs_only = flag_of(member(entry, "subscriber_mode"));
    out.emote_only = flag_of(member(entry, "emote_mode"));
    out.unique = flag_of(member(entry, "unique_chat_mode"));
    return out;
}

// The table of twitch.md 4.1.
say_answer read_say_answer(const helix_answer& answer, core::unix_ms wall_now) {
    using result = say_answer::result;
    const int status = answer.status;
    if (status == 200)
        return read_said(answer);
    if (status < 400 || status >= 500)
        return {};
    auto words = words_of(answer);
    switch (status) {
        case 401:
            return {names_a_scope(words) ? result::no_scope : result::no_token, {}, {}, std::move(words)};
        case 403:
            return refused("msg_forbidden", std::move(words));
        case 422:
            return refused("msg_too_long", std::move(words));
        case 429: {
            const auto wait = std::chrono::ceil<seconds>(told_wait(answer, wall_now));
            return refused("msg_ratelimit",
                           wait > wait.zero() ? "again in " + std::to_string(wait.count()) + " seconds" : "");
        }
        default:
            return refused("msg_bad_request", std::move(words));
    }
}

deletion read_deletion(const helix_answer& answer) {
    switch (answer.status) {
        case 200:
        case 204:
            return deletion::deleted;
        case 404:
            return deletion::gone;
        case 400:
            return deletion::immune;
        case 403:
            return deletion::not_allowed;
        case 401:
            return failure_of(answer) == errc::scope_missing ? deletion::no_scope : deletion::no_token;
        case 429:
            return deletion::rate_limited;
        default:
            return deletion::failed;
    }
}

}  // namespace tiktok2twitch::twitch
