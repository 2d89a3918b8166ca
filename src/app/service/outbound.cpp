// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/outbound.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>

#include "tiktok2twitch/app/config/policy.hpp"
#include "tiktok2twitch/app/control/command_client.hpp"
#include "tiktok2twitch/app/control/command_socket.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/client/dry_client.hpp"
#include "tiktok2twitch/twitch/client/irc_client.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {
namespace asio = boost::asio;
using core::log;
using core::log_level;

namespace {

// What is wrong with the send log. The relay runs all the same.
void tell_trouble(const twitch::send_log::opened& found) {
    constexpr std::string_view starts_slowly = "the first half minute is slow, as this one's is";
    if (found.trouble == twitch::errc::state_file_newer)
        log(log_level::warning, "state", newer_file(found.path, starts_slowly));
    else if (found.trouble)
        log(log_level::warning, "state", unusable_file(found.trouble, found.path, starts_slowly));
    else if (found.mended)
        log(log_level::warning, "state",
            found.path + " was damaged and was mended; what is whole of it is used");
}

// How a person ends the relay that has the account's lock. `holder`: the process that the lock names, 0:
// none.
std::string how_to_end_the_other(const std::string& state_dir, const std::string& login, int holder) {
    const auto asked = pid_behind(command_socket_path(state_dir, login));
    const long pid = asked && *asked > 0 ? *asked : holder;
    const auto who = pid > 0 ? "It is the process with the pid " + std::to_string(pid) + ". " : "";
    return who + "To stop it: tiktok2twitch stop --state-dir " + shell_word(state_dir);
}

std::string name_of(const outbound::route_ids::key_type& route) {
    return "@" + route.first + " -> #" + route.second;
}

}  // namespace

outbound::outbound(run_context& run)
    : run_(run),
      files_([this](std::function<void()> call) { asio::post(run_.loop, std::move(call)); }),
      held_(run.loop, pipe_, files_),
      timer_(run.loop) {}

exit_code outbound::open(const twitch::options& options, twitch::api_tokens& tokens,
                         twitch::account_listener& listener) {
    send_log_ = std::make_unique<twitch::send_log>(twitch::send_log::in_memory());
    if (!run_.settings.dry_run)
        if (const auto failed = open_files(*send_log_); failed != exit_code::ok)
            return failed;
    const auto now = net::now();
    const auto window = std::max(
        {twitch::account::shortest_history, options.limit_normal.window, options.limit_moderator.window});
    account_ = std::make_unique<twitch::account>(options, send_log_->recent(now, net::wall_now(), window),
                                                 send_log_->damaged(net::wall_now(), window), now,
                                                 run_.settings.seed);
    sender_.emplace(pipe_, *account_);
    make_shell(tokens, listener);
    return exit_code::ok;
}

exit_code outbound::open_files(twitch::send_log& log_of_sends) {
    const auto& directory = run_.settings.state_dir;
    const auto& login = run_.effective().twitch.login;
    if (const auto error = files_.use_directory(directory, login)) {
        log(log_level::error, "state",
            "cannot write to the state directory " + directory + ": " + error.message() +
                ". Make it writable for this user, or choose another with --state-dir.");
        return exit_code::io_error;
    }
    auto opened = twitch::send_log::open(directory, login, files_.worker());
    if (opened.trouble == twitch::errc::account_in_use) {
        log(log_level::error, "state",
            core::explain(opened.trouble) + " " + how_to_end_the_other(directory, login, opened.holder));
        return exit_code::try_again;
    }
    tell_trouble(opened);
    log_of_sends = std::move(opened.log);
    return exit_code::ok;
}

void outbound::make_shell(twitch::api_tokens& tokens, twitch::account_listener& listener) {
    const auto& settings = run_.settings;
    const auto& effective = run_.effective();
    if (settings.dry_run) {
        auto say = settings.on_dry_line ? settings.on_dry_line : [](const twitch::write_line&) {
        };
        shell_ = std::make_unique<twitch::dry_client>(run_.loop.get_executor(), *account_, listener,
                                                      std::move(say));
        return;
    }
    if (effective.transport == chat_transport::helix) {
        twitch::helix_client_options options;
        options.api_url = effective.helix_url;
        options.allow_custom_host = effective.allow_custom_host;
        auto client = std::make_unique<twitch::helix_client>(
            run_.loop.get_executor(), std::move(options), run_.tls, tokens, *account_, *send_log_, listener);
        helix_ = client.get();
        shell_ = std::move(client);
        return;
    }
    twitch::irc_client_options options;
    options.irc_url = effective.irc_url;
    options.allow_custom_host = effective.allow_custom_host;
    shell_ = std::make_unique<twitch::irc_client>(run_.loop.get_executor(), std::move(options), run_.tls,
                                                  *account_, *send_log_, listener);
}

