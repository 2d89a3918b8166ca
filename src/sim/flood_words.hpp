// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Who is in the flood's room, and what is said there.

#include <array>
#include <string_view>

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
