// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/dry_server.hpp"

#include "tiktok2twitch/twitch/irc/codec.hpp"

namespace tiktok2twitch::twitch {

std::vector<std::string> dry_server::answer(std::string_view bytes) {
    std::vector<std::string> lines;
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        const auto message = parse(bytes.substr(0, end));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (!message)
            continue;
        if (message->command == "CAP")
            lines.emplace_back(":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
        else if (message->command == "NICK")
            lines.push_back(":tmi.twitch.tv 001 " + (login_.empty() ? "nobody" : login_) + " :dry run");
        else if (message->command == "JOIN" && !message->params.empty()) {
            const std::string channel(message->params.front());
            lines.push_back(role_tags_ + " :tmi.twitch.tv USERSTATE " + channel);
            lines.push_back(
                "@emote-only=0;followers-only=-1;r9k=0;slow=0;subs-only=0 :tmi.twitch.tv ROOMSTATE " +
                channel);
        } else if (message->command == "PING" && !message->params.empty())
            lines.push_back(":tmi.twitch.tv PONG tmi.twitch.tv :" + std::string(message->params.back()));
    }
    return lines;
}

std::string dry_server::accept(std::string_view channel) {
    return role_tags_ + ";id=dry-" + std::to_string(++accepted_) + " :tmi.twitch.tv USERSTATE #" +
           std::string(channel);
}

void dry_shell::connect(core::time_point now) {
    account_.on_connecting(now);
    account_.on_connected(now);
}

bool dry_shell::obey(const step& next, core::time_point now) {
    if (const auto* bytes = std::get_if<write_bytes>(&next)) {
        for (const auto& line : server_.answer(bytes->bytes))
            account_.on_line(line, now);
    } else if (const auto* line = std::get_if<write_line>(&next)) {
        say_(*line);
        account_.on_written(now);
        account_.on_line(server_.accept(line->channel), now);
    } else if (const auto* close = std::get_if<close_connection>(&next)) {
        account_.on_disconnected(close->reason, now);
        return false;
    }
    return true;
}

}  // namespace tiktok2twitch::twitch
