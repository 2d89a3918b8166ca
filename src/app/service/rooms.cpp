// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <utility>

#include "app/clock.hpp"
#include "app/relay_service_impl.hpp"
#include "app/reload.hpp"
#include "app/room_words.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

log_level to_log(twitch::notice::severity severity) noexcept {
    switch (severity) {
        case twitch::notice::severity::debug:
            return log_level::debug;
        case twitch::notice::severity::info:
            return log_level::info;
        case twitch::notice::severity::warning:
            return log_level::warning;
        case twitch::notice::severity::error:
            return log_level::error;
    }
    return log_level::info;
}

}  // namespace

void relay_service::impl::before_line(const twitch::write_line& line) {
    save(books.on_line(line.tickets));
    files.flush();
}

void relay_service::impl::on_settled(const relay::settlement& settlement) {
    save(books.on_settled(settlement));
    files.flush();
    if (settlement.reason == pipeline::held_again)
        watch_clock();
    if (settings.on_settled)
        settings.on_settled(settlement);
}

void relay_service::impl::on_notice(const twitch::notice& notice) {
    // What stands in for Twitch in a dry run has nothing to tell.
    if (settings.dry_run && notice.level <= twitch::notice::severity::info)
        return;
    log(to_log(notice.level), notice.channel.empty() ? "twitch" : "twitch/#" + notice.channel, notice.text);
    if (notice.level != twitch::notice::severity::debug)
        listen_where_deaf();
    watch_login();
}

void relay_service::impl::on_doubt(const twitch::doubted_channel& doubted) {
    if (checker)
        checker->doubt(doubted);
}

void relay_service::impl::drain_intake() {
    queue.drain([this](intake_item item) { take(std::move(item)); });
    for (const auto& [index, name] : rooms.watched()) {
        collect_lost(index, reader->counts(index));
        reader->retry(index);
    }
    flush_account();
    watch_clock();
}

void relay_service::impl::push(pipeline::parts parts) {
    for (auto& part : parts)
        account->push(std::move(part), steady_now());
    save(books.take_marks());
}

// Written before anything that depends on it goes out: by before_line() at the latest.
void relay_service::impl::save(const std::vector<seen_mark>& marks) {
    files.mark(marks);
    files.note(books.take_notes(wall_now()));
    keep_held_soon();
}

// Streaks that end by silence, and messages whose hold is over, come without a frame from TikTok.
void relay_service::impl::watch_clock() {
    const auto at = books.deadline();
    if (current == phase::over || at == tick_at)
        return;
    tick_at = at;
    if (at == core::time_point::max()) {
        tick.cancel();
        return;
    }
    tick.expires_at(net::deadline_of(at));
    tick.async_wait([this](core::error_code error) {
        if (error)
            return;
        tick_at = core::time_point::max();
        push(books.poll(steady_now()));
        flush_account();
        watch_clock();
    });
}

void relay_service::impl::take(intake_item item) {
    const auto* name = rooms.name(item.room);
    if (name == nullptr)
        return;
    if (const auto* event = std::get_if<relay::event>(&item.what)) {
        note_message(*name, *event);
        push(books.on_event(*name, *event, steady_now()));
    } else if (const auto* ignored = std::get_if<ignored_message>(&item.what)) {
        const bool history = ignored->why == tiktok::ignore_reason::history;
        books.on_ignored(*name, history ? "history" : "duplicate");
        if (history)
            files.mark_history(*name, ignored->msg_id, ignored->created_at);
    } else if (const auto* alive = std::get_if<alive_mark>(&item.what)) {
        files.mark_alive(*name, alive->room_id, alive->at);
    } else if (const auto* deletion = std::get_if<tiktok::deletion>(&item.what)) {
        take_deletion(*name, *deletion);
    }
}

