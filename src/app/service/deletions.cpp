// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What TikTok's moderators remove: what still waits is withdrawn, and the line of what was said is deleted on
// Twitch. What is deleted and what is said again decides pipeline (relay::line_recall).

#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <map>
#include <utility>

#include "app/clock.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/words.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

// Why a line is still there.
std::string_view reason_of(twitch::deletion how) noexcept {
    switch (how) {
        case twitch::deletion::gone:
            return "line_gone";
        case twitch::deletion::not_allowed:
        case twitch::deletion::immune:
            return "deletion_refused";
        case twitch::deletion::no_scope:
            return "scope_missing";
        case twitch::deletion::no_token:
            return "login_needed";
        case twitch::deletion::unauthorized:
            return "deletion_unauthorized";
        case twitch::deletion::no_channel:
            return "channel_not_found";
        case twitch::deletion::deleted:
        case twitch::deletion::rate_limited:
        case twitch::deletion::failed:
            break;
    }
    return "deletion_failed";
}

}  // namespace

void relay_service::impl::start_deleter() {
    if (settings.dry_run)
        return;
    twitch::line_deleter_options options;
    options.api_url = settings.effective.helix_url;
    options.allow_custom_host = settings.effective.allow_custom_host;
    options.give_up_after = relay::line_recall::forgotten_after;
    deletions.deleter = std::make_unique<twitch::line_deleter>(
        loop.get_executor(), std::move(options), tls, login.api_tokens,
        [this](const twitch::notice& notice) { on_notice(notice); },
        [this](const std::string& channel, const std::string& line_id, twitch::deletion how) {
            on_deletion_over({channel, line_id}, how);
        });
    auto work = deletions.deleter->run();
    ++beside;
    auto ended = [this](std::exception_ptr exception, core::error_code reason) {
        ended_beside();
        if (exception)
            std::rethrow_exception(exception);
        deletions.ended = true;
        if (reason && reason != asio::error::operation_aborted)
            log(log_level::error, "twitch", "no line can be deleted: " + core::explain(reason));
        books.lines().give_up(current == phase::running ? "deletion_failed" : "shutdown");
        continue_drain();
    };
    asio::co_spawn(loop, std::move(work),
                   asio::bind_cancellation_slot(deletions.stop.slot(), std::move(ended)));
}

void relay_service::impl::take_deletion(const std::string& tiktok, const tiktok::deletion& deletion) {
    books.forget_streaks(tiktok, deletion.user_ids, steady_now());
    const auto removed = books.remove(tiktok, deletion.msg_ids, deletion.user_ids);
    if (!removed.empty()) {
        const auto waits = [&removed](relay::event_ticket ticket) {
            return removed.contains(ticket);
        };
        account->withdraw(waits, "deleted_on_tiktok", steady_now());
        books.withdraw_held(removed, "deleted_on_tiktok");
    }
    save(books.take_marks());
    delete_lines(books.recall(tiktok, deletion.msg_ids, deletion.user_ids, steady_now()));
}

void relay_service::impl::on_delivery(const twitch::delivery& delivery) {
    if (read_back && settings.effective.twitch.read_back)
        read_back->on_confirmed(delivery.channel, delivery.line_id);
    // Removed while the line was on its way.
    if (auto line = books.on_said(delivery.channel, delivery.line_id, delivery.tickets, steady_now()))
        delete_lines(std::array{*std::move(line)});
}

void relay_service::impl::on_cleared(const twitch::cleared_line& line) {
    const relay::line_recall::order where{line.channel, line.line_id};
    if (deletions.deleter && deletions.deleter->forget(line.channel, line.line_id))
        books.lines().on_kept(where, reason_of(twitch::deletion::gone), steady_now());
    books.lines().on_cleared(where);
}

void relay_service::impl::delete_lines(std::span<const relay::line_recall::order> lines) {
    std::map<std::string, std::size_t> counts;
    for (const auto& line : lines) {
        ++counts[line.channel];
        log(log_level::debug, "twitch/#" + line.channel,
            "line " + line.line_id + " carries a removed message");
        if (const auto reason = delete_line(line); !reason.empty())
            books.lines().on_kept(line, reason, steady_now());
    }
    for (const auto& [channel, count] : counts)
        log(log_level::info, "twitch/#" + channel,
            "TikTok's moderators removed what has been said here, in " + core::count_text(count, "line") +
                (settings.effective.delete_lines ? "." : "; twitch.delete_lines is off."));
}

// Empty, or why nobody will try.
std::string_view relay_service::impl::delete_line(const relay::line_recall::order& line) {
    if (settings.dry_run)
        return "dry_run";
    if (!settings.effective.delete_lines)
        return "delete_lines_off";
    if (deletions.ended)
        return current == phase::running ? "deletion_failed" : "shutdown";
    switch (deletions.deleter->push(line.channel, line.line_id)) {
        case twitch::line_deleter::answer::taken:
            return {};
        case twitch::line_deleter::answer::no_id:
            return "line_without_id";
        case twitch::line_deleter::answer::queue_full:
            break;
    }
    return "too_many_deletions";
}

void relay_service::impl::on_deletion_over(const relay::line_recall::order& line, twitch::deletion how) {
    if (how == twitch::deletion::deleted) {
        auto again = books.on_line_deleted(line, steady_now());
        log(log_level::debug, "twitch/#" + line.channel,
            "line " + line.line_id + " is deleted; of it said again: " + std::to_string(again.size()));
        push(std::move(again));
        if (current == phase::draining)  // nobody decides any more about what is held
            push(books.finish(steady_now(), !stop_requested));
        flush_account();
        watch_clock();
    } else {
        books.lines().on_kept(line, reason_of(how), steady_now());
    }
    continue_drain();
}

bool relay_service::impl::deleting() const {
    return deletions.deleter && !deletions.ended && deletions.deleter->waiting() > 0;
}

}  // namespace tiktok2twitch::app
