// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/replay.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "tiktok/live_story.hpp"
#include "tiktok2twitch/app/pipeline.hpp"
#include "tiktok2twitch/app/report.hpp"
#include "tiktok2twitch/tiktok/message_memory.hpp"
#include "tiktok2twitch/tiktok/ways/recorded_session.hpp"
#include "tiktok2twitch/twitch/account.hpp"
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

class player {
public:
    player(const replay_settings& settings, const say_line& say)
        : say_(say),
          explain_(settings.explain),
          channel_("replay"),
          account_(account_options(settings), {}, false, virtual_start, 1),
          server_("replay", settings.paced ? twitch::dry_role::ordinary : twitch::dry_role::moderator) {
        route_ = books_.add_route(settings.room, channel_, make_policy(settings.effective, settings.room));
        books_.set_explainer(explain_);
        account_.add_route(route_, channel_, virtual_start);
        account_.on_connecting(virtual_start);
        account_.on_connected(virtual_start);
        run_until(virtual_start);
    }

    // In the order of the live relay (src/tiktok/client/room_client.cpp).
    void take(const tiktok::decoded_batch& batch, core::time_point now) {
        // It would have closed the connection that brought the end: only the next one shows a live again.
        over_ = over_ && !batch.opening;
        if (!over_)
            tell(live_.on_heard(recorded_room), now);
        for (const auto& decoded : batch.events) {
            const auto verdict = memory_.judge(decoded.what.msg_id, decoded.what.created_at, decoded.history,
                                               decoded.what.kind);
            if (verdict == tiktok::message_memory::verdict::fresh) {
                push(books_.on_event(room(), decoded.what, now));
            } else {
                const bool history = verdict == tiktok::message_memory::verdict::history;
                books_.on_ignored(room(), history ? "history" : "duplicate");
                if (explain_)
                    explain_(decoded.what,
                             {route_, judgement::kind::ignored, history ? "history" : "duplicate", {}, {}});
            }
        }
        for (const auto& deletion : batch.deletions)
            withdraw(deletion);
        books_.on_unread(room(), batch.unread);
        if (batch.change && !over_) {
            const auto state = tiktok::state_after(*batch.change);
            over_ = state == tiktok::room_state::ended;
            tell(live_.on_state(state), now);
        }
        book();
    }

    // Everything that the books and the account want to do up to `end`.
    void run_until(core::time_point end) {
        for (auto at = books_.deadline(); at <= end; at = books_.deadline()) {
            run_account(at);
            push(books_.poll(at));
        }
        run_account(end);
    }

    void finish(core::duration limit) {
        push(books_.finish(now_, true));
        account_.drain(now_ + limit, now_);
        run_account(now_ + limit + std::chrono::seconds(10));
    }

    const pipeline& books() const noexcept { return books_; }
    route_progress progress(relay::route_id route) const {
        return {account_.pending(route) + books_.held(route), account_.lines_sent(route),
                account_.lines_accepted(route)};
    }

private:
    const std::string& room() const { return books_.routes().at(route_).tiktok; }

    void tell(std::optional<relay::event_kind> news, core::time_point now) {
        if (!news)
            return;
        auto event = tiktok::live_event(*news, room());
        event.received_at = now;
        push(books_.on_event(room(), event, now));
    }

    void push(pipeline::parts parts) {
        for (auto& part : parts)
            account_.push(std::move(part), now_);
    }

    void withdraw(const tiktok::deletion& deletion) {
        books_.forget_streaks(room(), deletion.user_ids, now_);
        const auto removed = books_.remove(room(), deletion.msg_ids, deletion.user_ids);
        const auto listed = [&removed](relay::event_ticket ticket) {
            return removed.contains(ticket);
        };
        account_.withdraw(listed, "deleted_on_tiktok", now_);
        books_.withdraw_held(removed, "deleted_on_tiktok");
    }

    void run_account(core::time_point end) {
        for (;;) {
            const auto next = account_.next(now_);
            if (const auto* wait = std::get_if<twitch::wait_until>(&next)) {
                book();
                if (wait->at > end)
                    break;
                now_ = std::max(now_ + std::chrono::microseconds(1), wait->at);
            } else if (!obey(next)) {
                break;
            }
        }
        now_ = std::max(now_, end);
    }

    // False: the account has closed the connection.
    bool obey(const twitch::step& next) {
        if (const auto* bytes = std::get_if<twitch::write_bytes>(&next)) {
            for (const auto& line : server_.answer(bytes->bytes))
                account_.on_line(line, now_);
        } else if (const auto* line = std::get_if<twitch::write_line>(&next)) {
            say_(now_ - virtual_start, line->text);
            account_.on_written(now_);
            account_.on_line(server_.accept(line->channel), now_);
        } else if (const auto* close = std::get_if<twitch::close_connection>(&next)) {
            account_.on_disconnected(close->reason, now_);
            book();
            return false;
        }
        return true;
    }

    void book() {
        for (const auto& settlement : account_.take_settlements())
            books_.on_settled(settlement);
        account_.take_notices();
    }

    const say_line& say_;
    pipeline::explainer explain_;
    std::string channel_;
    core::time_point now_ = virtual_start;
    twitch::account account_;
    twitch::dry_server server_;
    tiktok::message_memory memory_;
    tiktok::live_story live_{0};
    bool over_ = false;
    pipeline books_;
    relay::route_id route_ = 0;
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
