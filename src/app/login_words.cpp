// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/login_words.hpp"

#include <algorithm>
#include <array>

#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/grant.hpp"

namespace tiktok2twitch::app {
namespace {

struct right {
    std::string_view scope;
    std::string_view meaning;
};
constexpr std::array rights{
    right{twitch::scope_read, "read the chat"},
    right{twitch::scope_edit, "send lines"},
    right{twitch::scope_send, "send lines through Twitch's API"},
    right{twitch::scope_delete, "delete its lines where it is a moderator"},
};

// As one word of a POSIX shell.
std::string for_shell(const std::string& value) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,";
    if (!value.empty() && value.find_first_not_of(plain) == std::string::npos)
        return value;
    std::string out = "'";
    for (const char c : value)
        out += c == '\'' ? "'\\''" : std::string(1, c);
    return out + "'";
}

bool has(const std::vector<std::string>& scopes, std::string_view scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace

std::vector<std::string> wanted_scopes(bool delete_lines) {
    std::vector<std::string> out;
    for (const auto& each : rights)
        if (delete_lines || each.scope != twitch::scope_delete)
            out.emplace_back(each.scope);
    return out;
}

std::string invitation_text(const twitch::device_code& code, const std::string& qr,
                            const std::string& expected) {
    std::string out = "Open this address on any device, logged in to Twitch as ";
    out += expected.empty() ? "the bot account" : expected;
    out += ":\n\n    " + code.verification_uri + "\n\n";
    if (!qr.empty())
        out += qr + "\n";
    out += "Twitch shows this code there, or asks for it:  " + code.user_code + "\n\n";
    out += "Waiting for you to authorize it (the code is good for " + core::span_text(code.expires_in) +
           "; Ctrl-C gives up) ...\n";
    return out;
}

std::string rights_text(const std::vector<std::string>& scopes) {
    std::string out;
    for (const auto& each : rights) {
        out += has(scopes, each.scope) ? "  may      " : "  may NOT  ";
        out += std::string(each.meaning) + " (" + std::string(each.scope) + ")\n";
    }
    return out;
}

std::string choice_of_logins(const std::string& wanted, const std::vector<std::string>& stored) {
    if (stored.empty() || (wanted.empty() && stored.size() == 1))
        return {};
    const auto names = core::joined(stored);
    if (wanted.empty())
        return "more than one Twitch login is stored (" + names +
               "): say which one with twitch.login (or --set twitch.login=" + stored.front() + ")";
    return wanted + " (twitch.login) is not logged in; stored " +
           (stored.size() == 1 ? "is the login of " : "are the logins of ") + names +
           ". Correct twitch.login, or run 'tiktok2twitch login' as " + wanted;
}

std::string no_renewal_text(bool needs_secret, core::duration left) {
    const auto end = left > core::duration::zero() ? ", in " + core::span_text(left) : std::string();
    if (!needs_secret)
        return "Twitch gave no refresh token with this login: it cannot be renewed; log in again before it "
               "ends" +
               end;
    return "this login cannot be renewed" + (end.empty() ? end : ", and ends" + end.substr(1)) + ": " +
           core::explain(make_error_code(twitch::errc::client_needs_secret)) +
           " Then run 'tiktok2twitch login' again.";
}

std::string relay_command(const command_line& given, bool has_routes) {
    std::string out = "tiktok2twitch";
    const auto add = [&out](const std::string& option, const std::string& value) {
        out += " " + option + " " + for_shell(value);
    };
    if (given.config_path)
        add("--config", *given.config_path);
    if (given.state_dir)
        add("--state-dir", *given.state_dir);
    for (const auto& each : given.settings)
        if (each.where == "--set")
            add("--set", each.key + "=" + each.value);
    if (given.route) {
        add("--tiktok", given.route->tiktok);
        add("--channel", given.route->channel);
    } else if (!has_routes) {
        out += " --tiktok USER --channel CHAN";
    }
    return out;
}

}  // namespace tiktok2twitch::app
