// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter/verdict.hpp"
#include "tiktok2twitch/relay/filter_options.hpp"

namespace tiktok2twitch::relay {

// Something remembered of each user; whoever was quiet longest is forgotten when there are too many.
template <class Value, std::size_t Most>
class recent_users {
public:
    static constexpr std::size_t most = Most;

    recent_users() = default;
    recent_users(recent_users&&) noexcept = default;  // places_ points into users_: no copies
    recent_users& operator=(recent_users&&) noexcept = default;

    // Remembers the user from now on, if it did not yet.
    Value& touch(std::int64_t user) {
        if (const auto found = places_.find(user); found != places_.end()) {
            users_.splice(users_.begin(), users_, found->second);
            return users_.front().second;
        }
        if (users_.size() == Most) {
            places_.erase(users_.back().first);
            users_.pop_back();
        }
        users_.emplace_front(user, Value{});
        places_.emplace(user, users_.begin());
        return users_.front().second;
    }
    bool knows(std::int64_t user) const { return places_.contains(user); }
    // f(user, value), the latest first.
    template <class F>
    void for_each(F f) const {
        for (const auto& [user, value] : users_)
            f(user, value);
    }
    std::size_t size() const noexcept { return users_.size(); }

private:
    using order = std::list<std::pair<std::int64_t, Value>>;
    order users_;  // the latest first
    std::unordered_map<std::int64_t, typename order::iterator> places_;
};

inline constexpr std::size_t most_known_users = 50'000;  // some 5 MB

// Users by permanent id (all digits: no handle is) or by unique id, as it or its address is written.
class user_set {
public:
    // `key` names the list in the hint.
    static core::result<user_set> compile(const std::vector<std::string>& users, const std::string& key,
                                          std::string* hint);

    // "user @x", as the list has them; nothing: not in it.
    std::optional<std::string> find(const author& from) const;

private:
    std::unordered_set<std::int64_t> ids_;
    std::unordered_set<std::string> names_;
};

// At most so many comments of one user in any window. What was refused is not counted.
class rate_counter {
public:
    static constexpr std::size_t most_users = 10'000;
    static constexpr std::size_t most_count = 100;  // of user_rate::count: what bounds the memory (8 MB)

    bool admit(std::int64_t user, const user_rate& limit, core::time_point now);
    std::size_t users() const noexcept { return said_.size(); }

private:
    recent_users<std::vector<core::time_point>, most_users> said_;
};

// The rules about who wrote: blocked and allowed users, how much one user writes, and who is new.
class user_rules {
public:
    // Errors: errc::bad_filter, with a sentence in `hint`.
    static core::result<user_rules> compile(const filter_options& options, std::string* hint);

    std::optional<std::string> blocked(const author& from) const { return blocked_.find(from); }
    bool allowed(const author& from) const { return allowed_.find(from).has_value(); }
    // Counts a comment that every other rule let through; it is dropped, or held as that of a new user.
    void count(const author& from, core::time_point now, verdict& out);
    // The rates and known users of an earlier object.
    void inherit(user_rules&& older);

private:
    struct nothing {};

    user_rate rate_;
    core::duration hold_new_users_{};
    user_set blocked_;
    user_set allowed_;
    rate_counter rates_;
    recent_users<nothing, most_known_users> known_;
};

}  // namespace tiktok2twitch::relay
