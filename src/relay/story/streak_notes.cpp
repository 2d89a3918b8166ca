// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/story/streak_notes.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <unordered_map>

#include "tiktok2twitch/core/url.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::string_view version_line = "v 1";
// Longer than any name that a line shows; what is beyond it would be cut off there anyway.
constexpr std::size_t longest_text = 512;

std::string text_field(std::string_view text) {
    if (text.size() > longest_text) {
        constexpr auto continues = [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
        };
        std::size_t end = longest_text;
        while (end > longest_text - 4 && continues(text[end]))
            --end;
        text = text.substr(0, end);
    }
    return " =" + core::percent_encode(text);
}

std::string numbers(std::initializer_list<std::int64_t> values) {
    std::string out;
    for (const std::int64_t value : values)
        out += " " + std::to_string(value);
    return out;
}

std::string key_fields(const streak_key& key) {
    return numbers({key.user, key.gift, key.group});
}

int digit(char c) noexcept {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto found = digits.find(c);
    return found == std::string_view::npos ? -1 : static_cast<int>(found);
}

// The fields of one line, taken off the front one by one. After the first wrong one nothing is good.
class line_reader {
public:
    explicit line_reader(std::string_view line) : rest_(line) {}

    std::int64_t number() {
        const std::string_view field = next();
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
        good_ = good_ && error == std::errc{} && end == field.data() + field.size();
        return value;
    }
    std::string text() {
        const std::string_view field = next();
        std::string out;
        good_ = good_ && field.starts_with('=');
        for (std::size_t i = 1; good_ && i < field.size(); ++i) {
            if (field[i] != '%') {
                out += field[i];
                continue;
            }
            const int high = i + 2 < field.size() ? digit(field[i + 1]) : -1;
            const int low = i + 2 < field.size() ? digit(field[i + 2]) : -1;
            good_ = high >= 0 && low >= 0;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
        return out;
    }
    std::string_view next() {
        good_ = good_ && !at_end_;
        const std::size_t end = std::min(rest_.find(' '), rest_.size());
        const std::string_view field = rest_.substr(0, end);
        at_end_ = end == rest_.size();
        rest_.remove_prefix(at_end_ ? end : end + 1);
        return field;
    }
    bool good() const noexcept { return good_ && at_end_; }

private:
    std::string_view rest_;
    bool at_end_ = false;
    bool good_ = true;
};

streak_key read_key(line_reader& line) {
    streak_key key;
    key.user = line.number();
    key.gift = line.number();
    key.group = line.number();
    return key;
}

constexpr std::int64_t role_streamer = 1;
constexpr std::int64_t role_moderator = 2;
constexpr std::int64_t role_subscriber = 4;

std::int64_t roles_of(const author& from) {
    return (from.streamer ? role_streamer : 0) | (from.moderator ? role_moderator : 0) |
           (from.subscriber ? role_subscriber : 0);
}

int level(std::int64_t value) {
    return static_cast<int>(std::clamp<std::int64_t>(value, 0, std::numeric_limits<int>::max()));
}

event read_seen(line_reader& line, const streak_key& key) {
    event out;
    out.kind = event_kind::gift;
    out.from.id = key.user;
    gift& given = out.gift.emplace();
    given.id = key.gift;
    given.streak = std::max<std::int64_t>(key.group, 0);
    given.streakable = true;
    given.ended = false;
    given.count = line.number();
    out.msg_id = line.number();
    out.created_at = line.number();
    const std::int64_t roles = line.number();
    out.from.streamer = (roles & role_streamer) != 0;
    out.from.moderator = (roles & role_moderator) != 0;
    out.from.subscriber = (roles & role_subscriber) != 0;
    out.from.gifter_level = level(line.number());
    out.from.fan_club_level = level(line.number());
    given.coins = std::max<std::int64_t>(line.number(), 0);
    out.from.unique_id = line.text();
    out.from.nickname = line.text();
    given.name = line.text();
    return out;
}

// The latest of each name, and where it stands among the others.
template <class Value>
struct latest_of {
    std::size_t line = 0;
    Value value;
};

class reader {
public:
    void take(std::string_view text) {
        line_reader line(text);
        const std::string_view kind = line.next();
        ++line_;
        if (kind == "c")
            read_clock(line);
        else if (kind == "g")
            read_gift(line);
        else if (kind == "s")
            read_streak(line);
        else if (kind == "t")
            read_told(line);
        else if (kind == "v")
            readable_ = readable_ && text == version_line;
    }

