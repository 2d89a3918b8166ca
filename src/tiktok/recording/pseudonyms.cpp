// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/recording/pseudonyms.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/unicode.hpp"

namespace tiktok2twitch::tiktok {
namespace {

// SipHash-2-4, as https://www.aumasson.jp/siphash/siphash.pdf has it.
class sip_hash {
public:
    explicit sip_hash(pseudonym_key key)
        : v0_(key.first ^ 0x736f6d6570736575),
          v1_(key.second ^ 0x646f72616e646f6d),
          v2_(key.first ^ 0x6c7967656e657261),
          v3_(key.second ^ 0x7465646279746573) {}

    std::uint64_t operator()(std::string_view bytes) && {
        const std::uint64_t length = bytes.size();
        for (; bytes.size() >= 8; bytes.remove_prefix(8))
            take(word(bytes.substr(0, 8)));
        take(word(bytes) | (length << 56U));
        v2_ ^= 0xffU;
        for (int i = 0; i < 4; ++i)
            round();
        return v0_ ^ v1_ ^ v2_ ^ v3_;
    }

private:
    static std::uint64_t word(std::string_view bytes) {
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            out |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
        return out;
    }
    void take(std::uint64_t word) {
        v3_ ^= word;
        round();
        round();
        v0_ ^= word;
    }
    void round() {
        v0_ += v1_;
        v1_ = std::rotl(v1_, 13) ^ v0_;
        v0_ = std::rotl(v0_, 32);
        v2_ += v3_;
        v3_ = std::rotl(v3_, 16) ^ v2_;
        v0_ += v3_;
        v3_ = std::rotl(v3_, 21) ^ v0_;
        v2_ += v1_;
        v1_ = std::rotl(v1_, 17) ^ v2_;
        v2_ = std::rotl(v2_, 32);
    }

    std::uint64_t v0_, v1_, v2_, v3_;
};

// splitmix64: numbers for the letters of one text.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t limit) {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
        return static_cast<std::size_t>((z ^ (z >> 31U)) % limit);
    }

private:
    std::uint64_t state_;
};

// What the letters of common scripts become: consonants, the rarer ones, so that no real name comes out by
// chance. All of a row have the same length in UTF-8.
struct substitute {
    char32_t first;
    char32_t last;
    std::u32string_view by;
};
constexpr substitute substitutes[] = {
    {U'0', U'9', U"4679"},         {U'A', U'Z', U"JKQVXZ"},       {U'a', U'z', U"jkqvxz"},
    {0x0391, 0x03A9, U"ΖΞΨΧ"},     {0x03B1, 0x03BF, U"ζξβθ"},     {0x03C0, 0x03C9, U"ψχφς"},
    {0x0410, 0x042F, U"ЖЗФЦЩ"},    {0x0430, 0x043F, U"жзгк"},     {0x0440, 0x044F, U"фцчщх"},
    {0x05D0, 0x05EA, U"טצקז"},     {0x0620, 0x063F, U"ثخذضظغ"},   {0x0641, 0x064A, U"قف"},
    {0x3041, 0x307F, U"ぬねへほ"}, {0x3080, 0x3096, U"むめゆよ"}, {0x30A1, 0x30BF, U"ケセソス"},
    {0x30C0, 0x30FA, U"ヌネヘモ"},
};

// A tag character draws nothing, and may spell a name all the same.
constexpr bool is_tag_letter(char32_t c) {
    return c >= 0xE0030 && c <= 0xE007A;
}

bool is_altered(char32_t c) {
    switch (core::property_of(c).category) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_NO:
        case UTF8PROC_CATEGORY_SO:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_CN:
            return c != core::utf8::replacement_character;
        default:
            return is_tag_letter(c);
    }
}

// Drawn and counted alike: a letter for a letter, a flag's half for a flag's half, a circled one for a
// circled one.
bool alike(char32_t a, char32_t b) {
    const auto& one = core::property_of(a);
    const auto& other = core::property_of(b);
    return one.category == other.category && one.boundclass == other.boundclass &&
           one.charwidth == other.charwidth && one.bidi_class == other.bidi_class &&
           (one.decomp_seqindex == UINT16_MAX) == (other.decomp_seqindex == UINT16_MAX);
}
bool of_one_category(char32_t a, char32_t b) {
    return core::property_of(a).category == core::property_of(b).category;
}

