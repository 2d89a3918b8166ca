// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// What one look at the account costs: next() with nothing due, and next() that launches a line.

#include <benchmark/benchmark.h>

#include <string>

#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::seconds;

constexpr int backlog_per_channel = 20;

class busy_account {
public:
    explicit busy_account(int channels, const options& with) : account_(with, {}, false, now_, 1) {
        for (int i = 0; i < channels; ++i)
            account_.add_route(static_cast<relay::route_id>(i), name(i), now_);
        account_.on_connecting(now_);
        account_.on_connected(now_);
        account_.on_line("CAP * ACK :twitch.tv/tags twitch.tv/commands", now_);
        account_.on_line(":tmi.twitch.tv 001 bot :Welcome", now_);
        for (int i = 0; i < channels; ++i) {
            account_.on_line("@badges=;mod=1 :tmi.twitch.tv USERSTATE #" + name(i), now_);
            account_.on_line("@slow=0 :tmi.twitch.tv ROOMSTATE #" + name(i), now_);
        }
        account_.take_notices();
        for (int i = 0; i < channels; ++i)
            for (int k = 0; k < backlog_per_channel; ++k)
                push(i);
    }
    static std::string name(int channel) { return "channel" + std::to_string(channel); }

    void push(int channel) {
        relay::line_part part;
        part.ticket = ++ticket_;
        part.route = static_cast<relay::route_id>(channel);
        part.label = "[TikTok] ";
        part.body =
            "viewer" + std::to_string(ticket_ % 1000) + ": something of the usual length of a comment";
        part.received_at = now_;
        account_.push(std::move(part), now_);
    }

    core::time_point now() const { return now_; }
    account& get() { return account_; }
    void advance() { now_ += std::chrono::microseconds(100); }
    // Answers every line, so that the next one may go.
    void confirm(const write_line& line) {
        account_.on_written(now_);
        account_.on_line("@badges=;id=1;mod=1 :tmi.twitch.tv USERSTATE #" + line.channel, now_);
        account_.take_settlements();
    }

private:
    core::time_point now_{std::chrono::hours(1)};
    account account_;
    std::uint64_t ticket_ = 0;
};

options make_options(bool lifted) {
    options out;
    out.login = "bot";
    out.max_age = std::chrono::hours(1000);
    if (lifted) {
        out.limit_normal = out.limit_moderator = {1'000'000, seconds(1)};
        out.spacing_normal = out.spacing_moderator = {};
    }
    return out;
}

// The budget is used up: everything waits.
void next_with_nothing_due(benchmark::State& state) {
    busy_account busy(static_cast<int>(state.range(0)), make_options(false));
    for (;;) {
        const auto todo = busy.get().next(busy.now());
        if (std::holds_alternative<wait_until>(todo))
            break;
        if (const auto* line = std::get_if<write_line>(&todo))
            busy.confirm(*line);
    }
    for (auto _ : state)
        benchmark::DoNotOptimize(busy.get().next(busy.now()));
}
BENCHMARK(next_with_nothing_due)->Arg(1)->Arg(100);

// No limits: every look launches a packed line, which is answered at once and replaced.
void next_that_launches_a_line(benchmark::State& state) {
    const auto channels = static_cast<int>(state.range(0));
    busy_account busy(channels, make_options(true));
    int channel = 0;
    for (auto _ : state) {
        auto todo = busy.get().next(busy.now());
        state.PauseTiming();
        if (const auto* line = std::get_if<write_line>(&todo)) {
            busy.confirm(*line);
            for (std::size_t i = 0; i < line->tickets.size(); ++i)
                busy.push(channel);
            channel = (channel + 1) % channels;
        }
        busy.advance();
        state.ResumeTiming();
    }
}
BENCHMARK(next_that_launches_a_line)->Arg(1)->Arg(100);

}  // namespace
}  // namespace tiktok2twitch::twitch
