// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The recordings of tests/data/recordings and what a correct decoder must find in them.

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace tiktok2twitch::test {

inline std::string recording_path(const std::string& name) {
    return std::string(T2T_TEST_DATA) + "/recordings/" + name;
}

inline std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The manifests' encoder cuts long texts in UTF-16 and writes half a character as a lone escape, which is no
// text; on the wire the same half is U+FFFD.
inline nlohmann::json load_manifest(const std::string& name) {
    std::string text = read_file(recording_path(name + ".manifest.json"));
    for (std::size_t at = text.find("\\ud"); at != std::string::npos; at = text.find("\\ud", at + 1))
        text.replace(at, 6, "\\ufffd");
    return nlohmann::json::parse(text);
}

}  // namespace tiktok2twitch::test
