// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Dry runs and replays drive the real twitch::account without a network: what Twitch would answer if it
// accepted everything at once, and the shell that obeys the account. Pure.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/twitch/sending/account.hpp"

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

class dry_shell {
public:
    // `say` gets each line when it would leave. The account must outlive this.
    dry_shell(account& subject, dry_server server, std::function<void(const write_line&)> say)
        : account_(subject), server_(std::move(server)), say_(std::move(say)) {}

    void connect(core::time_point now);
    // What account::next() said; waiting is the caller's part. False: the account has closed the connection.
    bool obey(const step& next, core::time_point now);

private:
    account& account_;
    dry_server server_;
    std::function<void(const write_line&)> say_;
};

}  // namespace tiktok2twitch::twitch
