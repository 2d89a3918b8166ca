// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Runs a program of which one standard stream leads to somebody who goes away. The others lead nowhere.

#include <fcntl.h>
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

class piped_process {
public:
    enum class end { pipe, closed_pipe, none, full };

    piped_process(std::vector<std::string> arguments, std::vector<std::string> variables, int stream,
                  end how) {
        const program_image image(std::move(arguments), std::move(variables));
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            throw std::runtime_error("pipe");
        if (how != end::pipe)
            ::close(ends[0]);
        pid_ = ::fork();
        if (pid_ < 0)
            throw std::runtime_error("fork");
        if (pid_ == 0) {
            const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
            for (const int other : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
                ::dup2(nowhere, other);
            if (how == end::none)
                ::close(stream);
            else if (how == end::full)
                ::dup2(::open("/dev/full", O_WRONLY | O_CLOEXEC), stream);
            else
                ::dup2(ends[1], stream);
            image.run();
        }
        ::close(ends[1]);
        if (how == end::pipe)
            reader_ = ends[0];
    }
    piped_process(const piped_process&) = delete;
    piped_process& operator=(const piped_process&) = delete;
    ~piped_process() {
        close_reader();
        if (!status_) {
            ::kill(pid_, SIGKILL);
            wait(std::chrono::seconds(10));
        }
    }

    pid_t pid() const noexcept { return pid_; }
    void close_reader() {
        if (reader_ >= 0)
            ::close(reader_);
        reader_ = -1;
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
    int reader_ = -1;
    std::optional<int> status_;
};

}  // namespace tiktok2twitch::test
