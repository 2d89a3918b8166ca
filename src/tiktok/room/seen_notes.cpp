// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/seen_notes.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace tiktok2twitch::tiktok {
namespace {

// Until the year 5138: sums and differences stay far away from overflow.
constexpr core::unix_ms latest = 100'000'000'000'000;

std::string id_note(std::int64_t id, std::int64_t seconds, route_mask done) {
    char mask[16];
    const auto end = std::to_chars(mask, mask + sizeof(mask), done, 16).ptr;
    return "i " + std::to_string(id) + " " + std::to_string(seconds) + " " + std::string(mask, end);
}

// The fields of a text, taken off the front one by one. After the first wrong one nothing is good.
class field_reader {
public:
    explicit field_reader(std::string_view text) : rest_(text) {}

    std::string_view word() {
        good_ = good_ && !at_end_;
        const auto end = std::min(rest_.find(' '), rest_.size());
        const auto field = rest_.substr(0, end);
        at_end_ = end == rest_.size();
        rest_.remove_prefix(at_end_ ? end : end + 1);
        return field;
    }
    template <class Number>
    Number number(int base = 10) {
        const auto field = word();
        Number value = 0;
        const auto [stop, error] = std::from_chars(field.data(), field.data() + field.size(), value, base);
        good_ = good_ && error == std::errc{} && stop == field.data() + field.size();
        return value;
    }
    bool at_end() const noexcept { return at_end_; }
    bool good() const noexcept { return good_ && at_end_; }

private:
    std::string_view rest_;
    bool at_end_ = false;
    bool good_ = true;
};

class notes_reader {
public:
    void take(std::string_view text) {
        field_reader fields(text);
        const auto kind = fields.word();
        if (kind == "i")
            take_id(fields);
        else if (kind == "w")
            take_routes(fields);
        else if (kind == "a")
            take_alive(fields);
        else if (kind == "f")
            take_floor(fields);
    }
    void add(std::int64_t id, std::int64_t at, route_mask done) {
        const auto [found, fresh] = places_.try_emplace(id, notes_.ids.size());
        if (fresh)
            notes_.ids.push_back({id, at, 0});
        auto& seen = notes_.ids[found->second];
        seen.done |= done;
        seen.at = std::max(seen.at, at);
    }
    void take_alive(field_reader& fields) {
        const auto room = fields.number<std::int64_t>();
        const auto at = fields.number<core::unix_ms>();
        if (!fields.good() || at < 0 || at >= latest)
            return;
        notes_.room_id = room;
        notes_.alive_at = at;
    }
    void take_floor(field_reader& fields) {
        const auto floor = fields.number<core::unix_ms>();
        if (fields.good())
            notes_.floor = std::max(notes_.floor, floor);
    }
    seen_notes finish() { return std::move(notes_); }

private:
    void take_id(field_reader& fields) {
        const auto id = fields.number<std::int64_t>();
        const auto at = fields.number<std::int64_t>();
        const auto done = fields.number<route_mask>(16);
        if (fields.good() && at >= 0 && at < latest / 1000)
            add(id, at, done);
    }
    void take_routes(field_reader& fields) {
        std::vector<std::string> channels;
        while (!fields.at_end())
            channels.emplace_back(fields.word());
        notes_.use(channels);
    }

    seen_notes notes_;
    std::unordered_map<std::int64_t, std::size_t> places_;
};

bool is_channel(std::string_view text) noexcept {
    return !text.empty() && text.find_first_of(" #\n") == std::string_view::npos;
}

}  // namespace

route_mask route_bit(std::size_t index) noexcept {
    return route_mask{1} << std::min(index, most_route_bits - 1);
}

void seen_notes::use(const std::vector<std::string>& channels) {
    if (channels == routes)
        return;
    // By the new bit: the old bit it had, or none.
    std::vector<std::pair<route_mask, route_mask>> moves;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const auto found = std::ranges::find(routes, channels[i]);
        const auto old = static_cast<std::size_t>(found - routes.begin());
        moves.emplace_back(route_bit(i), found == routes.end() ? 0 : route_bit(old));
    }
    for (auto& each : ids) {
        if (each.done == every_route)
            continue;
        route_mask done = 0;
        for (const auto& [bit, old] : moves)
            if (old == 0 || (each.done & old) != 0)
                done |= bit;
        each.done = done;
    }
    routes = channels;
}

std::string routes_note(const std::vector<std::string>& channels) {
    std::string out = "w";
    for (const auto& channel : channels)
        out += " " + (is_channel(channel) ? channel : "-");
    return out;
}

std::string seen_note(std::int64_t id, core::unix_ms now, route_mask done) {
    return id_note(id, now / 1000, done);
}

std::string alive_note(std::int64_t room_id, core::unix_ms at) {
    return "a " + std::to_string(room_id) + " " + std::to_string(at);
}

std::string floor_note(core::unix_ms floor) {
    return "f " + std::to_string(floor);
}

seen_notes parse_seen_notes(std::span<const std::string_view> texts) {
    notes_reader reader;
    for (const auto text : texts)
        reader.take(text);
    return reader.finish();
}

std::vector<std::string> compact_seen_notes(const seen_notes& notes, core::unix_ms now) {
    const auto count = notes.ids.size();
    std::vector<std::string> out{routes_note(notes.routes)};
    for (std::size_t i = count - std::min(count, seen_notes::most_ids); i < count; ++i) {
        const auto& seen = notes.ids[i];
        // A clock that was set back makes nothing old.
        if (count - i <= seen_notes::kept_always || now / 1000 - seen.at <= seen_notes::kept_seconds)
            out.push_back(id_note(seen.id, seen.at, seen.done));
    }
    if (notes.floor != 0)
        out.push_back(floor_note(notes.floor));
    if (notes.room_id != 0)
        out.push_back(alive_note(notes.room_id, notes.alive_at));
    return out;
}

seen_notes parse_old_journal(std::string_view text, core::unix_ms now) {
    notes_reader reader;
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        field_reader fields(text.substr(0, end));
        text.remove_prefix(end + 1);
        const auto kind = fields.word();
        if (kind == "a") {
            reader.take_alive(fields);
        } else if (kind == "f") {
            reader.take_floor(fields);
        } else if (kind == "i") {
            const auto id = fields.number<std::int64_t>();
            if (fields.good())
                reader.add(id, now / 1000, every_route);
        }
    }
    return reader.finish();
}

}  // namespace tiktok2twitch::tiktok
