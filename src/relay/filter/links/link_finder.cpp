// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/links/link_finder.hpp"

#include <algorithm>
#include <array>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/filter/links/everyday_words.hpp"
#include "tiktok2twitch/relay/filter/links/link_cells.hpp"
#include "tiktok2twitch/relay/filter/words/look_alikes.hpp"

namespace tiktok2twitch::relay {
namespace {

using kind = link_cell::kind;

bool in_scheme(const link_cell& cell) noexcept {
    const char32_t c = cell.literal;
    return cell.what == kind::label && c < 0x80;
}

struct label {
    std::size_t begin = 0;  // cells
    std::size_t end = 0;
    std::size_t size() const noexcept { return end - begin; }
};

class finder {
public:
    finder(std::string_view clean, link_reading reading) : cells_(link_cells_of(clean)), reading_(reading) {}

    std::vector<found_link> run() {
        find_schemes();
        std::size_t next = 0;  // of the schemes
        for (std::size_t at = 0; at < cells_.size();) {
            if (next < schemes_.size() && schemes_[next].begin == at) {
                add(schemes_[next].begin, schemes_[next].end, true);
                at = schemes_[next++].end;
                continue;
            }
            const std::size_t limit = next < schemes_.size() ? schemes_[next].begin : cells_.size();
            at = cells_[at].what == kind::label ? host(at, limit) : at + 1;
        }
        return std::move(links_);
    }

private:
    bool is(std::size_t at, char32_t literal) const {
        return at < cells_.size() && cells_[at].literal == literal;
    }
    bool slashes(std::size_t colon) const {
        return is(colon, U':') && is(colon + 1, U'/') && is(colon + 2, U'/');
    }
    std::size_t word_end(std::size_t at) const {
        while (at < cells_.size() && cells_[at].what != kind::blank)
            ++at;
        return at;
    }

    // Everything from a scheme to the next blank, whatever it looks like.
    void find_schemes() {
        std::size_t from = 0;
        for (std::size_t at = 0; at < cells_.size(); ++at) {
            if (!slashes(at) || at + 3 >= cells_.size() || cells_[at + 3].what == kind::blank)
                continue;
            std::size_t begin = at;
            while (begin > from && in_scheme(cells_[begin - 1]))
                --begin;
            if (begin == at)
                continue;
            from = word_end(at);
            schemes_.push_back({begin, from});
            at = from - 1;
        }
    }

    // Looks at the words and dots from `at` on; returns where to go on.
    std::size_t host(std::size_t at, std::size_t limit) {
        labels_.clear();
        for (std::size_t i = at; i < limit && cells_[i].what == kind::label;) {
            label next{i, i};
            while (next.end < limit && cells_[next.end].what == kind::label)
                ++next.end;
            labels_.push_back(next);
            i = next.end < limit && is_dot(cells_[next.end].what) ? next.end + 1 : limit;
        }
        const std::size_t behind = labels_.back().end;
        std::size_t last = labels_.size() - 1;
        if (!is_www(labels_.front())) {
            while (last > 0 && !ends_host(last, limit))
                --last;
        }
        if (last == 0)
            return behind;
        const bool whole = last + 1 == labels_.size();
        const std::size_t end = whole ? path_end(behind, limit) : labels_[last].end;
        add(at, end, false);
        return std::max(end, behind);
    }

    bool is_www(const label& first) const {
        return labels_.size() > 1 && first.size() == 3 && cells_[first.begin].literal == U'w' &&
               cells_[first.begin + 1].literal == U'w' && cells_[first.begin + 2].literal == U'w';
    }

