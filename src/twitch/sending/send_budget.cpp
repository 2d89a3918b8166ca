// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/send_budget.hpp"

#include <algorithm>
#include <array>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// Lines that may go without spreading while the window is nearly empty (docs/protocol/twitch.md §8.3).
constexpr std::size_t burst = 5;
// All that may go in the first window when nothing is known about what an earlier process sent.
constexpr std::size_t cautious_limit = 5;
constexpr std::array<core::duration, 5> penalties{seconds(2), seconds(4), seconds(8), seconds(16),
                                                  seconds(30)};
// Helix counts its requests per minute; more than that would be a number that means something else.
constexpr core::duration longest_told = seconds(60);
// While lines of the account go out that nobody counts: six of Twitch's 20 for them, 20 of its 100.
constexpr std::size_t elsewhere_low = 14;
constexpr std::size_t elsewhere_high = 80;
constexpr core::duration elsewhere_window = seconds(32);
constexpr core::duration refusal_window = seconds(60);
constexpr std::size_t refusals_for_half = 3;
constexpr core::duration half_duration = minutes(5);
// A close this soon after so many lines is taken for the answer to them (docs/protocol/twitch.md §1.5, §8.1).
constexpr core::duration suspicious_close = seconds(5);
constexpr core::duration suspicious_span = seconds(10);
constexpr std::size_t suspicious_lines = 10;

// In the log; a server that invents lines of ours must not fill the memory. Twice a limit is over it anyway.
constexpr std::size_t most_lines = 1024;

// Lines restored from disk: their channel was not noted.
constexpr std::uint64_t unknown_channel = 0;

}  // namespace

send_budget::send_budget(const rate& low, const rate& high, std::vector<core::time_point> sent, bool cautious,
                         core::time_point now) {
    set_limits(low, high);
    std::sort(sent.begin(), sent.end());
    for (const auto at : sent) {
        // Our rank at that time was not noted either: both buckets.
        const sent_line line{std::min(at, now), unknown_channel, true, false};
        add(high_, line);
        add(low_, line);
    }
    if (cautious)
        cautious_until_ = now + std::max(low.window, high.window);
}

void send_budget::set_limits(const rate& low, const rate& high) {
    low_.limit = low;
    high_.limit = high;
}

std::size_t send_budget::limit_of(const bucket& b, core::time_point now) const {
    std::size_t limit = b.limit.count;
    if (now < half_until_)
        limit /= 2;
    if (now < cautious_until_)
        limit = std::min(limit, cautious_limit);
    return std::max<std::size_t>(limit, 1);
}

rate send_budget::elsewhere_limit(tier t) {
    return {t == tier::low ? elsewhere_low : elsewhere_high, elsewhere_window};
}

core::time_point send_budget::earliest_under(const rate& limit, const std::deque<sent_line>& log,
                                             core::time_point now) {
    const auto oldest = std::partition_point(
        log.begin(), log.end(), [&](const sent_line& line) { return line.at + limit.window <= now; });
    const auto used = static_cast<std::size_t>(log.end() - oldest);
    if (used >= limit.count)
        return log[log.size() - limit.count].at + limit.window;
    if (used < burst)
        return now;
    const auto last = log.back().at;
    const auto free = static_cast<core::duration::rep>(limit.count - used);
    return last + (oldest->at + limit.window - last) / (free + 1);
}

core::time_point send_budget::earliest_elsewhere(const bucket& b, core::time_point now) const {
    if (elsewhere_until_ <= now)
        return now;
    return std::min(earliest_under(elsewhere_limit(b.of), b.log, now), elsewhere_until_);
}

core::time_point send_budget::earliest_in(const bucket& b, core::time_point now) const {
    const rate limit{limit_of(b, now), b.limit.window};
    auto at = earliest_under(limit, b.log, now);
    for (const auto end_of_restriction : {half_until_, cautious_until_})
        if (now < end_of_restriction)
            at = std::min(at, end_of_restriction);
    return std::max(at, earliest_elsewhere(b, now));
}

