// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/relay_service.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "tiktok2twitch/app/control/command_client.hpp"
#include "tiktok2twitch/app/service/reload.hpp"
#include "tiktok2twitch/app/status/report.hpp"
#include "tiktok2twitch/app/status/status.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/files/advice.hpp"
#include "tiktok2twitch/files/posix_file.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {
namespace asio = boost::asio;
using core::log;
using core::log_level;

namespace {

// Both have debug, info, warning and error, in this order.
log_level to_log(twitch::notice::severity severity) noexcept {
    static_assert(static_cast<int>(twitch::notice::severity::error) == static_cast<int>(log_level::error));
    return static_cast<log_level>(severity);
}

exit_code exit_code_of(const core::error_code& error) {
    if (error == twitch::errc::login_refused || error == twitch::errc::login_malformed ||
        error == twitch::errc::account_suspended)
        return exit_code::login_refused;
    if (error == twitch::errc::account_in_use)
        return exit_code::try_again;
    if (error == twitch::errc::token_host_refused)
        return exit_code::config_error;
    return exit_code::unavailable;
}

}  // namespace

relay_service::relay_service(relay_settings settings)
    : run_(std::move(settings), [this] { give_up(); }),
      guard_(asio::make_work_guard(run_.loop)),
      socket_(run_.loop.get_executor()),
      signals_(
          run_, [this](std::string_view why) { stop(why); }, [this] { reload(); }),
      out_(run_),
      moderation_(run_, out_),
      login_(run_, *this, *this),
      deletions_(run_, out_, [this] { continue_drain(); }),
      rooms_(run_, out_, deletions_, [this] { on_room_ended(); }),
      channels_(run_, out_, *this),
      second_(run_.loop),
      drain_timer_(run_.loop) {}

exit_code relay_service::run() {
    if (const auto failed = prepare(); failed != exit_code::ok)
        return failed;
    start();
    try {
        run_.loop.run();
    } catch (const std::exception& error) {
        // The other thread may be in the middle of anything: say what is known and leave.
        log(log_level::error, "relay", std::string("internal error: ") + error.what());
        run_.result = exit_code::internal;
        publish();
        std::_Exit(static_cast<int>(exit_code::internal));
    }
    rooms_.close();
    out_.pipe().lines().give_up("shutdown");
    publish();
    return run_.result;
}

void relay_service::request_stop() {
    asio::post(run_.loop, [this] {
        if (!run_.stop_requested)
            stop("asked to stop");
    });
}

std::string relay_service::report() const {
    return report_json(out_.pipe(), out_.ask_progress(), run_.settings.dry_run);
}

std::string relay_service::summary() const {
    return summary_text(out_.pipe(), out_.ask_progress());
}

exit_code relay_service::prepare() {
    const auto& settings = run_.settings;
    if (!settings.report_file.empty())
        if (const auto error = try_report(settings.report_file)) {
            log(log_level::error, "relay", unwritable_report(error, settings.report_file));
            return exit_code::io_error;
        }
    if (const auto failed = open_recordings(settings, recorder_); failed != exit_code::ok)
        return failed;
    auto loaded = net::make_tls_client(run_.effective().ca_file);
    if (!loaded) {
        log(log_level::error, "tls", explain_trust(loaded.error(), run_.effective().ca_file));
        return exit_code::config_error;
    }
    run_.tls = *loaded;
    return out_.open(account_options(), login_.api_tokens(), *this);
}

void relay_service::start() {
    started_ = status_told_ = net::now();
    log_limits_.emplace();
    if (run_.settings.dry_run)
        log(log_level::info, "relay",
            "dry run: what Twitch would get goes to standard output, Twitch gets nothing");
    each_second();
    open_socket();
    rooms_.open(std::move(recorder_));
    if (run_.settings.signals)
        signals_.open();
    channels_.start(moderation_.word(), login_.api_tokens());
    login_.start(out_.files().worker());
    deletions_.start(login_.api_tokens(), *this);
    for (const auto& route : run_.effective().routes)
        add_route(route);
    if (!run_.settings.dry_run) {
        const bool waits = out_.held().restore(run_.settings.state_dir, run_.effective().twitch.login);
        moderation_.judge_all_again();
        if (waits)
            out_.held().keep(false);
        out_.deliver();
    }
    rooms_.start();
    rooms_.begin_input();
    asio::co_spawn(run_.loop, out_.run(), [this](std::exception_ptr exception, core::error_code reason) {
        on_shell_ended(exception, reason);
    });
}

