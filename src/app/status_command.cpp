// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "app/status_socket.hpp"
#include "tiktok2twitch/app/commands.hpp"
#include "tiktok2twitch/app/status.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

constexpr auto patience = std::chrono::seconds(5);

// Every relay that uses this state directory; there is one socket for each bot account.
std::vector<std::string> sockets_in(const std::string& directory) {
    std::vector<std::string> found;
    std::error_code failed;
    for (std::filesystem::directory_iterator entry(directory, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const auto name = entry->path().filename().string();
        if (name.starts_with("status-") && name.ends_with(".sock"))
            found.push_back(entry->path().string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

exit_code run_status_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto loaded = load_or_explain(line, variables, failed);
    if (!loaded)
        return failed;
    const auto sockets = sockets_in(loaded->state_dir);
    std::size_t answered = 0;
    for (const auto& socket : sockets) {
        const auto answer = ask_status(socket, patience);
        if (!answer) {
            // A crash leaves the file behind; that is not worth more than a word for who looks closely.
            log(log_level::debug, "status", socket + ": " + answer.error().message());
            continue;
        }
        const auto text = line.json ? std::optional(*answer) : status_text(*answer);
        if (!text) {
            log(log_level::warning, "status",
                socket + " does not answer like this version of tiktok2twitch; restart the relay");
            continue;
        }
        std::fwrite(text->data(), 1, text->size(), stdout);
        ++answered;
    }
    if (answered > 0)
        return exit_code::ok;
    log(log_level::error, "status",
        "no relay is running with the state directory " +
            (loaded->state_dir.empty() ? std::string("(none)") : loaded->state_dir) +
            ". Give the one it uses with --state-dir, and run this as the same user.");
    return exit_code::unavailable;
}

}  // namespace tiktok2twitch::app
