// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A program on a terminal of its own, and what a person would see there.

#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/program_image.hpp"
#include "tiktok2twitch/core/width.hpp"

namespace tiktok2twitch::test {

// The little of a terminal that a log and a row below it need: text that wraps, CR, LF, "erase in line",
// "erase in display" from the cursor on, "cursor up", colours (ignored).
class screen {
public:
    explicit screen(std::size_t columns) : columns_(columns) {}

    void feed(std::string_view bytes) {
        pending_ += bytes;
        while (step()) {
        }
    }
    const std::vector<std::string>& rows() const { return rows_; }

private:
    bool step() {
        if (pending_.empty())
            return false;
        const auto first = static_cast<unsigned char>(pending_.front());
        if (first == '\x1b')
            return escape();
        const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (pending_.size() < size)
            return false;
        const auto sign = pending_.substr(0, size);
        pending_.erase(0, size);
        if (sign == "\r") {
            cell_ = 0;
        } else if (sign == "\n") {
            down();
        } else {
            put(sign);
        }
        return true;
    }

    bool escape() {
        const auto end = std::find_if(pending_.begin() + std::min<std::ptrdiff_t>(2, size()), pending_.end(),
                                      [](char c) { return c >= '@' && c <= '~'; });
        if (end == pending_.end())
            return false;
        const std::string what(pending_.begin(), end + 1);
        pending_.erase(pending_.begin(), end + 1);
        if (what.back() == 'K' || what.back() == 'J')
            row().resize(bytes_of(row(), cell_));
        if (what.back() == 'J')
            rows_.resize(at_ + 1);
        if (what.back() == 'A')
            at_ -= std::min(at_, static_cast<std::size_t>(std::stoul(what.substr(2))));
        return true;
    }

    void put(const std::string& sign) {
        if (cell_ >= columns_)
            down();
        auto& text = row();
        const auto at = bytes_of(text, cell_);
        const auto behind = bytes_of(text, cell_ + core::display_width(sign));
        text.replace(at, behind - at, sign);
        cell_ += core::display_width(sign);
    }
    void down() {
        cell_ = 0;
        if (++at_ == rows_.size())
            rows_.emplace_back();
    }
    static std::size_t bytes_of(const std::string& text, std::size_t cells) {
        std::size_t end = 0;
        while (end < text.size() && core::display_width(text.substr(0, end)) < cells)
            do
                ++end;
            while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80);
        return end;
    }
    std::string& row() { return rows_[at_]; }
    std::ptrdiff_t size() const { return static_cast<std::ptrdiff_t>(pending_.size()); }

    std::size_t columns_;
    std::vector<std::string> rows_{""};
    std::size_t at_ = 0;
    std::size_t cell_ = 0;
    std::string pending_;
};

class terminal_process {
public:
    terminal_process(std::vector<std::string> arguments, std::vector<std::string> environment,
                     unsigned short columns)
        : screen_(columns) {
        environment.emplace_back("TERM=xterm");
        const program_image image(std::move(arguments), std::move(environment));
        const winsize size{24, columns, 0, 0};
        pid_ = forkpty(&fd_, nullptr, nullptr, &size);
        if (pid_ < 0)
            throw std::runtime_error("forkpty");
        if (pid_ == 0)
            image.run();
        reader_ = std::thread([this] { read_all(); });
    }
    terminal_process(const terminal_process&) = delete;
    terminal_process& operator=(const terminal_process&) = delete;
    ~terminal_process() {
        if (reader_.joinable()) {
            ::kill(pid_, SIGKILL);
            wait();
        }
        close(fd_);
    }

    void signal(int number) { ::kill(pid_, number); }

    // The exit code, or 128 + signal.
    int wait() {
        int raw = 0;
        waitpid(pid_, &raw, 0);
        reader_.join();
        return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
    }

    std::vector<std::string> rows() const {
        const std::lock_guard lock(mutex_);
        return screen_.rows();
    }
    std::string bytes() const {
        const std::lock_guard lock(mutex_);
        return bytes_;
    }
    bool wait_for(const std::function<bool(const std::vector<std::string>&)>& wanted) const {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!wanted(rows())) {
            if (std::chrono::steady_clock::now() > until)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return true;
    }

private:
    // Until the last holder of the other end is gone.
    void read_all() {
        char buffer[4096];
        for (;;) {
            const auto got = read(fd_, buffer, sizeof buffer);
            if (got <= 0)
                return;
            const std::lock_guard lock(mutex_);
            screen_.feed({buffer, static_cast<std::size_t>(got)});
            bytes_.append(buffer, static_cast<std::size_t>(got));
        }
    }

    pid_t pid_ = -1;
    int fd_ = -1;
    mutable std::mutex mutex_;
    screen screen_;
    std::string bytes_;
    std::thread reader_;
};

}  // namespace tiktok2twitch::test