    bool ends_host(std::size_t last, std::size_t limit) const {
        const label& word = labels_[last];
        const label& before = labels_[last - 1];
        const kind dot = cells_[word.begin - 1].what;
        const std::string name = ending_text(word, before);
        const domain_ending ending = ending_of(name);
        const bool whole = last + 1 == labels_.size();
        const bool written = dot == kind::dot || dot == kind::hidden;
        const bool located = whole && written && leads_somewhere(word.end, limit);
        if (ending == domain_ending::none)
            return whole && ((located && (could_be_ending(name) || is_ipv4(last))) || is_public_ipv4(last));
        const bool goes_on = !whole && cells_[word.end].what == kind::dot;  // "me.and": it is no ending
        if (!goes_on && is_known_host(text_of(before) + "." + name))
            return true;
        if (!written)
            return is_plain_ending(ending, name, dot) && !is_everyday(text_of(before)) &&
                   !sentence_goes_on(name, word.end, could_be_word(before));
        if (ending == domain_ending::certain)
            return reading_ == link_reading::name || located || !whole ||
                   !certain_goes_on(name, word, before);
        if (goes_on)
            return false;
        if (reading_ == link_reading::name || located)
            return true;
        if (before.size() < 2 || !has_letter(before))
            return false;
        return dot == kind::hidden || !is_sentence(ending, name, word, before) ||
               (last >= 2 && is_subdomain(before)) ||
               (has_hyphen(before) && (ending == domain_ending::likely || word_behind(word.end).empty()));
    }

    // The last part of a host; with the letters it looks like, should they be mixed: "example.cоm".
    std::string ending_text(const label& word, const label& before) const {
        std::string name = text_of(word);
        const auto is_latin = [this](const label& part) {
            return std::any_of(
                cells_.begin() + static_cast<std::ptrdiff_t>(part.begin),
                cells_.begin() + static_cast<std::ptrdiff_t>(part.end),
                [](const link_cell& cell) { return cell.literal >= U'a' && cell.literal <= U'z'; });
        };
        const bool plain =
            std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (plain || (!is_latin(word) && !is_latin(before)))
            return name;
        std::string looks;
        for (std::size_t at = 0; at < name.size();) {
            const char32_t letter = core::utf8::next(name, at);
            const char like = letter < 0x80 ? static_cast<char>(letter) : look_alike(letter);
            if (like == '\0')
                return name;
            looks += like;
        }
        return looks;
    }

    // "example dot com", "example . ru": of dots that are told, or stand alone, only what no sentence has.
    static bool is_plain_ending(domain_ending ending, std::string_view name, kind dot) {
        if (ending == domain_ending::certain)
            return dot == kind::spoken || name != "net";  // "written in .NET"
        return ending == domain_ending::likely && name.size() == 2 && !is_little(name) && name != "it";
    }

    // "no.net worth", but not "example.net worth"; "legal.com isso".
    bool certain_goes_on(std::string_view name, const label& word, const label& before) const {
        constexpr std::size_t short_word = 3;
        const bool behind_a_word = name == "com" ? could_be_word(before) : before.size() <= short_word;
        return behind_a_word && sentence_goes_on(name, word.end, true);
    }

    // A blank was forgotten: "ok.so", "nice.love it", "game.gg", "yes.It was", "main.rs" is a file.
    bool is_sentence(domain_ending ending, std::string_view name, const label& word,
                     const label& before) const {
        const std::string next = word_behind(word.end);
        const std::string first = text_of(before);
        const bool doubtful = ending == domain_ending::doubtful;
        const bool capital = cells_[word.begin].upper && !cells_[word.begin + 1].upper;
        if (capital && (!next.empty() || (!cells_[before.begin].upper && could_be_word(before))))
            return true;
        if (is_everyday(first) && (doubtful || capital || is_little(name)))
            return true;
        if (is_source_file(first, name) || (name == "gg" && is_played(first)))
            return true;
        return sentence_goes_on(name, word.end, could_be_word(before)) ||
               (doubtful && could_be_word(before) && continues_sentence(next));
    }

    static bool is_source_file(std::string_view stem, std::string_view ending) {
        constexpr std::string_view endings = " ai cc md mov pl ps py rs sh so ";
        return endings.find(" " + std::string(ending) + " ") != std::string_view::npos && is_file_stem(stem);
    }

