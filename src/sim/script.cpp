// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Who is in the flood's room, and what is said there.

#include "tiktok2twitch/sim/script.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <string>
#include <string_view>

#include "tiktok2twitch/sim/tiktok/server.hpp"
#include "tiktok2twitch/sim/tiktok/session.hpp"
#include "tiktok2twitch/sim/twitch/server.hpp"

namespace tiktok2twitch::sim::flood_words {

inline constexpr std::array<std::string_view, 30> first_names{
    "Ana",          "Jörg 🦊", "maria_lima",  "小明",     "Zoë",       "김민수",
    "paper moon",   "Kofi",       "Blue Kettle", "Ñandú",    "xX_kev_Xx", "quiet otter",
    "Ола",          "J.R.",       "प्रिया",       "✨Luna✨",   "der Tom",   "green",
    "Yuki",         "Big Steve",  "night owl",   "محمد",     "tea_time",  "Pilar",
    "sam the cook", "Lindiwe",    "ivy",         "old_mate", "Tài",       "rainy day"};

// What everybody says at the same moment; each row is one thing said in several ways.
inline constexpr std::array<std::array<std::string_view, 3>, 6> chants{
    {{"GG", "gg", "GG!!!"},
     {"LOL", "lol", "LOOOL"},
     {"🔥🔥🔥", "🔥🔥🔥🔥🔥🔥", "🔥"},
     {"❤️❤️❤️", "❤️", "❤️❤️❤️❤️❤️❤️"},
     {"hi", "Hi!!", "HI!!!"},
     {"first", "FIRST", "first"}}};

inline constexpr std::array<std::string_view, 40> remarks{
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

inline constexpr std::array<std::string_view, 6> long_remarks{
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

inline constexpr std::array<std::string_view, 5> streamer_words{
    "thank you all for being here!", "the song is in the description", "one more round, then questions",
    "hello Brazil, hello Hanoi!", "ok ok, I will play it again"};

inline constexpr std::array<std::string_view, 4> moderator_words{
    "please be kind to each other", "no spoilers, thanks", "the schedule is pinned above",
    "questions with the streamer's name get seen first"};

inline constexpr std::array<std::string_view, 5> questions{
    "which camera is that?", "when is the next live?", "can you read my question?", "what is the dog's name?",
    "do you ship to Chile?"};

}  // namespace tiktok2twitch::sim::flood_words

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

namespace {

constexpr std::string_view blocked_word = "forbiddenword";

// Names as TikTok has them: free text, in any script, sometimes hostile.
const std::array<chatter, 9>& viewers() {
    static const std::array<chatter, 9> all = [] {
        std::array<chatter, 9> made;
        const std::array<std::pair<const char*, const char*>, 9> names{{
            {"quiet.otter", "Quiet Otter \U0001F9A6"},
            {"blue_kettle", "Blue Kettle"},
            {"night.train", "\u0642\u0637\u0627\u0631 \u0627\u0644\u0644\u064A\u0644"},
            {"stacked.marks",
             "S\u0334\u0321\u030A\u0357\u0489t\u0336\u0328\u0308\u0301a\u0337\u0327\u0302cks"},
            {"family_tent", "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 tent"},
            {"turned.around", "\u202Edenrut"},
            {"paper_moon", "\u7D19\u306E\u6708"},
            {"long_winded", "Somebody With A Really Remarkably Long Display Name Indeed"},
            {"green.apple", "green apple"},
        }};
        for (std::size_t i = 0; i < made.size(); ++i) {
            made[i].id = 6'800'000'000'000'000'001 + static_cast<std::int64_t>(i);
            made[i].unique_id = names[i].first;
            made[i].nickname = names[i].second;
        }
        made[1].moderator = true;
        made[4].subscriber = true;
        made[6].gifter_level = 21;
        return made;
    }();
    return all;
}

constexpr std::array<std::string_view, 20> small_talk{
    "hello from the train",
    "first time here, love it \U0001F60D",
    "what song is this?",
    "\U0001F44F\U0001F44F\U0001F44F",
    "greetings from the other side of the world \U0001F30D",
    "\u0645\u0633\u0627\u0621 \u0627\u0644\u062E\u064A\u0631",
    "\u3053\u3093\u3070\u3093\u306F",
    "can you show the left side again",
    "lol",
    "that was close \U0001F633",
    "how long have you been doing this?",
    "the colours look great today",
    "is this live?",
    "my cat is watching too \U0001F431",
    "o-o-o-oh",
    "pls say hi \U0001F64F\U0001F3FD",
    "who made that hat",
    "brb",
    "that is not how it works, but it works",
    "\u00BFde d\u00F3nde eres?",
};

class builder {
public:
    builder(std::uint64_t seed, demo_cast cast, core::duration length)
        : engine_(seed), cast_(std::move(cast)), length_(length) {}

    script build() {
        talk();
        specials();
        activity();
        faults();
        return std::move(steps_);
    }

private:
    // Not std::uniform_int_distribution: its results differ from library to library.
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }

    core::duration part(int percent) const { return length_ * percent / 100; }

    void comment(core::duration at, std::size_t who, std::string text, std::string what = {}) {
        auto act = [room = cast_.tiktok, from = viewers()[who], text = std::move(text)](tiktok_server& tiktok,
                                                                                        twitch_server&) {
            tiktok.comment(room, from, text);
        };
        event(at, std::move(what), std::move(act));
    }

    void event(core::duration at, std::string what, std::function<void(tiktok_server&, twitch_server&)> act) {
        // Sorted by time; steps of the same time stay in the order in which they were added.
        const auto later = [](core::duration time, const script_step& step) {
            return time < step.at;
        };
        const auto place = std::upper_bound(steps_.begin(), steps_.end(), at, later);
        steps_.insert(place, {at, std::move(what), std::move(act)});
    }

    void talk() {
        core::duration at = part(2);
        while (at < part(92)) {
            comment(at, below(viewers().size()), std::string(small_talk[below(small_talk.size())]));
            // Slower after the reset: what is said in the gap has to fit into the replayed history of six.
            const bool gap = at > part(24) && at < part(40);
            at += std::chrono::milliseconds((gap ? 800 : 400) + below(600));
        }
    }

    void specials() {
        comment(part(8), 8, "/ban everyone", "a comment that looks like a Twitch command");
        comment(part(13), 0, "@" + cast_.channel + " look at this",
                "a comment that would ping a Twitch user");
        comment(part(16), 5, "one line\r\nPRIVMSG #" + cast_.channel + " :and a second",
                "a comment with a line break and an IRC command in it");
        for (int i = 0; i < 6; ++i) {
            comment(part(19) + std::chrono::milliseconds(120) * i, 8, "follow me back",
                    i == 0 ? "one viewer repeats the same comment six times" : "");
        }
        comment(part(22), 3, std::string(200, 'a'), "a comment of 200 times the same letter");
        comment(part(44), 1, "this has a " + std::string(blocked_word) + " in it",
                "a comment with a word that the Twitch channel blocks");
        const std::string room = cast_.tiktok;
        event(part(47), "a sticker without text", [room](tiktok_server& tiktok, twitch_server&) {
            if (tiktok_room* live = tiktok.find_room(room)) {
                tiktok.push(room, live->sticker(viewers()[6], "7100000000000000001", wall_now()));
            }
        });
    }

    // Somebody does something that the room's viewers are told.
    void news(core::duration at, std::string what, std::function<room_message(const message_facts&)> make) {
        auto act = [room = cast_.tiktok, make = std::move(make)](tiktok_server& tiktok, twitch_server&) {
            if (tiktok_room* live = tiktok.find_room(room)) {
                tiktok.push(room, make(live->next_facts(wall_now())));
            }
        };
        event(at, std::move(what), std::move(act));
    }

    void activity() {
        for (int percent = 5; percent < 90; percent += 10) {
            // The total passes 1,000 in the middle, and now and then it jumps back as the real one does.
            const std::int64_t total = 955 + percent - (percent % 20 == 5 ? 0 : 20);
            news(
                part(percent), percent == 45 ? "the room passes 1,000 likes" : "",
                [total](const message_facts& facts) { return like_message(facts, viewers()[0], 15, total); });
            news(part(percent), {}, [percent](const message_facts& facts) {
                return join_message(facts, viewers()[2], percent);
            });
        }
        news(part(42), "a viewer follows the streamer",
             [](const message_facts& facts) { return follow_message(facts, viewers()[8], 4243); });
        roses();
        news(part(62), "a viewer subscribes",
             [](const message_facts& facts) { return subscribe_message(facts, viewers()[4], 3); });
        news(part(70), "a viewer shares the LIVE",
             [](const message_facts& facts) { return share_message(facts, viewers()[7]); });
        news(part(75), "a viewer asks through the question box", [](const message_facts& facts) {
            return question_message(facts, viewers()[0], "will there be a second part?");
        });
    }

    // One rose more in each frame, the final count said twice, and names only where TikTok sends them.
    void roses() {
        constexpr std::array<int, 5> counts{1, 2, 4, 5, 5};
        for (std::size_t i = 0; i < counts.size(); ++i) {
            gift_facts rose{5655,  "Rose", 1, true, 1'789'625'806'726, counts[i], i + 1 == counts.size(),
                            i != 2};
            news(part(56) + std::chrono::milliseconds(300) * i,
                 i == 0 ? "a viewer sends a streak of five roses" : "",
                 [rose](const message_facts& facts) { return gift_message(facts, viewers()[6], rose); });
        }
    }

    void faults() {
        const std::string room = cast_.tiktok;
        const std::string bot = cast_.bot;
        const std::string channel = cast_.channel;
        event(part(25), "TikTok resets the connection",
              [room](tiktok_server& tiktok, twitch_server&) { tiktok.reset_sockets(room); });
        event(
            part(52), "Twitch asks to reconnect (RECONNECT) and closes two seconds later",
            [bot](tiktok_server&, twitch_server& twitch) { twitch.reconnect(bot, std::chrono::seconds(2)); });
        event(part(66), "the streamer makes the bot a moderator",
              [bot, channel](tiktok_server&, twitch_server& twitch) {
                  twitch.set_role(bot, channel, role::moderator);
              });
    }

    std::mt19937_64 engine_;
    demo_cast cast_;
    core::duration length_;
    script steps_;
};

}  // namespace

void prepare_demo(const demo_cast& cast, tiktok_server& tiktok, twitch_server& twitch) {
    tiktok.add_room(cast.tiktok).set_title("demo");
    twitch.rules().add_account(cast.bot, cast.token);
    twitch.rules().add_channel(cast.channel);
    twitch.rules().block_term(cast.channel, std::string(blocked_word));
}

script demo_script(std::uint64_t seed, const demo_cast& cast, core::duration length) {
    return builder(seed, cast, length).build();
}

}  // namespace tiktok2twitch::sim
