// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// The watch against a TikTok that comes and goes, in virtual time: how long it is in the room, what it costs.
#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "unit/tiktok/room_watch_fixture.hpp"
#include "unit/tiktok/vectors.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using std::chrono::minutes;

enum class outage {
    refuses,   // nobody answers at the host
    hangs_up,  // after the request, without an answer
    says_503,  // to everything
    swallows   // requests are read and never answered
};

// While it is down every connection is gone. Comments come every second.
struct tiktok_world {
    std::vector<core::time_point> changes;  // down, up, down ...; up before the first
    outage how = outage::refuses;
    std::vector<outage> kinds;  // of each time it is down, where that is not always the same
    core::duration longest_connection = std::chrono::hours(1000);

    bool up(core::time_point now) const {
        return (std::ranges::upper_bound(changes, now) - changes.begin()) % 2 == 0;
    }
    outage how_at(core::time_point now) const {
        const auto passed =
            static_cast<std::size_t>(std::ranges::upper_bound(changes, now) - changes.begin());
        return kinds.empty() || passed == 0 ? how : kinds[(passed - 1) / 2];
    }
    core::time_point next_down(core::time_point now) const {
        for (std::size_t i = 0; i < changes.size(); i += 2) {
            if (changes[i] > now)
                return changes[i];
        }
        return core::time_point::max();
    }
};

struct outcome {
    std::vector<core::time_point> handshakes;
    std::vector<core::time_point> lookups;
    std::vector<std::pair<core::time_point, core::time_point>> in_room;

    core::duration time_in_room(core::time_point from, core::time_point to) const {
        core::duration sum{};
        for (const auto& [begin, end] : in_room)
            sum += std::max(std::min(end, to) - std::max(begin, from), core::duration::zero());
        return sum;
    }
    // The first moment in the room at or after `at`.
    core::time_point back(core::time_point at) const {
        for (const auto& [begin, end] : in_room) {
            if (end > at)
                return std::max(begin, at);
        }
        return core::time_point::max();
    }
    static std::size_t most_within(const std::vector<core::time_point>& times, core::duration window) {
        std::size_t most = 0;
        for (std::size_t first = 0, i = 0; i < times.size(); ++i) {
            while (times[first] <= times[i] - window)
                ++first;
            most = std::max(most, i - first + 1);
        }
        return most;
    }
};

class driver {
public:
    driver(const tiktok_world& tiktok, std::uint64_t seed) : tiktok_(tiktok), watch_(options(seed)) {}

    outcome run(core::time_point until) {
        while (now_ < until)
            std::visit([this](const auto& action) { act(action); }, watch_.next(now_));
        return std::move(seen_);
    }

private:
    static room_watch_options options(std::uint64_t seed) {
        room_watch_options out;
        out.seed = seed;
        return out;
    }
    // What a failing request comes to; the clock moves on.
    core::error_code fail() {
        const outage how = tiktok_.how_at(now_);
        if (how == outage::refuses || how == outage::hangs_up)
            return refused;
        now_ += how == outage::swallows ? core::duration(seconds(8)) : milliseconds(50);
        return how == outage::swallows ? refused : make_error_code(errc::lookup_failed);
    }
    void look_up() {
        seen_.lookups.push_back(now_);
        if (!tiktok_.up(now_)) {
            const auto error = fail();
            return watch_.on_lookup(now_, error);
        }
        now_ += milliseconds(50);
        room_status room;
        room.status = live_status::live;
        room.room_id = 7;
        watch_.on_lookup(now_, room);
    }
    void act(const watch_action::wait& action) { now_ = action.until; }
    void act(const watch_action::lookup_api&) { look_up(); }
    void act(const watch_action::lookup_page&) { look_up(); }
    void act(const watch_action::check_alive&) {
        if (tiktok_.up(now_)) {
            now_ += milliseconds(50);
            return watch_.on_alive(now_, true);
        }
        const auto error = fail();
        watch_.on_alive(now_, core::result<bool>(boost::system::in_place_error, error));
    }
    void act(const watch_action::connect&) {
        const outage how = tiktok_.how_at(now_);
        const bool answers = tiktok_.up(now_) || how != outage::refuses;
        if (answers)
            seen_.handshakes.push_back(now_);
        if (!tiktok_.up(now_)) {
            const auto error = fail();
            const bool http = how == outage::says_503;
            return watch_.on_connection_end(now_, http ? make_error_code(errc::handshake_failed) : error, {},
                                            answers);
        }
        const auto down = tiktok_.next_down(now_);
        now_ += milliseconds(100);
        if (now_ >= down)
            return watch_.on_connection_end(now_, refused, {});
        const auto begin = now_;
        const auto end = std::min(down, begin + tiktok_.longest_connection);
        watch_.on_connected(now_);
        for (; now_ < end && now_ < begin + minutes(30); now_ += seconds(1)) {
            watch_.on_messages(now_, true);
            ASSERT_TRUE(std::holds_alternative<watch_action::wait>(watch_.beside(now_)));
        }
        now_ = std::min(end, now_);
        seen_.in_room.emplace_back(begin, now_);
        watch_.on_connection_end(now_, errc::closed, now_ - begin);
    }
    void act(const watch_action::finish&) { FAIL(); }

