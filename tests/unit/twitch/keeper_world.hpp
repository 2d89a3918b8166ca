// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A login service with one-time refresh tokens, a store and two clocks around a grant_keeper, in virtual
// time.

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tiktok2twitch/twitch/error.hpp"
#include "tiktok2twitch/twitch/login/grant_keeper.hpp"

namespace tiktok2twitch::twitch {

inline core::error_code reset_by_peer() {
    return boost::system::errc::make_error_code(boost::system::errc::connection_reset);
}

// id.twitch.tv: using a refresh token twice revokes everything (docs/protocol/twitch.md §3.5).
struct login_service {
    std::string login = "bot";
    std::vector<std::string> scopes{"chat:read", "chat:edit"};
    core::duration lifetime = std::chrono::hours(4);
    std::string access = "a0";
    std::string refresh = "r0";
    core::time_point access_until;
    bool revoked = false;
    bool reused = false;
    int made = 0;

    core::result<validation> validate(const core::secret& token, core::time_point now) const {
        if (revoked || token.reveal() != access || now >= access_until)
            return make_error_code(errc::token_invalid);
        return validation{"client", login, "1", scopes, access_until - now};
    }
    core::result<token_pair> renew(const core::secret& token, core::time_point now) {
        if (revoked || token.reveal() != refresh) {
            reused = reused || !revoked;
            revoked = true;
            return make_error_code(errc::refresh_refused);
        }
        grant_anew(now);
        return token_pair{core::secret(access), core::secret(refresh), lifetime, scopes};
    }
    void grant_anew(core::time_point now) {
        ++made;
        access = "a" + std::to_string(made);
        refresh = "r" + std::to_string(made);
        access_until = now + lifetime;
        revoked = false;
    }
};

struct keeper_world {
    explicit keeper_world(keeper_options with = {}) : options(std::move(with)) {
        options.store_path = "/state/token-bot.json";
        service.access_until = now + service.lifetime;
        if (options.pasted.empty())
            log_in();
        start();
    }

    keeper_options options;
    core::time_point now{std::chrono::hours(100)};
    core::unix_ms wall = 1'700'000'000'000;
    login_service service;
    std::unique_ptr<grant_keeper> keeper;

    // The store.
    std::optional<grant> disk;
    int writes = 0;
    core::error_code load_error;
    core::error_code save_error;
    core::error_code lock_error;
    bool other_has_lock = false;
    bool we_have_lock = false;

    // Faults: asked before each request; an error is what the client sees.
    std::function<core::error_code()> on_validate = [] {
        return core::error_code();
    };
    enum class fate { answered, not_done, answer_lost };
    std::function<fate()> on_refresh = [] {
        return fate::answered;
    };
    core::error_code fault = reset_by_peer();

    std::vector<std::string> calls;  // "validate a0", "mark", "refresh r0", "save a1"
    std::vector<token_found> found;
    std::vector<token_lost> lost;
    std::vector<keeper_notice> notices;
    core::error_code stopped;
    int steps = 0;

    void log_in() {
        grant value;
        value.access = core::secret(service.access);
        value.refresh = core::secret(service.refresh);
        value.client_id = "client";
        value.login = service.login;
        value.user_id = "1";
        value.scopes = service.scopes;
        value.obtained_at = wall;
        value.expires_at =
            wall + std::chrono::duration_cast<std::chrono::milliseconds>(service.access_until - now).count();
        put(value);
    }
    void put(std::optional<grant> value) {
        disk = std::move(value);
        ++writes;
    }
    // Also after a crash: what was in memory is gone, and so is the lock.
    void start() {
        we_have_lock = false;
        keeper = std::make_unique<grant_keeper>(options, now, 7);
    }
    std::string stamp() const { return std::to_string(writes); }

    void pass(core::duration time) {
        now += time;
        wall += std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    }
    void collect() {
        for (auto& event : keeper->take_events()) {
            if (auto* token = std::get_if<token_found>(&event))
                found.push_back(*token);
            else if (auto* gone = std::get_if<token_lost>(&event))
                lost.push_back(*gone);
            else
                notices.push_back(std::get<keeper_notice>(event));
        }
    }

    void read() {
        auto value = load_error ? core::result<std::optional<grant>>(load_error) : disk;
        keeper->on_read(std::move(value), stamp(), now);
    }
    void obey_store(const grant_keeper::step& todo) {
        if (std::holds_alternative<grant_keeper::look_at_store>(todo)) {
            keeper->on_looked(stamp(), now);
        } else if (std::holds_alternative<grant_keeper::read_store>(todo)) {
            read();
        } else if (std::holds_alternative<grant_keeper::lock_store>(todo)) {
            if (other_has_lock)
                return keeper->on_busy(now);
            if (lock_error)
                return keeper->on_lock_failed(lock_error, "/state/token-bot.lock", now);
            we_have_lock = true;
            read();
        } else if (std::holds_alternative<grant_keeper::unlock_store>(todo)) {
            we_have_lock = false;
        } else if (const auto* out = std::get_if<grant_keeper::write_store>(&todo)) {
            if (out->over != stamp())
                return read();
            locked_writes += we_have_lock ? 1 : 0;
            calls.push_back(out->value.refreshing ? "mark" : "save " + out->value.access.reveal());
            if (!save_error)
                put(out->value);
            keeper->on_written(save_error, stamp(), now);
        }
    }
    int locked_writes = 0;

    // One step. False when there is nothing to do before `end`.
    bool obey(core::time_point end) {
        ++steps;
        const auto todo = keeper->next(now, wall);
        if (const auto* rest = std::get_if<grant_keeper::rest_until>(&todo)) {
            const auto at = std::max(rest->at, now + std::chrono::milliseconds(1));
            pass(std::min(at, end) - now);
            return at < end;
        }
        if (const auto* asked = std::get_if<grant_keeper::ask_validation>(&todo)) {
            calls.push_back("validate " + asked->access.reveal());
            const auto failed = on_validate();
            keeper->on_validated(failed ? failed : service.validate(asked->access, now), now, wall);
        } else if (const auto* renewal = std::get_if<grant_keeper::ask_refresh>(&todo)) {
            calls.push_back("refresh " + renewal->refresh.reveal());
            const auto what = on_refresh();
            auto answer = what == fate::not_done ? core::result<token_pair>(fault)
                                                 : service.renew(renewal->refresh, now);
            keeper->on_refreshed(what == fate::answered ? answer : fault, now, wall);
        } else if (const auto* end_of_it = std::get_if<grant_keeper::stop>(&todo)) {
            stopped = end_of_it->reason;
            collect();
            return false;
        } else {
            obey_store(todo);
        }
        collect();
        return true;
    }
    void run_for(core::duration span) {
        const auto end = now + span;
        while (now < end && obey(end)) {
        }
    }
    void refuse(const std::string& token) {
        keeper->on_refused(core::secret(token), now);
        collect();
    }
    std::vector<std::string> take_calls() { return std::exchange(calls, {}); }
    std::size_t told(notice::severity level, const std::string& words) const {
        std::size_t n = 0;
        for (const auto& item : notices)
            n += item.level == level && item.text.find(words) != std::string::npos ? 1 : 0;
        return n;
    }
};

}  // namespace tiktok2twitch::twitch
