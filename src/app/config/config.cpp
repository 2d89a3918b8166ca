// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/config.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "app/config_checks.hpp"
#include "app/config_hints.hpp"
#include "app/config_keys.hpp"
#include "app/config_toml.hpp"
#include "app/config_value.hpp"
#include "app/toml_text.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/parse.hpp"

namespace tiktok2twitch::app {
namespace {

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
            store(entry.key, at(entry.value.line),
                  key.list() ? set_list(out_.value, key, entry.value.entries)
                             : set_value(out_.value, key, entry.value.text));
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
        check_config(out_);
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
    void store(std::size_t index, const value_origin& origin, const std::optional<std::string>& wrong) {
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

}  // namespace

std::string text_of(const config_problem& problem) {
    return problem.origin.where.empty() ? problem.text : problem.origin.where + ": " + problem.text;
}

config default_config() {
    config out;
    for (const config_key& key : config_keys()) {
        set_value(out, key, key.default_text);
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

}  // namespace tiktok2twitch::app
