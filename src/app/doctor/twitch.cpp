// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/doctor/twitch.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/app/doctor/api_visit.hpp"
#include "tiktok2twitch/app/doctor/chat_visit.hpp"
#include "tiktok2twitch/app/doctor/network.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/client/auth_api.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

namespace tiktok2twitch::app {
namespace asio = net::asio;

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
                      : "Twitch does not accept it, " + core::span_text(left) +
                            " before its end: it was revoked, or renewed by a copy of this state directory "
                            "on another machine",
                  token.refreshing ? "run 'tiktok2twitch whoami', which tries to renew it; if that says so, "
                                     "'tiktok2twitch login'."
                                   : "run 'tiktok2twitch login'; each machine needs a login of its own.",
                  reason);
}

struct found_token {
    token_facts facts;
    core::secret access;
};

constexpr std::array after_token{hop::twitch_scopes, hop::irc_login, hop::join, hop::role, hop::room_modes};
constexpr std::array in_a_channel{hop::join, hop::role, hop::room_modes};

void skip(doctor_round& round, std::span<const hop> these, const std::string& why) {
    for (const auto what : these)
        round.add(what, {}, skipped(why));
}

// Nothing: why was added.
std::optional<found_token> find_token(doctor_round& round) {
    const auto& twitch = round.settings().twitch;
    found_token out;
    out.facts.wanted_login = twitch.login;
    if (!twitch.token.empty()) {
        out.facts.source =
            "twitch.token (" + round.loaded.settings.origins[*find_key("twitch.token")].where + ")";
        out.access = twitch.token;
        return out;
    }
    const auto stored = twitch::stored_logins(round.loaded.state_dir);
    if (twitch.login.empty() && stored.size() > 1) {
        round.add(
            hop::twitch_token, {},
            broken(exit_code::config_error, "more than one login is stored (" + core::joined(stored) + ")",
                   "say which one with --set twitch.login=NAME or in the configuration."));
        return std::nullopt;
    }
    if (twitch.login.empty() && !stored.empty())
        out.facts.wanted_login = stored.front();
    const auto& login = out.facts.wanted_login;
    if (login.empty() || std::ranges::find(stored, login) == stored.end()) {
        round.add(hop::twitch_token, {}, of_missing_token(login));
        return std::nullopt;
    }
    const twitch::token_store store(round.loaded.state_dir, login);
    for (const auto& bad : store.obstacles())
        round.add(hop::twitch_token, bad.path, of_login_file(bad.path, bad.error));
    if (!round.report.obstacle({{hop::twitch_token, store.path()}}).empty())
        return std::nullopt;
    const auto grant = store.load();
    if (!grant && grant.error().category() == boost::system::system_category()) {
        round.add(hop::twitch_token, store.path(), of_login_file(store.path(), grant.error()));
        return std::nullopt;
    }
    if (!grant || !*grant) {
        const auto error = grant ? make_error_code(twitch::errc::login_needed) : grant.error();
        round.add(hop::twitch_token, store.path(), failed(exit_code_of(error), {}, error));
        return std::nullopt;
    }
    out.facts.source = store.path();
    out.facts.stored = true;
    out.facts.renewable = (*grant)->renewable();
    out.facts.needs_secret = (*grant)->needs_secret;
    out.facts.expires_at = (*grant)->expires_at;
    out.facts.refreshing = (*grant)->refreshing;
    out.access = (*grant)->access;
    return out;
}

// Validates, and never renews: a refresh token works once, and is the relay's.
net::awaitable<std::optional<twitch::validation>> look_at_token(doctor_round& round, found_token token) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto& settings = round.settings();
    const auto& source = token.facts.source;
    if (round.in_the_way(hop::twitch_token, source, {{hop::connection, place_of(settings.auth_url)}}))
        co_return std::nullopt;
    const auto api = twitch::make_auth_api(settings.auth_url, round.tls, settings.allow_custom_host);
    const auto answer = co_await api->validate(token.access);
    if (co_await is_cancelled())
        co_return std::nullopt;
    round.add(hop::twitch_token, source, of_token(token.facts, answer, net::wall_now()));
    if (!answer)
        co_return std::nullopt;
    round.add(hop::twitch_scopes, {}, of_scopes(token.facts, answer->scopes, settings.transport));
    co_return *answer;
}

void tell_channels(doctor_round& round, const twitch::chat_look& look) {
    const auto& settings = round.settings();
    for (const auto& channel : look.channels) {
        const auto about = "#" + channel.channel;
        round.add(hop::join, about, of_join(channel, look));
        if (!round.in_the_way(hop::role, about, {{hop::join, about}}))
            round.add(hop::role, about, of_role(channel, settings.twitch, look, settings.commands.enabled));
        if (!round.in_the_way(hop::room_modes, about, {{hop::join, about}}))
            round.add(hop::room_modes, about, of_modes(channel, look));
    }
}

