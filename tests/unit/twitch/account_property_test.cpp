// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/twitch/irc/notice_table.hpp"
#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array channels{"alpha", "beta", "gamma"};

// Random events, refusals, silences, disconnects, promotions and clock jumps; after every single call the
// books are checked, after the run Twitch's documented limits.
class storm {
public:
    explicit storm(unsigned seed) : random_(seed), d_(with(seed), {}, seed % 5 == 0) {
        d_.after_step = [this] {
            check_books();
        };
        d_.answer = [this](const auto& sent) {
            return answer(sent);
        };
        d_.leaves = [this](const auto& sent) {
            return leaves(sent);
        };
        d_.answers_joins = seed % 7 != 0;
    }

    void run(int steps) {
        for (relay::route_id r = 1; r <= 4; ++r)
            add_route(r);
        for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
            act();
            d_.answers_joins = d_.answers_joins || below(20) == 0;
            d_.run_for(milliseconds(below(below(5) == 0 ? 8000 : 400)));
        }
        d_.acc.drain(d_.now + seconds(5), d_.now);
        d_.run_for(minutes(1));
        d_.collect();
        for (const auto& [route, pushed] : pushed_)
            EXPECT_EQ(d_.acc.pending(route), 0U);
        check_limits();
    }

    std::size_t sent() const { return d_.lines.size(); }
    std::size_t relayed() const { return relayed_; }
    std::size_t answers() const { return answers_; }
    std::size_t withdrawn() const { return d_.dropped("withdrawn"); }
    std::size_t not_said() const { return not_said_; }

