// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/user_rules.hpp"

#include <algorithm>
#include <charconv>

#include "core/ascii.hpp"
#include "tiktok2twitch/core/errc.hpp"
#include "tiktok2twitch/core/parse.hpp"

namespace tiktok2twitch::relay {
namespace {

std::optional<std::int64_t> permanent_id(std::string_view user) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(user.data(), user.data() + user.size(), id);
    const bool whole = error == std::errc() && end == user.data() + user.size();
    return whole && id > 0 ? std::optional(id) : std::nullopt;
}

}  // namespace

core::result<user_set> user_set::compile(const std::vector<std::string>& users, const std::string& key,
                                         std::string* hint) {
    user_set result;
    for (std::size_t i = 0; i < users.size(); ++i) {
        const bool digits = !users[i].empty() && std::ranges::all_of(users[i], core::ascii::is_digit);
        if (const auto id = digits ? permanent_id(users[i]) : std::nullopt) {
            result.ids_.insert(*id);
        } else if (auto name = core::parse_handle(users[i]); !digits && name) {
            result.names_.insert(std::move(*name));
        } else {
            if (hint != nullptr)
                *hint = key + ", entry " + std::to_string(i + 1) + ": \"" + users[i] +
                        "\" is no TikTok user; write @user or the permanent number";
            return core::make_error_code(core::errc::bad_filter);
        }
    }
    return result;
}

std::optional<std::string> user_set::find(const author& from) const {
    if (ids_.contains(from.id))
        return "user " + std::to_string(from.id);
    if (names_.empty())
        return std::nullopt;
    std::string name = core::ascii::lower(from.unique_id);
    if (!names_.contains(name))
        return std::nullopt;
    return "user @" + name;
}

}  // namespace tiktok2twitch::relay
