// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Other names, numbers and texts in place of people's, for a recording that is given away. The same one
// always becomes the same one, as long as the object lives; who does not know the key cannot turn it back.
// Pure; for one thread.
//
// A text keeps its length in code points, bytes and UTF-16 units, its scripts, its upper and lower case, runs
// of one letter, blanks, punctuation, marks and joiners. Its letters, digits and pictures become others of
// the same kind, from a few that hardly any real name consists of.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tiktok2twitch::tiktok {

struct pseudonym_key {
    std::uint64_t first = 0;  // random, of this recording
    std::uint64_t second = 0;
};

class pseudonyms {
public:
    // Beyond these a name may become the same as another's, and is not recognised where it is quoted. A few
    // rooms of the busiest kind.
    static constexpr std::size_t most_names = 200'000;
    static constexpr std::size_t longest_name = 255;  // bytes; a longer one is a text

    explicit pseudonyms(pseudonym_key key);

    // 0 stays 0. Never one of TikTok's: theirs begin with 6 or 7 or are short.
    std::int64_t message_id(std::int64_t id) const;
    std::int64_t user_id(std::int64_t id) const;
    std::int64_t room_id(std::int64_t id) const;
    std::int64_t streak_id(std::int64_t id) const;
    std::int32_t gift_id(std::int64_t id) const;

    // A handle, a nickname or another name. Upper and lower case of ASCII are one name, and are kept.
    std::string name(std::string_view real);
    // What somebody wrote. "@name" becomes "@" and what that name becomes everywhere. `keep`: the rest stays.
    std::string text(std::string_view real, bool keep);

private:
    std::uint64_t number(char kind, std::int64_t id) const;
    std::string altered(std::string_view real, std::uint64_t salt) const;
    bool holds_a_name(std::string_view made) const;
    std::string fresh(std::string_view real);
    void remember(std::string_view real, const std::string& made);
    std::size_t known_name_at(std::string_view text) const;
    std::string plain(std::string_view real);

    pseudonym_key key_;
    std::unordered_map<std::string, std::string> names_;   // in lower case
    std::unordered_set<std::string> made_;                 // what they became
    std::array<std::size_t, longest_name + 1> lengths_{};  // how many names have so many bytes
    // Names that chance could make again, of three code points or more.
    std::vector<std::string> likely_;
};

}  // namespace tiktok2twitch::tiktok
