// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"

// Configurations from texts, for the tests of this folder.
namespace tiktok2twitch::app {

inline std::vector<std::string> texts(const std::vector<config_problem>& problems) {
    std::vector<std::string> out;
    for (const config_problem& problem : problems) {
        out.push_back(text_of(problem));
    }
    return out;
}

inline configuration load(std::string text) {
    config_layers layers;
    layers.file = config_file{.name = "c.toml", .text = std::move(text)};
    return build_config(layers);
}

inline std::vector<std::string> errors(std::string text) {
    return texts(load(std::move(text)).errors);
}

inline std::vector<std::string> warnings(std::string text) {
    return texts(load(std::move(text)).warnings);
}

}  // namespace tiktok2twitch::app
