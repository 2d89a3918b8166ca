// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What becomes of a TikTok chat of a given size in a Twitch channel: one hour of virtual time per case (or
// `--for 120s`), the real twitch::account against the stand-in's rules with Twitch's limits enforced. Prints
// a table:
//
//   carried/folded/lost  share of the messages, in percent
//   p50 p95 max          delay from arrival to Twitch's confirmation, in seconds
//   viol                 violations of Twitch's limits that the stand-in saw
//   fill                 characters sent / characters that the sending budget allows, in percent
//
// Each load comes twice: arrivals independent of each other, and in batches of 5 to 10. `single` is the same
// relay without packing: one message per line.

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bench/flood_load.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/sim/twitch/rules.hpp"
#include "tiktok2twitch/twitch/irc/codec.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch {
namespace {

using namespace bench;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr core::duration round_trip = milliseconds(60);
constexpr core::time_point begin{std::chrono::hours(1000)};

struct outcome {
    std::size_t received = 0;
    std::size_t relayed = 0;
    std::size_t folded = 0;
    std::size_t violations = 0;
    double fill = 0;
    std::vector<double> delays;
};

class show {
public:
    show(const scenario& scenario, core::duration length, bool pack, std::uint64_t seed)
        : scenario_(scenario),
          length_(length),
          options_(make_options(pack)),
          account_(options_, {}, false, begin, seed) {
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
            part.name = "viewer" + std::to_string(all[i].author);
            part.text = all[i].text;
            part.body = part.name + ": " + part.text;
            part.fold_key = core::fold_key(part.text);
            part.author_id = all[i].author;
            part.received_at = now_;
            arrived_[part.ticket] = now_;
            account_.push(std::move(part), now_);
        }
        run_until(begin + length_);
        result_.fill = static_cast<double>(characters_) / allowed_characters(scenario_, length_) * 100;
        run_until(begin + length_ + options_.max_age + seconds(30));
        result_.received = all.size();
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
    core::duration length_;
    twitch::options options_;
    core::time_point now_ = begin;
    twitch::account account_;
    sim::twitch_rules rules_;
    std::multimap<core::time_point, std::string> answers_;
    std::map<relay::event_ticket, core::time_point> arrived_;
    std::size_t characters_ = 0;
    outcome result_;
};

void print_case(const scenario& scenario, core::duration length, double per_minute, bool batched, bool pack) {
    const auto result = show(scenario, length, pack, 1).run(arrivals(per_minute, batched, length, 1));
    const auto lost = result.received - result.relayed - result.folded;
    std::printf(
        "| %-9s | %5.0f | %-11s | %-6s | %5.1f | %5.1f | %5.1f | %5.1f | %5.1f | %5.1f | %4zu | %5.1f |\n",
        scenario.channel, per_minute, batched ? "batches" : "independent", pack ? "packed" : "single",
        share(result.relayed, result.received), share(result.folded, result.received),
        share(lost, result.received), percentile(result.delays, 0.5), percentile(result.delays, 0.95),
        percentile(result.delays, 1.0), result.violations, result.fill);
}

}  // namespace
}  // namespace tiktok2twitch

int main(int argc, char** argv) {
    using namespace tiktok2twitch;
    core::duration length = std::chrono::hours(1);
    if (argc > 1) {
        const auto given = core::parse_duration(argc == 3 ? argv[2] : "");
        if (std::string_view(argv[1]) != "--for" || !given) {
            std::fputs("usage: t2t_flood [--for DURATION]\n", stderr);
            return 64;
        }
        length = *given;
    }
    std::puts(
        "| channel   | /min  | arrivals    | lines  | carr. | fold. | lost  | p50   | p95   | max   | viol | "
        "fill  |");
    std::puts("|---|--:|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (const auto& scenario : bench::scenarios())
        for (const double load : bench::loads)
            for (const bool batched : {false, true})
                for (const bool pack : {true, false})
                    print_case(scenario, length, load, batched, pack);
    return 0;
}
