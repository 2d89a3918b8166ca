// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The loads of t2t_flood end to end and in real time: the real binary over loopback TLS between the two
// stand-ins, Twitch's limits enforced. Prints the columns of t2t_flood, measured from what the stand-ins
// recorded: delays from the moment TikTok's stand-in sends a comment to the moment Twitch's shows the line
// with it; `>480` counts the lines over the soft limit. What the relay reports has to agree with that, and
// its equation has to add up; else, or after any violation, the program fails.
//
//   t2t_flood_e2e --rate 120 --shape batches --channel ordinary --for 120s --seed 1
//   t2t_flood_e2e --all --for 120s        every load, shape and channel at the same time

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "bench/flood_load.hpp"
#include "support/flood_reader.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/sim/world.hpp"

namespace tiktok2twitch {
namespace {

using namespace bench;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct load_case {
    scenario where;
    double per_minute = 0;
    bool batched = false;
    core::duration length{};
    std::uint64_t seed = 1;
};

struct outcome {
    std::size_t received = 0;
    std::size_t said = 0;
    std::size_t folded = 0;
    std::size_t lines = 0;
    std::size_t violations = 0;
    std::size_t over_soft_limit = 0;
    std::uint64_t told_missing = 0;
    double fill = 0;
    std::vector<double> delays;
    std::vector<std::string> faults;
};

class run {
public:
    explicit run(const load_case& load) : load_(load) {
        world_.call([this] {
            world_.tiktok().add_room("room");
            auto& rules = world_.twitch().rules();
            rules.add_account("bot", "benchtoken");
            rules.add_channel("chan");
            rules.set_role("bot", "chan", load_.where.role);
            sim::channel_modes modes;
            modes.slow = load_.where.slow;
            rules.set_modes("chan", modes);
            world_.tiktok().on_comment([this](const sim::comment_record& comment) {
                reader_.on_comment(comment.from.nickname, comment.text, std::chrono::steady_clock::now());
            });
            world_.twitch().on_delivered([this](const sim::delivery& line) { on_line(line); });
        });
    }

    outcome measure() {
        start();
        if (relay_ && listening()) {
            begin_ = std::chrono::steady_clock::now();
            world_.play(script());
            wait_until_settled();
        } else {
            fault("the relay did not come up: " + (relay_ ? relay_->err() : std::string()));
        }
        finish();
        return std::move(result_);
    }

private:
    void start() {
        relay_ = std::make_unique<test::process>(
            std::vector<std::string>{T2T_BINARY, "--tiktok", "room", "--channel", "chan", "--state-dir",
                                     temp_.file("state"), "--report", temp_.file("report.json"), "-q"},
            std::vector<std::string>{
                "TIKTOK2TWITCH_TIKTOK_WEB_URL=" + world_.https_url(),
                "TIKTOK2TWITCH_TIKTOK_WEBCAST_URL=" + world_.https_url(),
                "TIKTOK2TWITCH_TIKTOK_WS_URL=" + world_.wss_url(), "TIKTOK2TWITCH_TIKTOK_POLL_INTERVAL=10s",
                "TIKTOK2TWITCH_TWITCH_IRC_URL=" + world_.ircs_url(),
                "TIKTOK2TWITCH_TWITCH_AUTH_URL=" + world_.auth_url(),
                "TIKTOK2TWITCH_TWITCH_HELIX_URL=" + world_.helix_url(), "TIKTOK2TWITCH_TWITCH_LOGIN=bot",
                "TIKTOK2TWITCH_TWITCH_TOKEN=benchtoken", "TIKTOK2TWITCH_TLS_CA_FILE=" + world_.ca_file()});
    }

    bool listening() {
        return world_.wait_for(
            [this] {
                return world_.tiktok().listening_sockets("room") == 1 &&
                       world_.twitch().joined("bot", "chan");
            },
            seconds(120));
    }

    sim::script script() {
        sim::script steps;
        std::size_t number = 0;
        for (const auto& arrival : arrivals(load_.per_minute, load_.batched, load_.length, load_.seed)) {
            sim::chatter from;
            from.id = 1000 + arrival.author;
            from.unique_id = "viewer" + std::to_string(arrival.author);
            from.nickname = test::name_of_comment(number++);
            auto act = [from, text = arrival.text](sim::tiktok_server& tiktok, sim::twitch_server&) {
                tiktok.comment("room", from, text);
            };
            steps.push_back({arrival.at, {}, std::move(act)});
        }
        return steps;
    }

    void on_line(const sim::delivery& line) {
        reader_.on_line(line.text, line.at);
        ++result_.lines;
        const auto size = core::count_code_points(line.text);
        result_.over_soft_limit += size > 480 ? 1 : 0;
        if (line.at <= begin_ + load_.length)
            characters_ += size;
    }

    // Everything was said, or has waited longer than it may (relay.max_age, a minute).
    void wait_until_settled() {
        std::this_thread::sleep_until(begin_ + load_.length);
        while (!world_.script_finished())
            std::this_thread::sleep_for(milliseconds(100));
        const auto end = std::chrono::steady_clock::now() + seconds(63);
        const auto open = [this] {
            return world_.call([this] { return reader_.said() + reader_.folded() < reader_.comments(); });
        };
        while (std::chrono::steady_clock::now() < end && open())
            std::this_thread::sleep_for(milliseconds(250));
    }

