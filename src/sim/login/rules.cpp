// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/login/rules.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace tiktok2twitch::sim {
namespace {

constexpr std::string_view device_grant = "urn:ietf:params:oauth:grant-type:device_code";
constexpr auto slow_down_step = std::chrono::seconds(5);  // RFC 8628 3.5

std::string dump(const nlohmann::json& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Twitch puts into "message" what RFC 8628 calls "error".
auth_answer refuse(int status, std::string_view message) {
    nlohmann::json body;
    body["status"] = status;
    body["message"] = message;
    return {status, dump(body)};
}

std::string value(const auth_form& form, const std::string& name) {
    const auto found = form.find(name);
    return found == form.end() ? std::string() : found->second;
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) {
            out.emplace_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

// 30 lower-case letters and digits, as Twitch's tokens have.
std::string token_text(char kind, std::uint64_t number) {
    std::string digits = std::to_string(number);
    return kind + std::string(29 - digits.size(), '0') + digits;
}

// Eight capitals; neighbours look different, as people compare only the first letters.
std::string code_text(std::uint64_t number) {
    std::uint64_t mixed = number * 0x9E3779B97F4A7C15ULL;
    std::string out;
    for (int i = 0; i < 8; ++i, mixed /= 26) {
        out.push_back(static_cast<char>('A' + mixed % 26));
    }
    return out;
}

std::int64_t seconds(core::duration time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

}  // namespace

void auth_rules::add_client(const std::string& client_id, client_kind kind) {
    clients_[client_id] = kind;
}

void auth_rules::add_user(const std::string& login, const std::string& user_id) {
    users_[login] = user_id;
}

auth_rules::asked* auth_rules::find_code(std::string_view user_code, core::time_point now) {
    for (auto& [device_code, code] : codes_) {
        if (code.user_code == user_code && code.state == decision::none && now < code.until) {
            return &code;
        }
    }
    return nullptr;
}

bool auth_rules::approve(std::string_view user_code, const std::string& login, core::time_point now,
                         std::optional<std::vector<std::string>> scopes) {
    asked* code = find_code(user_code, now);
    if (code == nullptr || !users_.contains(login)) {
        return false;
    }
    code->state = decision::approved;
    code->login = login;
    if (scopes) {
        code->scopes = std::move(*scopes);
    }
    return true;
}

bool auth_rules::deny(std::string_view user_code, core::time_point now) {
    asked* code = find_code(user_code, now);
    if (code == nullptr) {
        return false;
    }
    code->state = decision::denied;
    return true;
}

std::vector<std::string> auth_rules::open_codes(core::time_point now) const {
    std::vector<std::string> out;
    for (const auto& [device_code, code] : codes_) {
        if (code.state == decision::none && now < code.until) {
            out.push_back(code.user_code);
        }
    }
    return out;
}

void auth_rules::renew(granted& grant, core::time_point now) {
    grant.access = token_text('a', next_++);
    grant.access_until = now + settings_.access_life;
    grant.refresh = token_text('r', next_++);
    grant.refresh_until = now + settings_.refresh_life;
}

handed_out auth_rules::grant(const std::string& client_id, const std::string& login,
                             std::vector<std::string> scopes, core::time_point now) {
    granted& fresh = grants_.emplace_back();
    fresh.client_id = client_id;
    fresh.login = login;
    fresh.scopes = std::move(scopes);
    renew(fresh, now);
    return {fresh.access, fresh.refresh};
}

void auth_rules::expire_access(const std::string& login) {
    for (granted& each : grants_) {
        if (each.login == login) {
            each.access.clear();
        }
    }
}

void auth_rules::disconnect(const std::string& login) {
    std::erase_if(grants_, [&](const granted& each) { return each.login == login; });
}

auth_answer auth_rules::request_code(const auth_form& form, core::time_point now) {
    const std::string client_id = value(form, "client_id");
    if (!clients_.contains(client_id)) {
        return refuse(400, "invalid client");
    }
    if (!form.contains("scopes")) {
        complaints_.push_back("device code asked for without scopes");
    }
    const std::uint64_t number = next_++;
    const std::string device_code = "device" + token_text('d', number);
    asked& code = codes_[device_code];
    code.client_id = client_id;
    code.user_code = code_text(number);
    code.scopes = words(value(form, "scopes"));
    code.until = now + settings_.code_life;
    code.interval = settings_.interval;
    nlohmann::json body;
    body["device_code"] = device_code;
    body["user_code"] = code.user_code;
    body["expires_in"] = seconds(settings_.code_life);
    body["interval"] = seconds(settings_.interval);
    body["verification_uri"] = settings_.verification_uri + "?" +
                               (clients_[client_id] == client_kind::open ? "public=true&" : "") +
                               "device-code=" + code.user_code;
    return {200, dump(body)};
}

auth_answer auth_rules::request_token(const auth_form& form, core::time_point now) {
    if (!clients_.contains(value(form, "client_id"))) {
        return refuse(400, "invalid client");
    }
    const std::string kind = value(form, "grant_type");
    if (kind == device_grant) {
        return poll(form, now);
    }
    return kind == "refresh_token" ? refresh(form, now) : refuse(400, "invalid grant type");
}

auth_answer auth_rules::poll(const auth_form& form, core::time_point now) {
    const auto found = codes_.find(value(form, "device_code"));
    if (found == codes_.end() || found->second.client_id != value(form, "client_id")) {
        return refuse(400, "invalid device code");
    }
    asked& code = found->second;
    if (now >= code.until || code.state == decision::used) {
        complaints_.push_back("polled with a code that is not valid any more");
        return refuse(400, "invalid device code");
    }
    const bool too_fast = code.last_poll && now - *code.last_poll < code.interval;
    code.last_poll = now;
    if (too_fast) {
        complaints_.push_back("polled too fast");
        code.interval += slow_down_step;
        return refuse(400, "slow_down");
    }
    switch (code.state) {
        case decision::none:
            return refuse(400, "authorization_pending");
        case decision::denied:
            code.state = decision::used;
            return refuse(400, "access_denied");
        default:
            break;
    }
    code.state = decision::used;
    grant(code.client_id, code.login, code.scopes, now);
    return pair(grants_.back());
}

auth_answer auth_rules::refresh(const auth_form& form, core::time_point now) {
    const std::string client_id = value(form, "client_id");
    if (clients_[client_id] == client_kind::confidential && value(form, "client_secret").empty()) {
        return refuse(400, "missing client secret");
    }
    const std::string token = value(form, "refresh_token");
    for (auto each = grants_.begin(); each != grants_.end(); ++each) {
        if (each->client_id != client_id) {
            continue;
        }
        // Using a refresh token again revokes the whole grant (docs/protocol/twitch.md §3.5).
        if (each->used.contains(token)) {
            complaints_.push_back("refresh token used again");
            grants_.erase(each);
            break;
        }
        if (!token.empty() && each->refresh == token && now < each->refresh_until) {
            each->used.insert(token);
            renew(*each, now);  // the old access token is gone with it
            ++refreshes_;
            return pair(*each);
        }
    }
    return refuse(400, "Invalid refresh token");
}

auth_answer auth_rules::pair(const granted& grant) const {
    nlohmann::json body;
    body["access_token"] = grant.access;
    body["refresh_token"] = grant.refresh;
    body["expires_in"] = seconds(settings_.access_life);
    if (!grant.scopes.empty()) {
        body["scope"] = grant.scopes;
    }
    body["token_type"] = "bearer";
    return {200, dump(body)};
}

std::optional<token_owner> auth_rules::owner_of(std::string_view access, core::time_point now) const {
    for (const granted& each : grants_) {
        if (!access.empty() && each.access == access && now < each.access_until) {
            const auto user = users_.find(each.login);
            return token_owner{each.client_id, each.login, user == users_.end() ? "" : user->second,
                               each.scopes};
        }
    }
    return lookup_ && !access.empty() ? lookup_(access) : std::nullopt;
}

auth_answer auth_rules::validate(std::string_view authorization, core::time_point now) const {
    for (const std::string_view prefix : {"OAuth ", "Bearer "}) {
        if (authorization.starts_with(prefix)) {
            authorization.remove_prefix(prefix.size());
            break;
        }
    }
    const auto owner = owner_of(authorization, now);
    if (!owner) {
        return refuse(401, authorization.empty() ? "missing authorization token" : "invalid access token");
    }
    const auto grant = std::find_if(grants_.begin(), grants_.end(),
                                    [&](const granted& each) { return each.access == authorization; });
    nlohmann::json body;
    body["client_id"] = owner->client_id;
    body["login"] = owner->login;
    body["user_id"] = owner->user_id;
    body["expires_in"] = seconds(grant == grants_.end() ? settings_.foreign_life : grant->access_until - now);
    body["scopes"] = nullptr;
    if (!owner->scopes.empty()) {
        body["scopes"] = owner->scopes;
    }
    return {200, dump(body)};
}

auth_answer auth_rules::revoke(const auth_form& form, core::time_point now) {
    const std::string client_id = value(form, "client_id");
    if (!clients_.contains(client_id)) {
        return refuse(404, "client does not exist");
    }
    const std::string token = value(form, "token");
    for (granted& each : grants_) {
        if (token.empty() || each.client_id != client_id) {
            continue;
        }
        if (each.access == token && now < each.access_until) {
            each.access.clear();
            return {200, {}};
        }
        if (each.refresh == token) {
            each.refresh.clear();
            return {200, {}};
        }
    }
    return refuse(400, "Invalid token");
}

}  // namespace tiktok2twitch::sim
