// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/rooms.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>
#include <variant>

#include <boost/asio/post.hpp>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

void room_table::want(const std::string& name) {
    ++wanted_[name];
}

std::optional<room_index> room_table::unwant(const std::string& name) {
    const auto found = wanted_.find(name);
    if (found == wanted_.end() || --found->second > 0)
        return std::nullopt;
    wanted_.erase(found);
    finished_.erase(name);  // wanted again later, it gets another chance
    for (const auto& [index, watched] : watched_)
        if (watched == name) {
            stopped_.insert(index);
            return index;
        }
    return std::nullopt;
}

std::vector<std::pair<room_index, std::string>> room_table::startable() {
    std::vector<std::pair<room_index, std::string>> rooms;
    for (const auto& [name, routes] : wanted_) {
        const bool running =
            std::any_of(watched_.begin(), watched_.end(),
                        [&wanted = name](const auto& entry) { return entry.second == wanted; });
        if (!running && !finished_.contains(name))
            rooms.emplace_back(next_++, name);
    }
    watched_.insert(rooms.begin(), rooms.end());
    return rooms;
}

void room_table::ended(room_index index, bool hopeless) {
    const auto found = watched_.find(index);
    if (found == watched_.end())
        return;
    // Stopped because no route wanted it: a later reload may have brought it back meanwhile.
    if (stopped_.erase(index) == 0 && wanted_.contains(found->second))
        finished_[found->second] = hopeless;
    watched_.erase(found);
    losses_.erase(index);
    missing_.erase(index);
}

void room_table::missing(room_index index, bool now_missing) {
    if (!now_missing)
        missing_.erase(index);
    else if (watched_.contains(index))
        missing_.insert(index);
}

bool room_table::only_missing_left() const noexcept {
    return !watched_.empty() && missing_.size() == watched_.size();
}

bool room_table::all_hopeless() const noexcept {
    return !finished_.empty() &&
           std::all_of(finished_.begin(), finished_.end(), [](const auto& entry) { return entry.second; });
}

const std::string* room_table::name(room_index index) const noexcept {
    const auto found = watched_.find(index);
    return found == watched_.end() ? nullptr : &found->second;
}

feed_counts room_table::new_losses(room_index index, const feed_counts& totals) {
    auto& known = losses_[index];
    feed_counts fresh{};
    for (std::size_t i = 0; i < feed_counters; ++i) {
        fresh[i] = totals[i] - std::min(totals[i], known[i]);
        known[i] += fresh[i];
    }
    return fresh;
}

rooms::rooms(run_context& run, outbound& out, deletions& removed, std::function<void()> on_end)
    : run_(run), out_(out), removed_(removed), on_end_(std::move(on_end)), queue_(intake_capacity, [this] {
          boost::asio::post(run_.loop, [this] { drain(); });
      }) {}

void rooms::open(std::shared_ptr<tiktok::recorder> recorder) {
    ingest::handlers callbacks;
    callbacks.on_state = [this](room_index index, const tiktok::room_report& report) {
        on_state(index, report);
    };
    callbacks.on_ended = [this](room_index index, const ingest::room_end& end) {
        on_ended(index, end);
    };
    reader_ = std::make_unique<ingest>(run_.loop.get_executor(), queue_, std::move(callbacks));
    reader_->record_with(std::move(recorder));
    if (run_.settings.reads_input)
        reader_->read_from(STDIN_FILENO);
}

void rooms::begin_input() {
    if (run_.settings.reads_input)
        reader_->begin_input();
}

void rooms::unwant(const std::string& tiktok) {
    const auto index = table_.unwant(tiktok);
    if (!index)
        return;
    news_.erase(tiktok);
    reader_->remove(*index);
}

void rooms::start() {
    if (!run_.running())
        return;
    for (const auto& [index, name] : table_.startable()) {
        ingest::room_setup setup;
        setup.client.unique_id = name;
        setup.client.once = run_.settings.once;
        setup.client.max_age = run_.effective().twitch.max_age;
        setup.client.seed = run_.settings.seed + index;
        setup.tiktok = run_.effective().tiktok;
        setup.tls = run_.tls;
        auto kept = out_.files().open(name, out_.channels_of(name), setup.memory);
        auto& pipe = out_.pipe();
        pipe.restore_done(name, std::move(kept.done));
        if (const auto old = pipe.restore_streaks(name, kept.streaks, net::now(), net::wall_now()); old > 0)
            log(log_level::warning, "tiktok/@" + name,
                core::count_text(old, "gift streak") + " of an earlier run " +
                    (old == 1 ? "was not said and is" : "were not said and are") +
                    " too old now; counted as expired");
        out_.save(pipe.take_marks());
        reader_->add(index, std::move(setup));
    }
}

