// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

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

}  // namespace tiktok2twitch::relay
