// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Links in what viewers write, also in disguise, and what is said in their place.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/relay/filter/words/skeleton.hpp"

namespace tiktok2twitch::relay {

struct found_link {
    text_range where;
    bool clickable = false;         // as it stands; "example(dot)com" is not
    std::vector<text_range> dots;   // between its words, however written
    std::vector<text_range> marks;  // what makes it a link without dots: "https://", a later "://"
};

// `clean` is clean text. Linear. The links are in order and do not overlap.
//   with a scheme       https://x, steam://y
//   with www.           www.x
//   with a place        example.any/path, x.any:8080, x.any?y=z, 1.2.3.4/path: whatever the ending
//   by their ending     example.com, see relay/domain_endings.hpp; a forgotten blank, "nice.it was", is none
//   known to everybody  discord.gg, t.me
//   by their number     93.184.216.34
//   in disguise         example[.]com, example (dot) com; "example dot com" and "example . com" with few
//   endings
//
// A name is no prose in which a blank was forgotten: read as one, every known ending makes a link ("ok.so").
enum class link_reading : std::uint8_t { text, name };
std::vector<found_link> find_links(std::string_view clean, link_reading reading = link_reading::text);
bool any_clickable(const std::vector<found_link>& links);

// Clean text whose links are words: "example(dot)com", without scheme. At most five times as long.
std::string defang_links(std::string_view clean);
// Clean text with "[link]" in their place.
std::string strip_links(std::string_view clean);
// A clean name whose bare hosts, "maria.one", cannot be clicked: "maria·one", which is as readable, visible
// (Twitch minds hidden characters) and no host to anybody: to IDNA the sign is no separator. Links with a
// scheme or a path are left.
std::string raise_dots(std::string_view clean_name);

}  // namespace tiktok2twitch::relay
