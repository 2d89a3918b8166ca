// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/files/file_series.hpp"

namespace tiktok2twitch::files {
namespace {

// Where ".jsonl", ".jsonl.gz" and the like begin; the end where there is none.
std::size_t ending_of(const std::string& path) {
    const std::size_t name = path.rfind('/') + 1;  // npos + 1 is 0
    std::size_t dot = path.rfind('.');
    if (dot == std::string::npos || dot <= name)
        return path.size();
    if (path.compare(dot, std::string::npos, ".gz") == 0) {
        const std::size_t before = path.rfind('.', dot - 1);
        if (before != std::string::npos && before > name)
            dot = before;
    }
    return dot;
}

std::string with_mark(const std::string& path, std::string_view mark) {
    std::string out = path;
    out.insert(ending_of(path), "-" + std::string(mark));
    return out;
}

}  // namespace

std::string older_part(const std::string& path, std::size_t age) {
    return age == 0 ? path : with_mark(path, std::to_string(age));
}

std::string part_for(const std::string& path, std::string_view room) {
    return with_mark(path, room);
}

bool ends_in_gz(std::string_view path) {
    return path.ends_with(".gz");
}

std::vector<std::pair<std::string, std::string>> shifts(const std::string& path, std::size_t kept) {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t age = kept; age > 0; --age)
        out.emplace_back(older_part(path, age - 1), older_part(path, age));
    return out;
}

}  // namespace tiktok2twitch::files
