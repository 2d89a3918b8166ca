// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/service/requests.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>
#include <vector>

#include "app/command_client.hpp"
#include "app/file_words.hpp"
#include "files/posix_file.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

namespace {

namespace fs = std::filesystem;

// Sockets of dry runs that were killed: no later relay takes their name, as with those of accounts.
void remove_dead_dry_sockets(const std::string& directory) {
    std::error_code failed;
    std::vector<std::string> dead;
    for (fs::directory_iterator entry(directory, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const auto name = entry->path().filename().string();
        const auto pid = dry_run_of(name);
        if (pid && ::kill(static_cast<pid_t>(*pid), 0) != 0 && errno == ESRCH &&
            !pid_behind(entry->path().string()))
            dead.push_back(entry->path().string());
    }
    for (const auto& path : dead)
        ::unlink(path.c_str());
}

}  // namespace

void open_requests(command_socket& socket, const relay_settings& settings, command_socket::handler obey) {
    const auto& directory = settings.state_dir;
    if (directory.empty())
        return;  // a dry run without a home
    core::error_code failed;
    auto path = command_socket_path(directory, settings.effective.twitch.login);
    if (settings.dry_run) {
        path = dry_socket_path(directory, ::getpid());
        failed = files::make_directories(directory);
        remove_dead_dry_sockets(directory);
    }
    if (!failed)
        failed = socket.open(path, std::move(obey));
    if (failed)
        core::log(core::log_level::warning, "state",
                  "'tiktok2twitch status' and 'stop' will not reach this relay: " + path + ": " +
                      failed.message() + ". Choose another --state-dir (a short path on a local disk).");
}

std::string how_to_end_the_other(const std::string& state_dir, const std::string& login, int holder) {
    const auto asked = pid_behind(command_socket_path(state_dir, login));
    const long pid = asked && *asked > 0 ? *asked : holder;
    const auto who = pid > 0 ? "It is the process with the pid " + std::to_string(pid) + ". " : "";
    return who + "To stop it: tiktok2twitch stop --state-dir " + shell_word(state_dir);
}

}  // namespace tiktok2twitch::app
