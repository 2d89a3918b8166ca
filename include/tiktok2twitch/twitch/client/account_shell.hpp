// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What obeys a twitch::account: the real connection (irc_client) or the stand-in of a dry run
// (dry_client). Everything here is called on the egress loop.

#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {

// Told what the account did. Must not block.
class account_listener {
public:
    virtual ~account_listener() = default;
    virtual void on_chat(const chat_message& message) = 0;
    virtual void before_line(const write_line& line) = 0;    // about to leave (write the journal first)
    virtual void on_delivery(const delivery& delivery) = 0;  // before its tickets are settled
    virtual void on_cleared(const cleared_line& line) = 0;
    virtual void on_settled(const relay::settlement& settlement) = 0;
    virtual void on_notice(const notice& notice) = 0;
    virtual void on_doubt(const doubted_channel&) {}
};

class account_shell {
public:
    virtual ~account_shell() = default;

    // Runs until cancelled (operation_aborted), hopeless (account.fatal()) or drained (no error). Once.
    virtual net::awaitable<core::error_code> run() = 0;
    // Something changed in the account (push, drain, reload): look at next() again.
    virtual void wake() = 0;
    // Hand over what the account settled and noticed outside run() (after push() and the like).
    virtual void deliver() = 0;
};

}  // namespace tiktok2twitch::twitch
