// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The real relay, whose account "bot" logs in with tokens of the stand-in for Twitch's login service: they
// expire, are renewed and revoked while it runs.

#include <filesystem>

#include "e2e/relay_fixture.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"

namespace tiktok2twitch::test {

class bot_fixture : public relay_fixture {
protected:
    static inline const std::vector<std::string> every_scope{"chat:read", "chat:edit", "user:write:chat",
                                                             "moderator:manage:chat_messages"};

    bot_fixture() {
        world_.call([this] {
            auto& rules = world_.auth().rules();
            rules.add_client("app");
            world_.twitch().rules().link_account("bot", rules);
            world_.twitch().rules().link_account("other", rules);
        });
    }

    static core::time_point now() { return std::chrono::steady_clock::now(); }

    sim::handed_out granted(const std::vector<std::string>& scopes, const std::string& login = "bot") {
        return world_.call([&] { return world_.auth().rules().grant("app", login, scopes, now()); });
    }
    // As 'tiktok2twitch login' leaves it behind.
    sim::handed_out log_in(const std::vector<std::string>& scopes = every_scope) {
        const auto pair = granted(scopes);
        twitch::grant out;
        out.access = core::secret(pair.access);
        out.refresh = core::secret(pair.refresh);
        out.client_id = "app";
        out.login = "bot";
        out.scopes = scopes;
        std::filesystem::create_directories(state_());
        EXPECT_FALSE(twitch::token_store(state_(), "bot").save(out));
        return pair;
    }
    std::optional<twitch::grant> stored() {
        auto loaded = twitch::token_store(state_(), "bot").load();
        return loaded ? *loaded : std::nullopt;
    }

    // Without twitch.login and twitch.token, which the tests add.
    std::unique_ptr<process> relay(std::vector<std::string> extra = {}, std::vector<std::string> more = {}) {
        return std::make_unique<process>(with_route(std::move(more)), variables(std::move(extra)));
    }
    // With the routes of a configuration file.
    std::unique_ptr<process> relay_from(const std::string& config, std::vector<std::string> extra = {}) {
        std::vector<std::string> arguments{
            T2T_BINARY, "--config", config, "--state-dir", state_(), "--report", temp_.file("report.json")};
        return std::make_unique<process>(std::move(arguments), variables(std::move(extra)));
    }
    std::vector<std::string> variables(std::vector<std::string> extra) {
        auto all = environment();
        std::erase_if(all, [](const std::string& each) {
            return each.starts_with("TIKTOK2TWITCH_TWITCH_LOGIN=") ||
                   each.starts_with("TIKTOK2TWITCH_TWITCH_TOKEN=");
        });
        all.insert(all.end(), extra.begin(), extra.end());
        return all;
    }
    std::unique_ptr<process> relay_with(const std::string& access, std::vector<std::string> extra = {}) {
        extra.insert(extra.end(), {"TIKTOK2TWITCH_TWITCH_LOGIN=bot", "TIKTOK2TWITCH_TWITCH_TOKEN=" + access});
        return relay(std::move(extra));
    }

    void auth_fails(sim::auth_endpoint where, sim::auth_fault fault) {
        world_.call([&] { world_.auth().always(where, fault); });
    }
    std::size_t auth_requests(sim::auth_endpoint where) {
        return world_.call([&] { return world_.auth().request_count(where); });
    }
};

}  // namespace tiktok2twitch::test
