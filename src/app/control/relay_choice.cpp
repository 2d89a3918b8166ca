// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/control/relay_choice.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace tiktok2twitch::app {
namespace {

constexpr std::string_view prefix = "status-";
constexpr std::string_view suffix = ".sock";
constexpr std::string_view dry = "dry-";  // no login has a dash

std::string listed(const std::vector<running_relay>& relays) {
    std::string out;
    for (const auto& relay : relays)
        out += (out.empty() ? "" : ", ") + describe(relay);
    return out;
}

// Nothing: the name is no socket's.
std::optional<std::string_view> name_in(std::string_view file_name) {
    if (!file_name.starts_with(prefix) || !file_name.ends_with(suffix) ||
        file_name.size() <= prefix.size() + suffix.size())
        return std::nullopt;
    return file_name.substr(prefix.size(), file_name.size() - prefix.size() - suffix.size());
}

}  // namespace

std::string describe(const running_relay& relay) {
    return (relay.login.empty() ? "a dry run" : relay.login) +
           (relay.pid > 0 ? " (pid " + std::to_string(relay.pid) + ")" : "");
}

std::optional<running_relay> relay_of(const std::string& directory, const std::string& file_name) {
    const auto name = name_in(file_name);
    if (!name)
        return std::nullopt;
    return running_relay{directory + "/" + file_name, std::string(name->starts_with(dry) ? "" : *name), 0};
}

std::optional<long> dry_run_of(const std::string& file_name) {
    const auto name = name_in(file_name);
    if (!name || !name->starts_with(dry))
        return std::nullopt;
    long pid = 0;
    const auto digits = name->substr(dry.size());
    const auto [stop, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), pid);
    const bool whole = failed == std::errc{} && stop == digits.data() + digits.size() && pid > 0;
    return whole ? std::optional(pid) : std::nullopt;
}

relay_choice choose_relay(std::vector<running_relay> running, const relay_wish& wish,
                          const std::string& directory) {
    const auto place = "the state directory " + (directory.empty() ? std::string("(none)") : directory);
    if (running.empty())
        return {std::nullopt,
                "no relay is running with " + place +
                    ". Give the one it uses with --state-dir, and run this as the same user.",
                false};
    auto meant = running;
    const auto keep = [&meant](const auto& which) {
        std::erase_if(meant, [&which](const running_relay& relay) { return !which(relay); });
    };
    if (wish.pid) {
        keep([&wish](const running_relay& relay) { return relay.pid == *wish.pid; });
    } else if (wish.dry_run) {
        keep([](const running_relay& relay) { return relay.login.empty(); });
    } else if (!wish.login.empty()) {
        // A dry run speaks as nobody: it is meant where no relay of this account runs.
        const bool runs = std::ranges::find(running, wish.login, &running_relay::login) != running.end();
        keep([&](const running_relay& relay) { return relay.login == (runs ? wish.login : ""); });
    }
    if (meant.size() == 1)
        return {meant.front(), {}, false};
    if (meant.empty())
        return {std::nullopt,
                "no such relay is running with " + place + "; there is " + listed(running) +
                    ". Say which one you mean with --pid.",
                false};
    return {std::nullopt,
            std::to_string(meant.size()) + " relays use " + place + ": " + listed(meant) +
                ". Say which one you mean, for example with --pid " + std::to_string(meant.front().pid) + ".",
            true};
}

}  // namespace tiktok2twitch::app
