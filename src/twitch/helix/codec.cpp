// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Careful reading of JSON that somebody else wrote: nothing throws.

#include "tiktok2twitch/twitch/helix/codec.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "tiktok2twitch/twitch/irc/notice_table.hpp"

namespace tiktok2twitch::twitch {

// Real answers have a few kilobytes: a hundred users at most.
inline constexpr std::size_t helix_body_limit = 256 * 1024;

// Discarded when the text is none, or too long.
inline nlohmann::json read_json(std::string_view text) {
    if (text.size() > helix_body_limit)
        return nlohmann::json(nlohmann::json::value_t::discarded);
    return nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
}

// The member `name` when `object` is an object that has it, else nullptr.
inline const nlohmann::json* member(const nlohmann::json* object, const char* name) {
    if (object == nullptr || !object->is_object())
        return nullptr;
    const auto found = object->find(name);
    return found == object->end() ? nullptr : &*found;
}

inline std::string text_of(const nlohmann::json* value) {
    return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

inline bool flag_of(const nlohmann::json* value) {
    return value != nullptr && value->is_boolean() && value->get<bool>();
}

// Between 0 and `most`; nothing for anything but a whole number.
inline std::optional<std::int64_t> number_of(const nlohmann::json* value, std::int64_t most) {
    if (value == nullptr || !value->is_number_integer())
        return std::nullopt;
    if (value->is_number_unsigned())
        return static_cast<std::int64_t>(
            std::min(value->get<std::uint64_t>(), static_cast<std::uint64_t>(most)));
    return std::clamp<std::int64_t>(value->get<std::int64_t>(), 0, most);
}

// The list in {"data":[...]}, which every success has; nullptr if there is none.
inline const nlohmann::json* data_of(const nlohmann::json& body) {
    const auto* const list = member(&body, "data");
    return list != nullptr && list->is_array() ? list : nullptr;
}

namespace {

// Twitch's ids have 9 or 10 digits, those of lines 36 signs. The bounds are for answers gone mad.
constexpr std::size_t longest_user_id = 20;
constexpr std::size_t longest_line_id = 128;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool may_be_in_line_id(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

}  // namespace

std::optional<user_id> user_id::parse(std::string_view text) {
    if (text.empty() || text.size() > longest_user_id || !std::all_of(text.begin(), text.end(), is_digit))
        return std::nullopt;
    return user_id(text);
}

std::optional<line_id> line_id::parse(std::string_view text) {
    if (text.empty() || text.size() > longest_line_id ||
        !std::all_of(text.begin(), text.end(), may_be_in_line_id))
        return std::nullopt;
    return line_id(text);
}

helix_request ask_own_user() {
    return {"GET", "/users", {}};
}

helix_request ask_users(std::span<const std::string> logins, std::span<const user_id> ids) {
    std::string target = "/users";
    std::size_t count = 0;
    const auto add = [&](std::string_view key, const std::string& value) {
        if (count < most_users_per_request)
            target += (count++ == 0 ? "?" : "&") + std::string(key) + "=" + core::percent_encode(value);
    };
    for (const auto& login : logins)
        add("login", login);
    for (const auto& id : ids)
        add("id", id.text());
    return {"GET", std::move(target), {}};
}

helix_request ask_chat_settings(const user_id& broadcaster) {
    return {"GET", "/chat/settings?broadcaster_id=" + broadcaster.text(), {}};
}

helix_request say_in_chat(const user_id& broadcaster, const user_id& sender, std::string_view text) {
    nlohmann::json body;
    body["broadcaster_id"] = broadcaster.text();
    body["sender_id"] = sender.text();
    body["message"] = core::cut_code_points(core::repair_utf8(text), longest_line);
    return {"POST", "/chat/messages", body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

helix_request delete_line(const user_id& broadcaster, const user_id& moderator, const line_id& line) {
    return {"DELETE",
            "/moderation/chat?broadcaster_id=" + broadcaster.text() + "&moderator_id=" + moderator.text() +
                "&message_id=" + line.text(),
            {}};
}

namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

// The general limit is counted per minute (docs/protocol/twitch.md §4), so no true answer asks for more.
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

// The table of docs/protocol/twitch.md §4.1.
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

namespace {

constexpr std::size_t longest_code = 40;

// What a code says, whatever it is wrapped in (docs/protocol/twitch.md §4.1: match loosely). The first that
// fits counts: the longer words stand before those they contain.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> words{{
    {"duplicate", "msg_duplicate"},
    {"channel_settings", "msg_rejected_mandatory"},
    {"mandatory", "msg_rejected_mandatory"},
    {"blocked_term", "msg_rejected_mandatory"},
    {"rejected", "msg_rejected"},
    {"automod", "msg_rejected"},
    {"ratelimit", "msg_ratelimit"},
    {"rate_limit", "msg_ratelimit"},
    {"slow", "msg_slowmode"},
    {"timed_out", "msg_timedout"},
    {"timedout", "msg_timedout"},
    {"timeout", "msg_timedout"},
    {"banned", "msg_banned"},
    {"warned", "msg_warned"},
    {"follow", "msg_followersonly"},
    {"emote", "msg_emoteonly"},
    {"r9k", "msg_r9k"},
    {"unique", "msg_r9k"},
    {"phone", "msg_requires_verified_phone_number"},
    {"verif", "msg_verified_email"},
    {"characters", "msg_bad_characters"},
    {"channel_suspended", "msg_channel_suspended"},
    {"subs", "msg_subsonly"},
    {"too_long", "msg_too_long"},
}};

}  // namespace

std::string msg_id_of_drop(std::string_view code) {
    std::string plain;
    for (const char c : code.substr(0, longest_code)) {
        if (c >= 'A' && c <= 'Z')
            plain += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')
            plain += c;
    }
    const auto known = all_rules();
    if (std::any_of(known.begin(), known.end(), [&](const notice_rule& rule) {
            return rule.id == plain && rule.what != reaction::informational;  // the line must be settled
        }))
        return plain;
    for (const auto& [word, id] : words)
        if (plain.find(word) != std::string::npos)
            return std::string(id);
    if (plain.empty())
        return "msg_rejected";
    return plain.starts_with("msg_") ? plain : "msg_" + plain;
}

}  // namespace tiktok2twitch::twitch
