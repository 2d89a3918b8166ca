// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "app/doctor_words.hpp"
#include "app/file_words.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t most_named_routes = 3;

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

}  // namespace tiktok2twitch::app
