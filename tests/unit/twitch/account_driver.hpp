// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Plays shell and server around an account in virtual time.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {

inline const core::time_point start{std::chrono::hours(1)};

struct account_driver {
    struct sent_line {
        core::time_point at;
        write_line line;
        bool ordinary;  // as far as the server is concerned
    };

    explicit account_driver(options with = {}, std::vector<core::time_point> earlier = {},
                            bool cautious = false)
        : settings(prepared(std::move(with))),
          owned(std::make_unique<account>(settings, std::move(earlier), cautious, start, 7)),
          acc(*owned) {}

    static options prepared(options with) {
        if (with.login.empty())
            with.login = "bot";
        with.token = core::secret("token");
        return with;
    }

    options settings;
    std::unique_ptr<account> owned;
    account& acc;
    core::time_point now = start;
    bool connected = false;
    bool reconnects = true;

    // The server: ranks by channel, answers after `rtt`, `answer` decides what a line gets.
    std::map<std::string, std::string> rank_tags;
    std::string room_tags = "emote-only=0;followers-only=-1;r9k=0;slow=0;subs-only=0";
    core::duration rtt = std::chrono::milliseconds(50);
    std::function<std::string(const sent_line&)> answer = [this](const sent_line& sent) {
        return accept(sent.line.channel);
    };
    // Before a line leaves. False: it was surely not said, and the connection is over.
    std::function<bool(const sent_line&)> leaves = [](const sent_line&) {
        return true;
    };
    bool answers_login = true;
    bool answers_joins = true;
    std::map<std::string, std::string> refuses_joins;  // by channel: a msg-id
    std::map<std::string, core::time_point> joins;     // by channel: the last one
    std::size_t join_count = 0;
    bool answers_pings = true;

    std::vector<sent_line> lines;
    std::string protocol;
    std::vector<core::time_point> logins;
    std::vector<core::error_code> closes;
    std::vector<relay::settlement> settled;
    std::vector<notice> notices;
    std::vector<chat_message> chat;
    std::vector<delivery> deliveries;
    std::multimap<core::time_point, std::string> arriving;
    std::uint64_t next_id = 0;
    std::function<void()> after_step = [] {
    };

    bool ordinary(const std::string& channel) {
        const auto found = rank_tags.find(channel);
        return found == rank_tags.end() || found->second.find("mod=1") == std::string::npos;
    }
    // The rank changes and the server says so; what is still on its way carries the new rank as well.
    void set_rank(const std::string& channel, const std::string& tags) {
        const auto stale = user_state(channel);
        const auto old_tags = stale.substr(1, stale.find(' ') - 1);
        rank_tags[channel] = tags;
        for (auto& [at, line] : arriving)
            if (line.ends_with(" USERSTATE #" + channel))
                line.replace(1, old_tags.size(), tags);
        say(user_state(channel));
    }
    std::string user_state(const std::string& channel, const std::string& id = "") {
        const auto found = rank_tags.find(channel);
        const std::string rank = found == rank_tags.end() ? "badges=;mod=0" : found->second;
        return "@" + rank + (id.empty() ? "" : ";id=" + id) + " :tmi.twitch.tv USERSTATE #" + channel;
    }
    std::string accept(const std::string& channel) {
        return user_state(channel, "id-" + std::to_string(++next_id));
    }
    static std::string refuse(const std::string& channel, const std::string& id,
                              const std::string& text = "no") {
        return "@msg-id=" + id + " :tmi.twitch.tv NOTICE #" + channel + " :" + text;
    }

    void collect() {
        for (auto& c : acc.take_chat())
            chat.push_back(std::move(c));
        for (auto& c : acc.take_deliveries())
            deliveries.push_back(std::move(c));
        for (auto& s : acc.take_settlements())
            settled.push_back(std::move(s));
        for (auto& n : acc.take_notices())
            notices.push_back(std::move(n));
        after_step();
    }
    void say(const std::string& line) {
        acc.on_line(line, now);
        collect();
    }
    void connect() {
        acc.on_connecting(now);
        acc.on_connected(now);
        connected = true;
        logins.push_back(now);
        collect();
    }
    void disconnect(core::error_code reason =
                        boost::system::errc::make_error_code(boost::system::errc::connection_reset)) {
        connected = false;
        arriving.clear();
        acc.on_disconnected(reason, now);
        collect();
    }
    // Foldable, as the relay's own parts are.
    void push_said(relay::route_id route, const std::string& name, const std::string& text,
                   std::int64_t author = 0) {
        relay::line_part part;
        part.ticket = ++ticket;
        part.route = route;
        part.label = "[T] ";
        part.body = name + ": " + text;
        part.author_id = author;
        part.received_at = now;
        part.name = name;
        part.text = text;
        part.fold_key = text;
        acc.push(std::move(part), now);
        collect();
    }
    void push(relay::route_id route, std::string body, std::string label = "[T] ") {
        relay::line_part part;
        part.ticket = ++ticket;
        part.route = route;
        part.label = std::move(label);
        part.body = std::move(body);
        part.received_at = now;
        acc.push(std::move(part), now);
        collect();
    }
    std::uint64_t ticket = 0;

