// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/core/log.hpp"

#include <spdlog/formatter.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace tiktok2twitch::core {
namespace {

spdlog::level::level_enum to_spdlog(log_level level) noexcept {
    switch (level) {
        case log_level::debug:
            return spdlog::level::debug;
        case log_level::info:
            return spdlog::level::info;
        case log_level::warning:
            return spdlog::level::warn;
        case log_level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

std::string utc_time(spdlog::log_clock::time_point at) {
    const auto ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count() % 1000;
    const std::time_t seconds = spdlog::log_clock::to_time_t(at);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, ms);
}

std::string_view view(spdlog::string_view_t text) {
    return {text.data(), text.size()};
}

// The component travels as the payload's first part, separated by a character that cannot occur in it.
constexpr char component_end = '\x1f';

struct split_payload {
    std::string_view component;
    std::string_view text;
};

split_payload split(std::string_view payload) {
    const auto at = payload.find(component_end);
    return {payload.substr(0, at), payload.substr(at + 1)};
}

// Log lines are terminal output: whatever a server or a file put into a message stays one line.
std::string printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7f ? ' ' : c;
    }
    return out;
}

class json_formatter final : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
        const auto parts = split(view(message.payload));
        const nlohmann::ordered_json line = {
            {"time", utc_time(message.time)},
            {"level", std::string(view(spdlog::level::to_string_view(message.level)))},
            {"component", std::string(parts.component)},
            {"message", std::string(parts.text)}};
        // A server's text may be broken UTF-8; a log line must be JSON all the same.
        const auto text = line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
        out.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<json_formatter>(); }
};

class text_formatter final : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& out) override {
        const auto parts = split(view(message.payload));
        auto text = utc_time(message.time) + " ";
        message.color_range_start = text.size();
        text += view(spdlog::level::to_string_view(message.level));
        message.color_range_end = text.size();
        text += fmt::format(" {}: {}\n", parts.component, printable(parts.text));
        out.append(text.data(), text.data() + text.size());
    }
    std::unique_ptr<spdlog::formatter> clone() const override { return std::make_unique<text_formatter>(); }
};

std::shared_ptr<spdlog::logger> make_logger(const log_options& options) {
    auto sink = std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>(
        options.color ? spdlog::color_mode::always : spdlog::color_mode::never);
    if (options.format == log_format::json)
        sink->set_formatter(std::make_unique<json_formatter>());
    else
        sink->set_formatter(std::make_unique<text_formatter>());
    auto logger = std::make_shared<spdlog::logger>("tiktok2twitch", std::move(sink));
    logger->set_level(to_spdlog(options.level));
    logger->flush_on(spdlog::level::debug);
    return logger;
}

std::shared_ptr<spdlog::logger>& instance() {
    static std::shared_ptr<spdlog::logger> logger = make_logger({});
    return logger;
}

}  // namespace

void configure_log(const log_options& options) {
    instance() = make_logger(options);
}

bool log_enabled(log_level level) noexcept {
    return instance()->should_log(to_spdlog(level));
}

void log(log_level level, std::string_view component, std::string_view message) {
    if (!log_enabled(level))
        return;
    std::string payload(component);
    payload += component_end;
    payload += message;
    instance()->log(to_spdlog(level), spdlog::string_view_t(payload.data(), payload.size()));
}

}  // namespace tiktok2twitch::core
