// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

namespace tiktok2twitch::app {

std::size_t terminal_columns() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 120;
}

}  // namespace tiktok2twitch::app
