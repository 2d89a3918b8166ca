// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What other processes ask of the relay: 'tiktok2twitch status', 'stop', 'reload'; and about what is held,
// see relay_held.cpp.

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "app/command_client.hpp"
#include "app/file_words.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

namespace fs = std::filesystem;

constexpr int done = static_cast<int>(exit_code::ok);

// A dry run keeps nothing, but it can be asked, too.
core::error_code make_private_directory(const std::string& path) {
    std::error_code failed;
    if (fs::create_directories(path, failed))
        fs::permissions(path, fs::perms::owner_all, failed);
    return failed ? core::error_code(failed.value(), boost::system::system_category()) : core::error_code();
}

// Of dry runs that were killed: nobody takes their place, as the next relay of an account does.
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

void relay_service::impl::open_command_socket() {
    const auto& directory = settings.state_dir;
    if (directory.empty())
        return;  // a dry run without a home
    core::error_code failed;
    auto path = command_socket_path(directory, settings.effective.twitch.login);
    if (settings.dry_run) {
        path = dry_socket_path(directory, ::getpid());
        failed = make_private_directory(directory);
        remove_dead_dry_sockets(directory);
    }
    if (!failed)
        failed =
            command_requests.open(path, [this](const control::request& request) { return obey(request); });
    if (failed)
        log(log_level::warning, "state",
            "'tiktok2twitch status' and 'stop' will not reach this relay: " + path + ": " + failed.message() +
                ". Choose another --state-dir (a short path on a local disk).");
}

control::answer relay_service::impl::obey(const control::request& request) {
    switch (request.what) {
        case control::verb::status:
            return {done, {}, status()};
        case control::verb::stop:
            if (!stop_requested)
                stop("asked to stop by 'tiktok2twitch stop'");
            return {done, "it is ending", {}, true};
        case control::verb::reload:
            if (current != phase::running)
                return {static_cast<int>(exit_code::try_again), "not reloaded: the relay is ending"};
            log(log_level::info, "relay", "asked to reload by 'tiktok2twitch reload'");
            if (reload())
                return {done, "the configuration is reloaded"};
            return {static_cast<int>(exit_code::config_error),
                    "reload refused; the configuration in force stays. The relay's log has the mistakes, and "
                    "'tiktok2twitch config check' shows them."};
        case control::verb::held:
            return {done, {}, held_json()};
        case control::verb::approve:
        case control::verb::deny:
            return decide(request);
    }
    return {static_cast<int>(exit_code::internal), "this relay does not know the command"};
}

// `holder`: the process that the account's lock names, 0: none.
std::string relay_service::impl::how_to_end_the_other(int holder) const {
    const auto asked = pid_behind(command_socket_path(settings.state_dir, settings.effective.twitch.login));
    const long pid = asked && *asked > 0 ? *asked : holder;
    const auto who = pid > 0 ? "It is the process with the pid " + std::to_string(pid) + ". " : "";
    return who + "To stop it: tiktok2twitch stop --state-dir " + shell_word(settings.state_dir);
}

}  // namespace tiktok2twitch::app
