// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/cli/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string>
#include <system_error>

#include "tiktok2twitch/core/log.hpp"

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

namespace {

bool lost = false;
bool closed_at_start = false;

bool fail(int error) {
    lost = true;
    core::log(core::log_level::error, "output",
              error == EPIPE || error == EBADF
                  ? "nobody reads the standard output"
                  : "the standard output cannot be written: " + std::generic_category().message(error));
    return false;
}

}  // namespace

void prepare_standard_streams() {
    std::signal(SIGPIPE, SIG_IGN);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) >= 0)
            continue;
        closed_at_start |= stream == STDOUT_FILENO;
        // The lowest free number is the stream's. Without the right to write: nobody gets what is written.
        if (::open("/dev/null", O_RDONLY) != stream)
            return;
    }
}

bool print_out(std::string_view text) {
    if (lost)
        return false;
    if (text.empty())
        return true;  // it may point nowhere
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() || fail(errno);
}

bool print_now(std::string_view text) {
    return print_out(text) && (std::fflush(stdout) == 0 || fail(errno));
}

bool output_is_gone() {
    pollfd out{STDOUT_FILENO, 0, 0};
    return lost || closed_at_start ||
           (::poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0);
}

exit_code end_of_output(exit_code code) {
    print_now({});
    return lost && code == exit_code::ok ? exit_code::io_error : code;
}

}  // namespace tiktok2twitch::app
