// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Runs a program with captured output, for tests of the real binary.

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/program_image.hpp"

namespace tiktok2twitch::test {

class process {
public:
    // `extra`: "NAME=value" entries added to a bare environment (PATH and HOME only). `user`: as whom it
    // runs, wherever the program is; only root can say so.
    explicit process(std::vector<std::string> arguments, std::vector<std::string> extra = {},
                     std::optional<uid_t> user = std::nullopt) {
        int out[2];
        int err[2];
        if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0)
            throw std::runtime_error("pipe");
        const program_image image(std::move(arguments), std::move(extra));
        pid_ = fork();
        if (pid_ < 0)
            throw std::runtime_error("fork");
        if (pid_ == 0) {
            dup2(out[1], STDOUT_FILENO);
            dup2(err[1], STDERR_FILENO);
            if (user) {
                const int program = image.open();
                if (setgroups(0, nullptr) == 0 && setgid(*user) == 0 && setuid(*user) == 0)
                    image.run(program);
                _exit(127);
            }
            image.run();
        }
        close(out[1]);
        close(err[1]);
        readers_.emplace_back([this, fd = out[0]] { collect(fd, out_); });
        readers_.emplace_back([this, fd = err[0]] { collect(fd, err_); });
    }

    process(const process&) = delete;
    process& operator=(const process&) = delete;

    ~process() {
        if (!status_) {
            ::kill(pid_, SIGKILL);
            wait(std::chrono::seconds(10));
        }
        for (auto& reader : readers_)
            reader.join();
    }

    void signal(int number) { ::kill(pid_, number); }
    int pid() const noexcept { return pid_; }

    // The exit code, or 128 + signal; nothing when it still runs after `limit`.
    std::optional<int> wait(std::chrono::milliseconds limit = std::chrono::seconds(30)) {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (!status_) {
            int raw = 0;
            if (waitpid(pid_, &raw, WNOHANG) == pid_)
                status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
            else if (std::chrono::steady_clock::now() > until)
                return std::nullopt;
            else
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        for (auto& reader : readers_)
            reader.join();
        readers_.clear();
        return status_;
    }

    std::string out() const { return copy(out_); }
    std::string err() const { return copy(err_); }

    // Waits until stderr contains `text`.
    bool wait_for_err(const std::string& text,
                      std::chrono::milliseconds limit = std::chrono::seconds(20)) const {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (err().find(text) == std::string::npos) {
            if (std::chrono::steady_clock::now() > until)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return true;
    }

private:
    std::string copy(const std::string& text) const {
        const std::lock_guard lock(mutex_);
        return text;
    }

    void collect(int fd, std::string& into) {
        char buffer[4096];
        for (;;) {
            const auto got = read(fd, buffer, sizeof buffer);
            if (got <= 0)
                break;
            const std::lock_guard lock(mutex_);
            into.append(buffer, static_cast<std::size_t>(got));
        }
        close(fd);
    }

    pid_t pid_ = -1;
    std::optional<int> status_;
    mutable std::mutex mutex_;
    std::string out_;
    std::string err_;
    std::vector<std::thread> readers_;
};

}  // namespace tiktok2twitch::test
