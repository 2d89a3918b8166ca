// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/moderator_commands.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/egress/explain.hpp"
#include "tiktok2twitch/net/clock.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

// Of a line that tells what is held.
constexpr std::size_t longest_line = 200;  // code points, as all that the relay says for itself
constexpr std::size_t longest_name = 16;
constexpr std::size_t most_named = 4;

std::uint64_t sum(const relay::ledger::counts& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0},
                           [](std::uint64_t total, const auto& entry) { return total + entry.second; });
}

// "4, 5, 6": what fits in an answer.
std::string listed(const std::vector<std::uint64_t>& numbers) {
    constexpr std::size_t most = 10;
    std::string out;
    for (std::size_t i = 0; i < std::min(most, numbers.size()); ++i)
        out += (i == 0 ? "" : ", ") + std::to_string(numbers[i]);
    return numbers.size() > most ? out + " and " + std::to_string(numbers.size() - most) + " more" : out;
}

// Whoever decides has to know the words. New users are held for their time alone.
void log_held(const relay::event& event, const egress::judgement& judgement) {
    if (judgement.reason != "new_user")
        log(log_level::info, "relay", egress::explain_judgement(event, judgement));
}

}  // namespace

std::string answer_with_held(const std::string& what, const std::vector<std::uint64_t>& held) {
    return what + "; " + (held.empty() ? "nothing more is held" : "still held: " + listed(held));
}

// Another moderator may have decided before, or the time of the message is over.
std::string answer_not_decided(std::uint64_t number, const std::vector<std::uint64_t>& held) {
    if (number != 0)
        return answer_with_held("number " + std::to_string(number) + " is not held", held);
    if (held.empty())
        return "nothing is held";
    return "which one? " + listed(held) + " are held; their words are in the relay's log";
}

std::optional<std::string> held_announcer::line(std::span<const announced> held, core::time_point now,
                                                std::string_view word) {
    // What had another rule's time first may be older than its number.
    const auto newest = std::ranges::max_element(held, {}, &announced::number);
    if (newest == held.end() || !has_news(newest->number) || now < not_before_)
        return std::nullopt;
    told_ = newest->number;
    not_before_ = now + interval;
    auto text = std::to_string(held.size()) + " held for a moderator: ";
    for (std::size_t i = 0; i < std::min(most_named, held.size()); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(held[i].number);
        if (!held[i].name.empty())
            text += " (" + core::cut_code_points(held[i].name, longest_name) + ")";
    }
    if (held.size() > most_named)
        text += " and " + std::to_string(held.size() - most_named) + " more";
    text += "; '" + std::string(word) + " approve NUMBER' or 'deny NUMBER'";
    // A number comes first, so the line is no command, whatever a name may be.
    return core::cut_code_points(core::clean_text(text), longest_line);
}

moderator_commands::moderator_commands(run_context& run, outbound& out)
    : run_(run), out_(out), mods_(run.effective().commands) {
    out_.pipe().set_explainer(log_held, {egress::judgement::kind::held});
    out_.pipe().set_gate([this](const std::string& channel, const relay::event& event) {
        return mods_.verdict(channel, event, net::now());
    });
    out_.pipe().set_observer(
        [this](const std::string& channel, const relay::author& from, const egress::shown_author& shown) {
            mods_.heard(channel, from, shown);
        });
}

void moderator_commands::restore(const std::string& channel) {
    if (mods_.knows(channel))
        return;
    mods_.restore(channel, out_.files().load_moderation(channel, net::now(), net::wall_now()), net::now());
    out_.pipe().set_blocked_words(channel, mods_.blocked_words(channel));
    const auto& state = mods_.of(channel);
    out_.account().set_slow(channel, state.slow());
    const auto say = [&channel, this](const std::string& what, const char* command) {
        log(log_level::warning, "twitch/#" + channel,
            what + " by a moderator, since before this start; '" + word() + " " + command +
                "' in the channel's chat ends it");
    };
    if (state.paused())
        say("paused", "resume");
    if (state.only_gifts())
        say("restricted to gifts", "only off");
    if (state.slow().count() > 0)
        say("slowed to a line in " + std::to_string(state.slow().count()) + " s", "slow 0");
}

void moderator_commands::on_reload() {
    for (const auto& channel : mods_.set_options(run_.effective().commands, net::now()))
        save(channel);
    for (const auto& channel : mods_.channels())
        out_.account().set_slow(channel, mods_.of(channel).slow());
}

void moderator_commands::judge_all_again() {
    for (const auto& channel : mods_.channels())
        out_.judge_again(channel);
}

void moderator_commands::on_chat(const twitch::chat_message& message) {
    const auto reaction = mods_.on_chat(message, net::now());
    if (!reaction)
        return;
    auto answer = act(*reaction, message.channel);
    out_.save(out_.pipe().take_marks());
    if (reaction->save)
        save(message.channel);
    log(log_level::info, "twitch/#" + message.channel,
        "moderator " + core::repair_utf8(message.login) + ": " + answer);
    out_.account().answer(message.channel, std::move(answer), net::now());
}

