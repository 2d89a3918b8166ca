// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// All rules on, texts made to hurt: the time per byte must not grow with the length.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "tiktok2twitch/relay/filter/message_filter.hpp"

namespace {

namespace relay = tiktok2twitch::relay;

relay::message_filter everything(relay::filter_action action) {
    relay::filter_options options;
    options.starter_lists.clear();
    for (const auto language : relay::starter_list_languages())
        options.starter_lists.emplace_back(language);
    for (int i = 0; i < 1000; ++i)
        options.words.push_back("some word " + std::to_string(i));
    for (const char* word :
         {"illk", "aaaa bbbb aaaa bbbb", "a a a a a a a a b", "lilililililililililiq", "bad"})
        options.words.emplace_back(word);
    options.words_action = options.patterns_action = action;
    options.patterns = {"(a|aa)+$", "(.*)(.*)(.*)(.*)z{5}", "[^ ]{1,200}q\\d", "(x+x+)+y",
                        "free.{0,40}followers"};
    options.links =
        action == relay::filter_action::drop ? relay::link_action::drop : relay::link_action::defang;
    options.max_length = 1'000'000;
    options.languages = {"en"};
    options.per_user = {100, std::chrono::seconds(1)};
    options.hold_new_users = std::chrono::seconds(1);
    return relay::message_filter::compile(options, {}).value();
}

void judge(benchmark::State& state, std::string_view piece, relay::filter_action action) {
    auto filter = everything(action);
    relay::event event;
    event.from.id = 1;
    event.language = "en";
    event.text.reserve(static_cast<std::size_t>(state.range(0)));
    while (event.text.size() + piece.size() <= static_cast<std::size_t>(state.range(0)))
        event.text += piece;
    event.from.nickname = event.text.substr(0, 10'000);
    tiktok2twitch::core::time_point now{};
    for (auto _ : state) {
        now += std::chrono::seconds(1);
        benchmark::DoNotOptimize(filter.judge(event, now));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(event.text.size()));
}

void sizes(benchmark::internal::Benchmark* bench) {
    bench->Arg(100)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
}

constexpr auto drop = relay::filter_action::drop;
constexpr auto mask = relay::filter_action::mask;

}  // namespace

BENCHMARK_CAPTURE(judge, ordinary, "what a nice day this is, ", drop)->Apply(sizes);
BENCHMARK_CAPTURE(judge, letters_in_disguise, "1l!|", drop)->Apply(sizes);
BENCHMARK_CAPTURE(judge, spelled, "a.a a ", drop)->Apply(sizes);
BENCHMARK_CAPTURE(judge, phrases_that_nearly_match, "aaaa bbbb aaaa ", drop)->Apply(sizes);
BENCHMARK_CAPTURE(judge, backtracking, "axaxx", drop)->Apply(sizes);
BENCHMARK_CAPTURE(judge, zalgo, "z\u0301\u0302\u0303\u0304\u0305\u0306\u0307", drop)->Apply(sizes);
BENCHMARK_CAPTURE(judge, schemes, "a://", mask)->Apply(sizes);
BENCHMARK_CAPTURE(judge, dots, "a.b.com ", mask)->Apply(sizes);
BENCHMARK_CAPTURE(judge, everything_masked, "b a d bad 1ll ", mask)->Apply(sizes);
