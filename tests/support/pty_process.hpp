// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Runs a program in a terminal window, which can be closed.

#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/program_image.hpp"

namespace tiktok2twitch::test {

class pty_process {
public:
    enum class started { plainly, with_nohup, in_its_own_session };

    // Its messages go to the file `err`: a closed window would swallow the last ones.
    pty_process(std::vector<std::string> arguments, std::vector<std::string> variables,
                const std::string& err, started how = started::plainly) {
        const program_image image(std::move(arguments), std::move(variables));
        const int file = ::open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        int window = -1;
        pid_ = ::forkpty(&window, nullptr, nullptr, nullptr);
        if (pid_ < 0 || file < 0)
            throw std::runtime_error("forkpty");
        if (pid_ == 0) {
            ::dup2(file, STDERR_FILENO);
            if (how == started::with_nohup)
                ::signal(SIGHUP, SIG_IGN);
            if (how == started::in_its_own_session) {
                // As setsid does: the child has no terminal, and its parent stays in the window.
                const pid_t child = ::fork();
                if (child > 0) {
                    int status = 0;
                    ::waitpid(child, &status, 0);
                    ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128);
                }
                ::setsid();
            }
            image.run();
        }
        ::close(file);
        ::fcntl(window, F_SETFD, FD_CLOEXEC);
        window_ = window;
    }
    pty_process(const pty_process&) = delete;
    pty_process& operator=(const pty_process&) = delete;
    ~pty_process() {
        close_window();
        if (!status_) {
            ::kill(pid_, SIGKILL);
            wait(std::chrono::seconds(10));
        }
    }

    pid_t pid() const noexcept { return pid_; }
    void close_window() {
        if (window_ >= 0)
            ::close(window_);
        window_ = -1;
    }
    // The exit code, or 128 + signal; nothing when it still runs after `limit`.
    std::optional<int> wait(std::chrono::milliseconds limit = std::chrono::seconds(30)) {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (!status_) {
            int raw = 0;
            if (::waitpid(pid_, &raw, WNOHANG) == pid_)
                status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
            else if (std::chrono::steady_clock::now() > until)
                return std::nullopt;
            else
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return status_;
    }

private:
    pid_t pid_ = -1;
    int window_ = -1;
    std::optional<int> status_;
};

}  // namespace tiktok2twitch::test
