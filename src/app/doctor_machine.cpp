// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/system/errc.hpp>
#include <cerrno>
#include <filesystem>

#include "app/command_client.hpp"
#include "app/command_socket.hpp"
#include "app/doctor_round.hpp"
#include "files/posix_file.hpp"
#include "tiktok2twitch/app/status.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr int most_links = 40;  // as the system does

bool may(const std::filesystem::path& path, int what) {
    return ::faccessat(AT_FDCWD, path.c_str(), what, AT_EACCESS) == 0;
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
    return may(above, W_OK | X_OK) ? core::error_code() : files::last_error();
}

// The first directory on the way to `path` that may not be entered; links are followed.
void find_closed(const std::string& path, directory_facts& out) {
    std::error_code error;
    auto whole = std::filesystem::absolute(path, error);
    for (int links = 0; links < most_links && !whole.empty(); ++links) {
        std::filesystem::path way;
        std::filesystem::path target;
        for (const auto& part : whole) {
            way /= part;
            struct stat info {};
            if (::stat(way.c_str(), &info) != 0) {
                target = std::filesystem::read_symlink(way, error);
                break;
            }
            if (S_ISDIR(info.st_mode) && !may(way, X_OK)) {
                out.closed = way.string();
                out.closed_is_ours = info.st_uid == ::geteuid();
                return;
            }
        }
        whole = target.empty() ? target : way.parent_path() / target;
    }
}

void look_for_relay(doctor_round& round) {
    auto login = round.settings().twitch.login;
    if (login.empty() && round.settings().twitch.token.empty()) {
        const auto stored = twitch::stored_logins(round.loaded.state_dir);
        login = stored.size() == 1 ? stored.front() : "";
    }
    if (login.empty())
        return round.add(hop::running_relay, {}, skipped("it is not known as which account"));
    const auto answer =
        ask_relay(command_socket_path(round.loaded.state_dir, login), {control::verb::status, 0});
    const auto text = answer ? status_text(answer->said.said.data) : std::nullopt;
    round.add(hop::running_relay, {}, of_running_relay(login, text ? text->substr(0, text->find('\n')) : ""));
}

}  // namespace

directory_facts look_at_directory(const std::string& path) {
    directory_facts out;
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        out.unusable = errno == ENOENT ? can_be_made(path) : files::last_error();
        if (out.unusable == boost::system::errc::permission_denied)
            find_closed(path, out);
        return out;
    }
    out.exists = true;
    out.ours = info.st_uid == ::geteuid();
    out.others_may_write = (info.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    out.unusable = S_ISDIR(info.st_mode) ? files::try_directory(path)
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
