// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>

#include "tiktok2twitch/sim/script.hpp"
#include "tiktok2twitch/sim/tiktok_server.hpp"
#include "tiktok2twitch/sim/twitch_server.hpp"

namespace tiktok2twitch::sim {
namespace {

constexpr std::array<std::string_view, 30> first_names{
    "Ana",          "Jörg 🦊", "maria_lima",  "小明",     "Zoë",       "김민수",
    "paper moon",   "Kofi",       "Blue Kettle", "Ñandú",    "xX_kev_Xx", "quiet otter",
    "Ола",          "J.R.",       "प्रिया",       "✨Luna✨",   "der Tom",   "green",
    "Yuki",         "Big Steve",  "night owl",   "محمد",     "tea_time",  "Pilar",
    "sam the cook", "Lindiwe",    "ivy",         "old_mate", "Tài",       "rainy day"};

// What everybody says at the same moment; each row is one thing said in several ways.
constexpr std::array<std::array<std::string_view, 3>, 6> chants{
    {{"GG", "gg", "GG!!!"},
     {"LOL", "lol", "LOOOL"},
     {"🔥🔥🔥", "🔥🔥🔥🔥🔥🔥", "🔥"},
     {"❤️❤️❤️", "❤️", "❤️❤️❤️❤️❤️❤️"},
     {"hi", "Hi!!", "HI!!!"},
     {"first", "FIRST", "first"}}};

constexpr std::array<std::string_view, 40> remarks{
    "hello from Brazil 🇧🇷",
    "what song is this?",
    "can you play that again",
    "the colours look great today",
    "my cat is watching too 🐱",
    "that was close 😳",
    "first time here, love it",
    "is this live?",
    "greetings from Hanoi",
    "how long have you been doing this?",
    "turn the left lamp on please",
    "I just got home from work",
    "who made that hat",
    "pls say hi to my sister 🙏🏽",
    "same here",
    "wait, what happened?",
    "ok that is impressive",
    "今日も楽しい",
    "de dónde eres?",
    "c'est magnifique",
    "يا سلام",
    "너무 좋아요",
    "nope 😂😂",
    "yes please",
    "that is not how it works, but it works",
    "the sound is a bit low",
    "sound is fine for me",
    "good night from Cape Town",
    "it is 4 in the morning here",
    "we want an encore",
    "that dog is so cute",
    "brb, tea",
    "did I miss much?",
    "not yet, just started",
    "wow",
    "so calm, I could watch this for hours",
    "where can I get that mug",
    "привет из Одессы",
    "I knew it!",
    "again again again 👏👏👏",
};

constexpr std::array<std::string_view, 6> long_remarks{
    "I have been watching since the very first stream two years ago and I just want to say how much this "
    "place "
    "has helped me through a rough winter",
    "for those who just came in: the blue team leads by two points, the next round starts after the song, "
    "and the "
    "winner gets to pick the wallpaper",
    "my grandmother used to make it exactly like that, only with a little more salt and without the oven, "
    "and "
    "everybody in the village came to eat with us",
    "quick tip, if you turn the second knob a quarter to the left before you start the engine it stops "
    "making "
    "that noise, worked for me on three of them",
    "honestly the best part was when the cat walked over the keyboard and you just kept playing as if "
    "nothing had "
    "happened, I laughed so hard",
    "could you explain once more why you put the small one first, because I tried it the other way round "
    "yesterday and it fell over every single time",
};

constexpr std::array<std::string_view, 5> streamer_words{
    "thank you all for being here!", "the song is in the description", "one more round, then questions",
    "hello Brazil, hello Hanoi!", "ok ok, I will play it again"};

constexpr std::array<std::string_view, 4> moderator_words{
    "please be kind to each other", "no spoilers, thanks", "the schedule is pinned above",
    "questions with the streamer's name get seen first"};

constexpr std::array<std::string_view, 5> questions{"which camera is that?", "when is the next live?",
                                                    "can you read my question?", "what is the dog's name?",
                                                    "do you ship to Chile?"};

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
        const auto earlier = [](const script_step& a, const script_step& b) {
            return a.at < b.at;
        };
        std::stable_sort(steps_.begin(), steps_.end(), earlier);
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