// At most six, for letters that have no row above: neighbours in Unicode, which are of the same script.
std::u32string neighbours(char32_t c, bool (*good)(char32_t, char32_t)) {
    constexpr std::size_t most = 6;
    std::u32string all;
    const char32_t begin = c & ~char32_t{31};
    for (char32_t each = begin; each < begin + 32; ++each)
        if (good(c, each))
            all += each;
    const std::size_t count = std::min(most, all.size());
    std::u32string out;
    for (std::size_t i = 0; i < count; ++i)
        out += all[i * all.size() / count];
    return out;
}

std::u32string choices(char32_t c) {
    const auto* row = std::ranges::find_if(
        substitutes, [c](const substitute& each) { return c >= each.first && c <= each.last; });
    if (row != std::end(substitutes))
        return std::u32string(row->by);
    if (is_tag_letter(c))
        return std::u32string(1, U'\U000E0078');
    const std::u32string near = neighbours(c, alike);
    return near.size() > 1 ? near : neighbours(c, of_one_category);
}

std::size_t count_code_points(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        core::utf8::next(text, at);
    return count;
}

// Of a name of signs and blanks only, which altered() leaves as it is.
std::string first_two(std::string_view name) {
    std::size_t end = 0;
    for (int i = 0; i < 2 && end < name.size(); ++i)
        core::utf8::next(name, end);
    return std::string(name.substr(0, end));
}

// Whether altered() could make it: then it must be looked for in what is made.
bool may_be_made(std::string_view name) {
    bool altered = false;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t c = core::utf8::next(name, at);
        if (!is_altered(c))
            continue;
        altered = true;
        if (choices(c).find(c) == std::u32string::npos)
            return false;
    }
    return altered;
}

bool is_handle_letter(char c) {
    return core::ascii::is_alnum(c) || c == '_' || c == '.';
}

// The length of what may be a handle at the front: a final dot ends a sentence.
std::size_t handle_at(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && is_handle_letter(text[end]))
        ++end;
    while (end > 0 && text[end - 1] == '.')
        --end;
    return end;
}

// The same where no handle stands: a word of another script may be somebody's name.
std::size_t foreign_word_at(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) {
        std::size_t behind = end;
        const auto category = core::property_of(core::utf8::next(text, behind)).category;
        if (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_ZP)
            break;  // punctuation, signs and blanks
        end = behind;
    }
    return end;
}

std::string like_in_case(std::string made, std::string_view real) {
    // Byte for byte: an ASCII letter became an ASCII letter.
    for (std::size_t i = 0; i < std::min(made.size(), real.size()); ++i)
        if (real[i] >= 'A' && real[i] <= 'Z' && made[i] >= 'a' && made[i] <= 'z')
            made[i] = static_cast<char>(made[i] - 32);
    return made;
}

}  // namespace

pseudonyms::pseudonyms(pseudonym_key key) : key_(key) {}

std::uint64_t pseudonyms::number(char kind, std::int64_t id) const {
    return sip_hash(key_)(kind + std::to_string(id));
}

namespace {

constexpr std::int64_t id_of_kind(std::int64_t kind, std::uint64_t hash) {
    constexpr std::int64_t span = 1'000'000'000'000'000'000;
    return kind * span + static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(span));
}

}  // namespace

std::int64_t pseudonyms::user_id(std::int64_t id) const {
    return id == 0 ? 0 : id_of_kind(1, number('u', id));
}
std::int64_t pseudonyms::message_id(std::int64_t id) const {
    return id == 0 ? 0 : id_of_kind(2, number('m', id));
}
std::int64_t pseudonyms::room_id(std::int64_t id) const {
    return id == 0 ? 0 : id_of_kind(3, number('r', id));
}
std::int64_t pseudonyms::streak_id(std::int64_t id) const {
    return id == 0 ? 0 : id_of_kind(4, number('s', id));
}
std::int32_t pseudonyms::gift_id(std::int64_t id) const {
    return id == 0 ? 0 : static_cast<std::int32_t>(1'000'000'000 + number('g', id) % 1'000'000'000);
}

