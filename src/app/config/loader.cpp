// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/config_loader.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "app/config_keys.hpp"
#include "app/credentials.hpp"
#include "app/text_file.hpp"
#include "app/toml_guard.hpp"
#include "app/word_files.hpp"

#include "tiktok2twitch/app/route_policy.hpp"
namespace tiktok2twitch::app {
namespace {

namespace fs = std::filesystem;

load_failure failure(exit_code code, std::string message) {
    load_failure out{.code = code, .messages = {}};
    out.messages.push_back(std::move(message));
    return out;
}

// An XDG base directory; the specification says that a relative one is to be ignored.
std::string base_directory(std::span<const std::string> variables, std::string_view name,
                           std::string_view below_home) {
    const auto given = variable(variables, name);
    if (given && given->starts_with('/')) {
        return *given;
    }
    const auto home = variable(variables, "HOME");
    return home ? *home + "/" + std::string(below_home) : std::string();
}

// The file to read by precedence; nothing when there is none.
std::optional<std::string> find_file(const load_request& request, std::span<const std::string> variables) {
    if (request.config_path) {
        return request.config_path;
    }
    std::vector<std::string> places;
    if (const std::string base = base_directory(variables, "XDG_CONFIG_HOME", ".config"); !base.empty()) {
        places.push_back(base + "/tiktok2twitch/config.toml");
    }
    places.push_back(request.system_config);
    const auto found = std::ranges::find_if(places, [](const std::string& place) {
        std::error_code error;
        const fs::file_status status = fs::status(place, error);
        // A file that may not be looked at must not be passed over in silence: reading it says why.
        return fs::exists(status) || error == std::errc::permission_denied;
    });
    return found == places.end() ? std::nullopt : std::optional(*found);
}

bool readable_by_all(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    return fs::is_regular_file(status) && (status.permissions() & fs::perms::others_read) != fs::perms::none;
}

// Flags are the caller's mistake, and win: a wrong command line is corrected first.
load_failure failure_of(const configuration& settings) {
    load_failure out;
    for (const config_problem& problem : settings.errors) {
        out.messages.push_back(text_of(problem));
        if (problem.origin.source == value_source::flag) {
            out.code = exit_code::usage;
        }
    }
    return out;
}

// What is wrong with a filter begins with its key.
value_origin origin_named(const configuration& settings, std::string_view problem) {
    const auto key = find_key(problem.substr(0, problem.find_first_of(",:")));
    return key ? settings.origins[*key] : value_origin{};
}

}  // namespace

environment environment_of(const char* const* variables) {
    environment out;
    for (; *variables != nullptr; ++variables) {
        out.emplace_back(*variables);
    }
    return out;
}

std::optional<std::string> variable(std::span<const std::string> variables, std::string_view name) {
    for (const std::string& line : variables) {
        if (line.size() > name.size() + 1 && line.starts_with(name) && line[name.size()] == '=') {
            return line.substr(name.size() + 1);
        }
    }
    return std::nullopt;
}

std::string find_state_dir(const load_request& request, std::span<const std::string> variables) {
    if (request.state_dir) {
        return *request.state_dir;
    }
    // systemd lists several directories with colons between them.
    if (const auto given = variable(variables, "STATE_DIRECTORY")) {
        return given->substr(0, given->find(':'));
    }
    const std::string base = base_directory(variables, "XDG_STATE_HOME", ".local/state");
    return base.empty() ? base : base + "/tiktok2twitch";
}

load_result load_config(const load_request& request, std::span<const std::string> variables) {
    loaded_config out;
    config_layers layers;
    if (const auto path = find_file(request, variables)) {
        auto read = read_text_file(*path, max_config_bytes);
        if (const auto* unread = std::get_if<unread_file>(&read)) {
            return failure(unread->code, *path + ": " + unread->why);
        }
        out.file = *path;
        layers.file = config_file{*path, std::get<std::string>(std::move(read))};
    }
    environment_settings from_environment = read_environment(variables);
    layers.environment = std::move(from_environment.settings);
    auto credential = read_credential(variables);
    if (auto* failed = std::get_if<load_failure>(&credential)) {
        return std::move(*failed);
    }
    // In front: what the environment says itself is stronger.
    if (auto& token = std::get<std::optional<setting>>(credential)) {
        layers.environment.insert(layers.environment.begin(), *std::move(token));
    }
    layers.flags = request.flags;
    layers.route = request.route;
    out.settings = build_config(layers);
    read_word_files(out.settings, out.file);
    if (!out.settings.errors.empty()) {
        return failure_of(out.settings);
    }
    std::string hint;
    if (const auto bad = check_filters(out.settings.value, &hint)) {
        const auto text = hint + ": " + core::explain(bad);
        return failure(exit_code::config_error, text_of({origin_named(out.settings, hint), text}));
    }
    for (const auto* list : {&from_environment.warnings, &out.settings.warnings}) {
        std::ranges::transform(*list, std::back_inserter(out.warnings), text_of);
    }
    const value_source token = out.settings.origins[*find_key("twitch.token")].source;
    if (token == value_source::file && !out.settings.value.twitch.token.empty() &&
        readable_by_all(out.file)) {
        out.warnings.push_back(
            out.file + ": every user of this machine can read the Twitch token; run: chmod 600 " + out.file);
    }
    out.state_dir = find_state_dir(request, variables);
    return out;
}

}  // namespace tiktok2twitch::app
