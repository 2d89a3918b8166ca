// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/languages.hpp"

#include <algorithm>
#include <array>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/nearest.hpp"

namespace tiktok2twitch::relay {
namespace {

// ISO 639-1, and those of its former codes that guessers of languages still write: bh in iw ji jw mo sh.
constexpr std::string_view two_letter_codes =
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv"
    " cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr"
    " ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr"
    " ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng"
    " nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk"
    " sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve"
    " vi vo wa wo xh yi yo za zh zu ";

// What people write for the languages of big rooms: names, codes of ISO 639-2, countries.
struct written_as {
    std::string_view code;
    std::string_view words;
};
constexpr std::array written{
    written_as{"ar", " arabic ara "},
    written_as{"bg", " bulgarian bul "},
    written_as{"bn", " bengali bangla ben "},
    written_as{"cs", " czech ces cze cz "},
    written_as{"da", " danish dan dk "},
    written_as{"de", " german deutsch deu ger "},
    written_as{"el", " greek ell gre gr "},
    written_as{"en", " english eng us gb "},
    written_as{"es", " spanish espanol spa mx "},
    written_as{"fa", " persian farsi fas per "},
    written_as{"fi", " finnish fin "},
    written_as{"fil", " filipino pilipino ph "},
    written_as{"fr", " french francais fra fre "},
    written_as{"he", " hebrew heb "},
    written_as{"hi", " hindi hin "},
    written_as{"hr", " croatian hrv "},
    written_as{"hu", " hungarian hun "},
    written_as{"id", " indonesian ind "},
    written_as{"it", " italian italiano ita "},
    written_as{"ja", " japanese jpn jp "},
    written_as{"km", " khmer khm kh "},
    written_as{"ko", " korean kor "},
    written_as{"ms", " malay msa may "},
    written_as{"my", " burmese mya bur mm "},
    written_as{"nl", " dutch nld dut "},
    written_as{"no", " norwegian nor "},
    written_as{"pl", " polish pol "},
    written_as{"pt", " portuguese portugues por "},
    written_as{"ro", " romanian ron rum "},
    written_as{"ru", " russian rus "},
    written_as{"sk", " slovak slk slo "},
    written_as{"sr", " serbian srp rs "},
    written_as{"sv", " swedish swe "},
    written_as{"sw", " swahili swa "},
    written_as{"ta", " tamil tam "},
    written_as{"te", " telugu tel "},
    written_as{"th", " thai tha "},
    written_as{"tl", " tagalog tgl "},
    written_as{"tr", " turkish tur "},
    written_as{"uk", " ukrainian ukr ua "},
    written_as{"ur", " urdu urd pk "},
    written_as{"vi", " vietnamese vie vn "},
    written_as{"zh", " chinese mandarin zho chi cn "},
};

std::string_view code_of(std::string_view word) {
    const std::string entry = " " + std::string(word) + " ";
    const auto found = std::ranges::find_if(written, [&entry](const written_as& each) {
        return each.words.find(entry) != std::string_view::npos;
    });
    return found == written.end() ? std::string_view() : found->code;
}

bool is_code(std::string_view language) {
    if (!std::ranges::all_of(language, [](char c) { return c >= 'a' && c <= 'z'; }))
        return false;
    return language.size() == 3 ||
           (language.size() == 2 &&
            two_letter_codes.find(" " + std::string(language) + " ") != std::string_view::npos);
}

// The code of the name that `language` is, with a typing error or without; empty: none.
std::string_view meant_code(std::string_view language) {
    if (const auto code = code_of(language); !code.empty())
        return code;
    std::string_view best;
    std::size_t least = language.size() / 3 + 1;
    for (const written_as& each : written) {
        const std::string_view name = each.words.substr(1, each.words.find(' ', 1) - 1);
        if (const std::size_t distance = core::edit_distance(language, name); distance < least) {
            best = each.code;
            least = distance;
        }
    }
    return best;
}

}  // namespace

std::string base_language(std::string_view tag) {
    std::string language = core::ascii::lower(tag.substr(0, tag.find_first_of("-_")));
    return language == "und" || language == "un" ? std::string() : language;
}

std::string language_problem(std::string_view tag) {
    const std::string language = base_language(tag);
    if (is_code(language))
        return {};
    const std::string refused = "is no language; write en, pt or de";
    if (language.empty())
        return refused + " (unknown ones always pass)";
    const std::string_view meant = meant_code(language);
    return meant.empty() ? refused : "is no code of a language; did you mean \"" + std::string(meant) + "\"?";
}

std::string_view short_code(std::string_view language) {
    return language.size() == 3 ? code_of(language) : std::string_view();
}

}  // namespace tiktok2twitch::relay
