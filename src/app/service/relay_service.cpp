// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/service/relay_service.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdlib>
#include <exception>
#include <optional>
#include <utility>

#include "app/clock.hpp"
#include "app/command_socket.hpp"
#include "app/file_words.hpp"
#include "tiktok2twitch/app/report.hpp"
#include "tiktok2twitch/app/service/channel_watch.hpp"
#include "tiktok2twitch/app/service/deletions.hpp"
#include "tiktok2twitch/app/service/kept_login.hpp"
#include "tiktok2twitch/app/service/moderator_commands.hpp"
#include "tiktok2twitch/app/service/outbound.hpp"
#include "tiktok2twitch/app/service/reload.hpp"
#include "tiktok2twitch/app/service/requests.hpp"
#include "tiktok2twitch/app/service/rooms.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"
#include "tiktok2twitch/app/service/side_tasks.hpp"
#include "tiktok2twitch/app/service/signal_watch.hpp"
#include "tiktok2twitch/app/service/word_watch.hpp"
#include "tiktok2twitch/app/status.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

namespace asio = boost::asio;
using core::log;
using core::log_level;

namespace {

log_level to_log(twitch::notice::severity severity) noexcept {
    switch (severity) {
        case twitch::notice::severity::debug:
            return log_level::debug;
        case twitch::notice::severity::info:
            return log_level::info;
        case twitch::notice::severity::warning:
            return log_level::warning;
        case twitch::notice::severity::error:
            return log_level::error;
    }
    return log_level::info;
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

// Starts the parts, hands on what they tell each other, and ends them: the rooms first, then what may still
// be said, and last a renewal of the login that is under way.
struct relay_service::impl final : twitch::account_listener {
    explicit impl(relay_settings the_settings);

    exit_code prepare();  // everything that can fail, before a thread is started
    void start();
    void publish();

    void add_route(const route_config& route);
    void remove_route(const route_config& route);
    bool reload();  // false: refused, and why was said
    void on_token(const twitch::token_found& found);
    twitch::options account_options() const;

    void each_second();
    void log_status(core::time_point now);
    void look_around();
    status_facts facts() const;
    control::answer obey(const control::request& request);

    void stop(std::string_view why);
    void stop_rooms();
    void end_with(exit_code code);
    void on_room_ended(bool broken);
    void begin_drain(core::duration limit);
    void continue_drain();
    void on_shell_ended(std::exception_ptr exception, core::error_code reason);
    void on_login_ended(core::error_code reason);
    void finish();
    bool waits_for_login() const;
    void stop_listening();
    void guard_stop(core::duration limit);
    void give_up();

    // twitch::account_listener
    void on_chat(const twitch::chat_message& message) override { moderation.on_chat(message); }
    void before_line(const twitch::write_line& line) override { out.before_line(line); }
    void on_cleared(const twitch::cleared_line& line) override { removed.on_cleared(line); }
    void on_doubt(const twitch::doubted_channel& doubted) override { channels.on_doubt(doubted); }
    void on_delivery(const twitch::delivery& delivery) override;
    void on_settled(const relay::settlement& settlement) override;
    void on_notice(const twitch::notice& notice) override;

    asio::io_context loop{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(loop);
    run_context run;
    exit_code result = exit_code::ok;
    command_socket socket;  // destroyed after the locks: who waits for the end waits for them, too
    side_tasks tasks;
    signal_watch signals;
    outbound out;
    moderator_commands moderation;
    kept_login login;
    deletions removed;
    rooms sources;
    channel_watch channels;
    word_watch words;

    std::optional<core::log_limits> limits;  // while it runs
    asio::steady_timer second;
    core::time_point started{};
    core::time_point status_told{};

    asio::steady_timer watchdog;  // of the end
    asio::steady_timer drain_timer;
    core::time_point drain_until{};
    bool shell_ended = false;
};

relay_service::impl::impl(relay_settings the_settings)
    : run{std::move(the_settings), loop.get_executor()},
      socket(run.loop),
      tasks(run.loop,
            [this] {
                if (run.phase == run_phase::over)
                    watchdog.expires_at(core::time_point::max());
            }),
      signals(run, {[this](std::string_view why) { stop(why); },
                    [this] {
                        reload();
                    }}),
      out(run),
      moderation(run, out),
      login(run, {[this](const twitch::token_found& found) { on_token(found); },
                  [this](const twitch::notice& notice) { on_notice(notice); },
                  [this] { end_with(exit_code::login_refused); },
                  [this](core::error_code reason) {
                      on_login_ended(reason);
                  }}),
      removed(run, out, [this] { continue_drain(); }),
      sources(run, out, removed, [this](bool broken) { on_room_ended(broken); }),
      channels(run, out, tasks,
               {[this](const twitch::chat_message& message) { on_chat(message); },
                [this](const twitch::notice& notice) {
                    on_notice(notice);
                }}),
      second(run.loop),
      watchdog(run.loop),
      drain_timer(run.loop) {}

exit_code relay_service::impl::prepare() {
    const auto& settings = run.settings;
    if (!settings.report_file.empty())
        if (const auto error = try_report(settings.report_file)) {
            log(log_level::error, "relay", unwritable_report(error, settings.report_file));
            return exit_code::io_error;
        }
    auto loaded = net::make_tls_client(run.effective().ca_file);
    if (!loaded) {
        log(log_level::error, "tls", explain_trust(loaded.error(), run.effective().ca_file));
        return exit_code::config_error;
    }
    run.tls = *loaded;
    return out.open(account_options(), login.api_tokens(), *this);
}

void relay_service::impl::start() {
    started = status_told = steady_now();
    limits.emplace();
    if (run.settings.dry_run)
        log(log_level::info, "relay",
            "dry run: what Twitch would get goes to standard output, Twitch gets nothing");
    each_second();
    open_requests(socket, run.settings, [this](const control::request& request) { return obey(request); });
    sources.open();
    if (run.settings.signals)
        signals.open();
    channels.start(moderation.word(), login.api_tokens());
    login.start(tasks, out.files().worker());
    removed.start(tasks, login.api_tokens(), [this](const twitch::notice& notice) { on_notice(notice); });
    for (const auto& route : run.effective().routes)
        add_route(route);
    if (!run.settings.dry_run) {
        const bool waits = out.held().restore(run.settings.state_dir, run.effective().twitch.login);
        moderation.judge_all_again();
        if (waits)
            out.held().keep(false);
        out.deliver();
    }
    sources.start();
    asio::co_spawn(loop, out.run(), [this](std::exception_ptr exception, core::error_code reason) {
        on_shell_ended(exception, reason);
    });
}

void relay_service::impl::publish() {
    core::log_row({});
    limits.reset();
    log(log_level::info, "relay", "final counts");
    const auto text = out.summary();
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        log(log_level::info, "relay", std::string_view(text).substr(begin, end - begin));
        begin = end + 1;
    }
    const auto& file = run.settings.report_file;
    if (file.empty())
        return;
    if (const auto error = write_report(file, out.report())) {
        log(log_level::error, "relay", unwritable_report(error, file));
        if (result == exit_code::ok)
            result = exit_code::io_error;
    }
}

void relay_service::impl::add_route(const route_config& route) {
    moderation.restore(route.channel);
    out.add_route(route);
    channels.add(route.channel);
    sources.want(route.tiktok);
}

void relay_service::impl::remove_route(const route_config& route) {
    out.remove_route(route);
    if (!out.speaks_in(route.channel))
        channels.remove(route.channel);
    sources.unwant(route.tiktok);
}

bool relay_service::impl::reload() {
    // Who says so wants to know, whatever becomes of the configuration.
    out.account().ask_now({}, steady_now());
    out.wake();
    const auto loaded = run.settings.reload ? run.settings.reload() : std::nullopt;
    if (!loaded) {
        log(log_level::error, "relay", "reload refused; the configuration in force stays");
        return false;
    }
    for (const auto& key : keys_that_need_restart(run.effective(), *loaded))
        log(log_level::warning, "relay", "the changed " + key + " takes effect at the next start only");
    const auto changes = compare_routes(run.effective().routes, loaded->routes);
    const auto old_token = run.effective().twitch.token;
    run.settings.effective = merge_reloaded(run.effective(), *loaded);
    words.forget();
    moderation.on_reload();
    channels.listen_for(moderation.word());
    out.account().update_options(account_options(), steady_now());
    login.on_reload(old_token);
    out.replace_policies(changes.kept);
    // Added first: a room or a channel that both the old and the new routes use is not left in between.
    for (const auto& route : changes.added)
        add_route(route);
    for (const auto& route : changes.removed)
        remove_route(route);
    moderation.judge_all_again();
    sources.start();
    log(log_level::info, "relay",
        "configuration reloaded: " + core::count_text(changes.kept.size(), "route") + " kept, " +
            std::to_string(changes.added.size()) + " added, " + std::to_string(changes.removed.size()) +
            " removed");
    out.deliver();
    return true;
}

void relay_service::impl::on_token(const twitch::token_found& found) {
    channels.rename(found.login);
    removed.token_found();
    out.account().update_options(account_options(), steady_now());
    out.account().retry_login(steady_now());
    out.deliver();
}

twitch::options relay_service::impl::account_options() const {
    auto options = run.effective().twitch;
    options.command_word = moderation.word();
    options.token_is_kept = !run.settings.dry_run;
    if (options.token_is_kept)
        options.token = login.state().token();
    return options;
}

void relay_service::impl::on_delivery(const twitch::delivery& delivery) {
    channels.on_delivery(delivery);
    removed.on_delivery(delivery);
}

void relay_service::impl::on_settled(const relay::settlement& settlement) {
    out.on_settled(settlement);
    if (run.settings.on_settled)
        run.settings.on_settled(settlement);
}

void relay_service::impl::on_notice(const twitch::notice& notice) {
    // What stands in for Twitch in a dry run has nothing to tell.
    if (run.settings.dry_run && notice.level <= twitch::notice::severity::info)
        return;
    log(to_log(notice.level), notice.channel.empty() ? "twitch" : "twitch/#" + notice.channel, notice.text);
    if (notice.level != twitch::notice::severity::debug)
        channels.listen_where_banned();
    login.look(out.account());
}

void relay_service::impl::each_second() {
    if (run.phase == run_phase::over)
        return;
    second.expires_after(std::chrono::seconds(1));
    second.async_wait([this](core::error_code error) {
        if (error || run.phase == run_phase::over)
            return;
        const auto now = steady_now();
        out.log_losses(now);
        log_status(now);
        core::log_limits::poll();
        if (run.running())
            look_around();
        each_second();
    });
}

// On a terminal a row that is always true; in a file or a journal a line now and then.
void relay_service::impl::log_status(core::time_point now) {
    const auto interval = run.effective().status_interval;
    if (core::log_has_row())
        return core::log_row(status_row(facts()));
    if (interval == core::duration::zero() || now - status_told < interval ||
        !core::log_enabled(log_level::info))
        return;
    status_told = now;
    log(log_level::info, "relay", status_row(facts()));
}

void relay_service::impl::look_around() {
    if (run.settings.output_is_gone && run.settings.output_is_gone()) {
        log(log_level::error, "relay", "nobody reads the lines any more; ending");
        return end_with(exit_code::io_error);
    }
    moderation.announce_held();
    auto changed = words.look(run.effective());
    if (!changed)
        return;
    run.settings.effective = *std::move(changed);
    out.replace_policies(run.effective().routes);
    moderation.judge_all_again();
    log(log_level::info, "relay", "a word file has changed; its words are in force");
    out.deliver();
}

status_facts relay_service::impl::facts() const {
    const auto now = steady_now();
    status_facts known;
    known.version = T2T_VERSION;
    known.phase = run.running() ? "running" : "stopping";
    known.uptime = now - started;
    known.dry_run = run.settings.dry_run;
    known.rooms = sources.facts(now);
    known.problem = login.state().problem();
    known.what_to_do = login.state().sentence();
    out.describe(known, now);
    return known;
}

control::answer relay_service::impl::obey(const control::request& request) {
    constexpr int done = static_cast<int>(exit_code::ok);
    switch (request.what) {
        case control::verb::status:
            return {done, {}, out.status(facts())};
        case control::verb::stop:
            if (!run.stop_requested)
                stop("asked to stop by 'tiktok2twitch stop'");
            return {done, "it is ending", {}, true};
        case control::verb::reload:
            if (!run.running())
                return {static_cast<int>(exit_code::try_again), "not reloaded: the relay is ending"};
            log(log_level::info, "relay", "asked to reload by 'tiktok2twitch reload'");
            if (reload())
                return {done, "the configuration is reloaded"};
            return {static_cast<int>(exit_code::config_error),
                    "reload refused; the configuration in force stays. The relay's log has the mistakes, and "
                    "'tiktok2twitch config check' shows them."};
        case control::verb::held:
            return {done, {}, moderation.held_json()};
        case control::verb::approve:
        case control::verb::deny:
            return moderation.decide(request);
    }
    return {static_cast<int>(exit_code::internal), "this relay does not know the command"};
}

void relay_service::impl::stop(std::string_view why) {
    if (std::exchange(run.stop_requested, true)) {
        // Somebody is in a hurry: no summary, no goodbye.
        if (!run.settings.signals)
            return;
        login.save_now();
        if (waits_for_login() && login.renewing())
            log(log_level::warning, "login",
                "not waiting for Twitch's answer: the login may be lost; the next start finds out");
        out.files().flush_now();
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

void relay_service::impl::stop_rooms() {
    if (run.phase == run_phase::over)
        return;
    guard_stop(stop_limit);
    if (run.phase == run_phase::draining)
        return begin_drain(drain_limit);
    if (!run.running())
        return;
    run.phase = run_phase::stopping_rooms;
    sources.stop();
    if (sources.empty())
        begin_drain(drain_limit);
}

void relay_service::impl::end_with(exit_code code) {
    if (!run.running())
        return;
    result = code;
    stop_rooms();
}

void relay_service::impl::on_room_ended(bool broken) {
    if (broken)
        result = exit_code::internal;
    if (run.phase == run_phase::stopping_rooms && sources.empty())
        return begin_drain(drain_limit);
    if (!run.running() || !sources.all_ended() || out.routes().empty())
        return;
    // With --once only: the lives are over, or there is nobody to watch.
    if (sources.all_hopeless()) {
        log(log_level::error, "relay",
            "none of the configured TikTok accounts can be watched: check the names under [[route]] or "
            "--tiktok");
        result = exit_code::config_error;
    }
    log(log_level::info, "relay", "nothing more to read; sending what still waits");
    // Nobody is in a hurry here: whatever waits is sent or expires.
    const auto& waits = run.effective().twitch;
    begin_drain(std::max(waits.max_age, waits.gift_max_age) + drain_limit);
}

void relay_service::impl::begin_drain(core::duration limit) {
    sources.drain();
    run.phase = run_phase::draining;
    const auto now = steady_now();
    out.push(out.pipe().finish(now, !run.stop_requested, out.held().keeps()));
    drain_until = now + limit;
    removed.hurry();
    continue_drain();
}

// Lines are deleted first, for what was said beside a removed message is said again after that: the account
// would take nothing more.
void relay_service::impl::continue_drain() {
    if (run.phase != run_phase::draining)
        return;
    const auto now = steady_now();
    if (removed.busy() && now < drain_until) {
        drain_timer.expires_at(net::deadline_of(drain_until));
        drain_timer.async_wait([this](core::error_code error) {
            if (!error)
                continue_drain();
        });
        return;
    }
    out.account().drain(shell_ended ? now : drain_until, now);
    out.deliver();
    if (shell_ended)
        finish();
}

void relay_service::impl::on_shell_ended(std::exception_ptr exception, core::error_code reason) {
    shell_ended = true;
    if (exception) {
        try {
            std::rethrow_exception(exception);
        } catch (const std::exception& caught) {
            log(log_level::error, "twitch", std::string("internal error: ") + caught.what());
        }
        result = exit_code::internal;
    } else if (reason) {
        log(log_level::error, "twitch", core::explain(reason));
        result = exit_code_of(reason);
    }
    if (run.phase == run_phase::draining)
        continue_drain();
    else if (run.running())
        stop_rooms();
}

void relay_service::impl::on_login_ended(core::error_code reason) {
    if (run.phase == run_phase::over) {
        stop_listening();
        if (!tasks.empty())
            guard_stop(stop_limit);  // not so long any more
    }
    if (reason == twitch::errc::token_store_unwritable && result == exit_code::ok)
        result = exit_code::io_error;  // said
    if (reason != twitch::errc::token_host_refused)
        return;
    log(log_level::error, "login", core::explain(reason));
    result = exit_code::config_error;
    stop_rooms();
}

void relay_service::impl::finish() {
    out.held().keep(true);
    moderation.save_timed();
    run.phase = run_phase::over;
    out.stop_clock();
    second.cancel();
    drain_timer.cancel();
    tasks.cancel_all();
    // What is left may take some time, a refresh under way up to 60 s and saving what it brought 5 s: giving
    // it up could cost the grant. Whoever does not want to wait leaves the mark in the store by which the
    // next start checks the pair before it uses it.
    if (login.renewing())
        log(log_level::info, "login",
            "Twitch is just renewing the login; waiting for its answer, for a minute at most");
    if (!waits_for_login())
        stop_listening();
    if (tasks.empty())
        watchdog.expires_at(core::time_point::max());
    else
        guard_stop(waits_for_login() ? login_limit : stop_limit);
    guard.reset();
}

// All is said; the keeper of the login has not ended.
bool relay_service::impl::waits_for_login() const {
    return run.phase == run_phase::over && login.keeps();
}

void relay_service::impl::stop_listening() {
    signals.close();
    socket.close();
}

void relay_service::impl::guard_stop(core::duration limit) {
    watchdog.expires_after(limit);
    watchdog.async_wait([this](core::error_code error) {
        // The time may have been over just when it was set anew.
        if (!error && std::chrono::steady_clock::now() >= watchdog.expiry())
            give_up();
    });
}

// The last resort of an orderly stop.
void relay_service::impl::give_up() {
    log(log_level::error, "relay", "something does not end; leaving without waiting for it any longer");
    // A refresh under way is broken off; its mark in the store has the next start check the pair first.
    login.save_now();
    out.held().keep(true);
    sources.drain();  // what still waits stands in the report as pending
    out.files().flush_now();
    socket.close();
    publish();
    std::_Exit(static_cast<int>(result));
}

relay_service::relay_service(relay_settings settings) : impl_(std::make_unique<impl>(std::move(settings))) {}

relay_service::~relay_service() = default;

exit_code relay_service::run() {
    if (const auto failed = impl_->prepare(); failed != exit_code::ok)
        return failed;
    impl_->start();
    try {
        impl_->loop.run();
    } catch (const std::exception& error) {
        // The other thread may be in the middle of anything: say what is known and leave.
        log(log_level::error, "relay", std::string("internal error: ") + error.what());
        impl_->result = exit_code::internal;
        impl_->publish();
        std::_Exit(static_cast<int>(exit_code::internal));
    }
    impl_->sources.close();
    impl_->out.pipe().lines().give_up("shutdown");
    impl_->publish();
    return impl_->result;
}

void relay_service::request_stop() {
    asio::post(impl_->loop, [self = impl_.get()] {
        if (!self->run.stop_requested)
            self->stop("asked to stop");
    });
}

std::string relay_service::report() const {
    return impl_->out.report();
}
std::string relay_service::summary() const {
    return impl_->out.summary();
}

}  // namespace tiktok2twitch::app
