// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/user_rules.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/parse.hpp"

namespace tiktok2twitch::relay {
namespace {

std::optional<std::int64_t> permanent_id(std::string_view user) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(user.data(), user.data() + user.size(), id);
    const bool whole = error == std::errc() && end == user.data() + user.size();
    return whole && id > 0 ? std::optional(id) : std::nullopt;
}

std::string seconds_text(core::duration window) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(window).count();
    return ms % 1000 == 0 ? std::to_string(ms / 1000) + "s" : std::to_string(ms) + "ms";
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

bool rate_counter::admit(std::int64_t user, const user_rate& limit, core::time_point now) {
    if (limit.count == 0)
        return true;
    std::vector<core::time_point>& times = said_.touch(user);
    std::erase_if(times, [&](core::time_point then) { return now - then >= limit.window; });
    if (times.size() >= limit.count)
        return false;
    times.push_back(now);
    return true;
}

core::result<user_rules> user_rules::compile(const filter_options& options, std::string* hint) {
    user_rules out;
    out.rate_ = options.per_user;
    out.hold_new_users_ = options.hold_new_users;
    auto blocked = user_set::compile(options.blocked_users, "filter.blocked_users", hint);
    if (!blocked)
        return blocked.error();
    auto allowed = user_set::compile(options.allowed_users, "filter.allowed_users", hint);
    if (!allowed)
        return allowed.error();
    out.blocked_ = std::move(*blocked);
    out.allowed_ = std::move(*allowed);
    return out;
}

void user_rules::count(const author& from, core::time_point now, verdict& out) {
    if (from.id == 0)
        return;  // nobody's number
    if (!rates_.admit(from.id, rate_, now)) {
        out.drop("user_rate",
                 "per_user " + std::to_string(rate_.count) + " in " + seconds_text(rate_.window));
        return;
    }
    if (hold_new_users_ <= core::duration::zero())
        return;
    const bool is_new = !known_.knows(from.id);
    known_.touch(from.id);
    if (is_new && out.what != verdict::kind::hold) {
        out.hold("new_user", "first comment of user " + std::to_string(from.id), hold_new_users_);
        out.release_after = true;
    }
}

void user_rules::inherit(user_rules&& older) {
    rates_ = std::move(older.rates_);
    known_ = std::move(older.known_);
}

}  // namespace tiktok2twitch::relay
