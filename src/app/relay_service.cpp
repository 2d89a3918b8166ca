// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/relay_service.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <csignal>
#include <cstdlib>
#include <random>
#include <set>
#include <utility>

#include "app/clock.hpp"
#include "app/file_words.hpp"
#include "app/relay_service_impl.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/twitch/client/dry_client.hpp"
#include "tiktok2twitch/twitch/client/helix_client.hpp"
#include "tiktok2twitch/twitch/client/irc_client.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

using core::log;
using core::log_level;

namespace {

// Of the send log, which every relay needs and none stops for.
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

// Said before anything is in it: who gives it away should know.
std::string about_recording(const tiktok::recording_target& target) {
    if (!target.anonymous)
        return target.path + " records all that comes: people's names, pictures and words are in it";
    if (target.keep_texts)
        return target.path +
               " records without names, but keeps the comments: they are people's words, and may "
               "name people";
    return target.path + " records without names and comments";
}

}  // namespace

relay_service::impl::impl(relay_settings the_settings)
    : settings(std::move(the_settings)),
      command_requests(loop.get_executor()),
      queue(intake_capacity, [this] { asio::post(loop, [this] { drain_intake(); }); }),
      signals(loop),
      watchdog(loop),
      tick(loop),
      hang_up_timer(loop),
      second(loop),
      word_watch(loop),
      files([this](std::function<void()> call) { asio::post(loop, std::move(call)); }),
      keep_timer(loop),
      mods(settings.effective.commands),
      drain_timer(loop) {
    tell_held();
    books.set_gate([this](const std::string& channel, const relay::event& event) {
        return mods.verdict(channel, event, steady_now());
    });
    books.set_observer([this](const std::string& channel, const relay::author& from,
                              const relay::shown_author& shown) { mods.heard(channel, from, shown); });
}

exit_code relay_service::impl::prepare() {
    if (!settings.report_file.empty())
        if (const auto error = try_report(settings.report_file)) {
            log(log_level::error, "relay", unwritable_report(error, settings.report_file));
            return exit_code::io_error;
        }
    if (const auto failed = prepare_recordings(); failed != exit_code::ok)
        return failed;
    auto loaded = net::make_tls_client(settings.effective.ca_file);
    if (!loaded) {
        log(log_level::error, "tls", explain_trust(loaded.error(), settings.effective.ca_file));
        return exit_code::config_error;
    }
    tls = *loaded;
    auto sends = twitch::send_log::in_memory();
    if (!settings.dry_run) {
        if (const auto error = files.use_directory(settings.state_dir, settings.effective.twitch.login)) {
            log(log_level::error, "state",
                "cannot write to the state directory " + settings.state_dir + ": " + error.message() +
                    ". Make it writable for this user, or choose another with --state-dir.");
            return exit_code::io_error;
        }
        auto opened =
            twitch::send_log::open(settings.state_dir, settings.effective.twitch.login, files.worker());
        if (opened.trouble == twitch::errc::account_in_use) {
            log(log_level::error, "state",
                core::explain(opened.trouble) + " " + how_to_end_the_other(opened.holder));
            return exit_code::try_again;
        }
        tell_trouble(opened);
        sends = std::move(opened.log);
    }
    send_log = std::make_unique<twitch::send_log>(std::move(sends));
    const auto now = steady_now();
    const auto window =
        std::max({twitch::account::shortest_history, settings.effective.twitch.limit_normal.window,
                  settings.effective.twitch.limit_moderator.window});
    account = std::make_unique<twitch::account>(account_options(), send_log->recent(now, wall_now(), window),
                                                send_log->damaged(wall_now(), window), now, settings.seed);
    make_shell();
    return exit_code::ok;
}

