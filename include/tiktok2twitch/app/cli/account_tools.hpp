// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the commands about the bot account's login (login, whoami, logout) share.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/app/cli/process.hpp"
#include "tiktok2twitch/app/cli/settings.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/twitch/client/auth_api.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"

namespace tiktok2twitch::app {

struct account_tools {
    loaded_config loaded;
    std::unique_ptr<twitch::auth_api> api;

    const config& settings() const noexcept { return loaded.settings.value; }
    const std::string& state_dir() const noexcept { return loaded.state_dir; }
    // Where twitch.token comes from; empty when it is not set.
    std::string configured_token_source() const;
};

// Nothing: `failed` says how to end, and why was said.
std::optional<account_tools> prepare_account_tools(const command_line& line, const environment& variables,
                                                   exit_code& failed);

// Why no stored login serves although there are some, and which setting chooses. Empty: none is stored, or
// the only one serves. `wanted`: twitch.login, not among `stored` unless empty.
std::string choice_of_logins(const std::string& wanted, const std::vector<std::string>& stored);

// Whose stored login is meant: twitch.login, or else the only one that is stored. Nothing: none is stored
// (`failed` is ok), or it is not clear which one (said, and `failed` is config_error).
std::optional<std::string> choose_stored_login(const account_tools& tools, exit_code& failed);

// Runs `work` on a loop of its own. SIGINT and SIGTERM cancel it, and then the result is
// exit_code::interrupted, unless it came to its end all the same, or could not store what it has. With
// `hung_up` SIGHUP cancels it as well, and is noted there.
exit_code run_interruptibly(const std::function<net::awaitable<exit_code>()>& work, bool* hung_up = nullptr);

// The relay needs the account's name before anything else: its state is kept by it. When it is not configured
// the login service knows whose token it is, and is asked until it answers. Anything but ok: why was said, or
// it was interrupted, or its terminal was closed. Nothing: SIGHUP asks to read the configuration again.
std::optional<exit_code> learn_login(config& settings, const start_of_process& start);

// Keeps a relay from writing a renewed pair over what is done here. Waits for a refresh that is going on (60
// s at most); nothing when the lock does not come free, which must not stop a person, or when cancelled,
// which must: see is_cancelled().
net::awaitable<std::optional<twitch::token_store::lock>> wait_for_lock(twitch::token_store& store);

net::awaitable<void> pause_for(core::duration time);
using net::is_cancelled;

// How a command or a relay ends that Twitch, or the way to it, made fail.
exit_code exit_code_of(const core::error_code& error);

}  // namespace tiktok2twitch::app