private:
    static options with(unsigned seed) {
        options out;
        out.pack = seed % 2 == 0;
        out.backlog = 20 + seed % 50;
        out.vip_is_moderator = seed % 3 == 0;
        return out;
    }
    unsigned below(unsigned limit) { return std::uniform_int_distribution<unsigned>(0, limit - 1)(random_); }
    std::string any_channel() { return channels.at(below(channels.size())); }

    void add_route(relay::route_id route) {
        d_.acc.add_route(route, any_channel(), d_.now);
        d_.collect();
    }
    void push() {
        const relay::route_id route = 1 + below(4);
        ++pushed_[route];
        // Few different texts, so that repeats happen; some of them are folded.
        const auto who = "v" + std::to_string(below(30));
        if (below(3) == 0)
            d_.push_said(route, who, "gg" + std::to_string(below(3)), below(30));
        else
            d_.push(route, who + ": " + std::string(below(200), 'x'));
    }

    // Any of the last hundred: waiting, folded, in flight, to be sent again, or settled long ago.
    void withdraw() {
        const auto remainder = below(4);
        const auto oldest = d_.ticket > 100 ? d_.ticket - 100 : 0;
        const auto which = [&](relay::event_ticket ticket) {
            return ticket > oldest && ticket % 4 == remainder;
        };
        const auto count = d_.acc.withdraw(which, "withdrawn", d_.now);
        const auto before = d_.settled.size();
        d_.collect();
        std::size_t taken = 0;
        for (auto i = before; i < d_.settled.size(); ++i)
            taken += d_.settled[i].reason == "withdrawn" ? 1 : 0;
        EXPECT_EQ(taken, count);
        for (auto ticket = oldest + 1; ticket <= d_.ticket; ++ticket)
            if (which(ticket))
                withdrawn_.insert(ticket);
    }

    void act() {
        const auto channel = any_channel();
        const auto dice = below(100);
        if (dice < 60) {
            for (unsigned i = below(below(10) == 0 ? 60 : 4); i-- > 0;)
                push();
        } else if (dice < 64 && d_.connected) {
            d_.disconnect();
        } else if (dice < 66 && d_.connected) {
            d_.say(":tmi.twitch.tv RECONNECT");
        } else if (dice < 74 && d_.connected) {
            static const std::array ranks{"badges=;mod=0", "badges=;mod=0", "badges=moderator/1;mod=1",
                                          "badges=vip/1;mod=0"};
            // A VIP is ordinary for the checker below, so only where the settings say so too.
            d_.set_rank(channel, ranks.at(below(d_.settings.vip_is_moderator ? 3 : 4)));
        } else if (dice < 80 && d_.connected) {
            static const std::array states{"slow=5", "slow=0", "followers-only=-1",
                                           "emote-only=0;subs-only=0", "followers-only=10"};
            d_.say("@" + std::string(states.at(below(states.size()))) + " :tmi.twitch.tv ROOMSTATE #" +
                   channel);
        } else if (dice < 82 && d_.connected) {
            const std::string duration =
                below(8) == 0 ? "" : "@ban-duration=" + std::to_string(below(20)) + " ";
            d_.say(duration + ":tmi.twitch.tv CLEARCHAT #" + channel + " :bot");
        } else if (dice < 86) {
            const relay::route_id route = 1 + below(4);
            if (below(2) == 0)
                d_.acc.remove_route(route, d_.now);
            d_.collect();
            add_route(route);
        } else if (dice < 88) {
            // A machine that slept: the server's window has passed as well.
            d_.now += below(4) == 0 ? core::duration(std::chrono::hours(below(3000))) : seconds(below(100));
        } else if (dice < 90) {
            d_.settings.backlog = 5 + below(60);
            d_.settings.pack = below(2) == 0;
            d_.acc.update_options(d_.settings, d_.now);
            d_.collect();
        } else if (dice < 92) {
            d_.rtt = milliseconds(below(900));
        } else if (dice < 94 && d_.connected) {
            d_.say("@msg-id=" + any_refusal() + " :tmi.twitch.tv NOTICE #" + channel + " :unasked");
        } else if (dice < 96) {
            d_.acc.answer(channel, "answer " + std::to_string(below(5)), d_.now);
        } else if (dice < 97) {
            slow_[channel] = seconds(below(2) == 0 ? 0 : below(10));
            d_.acc.set_slow(channel, slow_[channel]);
        } else {
            withdraw();
        }
    }

    // Some lines do not leave, or leave and are turned away at the door; and what they carry may be taken
    // back, or lose its route, before that is known.
    bool leaves(const account_driver::sent_line& sent) {
        check_line(sent);
        if (below(25) != 0)
            return true;
        ++not_said_;
        if (below(2) == 0)
            d_.acc.on_written(d_.now);
        if (below(3) == 0)
            withdraw();
        if (below(3) == 0) {
            const relay::route_id route = 1 + below(4);
            d_.acc.remove_route(route, d_.now);
            d_.collect();
            add_route(route);
        }
        return false;
    }

    std::string any_refusal() {
        const auto rules = all_rules();
        const auto& rule = rules[below(static_cast<unsigned>(rules.size()))];
        // The account's end and hour-long bans would leave little to test.
        if (rule.what == reaction::fatal || (rule.what == reaction::stop && below(10) != 0))
            return "msg_rejected";
        return std::string(rule.id);
    }

    std::string answer(const account_driver::sent_line& sent) {
        const auto& channel = sent.line.channel;
        check_pace(sent);
        const auto dice = below(100);
        if (dice < 70)
            return d_.accept(channel);
        if (dice < 75)
            return "";
        if (dice < 80)
            return d_.refuse(channel, "msg_ratelimit");
        if (dice < 84)
            return d_.refuse(channel, "msg_slowmode", "again in 3 seconds");
        if (dice < 88)
            return d_.refuse(channel, "msg_duplicate");
        return d_.refuse(channel, any_refusal(), "for 4 more seconds");
    }

    void check_line(const account_driver::sent_line& sent) {
        EXPECT_LE(core::count_code_points(parse(sent.line.bytes)->param(1)), options{}.line_length);
        EXPECT_EQ(sent.line.bytes.find_first_of("\r\n"), sent.line.bytes.size() - 2);
        // The line is the only unconfirmed one of its channel.
        for (const auto& status : d_.acc.channels(d_.now)) {
            if (status.channel == sent.line.channel) {
                EXPECT_GE(status.in_flight, sent.line.tickets.size());
            }
        }
        for (const auto ticket : sent.line.tickets) {
            EXPECT_FALSE(withdrawn_.contains(ticket)) << "sent after it was taken back: " << ticket;
            EXPECT_FALSE(tickets_.contains(ticket)) << "sent after it was settled: " << ticket;
        }
    }

    void check_pace(const account_driver::sent_line& sent) {
        answers_ += sent.line.tickets.empty() ? 1 : 0;
        if (sent.line.tickets.empty())
            return;
        const auto& channel = sent.line.channel;
        const auto before = last_relayed_.find(channel);
        // A line that is sent again may come sooner.
        if (before != last_relayed_.end() && before->second.line.text != sent.line.text) {
            EXPECT_GE(sent.at - before->second.at, slow_[channel]) << channel;
        }
        last_relayed_.insert_or_assign(channel, sent);
    }

    void check_books() {
        for (; checked_ < d_.settled.size(); ++checked_) {
            const auto& s = d_.settled[checked_];
            EXPECT_TRUE(tickets_.insert(s.ticket).second) << "settled twice: " << s.ticket;
            EXPECT_EQ(s.result != relay::outcome::dropped, s.reason.empty());
            relayed_ += s.result == relay::outcome::relayed ? 1 : 0;
            ++settled_[s.route];
        }
        for (const auto& [route, pushed] : pushed_) {
            // push() counts before it calls; between the two nothing is checked.
            EXPECT_EQ(pushed, settled_[route] + d_.acc.pending(route)) << "route " << route;
            EXPECT_LE(d_.acc.lines_accepted(route), d_.acc.lines_sent(route));
        }
    }

    // Twitch's own numbers, in every window whatever its phase.
    void check_limits() {
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
            if (sent.ordinary)
                low.push_back(sent.at);
            const auto before = last.find(sent.line.channel);
            if (sent.ordinary && before != last.end()) {
                EXPECT_GE(sent.at - before->second, seconds(1)) << sent.line.channel;
            }
            last[sent.line.channel] = sent.at;
        }
        EXPECT_LE(most(all), 100U);
        EXPECT_LE(most(low), 20U);
        for (std::size_t i = 1; i < d_.logins.size(); ++i)
            EXPECT_GE(d_.logins[i] - d_.logins[i - 1], seconds(2));
    }

    std::mt19937 random_;
    account_driver d_;
    std::map<relay::route_id, std::size_t> pushed_;
    std::map<relay::route_id, std::size_t> settled_;
    std::set<relay::event_ticket> tickets_;
    std::size_t checked_ = 0;
    std::size_t relayed_ = 0;
    std::size_t answers_ = 0;
    std::size_t not_said_ = 0;
    std::map<std::string, core::duration> slow_;
    std::map<std::string, account_driver::sent_line> last_relayed_;
    std::set<relay::event_ticket> withdrawn_;
};

