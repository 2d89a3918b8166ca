// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/words/look_alikes.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace tiktok2twitch::relay {
namespace {

struct letter_row {
    char letter;
    std::u32string_view likes;
};

// Signs that are read as Latin letters and digits, a table of our own: single code points, in the form that
// compatibility decomposition and case folding leave. What those two already make Latin (full width,
// mathematical, circled) is not here.
constexpr std::array small_letters{std::to_array<letter_row>({
    {'a', U"ɐɑαаᎪᗅᗩᴀᶏⱥꓮ"},
    {'b', U"ƀƃƅɓʙᏏᏴᗷᛒᵬᶀꓐꞗ"},
    {'c', U"ƈȼɕсҫᏟᑕᴄↄⲥꓚꜿꞓꞔ𝼝"},
    {'d', U"đƌȡɖɗԁԃᎠᏧᗞᗪᴅᵭᶁᶑꓓꝺꟈ"},
    {'e', U"ǝɇɘəɛεеєҽәᎬᕮᴇᶒⱸꓰꬲꬳꬴ"},
    {'f', U"ƒϝғբᖴᵮᶂꓝꜰꝼꞙ"},
    {'g', U"ǥɠɡɢʛԍցᏀᏳᘜᵷᵹᶃꓖꞡꬶ"},
    {'h', U"ħɥɦʜʮʯһիհᎻᏂᕼⱨꓧꞕ"},
    {'i', U"ıɨɩɪιіᎥᛁᴉᶖⲓꓲ𝼚"},
    {'j', U"ȷɉɟʄʝϳјյᎫᒍᴊꓙ"},
    {'k', U"ƙʞκкқҝҟҡӄᏦᛕᴋᶄⱪꓗꝁꝃꝅꞣ𝼃"},
    {'l', U"łƚȴɫɬɭʟӏլւᏞᒪᴌᶅⱡꓡꝉꞁꞎꬷꬸꬹ𝼄𝼑𝼓"},
    {'m', U"ɯɰɱϻмӎᎷᗰᛖᛗᴍᵯᶆꓟꬺ"},
    {'n', U"ŋƞȵɲɳɴηղոռրᑎᵰᶇⲏꓠꞑꞥꬻ"},
    {'o', U"øɵʘοσоѳөօᎾᗝᴏᴑᴓⱺⲟꓳꝋꝍꬽꬾ𝼛"},
    {'p', U"ƥρрҏքᏢᑭᴘᵱᵽᶈⲣꓑꝑꝓꝕ"},
    {'q', U"ɋʠԛզᑫꝗꝙꞯ"},
    {'r', U"ɍɹɺɻɼɽɾɿʀᎡᏒᖇᚱᵲᵳᶉⱹꓣꞃꞧꭆꭉꭋꭌꭨ𝼈𝼕𝼖"},
    {'s', U"ƽȿʂѕᏕᏚᔕᵴᶊꓢꙅꜱꞅꞩꟊ𝼞"},
    {'t', U"ŧƫƭȶʇʈτтҭեᎢᴛᵵⱦꓔꞇ𝼉𝼍"},
    {'u', U"υսᑌᴜᴝᶙꓴꞹꭎꭒ"},
    {'v', U"ʋʌνѵᏙᐯᴠᶌⱱⱴꓦꝟ"},
    {'w', U"ʍωѡԝաᎳᏔᗯᴡⱳꓪ"},
    {'x', U"χхҳӽӿ᙭ᚷᶍⲭꓫꭖꭗꭘꭙ"},
    {'y', U"ƴɏɣʎʏγуүұᎩᎽỿꓬꭚ𝼆"},
    {'z', U"ƶȥɀʐʑᏃᘔᴢᵶᶎⱬꓜ"},
})};

// Capitals whose small letter looks like no Latin one, or like another one, and Cyrillic letters that do so
// only from afar. Only inside of a word that has Latin letters too: Cyrillic "VOT" would be "bot" otherwise.
constexpr std::array second_letters{std::to_array<letter_row>({
    {'i', U"l"},
    {'l', U"I"},
    {'a', U"ΔΛД"},
    {'b', U"ΒВЬвь"},
    {'e', U"Σ"},
    {'h', U"ΗНн"},
    {'m', U"Μ"},
    {'n', U"ΝИЙПп"},
    {'r', U"ГЯгя"},
    {'u', U"ийцЦ"},
    {'w', U"шщШЩ"},
    {'y', U"Υ"},
    {'z', U"Ζ"},
})};

using table = std::vector<std::pair<char32_t, char>>;

template <std::size_t Size>
table by_code_point(const std::array<letter_row, Size>& rows) {
    table result;
    for (const letter_row& row : rows) {
        for (const char32_t like : row.likes)
            result.emplace_back(like, row.letter);
    }
    std::ranges::sort(result);
    return result;
}

char look_up(const table& letters, char32_t code_point) {
    const auto found = std::ranges::lower_bound(letters, code_point, {}, &table::value_type::first);
    return found != letters.end() && found->first == code_point ? found->second : '\0';
}

constexpr char offset(char32_t code_point, char32_t first) {
    return static_cast<char>('a' + static_cast<int>(code_point - first));
}

}  // namespace

char look_alike(char32_t folded) {
    static const table letters = by_code_point(small_letters);
    return folded < 0x80 ? '\0' : look_up(letters, folded);
}

char second_look_alike(char32_t original) {
    static const table letters = by_code_point(second_letters);
    return look_up(letters, original);
}

char letter_in_a_box(char32_t code_point) noexcept {
    constexpr std::array firsts{U'\U0001F150', U'\U0001F170', U'\U0001F1E6'};  // circled, squared, flags
    for (const char32_t first : firsts) {
        if (code_point >= first && code_point < first + 26)
            return offset(code_point, first);
    }
    return '\0';
}

std::u32string_view cyrillic_letters(char32_t sign) noexcept {
    switch (sign) {
        case U'3':
        case U'z':
            return U"з";
        case U'4':
            return U"ч";
        case U'6':
        case U'b':
            return U"б";
        case U'd':
            return U"д";
        case U'f':
            return U"ф";
        case U'g':
            return U"дг";
        case U'h':
            return U"нx";
        case U'i':
        case U'j':
            return U"и";
        case U'l':
            return U"л";
        case U'n':
            return U"пн";
        case U'p':
            return U"п";
        case U'r':
            return U"гp";
        case U's':
            return U"c";
        case U'u':
            return U"иy";
        case U'v':
            return U"в";
        case U'w':
            return U"ш";
        case U'y':
            return U"ы";
        default:
            return {};
    }
}

std::string_view leet_letters(char32_t sign) noexcept {
    switch (sign) {
        case U'0':
            return "o";
        case U'1':
        case U'!':
        case U'|':
        case U'¡':
            return "il";
        case U'3':
        case U'€':
            return "e";
        case U'4':
        case U'@':
            return "a";
        case U'5':
        case U'$':
            return "s";
        case U'6':
            return "gb";
        case U'7':
        case U'+':
            return "t";
        case U'8':
            return "b";
        case U'9':
            return "gq";
        case U'£':
            return "l";
        case U'¥':
            return "y";
        default:
            return {};
    }
}

}  // namespace tiktok2twitch::relay
