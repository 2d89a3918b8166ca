// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "unit/twitch/helix_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array channels{"bot", "chan", "other"};

// Random answers, silences, unreachable hours and changed routes. After every step each pushed message is
// settled or pending, never both and never twice; after the run Twitch's documented limits have been kept.
class helix_storm {
public:
    explicit helix_storm(unsigned seed) : random_(seed), d_(with(seed)) {
        d_.after_step = [this] {
            check_books();
        };
        d_.answer = [this](const auto& sent) {
            auto outcome = answer(sent);
            if (may_have_been_shown(outcome))
                doubtful_.insert(sent.line.tickets.begin(), sent.line.tickets.end());
            return outcome;
        };
    }

    void run(int steps) {
        for (relay::route_id r = 1; r <= 3; ++r)
            add_route(r);
        for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
            act();
            d_.run_for(milliseconds(below(below(5) == 0 ? 8000 : 400)));
        }
        d_.acc.drain(d_.now + seconds(5), d_.now);
        d_.reachable = true;
        d_.run_for(minutes(1));
        for (relay::route_id r = 1; r <= 3; ++r)
            EXPECT_EQ(d_.acc.pending(r), 0U);
        check_limits();
        check_lines_sent();
    }
    std::size_t sent() const { return d_.lines.size(); }
    std::size_t relayed() const { return d_.relayed(); }
    std::size_t unknown() const { return d_.dropped("unknown"); }
    std::size_t login_refused() const {
        return static_cast<std::size_t>(std::count_if(d_.lines.begin(), d_.lines.end(), turned_away));
    }

private:
    static options with(unsigned seed) {
        options out;
        out.pack = seed % 2 == 0;
        out.backlog = 20 + seed % 50;
        return out;
    }
    unsigned below(unsigned limit) { return std::uniform_int_distribution<unsigned>(0, limit - 1)(random_); }
    void add_route(relay::route_id route) {
        d_.acc.add_route(route, channels.at(below(channels.size())), d_.now);
        d_.collect();
    }
    void act() {
        const auto dice = below(100);
        if (dice < 70) {
            for (unsigned i = below(below(10) == 0 ? 60 : 4); i-- > 0;) {
                const relay::route_id route = 1 + below(3);
                ++pushed_[route];
                route_of_[d_.ticket + 1] = route;
                d_.push(route, "v" + std::to_string(below(30)) + ": " + std::string(below(200), 'x'));
            }
        } else if (dice < 74) {
            d_.reachable = below(3) != 0;
        } else if (dice < 78) {
            const relay::route_id route = 1 + below(3);
            d_.acc.remove_route(route, d_.now);
            d_.collect();
            add_route(route);
        } else if (dice < 80) {
            d_.room_settings.slow = seconds(below(2) * 3);
            d_.users_work = below(3) != 0;
        } else if (dice < 82) {
            d_.rtt = milliseconds(below(2500));
        }
    }
    post_outcome answer(const helix_driver::sent_line& sent) {
        EXPECT_LE(core::count_code_points(sent.said), options{}.line_length);
        for (const auto ticket : sent.line.tickets)
            EXPECT_FALSE(finished_.contains(ticket)) << "said after it was settled: " << ticket;
        const auto dice = below(100);
        if (dice < 65)
            return d_.accept();
        if (dice < 70)
            return d_.silence();
        if (dice < 74)
            return d_.unsent();
        if (dice < 77)
            return d_.login_refused();
        static const std::array codes{"msg_duplicate", "msg_rejected", "channel_settings", "slow_mode",
                                      "rate_limit",    "mystery",      "followers_only"};
        if (dice < 86)
            return d_.drop(codes.at(below(codes.size())), "for 2 more seconds");
        static const std::array statuses{400, 422, 422, 429, 429, 500, 503, 200, 302};
        return d_.reply(statuses.at(below(statuses.size())), below(2) == 0 ? "" : "{\"data\":[{}]}");
    }
    void check_books() {
        for (; checked_ < d_.settled.size(); ++checked_) {
            const auto& s = d_.settled[checked_];
            EXPECT_TRUE(finished_.insert(s.ticket).second) << "settled twice: " << s.ticket;
            EXPECT_EQ(s.reason == "unknown", doubtful_.contains(s.ticket)) << s.reason;
            ++settled_[s.route];
        }
        for (const auto& [route, pushed] : pushed_)
            EXPECT_EQ(pushed, settled_[route] + d_.acc.pending(route)) << "route " << route;
    }
    static bool turned_away(const helix_driver::sent_line& sent) {
        return sent.outcome.what == post_outcome::how::login_refused;
    }
    static bool may_have_been_shown(const post_outcome& outcome) {
        return outcome.what == post_outcome::how::silent ||
               (outcome.what == post_outcome::how::answered &&
                read_say_answer(outcome.answer, 0).what == say_answer::result::unknown);
    }
    void check_lines_sent() const {
        std::map<relay::route_id, std::uint64_t> sent;
        for (const auto& line : d_.lines) {
            std::set<relay::route_id> routes;
            for (const auto ticket : line.line.tickets)
                routes.insert(route_of_.at(ticket));
            for (const auto route : routes)
                sent[route] += turned_away(line) ? 0 : 1;
        }
        for (const auto& [route, lines] : sent)
            EXPECT_EQ(d_.acc.lines_sent(route), lines) << "route " << route;
    }
    void check_limits() const {
        const auto most = [](const std::vector<core::time_point>& at) {
            std::size_t result = 0;
            for (std::size_t first = 0, last = 0; last < at.size(); ++last) {
                while (at[last] - at[first] > seconds(30))
                    ++first;
                result = std::max(result, last - first + 1);
            }
            return result;
        };
        std::vector<core::time_point> all;
        std::vector<core::time_point> low;
        std::map<std::string, core::time_point> last;
        for (const auto& sent : d_.lines) {
            all.push_back(sent.at);
            if (sent.line.channel == "bot")
                continue;
            low.push_back(sent.at);
            if (turned_away(sent))
                continue;  // nobody in the channel heard of it
            const auto before = last.find(sent.line.channel);
            if (before != last.end()) {
                EXPECT_GE(sent.at - before->second, seconds(1)) << sent.line.channel;
            }
            last[sent.line.channel] = sent.at;
        }
        EXPECT_LE(most(all), 100U);
        EXPECT_LE(most(low), 20U);
    }

    std::mt19937 random_;
    helix_driver d_;
    std::map<relay::route_id, std::size_t> pushed_;
    std::map<relay::route_id, std::size_t> settled_;
    std::map<relay::event_ticket, relay::route_id> route_of_;
    std::set<relay::event_ticket> finished_;
    std::set<relay::event_ticket> doubtful_;
    std::size_t checked_ = 0;
};

TEST(helix_property, books_and_limits_hold_under_random_answers) {
    std::size_t sent = 0;
    std::size_t relayed = 0;
    std::size_t unknown = 0;
    std::size_t login_refused = 0;
    for (unsigned seed = 0; seed < 15; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        helix_storm storm(seed);
        storm.run(400);
        sent += storm.sent();
        relayed += storm.relayed();
        unknown += storm.unknown();
        login_refused += storm.login_refused();
        if (testing::Test::HasFailure())
            return;
    }
    // The storms were weather, not silence.
    EXPECT_GT(sent, 500U);
    EXPECT_GT(relayed, 500U);
    EXPECT_GT(unknown, 20U);
    EXPECT_GT(login_refused, 20U);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