void outbound::add_route(const route_config& route) {
    const auto id = pipe_.add_route(route.tiktok, route.channel,
                                    make_policy(run_.effective(), route.tiktok, route.events));
    routes_[{route.tiktok, route.channel}] = id;
    files_.set_routes(route.tiktok, channels_of(route.tiktok));
    account_->add_route(id, route.channel, net::now());
}

void outbound::remove_route(const route_config& route) {
    const auto found = routes_.find({route.tiktok, route.channel});
    const auto id = found->second;
    losses_.forget(name_of(found->first));
    routes_.erase(found);
    account_->remove_route(id, net::now());
    pipe_.remove_route(id);
    save(pipe_.take_marks());
    files_.set_routes(route.tiktok, channels_of(route.tiktok));
}

void outbound::replace_policies(std::span<const route_config> routes) {
    for (const auto& route : routes)
        pipe_.replace_policy(routes_.at({route.tiktok, route.channel}),
                             make_policy(run_.effective(), route.tiktok, route.events));
}

std::vector<std::string> outbound::channels_of(const std::string& tiktok) const {
    std::vector<std::string> out;
    for (const auto& [route, id] : routes_)
        if (route.first == tiktok)
            out.push_back(route.second);
    return out;
}

bool outbound::speaks_in(const std::string& channel) const {
    return std::ranges::any_of(routes_,
                               [&channel](const auto& route) { return route.first.second == channel; });
}

void outbound::push(egress::parts parts) {
    sender_->push(std::move(parts), net::now());
    save(pipe_.take_marks());
}

void outbound::save(const std::vector<egress::seen_mark>& marks) {
    files_.mark(marks);
    files_.note(pipe_.take_notes(net::wall_now()));
    held_.keep_soon();
}

// Streaks end by silence and holds by time: no frame from TikTok tells of it.
void outbound::watch_clock() {
    const auto at = pipe_.deadline();
    if (run_.phase == run_phase::over || at == timer_at_)
        return;
    timer_at_ = at;
    if (at == core::time_point::max()) {
        timer_.cancel();
        return;
    }
    timer_.expires_at(net::deadline_of(at));
    timer_.async_wait([this](core::error_code error) {
        if (error)
            return;
        timer_at_ = core::time_point::max();
        push(pipe_.poll(net::now()));
        deliver();
        watch_clock();
    });
}

void outbound::deliver() {
    files_.flush();
    shell_->deliver();
    shell_->wake();
}

// A pause or a blocked word holds for what already waits, too.
void outbound::judge_again(const std::string& channel) {
    sender_->judge_again(channel, net::now());
    save(pipe_.take_marks());
    watch_clock();
}

std::vector<relay::line_recall::order> outbound::remove(const std::string& tiktok,
                                                        const tiktok::deletion& what) {
    auto lines = sender_->remove(tiktok, what, net::now());
    save(pipe_.take_marks());
    return lines;
}

void outbound::before_line(const twitch::write_line& line) {
    save(pipe_.on_line(line.tickets));
    files_.flush();
}

void outbound::on_settled(const relay::settlement& settlement) {
    save(pipe_.on_settled(settlement));
    files_.flush();
    if (settlement.reason == egress::pipeline::held_again)
        watch_clock();
}

egress::route_progress outbound::progress(relay::route_id route) const {
    return sender_ ? sender_->progress(route) : egress::route_progress();
}

progress_of outbound::ask_progress() const {
    return [this](relay::route_id route) {
        return progress(route);
    };
}

void outbound::describe(status_facts& facts, core::time_point now) const {
    for (const auto& [names, id] : routes_) {
        const auto& ledger = pipe_.routes().at(id).ledger;
        route_facts route{names.first, names.second, ledger.relayed() + ledger.folded(), 0,
                          progress(id).pending};
        for (const auto& [reason, count] : ledger.dropped())
            route.lost += count;
        facts.routes.push_back(std::move(route));
    }
    facts.login = account_->login();
    facts.connection = account_->connection(now);
    facts.budget = account_->budget(now);
    facts.channels = account_->channels(now);
}

void outbound::log_losses(core::time_point now) {
    for (const auto& [names, id] : routes_) {
        const auto name = name_of(names);
        for (const auto& line : losses_.look(name, pipe_.routes().at(id).ledger, now))
            log(line.level, "relay", name + ": " + line.text);
    }
}

}  // namespace tiktok2twitch::app
