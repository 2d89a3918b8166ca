// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/helix/rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/sim/base/text.hpp"
#include "tiktok2twitch/sim/twitch/rules.hpp"

namespace tiktok2twitch::sim {
namespace {

using nlohmann::json;

constexpr std::string_view base = "/helix";
constexpr std::size_t most_users = 100;

net::http_response respond(int status, const json& body) {
    net::http_response response;
    response.status = status;
    if (!body.is_null()) {
        response.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
        response.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
    }
    return response;
}

net::http_response fail(int status, const char* error, std::string message) {
    return respond(status, {{"error", error}, {"status", status}, {"message", std::move(message)}});
}

net::http_response bad_request(std::string message) {
    return fail(400, "Bad Request", std::move(message));
}

net::http_response forbidden(std::string message) {
    return fail(403, "Forbidden", std::move(message));
}

net::http_response missing(std::string_view scope) {
    return fail(401, "Unauthorized", "User access token requires the " + std::string(scope) + " scope.");
}

// All values of every name: /users takes up to a hundred of one.
std::multimap<std::string, std::string, std::less<>> parameters_of(std::string_view target) {
    std::multimap<std::string, std::string, std::less<>> values;
    target.remove_prefix(std::min(path_of(target).size() + 1, target.size()));
    while (!target.empty()) {
        const std::size_t end = target.find('&');
        const std::string_view pair = target.substr(0, end);
        target.remove_prefix(end == std::string_view::npos ? target.size() : end + 1);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        values.emplace(percent_decode(pair.substr(0, equals)),
                       percent_decode(pair.substr(std::min(equals + 1, pair.size()))));
    }
    return values;
}

std::string one_of(const std::multimap<std::string, std::string, std::less<>>& query, std::string_view name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

// Codes that were seen, and for the others something like them (docs/protocol/twitch.md §4.1).
std::string drop_code(const std::string& msg_id) {
    static const std::map<std::string, std::string> codes{{"msg_rejected_mandatory", "channel_settings"},
                                                          {"msg_timedout", "user_timed_out"},
                                                          {"msg_warned", "user_warned"},
                                                          {"msg_slowmode", "slow_mode"},
                                                          {"msg_subsonly", "subscribers_only_mode"},
                                                          {"msg_emoteonly", "emote_only_mode"},
                                                          {"msg_r9k", "unique_chat_mode"},
                                                          {"unrecognized_cmd", "msg_rejected"}};
    const auto found = codes.find(msg_id);
    return found != codes.end() ? found->second : msg_id;
}

}  // namespace

std::optional<helix_token> helix_rules::token_of(const net::server_request& request) const {
    constexpr std::string_view prefix = "Bearer ";
    std::string_view token = request.find("Authorization");
    if (!token.starts_with(prefix)) {
        return std::nullopt;
    }
    token.remove_prefix(prefix.size());
    if (const auto known = tokens_.find(token); known != tokens_.end()) {
        return known->second;
    }
    return lookup_ ? lookup_(token) : std::nullopt;
}

net::http_response helix_rules::answer(const net::server_request& request, core::time_point now,
                                       core::unix_ms wall_now) {
    const auto token = token_of(request);
    if (!token) {
        return fail(401, "Unauthorized", "Invalid OAuth token");
    }
    if (request.find("Client-Id") != token->client_id) {
        return fail(401, "Unauthorized", "Client ID and OAuth token do not match");
    }
    budget& used = budgets_[token->client_id + " " + token->login];
    const std::int64_t minute = wall_now / 60'000;
    if (used.minute != minute) {
        used = {minute, 0};
    }
    const bool over = ++used.used > settings_.points;
    net::http_response response =
        over ? fail(429, "Too Many Requests", "rate limit reached") : dispatch(request, *token, now);
    response.headers.push_back({"Ratelimit-Limit", std::to_string(settings_.points)});
    response.headers.push_back(
        {"Ratelimit-Remaining", std::to_string(std::max<std::int64_t>(settings_.points - used.used, 0))});
    response.headers.push_back({"Ratelimit-Reset", std::to_string((minute + 1) * 60)});
    return response;
}

net::http_response helix_rules::dispatch(const net::server_request& request, const helix_token& token,
                                         core::time_point now) {
    const std::string_view path = path_of(request.target);
    const std::string_view what = path.substr(path.starts_with(base) ? base.size() : path.size());
    const parameters query = parameters_of(request.target);
    if (request.method == "GET" && what == "/users") {
        return users(query, token);
    }
    if (request.method == "GET" && what == "/chat/settings") {
        return chat_settings(query);
    }
    if (request.method == "POST" && what == "/chat/messages") {
        return say(request.body, token, now);
    }
    if (request.method == "DELETE" && what == "/moderation/chat") {
        return remove(query, token, now);
    }
    return fail(404, "Not Found", "");
}

net::http_response helix_rules::users(const parameters& query, const helix_token& token) const {
    if (query.size() > most_users) {
        return bad_request("The number of ids and logins exceeds 100.");
    }
    json list = json::array();
    const auto add = [&](const std::string& login) {
        if (const auto id = chat_.id_of(login)) {
            list.push_back({{"id", std::to_string(*id)}, {"login", login}, {"display_name", login}});
        }
    };
    if (query.empty()) {
        add(token.login);
    }
    for (const auto& [name, value] : query) {
        if (name == "login" && !valid_login(value)) {
            return bad_request("Invalid username(s), email(s), or ID(s). Bad Identifiers.");
        }
        if (name == "login") {
            add(value);
        } else if (const auto login = chat_.name_of(number_of(value)); name == "id" && login) {
            add(*login);
        }
    }
    return respond(200, {{"data", std::move(list)}});
}

std::optional<std::string> helix_rules::channel_of(const parameters& query) const {
    const auto name = chat_.name_of(number_of(one_of(query, "broadcaster_id")));
    return name && chat_.has_channel(*name) ? name : std::nullopt;
}

net::http_response helix_rules::chat_settings(const parameters& query) const {
    const auto channel = channel_of(query);
    if (!channel) {
        return bad_request("The ID in broadcaster_id is not valid.");
    }
    const channel_modes modes = chat_.modes(*channel);
    json entry{{"broadcaster_id", one_of(query, "broadcaster_id")},
               {"emote_mode", modes.emote_only},
               {"follower_mode", modes.followers_only >= 0},
               {"follower_mode_duration", nullptr},
               {"slow_mode", modes.slow > 0},
               {"slow_mode_wait_time", nullptr},
               {"subscriber_mode", modes.subs_only},
               {"unique_chat_mode", modes.r9k}};
    if (modes.followers_only >= 0) {
        entry["follower_mode_duration"] = modes.followers_only;
    }
    if (modes.slow > 0) {
        entry["slow_mode_wait_time"] = modes.slow;
    }
    return respond(200, {{"data", json::array({std::move(entry)})}});
}

net::http_response helix_rules::say(const std::string& body, const helix_token& token, core::time_point now) {
    if (!token.scopes.contains("user:write:chat")) {
        return missing("user:write:chat");
    }
    const json asked = json::parse(body, nullptr, false);
    const auto text_of = [&](const char* name) {
        const auto found = asked.is_object() ? asked.find(name) : asked.end();
        return found != asked.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto channel = chat_.name_of(number_of(text_of("broadcaster_id")));
    const auto sender = chat_.name_of(number_of(text_of("sender_id")));
    const std::string message = text_of("message");
    if (!channel || !chat_.has_channel(*channel) || sender != token.login || message.empty()) {
        return bad_request("The request is not valid.");
    }
    std::u32string code_points;
    decode_utf8(message, code_points);
    if (code_points.size() > chat_.limits().code_points) {
        chat_.record(violation_kind::line_too_long, token.login, std::to_string(code_points.size()), now);
        return fail(422, "Unprocessable Entity", "The message is too large");
    }
    const say_answer result = chat_.say(token.login, *channel, message, now);
    if (result.what == say_answer::kind::close) {
        return fail(429, "Too Many Requests", "You are sending messages too quickly.");
    }
    if (result.msg_id == "msg_banned" || result.msg_id == "msg_channel_suspended") {
        return forbidden(result.notice);
    }
    const bool sent = result.what == say_answer::kind::delivered || result.what == say_answer::kind::shadowed;
    json entry{{"message_id", sent ? result.id : ""}, {"is_sent", sent}};
    if (!sent) {
        const bool told = result.what == say_answer::kind::refused;
        entry["drop_reason"] = {{"code", told ? drop_code(result.msg_id) : "msg_ratelimit"},
                                {"message", result.notice}};
    }
    return respond(200, {{"data", json::array({std::move(entry)})}});
}

net::http_response helix_rules::remove(const parameters& query, const helix_token& token,
                                       core::time_point now) {
    if (!token.scopes.contains("moderator:manage:chat_messages")) {
        return missing("moderator:manage:chat_messages");
    }
    const auto channel = channel_of(query);
    if (!channel || chat_.name_of(number_of(one_of(query, "moderator_id"))) != token.login) {
        return bad_request("The request is not valid.");
    }
    const bool own = *channel == token.login;
    if (!own && chat_.role_of(token.login, *channel) != role::moderator) {
        return forbidden("The user is not one of the broadcaster's moderators.");
    }
    const std::string id = one_of(query, "message_id");
    if (id.empty()) {
        chat_.record(violation_kind::chat_cleared, token.login, *channel, now);
        return respond(204, nullptr);
    }
    const auto& lines = chat_.delivered();
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const delivery& item) {
        return item.id == id && item.channel == *channel;
    });
    const bool again = std::any_of(deleted_.begin(), deleted_.end(),
                                   [&](const deletion_record& item) { return item.id == id; });
    if (line == lines.end() || again || now - line->at > settings_.deletable_for) {
        return fail(404, "Not Found", "The ID in message_id was not found.");
    }
    const bool others = line->account != token.login;
    if (line->account == *channel || (others && chat_.role_of(line->account, *channel) == role::moderator)) {
        return bad_request("You may not delete another moderator's or the broadcaster's messages.");
    }
    deleted_.push_back({now, token.login, *channel, id});
    return respond(204, nullptr);
}

}  // namespace tiktok2twitch::sim
