// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A Unix socket in the state directory: who connects gets one status text and the end. Readable for the
// relay's own user only. Lives on the egress loop.

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::app {

class status_socket {
public:
    // Connections at one time; more wait in the system's queue.
    static constexpr std::size_t most_clients = 8;
    static constexpr auto client_limit = std::chrono::seconds(5);

    explicit status_socket(boost::asio::any_io_executor executor);
    ~status_socket();  // closes and removes the file

    // Replaces a file that a crashed process left: the caller holds the account's lock. Once.
    core::error_code open(const std::string& path, std::function<std::string()> answer);
    void close();

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

// "status-bot.sock": one per account, as the send log is.
std::string status_socket_path(const std::string& state_dir, const std::string& login);

// Asks and waits, for the status command. Errors are the system's; `timed_out` when nothing came in time.
core::result<std::string> ask_status(const std::string& path, core::duration limit);

}  // namespace tiktok2twitch::app
