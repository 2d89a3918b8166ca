// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The real binary and the stand-in for Twitch's login service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/ordinary_user.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/sim/world.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"

namespace tiktok2twitch::test {

class login_fixture : public testing::Test {
protected:
    struct finished {
        int code = -1;
        std::string out;
        std::string err;
    };

    login_fixture() : login_fixture(std::chrono::seconds(1800)) {}
    // The shortest interval that the client obeys.
    explicit login_fixture(core::duration code_life, core::duration interval = std::chrono::seconds(1))
        : world_(settings(code_life, interval)) {
        world_.call([this] {
            auto& rules = world_.auth().rules();
            rules.add_client("app");
            rules.add_client("site", sim::client_kind::confidential);
            world_.twitch().rules().link_account("bot", rules);
            world_.twitch().rules().link_account("other", rules);
        });
    }

    static sim::world_settings settings(core::duration code_life, core::duration interval) {
        sim::world_settings out;
        out.auth.interval = interval;
        out.auth.code_life = code_life;
        return out;
    }

    std::vector<std::string> environment() {
        return {"TIKTOK2TWITCH_TWITCH_AUTH_URL=" + world_.auth_url(), "TIKTOK2TWITCH_TWITCH_CLIENT_ID=app",
                "TIKTOK2TWITCH_TLS_CA_FILE=" + world_.ca_file()};
    }
    std::string state_() const { return temp_.file(state_name_); }

    std::unique_ptr<process> start(std::vector<std::string> arguments, std::vector<std::string> extra = {}) {
        arguments.insert(arguments.begin(), T2T_BINARY);
        arguments.insert(arguments.end(), {"--state-dir", state_()});
        for (auto& each : environment()) {
            const auto name = each.substr(0, each.find('=') + 1);
            if (std::none_of(extra.begin(), extra.end(),
                             [&name](const std::string& other) { return other.starts_with(name); }))
                extra.push_back(std::move(each));
        }
        return std::make_unique<process>(std::move(arguments), std::move(extra), user_);
    }
    // From here on the program runs as somebody whom permissions bind and to whom all files here belong.
    void run_as_ordinary_user() {
        namespace fs = std::filesystem;
        fs::permissions(world_.directory(), fs::perms::others_read | fs::perms::others_exec,
                        fs::perm_options::add);
        give_to_ordinary_user(temp_.path());
        if (geteuid() == 0)
            user_ = ordinary_user;
    }
    finished run(std::vector<std::string> arguments, std::vector<std::string> extra = {}) {
        const auto program = start(std::move(arguments), std::move(extra));
        const auto code = program->wait();
        return {code.value_or(-1), program->out(), program->err()};
    }

    // The code that the running login shows, once it has been handed out.
    std::string shown_code() {
        std::string code;
        const bool there = world_.wait_for([&] {
            const auto open = world_.auth().rules().open_codes(now());
            code = open.empty() ? "" : open.front();
            return !code.empty();
        });
        EXPECT_TRUE(there);
        return code;
    }
    void approve(const std::string& login, std::optional<std::vector<std::string>> scopes = std::nullopt) {
        const auto code = shown_code();
        EXPECT_TRUE(world_.call([&] { return world_.auth().rules().approve(code, login, now(), scopes); }));
    }
    // A login that succeeds.
    finished log_in(const std::string& login) {
        const auto program = start({"login"});
        approve(login);
        const auto code = program->wait();
        return {code.value_or(-1), program->out(), program->err()};
    }

    bool valid(const core::secret& access) {
        return world_.call(
            [&] { return world_.auth().rules().owner_of(access.reveal(), now()).has_value(); });
    }
    void fault(sim::auth_endpoint where, std::vector<sim::auth_fault> faults) {
        world_.call([&] { world_.auth().script(where, faults); });
    }
    std::size_t requests(sim::auth_endpoint where) {
        return world_.call([&] { return world_.auth().request_count(where); });
    }
    bool waits_for_polls(std::size_t count) {
        return world_.wait_for([&] { return world_.auth().request_count(sim::auth_endpoint::poll) >= count; },
                               std::chrono::seconds(20));
    }
    std::vector<std::string> complaints() {
        return world_.call([this] { return world_.auth().rules().complaints(); });
    }

    // Twitch renews, and the new pair cannot be stored: saving fails before the answer comes. All
    // answers are that late, and some are waited for for 10 s only: half for the test, half for the client.
    // The access token has come to its end, and the store says so: nobody else renewed it.
    void end_access(const std::string& login) {
        world_.call([&] { world_.auth().rules().expire_access(login); });
        auto grant = *stored(login);
        grant.expires_at = grant.obtained_at;
        ASSERT_FALSE(twitch::token_store(state_(), login).save(grant));
    }
    void block_store_during_renewal(const std::string& login) {
        end_access(login);
        world_.call([&] { world_.auth().delay_answers(std::chrono::seconds(5)); });
        blocked_ = twitch::token_store(state_(), login).path() + ".tmp";
    }
    bool store_is_blocked() {
        const bool asked =
            world_.wait_for([this] { return world_.auth().request_count(sim::auth_endpoint::refresh) == 1; },
                            std::chrono::seconds(20));
        std::filesystem::create_directory(blocked_);
        world_.call([this] { world_.auth().delay_answers({}); });
        return asked;
    }
    void free_store() { std::filesystem::remove(blocked_); }

    std::optional<twitch::grant> stored(const std::string& login) {
        auto loaded = twitch::token_store(state_(), login).load();
        return loaded ? *loaded : std::nullopt;
    }
    static core::time_point now() { return std::chrono::steady_clock::now(); }

    sim::world world_;
    temp_dir temp_;
    std::string state_name_ = "state";
    std::optional<uid_t> user_;
    std::string blocked_;
};

}  // namespace tiktok2twitch::test
