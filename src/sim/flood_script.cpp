// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "sim/flood_words.hpp"
#include "tiktok2twitch/sim/script.hpp"
#include "tiktok2twitch/sim/tiktok_server.hpp"
#include "tiktok2twitch/sim/twitch_server.hpp"

namespace tiktok2twitch::sim {
namespace {

using namespace flood_words;

class flood_builder {
public:
    flood_builder(std::uint64_t seed, demo_cast cast, core::duration length)
        : engine_(seed), cast_(std::move(cast)), length_(length) {}

    script build() {
        announce(begin, "a big room: about 12 comments a second; an ordinary bot may say 34 lines a minute");
        for (core::duration at = begin; at < length_; at += std::chrono::milliseconds(500 + below(200)))
            batch(at);
        now_and_then(std::chrono::milliseconds(2700), [this](core::duration at, std::size_t n) {
            say(at, viewer(below(people)),
                "@" + cast_.tiktok + " " + std::string(questions[n % questions.size()]));
        });
        now_and_then(std::chrono::milliseconds(7300), [this](core::duration at, std::size_t n) {
            say(at, speaker("Demo Streamer", cast_.tiktok, true),
                std::string(streamer_words[n % streamer_words.size()]));
        });
        now_and_then(std::chrono::milliseconds(9100), [this](core::duration at, std::size_t n) {
            say(at, speaker("Mod Marta", "mod.marta", false),
                std::string(moderator_words[n % moderator_words.size()]));
        });
        promote(length_ * 3 / 4);
        // A multimap keeps the order of equals; std::stable_sort of libstdc++ 12 warns under clang.
        std::multimap<core::duration, script_step> sorted;
        for (auto& step : steps_)
            sorted.emplace(step.at, std::move(step));
        steps_.clear();
        for (auto& [at, step] : sorted)
            steps_.push_back(std::move(step));
        return std::move(steps_);
    }

private:
    static constexpr core::duration begin = std::chrono::milliseconds(700);  // the relay comes first
    static constexpr std::size_t people = 180;
    static constexpr std::size_t talkers = 4;  // of them: who write a lot

    // Not std::uniform_int_distribution: its results differ from library to library.
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }

    static chatter viewer(std::size_t number) {
        chatter made;
        made.id = 6'900'000'000'000'000'001 + static_cast<std::int64_t>(number);
        made.unique_id = "viewer." + std::to_string(number);
        made.nickname = std::string(first_names[number % first_names.size()]);
        if (number >= first_names.size())
            made.nickname += std::to_string(number / first_names.size() * 13 + number % 7);
        return made;
    }

    static chatter speaker(std::string nickname, std::string unique_id, bool streamer) {
        chatter made;
        made.id = streamer ? 6'900'000'000'000'900'001 : 6'900'000'000'000'900'002;
        made.nickname = std::move(nickname);
        made.unique_id = std::move(unique_id);
        made.streamer = streamer;
        made.moderator = !streamer;
        return made;
    }

    void announce(core::duration at, std::string what) {
        steps_.push_back({at, std::move(what), [](tiktok_server&, twitch_server&) {
                          }});
    }

    void say(core::duration at, chatter from, std::string text) {
        auto act = [room = cast_.tiktok, from = std::move(from), text = std::move(text)](
                       tiktok_server& tiktok, twitch_server&) {
            tiktok.comment(room, from, text);
        };
        steps_.push_back({at, {}, std::move(act)});
    }

    // What TikTok sends in one frame: five to nine comments every 0.6 s.
    void batch(core::duration at) {
        const auto count = 5 + below(5);
        for (std::size_t i = 0; i < count; ++i) {
            const auto kind = below(100);
            if (kind < 25) {
                // The chant of the moment changes every four seconds.
                const auto moment = static_cast<std::size_t>(at / std::chrono::seconds(4));
                say(at, viewer(below(people)), std::string(chants[moment % chants.size()][below(3)]));
            } else if (kind < 32) {
                say(at, viewer(below(people)), std::string(long_remarks[below(long_remarks.size())]));
            } else {
                const auto who = kind < 55 ? below(talkers) : below(people);
                say(at, viewer(who), std::string(remarks[below(remarks.size())]));
            }
        }
    }

    template <class Function>
    void now_and_then(core::duration interval, Function what) {
        std::size_t n = 0;
        for (core::duration at = begin + interval / 2; at < length_; at += interval)
            what(at, n++);
    }

    void promote(core::duration at) {
        auto act = [bot = cast_.bot, channel = cast_.channel](tiktok_server&, twitch_server& twitch) {
            twitch.set_role(bot, channel, role::moderator, true);
        };
        steps_.push_back(
            {at, "the streamer makes the bot a moderator: five times the lines", std::move(act)});
    }

    std::mt19937_64 engine_;
    demo_cast cast_;
    core::duration length_;
    script steps_;
};

}  // namespace

script flood_script(std::uint64_t seed, const demo_cast& cast, core::duration length) {
    return flood_builder(seed, cast, length).build();
}

}  // namespace tiktok2twitch::sim
