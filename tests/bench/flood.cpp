// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What becomes of a TikTok chat of a given size in a Twitch channel: one hour of virtual time per case, the
// real twitch::account against the stand-in's rules with Twitch's limits enforced. Prints a table:
//
//   carried/folded/lost  share of the messages, in percent
//   p50 p95 max          delay from arrival to Twitch's confirmation, in seconds
//   viol                 violations of Twitch's limits that the stand-in saw
//   fill                 characters sent / characters that the sending budget allows, in percent
//
// Each load comes twice: arrivals independent of each other, and in batches of 5 to 10. `single` is the same
// relay without packing: one message per line.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <queue>
#include <random>
#include <string>
#include <vector>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/sim/twitch_rules.hpp"
#include "tiktok2twitch/twitch/account.hpp"
#include "tiktok2twitch/twitch/irc_codec.hpp"

namespace tiktok2twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr core::duration length = std::chrono::hours(1);
constexpr core::duration round_trip = milliseconds(60);
constexpr core::time_point begin{std::chrono::hours(1000)};

struct scenario {
    const char* channel;
    sim::role role = sim::role::ordinary;
    int slow = 0;
};

struct arrival {
    core::duration at{};
    std::int64_t author = 0;
    std::string body;
};

// Comments as live chats write them: mostly short, some of them what everybody writes.
std::string comment(std::mt19937_64& random, std::int64_t author) {
    static const std::vector<std::string> words{"love",   "this",  "song",   "so",   "much",  "hello", "from",
                                                "Brazil", "can",   "you",    "play", "that",  "again", "lol",
                                                "wow",    "first", "time",   "here", "what",  "is",    "the",
                                                "game",   "nice",  "stream", "yes",  "please"};
    static const std::vector<std::string> common{"GG", "LOL", "hi", "\u2764\ufe0f\u2764\ufe0f", "first"};
    std::string text;
    if (random() % 10 == 0) {
        text = common[random() % common.size()];
    } else {
        std::geometric_distribution<int> more(0.18);
        const int count = 1 + std::min(more(random), 20);
        for (int i = 0; i < count; ++i)
            text += (i > 0 ? " " : "") + words[random() % words.size()];
    }
    return "viewer" + std::to_string(author) + ": " + text;
}

std::vector<arrival> arrivals(double per_minute, bool batched, std::mt19937_64& random) {
    std::vector<arrival> all;
    std::exponential_distribution<double> gap(per_minute / 60.0 / (batched ? 7.5 : 1.0));
    for (double at = gap(random); at < std::chrono::duration<double>(length).count(); at += gap(random)) {
        const auto count = batched ? 5 + random() % 6 : 1;
        for (std::size_t i = 0; i < count; ++i) {
            const auto author = static_cast<std::int64_t>(random() % 400);
            all.push_back({std::chrono::duration_cast<core::duration>(std::chrono::duration<double>(at)),
                           author, comment(random, author)});
        }
    }
    return all;
}

struct outcome {
    std::size_t received = 0;
    std::size_t relayed = 0;
    std::size_t folded = 0;
    std::size_t violations = 0;
    double fill = 0;
    std::vector<double> delays;
};

class hour {
public:
    hour(const scenario& scenario, bool pack, std::uint64_t seed)
        : scenario_(scenario), options_(make_options(pack)), account_(options_, {}, false, begin, seed) {
        rules_.add_account("bot", "token");
        rules_.add_channel("chan");
        rules_.set_role("bot", "chan", scenario.role);
        sim::channel_modes modes;
        modes.slow = scenario.slow;
        rules_.set_modes("chan", modes);
        account_.add_route(1, "chan", now_);
        account_.on_connecting(now_);
        account_.on_connected(now_);
    }

    outcome run(const std::vector<arrival>& all) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            run_until(begin + all[i].at);
            relay::line_part part;
            part.ticket = i + 1;
            part.route = 1;
            part.label = "[TikTok] ";
            part.body = all[i].body;
            part.name = part.body.substr(0, part.body.find(':'));
            part.text = part.body.substr(part.body.find(':') + 2);
            part.fold_key = core::fold_key(part.text);
            part.author_id = all[i].author;
            part.received_at = now_;
            arrived_[part.ticket] = now_;
            account_.push(std::move(part), now_);
        }
        run_until(begin + length);
        const double allowed = std::chrono::duration<double>(length) /
                               std::chrono::duration<double>(seconds(32)) *
                               (scenario_.role == sim::role::ordinary ? 18.0 : 90.0) * 450.0;
        run_until(begin + length + options_.max_age + seconds(30));
        result_.received = all.size();
        result_.fill = static_cast<double>(characters_) / allowed * 100;
        result_.violations = rules_.violations().size();
        std::sort(result_.delays.begin(), result_.delays.end());
        return std::move(result_);
    }

