// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/sim/twitch/rules.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "tiktok2twitch/sim/base/text.hpp"

namespace tiktok2twitch::sim {

bool is_control(char32_t code_point) noexcept {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

bool is_command(std::string_view text) noexcept {
    if (text.size() < 2 || (text.front() != '/' && text.front() != '.')) {
        return false;
    }
    return text[1] != ' ' && !(text.front() == '.' && text[1] == '.');
}

std::string_view first_word(std::string_view text) noexcept {
    return text.substr(0, text.find(' '));
}

std::string shown_text(std::string_view text, std::size_t limit) {
    std::u32string code_points;
    decode_utf8(text, code_points);
    if (code_points.size() > limit) {
        code_points.resize(limit);
    }
    // The "Tags" block is dropped since August 2025 (docs/protocol/twitch.md §2.2).
    std::erase_if(code_points, [](char32_t c) { return c >= 0xE0000 && c <= 0xE007F; });
    std::string shown = encode_utf8(code_points);
    if (shown.starts_with("/ ") || shown.starts_with(". ")) {
        shown.erase(0, 2);
    }
    shown.erase(0, std::min(shown.find_first_not_of(' '), shown.size()));
    shown.erase(shown.find_last_not_of(' ') + 1);
    return shown;
}

bool contains_any(std::string_view text, const std::vector<std::string>& terms) noexcept {
    return std::any_of(terms.begin(), terms.end(),
                       [&](const std::string& term) { return text.find(term) != std::string_view::npos; });
}

bool only_emotes(std::string_view text) noexcept {
    constexpr std::array<std::string_view, 3> known{"Kappa", "LUL", "HeyGuys"};
    while (!text.empty()) {
        const std::string_view word = first_word(text);
        if (!word.empty() && std::find(known.begin(), known.end(), word) == known.end()) {
            return false;
        }
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return true;
}

std::string seconds_left(core::duration time) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    return std::to_string(std::max<std::int64_t>(seconds, 1));
}

std::string message_id(std::uint64_t number) {
    std::array<char, 40> text;
    const int length = std::snprintf(text.data(), text.size(), "5150c0de-0000-4000-8000-%012llx",
                                     static_cast<unsigned long long>(number & 0xFFFF'FFFF'FFFFULL));
    return std::string(text.data(), static_cast<std::size_t>(length));
}

bool valid_login(std::string_view text) noexcept {
    constexpr std::size_t longest = 25;
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string escape_tag(std::string_view value) {
    std::string out;
    for (const char c : value) {
        switch (c) {
            case ';':
                out += "\\:";
                break;
            case ' ':
                out += "\\s";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\n':
                out += "\\n";
                break;
            default:
                out.push_back(c);
        }
    }
    return out;
}

namespace {

constexpr std::string_view no_such_channel = "This channel does not exist or has been suspended.";

void forget_before(std::deque<core::time_point>& log, core::time_point begin) {
    while (!log.empty() && log.front() <= begin) {
        log.pop_front();
    }
}

}  // namespace

void twitch_rules::record(violation_kind kind, const std::string& account, std::string detail,
                          core::time_point now) {
    violations_.push_back({kind, now, account, std::move(detail)});
}

// What is wrong with a text before any rule of the channel is looked at.
void twitch_rules::inspect(const std::string& login, std::string_view text, core::time_point now) {
    std::u32string code_points;
    if (!decode_utf8(text, code_points)) {
        record(violation_kind::invalid_utf8, login, std::string(text), now);
        return;
    }
    if (code_points.size() > limits_.code_points) {
        record(violation_kind::line_too_long, login, std::to_string(code_points.size()), now);
    }
    if (std::any_of(code_points.begin(), code_points.end(), is_control)) {
        record(violation_kind::control_character, login, std::string(text), now);
    }
    if (is_command(text)) {
        record(violation_kind::command_text, login, std::string(text), now);
    }
}

// True when this message exceeds the window that the server has opened.
bool twitch_rules::over_window(budget_window& window, std::size_t limit, core::time_point now) const {
    if (limits_.phase) {
        const core::time_point grid{*limits_.phase};
        const auto since = now - grid;
        const core::time_point begin = now - since % limits_.window;
        if (!window.open || begin != window.begin) {
            window = {begin, true, 0};
        }
    } else if (!window.open || now - window.begin >= limits_.window) {
        window = {now, true, 0};
    }
    ++window.used;
    return window.used > limit;
}

// Takes from the budgets; rejected messages count, too (docs/protocol/twitch.md §1.6). A violation is any
// interval of the window's length with too many messages, since a client cannot know the phase.
bool twitch_rules::count_send(user& who, const std::string& login, bool low, core::time_point now) {
    const auto log = [&](std::deque<core::time_point>& times, std::size_t limit, const char* tier) {
        forget_before(times, now - limits_.window);
        times.push_back(now);
        if (times.size() > limit) {
            record(violation_kind::over_budget, login, std::string(tier) + " " + std::to_string(times.size()),
                   now);
        }
    };
    log(who.high_log, limits_.high, "high");
    bool over = over_window(who.high, limits_.high, now);
    if (low) {
        log(who.low_log, limits_.low, "low");
        over = over_window(who.low, limits_.low, now) || over;
    }
    return over;
}

say_answer twitch_rules::refuse(std::string msg_id, std::string notice) const {
    say_answer answer;
    answer.what = say_answer::kind::refused;
    answer.msg_id = std::move(msg_id);
    answer.notice = std::move(notice);
    return answer;
}

say_answer twitch_rules::say(const std::string& login, const std::string& channel, std::string_view text,
                             core::time_point now) {
    inspect(login, text, now);
    if (!accounts_.contains(login)) {  // anonymous readers may not write
        return {};
    }
    say_answer answer = judge(accounts_[login], login, channel, text, now);
    if (answer.what == say_answer::kind::delivered) {
        delivered_.push_back({now, login, channel, answer.text, answer.id});
    } else {
        refusals_.push_back({now, login, channel, answer.msg_id, std::string(text)});
    }
    return answer;
}

say_answer twitch_rules::judge(user& who, const std::string& login, const std::string& channel,
                               std::string_view text, core::time_point now) {
    const auto found = rooms_.find(channel);
    if (found == rooms_.end()) {
        return old_names_.contains(channel) ? refuse("msg_channel_suspended", std::string(no_such_channel))
                                            : say_answer{};
    }
    room& where = found->second;
    member& self = where.members[login];
    const bool trusted = self.as == role::moderator || self.as == role::broadcaster;
    const bool high = trusted || (self.as == role::vip && limits_.vip_is_high);
    if (limits_.enforced && self.as == role::ordinary && self.last_attempt &&
        now - *self.last_attempt < limits_.spacing) {
        record(violation_kind::spacing, login, channel, now);
    }
    self.last_attempt = now;
    if (limits_.enforced && count_send(who, login, !high, now)) {
        if (limits_.when_over == over_limit::close) {
            say_answer answer;
            answer.what = say_answer::kind::close;
            return answer;
        }
        who.muted_until = std::max(who.muted_until, now + limits_.mute_for);
    }
    // Where the account has a rank, the mute does not bite (docs/protocol/twitch.md §1.6).
    if (now < who.muted_until && !trusted && self.as != role::vip) {
        return {};
    }
    if (where.suspended) {
        return refuse("msg_channel_suspended", std::string(no_such_channel));
    }
    if (self.banned) {
        return refuse("msg_banned", "You are permanently banned from talking in " + channel + ".");
    }
    if (now < self.silent_until) {
        return refuse("msg_timedout",
                      "You are timed out for " + seconds_left(self.silent_until - now) + " more seconds.");
    }
    if (is_command(text)) {
        return refuse("unrecognized_cmd", "Unrecognized command: " + std::string(first_word(text)));
    }
    const std::string shown = shown_text(text, limits_.code_points);
    if (shown.empty() || contains_any(shown, where.held)) {
        return refuse("msg_rejected", "Your message is being checked by mods and has not been sent. ");
    }
    if (contains_any(shown, where.blocked)) {
        return refuse("msg_rejected_mandatory",
                      "Your message wasn't posted due to conflicts with the channel's moderation settings.");
    }
    say_answer answer = judge_modes(where, self, shown, now);
    if (answer.what == say_answer::kind::delivered && who.shadowed) {
        answer.what = say_answer::kind::shadowed;
    }
    return answer;
}

say_answer twitch_rules::judge_modes(room& where, member& self, const std::string& text,
                                     core::time_point now) {
    if (self.as == role::ordinary) {
        const channel_modes& modes = where.modes;
        if (modes.emote_only && !only_emotes(text)) {
            return refuse("msg_emoteonly", "This room is in emote only mode.");
        }
        if (modes.subs_only && !self.subscriber) {
            return refuse("msg_subsonly", "This room is in subscribers only mode.");
        }
        if (modes.followers_only >= 0) {
            const std::chrono::minutes needed(modes.followers_only);
            if (!self.follows_since) {
                return modes.followers_only == 0
                           ? refuse("msg_followersonly_zero", "This room is in followers-only mode.")
                           : refuse("msg_followersonly", "This room is in " +
                                                             std::to_string(modes.followers_only) +
                                                             " minutes followers-only mode.");
            }
            if (now - *self.follows_since < needed) {
                return refuse("msg_followersonly_followed",
                              "This room is in " + std::to_string(modes.followers_only) +
                                  " minutes followers-only mode. You have not followed long enough.");
            }
        }
        if (limits_.enforced && self.last_delivery) {
            const core::duration since = now - *self.last_delivery;
            if (modes.slow > 0 && since < std::chrono::seconds(modes.slow)) {
                return refuse("msg_slowmode",
                              "This room is in slow mode and you are sending messages too quickly. You will "
                              "be able to talk again in " +
                                  seconds_left(std::chrono::seconds(modes.slow) - since) + " seconds.");
            }
            if (since < limits_.spacing) {
                return refuse("msg_ratelimit",
                              "Your message was not sent because you are sending messages too quickly.");
            }
        }
        if (self.last_delivery && text == self.last_text &&
            now - *self.last_delivery < limits_.duplicate_window) {
            return refuse("msg_duplicate",
                          "Your message was not sent because it is identical to the previous one you sent, "
                          "less than 30 seconds ago.");
        }
        if (modes.r9k && where.said.contains(text)) {
            return refuse("msg_r9k", "This room is in unique-chat mode and your message is not unique.");
        }
    }
    self.last_delivery = now;
    self.last_text = text;
    where.said.insert(text);
    say_answer answer;
    answer.what = say_answer::kind::delivered;
    answer.id = message_id(next_message_++);
    answer.text = text;
    return answer;
}

// Accounts, channels and ranks of twitch_rules; login and JOIN.

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
    // The nick is advisory, the token decides who it is (docs/protocol/twitch.md §1.2).
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

// The lines in which twitch_rules tells what is the case.

namespace {

const char* badge(role role) {
    switch (role) {
        case role::vip:
            return "vip/1";
        case role::moderator:
            return "moderator/1";
        case role::broadcaster:
            return "broadcaster/1";
        case role::ordinary:
            break;
    }
    return "";
}

std::string flag(bool value) {
    return value ? "1" : "0";
}

bool among(std::string_view badges, std::string_view name) {
    return ("," + std::string(badges)).find("," + std::string(name) + "/") != std::string::npos;
}

// Shared by USERSTATE and PRIVMSG.
std::string rank_tags(const std::string& login, std::string_view badges, bool subscriber) {
    const bool moderator = among(badges, "moderator");
    return "badge-info=;badges=" + std::string(badges) + ";color=#8A2BE2;display-name=" + escape_tag(login) +
           ";mod=" + flag(moderator) + ";subscriber=" + flag(subscriber) +
           ";turbo=0;user-type=" + (moderator ? "mod" : "");
}

}  // namespace

std::string twitch_rules::global_userstate(const std::string& login) const {
    const auto who = accounts_.find(login);
    const std::int64_t id = who == accounts_.end() ? 0 : who->second.user_id;
    return "@badge-info=;badges=;color=#8A2BE2;display-name=" + escape_tag(login) +
           ";emote-sets=0;user-id=" + std::to_string(id) + ";user-type= :tmi.twitch.tv GLOBALUSERSTATE";
}

std::string twitch_rules::userstate(const std::string& login, const std::string& channel,
                                    std::string_view id) const {
    const member* who = find_member(login, channel);
    std::string line =
        "@" + rank_tags(login, badge(role_of(login, channel)), who != nullptr && who->subscriber);
    line += ";emote-sets=0";
    if (!id.empty()) {
        line += ";id=" + std::string(id);
    }
    return line + " :tmi.twitch.tv USERSTATE #" + channel;
}

std::string twitch_rules::roomstate(const std::string& channel) const {
    const auto where = rooms_.find(channel);
    const channel_modes now = modes(channel);
    return "@emote-only=" + flag(now.emote_only) + ";followers-only=" + std::to_string(now.followers_only) +
           ";r9k=" + flag(now.r9k) +
           ";room-id=" + std::to_string(where == rooms_.end() ? 0 : where->second.id) +
           ";slow=" + std::to_string(now.slow) + ";subs-only=" + flag(now.subs_only) +
           " :tmi.twitch.tv ROOMSTATE #" + channel;
}

std::string twitch_rules::changed_roomstate(const std::string& channel, const channel_modes& before) const {
    const auto where = rooms_.find(channel);
    const channel_modes now = modes(channel);
    std::string line = "@room-id=" + std::to_string(where == rooms_.end() ? 0 : where->second.id);
    if (now.emote_only != before.emote_only) {
        line += ";emote-only=" + flag(now.emote_only);
    }
    if (now.followers_only != before.followers_only) {
        line += ";followers-only=" + std::to_string(now.followers_only);
    }
    if (now.r9k != before.r9k) {
        line += ";r9k=" + flag(now.r9k);
    }
    if (now.slow != before.slow) {
        line += ";slow=" + std::to_string(now.slow);
    }
    if (now.subs_only != before.subs_only) {
        line += ";subs-only=" + flag(now.subs_only);
    }
    return line + " :tmi.twitch.tv ROOMSTATE #" + channel;
}

std::string twitch_rules::echo(const delivery& line, std::string_view nonce, core::unix_ms sent_at,
                               const std::optional<std::string>& badges) const {
    const member* who = find_member(line.account, line.channel);
    const auto author = accounts_.find(line.account);
    const auto where = rooms_.find(line.channel);
    const auto shown = badges.value_or(badge(role_of(line.account, line.channel)));
    std::string out = "@" + rank_tags(line.account, shown, who != nullptr && who->subscriber);
    if (!nonce.empty()) {
        out += ";client-nonce=" + escape_tag(nonce);
    }
    out += ";emotes=;id=" + line.id +
           ";room-id=" + std::to_string(where == rooms_.end() ? 0 : where->second.id) +
           ";tmi-sent-ts=" + std::to_string(sent_at) +
           ";user-id=" + std::to_string(author == accounts_.end() ? 0 : author->second.user_id);
    return out + " :" + line.account + "!" + line.account + "@" + line.account + ".tmi.twitch.tv PRIVMSG #" +
           line.channel + " :" + line.text;
}

}  // namespace tiktok2twitch::sim
