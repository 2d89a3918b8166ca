// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/login_words.hpp"

#include <algorithm>
#include <array>

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
    out += "Waiting for you to authorize it (the code is good for " + span_text(code.expires_in) +
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

std::string no_renewal_text(core::duration left) {
    return "Twitch gave no refresh token with this login: it cannot be renewed; log in again before it ends" +
           (left > core::duration::zero() ? ", in " + span_text(left) : std::string());
}

}  // namespace tiktok2twitch::app
