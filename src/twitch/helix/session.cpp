// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/helix/session.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"

namespace tiktok2twitch::twitch {
namespace {

// IRC tells when slow mode and the like change; here somebody has to ask.
constexpr core::duration settings_interval = std::chrono::minutes(2);

constexpr std::array<std::string_view, 5> mode_refusals{"msg_slowmode", "msg_emoteonly", "msg_subsonly",
                                                        "msg_followersonly", "msg_r9k"};

std::string line_of(const message& content) {
    auto line = encode(content);
    line.resize(line.size() - 2);  // CR LF
    return line;
}

std::string flag(bool on) {
    return on ? "1" : "0";
}

}  // namespace

void helix_session::start(std::optional<helix_user> self) {
    self_ = std::move(self);
    lines_.clear();
    for (auto& [name, where] : rooms_) {
        where.joining = false;
        where.asked = false;
        where.settings_due = core::time_point::max();
    }
}

std::vector<std::string> helix_session::take_lines() {
    return std::exchange(lines_, {});
}

void helix_session::on_bytes(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        on_line(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    }
}

void helix_session::on_line(std::string_view line) {
    const auto m = parse(line);
    if (!m)
        return;
    if (m->is("CAP")) {
        lines_.emplace_back(":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
    } else if (m->is("NICK")) {
        lines_.push_back(self_ ? line_of({{}, "tmi.twitch.tv", "001", {self_->login, "Helix"}})
                               : ":tmi.twitch.tv NOTICE * :Login authentication failed");
    } else if (m->is("PING") && !m->params.empty()) {
        lines_.push_back(
            line_of({{}, "tmi.twitch.tv", "PONG", {"tmi.twitch.tv", std::string(m->params.back())}}));
    } else if (m->is("JOIN") && m->param(0).size() > 1) {
        on_join(std::string(m->param(0).substr(1)));
    } else if (m->is("PART") && m->param(0).size() > 1 && self_) {
        const auto found = rooms_.find(m->param(0).substr(1));
        if (found != rooms_.end()) {
            found->second.joining = false;
            found->second.settings_due = core::time_point::max();
        }
        lines_.push_back(
            line_of({{}, self_->login + "!" + self_->login, "PART", {std::string(m->param(0))}}));
    }
}

void helix_session::on_join(std::string channel) {
    auto& where = rooms_[channel];
    if (self_ && self_->login == channel)
        where.id = self_->id;
    where.joining = true;
    where.asked = false;
    if (where.id)
        where.settings_due = core::time_point::min();
}

std::optional<helix_session::question> helix_session::next_question(core::time_point now) {
    if (now < quiet_until_)
        return std::nullopt;
    look_up names;
    for (auto& [name, where] : rooms_) {
        if (!where.to_look_up() || names.logins.size() == most_users_per_request)
            continue;
        where.asked = true;
        names.logins.push_back(name);
    }
    if (!names.logins.empty())
        return names;
    for (auto& [name, where] : rooms_) {
        if (!where.id || where.settings_due > now)
            continue;
        where.settings_due = core::time_point::max();
        return look_at{name, *where.id};
    }
    return std::nullopt;
}

core::time_point helix_session::deadline() const {
    auto at = core::time_point::max();
    for (const auto& [name, where] : rooms_)
        at = where.to_look_up() ? core::time_point::min() : std::min(at, where.settings_due);
    return std::max(at, quiet_until_);
}

void helix_session::on_answer(const look_up& asked, const core::result<std::vector<helix_user>>& found) {
    if (!found)
        return;
    for (const auto& name : asked.logins) {
        const auto room_at = rooms_.find(name);
        if (room_at == rooms_.end() || !room_at->second.joining)
            continue;
        auto& where = room_at->second;
        const auto user = std::find_if(found->begin(), found->end(),
                                       [&](const helix_user& item) { return item.login == name; });
        if (user != found->end()) {
            where.id = user->id;
            where.settings_due = core::time_point::min();
        } else {
            where.joining = false;
            notify(name, "msg_room_not_found", "no such channel");
        }
    }
}

void helix_session::on_answer(const look_at& asked, const core::result<chat_settings>& found,
                              core::time_point now) {
    const auto room_at = rooms_.find(asked.channel);
    if (room_at == rooms_.end())
        return;
    auto& where = room_at->second;
    where.settings_due = now + settings_interval;
    // The settings are a hint: a channel whose settings cannot be had is joined all the same.
    if (std::exchange(where.joining, false)) {
        send_state(asked.channel, {});
        if (!found)
            lines_.push_back(line_of({{}, "tmi.twitch.tv", "ROOMSTATE", {"#" + asked.channel}}));
    }
    if (!found)
        return;
    const tag_list tags{{"emote-only", flag(found->emote_only)},
                        {"followers-only", std::to_string(found->followers_only)},
                        {"r9k", flag(found->unique)},
                        {"slow", std::to_string(found->slow.count())},
                        {"subs-only", flag(found->subs_only)}};
    lines_.push_back(line_of({tags, "tmi.twitch.tv", "ROOMSTATE", {"#" + asked.channel}}));
}

std::optional<helix_request> helix_session::request_for(const write_line& line) {
    const auto where = rooms_.find(line.channel);
    if (!self_ || where == rooms_.end() || !where->second.id) {
        notify(line.channel, "msg_room_not_found", "not joined");
        return std::nullopt;
    }
    return say_in_chat(*where->second.id, self_->id, line.text);
}

void helix_session::on_said(const std::string& channel, const say_answer& answer, core::time_point now) {
    switch (answer.what) {
        case say_answer::result::accepted:
            return send_state(channel, answer.line_id.empty() ? no_line_id : answer.line_id);
        case say_answer::result::refused:
            notify(channel, answer.msg_id, answer.text);
            if (std::find(mode_refusals.begin(), mode_refusals.end(), answer.msg_id) != mode_refusals.end())
                rooms_[channel].settings_due = now;  // something changed that nobody told us
            return;
        case say_answer::result::no_token:
        case say_answer::result::no_scope:
        case say_answer::result::unknown:
            return on_silence(channel);
    }
}

void helix_session::on_silence(const std::string& channel) {
    notify(channel, "msg_no_answer", {});
}

void helix_session::on_rank(const std::string& channel, bool moderator) {
    if (const auto found = rooms_.find(channel); found != rooms_.end())
        found->second.moderator = moderator;
}

void helix_session::send_state(const std::string& channel, std::string_view line_id) {
    tag_list tags{{"badges", ""}, {"mod", flag(rooms_[channel].moderator)}};
    if (!line_id.empty())
        tags.emplace_back("id", line_id);
    lines_.push_back(line_of({std::move(tags), "tmi.twitch.tv", "USERSTATE", {"#" + channel}}));
}

void helix_session::notify(const std::string& channel, std::string_view msg_id, std::string_view text) {
    lines_.push_back(line_of(
        {{{"msg-id", std::string(msg_id)}}, "tmi.twitch.tv", "NOTICE", {"#" + channel, std::string(text)}}));
}

}  // namespace tiktok2twitch::twitch
