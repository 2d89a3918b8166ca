// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/commands.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <random>

#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/app/cli/process.hpp"
#include "tiktok2twitch/app/cli/settings.hpp"
#include "tiktok2twitch/app/cli/terminal.hpp"
#include "tiktok2twitch/app/control/commands.hpp"
#include "tiktok2twitch/app/demo/demo.hpp"
#include "tiktok2twitch/app/doctor/doctor.hpp"
#include "tiktok2twitch/app/login/login.hpp"
#include "tiktok2twitch/app/login/logout.hpp"
#include "tiktok2twitch/app/login/whoami.hpp"
#include "tiktok2twitch/app/replay/replay.hpp"
#include "tiktok2twitch/app/service/relay_service.hpp"
#include "tiktok2twitch/app/service/reload.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

std::vector<std::string> logins_in(const std::string& state_dir) {
    return state_dir.empty() ? std::vector<std::string>() : twitch::stored_logins(state_dir);
}

// What only a relay needs, beyond a configuration that is valid in itself.
std::optional<std::string> what_a_relay_lacks(const config& settings, const std::string& state_dir,
                                              bool dry_run) {
    if (settings.routes.empty())
        return "nothing to relay: give --tiktok USER --channel CHAN, or a [[route]] in the configuration "
               "file";
    if (dry_run)
        return std::nullopt;
    const bool no_login = settings.twitch.token.empty() && !settings.twitch.token_is_kept;
    if (no_login)
        if (auto choice = choice_of_logins(settings.twitch.login, logins_in(state_dir)); !choice.empty())
            return choice;
    if (no_login)
        return "no Twitch login: run 'tiktok2twitch login', or set twitch.token (or "
               "TIKTOK2TWITCH_TWITCH_TOKEN) to a token of the bot account with the " +
               std::string(settings.transport == chat_transport::helix ? "scope user:write:chat"
                                                                       : "scopes chat:read and chat:edit") +
               ", or try --dry-run without one";
    if (settings.twitch.login.empty())
        return "no Twitch login: set twitch.login (or TIKTOK2TWITCH_TWITCH_LOGIN) to the name of the bot "
               "account";
    if (state_dir.empty())
        return "no place for the state: give --state-dir, or set STATE_DIRECTORY, XDG_STATE_HOME or HOME";
    return std::nullopt;
}

// Asking may take as long as Twitch is away, and the configuration may be what is wrong.
exit_code learn_login_or_reload(const command_line& line, const environment& variables,
                                const start_of_process& start, loaded_config& loaded) {
    for (;;) {
        if (const auto learned = learn_login(loaded.settings.value, start))
            return *learned;
        auto ignored = exit_code::ok;
        auto again = load_or_explain(line, variables, ignored);
        log(again ? log_level::info : log_level::error, "relay",
            again ? "configuration read again" : "reload refused; the configuration in force stays");
        if (!again)
            continue;
        loaded = *std::move(again);
        use_stored_login(loaded.settings.value, logins_in(loaded.state_dir), {});
    }
}

}  // namespace