private:
    static twitch::options make_options(bool pack) {
        twitch::options options;
        options.login = "bot";
        options.token = core::secret("token");
        options.pack = pack;
        return options;
    }

    void run_until(core::time_point end) {
        for (;;) {
            const auto answer_at = answers_.empty() ? core::time_point::max() : answers_.begin()->first;
            if (answer_at <= now_) {
                account_.on_line(answers_.begin()->second, now_);
                answers_.erase(answers_.begin());
                settle();
                continue;
            }
            const auto next = account_.next(now_);
            settle();
            if (const auto* wait = std::get_if<twitch::wait_until>(&next)) {
                const auto at = std::min(wait->at, answer_at);
                if (at > end)
                    break;
                now_ = std::max(now_ + std::chrono::microseconds(1), at);
            } else {
                obey(next);
            }
        }
        now_ = std::max(now_, end);
    }

    void obey(const twitch::step& next) {
        if (const auto* bytes = std::get_if<twitch::write_bytes>(&next))
            answer(bytes->bytes);
        else if (const auto* line = std::get_if<twitch::write_line>(&next)) {
            account_.on_written(now_);
            characters_ += core::count_code_points(line->text);
            const auto said = rules_.say("bot", "chan", line->text, now_);
            if (said.what == sim::say_answer::kind::delivered)
                reply(rules_.userstate("bot", "chan", said.id));
            else if (said.what == sim::say_answer::kind::refused)
                reply("@msg-id=" + said.msg_id + " :tmi.twitch.tv NOTICE #chan :" + said.notice);
        }
    }

    void answer(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto end = bytes.find('\n');
            const auto message = twitch::parse(bytes.substr(0, end));
            bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
            if (!message)
                continue;
            if (message->command == "CAP")
                reply(":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
            else if (message->command == "NICK") {
                rules_.login("oauth:token", "bot", now_);
                reply(":tmi.twitch.tv 001 bot :Welcome, GLHF!");
            } else if (message->command == "JOIN") {
                rules_.join("bot", "chan", now_);
                reply(rules_.userstate("bot", "chan", ""));
                reply(rules_.roomstate("chan"));
            } else if (message->command == "PING")
                reply(":tmi.twitch.tv PONG tmi.twitch.tv :" + std::string(message->params.back()));
        }
    }

    void reply(std::string line) { answers_.emplace(now_ + round_trip, std::move(line)); }

    void settle() {
        for (const auto& settled : account_.take_settlements()) {
            if (settled.result == relay::outcome::folded)
                ++result_.folded;
            if (settled.result != relay::outcome::relayed)
                continue;
            ++result_.relayed;
            result_.delays.push_back(
                std::chrono::duration<double>(now_ - arrived_.at(settled.ticket)).count());
        }
        account_.take_notices();
    }

    scenario scenario_;
    twitch::options options_;
    core::time_point now_ = begin;
    twitch::account account_;
    sim::twitch_rules rules_;
    std::multimap<core::time_point, std::string> answers_;
    std::map<relay::event_ticket, core::time_point> arrived_;
    std::size_t characters_ = 0;
    outcome result_;
};

double share(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

double at(const std::vector<double>& sorted, double where) {
    return sorted.empty() ? 0
                          : sorted[static_cast<std::size_t>(where * static_cast<double>(sorted.size() - 1))];
}

void print_case(const scenario& scenario, double per_minute, bool batched, bool pack) {
    std::mt19937_64 random(static_cast<std::uint64_t>(per_minute) * 2 + (batched ? 1 : 0));
    const auto result = hour(scenario, pack, 1).run(arrivals(per_minute, batched, random));
    const auto lost = result.received - result.relayed - result.folded;
    std::printf(
        "| %-9s | %5.0f | %-11s | %-6s | %5.1f | %5.1f | %5.1f | %5.1f | %5.1f | %5.1f | %4zu | %5.1f |\n",
        scenario.channel, per_minute, batched ? "batches" : "independent", pack ? "packed" : "single",
        share(result.relayed, result.received), share(result.folded, result.received),
        share(lost, result.received), at(result.delays, 0.5), at(result.delays, 0.95), at(result.delays, 1.0),
        result.violations, result.fill);
}

}  // namespace
}  // namespace tiktok2twitch

int main() {
    using namespace tiktok2twitch;
    std::puts(
        "| channel   | /min  | arrivals    | lines  | carr. | fold. | lost  | p50   | p95   | max   | viol | "
        "fill  |");
    std::puts("|---|--:|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    const std::vector<scenario> scenarios{{"ordinary", sim::role::ordinary, 0},
                                          {"moderator", sim::role::moderator, 0},
                                          {"slow 30", sim::role::ordinary, 30}};
    for (const auto& scenario : scenarios)
        for (const double load : {10.0, 20.0, 46.0, 60.0, 120.0, 300.0, 600.0, 720.0, 1200.0})
            for (const bool batched : {false, true})
                for (const bool pack : {true, false})
                    print_case(scenario, load, batched, pack);
    return 0;
}