    // "gg", said of a game.
    static bool is_played(std::string_view word) {
        constexpr std::string_view played = " ez game games lost map match played round won ";
        return played.find(" " + std::string(word) + " ") != std::string_view::npos;
    }

    // "play.foo.me", not "thank.you.so".
    bool is_subdomain(const label& before) const {
        return before.size() >= 3 && labels_.front().size() >= 2 && !is_everyday(text_of(before)) &&
               !is_everyday(text_of(labels_.front()));
    }

    // "gracias", and neither "bestfollowers" nor "casino7".
    bool could_be_word(const label& word) const {
        constexpr std::size_t longest = 8;
        bool digit = false;
        for (std::size_t i = word.begin; i < word.end; ++i)
            digit = digit || is_digit(i);
        return word.size() <= longest && !digit;
    }

    bool has_letter(const label& word) const {
        return std::any_of(cells_.begin() + static_cast<std::ptrdiff_t>(word.begin),
                           cells_.begin() + static_cast<std::ptrdiff_t>(word.end),
                           [](const link_cell& cell) { return cell.literal > U'9' && cell.literal != U'_'; });
    }

    // Inside: "my-shop", not "well-".
    bool has_hyphen(const label& word) const {
        for (std::size_t i = word.begin + 1; i + 1 < word.end; ++i) {
            if (cells_[i].literal == U'-')
                return true;
        }
        return false;
    }

    bool is_digit(std::size_t at) const {
        return at < cells_.size() && cells_[at].literal >= U'0' && cells_[at].literal <= U'9';
    }

    bool is_ipv4(std::size_t last) const {
        return last == 3 && labels_.size() == 4 && std::ranges::all_of(labels_, [this](const label& part) {
                   for (std::size_t i = part.begin; i < part.end; ++i) {
                       if (!is_digit(i))
                           return false;
                   }
                   return part.size() <= 3;
               });
    }

    // Bare, it may be a version; of the shortest and of private ones nobody makes links.
    bool is_public_ipv4(std::size_t last) const {
        constexpr std::size_t fewest_digits = 8;
        if (!is_ipv4(last))
            return false;
        std::size_t digits = 0;
        std::array<unsigned, 4> parts{};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            digits += labels_[i].size();
            for (std::size_t at = labels_[i].begin; at < labels_[i].end; ++at)
                parts[i] = parts[i] * 10 + static_cast<unsigned>(cells_[at].literal - U'0');
        }
        const bool here =
            parts[0] == 0 || parts[0] == 10 || parts[0] == 127 || (parts[0] == 192 && parts[1] == 168);
        return digits >= fewest_digits && !here &&
               std::ranges::all_of(parts, [](unsigned part) { return part <= 255; });
    }

    // Empty for what is longer than any that is asked for.
    std::string text_of(const label& word) const {
        constexpr std::size_t longest = 24;
        std::string text;
        for (std::size_t i = word.begin; i < word.end && word.size() <= longest; ++i)
            core::utf8::append(text, cells_[i].literal);
        return text;
    }

    // The plain lower-case word behind the blank at `at`; empty: something else is there, or another host.
    std::string word_behind(std::size_t at) const {
        label word{at + 1, at + 1};
        if (at >= cells_.size() || cells_[at].what != kind::blank)
            return {};
        const auto in_word = [this](std::size_t i) {
            return i < cells_.size() && cells_[i].literal >= U'a' && cells_[i].literal <= U'z' &&
                   !cells_[i].upper;
        };
        while (in_word(word.end))
            ++word.end;
        const bool host = word.end + 1 < cells_.size() && is_dot(cells_[word.end].what) &&
                          cells_[word.end + 1].what == kind::label;
        return host || slashes(word.end) ? std::string() : text_of(word);
    }

