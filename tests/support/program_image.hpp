// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a child process is to become: a program, its arguments and its environment, which is bare but for
// PATH, HOME, what the test gives, and the sanitizer settings of the test run: without these a sanitizer
// reports again what the run knows to be no fault.

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

extern char** environ;

namespace tiktok2twitch::test {

class program_image {
public:
    // `arguments`: the program's path first. `variables`: "NAME=value".
    program_image(std::vector<std::string> arguments, std::vector<std::string> variables)
        : arguments_(std::move(arguments)), variables_(std::move(variables)) {
        variables_.emplace_back("PATH=/usr/bin:/bin");
        variables_.emplace_back("HOME=/nonexistent");
        for (char** entry = environ; *entry != nullptr; ++entry)
            if (const std::string text = *entry; text.find("SAN_OPTIONS=") != std::string::npos)
                variables_.push_back(text);
        argv_ = pointers(arguments_);
        envp_ = pointers(variables_);
    }
    program_image(const program_image&) = delete;
    program_image& operator=(const program_image&) = delete;

    // To be called in the child: does not return.
    [[noreturn]] void run() const {
        ::execve(argv_[0], argv_.data(), envp_.data());
        ::_exit(127);
    }
    // The same for a program opened before the child gave up the right to see it.
    [[noreturn]] void run(int program) const {
        ::fexecve(program, argv_.data(), envp_.data());
        ::_exit(127);
    }
    int open() const { return ::open(argv_[0], O_RDONLY | O_CLOEXEC); }

private:
    static std::vector<char*> pointers(std::vector<std::string>& texts) {
        std::vector<char*> out;
        for (auto& text : texts)
            out.push_back(text.data());
        out.push_back(nullptr);
        return out;
    }

    std::vector<std::string> arguments_;
    std::vector<std::string> variables_;
    std::vector<char*> argv_;
    std::vector<char*> envp_;
};

}  // namespace tiktok2twitch::test
