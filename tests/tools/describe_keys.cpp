// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
// Writes the pages that follow from the table of keys into the folder that is given:
// t2t_describe_keys . in the top folder. config_keys_test.cpp says when they are stale.

#include <fstream>
#include <iostream>
#include <string>

#include "support/key_pages.hpp"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "t2t_describe_keys FOLDER\n";
        return 64;
    }
    const std::string folder = argv[1];
    std::ofstream page(folder + "/docs/configuration.md", std::ios::binary);
    std::ofstream example(folder + "/config.example.toml", std::ios::binary);
    page << tiktok2twitch::app::configuration_page() << std::flush;
    example << tiktok2twitch::app::example_file() << std::flush;
    return page && example ? 0 : 74;
}
