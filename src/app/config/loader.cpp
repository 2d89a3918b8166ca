// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/loader.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>

#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/app/config/policy.hpp"
#include "tiktok2twitch/app/config/toml.hpp"
#include "tiktok2twitch/core/nearest.hpp"
#include "tiktok2twitch/files/posix_file.hpp"

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

constexpr std::size_t longest_token_file = 4096;  // far beyond any token

load_failure unusable(const std::string& path, const std::string& why) {
    return failure(exit_code::no_input, path + ": the credential twitch_token cannot be read: " + why);
}

// The token that systemd hands over (LoadCredential=twitch_token:..., systemd.exec(5)) as a setting that
// stands between the environment and the file. Nothing without $CREDENTIALS_DIRECTORY or without the file.
std::variant<std::optional<setting>, load_failure> read_credential(std::span<const std::string> variables) {
    const auto directory = variable(variables, "CREDENTIALS_DIRECTORY");
    if (!directory)
        return std::nullopt;
    const std::string path = *directory + "/twitch_token";
    auto read = read_text_file(path, longest_token_file);
    if (const auto* unread = std::get_if<unread_file>(&read)) {
        if (!unread->is_there)
            return std::nullopt;
        return unusable(path, "it " + unread->why);
    }
    auto text = std::get<std::string>(std::move(read));
    if (text.size() > longest_token_file)
        return unusable(path, "it is longer than " + std::to_string(longest_token_file) + " bytes");
    // Editors and echo end files with a line break.
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    if (text.empty())
        return std::nullopt;
    return setting{.key = "twitch.token", .value = std::move(text), .where = path};
}

// Words in another encoding would never be found, and nobody would know.
std::optional<std::string> what_is_wrong(std::string_view text) {
    if (text.size() > max_word_file_bytes) {
        return "larger than 1 MiB: this is no list of words";
    }
    for (std::size_t number = 1; !text.empty(); ++number) {
        std::string line(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        std::ranges::replace(line, '\t', ' ');
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (!is_plain_text(line)) {
            return "line " + std::to_string(number) + " is not UTF-8 text; save the file as UTF-8";
        }
    }
    return std::nullopt;
}

std::string without_mark(std::string text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    return text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
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

environment_settings read_environment(std::span<const std::string> lines) {
    std::vector<std::string> names;
    for (const config_key& key : config_keys()) {
        names.push_back(key.variable());
    }
    const std::vector<std::string_view> candidates(names.begin(), names.end());

    environment_settings out;
    for (const std::string& line : lines) {
        const std::size_t equals = line.find('=');
        if (!line.starts_with("TIKTOK2TWITCH_") || equals == std::string::npos) {
            continue;
        }
        const std::string name = line.substr(0, equals);
        const auto found = std::ranges::find(names, name);
        if (found == names.end()) {
            const value_origin origin{value_source::environment, {}, 0};
            out.warnings.push_back({origin, "unknown environment variable " + show_quoted(name) +
                                                "; the nearest known one is " +
                                                std::string(core::nearest(name, candidates))});
        } else if (equals + 1 < line.size()) {
            const config_key& key = config_keys()[static_cast<std::size_t>(found - names.begin())];
            out.settings.push_back({key.dotted(), line.substr(equals + 1), name});
        }
    }
    return out;
}

read_words read_word_lists(const std::vector<std::string>& files) {
    read_words out;
    for (const std::string& name : files) {
        auto read = read_text_file(name, max_word_file_bytes);
        const auto* unread = std::get_if<unread_file>(&read);
        const auto wrong = unread ? std::optional(unread->why) : what_is_wrong(std::get<std::string>(read));
        if (wrong)
            out.problems.push_back("filter.word_files: " + name + ": " + *wrong);
        else
            out.lists.push_back({name, without_mark(std::get<std::string>(std::move(read)))});
    }
    return out;
}

void read_word_files(configuration& settings, const std::string& config_path) {
    const value_origin& origin = settings.origins[*find_key("filter.word_files")];
    const auto folder = std::filesystem::path(config_path).parent_path();
    for (std::string& name : settings.value.filter.word_files) {
        if (origin.source == value_source::file) {
            name = (folder / name).string();  // an absolute name stays as it is
        }
    }
    auto read = read_word_lists(settings.value.filter.word_files);
    for (std::string& problem : read.problems) {
        settings.errors.push_back({origin, std::move(problem)});
    }
    settings.value.word_lists = std::move(read.lists);
}

std::string stamp_of(const std::vector<std::string>& files) {
    std::string stamp;
    for (const auto& file : files) {
        struct stat found {};
        if (::stat(file.c_str(), &found) == 0)
            for (const auto number :
                 {static_cast<long long>(found.st_dev), static_cast<long long>(found.st_ino),
                  static_cast<long long>(found.st_size), static_cast<long long>(found.st_mtim.tv_sec),
                  static_cast<long long>(found.st_mtim.tv_nsec), static_cast<long long>(found.st_ctim.tv_sec),
                  static_cast<long long>(found.st_ctim.tv_nsec)})
                stamp += std::to_string(number) + ",";
        stamp += ";";
    }
    return stamp;
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