    streak_notes finish() {
        streak_notes out;
        out.readable = readable_;
        if (!readable_)
            return out;
        for (const auto& [key, found] : seen_)
            if (const auto told = told_.find(key);
                told == told_.end() || told->second.value.count < found.value.latest.gift->count)
                owed_.emplace(found.line, found.value);
        for (auto& [line, seen] : owed_)
            out.owed.push_back(std::move(seen));
        std::map<std::size_t, streak_key> in_order;
        for (const auto& [key, found] : told_)
            in_order.emplace(found.line, key);
        for (const auto& [line, key] : in_order)
            out.told.emplace_back(key, told_.at(key).value);
        std::map<std::size_t, gift> gifts;
        for (auto& [id, found] : gifts_)
            gifts.emplace(found.line, std::move(found.value));
        for (auto& [line, given] : gifts)
            out.gifts.push_back(std::move(given));
        return out;
    }

private:
    void read_clock(line_reader& line) {
        if (const auto wall = line.number(); line.good())
            wall_ = wall;
    }
    void read_gift(line_reader& line) {
        gift out;
        out.id = line.number();
        out.coins = std::max<std::int64_t>(line.number(), 0);
        out.streakable = line.number() != 0;
        out.name = line.text();
        if (line.good())
            gifts_.insert_or_assign(out.id, latest_of<gift>{line_, out});
    }
    void read_streak(line_reader& line) {
        const streak_key key = read_key(line);
        event what = read_seen(line, key);
        if (!line.good() || what.gift->count < 1)
            return;
        const auto found = seen_.find(key);
        if (found == seen_.end() || found->second.value.latest.gift->count <= what.gift->count)
            seen_.insert_or_assign(
                key, latest_of<streak_notes::seen>{line_, streak_notes::seen{key, std::move(what), wall_}});
    }
    void read_told(line_reader& line) {
        const streak_key key = read_key(line);
        told_streak told;
        told.count = line.number();
        told.by_end = line.number() != 0;
        told.created_at = line.number();
        if (!line.good() || told.count < 1)
            return;
        const auto found = told_.find(key);
        if (found == told_.end() || found->second.value.count <= told.count)
            told_.insert_or_assign(key, latest_of<told_streak>{line_, told});
    }

    bool readable_ = true;
    std::size_t line_ = 0;
    core::unix_ms wall_ = 0;
    std::map<streak_key, latest_of<streak_notes::seen>> seen_;
    std::map<streak_key, latest_of<told_streak>> told_;
    std::map<std::size_t, streak_notes::seen> owed_;
    std::unordered_map<std::int64_t, latest_of<gift>> gifts_;
};

bool owes(const streak_notes& notes, const streak_key& key) {
    return std::any_of(notes.owed.begin(), notes.owed.end(),
                       [&key](const streak_notes::seen& each) { return each.key == key; });
}

template <class List>
auto newest(const List& list, std::size_t most) {
    return list.end() - static_cast<std::ptrdiff_t>(std::min(most, list.size()));
}

}  // namespace

std::string seen_note(const streak_key& key, const event& what) {
    const author& from = what.from;
    return "s" + key_fields(key) +
           numbers({what.gift->count, what.msg_id, what.created_at, roles_of(from), from.gifter_level,
                    from.fan_club_level, what.gift->coins}) +
           text_field(from.unique_id) + text_field(from.nickname) + text_field(what.gift->name) + "\n";
}

std::string told_note(const streak_key& key, const told_streak& told) {
    return "t" + key_fields(key) + numbers({told.count, told.by_end ? 1 : 0, told.created_at}) + "\n";
}

std::string gift_note(const gift& what) {
    return "g" + numbers({what.id, what.coins, what.streakable ? 1 : 0}) + text_field(what.name) + "\n";
}

std::string clock_note(core::unix_ms wall) {
    return "c" + numbers({wall}) + "\n";
}

streak_notes parse_streak_notes(std::string_view text) {
    reader lines;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        lines.take(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines.finish();
}

std::string compact_streak_notes(const streak_notes& notes, std::size_t most) {
    std::string out = std::string(version_line) + "\n";
    for (auto each = newest(notes.gifts, most); each != notes.gifts.end(); ++each)
        out += gift_note(*each);
    // What was told of a streak that is still owed in part must not be forgotten before the streak is.
    const auto kept = newest(notes.told, most);
    for (auto each = notes.told.begin(); each != notes.told.end(); ++each)
        if (each >= kept || owes(notes, each->first))
            out += told_note(each->first, each->second);
    core::unix_ms wall = 0;
    for (auto each = newest(notes.owed, most); each != notes.owed.end(); ++each) {
        if (each->noted != wall)
            out += clock_note(wall = each->noted);
        out += seen_note(each->key, each->latest);
    }
    return out;
}

}  // namespace tiktok2twitch::relay
