// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What Twitch would answer if it accepted everything at once: lets dry runs and replays drive the real
// twitch::account without a network. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tiktok2twitch::twitch {

enum class dry_role : std::uint8_t { ordinary, moderator };

class dry_server {
public:
    // `role`: what the account is in every channel.
    explicit dry_server(std::string login, dry_role role = dry_role::ordinary)
        : login_(std::move(login)),
          role_tags_(role == dry_role::moderator ? "@badges=moderator/1;mod=1" : "@badges=;mod=0") {}

    // Lines (without CR LF) in answer to protocol bytes of the account.
    std::vector<std::string> answer(std::string_view bytes);
    // The confirmation of one PRIVMSG in `channel`.
    std::string accept(std::string_view channel);

private:
    std::string login_;
    std::string role_tags_;
    unsigned long long accepted_ = 0;
};

}  // namespace tiktok2twitch::twitch
