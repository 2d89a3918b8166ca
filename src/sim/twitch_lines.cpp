// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The lines in which twitch_rules tells what is the case.

#include "sim/twitch_text.hpp"
#include "tiktok2twitch/sim/twitch_rules.hpp"

namespace tiktok2twitch::sim {

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