exit_code relay_service::impl::prepare_recordings() {
    if (settings.recordings.empty())
        return exit_code::ok;
    std::set<std::string> names;
    for (const auto& route : settings.effective.routes)
        names.insert(route.tiktok);
    std::random_device random;
    const auto word = [&random] {
        return (static_cast<std::uint64_t>(random()) << 32U) | random();
    };
    recorder = std::make_shared<tiktok::recorder>(settings.recordings, tiktok::pseudonym_key{word(), word()});
    if (const auto failed = recorder->open({names.begin(), names.end()})) {
        log(log_level::error, "record", "cannot write " + failed->path + ": " + failed->why.message());
        return exit_code::io_error;
    }
    for (const auto& target : settings.recordings)
        log(target.keep_texts ? log_level::warning : log_level::info, "record", about_recording(target));
    return exit_code::ok;
}

void relay_service::impl::make_shell() {
    if (settings.dry_run) {
        auto say = settings.on_dry_line ? settings.on_dry_line : [](const twitch::write_line&) {
        };
        shell = std::make_unique<twitch::dry_client>(loop.get_executor(), *account, *this, std::move(say));
        return;
    }
    if (settings.effective.transport == chat_transport::helix) {
        twitch::helix_client_options options;
        options.api_url = settings.effective.helix_url;
        options.allow_custom_host = settings.effective.allow_custom_host;
        auto client = std::make_unique<twitch::helix_client>(loop.get_executor(), std::move(options), tls,
                                                             login.api_tokens, *account, *send_log, *this);
        helix = client.get();
        shell = std::move(client);
        return;
    }
    twitch::irc_client_options options;
    options.irc_url = settings.effective.irc_url;
    options.allow_custom_host = settings.effective.allow_custom_host;
    shell = std::make_unique<twitch::irc_client>(loop.get_executor(), std::move(options), tls, *account,
                                                 *send_log, *this);
}

void relay_service::impl::start() {
    ingest::handlers callbacks;
    callbacks.on_state = [this](room_index index, const tiktok::room_report& report) {
        on_room_state(index, report);
    };
    callbacks.on_ended = [this](room_index index, const ingest::room_end& end) {
        on_room_ended(index, end);
    };
    started = status_told = steady_now();
    limits.emplace();
    if (settings.dry_run)
        log(log_level::info, "relay",
            "dry run: what Twitch would get goes to standard output, Twitch gets nothing");
    each_second();
    open_command_socket();
    reader = std::make_unique<ingest>(loop.get_executor(), queue, std::move(callbacks));
    reader->record_with(recorder);
    if (settings.reads_input)
        reader->read_from(STDIN_FILENO);
    if (settings.signals) {
        for (const int number : {SIGINT, SIGTERM})
            signals.add(number);
        if (!settings.start.ignores_hang_ups()) {
            signals.add(SIGHUP);
            hang_ups.emplace(signal_mask::mode::let_through, SIGHUP);
        }
        await_signal();
    }
    start_read_back();
    start_checker();
    keep_login();
    start_deleter();
    watch_files();
    for (const auto& route : settings.effective.routes)
        add_route(route);
    restore_held();
    start_rooms();
    if (settings.reads_input)
        reader->begin_input();
    auto work = shell->run();
    asio::co_spawn(loop, std::move(work), [this](std::exception_ptr exception, core::error_code reason) {
        on_shell_ended(exception, reason);
    });
}

// Over Helix nothing is heard: moderators' commands come by the anonymous connection, too.
bool relay_service::impl::reads_everywhere() const {
    return settings.effective.twitch.read_back || (helix != nullptr && !mods.command_word().empty());
}

void relay_service::impl::start_read_back() {
    if (reads_everywhere() && !settings.dry_run)
        make_read_back();
}

void relay_service::impl::make_read_back() {
    twitch::read_back_handlers handlers;
    handlers.on_suspect = [this](const std::string& channel) {
        account->on_invisible(channel, steady_now());
        flush_account();
    };
    handlers.on_chat = [this](const twitch::chat_message& message) {
        if (helix == nullptr && account->hears(message.channel))
            return;
        on_chat(message);
        flush_account();
    };
    if (helix != nullptr) {
        // Over IRC the account's own connection sees what others say as it.
        handlers.on_own_line = [this](const twitch::own_sighting& line) {
            account->on_own_line(line, steady_now());
            flush_account();
        };
        handlers.on_rank = [this](const std::string& channel, bool moderator) {
            helix->on_rank(channel, moderator);
        };
        handlers.on_notice = [this](const twitch::notice& notice) {
            on_notice(notice);
        };
    }
    read_back = std::make_unique<twitch::read_back_client>(loop.get_executor(), settings.effective.irc_url,
                                                           tls, settings.effective.twitch.login,
                                                           settings.seed, std::move(handlers));
    read_back->listen_for(mods.command_word());
    run_beside(read_back->run(), stop_read_back);
}

