// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Plays the shell and Twitch's API around an account and its helix_session, in virtual time.

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/helix/session.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {

// What becomes of one POST.
struct post_outcome {
    enum class how { answered, silent, not_sent, login_refused } what = how::answered;
    helix_answer answer;
};

struct helix_driver {
    struct sent_line {
        core::time_point at;
        write_line line;
        std::string said;  // the text in the request
        post_outcome outcome;
    };

    explicit helix_driver(options with = {})
        : settings(prepared(std::move(with))), acc(settings, {}, false, now, 7) {}

    static options prepared(options with) {
        with.login = "bot";
        with.token = core::secret("token");
        return with;
    }

    core::time_point now{std::chrono::hours(1)};
    options settings;
    account acc;
    helix_session session;
    bool connected = false;

    // Twitch.
    std::map<std::string, std::string> ids{{"bot", "1"}, {"chan", "2"}, {"other", "3"}};
    bool token_good = true;
    bool reachable = true;   // connections
    bool users_work = true;  // GET /users?login=
    chat_settings room_settings;
    core::duration rtt = std::chrono::milliseconds(80);
    std::function<post_outcome(const sent_line&)> answer = [this](const sent_line&) {
        return accept();
    };

    std::vector<sent_line> lines;
    std::vector<std::vector<std::string>> lookups;
    std::size_t settings_asked = 0;
    std::vector<relay::settlement> settled;
    std::vector<notice> notices;
    std::uint64_t ticket = 0;
    std::uint64_t next_id = 0;
    std::function<void()> after_step = [] {
    };

    post_outcome accept() {
        return reply(200,
                     R"({"data":[{"message_id":"id-)" + std::to_string(++next_id) + R"(","is_sent":true}]})");
    }
    static post_outcome reply(int status, std::string body = "") {
        return {post_outcome::how::answered, {status, std::move(body), {}, {}}};
    }
    static post_outcome drop(const std::string& code, const std::string& text = "no") {
        return reply(200, R"({"data":[{"message_id":"","is_sent":false,"drop_reason":{"code":")" + code +
                              R"(","message":")" + text + R"("}}]})");
    }
    static post_outcome silence() { return {post_outcome::how::silent, {}}; }
    static post_outcome unsent() { return {post_outcome::how::not_sent, {}}; }
    // 401, and there is no other token now.
    static post_outcome login_refused() { return {post_outcome::how::login_refused, {}}; }

    void collect() {
        for (const auto& line : session.take_lines())
            if (connected)
                acc.on_line(line, now);
        for (auto& s : acc.take_settlements())
            settled.push_back(std::move(s));
        for (auto& n : acc.take_notices())
            notices.push_back(std::move(n));
        after_step();
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
    void disconnect(core::error_code reason) {
        connected = false;
        acc.on_disconnected(reason, now);
        collect();
    }

    void ask(const helix_session::look_up& question) {
        lookups.push_back(question.logins);
        std::vector<helix_user> found;
        for (const auto& login : question.logins)
            if (const auto known = ids.find(login); known != ids.end())
                found.push_back({*user_id::parse(known->second), login});
        if (users_work)
            session.on_answer(question, found);
        else
            session.on_answer(question, make_error_code(errc::api_error));
    }
    void ask(const helix_session::look_at& question) {
        ++settings_asked;
        session.on_answer(question, room_settings, now);
    }
    void say(write_line line) {
        const auto request = session.request_for(line);
        if (!request)
            return collect();
        const auto text = nlohmann::json::parse(request->body)["message"].get<std::string>();
        sent_line sent{now, std::move(line), text, {}};
        sent.outcome = reachable ? answer(sent) : unsent();
        const auto& outcome = sent.outcome;
        if (outcome.what == post_outcome::how::not_sent) {
            acc.on_not_said();
            return disconnect(boost::system::errc::make_error_code(boost::system::errc::connection_refused));
        }
        lines.push_back(sent);
        acc.on_written(now);
        now += rtt;
        if (outcome.what == post_outcome::how::login_refused) {
            acc.on_not_said();
            return disconnect(make_error_code(errc::login_needed));
        }
        if (outcome.what == post_outcome::how::silent)
            session.on_silence(sent.line.channel);
        else
            session.on_said(sent.line.channel, read_say_answer(outcome.answer, 0), now);
        collect();
    }

    // One decision. False if there is nothing to do before `end`.
    bool obey(core::time_point end) {
        if (!connected) {
            const auto at = acc.connect_at(now);
            const bool over = acc.drained(now);
            collect();
            if (over || acc.fatal())
                return advance(core::time_point::max(), end);
            if (at > now)
                return advance(at, end);
            acc.on_connecting(now);
            if (!reachable) {
                disconnect(boost::system::errc::make_error_code(boost::system::errc::connection_refused));
                return true;
            }
            std::optional<helix_user> self;
            if (token_good)
                self = helix_user{*user_id::parse("1"), "bot"};
            acc.on_connected(now);
            connected = true;
            session.start(self);
            return true;
        }
        auto todo = acc.next(now);
        collect();
        if (auto* bytes = std::get_if<write_bytes>(&todo)) {
            session.on_bytes(bytes->bytes);
            collect();
        } else if (auto* line = std::get_if<write_line>(&todo)) {
            say(std::move(*line));
        } else if (auto* close = std::get_if<close_connection>(&todo)) {
            disconnect(close->reason);
        } else if (const auto question = session.next_question(now)) {
            std::visit([this](const auto& q) { ask(q); }, *question);
            collect();
        } else {
            return advance(std::min(std::get<wait_until>(todo).at, session.deadline()), end);
        }
        return true;
    }
    bool advance(core::time_point at, core::time_point end) {
        if (at > end) {
            now = std::max(now, end);
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
    bool told(const std::string& words) const {
        return std::any_of(notices.begin(), notices.end(),
                           [&](const notice& item) { return item.text.find(words) != std::string::npos; });
    }
    channel_status status(std::size_t index = 0) const { return acc.channels(now).at(index); }
};

}  // namespace tiktok2twitch::twitch
