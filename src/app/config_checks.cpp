// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_checks.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include "app/config_keys.hpp"
#include "app/config_value.hpp"
#include "tiktok2twitch/relay/formatter.hpp"

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;

// tiktok.md 1.7 and product.md: a shorter interval gets the address blocked.
constexpr core::duration poll_floor = 10s;

// Twitch's documented limits (twitch.md 1.6, 8.3).
constexpr core::duration twitch_window = 30s;
constexpr std::size_t twitch_normal = 20;
constexpr std::size_t twitch_moderator = 100;
constexpr core::duration twitch_spacing = 1s;
constexpr core::duration moderator_spacing = 100ms;

class checker {
public:
    explicit checker(configuration& out) : out_(out), config_(out.value) {}

    void run() {
        check_addresses();
        check_tiktok();
        check_limits();
        check_filter();
        check_relay();
    }

private:
    void error(std::string_view key, const std::string& text) { add(out_.errors, key, text); }
    void warning(std::string_view key, const std::string& text) { add(out_.warnings, key, text); }

    void add(std::vector<config_problem>& list, std::string_view key, const std::string& text) {
        list.push_back({out_.origins[*find_key(key)], std::string(key) + ": " + text});
    }

    void check_addresses() {
        for (const auto& [key, url] :
             {address{"tiktok.web_url", config_.tiktok.web_url},
              address{"tiktok.webcast_url", config_.tiktok.webcast_url},
              address{"tiktok.ws_url", config_.tiktok.ws_url}, address{"tiktok.sign_url", config_.sign_url},
              address{"twitch.irc_url", config_.irc_url}, address{"twitch.auth_url", config_.auth_url},
              address{"twitch.helix_url", config_.helix_url}}) {
            if (!url.encrypted() && !core::is_loopback_host(url.host)) {
                error(key, url.scheme + ":// is not encrypted and only allowed for loopback hosts; use " +
                               url.scheme + "s://");
            }
            if (key.starts_with("twitch.") && !config_.allow_custom_host && !is_twitch_host(url.host)) {
                error(key, "\"" + url.host +
                               "\" is no host of Twitch and would be sent the token; set "
                               "twitch.allow_custom_host = true if that is meant");
            }
        }
    }

    void check_tiktok() {
        const auto& tiktok = config_.tiktok;
        if (tiktok.poll_interval < poll_floor && !core::is_loopback_host(tiktok.web_url.host)) {
            error("tiktok.poll_interval", "at least " + duration_text(poll_floor) + ", found " +
                                              duration_text(tiktok.poll_interval) +
                                              "; TikTok blocks addresses that ask more often");
        }
        if (tiktok.stale_after <= tiktok.heartbeat_interval) {
            warning("tiktok.stale_after", "not longer than tiktok.heartbeat_interval (" +
                                              duration_text(tiktok.heartbeat_interval) +
                                              "): quiet rooms will be taken for dead connections");
        }
    }

    void check_limits() {
        const auto& twitch = config_.twitch;
        check_rate("twitch.limit_normal", twitch.limit_normal, twitch_normal);
        check_rate("twitch.limit_moderator", twitch.limit_moderator, twitch_moderator);
        check_spacing("twitch.spacing_normal", twitch.spacing_normal, twitch_spacing);
        check_spacing("twitch.spacing_moderator", twitch.spacing_moderator, moderator_spacing);
    }

    // A sliding window of w lets `count` lines go at its start and again after each w.
    void check_rate(std::string_view key, const twitch::rate& rate, std::size_t allowed) {
        const auto windows = static_cast<std::size_t>((twitch_window - core::duration(1)) / rate.window) + 1;
        const std::size_t most = rate.count * windows;
        if (most > allowed) {
            warning(key, "allows " + std::to_string(most) + " lines in 30s, Twitch documents " +
                             std::to_string(allowed) + "; beyond it the account is muted for 30 minutes");
        }
    }

    void check_spacing(std::string_view key, core::duration spacing, core::duration allowed) {
        if (spacing < allowed) {
            warning(key, duration_text(spacing) + " is shorter than " + duration_text(allowed) +
                             "; Twitch may drop lines that follow so closely");
        }
    }

    void check_filter() {
        const auto& filter = config_.filter;
        if (filter.max_length != 0 && filter.max_length < filter.min_length) {
            error("filter.max_length", "smaller than filter.min_length (" +
                                           std::to_string(filter.min_length) + "): no comment could pass");
        }
        if (config_.commands.enabled) {
            return;
        }
        constexpr std::string_view nobody =
            "with commands.enabled = false nobody can approve what is held; it is always dropped";
        if (filter.words_action == relay::filter_action::hold) {
            warning("filter.words_action", std::string(nobody));
        }
        if (filter.patterns_action == relay::filter_action::hold) {
            warning("filter.patterns_action", std::string(nobody));
        }
        if (filter.links == relay::link_action::hold) {
            warning("filter.links", std::string(nobody));
        }
    }

    void check_relay() {
        if (config_.twitch.gift_max_age < config_.twitch.max_age) {
            warning("relay.gift_max_age",
                    duration_text(config_.twitch.gift_max_age) + " is less than relay.max_age (" +
                        duration_text(config_.twitch.max_age) + "), which counts instead");
        }
        const auto& comment = config_.events.of(relay::event_kind::chat).line_template;
        const auto layout = relay::parse_template(comment);
        const auto shows = [&layout](relay::template_field field) {
            return std::ranges::find(layout->pieces, relay::line_template::piece(field)) !=
                   layout->pieces.end();
        };
        if (layout && layout->label.empty() && !shows(relay::template_field::name) &&
            !shows(relay::template_field::unique_id)) {
            warning("relay.template",
                    "says neither where a line comes from nor who wrote it: what strangers type "
                    "looks like the bot's own words; begin it with \"[TikTok] {name}: \"");
        }
    }

    struct address {
        std::string_view key;
        const core::url& url;
    };

    configuration& out_;
    const config& config_;
};

}  // namespace

void check_config(configuration& configuration) {
    checker(configuration).run();
}

bool is_twitch_host(std::string_view host) noexcept {
    return host == "twitch.tv" || host.ends_with(".twitch.tv") || core::is_loopback_host(host);
}

}  // namespace tiktok2twitch::app
