// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>

#include "app/doctor_round.hpp"
#include "app/status_socket.hpp"
#include "tiktok2twitch/app/status.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr core::duration relay_patience = std::chrono::seconds(2);
// As much as all that a relay keeps for a room, so that a full disk is noticed.
constexpr std::size_t trial_size = std::size_t{64} * 1024;

core::error_code system_error() {
    return {errno, boost::system::system_category()};
}

// Writes a file and removes it: permissions, quotas and full disks have one answer in common.
core::error_code try_to_write(const std::string& directory) {
    auto path = directory + "/doctor-XXXXXX";
    const int file = ::mkostemp(path.data(), O_CLOEXEC);
    if (file < 0)
        return system_error();
    static constexpr std::array<char, trial_size> zeros{};
    core::error_code failed;
    const auto written = ::write(file, zeros.data(), zeros.size());
    if (written < 0 || ::fsync(file) != 0)
        failed = system_error();
    else if (static_cast<std::size_t>(written) < zeros.size())
        failed = {ENOSPC, boost::system::system_category()};
    ::close(file);
    ::unlink(path.c_str());
    return failed;
}

// The relay makes the directory with all that is missing above it.
core::error_code can_be_made(const std::string& path) {
    std::error_code error;
    auto above = std::filesystem::absolute(path, error).parent_path();
    while (!std::filesystem::exists(above, error) && !error && above.has_relative_path())
        above = above.parent_path();
    if (error)
        return {error.value(), boost::system::system_category()};
    if (!std::filesystem::is_directory(above, error))
        return {ENOTDIR, boost::system::system_category()};
    return ::access(above.c_str(), W_OK | X_OK) == 0 ? core::error_code() : system_error();
}

void look_for_relay(doctor_round& round) {
    auto login = round.settings().twitch.login;
    if (login.empty() && round.settings().twitch.token.empty()) {
        const auto stored = twitch::stored_logins(round.loaded.state_dir);
        login = stored.size() == 1 ? stored.front() : "";
    }
    if (login.empty())
        return round.add(hop::running_relay, {}, skipped("it is not known as which account"));
    const auto answer = ask_status(status_socket_path(round.loaded.state_dir, login), relay_patience);
    const auto text = answer ? status_text(*answer) : std::nullopt;
    round.add(hop::running_relay, {}, of_running_relay(login, text ? text->substr(0, text->find('\n')) : ""));
}

}  // namespace

directory_facts look_at_directory(const std::string& path) {
    directory_facts out;
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        out.unusable = errno == ENOENT ? can_be_made(path) : system_error();
        return out;
    }
    out.exists = true;
    out.ours = info.st_uid == ::geteuid();
    out.others_may_write = (info.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    out.unusable = S_ISDIR(info.st_mode) ? try_to_write(path)
                                         : core::error_code(ENOTDIR, boost::system::system_category());
    return out;
}

void look_at_machine(doctor_round& round) {
    round.add(hop::routes, {}, of_routes(round.settings().routes));
    const auto& directory = round.loaded.state_dir;
    if (round.dry_run) {
        round.add(hop::state_directory, directory, skipped("a dry run keeps nothing"));
        round.add(hop::running_relay, {}, skipped("a dry run is in nobody's way"));
    } else {
        const auto facts = directory.empty() ? directory_facts() : look_at_directory(directory);
        round.add(hop::state_directory, directory, of_directory(directory, facts));
        look_for_relay(round);
    }
    const auto& ca_file = round.settings().ca_file;
    auto tls = net::make_tls_client(ca_file);
    round.add(hop::trust_store, {}, of_trust(tls ? core::error_code() : tls.error(), ca_file));
    if (tls)
        round.tls = *std::move(tls);
}

}  // namespace tiktok2twitch::app
