// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What the relay looks at once a second for the person who watches it: the row, losses, repeated log lines.

#include "app/clock.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

void relay_service::impl::each_second() {
    second.expires_after(std::chrono::seconds(1));
    second.async_wait([this](core::error_code error) {
        if (error || current == phase::over)
            return;
        tell_losses();
        tell_status();
        core::log_limits::poll();
        each_second();
    });
}

void relay_service::impl::tell_losses() {
    const auto now = steady_now();
    for (const auto& [names, id] : rooms.route_ids) {
        const auto name = "@" + names.first + " -> #" + names.second;
        for (const auto& line : losses.look(name, books.routes().at(id).ledger, now))
            log(line.level, "relay", name + ": " + line.text);
    }
}

// On a terminal a row that is always true; in a file or a journal a line now and then.
void relay_service::impl::tell_status() {
    const auto now = steady_now();
    const auto interval = settings.effective.status_interval;
    if (core::log_has_row())
        return core::log_row(status_row(facts()));
    if (interval == core::duration::zero() || now - status_told < interval ||
        !core::log_enabled(log_level::info))
        return;
    status_told = now;
    log(log_level::info, "relay", status_row(facts()));
}

}  // namespace tiktok2twitch::app
