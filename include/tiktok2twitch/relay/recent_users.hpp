// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>

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

}  // namespace tiktok2twitch::relay