TEST(account_property, books_and_limits_hold_through_every_storm) {
    std::size_t sent = 0;
    std::size_t relayed = 0;
    std::size_t answers = 0;
    std::size_t withdrawn = 0;
    std::size_t not_said = 0;
    for (unsigned seed = 0; seed < 15; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        storm s(seed);
        s.run(400);
        sent += s.sent();
        relayed += s.relayed();
        answers += s.answers();
        withdrawn += s.withdrawn();
        not_said += s.not_said();
        if (testing::Test::HasFailure())
            return;
    }
    // The storms were weather, not silence.
    EXPECT_GT(sent, 1000U);
    EXPECT_GT(relayed, 1000U);
    EXPECT_GT(answers, 30U);
    EXPECT_GT(withdrawn, 100U);
    EXPECT_GT(not_said, 50U);
}

// Demand far above the budget on several channels of both ranks, promotions and demotions included.
TEST(account_property, limits_hold_under_saturation) {
    for (unsigned seed = 0; seed < 10; ++seed) {
        options settings;
        settings.pack = false;
        account_driver d(settings);
        std::mt19937 random(seed);
        for (relay::route_id r = 1; r <= 3; ++r)
            d.acc.add_route(r, channels.at(r - 1), d.now);
        d.rank_tags["alpha"] = "badges=moderator/1;mod=1";
        for (int i = 0; i < 1200; ++i) {
            for (relay::route_id r = 1; r <= 3; ++r)
                d.push(r, std::to_string(d.ticket));
            d.run_for(milliseconds(250));
            if (random() % 100 == 0 && d.connected)
                d.disconnect();
            if (random() % 100 == 0 && d.connected) {
                const auto* const name = channels.at(random() % 3);
                d.set_rank(name, d.ordinary(name) ? "badges=;mod=1" : "badges=;mod=0");
            }
        }
        std::vector<core::time_point> low;
        for (const auto& line : d.lines)
            if (line.ordinary)
                low.push_back(line.at);
        for (std::size_t i = 20; i < low.size(); ++i)
            ASSERT_GT(low[i] - low[i - 20], seconds(30));
        for (std::size_t i = 100; i < d.lines.size(); ++i)
            ASSERT_GT(d.lines[i].at - d.lines[i - 100].at, seconds(30));
        EXPECT_GT(d.lines.size(), 200U);
    }
}

}  // namespace
}  // namespace tiktok2twitch::twitch