void rooms::drain() {
    queue_.drain([this](intake_item item) { take(std::move(item)); });
    for (const auto& [index, name] : table_.watched()) {
        collect_lost(index, reader_->counts(index));
        reader_->retry(index);
    }
    out_.deliver();
    out_.watch_clock();
}

void rooms::take(intake_item item) {
    const auto* name = table_.name(item.room);
    if (name == nullptr)
        return;
    if (const auto* event = std::get_if<relay::event>(&item.what)) {
        if (const auto news = news_.find(*name); news != news_.end())
            news->second.on_event(*event, net::now());
        out_.push(out_.pipe().on_event(*name, *event, net::now()));
    } else if (const auto* ignored = std::get_if<ignored_message>(&item.what)) {
        const bool history = ignored->why == tiktok::ignore_reason::history;
        out_.pipe().on_ignored(*name, history ? "history" : "duplicate");
        if (history)
            out_.files().mark_history(*name, ignored->msg_id, ignored->created_at);
    } else if (const auto* alive = std::get_if<alive_mark>(&item.what)) {
        out_.files().mark_alive(*name, alive->room_id, alive->at);
    } else if (const auto* deletion = std::get_if<tiktok::deletion>(&item.what)) {
        removed_.take(*name, *deletion);
    }
}

void rooms::collect_lost(room_index index, const feed_counts& totals) {
    const auto* name = table_.name(index);
    if (name == nullptr)
        return;
    auto& pipe = out_.pipe();
    const auto fresh = table_.new_losses(index, totals);
    for (std::size_t i = 0; i < relay::event_kinds; ++i) {
        const auto kind = static_cast<relay::event_kind>(i);
        if (const auto events = fresh[lost_events + i]; events > 0)
            pipe.on_lost(*name, kind, events);
        if (const auto frames = fresh[lost_parts + i]; frames > 0)
            pipe.on_parts_lost(*name, kind, frames);
    }
    if (fresh[lost_history] > 0)
        pipe.on_ignored(*name, "history", fresh[lost_history]);
    if (fresh[lost_duplicates] > 0)
        pipe.on_ignored(*name, "duplicate", fresh[lost_duplicates]);
    pipe.on_unread(*name, {fresh[unread_excess], fresh[unread_undecodable], 0, fresh[unread_oversized]});
    if (const auto removals = fresh[lost_deletions]; removals > 0) {
        pipe.on_deletions_lost(*name, removals);
        log(log_level::warning, "tiktok/@" + *name,
            core::count_text(removals, "removal") +
                " by TikTok's moderators came faster than the relay could take in; what was removed may be "
                "said");
    }
}

void rooms::on_state(room_index index, const tiktok::room_report& report) {
    const auto* name = table_.name(index);
    if (name == nullptr)
        return;
    for (const auto& line : news_[*name].take(report, net::now()))
        log(line.level, "tiktok/@" + *name, line.text);
    table_.missing(index, report.missing_answers >= believed_missing);
    give_up_missing();
}

// With --once a name that TikTok does not know must not keep the relay for ever; but as long as another room
// is watched, it may still turn up.
void rooms::give_up_missing() {
    if (!run_.settings.once || !run_.running() || !table_.only_missing_left())
        return;
    for (const auto& [index, name] : table_.watched())
        reader_->remove(index);
}

void rooms::on_ended(room_index index, const ingest::room_end& end) {
    collect_lost(index, end.counts);
    drain();
    if (const auto* name = table_.name(index))
        for (const auto& deletion : end.deletions)
            removed_.take(*name, deletion);
    // The journal stays open: what this room said is still settled, or sent, after its end.
    const bool broken = end.reason == make_error_code(boost::system::errc::state_not_recoverable);
    if (broken)
        run_.result = exit_code::internal;
    table_.ended(index, end.reason && !broken);
    start();
    give_up_missing();
    on_end_();
}

std::vector<room_facts> rooms::facts(core::time_point now) const {
    std::vector<room_facts> out;
    for (const auto& [tiktok, news] : news_) {
        auto room = news.facts(now);
        room.tiktok = tiktok;
        room.door = door_of(tiktok);
        out.push_back(std::move(room));
    }
    return out;
}

std::string rooms::door_of(const std::string& tiktok) const {
    for (const auto& [index, name] : table_.watched())
        if (const auto door = name == tiktok ? reader_->door(index) : std::nullopt)
            return std::string(name_of(*door));
    return {};
}

}  // namespace tiktok2twitch::app
