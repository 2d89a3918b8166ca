// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/replay.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "tiktok/live_story.hpp"
#include "tiktok2twitch/app/report.hpp"
#include "tiktok2twitch/app/route_policy.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/tiktok/message_memory.hpp"
#include "tiktok2twitch/tiktok/ways/recorded_session.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"
#include "tiktok2twitch/twitch/dry_server.hpp"

namespace tiktok2twitch::app {
namespace {

using say_line = std::function<void(core::duration, std::string_view)>;

// Somewhere away from the epoch, so that "long ago" can be expressed.
constexpr core::time_point virtual_start{std::chrono::hours(1000)};
// The frames do not say which room they came from; a recording is of one.
constexpr std::int64_t recorded_room = 1;

twitch::options account_options(const replay_settings& settings) {
    auto options = settings.effective.twitch;
    if (options.login.empty())
        options.login = "replay";
    if (settings.paced)
        return options;
    options.limit_normal = options.limit_moderator = {1'000'000'000, std::chrono::seconds(1)};
    options.spacing_normal = options.spacing_moderator = {};
    options.max_age = std::chrono::hours(1000);
    options.backlog = 10'000'000;
    options.pack = false;
    return options;
}

twitch::dry_role role_in(const replay_settings& settings) {
    return settings.paced ? twitch::dry_role::ordinary : twitch::dry_role::moderator;
}

class player {
public:
    player(const replay_settings& settings, const say_line& say)
        : account_(account_options(settings), {}, false, virtual_start, 1),
          shell_(account_, twitch::dry_server("replay", role_in(settings)),
                 [this, &say](const twitch::write_line& line) { say(now_ - virtual_start, line.text); }),
          room_(settings.room) {
        const auto route = pipeline_.add_route(room_, "replay", make_policy(settings.effective, room_));
        pipeline_.set_explainer(settings.explain);
        account_.add_route(route, "replay", virtual_start);
        shell_.connect(virtual_start);
        run_until(virtual_start);
    }

    // In the order of the live relay (src/tiktok/client/room_client.cpp).
    void take(const tiktok::decoded_batch& batch, core::time_point now) {
        // It would have closed the connection that brought the end: only the next one shows a live again.
        over_ = over_ && !batch.opening;
        if (!over_)
            tell(live_.on_heard(recorded_room), now);
        for (const auto& [event, history] : batch.events)
            judge(event, history, now);
        for (const auto& deletion : batch.deletions)
            sender_.remove(room_, deletion, now_);
        pipeline_.on_unread(room_, batch.unread);
        if (batch.change && !over_) {
            const auto state = tiktok::state_after(*batch.change);
            over_ = state == tiktok::room_state::ended;
            tell(live_.on_state(state), now);
        }
        settle();
    }

    // Everything that the pipeline and the account want to do up to `end`.
    void run_until(core::time_point end) {
        for (auto at = pipeline_.deadline(); at <= end; at = pipeline_.deadline()) {
            run_account(at);
            sender_.push(pipeline_.poll(at), now_);
        }
        run_account(end);
    }

    void finish(core::duration limit) {
        sender_.push(pipeline_.finish(now_, true), now_);
        account_.drain(now_ + limit, now_);
        run_account(now_ + limit + std::chrono::seconds(10));
    }

    const egress::pipeline& books() const noexcept { return pipeline_; }
    egress::route_progress progress(relay::route_id route) const { return sender_.progress(route); }

private:
    void judge(const relay::event& event, bool history, core::time_point now) {
        using verdict = tiktok::message_memory::verdict;
        const auto found = memory_.judge(event.msg_id, event.created_at, history, event.kind);
        if (found == verdict::fresh)
            sender_.push(pipeline_.on_event(room_, event, now), now_);
        else
            pipeline_.on_ignored(room_, found == verdict::history ? "history" : "duplicate", event);
    }

    void tell(std::optional<relay::event_kind> news, core::time_point now) {
        if (!news)
            return;
        auto event = tiktok::live_event(*news, room_);
        event.received_at = now;
        sender_.push(pipeline_.on_event(room_, event, now), now_);
    }

    void run_account(core::time_point end) {
        for (;;) {
            const auto next = account_.next(now_);
            const auto* wait = std::get_if<twitch::wait_until>(&next);
            const bool over = wait != nullptr ? wait->at > end : !shell_.obey(next, now_);
            if (over || wait != nullptr)
                settle();
            if (over)
                break;
            if (wait != nullptr)
                now_ = std::max(now_ + std::chrono::microseconds(1), wait->at);
        }
        now_ = std::max(now_, end);
    }

    void settle() {
        for (const auto& settlement : account_.take_settlements())
            pipeline_.on_settled(settlement);
        account_.take_notices();
    }

    core::time_point now_ = virtual_start;
    twitch::account account_;
    twitch::dry_shell shell_;
    std::string room_;
    tiktok::message_memory memory_;
    tiktok::live_story live_{0};
    bool over_ = false;
    egress::pipeline pipeline_;
    egress::sender sender_{pipeline_, account_};
};

}  // namespace

replay_result run_replay(const replay_settings& settings, const std::vector<tiktok::recorded_frame>& frames,
                         const say_line& say) {
    player relay(settings, say);
    tiktok::recorded_session session;
    for (const auto& recorded : frames) {
        const auto now = virtual_start + std::chrono::milliseconds(recorded.t);
        relay.run_until(now);
        relay.take(session.read(recorded, now), now);
    }
    relay.finish(settings.effective.twitch.max_age);
    const auto progress = [&relay](relay::route_id route) {
        return relay.progress(route);
    };
    return {report_json(relay.books(), progress, true), summary_text(relay.books(), progress),
            session.counts()};
}

}  // namespace tiktok2twitch::app
