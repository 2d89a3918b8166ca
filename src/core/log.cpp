// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/log.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "tiktok2twitch/core/log_text.hpp"
#include "tiktok2twitch/core/repeat_limiter.hpp"
#include "tiktok2twitch/core/terminal_row.hpp"

namespace tiktok2twitch::core {
namespace {

// A terminal that was stopped (Ctrl-S) or a full pipe that does not block: so long is waited for it.
constexpr int patience_ms = 1000;
constexpr std::size_t usual_columns = 80;

// What cannot be written is lost: there is nobody left to tell.
void write_all(std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(STDERR_FILENO, text.data(), text.size());
        if (written > 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            pollfd ready{STDERR_FILENO, POLLOUT, 0};
            if (::poll(&ready, 1, patience_ms) <= 0)
                return;
        } else if (errno != EINTR) {
            return;
        }
    }
}

std::size_t columns() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual_columns;
}

log_time time_now(bool local) {
    const auto now = std::chrono::system_clock::now();
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    log_time out;
    out.milliseconds = static_cast<unsigned>(ms % 1000);
    if (local)
        localtime_r(&seconds, &out.parts);
    else
        gmtime_r(&seconds, &out.parts);
    return out;
}

std::string json_text(log_level level, std::string_view component, std::string_view message) {
    const nlohmann::ordered_json line = {{"time", utc_text(time_now(false))},
                                         {"level", std::string(name_of(level))},
                                         {"component", std::string(component)},
                                         {"message", std::string(message)}};
    // A server's text may be broken UTF-8; a log line must be JSON all the same.
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

struct logger {
    void say(log_level level, std::string_view component, std::string_view message) {
        const bool short_time = options.style == log_style::terminal;
        const auto text =
            options.format == log_format::json
                ? json_text(level, component, message)
                : log_text(options.style, level, component, message, time_now(short_time), options.color);
        write_all(options.row ? row.print(text, columns()) : text);
    }

    void say(const std::vector<repeat_limiter::summary>& due) {
        for (const auto& each : due)
            say(each.level, each.source, each.text);
    }

    std::recursive_mutex mutex;  // what is written beside the row may have to be complained about
    log_options options;
    std::atomic<log_level> lowest{log_level::info};
    terminal_row row;
    std::optional<repeat_limiter> limiter;
};

// Never destroyed: what runs while the process ends may still have something to say.
logger& instance() {
    static auto& the_logger = *new logger;
    return the_logger;
}

}  // namespace

void configure_log(const log_options& options) {
    auto& log = instance();
    const std::lock_guard lock(log.mutex);
    log.options = options;
    log.lowest = options.level;
}

bool log_enabled(log_level level) noexcept {
    return level >= instance().lowest;
}

void log(log_level level, std::string_view component, std::string_view message) {
    if (!log_enabled(level))
        return;
    auto& log = instance();
    const std::lock_guard lock(log.mutex);
    if (log.limiter && level > log_level::debug &&
        !log.limiter->admit(level, component, message, std::chrono::steady_clock::now()))
        return;
    log.say(level, component, message);
}

void log_row(std::string_view row) {
    auto& log = instance();
    const std::lock_guard lock(log.mutex);
    if (log.options.row)
        write_all(log.row.show(row, columns()));
}

bool log_has_row() noexcept {
    auto& log = instance();
    const std::lock_guard lock(log.mutex);
    return log.options.row;
}

row_aside::row_aside() {
    auto& log = instance();
    log.mutex.lock();
    if (log.options.row)
        write_all(log.row.take_away(columns()));
}

row_aside::~row_aside() {
    auto& log = instance();
    if (log.options.row)
        write_all(log.row.put_back(columns()));
    log.mutex.unlock();
}

log_limits::log_limits() {
    auto& log = instance();
    const std::lock_guard lock(log.mutex);
    log.limiter.emplace();
}

log_limits::~log_limits() {
    auto& log = instance();
    const std::lock_guard lock(log.mutex);
    if (log.limiter)
        log.say(log.limiter->poll(std::chrono::steady_clock::now(), true));
    log.limiter.reset();
}

void log_limits::poll() {
    auto& log = instance();
    const std::lock_guard lock(log.mutex);
    if (log.limiter)
        log.say(log.limiter->poll(std::chrono::steady_clock::now()));
}

}  // namespace tiktok2twitch::core
