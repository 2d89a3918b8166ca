// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/demo/demo.hpp"

#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/app/cli/settings.hpp"
#include "tiktok2twitch/app/cli/terminal.hpp"
#include "tiktok2twitch/app/demo/demo_view.hpp"
#include "tiktok2twitch/app/service/relay_service.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/relay/ledger.hpp"
#include "tiktok2twitch/sim/world.hpp"

namespace tiktok2twitch::app {
namespace {

using json = nlohmann::json;

std::string percent(std::uint64_t part, std::uint64_t whole) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%",
                  whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole));
    return text;
}

// "waited longer than ... (70), still waiting ... (8)"
std::string reasons(const json& counts) {
    std::string text;
    for (const auto& [reason, count] : counts.items())
        text += (text.empty() ? "" : ", ") + relay::explain_reason(reason) + " (" +
                std::to_string(count.get<std::uint64_t>()) + ")";
    return text;
}

}  // namespace

std::string explain_shares(std::string_view report) {
    const auto route = json::parse(report).at("routes").at(0);
    const auto count = [&route](const char* key) {
        return route.at(key).get<std::uint64_t>();
    };
    json unsaid = route.at("filtered");
    unsaid.update(route.at("dropped"));
    const auto received = count("received");
    const auto silent = received - count("relayed") - count("folded") - count("pending");
    std::string text = "Of " + core::count_text(received, "comment") + " " +
                       percent(count("relayed"), received) + " were said in " +
                       core::count_text(count("lines_accepted"), "line") + ", " +
                       percent(count("folded"), received) +
                       " are in those lines too (the same words, said once with a count), " +
                       percent(silent, received) + " were not said";
    if (silent > 0)
        text += ": " + reasons(unsaid);
    return text + ".\n";
}

namespace {

// Shows what comes from two threads: the stand-ins' and the relay's.
class screen {
public:
    explicit screen(demo_view view) : view_(std::move(view)) {}

    // `draw(view, now)` returns what shall be printed.
    template <class Function>
    void show(Function draw) {
        const std::lock_guard lock(mutex_);
        write(draw(view_, net::now()));
    }
    void print(const std::string& text) {
        const std::lock_guard lock(mutex_);
        write(view_.rest(net::now()) + text);
    }

private:
    static void write(const std::string& text) { print_now(text); }

    std::mutex mutex_;
    demo_view view_;
};

// Asks the relay to stop when the show is over, unless it has ended before.
class curtain {
public:
    curtain(relay_service& service, core::duration after)
        : thread_([this, &service, until = net::now() + after] {
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
    settings.auth_url = core::parse_url(world.auth_url()).value();
    settings.helix_url = core::parse_url(world.helix_url()).value();
    settings.ca_file = world.ca_file();
    settings.twitch.login = cast.bot;
    settings.twitch.token = core::secret(cast.token);
    settings.routes = {{cast.tiktok, cast.channel}};
    return settings;
}

void show_chats(sim::world& world, screen& out) {
    world.call([&world, &out] {
        world.tiktok().on_comment([&out](const sim::comment_record& comment) {
            out.show([&comment](demo_view& view, core::time_point now) {
                return view.tiktok(comment.from.nickname, comment.text, now);
            });
        });
        world.twitch().on_delivered([&out](const sim::delivery& line) {
            out.show([&line](demo_view& view, core::time_point now) {
                return view.twitch(line.account, line.text, now);
            });
        });
        world.twitch().on_refused([&out](const sim::refusal& refusal) {
            out.show([&refusal](demo_view& view, core::time_point now) {
                const auto words = "Twitch says " + refusal.msg_id;
                return view.held_back(words, words, now);
            });
        });
    });
}

void show_settled(const relay::settlement& settled, screen& out) {
    if (settled.result != relay::outcome::dropped && settled.result != relay::outcome::filtered)
        return;
    out.show([&settled](demo_view& view, core::time_point now) {
        return view.held_back(settled.reason, relay::explain_reason(settled.reason), now);
    });
}

// A flood's show is short: with the default age nothing would be given up before its end.
void hurry(twitch::options& options, core::duration length, screen& out) {
    using std::chrono::seconds;
    options.max_age = std::clamp(std::chrono::duration_cast<seconds>(length / 8), seconds(3), seconds(60));
    const auto age = std::chrono::duration_cast<seconds>(options.max_age).count();
    out.show([age](demo_view& view, core::time_point now) {
        return view.happening("relay.max_age is " + std::to_string(age) +
                                  " s here: what waits longer for its turn is given up and counted",
                              now);
    });
}

// True when the stand-in for Twitch has nothing to complain about.
bool judge(sim::world& world, screen& out) {
    const auto violations = world.call([&world] { return world.twitch().rules().violations(); });
    const auto lines = world.call([&world] { return world.twitch().rules().delivered().size(); });
    out.print("Twitch's stand-in saw " + core::count_text(lines, "line") + " and " +
              core::count_text(violations.size(), "violation") + " of Twitch's limits.\n");
    for (const auto& violation : violations)
        out.print(std::string("  ") + sim::name(violation.kind) + ": " + violation.detail + "\n");
    return violations.empty();
}

}  // namespace

exit_code run_demo(const command_line& line, const environment& variables) {
    const auto seed = line.demo_seed.value_or(1);
    const auto length = line.demo_for;
    const sim::demo_cast cast;
    const bool color = use_color(line.color, variables, isatty(STDOUT_FILENO) == 1);
    const auto pace = line.demo_flood ? demo_pace::flood : demo_pace::calm;
    screen out(demo_view(terminal_columns(), color, net::now(), pace));
    sim::world world;  // its thread prints until it is gone
    world.call([&world, &cast] { sim::prepare_demo(cast, world.tiktok(), world.twitch()); });
    out.show([](const demo_view& view, core::time_point) { return view.header(); });
    show_chats(world, out);

    relay_settings settings;
    settings.effective = demo_config(world, cast);
    settings.state_dir = world.directory() + "/state";
    settings.report_file = line.report.value_or("");
    settings.seed = seed;
    if (line.demo_flood)
        hurry(settings.effective.twitch, length, out);
    settings.on_settled = [&out](const relay::settlement& settled) {
        show_settled(settled, out);
    };
    relay_service service(std::move(settings));

    // The last lines get time to go out before the curtain falls.
    const auto show = std::max<core::duration>(length - std::chrono::seconds(3), length / 2);
    auto script = line.demo_flood ? sim::flood_script(seed, cast, show) : sim::demo_script(seed, cast, show);
    world.play(std::move(script), [&out](const sim::script_step& step) {
        if (!step.what.empty())
            out.show(
                [&step](demo_view& view, core::time_point now) { return view.happening(step.what, now); });
    });
    exit_code result = exit_code::ok;
    {
        const curtain end(service,
                          length - std::min<core::duration>(length / 4, std::chrono::milliseconds(1500)));
        result = service.run();
    }
    out.print("\n" + service.summary());
    if (line.demo_flood)
        out.print(explain_shares(service.report()));
    const bool clean = judge(world, out);
    return result == exit_code::ok && !clean ? exit_code::internal : result;
}

}  // namespace tiktok2twitch::app
