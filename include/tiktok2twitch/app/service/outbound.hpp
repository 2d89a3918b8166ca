// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the relay says: the decisions (pipeline), the Twitch account with its connection, and the files that
// remember both. What one of them tells is handed to the others here. On the egress loop.
//
// Order of calls: open() before all else. Whoever changes the pipeline by pipe() calls save(), and
// watch_clock() where that may have changed its deadline. deliver() ends each step that gave the account
// something to do.

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/app/service/held_store.hpp"
#include "tiktok2twitch/app/service/loss_watch.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"
#include "tiktok2twitch/app/service/state_files.hpp"
#include "tiktok2twitch/app/status/status.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"
#include "tiktok2twitch/twitch/client/helix_client.hpp"
#include "tiktok2twitch/twitch/client/send_log.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"

namespace tiktok2twitch::app {

class outbound {
public:
    using route_ids = std::map<std::pair<std::string, std::string>, relay::route_id>;  // (unique id, channel)

    explicit outbound(run_context& run);

    // The files of the state directory, and the account. Anything but ok: why was said. `tokens` and
    // `listener` outlive this.
    exit_code open(const twitch::options& options, twitch::api_tokens& tokens,
                   twitch::account_listener& listener);
    net::awaitable<core::error_code> run() { return shell_->run(); }  // see account_shell::run()

    egress::pipeline& pipe() noexcept { return pipe_; }
    const egress::pipeline& pipe() const noexcept { return pipe_; }
    twitch::account& account() noexcept { return *account_; }
    const twitch::account& account() const noexcept { return *account_; }
    twitch::helix_client* helix() noexcept { return helix_; }  // none over IRC, and in a dry run
    bool over_helix() const noexcept { return helix_ != nullptr; }
    state_files& files() noexcept { return files_; }
    held_store& held() noexcept { return held_; }

    // The routes in force.
    void add_route(const route_config& route);
    void remove_route(const route_config& route);
    // After a change of the filters or of what a route carries.
    void replace_policies(std::span<const route_config> routes);
    const route_ids& routes() const noexcept { return routes_; }
    std::vector<std::string> channels_of(const std::string& tiktok) const;  // sorted
    bool speaks_in(const std::string& channel) const;

    void push(egress::parts parts);
    // Marks and notes are on their way to the disk before anything that depends on them goes out.
    void save(const std::vector<egress::seen_mark>& marks);
    // Sets the timer for what the pipeline does by time alone.
    void watch_clock();
    void deliver();
    void wake() { shell_->wake(); }
    // Judges again what waits for the channel, by the rules in force now.
    void judge_again(const std::string& channel);
    // TikTok's moderators removed this: takes back what waits. The lines to delete, of what was said.
    std::vector<relay::line_recall::order> remove(const std::string& tiktok, const tiktok::deletion& what);
    // See account_listener, whose listener passes these on.
    void before_line(const twitch::write_line& line);
    void on_settled(const relay::settlement& settlement);

    // Fills in what it knows: routes, account, channels.
    void describe(status_facts& facts, core::time_point now) const;
    // Of a route, by its number; as long as this lives.
    progress_of ask_progress() const;
    void log_losses(core::time_point now);

    // The relay ends: no timer of this runs any more.
    void stop_clock() { timer_.cancel(); }

private:
    egress::route_progress progress(relay::route_id route) const;
    exit_code open_files(twitch::send_log& log);
    void make_shell(twitch::api_tokens& tokens, twitch::account_listener& listener);

    run_context& run_;
    state_files files_;
    egress::pipeline pipe_;
    held_store held_;
    route_ids routes_;
    loss_watch losses_;
    boost::asio::steady_timer timer_;
    core::time_point timer_at_ = core::time_point::max();
    std::unique_ptr<twitch::send_log> send_log_;
    std::unique_ptr<twitch::account> account_;
    std::optional<egress::sender> sender_;  // from open() on
    std::unique_ptr<twitch::account_shell> shell_;
    twitch::helix_client* helix_ = nullptr;  // the shell, when lines are said over Helix
};

}  // namespace tiktok2twitch::app
