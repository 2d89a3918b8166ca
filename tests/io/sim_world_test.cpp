// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <stdexcept>

#include "support/sim_fixture.hpp"

namespace tiktok2twitch {
namespace {

using namespace std::chrono_literals;

TEST(sim_world_test, call_returns_results_and_exceptions) {
    sim::world world;
    EXPECT_EQ(world.call([] { return 42; }), 42);
    EXPECT_THROW(world.call([] { throw std::runtime_error("no"); }), std::runtime_error);
}

TEST(sim_world_test, wait_for_sees_changes_and_ends_in_time) {
    sim::world world;
    EXPECT_FALSE(world.wait_for([] { return false; }, 50ms));
    std::vector<sim::script_step> steps;
    bool happened = false;
    steps.push_back({50ms, "later", [&happened](sim::tiktok_server&, sim::twitch_server&) {
                         happened = true;
                     }});
    world.play(std::move(steps));
    EXPECT_TRUE(world.wait_for([&happened] { return happened; }, 5s));
}

TEST(sim_world_test, a_script_runs_in_order_and_is_told) {
    sim::world world;
    std::string order;
    std::vector<sim::script_step> steps;
    for (const char* what : {"a", "b", "c"}) {
        steps.push_back({10ms, what, [](sim::tiktok_server&, sim::twitch_server&) {
                         }});
    }
    world.play(std::move(steps), [&order](const sim::script_step& step) { order += step.what; });
    EXPECT_TRUE(world.wait_for([&order] { return order == "abc"; }, 5s));
    EXPECT_TRUE(world.script_finished());
}

TEST(sim_world_test, the_temporary_directory_goes_with_the_world) {
    std::string directory;
    {
        sim::world world;
        directory = world.directory();
        EXPECT_TRUE(std::filesystem::exists(world.ca_file()));
    }
    EXPECT_FALSE(std::filesystem::exists(directory));
}

TEST(sim_world_test, a_world_ends_at_once_while_a_script_waits) {
    const auto start = std::chrono::steady_clock::now();
    {
        sim::world world;
        std::vector<sim::script_step> steps;
        steps.push_back({1h, "never", [](sim::tiktok_server&, sim::twitch_server&) {
                         }});
        world.play(std::move(steps));
        EXPECT_FALSE(world.script_finished());
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
}

class sim_world_end_test : public test::io_fixture {};

TEST_F(sim_world_end_test, a_world_ends_at_once_while_clients_are_connected_in_every_stage) {
    std::optional<sim::world> world(std::in_place);
    const auto tls = net::make_tls_client(world->ca_file()).value();
    world->call([&] { world->tiktok().always(sim::endpoint::api, sim::answer_stall()); });
    const auto irc = core::parse_url(world->ircs_url()).value();
    const auto api = core::parse_url(world->https_url() + "/api-live/user/room/").value();
    auto stalled = spawn([](core::url to, net::tls_client tls_client) -> net::awaitable<void> {
        net::http_request request;
        request.to = std::move(to);
        auto response = co_await net::http_fetch(std::move(request), tls_client);
        EXPECT_FALSE(response);
    }(api, tls));
    run([](core::url to, net::tls_client tls_client,
           std::optional<sim::world>& running) -> net::awaitable<void> {
        auto stream = co_await net::connect_lines(std::move(to), tls_client, 5s);
        EXPECT_TRUE(stream);
        while (running->call([&running] { return running->tiktok().requests().empty(); })) {
            co_await sleep(5ms);
        }
        const auto start = std::chrono::steady_clock::now();
        running.reset();
        EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
        EXPECT_FALSE(co_await stream->read_line());
    }(irc, tls, world));
    EXPECT_TRUE(stalled->done());
}

}  // namespace
}  // namespace tiktok2twitch
