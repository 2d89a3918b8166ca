// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "app/account_commands.hpp"
#include "app/doctor_words.hpp"
#include "app/file_words.hpp"
#include "app/login_words.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/grant.hpp"

namespace tiktok2twitch::app {
namespace {

using std::chrono::hours;

// A token that ends within a day and cannot be renewed will end in the middle of a show.
constexpr core::duration ends_soon = hours(24);

std::string new_login(const token_facts& token) {
    return token.stored ? "run 'tiktok2twitch login'."
                        : "remove it and run 'tiktok2twitch login', or put a new token there.";
}

std::string lines_a_minute(const twitch::rate& limit) {
    const auto window = std::chrono::duration_cast<std::chrono::milliseconds>(limit.window).count();
    return "about " +
           std::to_string(static_cast<std::int64_t>(limit.count) * 60'000 /
                          std::max<std::int64_t>(window, 1)) +
           " lines a minute";
}

// The error table speaks about a relay, which does try again by itself.
bool is_refused(const core::error_code& error) {
    return error == twitch::errc::login_refused || error == twitch::errc::login_malformed ||
           error == twitch::errc::account_suspended || error == twitch::errc::scope_missing;
}

struct mode_words {
    std::string what;
    std::string_view off;
};
std::vector<mode_words> words_of(const twitch::room_modes& modes) {
    std::vector<mode_words> out;
    if (modes.slow.count() > 0)
        out.push_back(
            {"slow mode (one line every " + std::to_string(modes.slow.count()) + " s)", "/slowoff"});
    if (modes.followers_only == 0)
        out.push_back({"followers-only (only followers may write)", "/followersoff"});
    if (modes.followers_only > 0)
        out.push_back({"followers-only (only who has followed for " + std::to_string(modes.followers_only) +
                           " min may write)",
                       "/followersoff"});
    if (modes.subs_only)
        out.push_back({"subscribers-only (only subscribers may write)", "/subscribersoff"});
    if (modes.emote_only)
        out.push_back({"emote-only (every line with other text is refused)", "/emoteonlyoff"});
    if (modes.unique)
        out.push_back({"unique-chat (a line like an earlier one is refused)", "/uniquechatoff"});
    return out;
}

std::string_view name_of(twitch::role rank) {
    constexpr std::array<std::string_view, 4> names{"ordinary viewer", "VIP", "moderator", "broadcaster"};
    return names[static_cast<std::size_t>(rank)];
}

// What has merely ended is renewed; what should still be good, or was being renewed, may be gone for good.
finding of_refused_token(const token_facts& token, const std::string& reason, core::unix_ms now) {
    if (!token.renewable)
        return broken(exit_code::login_refused, "Twitch does not accept it any more", new_login(token),
                      reason);
    const std::chrono::milliseconds left(token.expires_at - now);
    const bool early = token.expires_at != 0 && left > clock_tolerance;
    if (!token.refreshing && !early)
        return warning(
            "the access token has ended, as they do after hours; a relay renews it when it "
            "starts",
            "nothing to do. To renew it now, and check the rest: tiktok2twitch whoami", reason);
    return broken(exit_code::login_refused,
                  token.refreshing
                      ? "Twitch does not accept it, and a renewal of it was begun whose answer is "
                        "not stored"
                      : "Twitch does not accept it, " + span_text(left) +
                            " before its end: it was revoked, or renewed by a copy of this state directory "
                            "on another machine",
                  token.refreshing ? "run 'tiktok2twitch whoami', which tries to renew it; if that says so, "
                                     "'tiktok2twitch login'."
                                   : "run 'tiktok2twitch login'; each machine needs a login of its own.",
                  reason);
}

}  // namespace

finding of_missing_token(const std::string& login) {
    return broken(exit_code::config_error,
                  login.empty() ? "nobody is logged in" : login + " is not logged in",
                  "run 'tiktok2twitch login', or set twitch.token (or TIKTOK2TWITCH_TWITCH_TOKEN) to a token "
                  "of the bot account.",
                  core::identifier(twitch::errc::login_needed));
}

finding of_login_file(const std::string& path, const core::error_code& error) {
    return broken(exit_code::io_error, "cannot be used: " + error.message(), file_fix(error, path),
                  core::identifier(error));
}

finding of_token(const token_facts& token, const core::result<twitch::validation>& answer,
                 core::unix_ms now) {
    if (!answer && answer.error() == twitch::errc::token_invalid)
        return of_refused_token(token, core::identifier(answer.error()), now);
    if (!answer)
        return failed(exit_code_of(answer.error()), {}, answer.error());
    // Without twitch.login the relay takes the name from this answer, too.
    if (!token.wanted_login.empty() && answer->login != token.wanted_login)
        return broken(exit_code::login_refused,
                      "it is " + answer->login + "'s, but twitch.login is " + token.wanted_login,
                      "set twitch.login to " + answer->login + ", or log in as " + token.wanted_login + ".");
    const auto left = answer->expires_in;
    if (left == core::duration::zero())
        return fine(answer->login + "'s, does not end");
    if (token.renewable)
        return fine(answer->login + "'s, good for " + span_text(left) + " and renewed by itself");
    if (token.needs_secret)
        return warning(answer->login + "'s, ends in " + span_text(left) + " and cannot be renewed",
                       core::explain(make_error_code(twitch::errc::client_needs_secret)) +
                           " Then run 'tiktok2twitch login' again.");
    if (left < ends_soon)
        return warning(answer->login + "'s, ends in " + span_text(left) + " and cannot be renewed",
                       new_login(token));
    return fine(answer->login + "'s, good for " + span_text(left) + "; it cannot be renewed");
}

finding of_scopes(const token_facts& token, const std::vector<std::string>& scopes,
                  chat_transport transport) {
    // Over Helix chat is read without a login.
    const bool helix = transport == chat_transport::helix;
    const auto needed =
        helix ? std::vector{twitch::scope_send} : std::vector{twitch::scope_read, twitch::scope_edit};
    const auto has = [&scopes](std::string_view scope) {
        return std::ranges::find(scopes, scope) != scopes.end();
    };
    std::string missing;
    std::string wanted;
    for (const auto scope : needed) {
        wanted += (wanted.empty() ? "" : " and ") + std::string(scope);
        if (!has(scope))
            missing += (missing.empty() ? "" : ", ") + std::string(scope);
    }
    if (!missing.empty())
        return broken(exit_code::login_refused, "missing: " + missing,
                      token.stored
                          ? "run 'tiktok2twitch login' again and agree to all of it."
                          : "run 'tiktok2twitch login' instead, or make a token with " + wanted + ".",
                      core::identifier(twitch::errc::scope_missing));
    const std::string optional =
        has(twitch::scope_delete) ? "" : "; without the optional " + std::string(twitch::scope_delete);
    return fine((helix ? "may write to the chat through Twitch's API" : "may read and write the chat") +
                optional);
}

finding of_irc_login(const twitch::chat_look& look) {
    if (!look.login.empty())
        return fine("as " + look.login + (look.over_api ? ", with Twitch's API" : ""));
    const auto code = is_refused(look.error) ? exit_code::login_refused : exit_code_of(look.error);
    auto out = failed(code, {}, look.error);
    if (out.fix.empty())
        out.fix = std::string("check the network connection and ") +
                  (look.over_api ? "twitch.helix_url." : "twitch.irc_url.");
    if (look.error == twitch::errc::login_refused)
        out.fix = "run 'tiktok2twitch login', and check that twitch.login names the account of the token.";
    return out;
}

finding of_join(const twitch::channel_look& channel, const twitch::chat_look& look) {
    using answer = twitch::channel_look::answer;
    if (channel.what == answer::joined)
        return fine(look.over_api ? "there is such a channel" : "joined");
    if (channel.what == answer::none && channel.exists == false)
        return broken(exit_code::config_error, "there is no such channel",
                      "correct the route's channel; it is the last part of its address, twitch.tv/NAME.",
                      "channel_not_found");
    if (channel.what == answer::none && look.error)
        return failed(exit_code::unavailable, "the connection broke", look.error);
    if (channel.what == answer::none && channel.exists == true)
        return broken(exit_code::unavailable, "there is such a channel, but Twitch does not let anybody in",
                      "run this again in a minute; see status.twitch.com if it stays.");
    if (channel.what == answer::none)
        return broken(exit_code::config_error, "Twitch does not answer: there is hardly such a channel",
                      "correct the route's channel; it is the last part of its address, twitch.tv/NAME.",
                      "channel_not_found");
    // "What it is. What to do."
    const auto end = std::min(channel.sentence.find(". "), channel.sentence.size());
    return broken(exit_code::unavailable, channel.sentence.substr(0, end),
                  channel.sentence.substr(std::min(end + 2, channel.sentence.size())), channel.msg_id);
}

finding of_role(const twitch::channel_look& channel, const twitch::options& limits,
                const twitch::chat_look& look, bool hears) {
    if (look.over_api && channel.rank == twitch::role::ordinary)
        return fine("Twitch's API does not tell; " + lines_a_minute(limits.limit_normal) +
                    (hears ? " until the chat shows that " + look.login + " is a moderator"
                           : ", moderator or not: without commands.enabled nobody reads the chat, which "
                             "would show it"));
    const bool high = channel.rank >= twitch::role::moderator ||
                      (channel.rank == twitch::role::vip && limits.vip_is_moderator);
    const auto text = std::string(name_of(channel.rank)) + ", " +
                      lines_a_minute(high ? limits.limit_moderator : limits.limit_normal);
    return high ? fine(text)
                : warning(text, "write /mod " + look.login + " in the channel's chat, for more.");
}

finding of_modes(const twitch::channel_look& channel, const twitch::chat_look& look) {
    if (channel.no_modes)
        return warning("Twitch does not tell: " + channel.no_modes.message(),
                       "nothing to do: a relay finds out when it writes.",
                       core::identifier(channel.no_modes));
    const auto modes = words_of(channel.modes);
    if (modes.empty())
        return fine("none is on");
    std::string text;
    std::string off;
    for (const auto& mode : modes) {
        text += (text.empty() ? "" : ", ") + mode.what;
        off += " " + std::string(mode.off);
    }
    if (channel.rank != twitch::role::ordinary)
        return fine(text + ": not for a " + std::string(name_of(channel.rank)));
    return warning(text + (look.over_api ? "; does not matter if " + look.login + " is a moderator" : ""),
                   "write /mod " + look.login + " in the channel's chat, or switch it off:" + off);
}

}  // namespace tiktok2twitch::app
