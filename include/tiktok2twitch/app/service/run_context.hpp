// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "tiktok2twitch/app/service/relay_service.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::app {

// In this order; a relay whose rooms have ended by themselves goes on with draining.
enum class run_phase : std::uint8_t { running, stopping_rooms, draining, over };

// What every part of a running relay may look at. Only relay_service changes it, on the egress loop.
struct run_context {
    relay_settings settings;  // `effective` changes with a reload
    boost::asio::any_io_executor loop{};
    net::tls_client tls{};
    run_phase phase = run_phase::running;
    bool stop_requested = false;

    const config& effective() const noexcept { return settings.effective; }
    bool running() const noexcept { return phase == run_phase::running; }
};

}  // namespace tiktok2twitch::app