    void on_bytes(const std::string& bytes) {
        protocol += bytes;
        std::size_t at = 0;
        while (at < bytes.size()) {
            const auto end = bytes.find("\r\n", at);
            const auto line = bytes.substr(at, end - at);
            at = end + 2;
            const auto m = parse(line);
            const auto reply = [&](std::string text) {
                arriving.emplace(now + rtt, std::move(text));
            };
            if (m->is("NICK") && answers_login) {
                reply(":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
                reply(":tmi.twitch.tv 001 " + std::string(m->param(0)) + " :Welcome, GLHF!");
            } else if (m->is("PART")) {
                reply(":" + settings.login + "!x@x PART " + std::string(m->param(0)));
            } else if (m->is("JOIN")) {
                const std::string channel(m->param(0).substr(1));
                joins[channel] = now;
                ++join_count;
                if (const auto why = refuses_joins.find(channel); why != refuses_joins.end())
                    reply(refuse(channel, why->second));
                if (!answers_joins || refuses_joins.contains(channel))
                    continue;
                reply(user_state(channel));
                reply("@" + room_tags + " :tmi.twitch.tv ROOMSTATE #" + channel);
            } else if (m->is("PING") && answers_pings) {
                reply(":tmi.twitch.tv PONG tmi.twitch.tv :" + std::string(m->param(0)));
            }
        }
    }

    // One decision. False if there is nothing to do before `end`.
    bool obey(core::time_point end) {
        if (!connected) {
            const auto at = acc.connect_at(now);
            const bool over = acc.drained(now);
            collect();
            if (over || !reconnects || acc.fatal())
                return advance(core::time_point::max(), end);
            if (at > now)
                return advance(at, end);
            connect();
            return true;
        }
        if (!arriving.empty() && arriving.begin()->first <= now) {
            const auto line = arriving.begin()->second;
            arriving.erase(arriving.begin());
            say(line);
            return true;
        }
        auto todo = acc.next(now);
        collect();
        if (auto* bytes = std::get_if<write_bytes>(&todo)) {
            on_bytes(bytes->bytes);
        } else if (auto* line = std::get_if<write_line>(&todo)) {
            const sent_line next{now, *line, ordinary(line->channel)};
            if (!leaves(next)) {
                acc.on_not_said();
                disconnect();
                return true;
            }
            lines.push_back(next);
            acc.on_written(now);
            collect();
            if (const auto text = answer(lines.back()); !text.empty())
                arriving.emplace(now + rtt, text);
        } else if (auto* close = std::get_if<close_connection>(&todo)) {
            closes.push_back(close->reason);
            const bool final = !close->reason;
            disconnect(close->reason);
            if (final)
                reconnects = false;
        } else {
            return advance(std::get<wait_until>(todo).at, end);
        }
        return true;
    }
    bool advance(core::time_point at, core::time_point end) {
        if (!arriving.empty() && connected)
            at = std::min(at, arriving.begin()->first);
        if (at > end) {
            now = end;
            return false;
        }
        now = std::max(now, at);
        return true;
    }
    void run_for(core::duration span) {
        const auto end = now + span;
        while (obey(end)) {
        }
    }
    // A route to #chan, logged in and ready.
    void get_ready(const std::string& channel = "chan", relay::route_id route = 1) {
        acc.add_route(route, channel, now);
        run_for(std::chrono::seconds(1));
    }

    std::size_t count(relay::outcome what, const std::string& reason = "") const {
        std::size_t n = 0;
        for (const auto& s : settled)
            n += s.result == what && s.reason == reason ? 1 : 0;
        return n;
    }
    std::size_t dropped(const std::string& reason) const { return count(relay::outcome::dropped, reason); }
    std::size_t relayed() const { return count(relay::outcome::relayed); }
    std::size_t told(notice::severity level, const std::string& words) const {
        std::size_t n = 0;
        for (const auto& item : notices)
            n += item.level == level && item.text.find(words) != std::string::npos ? 1 : 0;
        return n;
    }
    channel_status status(std::size_t index = 0) const { return acc.channels(now).at(index); }
};

}  // namespace tiktok2twitch::twitch