core::time_point send_budget::earliest(tier t, core::time_point now) const {
    auto at = std::max(pause_until_, earliest_in(high_, now));
    if (t == tier::low)
        at = std::max(at, earliest_in(low_, now));
    return at;
}

void send_budget::add(bucket& b, const sent_line& line) {
    const auto kept = std::max(b.limit.window, elsewhere_window);
    const auto most = std::max(most_lines, 2 * b.limit.count);
    while (!b.log.empty() && (b.log.size() >= most || b.log.front().at + kept <= line.at))
        b.log.pop_front();
    b.log.push_back(line);
}

void send_budget::on_send(std::uint64_t channel, tier t, core::time_point now) {
    const sent_line line{now, channel, t == tier::low};
    add(high_, line);
    if (line.in_low)
        add(low_, line);
}

void send_budget::on_foreign(std::uint64_t channel, tier t, core::time_point now) {
    const sent_line line{now, channel, t == tier::low, false};
    add(high_, line);
    if (line.in_low)
        add(low_, line);
}

// Lines of others may have been counted since. Returns whether the line is in the low bucket as well.
bool send_budget::left_now(bucket& b, core::time_point now) {
    const auto last =
        std::find_if(b.log.rbegin(), b.log.rend(), [](const sent_line& line) { return line.ours; });
    if (last == b.log.rend())
        return false;
    last->at = now;
    const bool in_low = last->in_low;
    std::rotate(b.log.rbegin(), last, last + 1);
    return in_low;
}

void send_budget::on_written(core::time_point now) {
    if (left_now(high_, now))
        left_now(low_, now);
}

void send_budget::on_downgrade(std::uint64_t channel, core::time_point now) {
    for (auto& line : high_.log) {
        if (line.channel != channel || line.in_low || line.at + low_.limit.window <= now)
            continue;
        line.in_low = true;
        low_.log.push_back(line);
    }
    std::sort(low_.log.begin(), low_.log.end(),
              [](const sent_line& a, const sent_line& b) { return a.at < b.at; });
}

void send_budget::on_accepted() {
    if (penalty_step_ > 0)
        --penalty_step_;
}

core::duration send_budget::penalise(core::time_point now) {
    const auto pause = penalties[std::min<std::size_t>(penalty_step_, penalties.size() - 1)];
    penalty_step_ = std::min<unsigned>(penalty_step_ + 1, penalties.size());
    penalised_at_ = now;
    pause_until_ = std::max(pause_until_, now + pause);
    while (!refusals_.empty() && refusals_.front() + refusal_window <= now)
        refusals_.pop_front();
    refusals_.push_back(now);
    if (refusals_.size() >= refusals_for_half) {
        half_until_ = now + half_duration;
        refusals_.clear();
    }
    return pause;
}

core::duration send_budget::on_ratelimit(core::time_point written, core::time_point now,
                                         core::duration told) {
    pause_until_ = std::max(pause_until_, now + std::min(told, longest_told));
    // Lines of several channels can be refused for one and the same excess: punished once.
    if (written < penalised_at_)
        return std::max(pause_until_ - now, core::duration{});
    return std::max(penalise(now), pause_until_ - now);
}

budget_status::bucket send_budget::status_of(const bucket& b, core::time_point now) const {
    const auto used = std::count_if(b.log.begin(), b.log.end(),
                                    [&](const sent_line& line) { return line.at + b.limit.window > now; });
    const auto limit = limit_of(b, now);
    return {static_cast<std::size_t>(used),
            now < elsewhere_until_ ? std::min(limit, elsewhere_limit(b.of).count) : limit};
}

budget_status send_budget::status(core::time_point now) const {
    return {status_of(low_, now), status_of(high_, now), std::max(pause_until_, now) - now, now < half_until_,
            now < cautious_until_};
}

bool send_budget::on_closed(core::time_point now) {
    const auto recent = std::count_if(high_.log.begin(), high_.log.end(),
                                      [&](const sent_line& line) { return line.at + suspicious_span > now; });
    if (static_cast<std::size_t>(recent) < suspicious_lines || high_.log.back().at + suspicious_close <= now)
        return false;
    penalise(now);
    return true;
}

}  // namespace tiktok2twitch::twitch
