// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "relay/link_finder.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

struct replacement {
    text_range where;
    std::string_view text;
};

std::string replaced(std::string_view text, const std::vector<replacement>& edits) {
    std::string out;
    out.reserve(text.size() + edits.size() * 4);
    std::size_t at = 0;
    for (const replacement& edit : edits) {
        if (edit.where.begin < at)
            continue;  // two signs that one code point stands for ("…")
        out += text.substr(at, edit.where.begin - at);
        out += edit.text;
        at = edit.where.end;
    }
    out += text.substr(at);
    return core::clean_text(out);
}

std::string stripped(std::string_view text, const std::vector<found_link>& links) {
    std::vector<replacement> edits;
    for (const found_link& link : links)
        edits.push_back({link.where, "[link]"});
    return replaced(text, edits);
}

std::string defanged(std::string_view text, const std::vector<found_link>& links) {
    std::vector<replacement> edits;
    for (const found_link& link : links) {
        const std::size_t first = edits.size();
        for (const text_range& dot : link.dots)
            edits.push_back({dot, "(dot)"});
        for (const text_range& mark : link.marks)
            edits.push_back({mark, mark.begin == link.where.begin ? "" : "/"});
        std::ranges::sort(edits.begin() + static_cast<std::ptrdiff_t>(first), edits.end(), {},
                          [](const replacement& edit) { return edit.where.begin; });
    }
    return replaced(text, edits);
}

// What was taken out may bring its neighbours together to another link: until there is none.
constexpr int most_rounds = 4;

// A host and nothing else: what a name can look like by chance.
bool is_bare(std::string_view text, const found_link& link) {
    const auto written = text.substr(link.where.begin, link.where.end - link.where.begin);
    return link.clickable && link.marks.empty() && !written.starts_with("www.") &&
           written.find_first_of("/:?#\\") == std::string_view::npos;
}

}  // namespace

std::string defang_links(std::string_view clean) {
    std::string text(clean);
    std::vector<found_link> links = find_links(text);
    if (links.empty())
        return text;
    text = defanged(text, links);
    for (int round = 1; round < most_rounds; ++round) {
        links = find_links(text);
        if (!any_clickable(links))
            return text;
        text = defanged(text, links);
    }
    return strip_links(text);
}

std::string strip_links(std::string_view clean) {
    std::string text(clean);
    for (int round = 0; round < most_rounds; ++round) {
        const auto links = find_links(text);
        if (links.empty())
            break;
        text = stripped(text, links);
    }
    return text;
}

std::string raise_dots(std::string_view clean_name) {
    constexpr std::string_view raised = "\u00b7";
    std::string name(clean_name);
    for (int round = 0; round < most_rounds; ++round) {
        std::vector<replacement> edits;
        for (const found_link& link : find_links(name, link_reading::name))
            for (const text_range& dot : link.dots)
                if (is_bare(name, link))
                    edits.push_back({dot, raised});
        if (edits.empty())
            break;
        name = replaced(name, edits);
    }
    return name;
}

}  // namespace tiktok2twitch::relay
