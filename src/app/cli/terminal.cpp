// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/cli/terminal.hpp"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tiktok2twitch::app {

std::size_t terminal_columns() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 120;
}

core::log_style style_of_stderr(const std::optional<std::string>& journal_stream) {
    if (isatty(STDERR_FILENO) == 1)
        return core::log_style::terminal;
    // Others inherit the variable, and their stderr may go elsewhere: only the very same stream counts.
    struct stat there {};
    const bool journal = journal_stream && fstat(STDERR_FILENO, &there) == 0 &&
                         *journal_stream == std::to_string(there.st_dev) + ":" + std::to_string(there.st_ino);
    return journal ? core::log_style::journal : core::log_style::full;
}

}  // namespace tiktok2twitch::app
