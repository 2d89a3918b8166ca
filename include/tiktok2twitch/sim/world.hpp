// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// All servers with their own thread, certificate authority and temporary directory. All members may be
// called from any thread but the world's own.

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <type_traits>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/sim/helix/server.hpp"
#include "tiktok2twitch/sim/login/server.hpp"
#include "tiktok2twitch/sim/script.hpp"
#include "tiktok2twitch/sim/tiktok/server.hpp"
#include "tiktok2twitch/sim/twitch/server.hpp"

namespace tiktok2twitch::sim {

struct world_settings {
    tiktok_settings tiktok;
    twitch_settings twitch;
    twitch_limits limits;
    auth_settings auth;
};

class world {
public:
    // Throws boost::system::system_error when the servers cannot be set up.
    explicit world(const world_settings& settings = {});
    world(const world&) = delete;
    world& operator=(const world&) = delete;
    ~world();  // closes every connection and joins the thread

    // The application that tokens of twitch_rules::add_account() belong to; they have every scope.
    static constexpr std::string_view any_client = "anyclient";

    // Only inside call(), or before anything else uses them.
    tiktok_server& tiktok() noexcept;
    twitch_server& twitch() noexcept;
    auth_server& auth() noexcept;
    helix_server& helix() noexcept;  // shares twitch()'s accounts, channels and limits

    const std::string& ca_file() const noexcept;  // PEM, in the temporary directory
    const std::string& directory() const noexcept;
    std::string https_url() const;  // web_url and webcast_url
    std::string wss_url() const;
    std::string ircs_url() const;
    std::string auth_url() const;
    std::string helix_url() const;

    // Runs `function()` on the world's loop, waits for it and returns its result; exceptions come through.
    template <class Function>
    auto call(Function function) -> std::invoke_result_t<Function&>;

    // Waits until `predicate()`, evaluated on the world's loop, is true. It is looked at after each change
    // in the world, and now and then for what changes outside of it. False when the time is over.
    bool wait_for(const std::function<bool()>& predicate, core::duration timeout = std::chrono::seconds(10));

    // Runs a script from now on; `on_step` is called on the world's loop before each step.
    void play(script steps, std::function<void(const script_step&)> on_step = {});
    bool script_finished();

private:
    struct impl;
    net::asio::any_io_executor executor() const noexcept;

    std::unique_ptr<impl> impl_;
};

template <class Function>
auto world::call(Function function) -> std::invoke_result_t<Function&> {
    using result_type = std::invoke_result_t<Function&>;
    std::packaged_task<result_type()> task(std::move(function));
    std::future<result_type> done = task.get_future();
    net::asio::post(executor(), [task = std::move(task)]() mutable { task(); });
    return done.get();
}

}  // namespace tiktok2twitch::sim