void relay_service::publish() {
    core::log_row({});
    log_limits_.reset();
    log(log_level::info, "relay", "final counts");
    std::istringstream lines(summary());
    for (std::string line; std::getline(lines, line);)
        log(log_level::info, "relay", line);
    const auto& file = run_.settings.report_file;
    if (file.empty())
        return;
    if (const auto error = write_report(file, report())) {
        log(log_level::error, "relay", unwritable_report(error, file));
        if (run_.result == exit_code::ok)
            run_.result = exit_code::io_error;
    }
}

void relay_service::add_route(const route_config& route) {
    moderation_.restore(route.channel);
    out_.add_route(route);
    channels_.add(route.channel);
    rooms_.want(route.tiktok);
}

void relay_service::remove_route(const route_config& route) {
    out_.remove_route(route);
    if (!out_.speaks_in(route.channel))
        channels_.remove(route.channel);
    rooms_.unwant(route.tiktok);
}

bool relay_service::reload() {
    // A reload asks Twitch again about silent channels, even when the configuration is refused.
    out_.account().ask_now({}, net::now());
    out_.wake();
    const auto loaded = run_.settings.reload ? run_.settings.reload() : std::nullopt;
    if (!loaded) {
        log(log_level::error, "relay", "reload refused; the configuration in force stays");
        return false;
    }
    for (const auto& key : keys_that_need_restart(run_.effective(), *loaded))
        log(log_level::warning, "relay", "the changed " + key + " takes effect at the next start only");
    const auto changes = compare_routes(run_.effective().routes, loaded->routes);
    const auto old_token = run_.effective().twitch.token;
    run_.settings.effective = merge_reloaded(run_.effective(), *loaded);
    words_.forget();
    moderation_.on_reload();
    channels_.listen_for(moderation_.word());
    out_.account().update_options(account_options(), net::now());
    login_.on_reload(old_token);
    out_.replace_policies(changes.kept);
    // Added first: a room or a channel that both the old and the new routes use is not left in between.
    for (const auto& route : changes.added)
        add_route(route);
    for (const auto& route : changes.removed)
        remove_route(route);
    moderation_.judge_all_again();
    rooms_.start();
    log(log_level::info, "relay",
        "configuration reloaded: " + core::count_text(changes.kept.size(), "route") + " kept, " +
            std::to_string(changes.added.size()) + " added, " + std::to_string(changes.removed.size()) +
            " removed");
    out_.deliver();
    return true;
}

void relay_service::on_token(const twitch::token_found& found) {
    channels_.rename(found.login);
    deletions_.token_found();
    out_.account().update_options(account_options(), net::now());
    out_.account().retry_login(net::now());
    out_.deliver();
}

twitch::options relay_service::account_options() const {
    auto options = run_.effective().twitch;
    options.command_word = moderation_.word();
    options.token_is_kept = !run_.settings.dry_run;
    if (options.token_is_kept)
        options.token = login_.state().token();
    return options;
}

void relay_service::on_delivery(const twitch::delivery& delivery) {
    channels_.on_delivery(delivery);
    deletions_.on_delivery(delivery);
}

void relay_service::on_settled(const relay::settlement& settlement) {
    out_.on_settled(settlement);
    if (run_.settings.on_settled)
        run_.settings.on_settled(settlement);
}

void relay_service::on_notice(const twitch::notice& notice) {
    // What stands in for Twitch in a dry run has nothing to tell.
    if (run_.settings.dry_run && notice.level <= twitch::notice::severity::info)
        return;
    log(to_log(notice.level), notice.channel.empty() ? "twitch" : "twitch/#" + notice.channel, notice.text);
    if (notice.level != twitch::notice::severity::debug) {
        channels_.listen_where_banned();
        follow_renamed();
    }
    login_.look(out_.account());
}

void relay_service::follow_renamed() {
    for (const auto& channel : out_.account().channels(net::now()))
        if (!channel.called.empty()) {
            channels_.channel_called(channel.channel, channel.called);
            deletions_.channel_called(channel.channel, channel.called);
        }
}

void relay_service::each_second() {
    if (run_.phase == run_phase::over)
        return;
    second_.expires_after(std::chrono::seconds(1));
    second_.async_wait([this](core::error_code error) {
        if (error || run_.phase == run_phase::over)
            return;
        const auto now = net::now();
        out_.log_losses(now);
        log_status(now);
        core::log_limits::poll();
        if (run_.running())
            look_around();
        each_second();
    });
}

