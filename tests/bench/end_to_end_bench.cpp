// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The real binary between the two stand-ins, over loopback TLS with the send limits lifted: added latency
// (the stand-in for TikTok writes a comment -> the stand-in for Twitch has the line), CPU of the relay per
// 1,000 messages, resident memory with 1 and 100 rooms, and the time from start to JOIN.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/temp_dir.hpp"
#include "tiktok2twitch/sim/world.hpp"

namespace tiktok2twitch {
namespace {

using steady = std::chrono::steady_clock;

// utime + stime of /proc/PID/stat, in seconds.
double cpu_seconds(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 1));
    std::string skipped;
    for (int i = 0; i < 11; ++i)
        fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double resident_mib(int pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.rfind("VmRSS:", 0) == 0)
            return std::stod(line.substr(6)) / 1024;
    return 0;
}

class stage {
public:
    explicit stage(int rooms) : world_(unlimited()), rooms_(rooms) {
        world_.call([this] {
            auto& rules = world_.twitch().rules();
            rules.add_account("bot", "benchtoken");
            for (int i = 0; i < rooms_; ++i) {
                world_.tiktok().add_room(name("room", i));
                rules.add_channel(name("chan", i));
                rules.set_role("bot", name("chan", i), sim::role::moderator);
            }
        });
        std::string text =
            "[tiktok]\nweb_url = \"" + world_.https_url() + "\"\nwebcast_url = \"" + world_.https_url() +
            "\"\nws_url = \"" + world_.wss_url() + "\"\npoll_interval = \"1s\"\n[twitch]\nirc_url = \"" +
            world_.ircs_url() + "\"\nauth_url = \"" + world_.auth_url() + "\"\nhelix_url = \"" +
            world_.helix_url() +
            "\"\nlogin = \"bot\"\ntoken = \"benchtoken\"\nlimit_normal = \"1000000/1s\"\n"
            "limit_moderator = \"1000000/1s\"\nspacing_normal = \"0s\"\nspacing_moderator = \"0s\"\n"
            "[tls]\nca_file = \"" +
            world_.ca_file() + "\"\n[relay]\npack = false\n";
        for (int i = 0; i < rooms_; ++i)
            text +=
                "[[route]]\ntiktok = \"" + name("room", i) + "\"\nchannel = \"" + name("chan", i) + "\"\n";
        temp_.write("config.toml", text);
    }

    static sim::world_settings unlimited() {
        sim::world_settings settings;
        settings.limits.enforced = false;
        return settings;
    }
    static std::string name(const char* kind, int i) { return kind + std::to_string(i); }

    bool start() {
        begin_ = steady::now();
        relay_ = std::make_unique<test::process>(std::vector<std::string>{
            T2T_BINARY, "--config", temp_.file("config.toml"), "--state-dir", temp_.file("state"), "-q"});
        const auto last = name("chan", rooms_ - 1);
        // JOINs are limited to 15 in 10 s: the last of 100 channels takes a minute.
        if (!world_.wait_for([&] { return world_.twitch().joined("bot", last); }, std::chrono::seconds(120)))
            return false;
        joined_ = steady::now();
        return world_.wait_for(
            [&] {
                for (int i = 0; i < rooms_; ++i)
                    if (world_.tiktok().listening_sockets(name("room", i)) == 0)
                        return false;
                return true;
            },
            std::chrono::seconds(60));
    }

    void comment(int room, const std::string& text) {
        sim::chatter from;
        from.id = 5;
        from.unique_id = "fan";
        from.nickname = "Fan";
        world_.tiktok().comment(name("room", room), from, text);
    }

    sim::world& world() { return world_; }
    test::process& relay() { return *relay_; }
    double milliseconds_to_join() const {
        return std::chrono::duration<double, std::milli>(joined_ - begin_).count();
    }

private:
    sim::world world_;
    test::temp_dir temp_;
    int rooms_;
    std::unique_ptr<test::process> relay_;
    steady::time_point begin_{};
    steady::time_point joined_{};
};

double percentile(std::vector<double>& sorted, double share) {
    return sorted.at(static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1)));
}

void added_latency(benchmark::State& state) {
    stage show(1);
    if (!show.start())
        return state.SkipWithError("the relay did not come up");
    std::map<std::string, steady::time_point> written;
    std::vector<double> delays;
    show.world().call([&] {
        show.world().twitch().on_delivered([&](const sim::delivery& line) {
            const auto word = line.text.substr(line.text.rfind(' ') + 1);
            delays.push_back(
                std::chrono::duration<double, std::milli>(steady::now() - written.at(word)).count());
        });
    });
    int count = 0;
    const auto cpu_before = cpu_seconds(show.relay().pid());
    for (auto _ : state) {
        const auto word = "m" + std::to_string(count++);
        show.world().call([&] {
            written[word] = steady::now();
            show.comment(0, "a comment of the usual length, about sixty characters " + word);
        });
        if (!show.world().wait_for([&] { return delays.size() == static_cast<std::size_t>(count); }))
            return state.SkipWithError("a line did not arrive");
    }
    const auto cpu = cpu_seconds(show.relay().pid()) - cpu_before;
    std::sort(delays.begin(), delays.end());
    state.counters["p50_ms"] = percentile(delays, 0.50);
    state.counters["p99_ms"] = percentile(delays, 0.99);
    state.counters["cpu_ms_per_1000"] = cpu * 1000 / count * 1000;
    state.counters["rss_mib"] = resident_mib(show.relay().pid());
    state.counters["start_to_join_ms"] = show.milliseconds_to_join();
}
BENCHMARK(added_latency)->Iterations(2000)->Unit(benchmark::kMillisecond);

void resident_memory(benchmark::State& state) {
    const auto rooms = static_cast<int>(state.range(0));
    stage show(rooms);
    if (!show.start())
        return state.SkipWithError("the relay did not come up");
    std::size_t sent = 0;
    for (auto _ : state) {
        show.world().call([&] {
            for (int room = 0; room < rooms; ++room)
                show.comment(room, "message " + std::to_string(++sent));
        });
        if (!show.world().wait_for([&] { return show.world().twitch().rules().delivered().size() == sent; },
                                   std::chrono::seconds(60)))
            return state.SkipWithError("a line did not arrive");
    }
    state.counters["rss_mib"] = resident_mib(show.relay().pid());
    state.counters["start_to_last_join_ms"] = show.milliseconds_to_join();
}
BENCHMARK(resident_memory)->Arg(1)->Arg(100)->Iterations(20)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tiktok2twitch