// Bytes that are no UTF-8 become 0xFF, which is none either.
std::string pseudonyms::altered(std::string_view real, std::uint64_t salt) const {
    dice thrown(sip_hash(key_)("t" + std::to_string(salt) + "/" + std::string(real)));
    std::string out;
    out.reserve(real.size());
    // One letter becomes one letter in one text: what is repeated stays repeated.
    std::map<char32_t, char32_t> made;
    for (std::size_t at = 0; at < real.size();) {
        const std::size_t begin = at;
        const char32_t c = core::utf8::next(real, at);
        if (c == core::utf8::replacement_character && real.substr(begin, 3) != "\xEF\xBF\xBD") {
            out.append(at - begin, '\xFF');
        } else if (!is_altered(c)) {
            out.append(real.substr(begin, at - begin));
        } else {
            const auto [entry, fresh] = made.try_emplace(c, c);
            if (fresh) {
                const std::u32string from = choices(c);
                entry->second = from[thrown.below(from.size())];
            }
            core::utf8::append(out, entry->second);
        }
    }
    return out;
}

bool pseudonyms::holds_a_name(std::string_view made) const {
    const std::string lower = core::ascii::lower(made);
    return std::ranges::any_of(
        likely_, [&lower](const std::string& name) { return lower.find(name) != std::string::npos; });
}

namespace {

// After so many throws chance has nothing better to offer: a name of one letter, say.
constexpr std::uint64_t most_throws = 32;

}  // namespace

std::string pseudonyms::fresh(std::string_view real) {
    std::string made;
    for (std::uint64_t salt = 0; salt < most_throws; ++salt) {
        made = altered(real, salt);
        if (made != real && !made_.contains(made) && !names_.contains(made) && !holds_a_name(made))
            break;
    }
    return made;
}

void pseudonyms::remember(std::string_view real, const std::string& made) {
    if (names_.size() >= most_names || real.size() > longest_name)
        return;
    names_.emplace(real, made);
    made_.insert(made);
    ++lengths_[real.size()];
    if (count_code_points(real) >= 3 && may_be_made(real))
        likely_.emplace_back(real);
}

std::string pseudonyms::name(std::string_view real) {
    if (real.empty())
        return {};
    const std::string key = core::ascii::lower(real);
    const auto found = names_.find(key);
    if (found != names_.end())
        return like_in_case(found->second, real);
    std::string made = fresh(key);
    if (made == key)
        made = first_two(made);
    remember(key, made);
    return like_in_case(made, real);
}

// The longest known name at the front of a text, in bytes.
std::size_t pseudonyms::known_name_at(std::string_view text) const {
    const std::string lower = core::ascii::lower(text.substr(0, longest_name));
    for (std::size_t length = lower.size(); length > 0; --length)
        if (lengths_[length] != 0 && names_.contains(lower.substr(0, length)))
            return length;
    return 0;
}

// A text without any "@name".
std::string pseudonyms::plain(std::string_view real) {
    std::string made;
    for (std::uint64_t salt = 0; salt < most_throws; ++salt) {
        made = altered(real, salt);
        if (!holds_a_name(made))
            break;
    }
    return made;
}

std::string pseudonyms::text(std::string_view real, bool keep) {
    constexpr std::size_t most_mentions = 64;  // a text has at most a few hundred signs
    std::string out;
    std::size_t mentions = 0;
    while (!real.empty()) {
        const std::size_t sign = real.find('@');
        const std::string_view before = real.substr(0, sign);
        out += keep ? std::string(before) : plain(before);
        if (sign == std::string_view::npos)
            break;
        out += '@';
        real.remove_prefix(sign + 1);
        if (++mentions > most_mentions)
            continue;
        std::size_t length = std::max(known_name_at(real), handle_at(real));
        if (length == 0)
            length = foreign_word_at(real);
        out += name(real.substr(0, length));
        real.remove_prefix(length);
    }
    return out;
}

}  // namespace tiktok2twitch::tiktok
