// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The Unix socket in the state directory by which other processes ask a running relay (control/message.hpp).
// For the relay's own user and root only: the file is theirs, and so must be whoever connects. One request
// for each connection. Lives on the egress loop.

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "tiktok2twitch/control/message.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::app {

class command_socket {
public:
    using handler = std::function<control::answer(const control::request&)>;
    // Connections at one time; more wait in the system's queue. Those that wait for the relay's end do not
    // count: there may be `most_waiting` of them.
    static constexpr std::size_t most_clients = 8;
    static constexpr std::size_t most_waiting = 64;
    static constexpr auto client_limit = std::chrono::seconds(5);  // to ask, and to take the answer
    // A client of 0.1.0 says nothing, waits for 5 s, and is told the status.
    static constexpr auto silence_limit = std::chrono::seconds(2);

    explicit command_socket(boost::asio::any_io_executor executor);
    // Closes and removes the file. Who waits for the end of the process goes on waiting: the system tells.
    ~command_socket();

    // Replaces a file that a crashed process left: no other process may use `path`. Once.
    core::error_code open(const std::string& path, handler obey);
    void close();

private:
    struct impl;
    std::shared_ptr<impl> impl_;
};

// One for each bot account, as the send log is: "status-bot.sock", the name of 0.1.0.
std::string command_socket_path(const std::string& state_dir, const std::string& login);
// Dry runs lock nothing, so there may be several: "status-dry-123.sock".
std::string dry_socket_path(const std::string& state_dir, long pid);

// sun_path on Linux, with its final zero.
inline constexpr std::size_t longest_socket_path = 107;

}  // namespace tiktok2twitch::app
