// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/deletions.hpp"

#include <array>
#include <map>
#include <utility>

#include <boost/asio/error.hpp>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

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

deletions::deletions(run_context& run, outbound& out, std::function<void()> on_over)
    : run_(run), out_(out), on_over_(std::move(on_over)) {}

void deletions::start(twitch::api_tokens& tokens, twitch::account_listener& listener) {
    if (run_.settings.dry_run)
        return;
    twitch::line_deleter_options options;
    options.api_url = run_.effective().helix_url;
    options.allow_custom_host = run_.effective().allow_custom_host;
    options.give_up_after = relay::line_recall::forgotten_after;
    deleter_ = std::make_unique<twitch::line_deleter>(
        run_.loop.get_executor(), std::move(options), run_.tls, tokens,
        [&listener](const twitch::notice& notice) { listener.on_notice(notice); },
        [this](const std::string& channel, const std::string& line_id, twitch::deletion how) {
            on_line_over({channel, line_id}, how);
        });
    run_.start_beside(deleter_->run(), [this](core::error_code reason) {
        ended_ = true;
        if (reason && reason != boost::asio::error::operation_aborted)
            log(log_level::error, "twitch", "no line can be deleted: " + core::explain(reason));
        out_.pipe().lines().give_up(reason_to_end());
        on_over_();
    });
}

void deletions::take(const std::string& tiktok, const tiktok::deletion& deletion) {
    delete_lines(out_.remove(tiktok, deletion));
}

void deletions::on_delivery(const twitch::delivery& delivery) {
    auto line = out_.pipe().on_said(delivery.channel, delivery.line_id, delivery.tickets, net::now());
    if (line)
        delete_lines(std::array{*std::move(line)});
}

void deletions::on_cleared(const twitch::cleared_line& line) {
    auto& said = out_.pipe().lines();
    const relay::line_recall::order where{line.channel, line.line_id};
    if (deleter_ && deleter_->forget(line.channel, line.line_id))
        said.on_kept(where, reason_of(twitch::deletion::gone), net::now());
    said.on_cleared(where);
}

bool deletions::busy() const {
    return deleter_ && !ended_ && deleter_->waiting() > 0;
}

void deletions::delete_lines(std::span<const relay::line_recall::order> lines) {
    std::map<std::string, std::size_t> counts;
    for (const auto& line : lines) {
        ++counts[line.channel];
        log(log_level::debug, "twitch/#" + line.channel,
            "line " + line.line_id + " carries a removed message");
        if (const auto reason = delete_line(line); !reason.empty())
            out_.pipe().lines().on_kept(line, reason, net::now());
    }
    for (const auto& [channel, count] : counts)
        log(log_level::info, "twitch/#" + channel,
            "TikTok's moderators removed what has been said here, in " + core::count_text(count, "line") +
                (run_.effective().delete_lines ? "." : "; twitch.delete_lines is off."));
}

// Empty, or why nobody will try.
std::string_view deletions::delete_line(const relay::line_recall::order& line) {
    if (run_.settings.dry_run)
        return "dry_run";
    if (!run_.effective().delete_lines)
        return "delete_lines_off";
    if (ended_)
        return reason_to_end();
    switch (deleter_->push(line.channel, line.line_id)) {
        case twitch::line_deleter::answer::taken:
            return {};
        case twitch::line_deleter::answer::no_id:
            return "line_without_id";
        case twitch::line_deleter::answer::queue_full:
            break;
    }
    return "too_many_deletions";
}

void deletions::on_line_over(const relay::line_recall::order& line, twitch::deletion how) {
    auto& pipe = out_.pipe();
    if (how == twitch::deletion::deleted) {
        auto again = pipe.on_line_deleted(line, net::now());
        log(log_level::debug, "twitch/#" + line.channel,
            "line " + line.line_id + " is deleted; of it said again: " + std::to_string(again.size()));
        out_.push(std::move(again));
        if (run_.phase == run_phase::draining)  // nobody decides any more about what is held
            out_.push(pipe.finish(net::now(), !run_.stop_requested));
        out_.deliver();
        out_.watch_clock();
    } else {
        pipe.lines().on_kept(line, reason_of(how), net::now());
    }
    on_over_();
}

std::string_view deletions::reason_to_end() const noexcept {
    return run_.running() ? "deletion_failed" : "shutdown";
}

}  // namespace tiktok2twitch::app
