// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/cli/process.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tiktok2twitch::app {
namespace {

struct seen {
    int dumpable;
    rlim_t soft;
};

// In a process of its own: what is given up does not come back.
seen after_forbidding(rlim_t hard_limit) {
    int pipes[2];
    EXPECT_EQ(pipe(pipes), 0);
    const pid_t pid = fork();
    if (pid == 0) {
        const rlimit limit{hard_limit, hard_limit};
        setrlimit(RLIMIT_CORE, &limit);
        forbid_core_dumps();
        rlimit now{};
        getrlimit(RLIMIT_CORE, &now);
        const seen out{prctl(PR_GET_DUMPABLE), now.rlim_cur};
        _exit(write(pipes[1], &out, sizeof out) == sizeof out ? 0 : 1);
    }
    seen out{};
    EXPECT_EQ(read(pipes[0], &out, sizeof out), static_cast<ssize_t>(sizeof out));
    int status = 0;
    waitpid(pid, &status, 0);
    close(pipes[0]);
    close(pipes[1]);
    return out;
}

// At a soft limit of 0 Linux still calls a dump handler, with the whole memory.
TEST(core_dumps_test, no_handler_gets_the_memory_whatever_the_hard_limit_is) {
    EXPECT_EQ(after_forbidding(0).dumpable, 0);
    rlimit own{};
    ASSERT_EQ(getrlimit(RLIMIT_CORE, &own), 0);
    const auto usual = after_forbidding(own.rlim_max);
    EXPECT_EQ(usual.soft, own.rlim_max == 0 ? 0U : 1U);
    EXPECT_EQ(usual.dumpable, own.rlim_max == 0 ? 0 : 1) << "a debugger still attaches";
}

}  // namespace
}  // namespace tiktok2twitch::app
