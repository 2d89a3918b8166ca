// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Accounts, channels and ranks of twitch_rules; login and JOIN.

#include <algorithm>
#include <utility>

#include "sim/twitch_text.hpp"
#include "tiktok2twitch/sim/twitch_rules.hpp"

namespace tiktok2twitch::sim {

const char* name(violation_kind kind) noexcept {
    switch (kind) {
        case violation_kind::line_too_long:
            return "line_too_long";
        case violation_kind::invalid_utf8:
            return "invalid_utf8";
        case violation_kind::control_character:
            return "control_character";
        case violation_kind::command_text:
            return "command_text";
        case violation_kind::unknown_command:
            return "unknown_command";
        case violation_kind::out_of_order:
            return "out_of_order";
        case violation_kind::over_budget:
            return "over_budget";
        case violation_kind::spacing:
            return "spacing";
        case violation_kind::second_unconfirmed:
            return "second_unconfirmed";
        case violation_kind::join_budget:
            return "join_budget";
        case violation_kind::login_budget:
            return "login_budget";
        case violation_kind::chat_cleared:
            return "chat_cleared";
    }
    return "unknown";
}

void twitch_rules::add_account(const std::string& login, const std::string& token) {
    user& who = accounts_[login];
    who.token = token;
    who.user_id = id_of(login).value_or(next_id_++);
}

void twitch_rules::change_token(const std::string& login, const std::string& token) {
    accounts_[login].token = token;
}

void twitch_rules::link_account(const std::string& login, auth_rules& tokens) {
    user& who = accounts_[login];
    if (who.user_id == 0) {
        who.user_id = next_id_++;
    }
    who.tokens = &tokens;
    tokens.add_user(login, std::to_string(who.user_id));
}

bool twitch_rules::owns(const std::string& login, const user& who, std::string_view token,
                        core::time_point now) const {
    if (who.tokens == nullptr) {
        return who.token == token;
    }
    const auto owner = who.tokens->owner_of(token, now);
    return owner && owner->login == login;
}

std::optional<std::string> twitch_rules::owner_of(std::string_view token) const {
    for (const auto& [login, who] : accounts_) {
        if (who.tokens == nullptr && !token.empty() && who.token == token) {
            return login;
        }
    }
    return std::nullopt;
}

void twitch_rules::add_channel(const std::string& channel) {
    rooms_[channel].id = id_of(channel).value_or(next_id_++);
}

std::optional<std::int64_t> twitch_rules::id_of(const std::string& name) const {
    if (const auto who = accounts_.find(name); who != accounts_.end() && who->second.user_id != 0) {
        return who->second.user_id;
    }
    const auto where = rooms_.find(name);
    return where == rooms_.end() || where->second.id == 0 ? std::nullopt : std::optional(where->second.id);
}

std::optional<std::string> twitch_rules::name_of(std::int64_t id) const {
    for (const auto& [name, who] : accounts_) {
        if (who.user_id == id) {
            return name;
        }
    }
    for (const auto& [name, where] : rooms_) {
        if (where.id == id) {
            return name;
        }
    }
    return std::nullopt;
}

const twitch_rules::member* twitch_rules::find_member(const std::string& login,
                                                      const std::string& channel) const {
    const auto where = rooms_.find(channel);
    if (where == rooms_.end()) {
        return nullptr;
    }
    const auto who = where->second.members.find(login);
    return who == where->second.members.end() ? nullptr : &who->second;
}

twitch_rules::member& twitch_rules::member_of(const std::string& login, const std::string& channel) {
    return rooms_[channel].members[login];
}

void twitch_rules::set_role(const std::string& login, const std::string& channel, role role) {
    member& who = member_of(login, channel);
    who.as = role;
    if (role != role::ordinary) {
        who.silent_until = {};  // a new moderator may talk at once
    }
}

role twitch_rules::role_of(const std::string& login, const std::string& channel) const {
    const member* who = find_member(login, channel);
    return who == nullptr ? role::ordinary : who->as;
}

void twitch_rules::set_subscriber(const std::string& login, const std::string& channel, bool subscriber) {
    member_of(login, channel).subscriber = subscriber;
}

void twitch_rules::set_follower(const std::string& login, const std::string& channel,
                                std::optional<core::time_point> since) {
    member_of(login, channel).follows_since = since;
}

void twitch_rules::set_modes(const std::string& channel, const channel_modes& modes) {
    rooms_[channel].modes = modes;
}

channel_modes twitch_rules::modes(const std::string& channel) const {
    const auto where = rooms_.find(channel);
    return where == rooms_.end() ? channel_modes{} : where->second.modes;
}

void twitch_rules::set_suspended(const std::string& channel, bool suspended) {
    rooms_[channel].suspended = suspended;
}

void twitch_rules::rename_channel(const std::string& from, const std::string& to) {
    if (auto where = rooms_.extract(from)) {
        where.key() = to;
        rooms_.insert(std::move(where));
        old_names_.insert(from);
        old_names_.erase(to);
    }
    if (auto who = accounts_.extract(from)) {
        who.key() = to;
        accounts_.insert(std::move(who));
    }
}

void twitch_rules::ban(const std::string& login, const std::string& channel) {
    member_of(login, channel).banned = true;
}

void twitch_rules::unban(const std::string& login, const std::string& channel) {
    member& who = member_of(login, channel);
    who.banned = false;
    who.silent_until = {};
}

void twitch_rules::time_out(const std::string& login, const std::string& channel, core::time_point until) {
    member_of(login, channel).silent_until = until;
}

void twitch_rules::block_term(const std::string& channel, const std::string& term) {
    rooms_[channel].blocked.push_back(term);
}

void twitch_rules::hold_term(const std::string& channel, const std::string& term) {
    rooms_[channel].held.push_back(term);
}

void twitch_rules::mute(const std::string& login, core::time_point until) {
    accounts_[login].muted_until = until;
}

void twitch_rules::set_shadowed(const std::string& login, bool shadowed) {
    accounts_[login].shadowed = shadowed;
}

bool twitch_rules::muted(const std::string& login, core::time_point now) const {
    const auto who = accounts_.find(login);
    return who != accounts_.end() && now < who->second.muted_until;
}

// True when one more attempt at `now` stays within `limit` per attempts_window; it is noted either way.
bool twitch_rules::attempt(std::deque<core::time_point>& log, std::size_t limit, core::time_point now) const {
    while (!log.empty() && now - log.front() >= limits_.attempts_window) {
        log.pop_front();
    }
    log.push_back(now);
    return log.size() <= limit;
}

login_answer twitch_rules::login(std::string_view pass, std::string_view nick, core::time_point now) {
    login_answer answer;
    answer.login = lower(nick);
    if (answer.login.starts_with("justinfan")) {
        answer.accepted = true;  // anonymous, whatever PASS was
        return answer;
    }
    if (!valid_login(answer.login)) {
        answer.notice = "Invalid NICK";
        return answer;
    }
    constexpr std::string_view prefix = "oauth:";
    if (!pass.starts_with(prefix) || pass.size() == prefix.size()) {
        answer.notice = "Improperly formatted auth";
        return answer;
    }
    pass.remove_prefix(prefix.size());
    // The nick is advisory, the token decides who it is (twitch.md 1.2).
    const auto owner = std::find_if(accounts_.begin(), accounts_.end(), [&](const auto& entry) {
        return owns(entry.first, entry.second, pass, now);
    });
    const auto named = accounts_.find(answer.login);
    user* counted = owner != accounts_.end()   ? &owner->second
                    : named != accounts_.end() ? &named->second
                                               : nullptr;
    if (counted != nullptr && !attempt(counted->logins, limits_.logins, now)) {
        record(violation_kind::login_budget, answer.login, std::to_string(counted->logins.size()), now);
        answer.notice = "Login unsuccessful";
        return answer;
    }
    if (owner == accounts_.end()) {
        answer.notice = "Login authentication failed";
        return answer;
    }
    answer.accepted = true;
    answer.login = owner->first;
    return answer;
}

join_answer twitch_rules::join(const std::string& login, const std::string& channel, core::time_point now) {
    const auto who = accounts_.find(login);
    if (who != accounts_.end() && !attempt(who->second.joins, limits_.joins, now)) {
        record(violation_kind::join_budget, login, channel, now);
        return join_answer::silence;
    }
    const auto where = rooms_.find(channel);
    if (where == rooms_.end()) {
        return old_names_.contains(channel) ? join_answer::suspended : join_answer::silence;
    }
    if (where->second.suspended) {
        return join_answer::suspended;
    }
    const member* self = find_member(login, channel);
    return self != nullptr && self->banned ? join_answer::banned : join_answer::joined;
}

}  // namespace tiktok2twitch::sim
