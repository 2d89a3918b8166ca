// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Makes a recording that can be given away: each frame is built anew from the fields that this program knows
// and needs, so what it does not know (cursors, pictures, whatever TikTok adds) cannot slip through. Names,
// handles and numbers of people, messages and rooms become others, the same ones throughout; texts keep
// their shape only (see pseudonyms.hpp). What could not be decoded stays undecodable, without its bytes. A
// replay of the result finds the same events, in the same number. Pure; one object a recording, one thread.

#include <cstdint>
#include <memory>

#include "tiktok2twitch/tiktok/recording/pseudonyms.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"

namespace tiktok2twitch::tiktok {

class anonymizer {
public:
    // `keep_texts`: comments and questions stay as they are, but for "@name".
    anonymizer(pseudonym_key key, bool keep_texts);
    ~anonymizer();
    anonymizer(const anonymizer&) = delete;
    anonymizer& operator=(const anonymizer&) = delete;

    recorded_frame anonymous(const recorded_frame& frame);

private:
    struct rebuilder;
    std::unique_ptr<rebuilder> rebuilder_;  // behind it are the schema's types
};

// Whether a frame tells of the room. TikFinity also tells of itself and of what its user has set up in it:
// that belongs in no file.
bool may_be_recorded(const recorded_frame& frame);

}  // namespace tiktok2twitch::tiktok
