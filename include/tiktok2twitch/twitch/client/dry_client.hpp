// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>

#include "tiktok2twitch/twitch/client/shell.hpp"

namespace tiktok2twitch::twitch {

// The shell of a dry run: the account decides as always, but nothing leaves the machine. Lines go to
// `say` at the moment when they would have been sent, and count as accepted.
class dry_client final : public account_shell {
public:
    using say_line = std::function<void(const write_line&)>;

    dry_client(net::asio::any_io_executor executor, account& account, account_listener& listener,
               say_line say);
    ~dry_client() override;

    net::awaitable<core::error_code> run() override;
    void wake() override;
    void deliver() override;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
