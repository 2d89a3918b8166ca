// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What TikTok's moderators remove: what still waits is withdrawn, and the line of what was said is deleted
// on Twitch. The pipeline decides what is deleted and what is said again (relay::line_recall). On the egress
// loop.

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "tiktok2twitch/app/service/outbound.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/twitch/client/line_deleter.hpp"

namespace tiktok2twitch::app {

// Why a line is still there, as the report counts it. Pure.
std::string_view reason_of(twitch::deletion how) noexcept;

class deletions {
public:
    // `on_over`: a line is done with, or no line will be deleted any more.
    deletions(run_context& run, outbound& out, std::function<void()> on_over);

    // Not in a dry run. Notices go to `listener`.
    void start(twitch::api_tokens& tokens, twitch::account_listener& listener);

    void take(const std::string& tiktok, const tiktok::deletion& deletion);
    // A line was said; something on it may have been removed while it was on its way.
    void on_delivery(const twitch::delivery& delivery);
    // Somebody deleted a line on Twitch.
    void on_cleared(const twitch::cleared_line& line);
    void token_found() {
        if (deleter_)
            deleter_->token_found();
    }
    // The channel was renamed on Twitch: its account is looked up by that name.
    void channel_called(const std::string& channel, const std::string& called) {
        if (deleter_)
            deleter_->channel_called(channel, called);
    }
    // The end is near: see line_deleter::hurry().
    void hurry() {
        if (deleter_)
            deleter_->hurry();
    }
    // A line still waits for its deletion.
    bool busy() const;

private:
    void delete_lines(std::span<const relay::line_recall::order> lines);
    std::string_view delete_line(const relay::line_recall::order& line);
    void on_line_over(const relay::line_recall::order& line, twitch::deletion how);
    std::string_view reason_to_end() const noexcept;

    run_context& run_;
    outbound& out_;
    std::function<void()> on_over_;
    std::unique_ptr<twitch::line_deleter> deleter_;  // none in a dry run
    bool ended_ = false;                             // the deleter
};

}  // namespace tiktok2twitch::app