    const tiktok_world& tiktok_;
    room_watch watch_;
    core::time_point now_ = t0;
    outcome seen_;
};

// Five minutes of it, after a quiet minute.
tiktok_world flapping(unsigned seed, std::uint64_t shortest, std::uint64_t longest) {
    std::mt19937_64 engine(seed);
    tiktok_world out;
    auto at = t0 + minutes(1);
    while (at < t0 + minutes(6) || out.changes.size() % 2 == 1) {
        out.changes.push_back(at);
        at += milliseconds(shortest * 1000 + engine() % ((longest - shortest) * 1000));
    }
    return out;
}

core::duration time_up(const tiktok_world& tiktok) {
    core::duration out{};
    for (std::size_t i = 1; i + 1 < tiktok.changes.size(); i += 2)
        out += tiktok.changes[i + 1] - tiktok.changes[i];
    return out;
}

TEST(room_watch_spell, up_and_down_every_few_seconds_is_survived_in_the_room) {
    double sum = 0;
    constexpr unsigned rounds = 40;
    for (unsigned seed = 0; seed < rounds; ++seed) {
        auto tiktok = flapping(seed, 3, 9);
        constexpr outage kinds[] = {outage::refuses, outage::hangs_up, outage::says_503};
        tiktok.how = kinds[seed % 3];
        const auto over = tiktok.changes.back();
        const auto seen = driver(tiktok, seed).run(over + minutes(15));
        const auto share = static_cast<double>(seen.time_in_room(tiktok.changes.front(), over).count()) /
                           static_cast<double>(time_up(tiktok).count());
        EXPECT_GE(share, 0.55) << "seed " << seed << ", handshakes " << seen.handshakes.size();
        sum += share;
        EXPECT_LE(seen.back(over) - over, seconds(10)) << "seed " << seed;
        EXPECT_LE(outcome::most_within(seen.handshakes, minutes(10)), 40U);
        EXPECT_LE(outcome::most_within(seen.lookups, minutes(10)), 200U);
    }
    EXPECT_GE(sum / rounds, 0.7);
}

// Shorter spells up and down, and every time in another way.
TEST(room_watch_spell, a_tiktok_that_fails_in_every_way_is_survived_in_the_room) {
    double sum = 0;
    constexpr unsigned rounds = 60;
    unsigned late = 0;
    for (unsigned seed = 0; seed < rounds; ++seed) {
        auto tiktok = flapping(seed, 1 + seed % 2, seed % 2 == 0 ? 9 : 6);
        std::mt19937_64 engine(seed);
        constexpr outage kinds[] = {outage::refuses, outage::hangs_up, outage::says_503};
        for (std::size_t i = 0; i < tiktok.changes.size(); i += 2)
            tiktok.kinds.push_back(kinds[engine() % std::size(kinds)]);
        const auto over = tiktok.changes.back();
        const auto seen = driver(tiktok, seed).run(over + minutes(15));
        const auto share = static_cast<double>(seen.time_in_room(tiktok.changes.front(), over).count()) /
                           static_cast<double>(time_up(tiktok).count());
        EXPECT_GE(share, 0.4) << "seed " << seed << ", handshakes " << seen.handshakes.size();
        sum += share;
        late += seen.back(over) - over > seconds(10) ? 1 : 0;
        EXPECT_LE(seen.back(over) - over, seconds(16)) << "seed " << seed;
        EXPECT_LE(outcome::most_within(seen.handshakes, minutes(10)), 40U);
        EXPECT_LE(outcome::most_within(seen.lookups, minutes(10)), 220U);
    }
    EXPECT_GE(sum / rounds, 0.67);
    EXPECT_LE(late, rounds / 5);
}

