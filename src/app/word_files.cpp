// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <sys/stat.h>

#include "app/word_files.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "app/config_keys.hpp"
#include "app/text_file.hpp"
#include "app/toml_text.hpp"

namespace tiktok2twitch::app {
namespace {

// Words in another encoding would never be found, and nobody would know.
std::optional<std::string> what_is_wrong(std::string_view text) {
    if (text.size() > max_word_file_bytes) {
        return "larger than 1 MiB: this is no list of words";
    }
    for (std::size_t number = 1; !text.empty(); ++number) {
        std::string line(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        std::ranges::replace(line, '\t', ' ');
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        if (!is_plain_text(line)) {
            return "line " + std::to_string(number) + " is not UTF-8 text; save the file as UTF-8";
        }
    }
    return std::nullopt;
}

std::string without_mark(std::string text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    return text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
}

}  // namespace

read_words read_word_lists(const std::vector<std::string>& files) {
    read_words out;
    for (const std::string& name : files) {
        auto read = read_text_file(name, max_word_file_bytes);
        const auto* unread = std::get_if<unread_file>(&read);
        const auto wrong = unread ? std::optional(unread->why) : what_is_wrong(std::get<std::string>(read));
        if (wrong)
            out.problems.push_back("filter.word_files: " + name + ": " + *wrong);
        else
            out.lists.push_back({name, without_mark(std::get<std::string>(std::move(read)))});
    }
    return out;
}

void read_word_files(configuration& settings, const std::string& config_path) {
    const value_origin& origin = settings.origins[*find_key("filter.word_files")];
    const auto folder = std::filesystem::path(config_path).parent_path();
    for (std::string& name : settings.value.filter.word_files) {
        if (origin.source == value_source::file) {
            name = (folder / name).string();  // an absolute name stays as it is
        }
    }
    auto read = read_word_lists(settings.value.filter.word_files);
    for (std::string& problem : read.problems) {
        settings.errors.push_back({origin, std::move(problem)});
    }
    settings.value.word_lists = std::move(read.lists);
}

std::string stamp_of(const std::vector<std::string>& files) {
    std::string stamp;
    for (const auto& file : files) {
        struct stat found {};
        if (::stat(file.c_str(), &found) == 0)
            for (const auto number :
                 {static_cast<long long>(found.st_dev), static_cast<long long>(found.st_ino),
                  static_cast<long long>(found.st_size), static_cast<long long>(found.st_mtim.tv_sec),
                  static_cast<long long>(found.st_mtim.tv_nsec), static_cast<long long>(found.st_ctim.tv_sec),
                  static_cast<long long>(found.st_ctim.tv_nsec)})
                stamp += std::to_string(number) + ",";
        stamp += ";";
    }
    return stamp;
}

}  // namespace tiktok2twitch::app
