// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Commands that ask a running relay: 'tiktok2twitch status', 'stop', 'reload', 'held', 'approve' and 'deny'.

#include "tiktok2twitch/app/control/commands.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/app/cli/settings.hpp"
#include "tiktok2twitch/app/cli/terminal.hpp"
#include "tiktok2twitch/app/control/command_client.hpp"
#include "tiktok2twitch/app/control/held_words.hpp"
#include "tiktok2twitch/app/status/status.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

// A renewal of the login that is under way takes a minute, and what is said before and after it some seconds.
constexpr core::duration stop_patience = std::chrono::seconds(120);

struct told {
    exit_code code = exit_code::unavailable;
    std::string text;
    std::string data{};
};

control::request request_of_command(const command_line& line) {
    using control::verb;
    const auto what = line.what == command::stop      ? verb::stop
                      : line.what == command::reload  ? verb::reload
                      : line.what == command::held    ? verb::held
                      : line.what == command::approve ? verb::approve
                                                      : verb::deny;
    return {what, line.id};
}

std::string with_signals(const running_relay& relay) {
    const auto pid = relay.pid > 0 ? std::to_string(relay.pid) : "PID";
    return "'kill " + pid + "' stops it, 'kill -HUP " + pid + "' has it read its configuration again";
}

told tell_of(const core::error_code& failed, const running_relay& relay) {
    if (failed == boost::system::errc::permission_denied)
        return {exit_code::unavailable, describe(relay) + " belongs to another user; ask as that one"};
    if (failed == boost::system::errc::connection_refused ||
        failed == boost::system::errc::no_such_file_or_directory)
        return {exit_code::unavailable, describe(relay) + " has just ended"};
    return {exit_code::unavailable, describe(relay) + " does not answer: " + failed.message() +
                                        ". If it hangs, " + with_signals(relay) + "."};
}

told tell_of(const relay_reply& reply, const control::request& asked, const running_relay& relay) {
    using kind = control::reply::kind;
    if (reply.said.what == kind::older)
        return {exit_code::unavailable, describe(relay) +
                                            " is a tiktok2twitch 0.1.0, which only tells its "
                                            "status over the socket; " +
                                            with_signals(relay)};
    if (reply.said.what == kind::unreadable)
        return {exit_code::unavailable,
                describe(relay) + " closed the connection without an answer that this version understands; " +
                    with_signals(relay)};
    told out{static_cast<exit_code>(reply.said.said.code), core::clean_text(reply.said.said.text),
             reply.said.said.data};
    if (asked.what == control::verb::held && out.code == exit_code::ok)
        return out;  // the data say it
    if (asked.what != control::verb::stop || out.code != exit_code::ok)
        out.text = describe(relay) + ": " + out.text;
    else if (reply.ended)
        out.text = describe(relay) + " has ended";
    else
        out = {exit_code::try_again,
               describe(relay) + " is still ending after two minutes; another 'tiktok2twitch stop' waits on"};
    return out;
}

void print_json(const told& answer, const running_relay& relay) {
    const nlohmann::ordered_json out = {{"version", 1},
                                        {"code", static_cast<int>(answer.code)},
                                        {"text", answer.text},
                                        {"relay", {{"login", relay.login}, {"pid", relay.pid}}}};
    print_out(out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

// Where commands look for a relay, and which one is meant. A broken configuration file does not keep anybody
// from stopping a relay: only a wrong command line does. Nothing: `failed` says how to end, and why was said.
struct relay_place {
    std::string state_dir;
    relay_wish wish;
};

std::optional<relay_place> find_relay_place(const command_line& line, const environment& variables,
                                            exit_code& failed) {
    const auto request = request_of(line);
    auto loaded = load_config(request, variables);
    relay_place place{find_state_dir(request, variables), {line.pid, {}, line.dry_run}};
    if (auto* const good = std::get_if<loaded_config>(&loaded)) {
        place.wish.login = std::move(good->settings.value.twitch.login);
        return place;
    }
    const auto& bad = std::get<load_failure>(loaded);
    const bool fatal = bad.code == exit_code::usage;
    for (const auto& message : bad.messages)
        log(fatal ? log_level::error : log_level::debug, "config", message);
    failed = bad.code;
    return fatal ? std::nullopt : std::optional(std::move(place));
}

}  // namespace

// Every relay that uses the state directory, or the one with --pid.
exit_code run_status_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto place = find_relay_place(line, variables, failed);
    if (!place)
        return failed;
    const auto running = running_relays(place->state_dir);
    std::size_t answered = 0;
    std::size_t silent = 0;
    for (const auto& relay : running) {
        if (line.pid && relay.pid != *line.pid)
            continue;
        const auto answer = ask_relay(relay.path, {control::verb::status, 0});
        const auto& data = answer ? answer->said.said.data : std::string();
        const auto text = line.json && !data.empty() ? std::optional(data) : status_text(data);
        if (!text) {
            log(log_level::warning, "status",
                describe(relay) + " does not answer" +
                    (answer ? " like this version of tiktok2twitch; restart it"
                            : ": " + answer.error().message()));
            ++silent;
            continue;
        }
        print_out(*text);
        ++answered;
    }
    if (answered > 0)
        return exit_code::ok;
    if (silent == 0)
        log(log_level::error, "status",
            choose_relay(line.pid ? running : std::vector<running_relay>(), place->wish, place->state_dir)
                .problem);
    return exit_code::unavailable;
}

exit_code run_relay_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto place = find_relay_place(line, variables, failed);
    if (!place)
        return failed;
    const auto choice = choose_relay(running_relays(place->state_dir), place->wish, place->state_dir);
    if (!choice.chosen) {
        log(log_level::error, "relay", choice.problem);
        return choice.several ? exit_code::usage : exit_code::unavailable;
    }
    const auto& relay = *choice.chosen;
    const auto asked = request_of_command(line);
    const auto reply = ask_relay(relay.path, asked, relay_patience,
                                 asked.what == control::verb::stop ? stop_patience : core::duration{});
    const auto answer = reply ? tell_of(*reply, asked, relay) : tell_of(reply.error(), relay);
    if (!answer.text.empty())
        log(answer.code == exit_code::ok ? log_level::info : log_level::error, "relay", answer.text);
    if (asked.what == control::verb::held && answer.code == exit_code::ok)
        print_out(line.json ? answer.data : held_text(answer.data));
    else if (line.json)
        print_json(answer, relay);
    return answer.code;
}

}  // namespace tiktok2twitch::app
