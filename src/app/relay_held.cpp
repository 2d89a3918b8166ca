// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What waits for a moderator: over restarts, in chat, and for 'tiktok2twitch held', 'approve' and 'deny'.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "app/clock.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

// A flood of held messages is written once a second, not once a message.
constexpr auto write_interval = std::chrono::seconds(1);

std::string messages(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " held message" : " held messages");
}

}  // namespace

void relay_service::impl::restore_held() {
    if (settings.dry_run)
        return;
    const auto kept = holds.open(settings.state_dir, settings.effective.twitch.login, *files.worker());
    const auto found = books.restore_held(kept, steady_now(), wall_now());
    if (found.held > 0)
        log(log_level::info, "relay", messages(found.held) + " of an earlier run still waiting");
    if (found.too_late > 0)
        log(log_level::warning, "relay",
            messages(found.too_late) + " of an earlier run waited too long; not said, and counted");
    if (found.without_route > 0)
        log(log_level::warning, "relay",
            messages(found.without_route) + " of routes that are no longer configured; not said");
    for (const auto& channel : mods.channels())
        judge_again(channel);
    if (!kept.held.empty())
        keep_held(false);
    flush_account();
}

// What is written is marked as seen only then: what a crash loses, the room's history may bring again.
void relay_service::impl::keep_held(bool last) {
    if (settings.dry_run || current == phase::over)
        return;
    if (books.last_number() == 0)
        return;  // nothing was ever held
    auto kept = books.held_for_later(steady_now(), wall_now(), last);
    if (!holds.write(kept, books.held_revision(), last))
        return;
    books.mark_kept(kept);
    files.mark(books.take_marks());
    files.note(books.take_notes(wall_now()));
    files.flush();
    if (last && !kept.held.empty())
        log(log_level::info, "relay", messages(kept.held.size()) + " kept for the next start");
}

void relay_service::impl::keep_held_soon() {
    if (holds.at_once(books.last_number()))
        return keep_held(false);
    if (keeps_soon || !holds.is_due(books.held_revision()))
        return;
    keeps_soon = true;
    keep_timer.expires_after(write_interval);
    keep_timer.async_wait([this](core::error_code error) {
        keeps_soon = false;
        if (!error && holds.is_due(books.held_revision()))
            keep_held(false);
    });
}

// The least important of all: where anything else waits, or half the budget is used, it can wait, too.
void relay_service::impl::announce_held() {
    const auto& word = mods.command_word();
    if (settings.dry_run || word.empty() || !settings.effective.commands.announce_held)
        return;
    const auto now = steady_now();
    const auto budget = account->budget(now);
    bool said = false;
    for (const auto& channel : account->channels(now)) {
        const auto waiting = books.undecided(channel.channel);
        auto& announcer = announcers[channel.channel];
        const auto& bucket = channel.high_tier ? budget.moderator : budget.normal;
        if (waiting.empty() || !announcer.has_news(std::ranges::max(waiting)) ||
            now < announcer.not_before() || channel.state != twitch::channel_state::ready ||
            channel.waiting + channel.in_flight > 0 || bucket.used * 2 > bucket.limit)
            continue;
        std::vector<announced> list;
        for (auto& message : books.held_messages(now, channel.channel))
            list.push_back({message.number, std::move(message.name)});
        if (auto line = announcer.line(list, now, word))
            account->answer(channel.channel, *std::move(line), now);
        said = true;
    }
    if (said)
        flush_account();
}

std::string relay_service::impl::held_json() const {
    auto list = nlohmann::ordered_json::array();
    for (const auto& message : books.held_messages(steady_now())) {
        const auto& route = books.routes().at(message.route);
        list.push_back(
            {{"id", message.number},
             {"tiktok", route.tiktok},
             {"channel", route.channel},
             {"kind", relay::name_of(message.kind)},
             {"user", message.author},
             {"line", message.line},
             {"reason", message.reason},
             {"seconds_left", std::chrono::duration_cast<std::chrono::seconds>(message.left).count()}});
    }
    const nlohmann::ordered_json out = {{"version", 1}, {"held", std::move(list)}};
    return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

control::answer relay_service::impl::decide(const control::request& request) {
    if (current != phase::running)
        return {static_cast<int>(exit_code::try_again), "the relay is ending; what is held is kept"};
    const auto channel = books.channel_of_held(request.id);
    if (!channel) {
        std::string held_now;
        for (const auto& message : books.held_messages(steady_now()))
            held_now += (held_now.empty() ? "" : ", ") + std::to_string(message.number);
        return {static_cast<int>(exit_code::usage),
                "number " + std::to_string(request.id) + " is not held; " +
                    (held_now.empty() ? "nothing is" : "held: " + held_now)};
    }
    const bool approves = request.what == control::verb::approve;
    auto text = approves ? approve(*channel, request.id) : deny(*channel, request.id);
    log(log_level::info, "twitch/#" + *channel,
        "by 'tiktok2twitch " + std::string(control::name_of(request.what)) + " " +
            std::to_string(request.id) + "': " + text);
    save(books.take_marks());
    flush_account();
    return {static_cast<int>(exit_code::ok), std::move(text)};
}

}  // namespace tiktok2twitch::app
