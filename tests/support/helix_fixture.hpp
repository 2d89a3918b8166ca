// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A world in which the account "bot" may write to "chan" over Helix, and the tokens for it.

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <string>
#include <utility>

#include "support/sim_fixture.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::test {

// Tokens that a test hands out.
class scripted_tokens final : public twitch::api_tokens {
public:
    std::string token = "sesame";
    std::string next;  // what renew() gives; empty: `trouble`
    core::error_code trouble = twitch::make_error_code(twitch::errc::login_needed);
    bool stalls = false;  // renew() ends only when it is cancelled
    std::size_t renewals = 0;

    twitch::api_token current() override { return {core::secret(token), "client"}; }
    net::awaitable<core::result<twitch::api_token>> renew(core::secret refused) override {
        ++renewals;
        EXPECT_EQ(refused.reveal(), token);
        if (stalls) {
            co_await net::asio::this_coro::throw_if_cancelled(false);
            const auto executor = co_await net::asio::this_coro::executor;
            net::asio::steady_timer timer(executor, std::chrono::minutes(1));
            co_await timer.async_wait(net::use_nothrow_awaitable);
            co_return core::error_code(net::asio::error::operation_aborted);
        }
        if (next.empty())
            co_return trouble;
        token = std::exchange(next, {});
        co_return current();
    }
};

class helix_fixture : public sim_fixture {
public:
    explicit helix_fixture(const sim::world_settings& settings = {}) : sim_fixture(settings) {
        world.call([this] {
            auto& rules = world.twitch().rules();
            rules.add_account("bot", "sesame");
            rules.add_channel("chan");
            rules.add_channel("other");
            accept("sesame");
        });
    }
    // On the world's loop only.
    void accept(const std::string& token,
                std::set<std::string> scopes = {"user:write:chat", "moderator:manage:chat_messages"}) {
        world.helix().rules().accept_token(token, {"bot", "client", std::move(scopes)});
    }
    core::url api_url() { return core::parse_url(world.helix_url()).value(); }

    std::vector<std::string> delivered() {
        return world.call([this] {
            std::vector<std::string> out;
            for (const auto& line : world.twitch().rules().delivered())
                out.push_back(line.text);
            return out;
        });
    }
    std::vector<std::string> violations() {
        return world.call([this] {
            std::vector<std::string> out;
            for (const auto& item : world.twitch().rules().violations())
                out.push_back(std::string(name(item.kind)) + " " + item.detail);
            return out;
        });
    }
    void script(sim::helix_endpoint where, std::vector<sim::helix_fault> faults) {
        world.call([&] { world.helix().script(where, std::move(faults)); });
    }
    std::size_t requests(sim::helix_endpoint where) {
        return world.call([&] { return world.helix().request_count(where); });
    }

    scripted_tokens tokens;
};

}  // namespace tiktok2twitch::test
