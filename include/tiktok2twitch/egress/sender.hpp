// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the pipeline decides, done to the Twitch account: the live relay, dry runs, the demo and replays move
// it through here. Pure; both must outlive it. What the account settles goes to pipeline::on_settled().

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/relay/line_recall.hpp"
#include "tiktok2twitch/tiktok/webcast_session.hpp"
#include "tiktok2twitch/twitch/account.hpp"

namespace tiktok2twitch::egress {

// How far the account is with a route.
struct route_progress {
    std::uint64_t pending = 0;  // with what is held; without what is said again
    std::uint64_t lines_sent = 0;
    std::uint64_t lines_accepted = 0;
};

class sender {
public:
    sender(pipeline& decisions, twitch::account& account) : pipeline_(decisions), account_(account) {}

    void push(parts said, core::time_point now);
    // Judges again what is under way to the channel, by the rules in force now.
    void judge_again(const std::string& channel, core::time_point now);
    // TikTok's moderators removed this: takes back what waits. The lines to delete, of what was said.
    std::vector<relay::line_recall::order> remove(const std::string& tiktok, const tiktok::deletion& what,
                                                  core::time_point now);
    route_progress progress(relay::route_id route) const;

private:
    void withdraw(const ticket_set& tickets, std::string_view reason, core::time_point now);

    pipeline& pipeline_;
    twitch::account& account_;
};

}  // namespace tiktok2twitch::egress