// What the relay asks as well: over IRC nobody says that a channel does not exist. Its trouble is nobody's.
net::awaitable<void> note_what_exists(doctor_round& round, twitch::api_visit_options options,
                                      twitch::chat_look* look) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto need = doctor_report::need{hop::connection, place_of(options.api_url)};
    if (look->channels.empty() || !round.report.obstacle({need}).empty())
        co_return;
    const auto found = co_await twitch::look_up_channels(std::move(options), round.tls);
    if (!found)
        co_return;
    for (auto& channel : look->channels)
        channel.exists =
            std::ranges::find(*found, channel.channel, &twitch::helix_user::login) != found->end();
}

net::awaitable<twitch::chat_look> look_over_irc(doctor_round& round, twitch::api_visit_options api,
                                                std::string login) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto& settings = round.settings();
    twitch::chat_visit_options options;
    options.irc_url = settings.irc_url;
    options.allow_custom_host = settings.allow_custom_host;
    options.account = settings.twitch;
    options.account.login = std::move(login);
    options.account.token = api.token.access;
    options.channels = api.channels;
    auto look = co_await twitch::visit_chat(std::move(options), round.tls);
    const bool silent = std::ranges::any_of(look.channels, [](const twitch::channel_look& channel) {
        return channel.what == twitch::channel_look::answer::none;
    });
    const bool stopped = co_await is_cancelled();
    if (silent && !stopped)
        co_await note_what_exists(round, std::move(api), &look);
    co_return look;
}

net::awaitable<void> look_at_chat(doctor_round& round, found_token token, twitch::validation who) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto& settings = round.settings();
    const bool helix = settings.transport == chat_transport::helix;
    const auto& way = helix ? settings.helix_url : settings.irc_url;
    if (round.in_the_way(hop::irc_login, {}, {{hop::connection, place_of(way)}})) {
        skip(round, in_a_channel, "needs chat login");
        co_return;
    }
    auto channels = each_once(settings.routes, &route_config::channel);
    const auto more = channels.size() - std::min(channels.size(), doctor_round::most_channels);
    channels.resize(channels.size() - more);
    twitch::api_visit_options options;
    options.api_url = settings.helix_url;
    options.allow_custom_host = settings.allow_custom_host;
    options.token.access = std::move(token.access);
    options.token.client_id = std::move(who.client_id);
    options.channels = channels;
    auto visit = helix ? twitch::visit_api(std::move(options), round.tls)
                       : look_over_irc(round, std::move(options), std::move(who.login));
    const auto look = co_await std::move(visit);
    if (co_await is_cancelled())
        co_return;
    const auto found = of_irc_login(look);
    const bool in = found.how == health::ok;
    round.add(hop::irc_login, {}, found);
    if (!in || channels.empty()) {
        skip(round, in_a_channel, in ? "needs routes" : "needs chat login");
        co_return;
    }
    tell_channels(round, look);
    if (more > 0)
        round.add(hop::join, {}, skipped(std::to_string(more) + " more; so many cannot be joined at once"));
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
        return fine(answer->login + "'s, good for " + core::span_text(left) + " and renewed by itself");
    if (token.needs_secret)
        return warning(answer->login + "'s, ends in " + core::span_text(left) + " and cannot be renewed",
                       core::explain(make_error_code(twitch::errc::client_needs_secret)) +
                           " Then run 'tiktok2twitch login' again.");
    if (left < ends_soon)
        return warning(answer->login + "'s, ends in " + core::span_text(left) + " and cannot be renewed",
                       new_login(token));
    return fine(answer->login + "'s, good for " + core::span_text(left) + "; it cannot be renewed");
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
    auto missing = needed;
    std::erase_if(missing, has);
    if (!missing.empty())
        return broken(exit_code::login_refused, "missing: " + core::joined(missing),
                      token.stored ? "run 'tiktok2twitch login' again and agree to all of it."
                                   : "run 'tiktok2twitch login' instead, or make a token with " +
                                         core::joined(needed, " and ") + ".",
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

net::awaitable<void> look_at_twitch(doctor_round& round) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (round.dry_run) {
        round.add(hop::twitch_token, {}, skipped("a dry run needs no login"));
        skip(round, after_token, "a dry run needs no login");
        co_return;
    }
    auto token = find_token(round);
    if (!token) {
        skip(round, after_token, "needs Twitch token");
        co_return;
    }
    const auto who = co_await look_at_token(round, *token);
    if (co_await is_cancelled())
        co_return;
    if (!who) {
        skip(round, after_token, "needs a token that is valid now");
        co_return;
    }
    co_await look_at_chat(round, *std::move(token), *who);
}

}  // namespace tiktok2twitch::app