    // "nice.it was", "nice.it's".
    bool sentence_goes_on(std::string_view ending, std::size_t at, bool behind_a_word) const {
        const bool apostrophe = is(at, U'\'') || is(at, U'\u2019');
        if (apostrophe && at + 1 < cells_.size() && cells_[at + 1].what == kind::label)
            return reads_on(ending, "is", behind_a_word);
        return reads_on(ending, word_behind(at), behind_a_word);
    }

    // Where the path, the query or the port of a host begins. A dot may end the host: "example.com./x".
    std::size_t path_begin(std::size_t at) const {
        const bool rooted = at + 1 < cells_.size() && cells_[at].what == kind::dot && is(at + 1, U'/');
        return rooted ? at + 1 : at;
    }

    // What nobody writes behind a word: "/x", ":80", "?x=1"; "wow.what?no", "cute.omg:3" are sentences.
    bool leads_somewhere(std::size_t at, std::size_t limit) const {
        at = path_begin(at);
        if (at >= limit)
            return false;
        if (is(at, U':'))
            return is_digit(at + 1) && is_digit(at + 2);
        if (is(at, U'?')) {
            ++at;
            while (at < limit && cells_[at].what == kind::label)
                ++at;
            return at < limit && is(at, U'=');
        }
        return is(at, U'/') || (is(at, U'\\') && has_path(at, limit));
    }

    bool has_path(std::size_t at, std::size_t limit) const {
        if (at + 1 >= limit || cells_[at + 1].what == kind::blank)
            return false;
        const bool port = is(at, U':') && is_digit(at + 1);
        return port || is(at, U'/') || is(at, U'?') || is(at, U'#') || is(at, U'\\');
    }

    std::size_t path_end(std::size_t at, std::size_t limit) const {
        return has_path(path_begin(at), limit) ? std::min(word_end(at), limit) : at;
    }

    void add(std::size_t begin, std::size_t end, bool scheme) {
        // What closes the sentence around a link is not part of it.
        constexpr std::u32string_view closing = U".,;:!?)]}>\"'";
        while (end > begin + 1 && cells_[end - 1].what == kind::other &&
               closing.find(cells_[end - 1].literal) != std::u32string_view::npos)
            --end;
        found_link link;
        link.where = {cells_[begin].where.begin, cells_[end - 1].where.end};
        link.clickable = scheme;
        for (std::size_t i = begin; i < end; ++i) {
            if (slashes(i)) {
                note_scheme(link, begin, i);
            } else if (is_dot(cells_[i].what) && i > begin && i + 1 < end) {
                link.dots.push_back(cells_[i].where);
                link.clickable = link.clickable || cells_[i].what == kind::dot;
            }
        }
        links_.push_back(std::move(link));
    }

    // The scheme in front goes as a whole, others lose their marks: "://" alone makes no link.
    void note_scheme(found_link& link, std::size_t begin, std::size_t colon) const {
        bool front = link.marks.empty() && link.dots.empty();
        for (std::size_t i = begin; front && i < colon; ++i)
            front = in_scheme(cells_[i]);
        const std::size_t from = front ? begin : colon;
        link.marks.push_back({cells_[from].where.begin, cells_[colon + 2].where.end});
    }

    std::vector<link_cell> cells_;
    link_reading reading_;
    std::vector<label> schemes_;  // cells
    std::vector<label> labels_;
    std::vector<found_link> links_;
};

}  // namespace

std::vector<found_link> find_links(std::string_view clean, link_reading reading) {
    // Every link has a dot of some kind or a scheme; most comments have neither.
    const bool plain = std::ranges::all_of(clean, [](char c) {
        return static_cast<unsigned char>(c) < 0x80 && c != 'd' && c != 'D';  // no "dot"
    });
    if (plain && clean.find_first_of(".:([{<") == std::string_view::npos)
        return {};
    return finder(clean, reading).run();
}

bool any_clickable(const std::vector<found_link>& links) {
    return std::ranges::any_of(links, &found_link::clickable);
}

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