// Where the bot is banned it hears no moderator who says "resume": the anonymous connection does.
void relay_service::impl::listen_where_deaf() {
    if (helix != nullptr || settings.dry_run || current != phase::running || mods.command_word().empty())
        return;
    for (const auto& channel : account->channels(steady_now())) {
        const bool deaf =
            channel.state == twitch::channel_state::blocked && channel.reason.starts_with("msg_banned");
        if (deaf == deaf_channels.contains(channel.channel))
            continue;
        if (!deaf) {
            deaf_channels.erase(channel.channel);
            if (!reads_everywhere())
                read_back->remove_channel(channel.channel);
            continue;
        }
        deaf_channels.insert(channel.channel);
        if (!read_back)
            make_read_back();
        read_back->add_channel(channel.channel);
    }
}

// Helix answers for itself whether a channel exists.
void relay_service::impl::start_checker() {
    if (settings.dry_run || helix != nullptr)
        return;
    twitch::channel_checker_options options;
    options.api_url = settings.effective.helix_url;
    options.allow_custom_host = settings.effective.allow_custom_host;
    options.seed = settings.seed;
    checker = std::make_unique<twitch::channel_checker>(
        loop.get_executor(), std::move(options), tls, login.api_tokens,
        [this](const std::string& channel, const twitch::channel_finding& found) {
            account->on_channel_known(channel, found, steady_now());
            flush_account();
        });
    run_beside(checker->run(), stop_checker);
}

void relay_service::impl::run_beside(net::awaitable<core::error_code> work, asio::cancellation_signal& stop) {
    ++beside;
    const auto ended = [this](std::exception_ptr exception, core::error_code) {
        ended_beside();
        if (exception)
            std::rethrow_exception(exception);
    };
    asio::co_spawn(loop, std::move(work), asio::bind_cancellation_slot(stop.slot(), ended));
}

void relay_service::impl::publish() {
    core::log_row({});
    limits.reset();
    log(log_level::info, "relay", "final counts");
    const auto text = summary();
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        log(log_level::info, "relay", std::string_view(text).substr(begin, end - begin));
        begin = end + 1;
    }
    if (settings.report_file.empty())
        return;
    if (const auto error = write_report(settings.report_file, report())) {
        log(log_level::error, "relay", unwritable_report(error, settings.report_file));
        if (result == exit_code::ok)
            result = exit_code::io_error;
    }
}

route_progress relay_service::impl::progress(relay::route_id route) const {
    if (!account)
        return {};
    // The account knows no difference between what is said for the first time and what is said again.
    const auto again = books.routes().at(route).again.pending();
    return {account->pending(route) + books.held(route) - again, account->lines_sent(route),
            account->lines_accepted(route)};
}

std::string relay_service::impl::report() const {
    return report_json(
        books, [this](relay::route_id route) { return progress(route); }, settings.dry_run);
}

std::string relay_service::impl::summary() const {
    return summary_text(books, [this](relay::route_id route) { return progress(route); });
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
    impl_->reader.reset();
    impl_->books.lines().give_up("shutdown");
    impl_->publish();
    return impl_->result;
}

void relay_service::request_stop() {
    asio::post(impl_->loop, [self = impl_.get()] {
        if (!self->stop_requested)
            self->stop("asked to stop");
    });
}

std::string relay_service::report() const {
    return impl_->report();
}
std::string relay_service::summary() const {
    return impl_->summary();
}

}  // namespace tiktok2twitch::app