// A terminal shows a row that is kept current; a file or a journal gets a line now and then.
void relay_service::log_status(core::time_point now) {
    const auto interval = run_.effective().status_interval;
    if (core::log_has_row())
        return core::log_row(status_row(facts()));
    if (interval == core::duration::zero() || now - status_told_ < interval ||
        !core::log_enabled(log_level::info))
        return;
    status_told_ = now;
    log(log_level::info, "relay", status_row(facts()));
}

void relay_service::look_around() {
    if (run_.settings.output_is_gone && run_.settings.output_is_gone()) {
        log(log_level::error, "relay", "nobody reads the lines any more; ending");
        return end_with(exit_code::io_error);
    }
    moderation_.announce_held();
    auto changed = words_.look(run_.effective());
    if (!changed)
        return;
    run_.settings.effective = *std::move(changed);
    out_.replace_policies(run_.effective().routes);
    moderation_.judge_all_again();
    log(log_level::info, "relay", "a word file has changed; its words are in force");
    out_.deliver();
}

status_facts relay_service::facts() const {
    const auto now = net::now();
    status_facts known;
    known.version = T2T_VERSION;
    known.phase = run_.running() ? "running" : "stopping";
    known.uptime = now - started_;
    known.dry_run = run_.settings.dry_run;
    known.rooms = rooms_.facts(now);
    known.problem = login_.state().problem();
    known.what_to_do = login_.state().sentence();
    out_.describe(known, now);
    return known;
}

// A relay that cannot be asked runs all the same.
void relay_service::open_socket() {
    const auto& directory = run_.settings.state_dir;
    if (directory.empty())
        return;  // a dry run without a home
    core::error_code failed;
    auto path = command_socket_path(directory, run_.effective().twitch.login);
    if (run_.settings.dry_run) {
        path = dry_socket_path(directory, ::getpid());
        failed = files::make_directories(directory);
        remove_dead_dry_sockets(directory);
    }
    if (!failed)
        failed = socket_.open(path, [this](const control::request& request) { return obey(request); });
    if (failed)
        log(log_level::warning, "state",
            "'tiktok2twitch status' and 'stop' will not reach this relay: " + path + ": " + failed.message() +
                ". Choose another --state-dir (a short path on a local disk).");
}

control::answer relay_service::obey(const control::request& request) {
    constexpr int done = static_cast<int>(exit_code::ok);
    switch (request.what) {
        case control::verb::status:
            return {done, {}, status_json(facts(), out_.pipe(), out_.ask_progress())};
        case control::verb::stop:
            if (!run_.stop_requested)
                stop("asked to stop by 'tiktok2twitch stop'");
            return {done, "it is ending", {}, true};
        case control::verb::reload:
            if (!run_.running())
                return {static_cast<int>(exit_code::try_again), "not reloaded: the relay is ending"};
            log(log_level::info, "relay", "asked to reload by 'tiktok2twitch reload'");
            if (reload())
                return {done, "the configuration is reloaded"};
            return {static_cast<int>(exit_code::config_error),
                    "reload refused; the configuration in force stays. The relay's log has the mistakes, and "
                    "'tiktok2twitch config check' shows them."};
        case control::verb::held:
            return {done, {}, moderation_.held_json()};
        case control::verb::approve:
        case control::verb::deny:
            return moderation_.decide(request);
    }
    return {static_cast<int>(exit_code::internal), "this relay does not know the command"};
}

void relay_service::stop(std::string_view why) {
    if (std::exchange(run_.stop_requested, true)) {
        // Somebody is in a hurry: no summary, no goodbye.
        if (!run_.settings.signals)
            return;
        login_.save_now();
        if (waits_for_login() && login_.renewing())
            log(log_level::warning, "login",
                "not waiting for Twitch's answer: the login may be lost; the next start finds out");
        out_.files().flush_now();
        core::log_row({});
        std::_Exit(static_cast<int>(exit_code::interrupted_twice));
    }
    if (waits_for_login()) {
        log(log_level::info, "relay", std::string(why) + "; all is said, only the login is waited for");
        return;
    }
    log(log_level::info, "relay", std::string(why) + "; sending what may be sent, for at most 5 s");
    stop_rooms();
}

void relay_service::stop_rooms() {
    if (run_.phase == run_phase::over)
        return;
    run_.guard_end(stop_limit);
    if (run_.phase == run_phase::draining)
        return begin_drain(drain_limit);
    if (!run_.running())
        return;
    run_.phase = run_phase::stopping_rooms;
    rooms_.stop();
    if (rooms_.empty())
        begin_drain(drain_limit);
}

