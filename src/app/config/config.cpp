// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/config.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "tiktok2twitch/app/config/hints.hpp"
#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/app/config/toml.hpp"
#include "tiktok2twitch/app/config/values.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

namespace tiktok2twitch::app {
namespace {

using namespace std::chrono_literals;

// docs/protocol/tiktok.md §1.7: a shorter interval gets the address blocked.
constexpr core::duration poll_floor = 10s;

// Twitch's documented limits (docs/protocol/twitch.md §1.6, §8.3).
constexpr core::duration twitch_window = 30s;
constexpr std::size_t twitch_normal = 20;
constexpr std::size_t twitch_moderator = 100;
constexpr core::duration twitch_spacing = 1s;
constexpr core::duration moderator_spacing = 100ms;

// What only shows when all values are known. Adds to the errors and the warnings.
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
        for (const config_key& each : config_keys()) {
            const auto* const field = std::get_if<core::url& (*)(config&)>(&each.field);
            if (field == nullptr) {
                continue;
            }
            const core::url& url = (*field)(out_.value);
            const std::string key = each.dotted();
            if (!url.encrypted() && !core::is_loopback_host(url.host)) {
                error(key, url.scheme + ":// is not encrypted and only allowed for loopback hosts; use " +
                               url.scheme + "s://");
            }
            if (each.section == "twitch" && !twitch::token_may_go_to(url, config_.allow_custom_host)) {
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

    configuration& out_;
    const config& config_;
};

// A multimap keeps the order of equals; std::stable_sort of libstdc++ 12 warns under clang.
void sort_by_line(std::vector<config_problem>& problems) {
    std::multimap<std::size_t, config_problem> sorted;
    for (config_problem& problem : problems) {
        sorted.emplace(problem.origin.line, std::move(problem));
    }
    problems.clear();
    for (auto& [line, problem] : sorted) {
        problems.push_back(std::move(problem));
    }
}

class builder {
public:
    builder() {
        out_.value = default_config();
        out_.origins.resize(config_keys().size());
    }

    void add_file(const config_file& file) {
        const auto at = [&](std::size_t line) {
            return value_origin{value_source::file, file.name + ":" + std::to_string(line), line};
        };
        out_.route_origin = out_.emoji_origin = {value_source::file, file.name, 0};
        toml_contents contents = read_toml(file.text);
        for (toml_problem& problem : contents.problems) {
            out_.errors.push_back({at(problem.line), std::move(problem.text)});
        }
        for (const toml_key_value& entry : contents.values) {
            const config_key& key = config_keys()[entry.key];
            store(entry.key, at(entry.value.line), key.kind->parse(out_.value, key, entry.value.entries));
        }
        for (const toml_emoji& entry : contents.emoji) {
            if (auto wrong = set_emoji(out_.value.emoji, entry.code, entry.value.text)) {
                out_.errors.push_back({at(entry.value.line), "emoji " + *wrong});
            }
        }
        for (const toml_route& route : contents.routes) {
            add_route(route, at);
        }
        is_idle_ = contents.problems.empty() && contents.routes.empty() && contents.emoji.empty() &&
                   !differs_from_defaults();
        file_ = file.name;
        sort_by_line(out_.errors);
    }

    void add_settings(const std::vector<setting>& settings, value_source source) {
        for (const setting& each : settings) {
            const value_origin origin{source, each.where, 0};
            const auto key = find_key(each.key);
            if (key) {
                store(*key, origin, set_value(out_.value, config_keys()[*key], each.value));
                continue;
            }
            const auto [section, name] = split_key(each.key);
            out_.errors.push_back(
                {origin, "unknown key " + show_quoted(each.key) + "; " + key_hint(section, name)});
        }
    }

    void replace_routes(const route_config& route) {
        out_.value.routes.clear();
        chosen_events_.clear();
        out_.route_origin = {value_source::flag, "--tiktok, --channel", 0};
        const value_origin tiktok_origin{value_source::flag, "--tiktok", 0};
        const value_origin channel_origin{value_source::flag, "--channel", 0};
        auto tiktok = parsed(core::parse_handle(route.tiktok), route.tiktok, tiktok_origin);
        auto channel = parsed(core::parse_channel(route.channel), route.channel, channel_origin);
        if (tiktok && channel) {
            out_.value.routes.push_back({*std::move(tiktok), *std::move(channel), every_event});
        }
    }

    configuration finish() && {
        checker(out_).run();
        warn_of_silent_events();
        if (is_idle_ && out_.value.routes.empty()) {
            out_.warnings.push_back(
                {{value_source::file, file_, 0},
                 "nothing is set in this file: all of it is as without it, and there is no "
                 "[[route]]"});
        }
        return std::move(out_);
    }

private:
    void store(std::size_t index, const value_origin& origin, const value_problem& wrong) {
        if (wrong) {
            out_.errors.push_back({origin, config_keys()[index].dotted() + ": " + *wrong});
        } else {
            out_.origins[index] = origin;
        }
    }

    std::optional<std::string> parsed(core::result<std::string> name, std::string_view text,
                                      const value_origin& origin) {
        if (!name) {
            out_.errors.push_back({origin, show_quoted(text) + ": " + core::explain(name.error())});
            return std::nullopt;
        }
        return *std::move(name);
    }

    template <class At>
    void add_route(const toml_route& route, const At& at) {
        const std::size_t line = route.tiktok->line;
        auto handle = parsed(core::parse_handle(route.tiktok->text), route.tiktok->text, at(line));
        auto login =
            parsed(core::parse_channel(route.channel->text), route.channel->text, at(route.channel->line));
        event_set events = every_event;
        if (route.events) {
            const value_origin origin = at(route.events->line);
            if (auto wrong = set_events(events, route.events->entries)) {
                out_.errors.push_back({origin, "route.events: " + *wrong});
                return;
            }
            chosen_events_.emplace_back(origin, events);
        }
        if (!handle || !login) {
            return;
        }
        const auto [first, fresh] = seen_.try_emplace({*handle, *login}, line);
        if (!fresh) {
            out_.errors.push_back({at(line), "this route (" + *handle + " to " + *login +
                                                 ") is already in line " + std::to_string(first->second)});
            return;
        }
        out_.value.routes.push_back({*std::move(handle), *std::move(login), events});
    }

    bool differs_from_defaults() const {
        const config defaults = default_config();
        return std::ranges::any_of(config_keys(), [&](const config_key& key) {
            return value_text(out_.value, key) != value_text(defaults, key);
        });
    }

    void warn_of_silent_events() {
        for (const auto& [origin, events] : chosen_events_) {
            event_set silent = events;
            for (std::size_t i = 0; i < relay::event_kinds; ++i) {
                if (out_.value.events.kinds[i].enabled) {
                    silent.reset(i);
                }
            }
            for (const std::string& name : event_names(silent)) {
                out_.warnings.push_back({origin, "route.events: \"" + name +
                                                     "\" is switched off; set event." + name +
                                                     ".enabled = true to hear it"});
            }
        }
    }

    configuration out_;
    std::string file_;
    bool is_idle_ = false;  // the file says nothing, like an empty one or the example
    std::map<std::pair<std::string, std::string>, std::size_t> seen_;  // routes of the file and their lines
    std::vector<std::pair<value_origin, event_set>> chosen_events_;    // of the routes of the file
};

std::string_view name_of(value_source source) noexcept {
    switch (source) {
        case value_source::built_in:
            return "default";
        case value_source::file:
            return "file";
        case value_source::environment:
            return "environment";
        case value_source::flag:
            return "flag";
    }
    return "";
}

void add_line(std::string& out, std::string_view name, const std::string& value, value_source source) {
    out += name;
    out += " = ";
    out += value;
    out += "  # ";
    out += name_of(source);
    out += '\n';
}

}  // namespace

std::string text_of(const config_problem& problem) {
    return problem.origin.where.empty() ? problem.text : problem.origin.where + ": " + problem.text;
}

config default_config() {
    config out;
    for (const config_key& key : config_keys()) {
        if (!key.initial.empty()) {
            set_value(out, key, key.initial);
        }
    }
    return out;
}

configuration build_config(const config_layers& layers) {
    builder out;
    if (layers.file) {
        out.add_file(*layers.file);
    }
    out.add_settings(layers.environment, value_source::environment);
    out.add_settings(layers.flags, value_source::flag);
    if (layers.route) {
        out.replace_routes(*layers.route);
    }
    return std::move(out).finish();
}

std::string show_config(const configuration& configuration) {
    std::string out;
    std::string_view section;
    for (std::size_t i = 0; i < config_keys().size(); ++i) {
        const config_key& key = config_keys()[i];
        if (key.section != section) {
            section = key.section;
            out += out.empty() ? "[" : "\n[";
            out += section;
            out += "]\n";
        }
        add_line(out, key.name, value_toml(configuration.value, key), configuration.origins[i].source);
    }
    if (!configuration.value.emoji.empty()) {
        out += "\n[emoji]\n";
    }
    for (const auto& [code, text] : configuration.value.emoji) {
        add_line(out, code, toml_quote(text), configuration.emoji_origin.source);
    }
    const value_source source = configuration.route_origin.source;
    for (const route_config& route : configuration.value.routes) {
        out += "\n[[route]]\n";
        add_line(out, "tiktok", toml_quote(route.tiktok), source);
        add_line(out, "channel", toml_quote(route.channel), source);
        if (route.events != every_event) {
            add_line(out, "events", toml_array(event_names(route.events)), source);
        }
    }
    return out;
}

}  // namespace tiktok2twitch::app