void relay_service::impl::collect_lost(room_index index, const feed_counts& totals) {
    const auto* name = rooms.name(index);
    if (name == nullptr)
        return;
    const auto fresh = rooms.new_losses(index, totals);
    for (std::size_t i = 0; i < relay::event_kinds; ++i) {
        const auto kind = static_cast<relay::event_kind>(i);
        if (const auto events = fresh[lost_events + i]; events > 0)
            books.on_lost(*name, kind, events);
        if (const auto frames = fresh[lost_parts + i]; frames > 0)
            books.on_parts_lost(*name, kind, frames);
    }
    if (fresh[lost_history] > 0)
        books.on_ignored(*name, "history", fresh[lost_history]);
    if (fresh[lost_duplicates] > 0)
        books.on_ignored(*name, "duplicate", fresh[lost_duplicates]);
    books.on_unread(*name, {fresh[unread_excess], fresh[unread_undecodable], 0, fresh[unread_oversized]});
    if (const auto removals = fresh[lost_deletions]; removals > 0) {
        books.on_deletions_lost(*name, removals);
        log(log_level::warning, "tiktok/@" + *name,
            core::count_text(removals, "removal") +
                " by TikTok's moderators came faster than the relay could take in; what was removed may be "
                "said");
    }
}

void relay_service::impl::on_room_state(room_index index, const tiktok::room_report& report) {
    const auto* name = rooms.name(index);
    if (name == nullptr)
        return;
    note_room(*name, report);
    for (const auto& line : room_tellers[*name].take(report, steady_now()))
        log(line.level, "tiktok/@" + *name, line.text);
    rooms.missing(index, report.missing_answers >= believed_missing);
    give_up_missing();
}

// With --once a name that TikTok does not know must not keep the relay for ever; but as long as another room
// is watched, it may still turn up.
void relay_service::impl::give_up_missing() {
    if (!settings.once || current != phase::running || !rooms.only_missing_left())
        return;
    for (const auto& [index, name] : rooms.watched())
        reader->remove(index);
}

void relay_service::impl::on_room_ended(room_index index, const ingest::room_end& end) {
    const auto reason = end.reason;
    collect_lost(index, end.counts);
    drain_intake();
    if (const auto* name = rooms.name(index))
        for (const auto& deletion : end.deletions)
            take_deletion(*name, deletion);
    // The journal stays open: what this room said is still settled, or sent, after its end.
    const bool broken = reason == make_error_code(boost::system::errc::state_not_recoverable);
    if (broken)
        result = exit_code::internal;
    rooms.ended(index, reason && !broken);
    start_rooms();
    give_up_missing();
    if (current == phase::stopping_rooms && reader->empty())
        return begin_drain(drain_limit);
    if (current != phase::running || !rooms.watched().empty() || rooms.route_ids.empty())
        return;
    // With --once only: the lives are over, or there is nobody to watch.
    if (rooms.all_hopeless()) {
        log(log_level::error, "relay",
            "none of the configured TikTok accounts can be watched: check the names under [[route]] or "
            "--tiktok");
        result = exit_code::config_error;
    }
    log(log_level::info, "relay", "nothing more to read; sending what still waits");
    // Nobody is in a hurry here: whatever waits is sent or expires.
    const auto& waits = settings.effective.twitch;
    begin_drain(std::max(waits.max_age, waits.gift_max_age) + drain_limit);
}

void relay_service::impl::add_route(const route_config& route) {
    const auto id = books.add_route(route.tiktok, route.channel,
                                    make_policy(settings.effective, route.tiktok, route.events));
    rooms.route_ids[{route.tiktok, route.channel}] = id;
    files.set_routes(route.tiktok, channels_of(route.tiktok));
    restore_moderation(route.channel);
    account->add_route(id, route.channel, steady_now());
    if (read_back && reads_everywhere())
        read_back->add_channel(route.channel);
    if (checker)
        checker->add_channel(route.channel);
    rooms.want(route.tiktok);
}