void relay_service::end_with(exit_code code) {
    if (!run_.running())
        return;
    run_.result = code;
    stop_rooms();
}

void relay_service::on_room_ended() {
    if (run_.phase == run_phase::stopping_rooms && rooms_.empty())
        return begin_drain(drain_limit);
    if (!run_.running() || !rooms_.all_ended() || out_.routes().empty())
        return;
    // With --once only: the lives are over, or there is nobody to watch.
    if (rooms_.all_hopeless()) {
        log(log_level::error, "relay",
            "none of the configured TikTok accounts can be watched: check the names under [[route]] or "
            "--tiktok");
        run_.result = exit_code::config_error;
    }
    log(log_level::info, "relay", "nothing more to read; sending what still waits");
    // Nobody is in a hurry here: whatever waits is sent or expires.
    const auto& waits = run_.effective().twitch;
    begin_drain(std::max(waits.max_age, waits.gift_max_age) + drain_limit);
}

void relay_service::begin_drain(core::duration limit) {
    rooms_.drain();
    run_.phase = run_phase::draining;
    const auto now = net::now();
    out_.push(out_.pipe().finish(now, !run_.stop_requested, out_.held().keeps()));
    drain_until_ = now + limit;
    deletions_.hurry();
    continue_drain();
}

// Lines are deleted before the account drains: what stood beside a removed message is said again then, and an
// account that drains takes nothing more.
void relay_service::continue_drain() {
    if (run_.phase != run_phase::draining)
        return;
    const auto now = net::now();
    if (deletions_.busy() && now < drain_until_) {
        drain_timer_.expires_at(net::deadline_of(drain_until_));
        drain_timer_.async_wait([this](core::error_code error) {
            if (!error)
                continue_drain();
        });
        return;
    }
    out_.account().drain(shell_ended_ ? now : drain_until_, now);
    out_.deliver();
    if (shell_ended_)
        finish();
}

void relay_service::on_shell_ended(std::exception_ptr exception, core::error_code reason) {
    shell_ended_ = true;
    if (exception) {
        try {
            std::rethrow_exception(exception);
        } catch (const std::exception& caught) {
            log(log_level::error, "twitch", std::string("internal error: ") + caught.what());
        }
        run_.result = exit_code::internal;
    } else if (reason) {
        log(log_level::error, "twitch", core::explain(reason));
        run_.result = exit_code_of(reason);
    }
    if (run_.phase == run_phase::draining)
        continue_drain();
    else if (run_.running())
        stop_rooms();
}

void relay_service::on_login_ended(core::error_code reason) {
    if (run_.phase == run_phase::over) {
        stop_listening();
        run_.guard_end(stop_limit);  // not so long any more
    }
    if (reason == twitch::errc::token_store_unwritable && run_.result == exit_code::ok)
        run_.result = exit_code::io_error;  // said
    if (reason != twitch::errc::token_host_refused)
        return;
    log(log_level::error, "login", core::explain(reason));
    run_.result = exit_code::config_error;
    stop_rooms();
}

void relay_service::finish() {
    out_.held().keep(true);
    moderation_.save_timed();
    run_.phase = run_phase::over;
    out_.stop_clock();
    second_.cancel();
    drain_timer_.cancel();
    run_.cancel_beside();
    // What is left may take some time, a refresh under way up to 60 s and saving what it brought 5 s: giving
    // it up could cost the grant. Whoever does not want to wait leaves the mark in the store by which the
    // next start checks the pair before it uses it.
    if (login_.renewing())
        log(log_level::info, "login",
            "Twitch is just renewing the login; waiting for its answer, for a minute at most");
    if (!waits_for_login())
        stop_listening();
    run_.guard_end(waits_for_login() ? login_limit : stop_limit);
    guard_.reset();
}

// All is said; the keeper of the login has not ended.
bool relay_service::waits_for_login() const {
    return run_.phase == run_phase::over && login_.keeps();
}

void relay_service::stop_listening() {
    signals_.close();
    socket_.close();
}

// The last resort of an orderly stop.
void relay_service::give_up() {
    log(log_level::error, "relay", "something does not end; leaving without waiting for it any longer");
    // A refresh under way is broken off; its mark in the store has the next start check the pair first.
    login_.save_now();
    out_.held().keep(true);
    rooms_.drain();  // what still waits stands in the report as pending
    out_.files().flush_now();
    socket_.close();
    publish();
    std::_Exit(static_cast<int>(run_.result));
}

}  // namespace tiktok2twitch::app