exit_code run_relay(const command_line& line, const environment& variables) {
    const start_of_process start;
    const signal_mask no_hang_up_is_lost(signal_mask::mode::hold_back, SIGHUP);
    auto failed = exit_code::ok;
    auto loaded = load_or_explain(line, variables, failed);
    if (!loaded)
        return failed;
    if (line.bare && loaded->file.empty() && loaded->settings.value.routes.empty()) {
        std::fputs(short_help().c_str(), stderr);
        return exit_code::usage;
    }
    use_stored_login(loaded->settings.value, logins_in(loaded->state_dir), {});
    if (!line.dry_run && !loaded->settings.value.routes.empty())
        failed = learn_login_or_reload(line, variables, start, *loaded);
    if (failed == exit_code::interrupted)
        return exit_code::ok;  // an orderly stop, only that nothing had begun
    if (failed != exit_code::ok)
        return failed;
    if (const auto lack = what_a_relay_lacks(loaded->settings.value, loaded->state_dir, line.dry_run)) {
        log(log_level::error, "config", *lack);
        return exit_code::config_error;
    }
    relay_settings settings;
    settings.start = start;
    settings.effective = std::move(loaded->settings.value);
    settings.state_dir = loaded->state_dir;
    settings.dry_run = line.dry_run;
    settings.once = line.once;
    settings.report_file = line.report.value_or("");
    settings.reads_input = line.reads_input;
    settings.recordings = line.recordings;
    settings.seed = std::random_device{}();
    if (line.dry_run)
        settings.output_is_gone = output_is_gone;
    settings.on_dry_line = [](const twitch::write_line& said) {
        const core::row_aside row;
        print_now("#" + said.channel + " " + said.text + "\n");
    };
    const running_login login{settings.effective.twitch.login, settings.effective.twitch.token_is_kept};
    settings.reload = [&line, &variables, login]() -> std::optional<config> {
        auto ignored = exit_code::ok;
        auto again = load_or_explain(line, variables, ignored);
        if (!again)
            return std::nullopt;
        use_stored_login(again->settings.value, logins_in(again->state_dir), login);
        if (const auto lack = what_a_relay_lacks(again->settings.value, again->state_dir, line.dry_run)) {
            log(log_level::error, "config", *lack);
            return std::nullopt;
        }
        return std::move(again->settings.value);
    };
    relay_service service(std::move(settings));
    return service.run();
}

exit_code run_config_command(const command_line& line, const environment& variables) {
    auto failed = exit_code::ok;
    const auto loaded = load_or_explain(line, variables, failed);
    if (!loaded)
        return failed;
    if (line.what == command::config_show) {
        print_out(show_config(loaded->settings));
        return exit_code::ok;
    }
    const auto& ca_file = loaded->settings.value.ca_file;
    if (const auto tls = net::make_tls_client(ca_file); !ca_file.empty() && !tls) {
        log(log_level::error, "tls", explain_trust(tls.error(), ca_file));
        return exit_code::config_error;
    }
    print_out(loaded->file.empty() ? "the configuration is valid (no file was found; defaults apply)\n"
                                   : loaded->file + " is valid\n");
    return exit_code::ok;
}

namespace {

exit_code run_command(const command_line& line, const environment& lines) {
    switch (line.what) {
        case command::run:
            return run_relay(line, lines);
        case command::demo:
            return run_demo(line, lines);
        case command::replay:
            return run_replay_command(line, lines);
        case command::status:
            return run_status_command(line, lines);
        case command::stop:
        case command::reload:
        case command::held:
        case command::approve:
        case command::deny:
            return run_relay_command(line, lines);
        case command::login:
            return run_login_command(line, lines);
        case command::whoami:
            return run_whoami_command(line, lines);
        case command::logout:
            return run_logout_command(line, lines);
        case command::doctor:
            return run_doctor_command(line, lines);
        case command::config_check:
        case command::config_show:
            return run_config_command(line, lines);
    }
    return exit_code::internal;
}

}  // namespace

exit_code run_program(int argc, char** argv, char** variables) {
    prepare_standard_streams();
    auto parsed = parse_command_line(std::vector<std::string>(argv + 1, argv + argc));
    if (const auto* early = std::get_if<early_exit>(&parsed)) {
        print_out(early->out);
        std::fwrite(early->err.data(), 1, early->err.size(), stderr);
        return end_of_output(early->code);
    }
    const auto& line = std::get<command_line>(parsed);
    const auto lines = environment_of(variables);
    core::log_options options;
    options.level = line.level;
    options.format = line.format;
    const bool terminal = isatty(STDERR_FILENO) == 1;
    options.style = style_of_stderr(variable(lines, "JOURNAL_STREAM"));
    options.color = use_color(line.color, lines, terminal);
    options.row = terminal && line.what == command::run && line.progress &&
                  line.level <= core::log_level::info && line.format == core::log_format::text &&
                  variable(lines, "TERM") != "dumb";
    core::configure_log(options);
    forbid_core_dumps();
    return end_of_output(run_command(line, lines));
}

}  // namespace tiktok2twitch::app