std::string moderator_commands::act(const egress::moderator_reaction& reaction, const std::string& channel) {
    switch (reaction.effect) {
        case egress::moderator_effect::none:
            break;
        case egress::moderator_effect::words:
            out_.pipe().set_blocked_words(channel, mods_.blocked_words(channel));
            out_.judge_again(channel);
            break;
        case egress::moderator_effect::silence:
            out_.judge_again(channel);
            break;
        case egress::moderator_effect::resume:
            out_.account().ask_now(channel, net::now());
            break;
        case egress::moderator_effect::slow:
            out_.account().set_slow(channel, mods_.of(channel).slow());
            break;
        case egress::moderator_effect::status:
            return status_of(channel);
        case egress::moderator_effect::approve:
            return approve(channel, reaction.number);
        case egress::moderator_effect::deny:
            return deny(channel, reaction.number);
    }
    return reaction.answer;
}

std::string moderator_commands::approve(const std::string& channel, std::uint64_t number) {
    auto part = out_.pipe().approve(channel, number, net::now());
    if (!part)
        return answer_not_decided(number, out_.pipe().undecided(channel));
    const auto whose = part->name;
    out_.held().keep(false);  // before it is said: a crash must not have it said twice
    out_.account().push(std::move(*part), net::now());
    return answer_with_held(whose.empty() ? "said" : "said what " + whose + " wrote",
                            out_.pipe().undecided(channel));
}

std::string moderator_commands::deny(const std::string& channel, std::uint64_t number) {
    if (!out_.pipe().deny(channel, number))
        return answer_not_decided(number, out_.pipe().undecided(channel));
    out_.held().keep(false);
    return answer_with_held("dropped", out_.pipe().undecided(channel));
}

std::string moderator_commands::status_of(const std::string& channel) const {
    const auto& pipe = out_.pipe();
    std::vector<egress::route_status> routes;
    for (const auto& [names, id] : out_.routes()) {
        if (names.second != channel)
            continue;
        const auto& ledger = pipe.routes().at(id).ledger;
        routes.push_back({names.first, ledger.relayed() + ledger.folded(), out_.account().pending(id),
                          sum(ledger.dropped()), sum(ledger.filtered()), pipe.held(id)});
    }
    return mods_.status(channel, routes);
}

void moderator_commands::announce_held() {
    if (run_.settings.dry_run || word().empty() || !run_.effective().commands.announce_held)
        return;
    const auto now = net::now();
    const auto budget = out_.account().budget(now);
    bool said = false;
    for (const auto& channel : out_.account().channels(now))
        said = announce_held(channel, budget, now) || said;
    if (said)
        out_.deliver();
}

bool moderator_commands::announce_held(const twitch::channel_status& channel,
                                       const twitch::budget_status& budget, core::time_point now) {
    const auto waiting = out_.pipe().undecided(channel.channel);
    const auto& bucket = channel.high_tier ? budget.moderator : budget.normal;
    if (waiting.empty() || channel.state != twitch::channel_state::ready ||
        channel.waiting + channel.in_flight > 0 || bucket.used * 2 > bucket.limit)
        return false;
    auto& announcer = announcers_[channel.channel];
    if (!announcer.has_news(std::ranges::max(waiting)) || now < announcer.not_before())
        return false;
    std::vector<announced> list;
    for (auto& message : out_.pipe().held_messages(now, channel.channel))
        list.push_back({message.number, std::move(message.name)});
    auto line = announcer.line(list, now, word());
    if (line)
        out_.account().answer(channel.channel, *std::move(line), now);
    return line.has_value();
}

std::string moderator_commands::held_json() const {
    const auto& pipe = out_.pipe();
    auto list = nlohmann::ordered_json::array();
    for (const auto& message : pipe.held_messages(net::now())) {
        const auto& route = pipe.routes().at(message.route);
        list.push_back(
            {{"id", message.number},
             {"tiktok", route.tiktok},
             {"channel", route.channel},
             {"kind", relay::name_of(message.kind)},
             {"user", message.author},
             {"line", message.line},
             {"reason", message.reason},
             {"seconds_left", std::chrono::duration_cast<std::chrono::seconds>(message.left).count()}});
    }
    const nlohmann::ordered_json out = {{"version", 1}, {"held", std::move(list)}};
    return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

control::answer moderator_commands::decide(const control::request& request) {
    if (!run_.running())
        return {static_cast<int>(exit_code::try_again), "the relay is ending; what is held is kept"};
    auto& pipe = out_.pipe();
    const auto channel = pipe.channel_of_held(request.id);
    if (!channel) {
        std::string held_now;
        for (const auto& message : pipe.held_messages(net::now()))
            held_now += (held_now.empty() ? "" : ", ") + std::to_string(message.number);
        return {static_cast<int>(exit_code::usage),
                "number " + std::to_string(request.id) + " is not held; " +
                    (held_now.empty() ? "nothing is" : "held: " + held_now)};
    }
    const bool approves = request.what == control::verb::approve;
    auto text = approves ? approve(*channel, request.id) : deny(*channel, request.id);
    log(log_level::info, "twitch/#" + *channel,
        "by 'tiktok2twitch " + std::string(control::name_of(request.what)) + " " +
            std::to_string(request.id) + "': " + text);
    out_.save(pipe.take_marks());
    out_.deliver();
    return {static_cast<int>(exit_code::ok), std::move(text)};
}

void moderator_commands::save_timed() {
    for (const auto& channel : mods_.channels())
        if (mods_.of(channel).has_timed_mutes())
            save(channel);
}

void moderator_commands::save(const std::string& channel) {
    out_.files().save_moderation(channel, mods_.of(channel).text(net::now(), net::wall_now()));
}

}  // namespace tiktok2twitch::app
