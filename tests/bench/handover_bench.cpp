// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// The queue between the two loops: one item pushed and drained, and a burst.

#include <benchmark/benchmark.h>

#include <string>

#include "tiktok2twitch/app/service/ingest.hpp"

namespace tiktok2twitch {
namespace {

relay::event sample_event() {
    relay::event event;
    event.msg_id = 7672387957185284880;
    event.from.unique_id = "somebody.with.a.name";
    event.from.nickname = "Somebody with a longer nickname";
    event.text = "a comment of the usual length, about sixty characters long";
    return event;
}

void handover(benchmark::State& state) {
    const auto burst = static_cast<std::size_t>(state.range(0));
    app::intake_queue queue(app::intake_capacity, [] {});
    const auto event = sample_event();
    for (auto _ : state) {
        for (std::size_t i = 0; i < burst; ++i)
            benchmark::DoNotOptimize(queue.push({0, event}));
        queue.drain([](app::intake_item item) { benchmark::DoNotOptimize(item); });
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(handover)->Arg(1)->Arg(100);

}  // namespace
}  // namespace tiktok2twitch
