// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <numeric>
#include <utility>

#include "app/clock.hpp"
#include "app/explain.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

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

}  // namespace

twitch::options relay_service::impl::account_options() const {
    auto options = settings.effective.twitch;
    options.command_word = mods.command_word();
    options.token_is_kept = !settings.dry_run;
    if (options.token_is_kept)
        options.token = login.token;
    return options;
}

void relay_service::impl::restore_moderation(const std::string& channel) {
    if (mods.knows(channel))
        return;
    mods.restore(channel, files.load_moderation(channel, steady_now(), wall_now()), steady_now());
    books.set_blocked_words(channel, mods.blocked_words(channel));
    const auto& state = mods.of(channel);
    account->set_slow(channel, state.slow());
    const auto say = [&channel, this](const std::string& what, const char* command) {
        log(log_level::warning, "twitch/#" + channel,
            what + " by a moderator, since before this start; '" + mods.command_word() + " " + command +
                "' in the channel's chat ends it");
    };
    if (state.paused())
        say("paused", "resume");
    if (state.only_gifts())
        say("restricted to gifts", "only off");
    if (state.slow().count() > 0)
        say("slowed to a line in " + std::to_string(state.slow().count()) + " s", "slow 0");
}

void relay_service::impl::save_moderation(const std::string& channel) {
    files.save_moderation(channel, mods.of(channel).text(steady_now(), wall_now()));
}

void relay_service::impl::on_chat(const twitch::chat_message& message) {
    auto reaction = mods.on_chat(message, steady_now());
    if (!reaction)
        return;
    auto answer = std::move(reaction->answer);
    switch (reaction->effect) {
        case moderator_effect::none:
            break;
        case moderator_effect::words:
            books.set_blocked_words(message.channel, mods.blocked_words(message.channel));
            judge_again(message.channel);
            break;
        case moderator_effect::silence:
            judge_again(message.channel);
            break;
        case moderator_effect::resume:
            account->ask_now(message.channel, steady_now());
            break;
        case moderator_effect::slow:
            account->set_slow(message.channel, mods.of(message.channel).slow());
            break;
        case moderator_effect::status:
            answer = status_of(message.channel);
            break;
        case moderator_effect::approve:
            answer = approve(message.channel, reaction->number);
            break;
        case moderator_effect::deny:
            answer = deny(message.channel, reaction->number);
            break;
    }
    save(books.take_marks());
    if (reaction->save)
        save_moderation(message.channel);
    log(log_level::info, "twitch/#" + message.channel,
        "moderator " + core::repair_utf8(message.login) + ": " + answer);
    account->answer(message.channel, std::move(answer), steady_now());
}

// Who is to decide has to know about what. New users are held for their time alone.
void relay_service::impl::tell_held() {
    books.set_explainer([](const relay::event& event, const judgement& judgement) {
        if (judgement.what != judgement::kind::held || judgement.reason == "new_user")
            return;
        log(log_level::info, "relay", explain_judgement(event, judgement));
    });
}

std::string relay_service::impl::approve(const std::string& channel, std::uint64_t number) {
    auto part = books.approve(channel, number, steady_now());
    if (!part)
        return not_decided(channel, number);
    const auto whose = part->name;
    keep_held(false);  // before it is said: a crash must not have it said twice
    account->push(std::move(*part), steady_now());
    return still_held(channel, whose.empty() ? "said" : "said what " + whose + " wrote");
}

std::string relay_service::impl::deny(const std::string& channel, std::uint64_t number) {
    if (!books.deny(channel, number))
        return not_decided(channel, number);
    keep_held(false);
    return still_held(channel, "dropped");
}

// Two moderators may decide about the same message, and time about it before both.
std::string relay_service::impl::not_decided(const std::string& channel, std::uint64_t number) const {
    const auto held = books.undecided(channel);
    if (number != 0)
        return still_held(channel, "number " + std::to_string(number) + " is not held");
    if (held.empty())
        return "nothing is held";
    return "which one? " + listed(held) + " are held; their words are in the relay's log";
}

std::string relay_service::impl::still_held(const std::string& channel, const std::string& what) const {
    const auto held = books.undecided(channel);
    return what + "; " + (held.empty() ? "nothing more is held" : "still held: " + listed(held));
}

// A pause that lets a minute's worth of waiting lines pass would be none, nor would a blocked word.
void relay_service::impl::judge_again(const std::string& channel) {
    const auto now = steady_now();
    const auto found = books.judge_again(channel, now);
    for (const auto& [reason, tickets] : found.withdrawn) {
        const auto waits = [&listed = tickets](relay::event_ticket ticket) {
            return listed.contains(ticket);
        };
        account->withdraw(waits, reason, now);
    }
    account->revise(found.revised, now);
    save(books.take_marks());
    watch_clock();
}

std::string relay_service::impl::status_of(const std::string& channel) const {
    std::vector<route_status> routes;
    for (const auto& [names, id] : rooms.route_ids) {
        if (names.second != channel)
            continue;
        const auto& ledger = books.routes().at(id).ledger;
        routes.push_back({names.first, ledger.relayed() + ledger.folded(), account->pending(id),
                          sum(ledger.dropped()), sum(ledger.filtered()), books.held(id)});
    }
    return mods.status(channel, routes);
}

}  // namespace tiktok2twitch::app
