// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// From a socket's frame to events: push frame, gunzip, response, messages. One iteration is a whole
// recording.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::tiktok {
namespace {

std::vector<recorded_frame> load(const std::string& name) {
    std::ifstream in(std::string(T2T_TEST_DATA) + "/recordings/" + name + ".jsonl.gz", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    auto parsed = parse_recording(bytes);
    if (!parsed)
        throw std::runtime_error(name + ": " + parsed.error().text());
    return std::move(*parsed);
}

void decode_recording(benchmark::State& state, const char* name) {
    const std::vector<recorded_frame> frames = load(name);
    const auto now = core::time_point{} + std::chrono::hours(1);
    std::int64_t bytes = 0;
    std::int64_t events = 0;
    for (auto _ : state) {
        webcast_session session(session_options{}, 7001);
        session.start(now);
        for (const recorded_frame& recorded : frames) {
            auto reaction = session.on_frame(recorded.frame, now);
            bytes += static_cast<std::int64_t>(recorded.frame.size());
            events += static_cast<std::int64_t>(reaction.batch.events.size());
            benchmark::DoNotOptimize(reaction);
        }
    }
    state.SetBytesProcessed(bytes);
    state.counters["frames/s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(frames.size()),
                           benchmark::Counter::kIsRate);
    state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
}

BENCHMARK_CAPTURE(decode_recording, busy, "busy");
BENCHMARK_CAPTURE(decode_recording, middling, "middling");

}  // namespace
}  // namespace tiktok2twitch::tiktok