TEST(room_watch_spell, connections_that_break_five_seconds_after_each_start_leave_us_in_the_room) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        tiktok_world tiktok;
        tiktok.longest_connection = seconds(5);
        const auto seen = driver(tiktok, seed).run(t0 + minutes(30));
        const auto share = [&](core::duration length) {
            return static_cast<double>(seen.time_in_room(t0, t0 + length).count()) /
                   static_cast<double>(length.count());
        };
        EXPECT_GE(share(minutes(5)), 0.6);
        EXPECT_GE(share(minutes(30)), 0.3) << "as far as the limit of handshakes lets us";
        EXPECT_LE(outcome::most_within(seen.handshakes, minutes(10)), 40U);
    }
}

TEST(room_watch_spell, whatever_fails_and_for_how_long_its_end_is_noticed_within_10_s) {
    for (const outage how : {outage::refuses, outage::hangs_up, outage::says_503, outage::swallows}) {
        for (unsigned seed = 0; seed < 60; ++seed) {
            std::mt19937_64 engine(seed);
            tiktok_world tiktok;
            tiktok.how = how;
            tiktok.changes.push_back(t0 + minutes(1));
            tiktok.changes.push_back(t0 + minutes(1) + milliseconds(engine() % 240'000));
            const auto over = tiktok.changes.back();
            const auto seen = driver(tiktok, seed).run(over + minutes(2));
            EXPECT_LE(seen.back(over) - over, seconds(10))
                << "seed " << seed << ", kind " << static_cast<int>(how);
            EXPECT_LE(outcome::most_within(seen.handshakes, minutes(10)), 40U);
        }
    }
}

TEST(room_watch_spell, a_long_night_costs_little_and_ends_within_half_a_minute) {
    for (const outage how : {outage::refuses, outage::hangs_up, outage::says_503, outage::swallows}) {
        tiktok_world tiktok;
        tiktok.how = how;
        tiktok.changes = {t0 + minutes(1), t0 + std::chrono::hours(8)};
        const auto over = tiktok.changes.back();
        const auto seen = driver(tiktok, 5).run(over + minutes(2));
        EXPECT_LE(seen.back(over) - over, seconds(31)) << static_cast<int>(how);
        EXPECT_LE(outcome::most_within(seen.handshakes, minutes(10)), 40U);
        EXPECT_LE(outcome::most_within(seen.lookups, minutes(10)), 120U);
    }
}

TEST(room_watch_spell, a_start_into_an_outage_is_no_different) {
    for (const outage how : {outage::refuses, outage::hangs_up, outage::says_503, outage::swallows}) {
        for (unsigned seed = 0; seed < 30; ++seed) {
            tiktok_world tiktok;
            tiktok.how = how;
            tiktok.changes = {t0, t0 + seconds(7 * seed)};
            const auto over = tiktok.changes.back();
            EXPECT_LE(driver(tiktok, seed).run(over + minutes(1)).back(over) - over, seconds(10))
                << "seed " << seed << ", kind " << static_cast<int>(how);
        }
    }
}

// Nobody says a word for an hour: the socket answers heartbeats, and nothing else comes.
TEST(room_watch_spell, an_hour_of_silence_neither_reconnects_nor_asks_more_than_while_offline) {
    room_watch watch{room_watch_options{}};
    auto now = t0;
    watch.next(now);
    room_status room;
    room.status = live_status::live;
    room.room_id = 7;
    watch.on_lookup(now, room);
    watch.next(now);
    watch.on_connected(now);
    webcast_session session(session_options{}, 7);
    session.start(now);
    const std::string reply = from_hex(vectors::r4);
    int lookups = 0;
    int heartbeats = 0;
    while (now < t0 + std::chrono::hours(1)) {
        const auto due = session.poll(now);
        ASSERT_TRUE(due) << due.error().message();
        for (std::size_t i = 0; i < due->size(); ++i) {
            ++heartbeats;
            EXPECT_FALSE(session.on_frame(reply, now).batch.messages);
        }
        const watch_step step = watch.beside(now);
        ASSERT_FALSE(std::holds_alternative<watch_action::finish>(step));
        if (std::holds_alternative<watch_action::lookup_api>(step)) {
            ++lookups;
            watch.on_lookup(now, room);
            continue;
        }
        now = std::min(session.next_deadline(), std::get<watch_action::wait>(step).until);
    }
    EXPECT_EQ(watch.state(), room_state::connected);
    EXPECT_LE(lookups, 120);
    EXPECT_GE(heartbeats, 700);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
