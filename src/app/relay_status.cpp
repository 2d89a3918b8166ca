// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The part of the relay that answers questions.

#include "app/clock.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"

namespace tiktok2twitch::app {

void relay_service::impl::open_status_socket() {
    if (settings.dry_run)
        return;
    const auto path = status_socket_path(settings.state_dir, settings.effective.twitch.login);
    if (const auto failed = status_requests.open(path, [this] { return status(); }))
        core::log(core::log_level::warning, "state",
                  "'tiktok2twitch status' will not reach this relay: " + path + ": " + failed.message() +
                      ". Choose another --state-dir (a short path on a local disk).");
}

std::string relay_service::impl::status() const {
    const auto now = steady_now();
    status_facts facts;
    facts.phase = current == phase::running ? "running" : "stopping";
    facts.uptime = now - started;
    for (const auto& [tiktok, note] : room_notes)
        facts.rooms.push_back({tiktok, note.text, now - note.since});
    facts.login = account->login();
    facts.online = account->online();
    facts.problem = login.problem;
    facts.what_to_do = login.sentence;
    facts.budget = account->budget(now);
    facts.channels = account->channels(now);
    return status_json(facts, books, [this](relay::route_id route) { return progress(route); });
}

}  // namespace tiktok2twitch::app
