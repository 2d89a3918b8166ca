// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

namespace tiktok2twitch::app {

// What the process tells its caller: the numbers of BSD's sysexits.h, which systemd prints by name.
enum class exit_code : int {
    ok = 0,                  // ended as asked
    usage = 64,              // the command line is wrong
    bad_data = 65,           // a recording that is none
    no_input = 66,           // an input file is missing or unreadable
    unavailable = 69,        // a service is not there and waiting does not help
    internal = 70,           // a fault of this program
    io_error = 74,           // disk or socket
    try_again = 75,          // may work later
    login_refused = 77,      // Twitch does not accept the token
    config_error = 78,       // configuration file or environment
    interrupted = 130,       // login and its kin: SIGINT or SIGTERM
    interrupted_twice = 130  // a second SIGINT while draining
};

}  // namespace tiktok2twitch::app
