// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <cstdio>
#include <exception>

#include "tiktok2twitch/app/commands.hpp"

extern char** environ;

int main(int argc, char** argv) {
    try {
        return static_cast<int>(tiktok2twitch::app::run_program(argc, argv, environ));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "tiktok2twitch: internal error: %s\n", error.what());
        return static_cast<int>(tiktok2twitch::app::exit_code::internal);
    }
}