void relay_service::impl::remove_route(const route_config& route) {
    const auto found = rooms.route_ids.find({route.tiktok, route.channel});
    const auto id = found->second;
    rooms.route_ids.erase(found);
    account->remove_route(id, steady_now());
    const bool still_used =
        std::any_of(rooms.route_ids.begin(), rooms.route_ids.end(),
                    [&route](const auto& other) { return other.first.second == route.channel; });
    if (read_back && !still_used) {
        read_back->remove_channel(route.channel);
        deaf_channels.erase(route.channel);
    }
    if (checker && !still_used)
        checker->remove_channel(route.channel);
    books.remove_route(id);
    losses.forget("@" + route.tiktok + " -> #" + route.channel);
    save(books.take_marks());
    files.set_routes(route.tiktok, channels_of(route.tiktok));
    if (const auto index = rooms.unwant(route.tiktok)) {
        room_notes.erase(route.tiktok);
        room_tellers.erase(route.tiktok);
        reader->remove(*index);
    }
}

void relay_service::impl::start_rooms() {
    if (current != phase::running)
        return;
    for (const auto& [index, name] : rooms.startable()) {
        ingest::room_setup setup;
        setup.client.unique_id = name;
        setup.client.once = settings.once;
        setup.client.max_age = settings.effective.twitch.max_age;
        setup.client.seed = settings.seed + index;
        setup.tiktok = settings.effective.tiktok;
        setup.tls = tls;
        auto kept = files.open(name, channels_of(name), setup.memory);
        books.restore_done(name, std::move(kept.done));
        if (const auto old = books.restore_streaks(name, kept.streaks, steady_now(), wall_now()); old > 0)
            log(log_level::warning, "tiktok/@" + name,
                core::count_text(old, "gift streak") + " of an earlier run " +
                    (old == 1 ? "was not said and is" : "were not said and are") +
                    " too old now; counted as expired");
        save(books.take_marks());
        reader->add(index, std::move(setup));
    }
}

bool relay_service::impl::reload() {
    // Who says so wants to know, whatever becomes of the configuration.
    account->ask_now({}, steady_now());
    shell->wake();
    const auto loaded = settings.reload ? settings.reload() : std::nullopt;
    if (!loaded) {
        log(log_level::error, "relay", "reload refused; the configuration in force stays");
        return false;
    }
    for (const auto& key : keys_that_need_restart(settings.effective, *loaded))
        log(log_level::warning, "relay", "the changed " + key + " takes effect at the next start only");
    const auto changes = compare_routes(settings.effective.routes, loaded->routes);
    const auto old_token = settings.effective.twitch.token;
    settings.effective = merge_reloaded(settings.effective, *loaded);
    words_change.forget();
    for (const auto& channel : mods.set_options(settings.effective.commands, steady_now()))
        save_moderation(channel);
    if (read_back)
        read_back->listen_for(mods.command_word());
    account->update_options(account_options(), steady_now());
    if (!settings.effective.twitch.token_is_kept && settings.effective.twitch.token != old_token &&
        login.keeper)
        login.keeper->paste(settings.effective.twitch.token);
    for (const auto& channel : mods.channels())
        account->set_slow(channel, mods.of(channel).slow());
    for (const auto& route : changes.kept)
        books.replace_policy(rooms.route_ids.at({route.tiktok, route.channel}),
                             make_policy(settings.effective, route.tiktok, route.events));
    // Added first: a room or a channel that both the old and the new routes use is not left in between.
    for (const auto& route : changes.added)
        add_route(route);
    for (const auto& route : changes.removed)
        remove_route(route);
    for (const auto& channel : mods.channels())
        judge_again(channel);
    start_rooms();
    log(log_level::info, "relay",
        "configuration reloaded: " + core::count_text(changes.kept.size(), "route") + " kept, " +
            std::to_string(changes.added.size()) + " added, " + std::to_string(changes.removed.size()) +
            " removed");
    flush_account();
    return true;
}

// Sorted, whatever their order in the configuration.
std::vector<std::string> relay_service::impl::channels_of(const std::string& tiktok) const {
    std::vector<std::string> out;
    for (const auto& [route, id] : rooms.route_ids)
        if (route.first == tiktok)
            out.push_back(route.second);
    return out;
}

void relay_service::impl::flush_account() {
    files.flush();
    shell->deliver();
    shell->wake();
}

}  // namespace tiktok2twitch::app
