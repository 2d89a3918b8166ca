// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The real binary between the two stand-ins.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "support/process.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/sim/world.hpp"

namespace tiktok2twitch::test {

class relay_fixture : public testing::Test {
protected:
    static constexpr const char* token = "tokentokentoken1234";

    relay_fixture() {
        world_.call([this] {
            world_.tiktok().add_room("ann");
            auto& rules = world_.twitch().rules();
            rules.add_account("bot", token);
            rules.add_channel("chan");
            rules.set_role("bot", "chan", sim::role::moderator);
        });
    }

    std::vector<std::string> environment() {
        return {"TIKTOK2TWITCH_TIKTOK_WEB_URL=" + world_.https_url(),
                "TIKTOK2TWITCH_TIKTOK_WEBCAST_URL=" + world_.https_url(),
                "TIKTOK2TWITCH_TIKTOK_WS_URL=" + world_.wss_url(),
                "TIKTOK2TWITCH_TIKTOK_POLL_INTERVAL=200ms",
                "TIKTOK2TWITCH_TWITCH_IRC_URL=" + world_.ircs_url(),
                "TIKTOK2TWITCH_TWITCH_AUTH_URL=" + world_.auth_url(),
                "TIKTOK2TWITCH_TWITCH_HELIX_URL=" + world_.helix_url(),
                "TIKTOK2TWITCH_TWITCH_LOGIN=bot",
                std::string("TIKTOK2TWITCH_TWITCH_TOKEN=") + token,
                "TIKTOK2TWITCH_TLS_CA_FILE=" + world_.ca_file()};
    }

    std::vector<std::string> with_route(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{T2T_BINARY,  "--tiktok", "ann",
                                           "--channel", "chan",     "--state-dir",
                                           state_(),    "--report", temp_.file("report.json")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }

    std::string state_() const { return temp_.file("state"); }

    std::unique_ptr<process> start(std::vector<std::string> more = {}, std::vector<std::string> extra = {}) {
        auto variables = environment();
        variables.insert(variables.end(), extra.begin(), extra.end());
        return std::make_unique<process>(with_route(std::move(more)), std::move(variables));
    }

    // A killed relay's sockets go a little later than its process.
    bool gone() {
        return world_.wait_for(
            [this] {
                return world_.tiktok().listening_sockets("ann") == 0 &&
                       !world_.twitch().joined("bot", "chan");
            },
            std::chrono::seconds(20));
    }

    bool listening(std::size_t rooms = 1) {
        return world_.wait_for(
            [this, rooms] {
                return world_.tiktok().listening_sockets("ann") == rooms &&
                       world_.twitch().joined("bot", "chan");
            },
            std::chrono::seconds(20));
    }

    void comment(const std::string& text, const std::string& who = "Ann") { comments({text}, who); }

    // All in one: the relay reads them together, and no pause of this machine comes between them.
    void comments(const std::vector<std::string>& texts, const std::string& who = "Ann") {
        world_.call([&] {
            sim::chatter from;
            from.id = 77;
            from.unique_id = "ann.fan";
            from.nickname = who;
            for (const auto& text : texts)
                world_.tiktok().comment("ann", from, text);
        });
    }

    std::int64_t comment_from(std::int64_t id, const std::string& unique_id, const std::string& text) {
        return world_.call([&] {
            sim::chatter from;
            from.id = id;
            from.unique_id = unique_id;
            from.nickname = unique_id;
            return world_.tiktok().comment("ann", from, text);
        });
    }
    void remove(std::vector<std::int64_t> msg_ids, std::vector<std::int64_t> user_ids = {}) {
        world_.call([&] {
            auto* room = world_.tiktok().find_room("ann");
            world_.tiktok().push("ann", room->remove(msg_ids, user_ids, 1'800'000'000'000));
        });
    }
    // The first line stays in flight, and what comes after it waits, until release_answers(). The relay has
    // to be told within some 15 s what it is to be told: then it gives the line up.
    void hold_answers() {
        world_.call([this] { world_.twitch().hold_answers(); });
    }
    void release_answers() {
        world_.call([this] { world_.twitch().release_answers(); });
    }

    // What the running relay says about itself.
    nlohmann::json status() {
        process asked({T2T_BINARY, "status", "--json", "--state-dir", state_()}, {});
        EXPECT_EQ(asked.wait(), 0) << asked.err();
        return nlohmann::json::parse(asked.out());
    }
    // Of the first route.
    bool status_shows(const std::function<bool(const nlohmann::json&)>& wanted,
                      std::chrono::seconds limit = std::chrono::seconds(20)) {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (!wanted(status().at("routes").at(0))) {
            if (std::chrono::steady_clock::now() > until)
                return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return true;
    }
    // What is still on its way is not read any more once the relay stops.
    bool received(std::uint64_t events) {
        return status_shows([events](const nlohmann::json& route) {
            return route.at("received").get<std::uint64_t>() >= events;
        });
    }

    bool delivered(std::size_t lines, std::chrono::seconds limit = std::chrono::seconds(20)) {
        return world_.wait_for([this, lines] { return world_.twitch().rules().delivered().size() >= lines; },
                               limit);
    }

    std::vector<std::string> texts() {
        return world_.call([this] {
            std::vector<std::string> said;
            for (const auto& line : world_.twitch().rules().delivered())
                said.push_back(line.text);
            return said;
        });
    }

    std::vector<std::string> violations() {
        return world_.call([this] {
            std::vector<std::string> found;
            for (const auto& violation : world_.twitch().rules().violations())
                found.push_back(std::string(sim::name(violation.kind)) + ": " + violation.detail);
            return found;
        });
    }

    nlohmann::json report() { return nlohmann::json::parse(temp_.read("report.json")).at("routes").at(0); }

    static std::uint64_t sum(const nlohmann::json& counts) {
        std::uint64_t total = 0;
        for (const auto& entry : counts.items())
            total += entry.value().get<std::uint64_t>();
        return total;
    }

    // The promise of the report.
    static void expect_balanced(const nlohmann::json& route) {
        EXPECT_EQ(route.at("received").get<std::uint64_t>(),
                  route.at("relayed").get<std::uint64_t>() + route.at("folded").get<std::uint64_t>() +
                      sum(route.at("filtered")) + sum(route.at("dropped")) +
                      route.at("pending").get<std::uint64_t>())
            << route.dump(2);
    }

    void stop(process& relay) {
        relay.signal(SIGTERM);
        ASSERT_EQ(relay.wait(), 0) << relay.err();
    }

    sim::world world_;
    temp_dir temp_;
};

}  // namespace tiktok2twitch::test
