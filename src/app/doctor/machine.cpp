// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/doctor/machine.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <boost/system/errc.hpp>

#include "tiktok2twitch/app/control/command_client.hpp"
#include "tiktok2twitch/app/control/command_socket.hpp"
#include "tiktok2twitch/app/status/status.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t most_named_routes = 3;

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

finding of_routes(const std::vector<route_config>& routes) {
    if (routes.empty())
        return broken(exit_code::config_error, "nothing to relay",
                      "give --tiktok USER --channel CHAN, or a [[route]] in the configuration file.");
    std::string text;
    for (std::size_t i = 0; i < std::min(routes.size(), most_named_routes); ++i)
        text += (i == 0 ? "@" : ", @") + routes[i].tiktok + " -> #" + routes[i].channel;
    if (routes.size() > most_named_routes)
        text += " and " + std::to_string(routes.size() - most_named_routes) + " more";
    return fine(std::move(text));
}

finding of_directory(const std::string& path, const directory_facts& facts) {
    if (path.empty())
        return broken(exit_code::config_error, "no place for the state",
                      "give --state-dir, or set STATE_DIRECTORY, XDG_STATE_HOME or HOME.");
    if (!facts.closed.empty())
        return broken(exit_code::io_error, "cannot be reached: this user may not enter " + facts.closed,
                      "choose another place with --state-dir, or let this user in: " +
                          std::string(facts.closed_is_ours ? "chmod u+x " : "sudo chmod a+x ") +
                          shell_word(facts.closed),
                      core::identifier(facts.unusable));
    if (facts.unusable)
        return broken(exit_code::io_error,
                      (facts.exists ? "cannot be written: " : "cannot be made: ") + facts.unusable.message(),
                      directory_fix(facts.unusable, path, facts.exists), core::identifier(facts.unusable));
    if (!facts.exists)
        return fine("not there yet; made when it is needed");
    if (facts.others_may_write)
        return warning("other users of this machine may write into it", "chmod 700 " + shell_word(path));
    if (!facts.ours)
        return warning("belongs to another user, who may not be able to read what is written as this one",
                       "run the relay and this as the user to whom it belongs.");
    return fine("writable");
}

finding of_running_relay(const std::string& login, const std::string& first_line) {
    if (first_line.empty())
        return fine("none as " + login + " with this state directory");
    return fine("one as " + login + ": " + first_line +
                ". A second one would not start; 'tiktok2twitch status' says how it is");
}

finding of_trust(const core::error_code& error, const std::string& ca_file) {
    if (error)
        return failed(exit_code::config_error, ca_file.empty() ? "" : "tls.ca_file " + ca_file, error);
    return fine(ca_file.empty() ? "this machine has CA certificates"
                                : "CA certificates of this machine and " + ca_file);
}

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