    void finish() {
        relay_->signal(SIGTERM);
        if (const auto code = relay_->wait(); code != 0)
            fault("the relay ended with " + std::to_string(code.value_or(-1)) + ": " + relay_->err());
        world_.call([this] {
            result_.received = reader_.comments();
            result_.said = reader_.said();
            result_.folded = reader_.folded();
            result_.told_missing = reader_.told_missing();
            result_.delays = reader_.delays();
            result_.fill =
                static_cast<double>(characters_) / allowed_characters(load_.where, load_.length) * 100;
            for (const auto& violation : world_.twitch().rules().violations())
                fault(std::string("violation: ") + sim::name(violation.kind) + " " + violation.detail);
            result_.violations = world_.twitch().rules().violations().size();
            for (const auto& complaint : world_.tiktok().complaints())
                fault("TikTok's stand-in: " + complaint);
            for (const auto& complaint : reader_.complaints())
                fault(complaint);
        });
        std::sort(result_.delays.begin(), result_.delays.end());
        if (const auto report = temp_.read("report.json"); !report.empty())
            check(nlohmann::json::parse(report).at("routes").at(0));
        else
            fault("no report");
    }

    void check(const nlohmann::json& route) {
        const auto count = [&route](const char* key) {
            return route.at(key).get<std::size_t>();
        };
        auto sum = count("relayed") + count("folded") + count("pending");
        for (const char* group : {"filtered", "dropped"})
            for (const auto& entry : route.at(group).items())
                sum += entry.value().get<std::size_t>();
        if (sum != count("received"))
            fault("the report does not add up: " + route.dump());
        if (count("received") != result_.received || count("relayed") != result_.said ||
            count("folded") != result_.folded || count("lines_accepted") != result_.lines)
            fault("the stand-ins counted " + std::to_string(result_.received) + " comments, " +
                  std::to_string(result_.said) + " said, " + std::to_string(result_.folded) + " folded, " +
                  std::to_string(result_.lines) + " lines; the report says " + route.dump());
    }

    void fault(std::string text) { result_.faults.push_back(std::move(text)); }

    load_case load_;
    outcome result_;
    test::flood_reader reader_;  // used on the world's loop only
    std::size_t characters_ = 0;
    core::time_point begin_ = core::time_point::max() - std::chrono::hours(24);
    test::temp_dir temp_;
    sim::world world_;  // its callbacks use what is above: ends first
    std::unique_ptr<test::process> relay_;
};

void print(const load_case& load, const outcome& result) {
    std::printf(
        "| %-9s | %5.0f | %-11s | %5.1f | %5.1f | %5.1f | %5.1f | %5.1f | %5.1f | %4zu | %5.1f | %4zu |\n",
        load.where.channel, load.per_minute, load.batched ? "batches" : "independent",
        share(result.said, result.received), share(result.folded, result.received),
        share(result.received - result.said - result.folded, result.received), percentile(result.delays, 0.5),
        percentile(result.delays, 0.95), percentile(result.delays, 1.0), result.violations, result.fill,
        result.over_soft_limit);
    constexpr std::size_t enough = 5;
    for (std::size_t i = 0; i < std::min(enough, result.faults.size()); ++i)
        std::printf("    FAULT %s\n", result.faults[i].c_str());
    if (result.faults.size() > enough)
        std::printf("    FAULT ... and %zu more\n", result.faults.size() - enough);
}

// All of them at once: they wait most of the time. False when one of them failed.
bool measure(const std::vector<load_case>& loads) {
    std::vector<outcome> results(loads.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < loads.size(); ++i) {
        threads.emplace_back([&, i] { results[i] = run(loads[i]).measure(); });
        std::this_thread::sleep_for(milliseconds(100));  // TLS handshakes are what costs
    }
    for (auto& thread : threads)
        thread.join();
    std::puts(
        "| channel   | /min  | arrivals    | carr. | fold. | lost  | p50   | p95   | max   | viol | fill  | "
        ">480 |");
    std::puts("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    bool good = true;
    for (std::size_t i = 0; i < loads.size(); ++i) {
        print(loads[i], results[i]);
        good = good && results[i].faults.empty();
    }
    return good;
}

}  // namespace
}  // namespace tiktok2twitch

int main(int argc, char** argv) {
    using namespace tiktok2twitch;
    double rate = 120;
    std::string shape = "independent";
    std::string channel = "ordinary";
    std::string length = "120s";
    std::uint64_t seed = 1;
    bool all = false;
    CLI::App app("The loads of t2t_flood, end to end and in real time.");
    app.add_option("--rate", rate, "comments a minute")->check(CLI::Range(1.0, 6000.0));
    app.add_option("--shape", shape)->check(CLI::IsMember({"independent", "batches"}));
    app.add_option("--channel", channel)->check(CLI::IsMember({"ordinary", "moderator", "slow"}));
    app.add_option("--for", length, "how long comments come, such as 120s");
    app.add_option("--seed", seed)->check(CLI::PositiveNumber);
    app.add_flag("--all", all, "every load, shape and channel at the same time");
    CLI11_PARSE(app, argc, argv);
    const auto lasts = core::parse_duration(length);
    if (!lasts || *lasts == core::duration::zero()) {
        std::fputs("--for: expected a duration such as 120s\n", stderr);
        return 64;
    }
    std::vector<load_case> loads;
    for (const auto& where : bench::scenarios()) {
        if (all)
            for (const double each : bench::loads)
                for (const bool batched : {false, true})
                    loads.push_back({where, each, batched, *lasts, seed});
        else if (std::string(where.channel).starts_with(channel))
            loads.push_back({where, rate, shape == "batches", *lasts, seed});
    }
    return measure(loads) ? 0 : 1;
}
