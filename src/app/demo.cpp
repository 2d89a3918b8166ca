// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "app/clock.hpp"
#include "app/demo_view.hpp"
#include "app/terminal.hpp"
#include "tiktok2twitch/app/commands.hpp"
#include "tiktok2twitch/app/relay_service.hpp"
#include "tiktok2twitch/relay/ledger.hpp"
#include "tiktok2twitch/sim/world.hpp"

namespace tiktok2twitch::app {
namespace {

// Prints rows that come from two threads: the stand-ins' and the relay's.
class printer {
public:
    void print(const std::string& text) {
        const std::lock_guard lock(mutex_);
        print_now(text);
    }

private:
    std::mutex mutex_;
};

// Asks the relay to stop when the show is over, unless it has ended before.
class curtain {
public:
    curtain(relay_service& service, core::duration after)
        : thread_([this, &service, until = steady_now() + after] {
              std::unique_lock lock(mutex_);
              if (!condition_.wait_until(lock, until, [this] { return ended_; }))
                  service.request_stop();
          }) {}
    ~curtain() {
        {
            const std::lock_guard lock(mutex_);
            ended_ = true;
        }
        condition_.notify_one();
        thread_.join();
    }

private:
    std::mutex mutex_;
    std::condition_variable condition_;
    bool ended_ = false;
    std::thread thread_;
};

config demo_config(sim::world& world, const sim::demo_cast& cast) {
    auto settings = default_config();
    settings.tiktok.web_url = core::parse_url(world.https_url()).value();
    settings.tiktok.webcast_url = settings.tiktok.web_url;
    settings.tiktok.ws_url = core::parse_url(world.wss_url()).value();
    settings.tiktok.poll_interval = std::chrono::seconds(1);
    settings.irc_url = core::parse_url(world.ircs_url()).value();
    settings.ca_file = world.ca_file();
    settings.twitch.login = cast.bot;
    settings.twitch.token = core::secret(cast.token);
    settings.routes = {{cast.tiktok, cast.channel}};
    return settings;
}

void show_chats(sim::world& world, const demo_view& view, printer& out) {
    world.call([&world, &view, &out] {
        world.tiktok().on_comment([&view, &out](const sim::comment_record& comment) {
            out.print(view.tiktok(comment.from.nickname, comment.text, steady_now()));
        });
        world.twitch().on_delivered([&view, &out](const sim::delivery& line) {
            out.print(view.twitch(line.account, line.text, steady_now()));
        });
        world.twitch().on_refused([&view, &out](const sim::refusal& refusal) {
            out.print(view.held_back("Twitch says " + refusal.msg_id, steady_now()));
        });
    });
}

// True when the stand-in for Twitch has nothing to complain about.
bool judge(sim::world& world, printer& out) {
    const auto violations = world.call([&world] { return world.twitch().rules().violations(); });
    const auto lines = world.call([&world] { return world.twitch().rules().delivered().size(); });
    out.print("Twitch's stand-in saw " + std::to_string(lines) + " lines and " +
              std::to_string(violations.size()) + " violations of Twitch's limits.\n");
    for (const auto& violation : violations)
        out.print(std::string("  ") + sim::name(violation.kind) + ": " + violation.detail + "\n");
    return violations.empty();
}

}  // namespace

exit_code run_demo(const command_line& line, const environment& variables) {
    const auto seed = line.demo_seed.value_or(1);
    const auto length = line.demo_for;
    const sim::demo_cast cast;
    printer out;  // the world's thread prints until the world is gone: it has to go first
    const demo_view view(terminal_columns(), use_color(line.color, variables, isatty(STDOUT_FILENO) == 1),
                         steady_now());
    sim::world world;
    world.call([&world, &cast] { sim::prepare_demo(cast, world.tiktok(), world.twitch()); });
    out.print(view.header());
    show_chats(world, view, out);

    relay_settings settings;
    settings.effective = demo_config(world, cast);
    settings.state_dir = world.directory() + "/state";
    settings.report_file = line.report.value_or("");
    settings.seed = seed;
    settings.on_settled = [&view, &out](const relay::settlement& settled) {
        if (settled.result == relay::outcome::dropped || settled.result == relay::outcome::filtered)
            out.print(view.held_back("held back: " + relay::explain_reason(settled.reason), steady_now()));
    };
    relay_service service(std::move(settings));

    // The last lines get time to go out before the curtain falls.
    const auto show = std::max<core::duration>(length - std::chrono::seconds(3), length / 2);
    world.play(sim::demo_script(seed, cast, show), [&view, &out](const sim::script_step& step) {
        if (!step.what.empty())
            out.print(view.happening(step.what, steady_now()));
    });
    exit_code result = exit_code::ok;
    {
        const curtain end(service,
                          length - std::min<core::duration>(length / 4, std::chrono::milliseconds(1500)));
        result = service.run();
    }
    out.print("\n" + service.summary());
    const bool clean = judge(world, out);
    return result == exit_code::ok && !clean ? exit_code::internal : result;
}

}  // namespace tiktok2twitch::app
