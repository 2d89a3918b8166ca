// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The input is what a viewer wrote (and a name, a handle, a line template): whatever it is, what comes out
// keeps the rules of clean text, stays as it is when cleaned again, and fits the line. The first byte chooses
// which of these is checked.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "support/text_rules.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace {

namespace core = tiktok2twitch::core;
namespace relay = tiktok2twitch::relay;
namespace test = tiktok2twitch::test;

void require(bool holds, const char* what) {
    if (!holds) {
        std::fprintf(stderr, "broken: %s\n", what);
        std::abort();
    }
}

void check_clean(std::string_view text) {
    const std::string rule = test::broken_rule(text);
    require(rule.empty(), rule.c_str());
}

void check_cut(const std::string& text, std::size_t limit) {
    const std::string by_points = core::cut_code_points(text, limit);
    require(core::count_code_points(by_points) <= limit, "cut_code_points: too long");
    const std::string by_clusters = core::cut_clusters(text, limit);
    require(core::count_clusters(by_clusters) <= limit, "cut_clusters: too long");
    for (std::string_view part : {std::string_view(by_points), std::string_view(by_clusters)}) {
        const bool cut = part != text;
        require(!cut || part.ends_with("…"), "cut without an ellipsis");
        part.remove_suffix(cut ? std::string_view("…").size() : 0);
        require(text.starts_with(part), "cut is no prefix");
        const std::string_view rest = std::string_view(text).substr(part.size());
        require(core::count_clusters(part) + core::count_clusters(rest) == core::count_clusters(text),
                "cut inside a cluster");
    }
}

void check_said(const relay::formatted& said) {
    const std::string line = said.label + said.body;
    require(!said.body.empty(), "empty body");
    require(core::count_code_points(line) <= 480, "line too long");
    const std::string_view seen = core::without_unknown_front(line);
    const char first = seen.empty() ? ' ' : seen.front();
    require(first != '/' && first != '.' && first != '!', "line is a command");
    for (const char c : line) {
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "control character in a line");
    }
    for (std::size_t at = line.find('@'); at != std::string::npos; at = line.find('@', at + 1)) {
        require(at + 1 == line.size() || line[at + 1] == ' ', "ping in a line");
    }
}

void check_line(const relay::line_template& layout, std::string_view bytes) {
    relay::event event;
    event.from.nickname = bytes.substr(0, bytes.size() / 2);
    event.from.unique_id = bytes;
    event.text = bytes;
    event.from.moderator = bytes.size() % 2 == 0;
    event.gift = relay::gift{.id = 1, .name = std::string(bytes.substr(bytes.size() / 2))};
    const relay::formatter formatter(layout, bytes);
    constexpr std::array kinds{relay::event_kind::chat, relay::event_kind::gift,
                               relay::event_kind::live_start};
    event.kind = kinds[bytes.size() / kinds.size() % kinds.size()];
    if (const auto said = formatter.format(event)) {
        check_said(*said);
    }
}

void check_text(std::string_view bytes) {
    const std::string once = core::clean_text(bytes);
    check_clean(once);
    require(core::clean_text(once) == once, "clean_text is not idempotent");
}

void check_cuts(std::string_view bytes) {
    const std::string repaired = core::repair_utf8(bytes);
    require(core::repair_utf8(repaired) == repaired, "repair_utf8 is not idempotent");
    // One limit an input: the next one has another size.
    check_cut(bytes.size() % 2 == 0 ? core::clean_text(bytes) : repaired, 1 + bytes.size() % 61);
    test::code_points decoded;
    require(test::decode(core::fold_case(bytes), decoded), "fold_case: not UTF-8");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::array layouts{relay::parse_template("[TikTok] {badges} {name}: {text}").value(),
                                    relay::parse_template("{text}{name}@{unique_id}{room}").value(),
                                    relay::parse_template("{gift}{text} {badges}@{streamer}").value()};
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 4) {
        case 0:
            check_text(bytes);
            break;
        case 1:
            check_cuts(bytes);
            break;
        case 2:
            check_line(layouts[size % layouts.size()], bytes);
            break;
        default:
            if (const auto own = relay::parse_template(bytes, nullptr, relay::template_needs::anything))
                check_line(*own, bytes);
    }
    return 0;
}
