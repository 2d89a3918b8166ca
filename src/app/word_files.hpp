// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "tiktok2twitch/app/config.hpp"

namespace tiktok2twitch::app {

inline constexpr std::size_t max_word_file_bytes = 1024 * 1024;

// What is in these files, and a sentence for each that cannot be used.
struct read_words {
    std::vector<relay::word_list> lists;
    std::vector<std::string> problems;
};
read_words read_word_lists(const std::vector<std::string>& files);

// Reads the files of filter.word_files into word_lists. A relative name in the configuration file
// `config_path` counts from its folder, one of the environment or the command line from the working
// directory; word_files then has the names that were opened. Files that cannot be used are errors.
void read_word_files(configuration& settings, const std::string& config_path);

// Changes when one of the files does: contents, place, permissions, presence. Empty without files.
std::string stamp_of(const std::vector<std::string>& files);

}  // namespace tiktok2twitch::app
