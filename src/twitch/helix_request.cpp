// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/twitch/helix.hpp"
#include "tiktok2twitch/twitch/irc_codec.hpp"

namespace tiktok2twitch::twitch {

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

}  // namespace tiktok2twitch::twitch
