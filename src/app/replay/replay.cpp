// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/replay/replay.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <random>
#include <sstream>
#include <utility>

#include "tiktok2twitch/app/cli/settings.hpp"
#include "tiktok2twitch/app/cli/terminal.hpp"
#include "tiktok2twitch/app/config/policy.hpp"
#include "tiktok2twitch/app/replay/recording_files.hpp"
#include "tiktok2twitch/app/status/report.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/egress/explain.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/tiktok/recording/recorded_session.hpp"
#include "tiktok2twitch/tiktok/room/live_story.hpp"
#include "tiktok2twitch/tiktok/room/message_memory.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"
#include "tiktok2twitch/twitch/sending/dry_server.hpp"

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

using core::log;
using core::log_level;

namespace {

void print_line(const std::string& text) {
    print_out(text + "\n");
}

void log_counts(const tiktok::frame_counts& counts) {
    log(log_level::info, "replay",
        core::count_text(counts.frames, "frame") + ", " + core::count_text(counts.messages, "message") +
            "; not understood: " + core::count_text(counts.undecodable_frames, "frame") + ", " +
            core::count_text(counts.undecodable_messages, "message") +
            "; of kinds that are not relayed here: " + core::count_text(counts.unknown_frames, "frame") +
            ", " + core::count_text(counts.unknown_methods, "message") +
            "; over a limit: " + core::count_text(counts.excess_messages, "message"));
}

}  // namespace

exit_code run_replay_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto loaded = load_or_explain(line, variables, failed);
    if (!loaded)
        return failed;
    if (line.report)
        if (const auto error = try_report(*line.report)) {
            log(log_level::error, "replay", unwritable_report(error, *line.report));
            return exit_code::io_error;
        }
    const auto read = read_recording(line.replay_file);
    if (const auto* unread = std::get_if<unread_recording>(&read)) {
        log(log_level::error, "replay", unread->why);
        return unread->code;
    }
    const auto& frames = std::get<std::vector<tiktok::recorded_frame>>(read);
    std::random_device random;
    for (const auto& target : line.recordings) {
        const auto wrong = copy_recording(frames, target, {random(), random()});
        if (!wrong.empty()) {
            log(log_level::error, "replay", wrong);
            return exit_code::io_error;
        }
    }
    replay_settings settings;
    settings.effective = loaded->settings.value;
    settings.paced = line.replay_paced;
    if (line.replay_explain)
        settings.explain = [](const relay::event& event, const egress::judgement& judgement) {
            print_line(egress::explain_judgement(event, judgement));
        };
    const bool silent = line.replay_explain;
    const auto result = run_replay(settings, frames, [silent](core::duration, std::string_view text) {
        if (!silent)
            print_line(std::string(text));
    });
    print_now({});  // what is said on standard error comes behind it
    log_counts(result.counts);
    std::istringstream summary(result.summary);
    for (std::string text; std::getline(summary, text);)
        log(log_level::info, "replay", text);
    if (line.report)
        if (const auto error = write_report(*line.report, result.report)) {
            log(log_level::error, "replay", unwritable_report(error, *line.report));
            return exit_code::io_error;
        }
    return exit_code::ok;
}

}  // namespace tiktok2twitch::app
