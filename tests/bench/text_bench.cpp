// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace {

namespace core = tiktok2twitch::core;
namespace relay = tiktok2twitch::relay;

constexpr std::string_view plain = "hello from the other side, what game is this? looks like fun";

std::string repeat(std::string_view piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) {
        text += piece;
    }
    return text;
}

void clean(benchmark::State& state, const std::string& text) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(core::clean_text(text));
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                            static_cast<std::int64_t>(text.size()));
}

void clean_plain(benchmark::State& state) {
    clean(state, std::string(plain));
}
void clean_zalgo(benchmark::State& state) {
    clean(state,
          repeat("z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308 a\u0316\u0317\u0318\u0319\u031A", 10));
}
void clean_emoji(benchmark::State& state) {
    clean(state, repeat("👨\u200D👩\u200D👧\u200D👦 🕵🏻\u200D♀\uFE0F 🇩🇪 ", 5));
}
void clean_flood(benchmark::State& state) {
    clean(state, std::string(500, 'a'));
}

void format_comment(benchmark::State& state) {
    const relay::formatter formatter(relay::parse_template("[TikTok] {name}: {text}").value(), "room");
    relay::event event;
    event.from.unique_id = "some.user";
    event.from.nickname = "Some User ✨";
    event.text = plain;
    for (auto _ : state) {
        benchmark::DoNotOptimize(formatter.format(event));
    }
}

void format_too_long(benchmark::State& state) {
    const relay::formatter formatter(relay::parse_template("[TikTok] {name}: {text}").value(), "room");
    relay::event event;
    event.from.nickname = "Some User ✨";
    event.text = repeat(plain, 10);
    for (auto _ : state) {
        benchmark::DoNotOptimize(formatter.format(event));
    }
}

}  // namespace

BENCHMARK(clean_plain);
BENCHMARK(clean_zalgo);
BENCHMARK(clean_emoji);
BENCHMARK(clean_flood);
BENCHMARK(format_comment);
BENCHMARK(format_too_long);
