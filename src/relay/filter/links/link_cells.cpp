// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/links/link_cells.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/filter/words/look_alikes.hpp"
#include "tiktok2twitch/relay/filter/words/skeleton.hpp"

namespace tiktok2twitch::relay {
namespace {

// The root zone (IANA), without most of the endings that belong to one company; one text each, as tables of
// short words are mostly pointers. A blank before and behind every word. "c0m" is how people write around a
// filter.
constexpr std::string_view certain = " biz com c0m info net org xyz ";

constexpr std::string_view likely =
    " ac ae ag ai ao aq ar au aw ax az ba bd bg bh bi bo br bt bw bz ca cc cf cg ch ck cl cm cn co cr cw cx "
    "cy cz de"
    " dk dz ec ee eu fi fj fk fm fo fr ga gb gd ge gh gi gl gq gr gu gw gy hk hn hr ht hu ie il io iq ir it "
    "jm jo jp"
    " ke kg kh ki kn kp kr kw ky kz lc lk lr lt lu lv ly mc me mh mk ml mn mo mq mt mv mw mx mz nl nr nz pe "
    "pf pg pk"
    " pl pt pw qa ro ru rw sa sc se sg sk sl sm sn sv sx sy sz td tg tj tk tl tm tn tr tv tw tz ua ug uk uy "
    "uz vc vg"
    " vn vu wf ws ye za zm zw al ci er es et je li na ne ni nu om pa re si su va ve vi academy adult agency "
    "app asia"
    " bargains berlin bet bid bingo blog bond buzz bzh capital casino center cfd click clinic cloud club "
    "codes"
    " coupons credit cruises cyou dating deals dev digital directory discount domains download edu eus events"
    " exchange expert express finance futbol gal gallery gdn gift gifts gmbh gov guru hamburg host hosting "
    "icu immo"
    " inc ink istanbul jobs juegos kaufen kim koeln lat lgbt limited link live llc loan loans london ltd "
    "makeup"
    " marketing media mobi moda moe moscow museum network ninja nyc one onion online onl ovh paris "
    "photography photos"
    " poker porn press promo quest racing realty reise reisen rentals review reviews ruhr sarl sbs services "
    "sex sexy"
    " shop shopping site social software solutions space srl store stream studio support surf swiss systems "
    "tech"
    " technology tel tickets tienda today tokyo top tours trade training travel tube university vegas "
    "ventures viajes"
    " vip webcam website wien wiki xxx рф ";

constexpr std::string_view doubtful =
    " able abogado abudhabi accountant accountants actor ad ads aero af africa airforce ally am amsterdam "
    "analytics"
    " apartments arab archi army art arte as associates at attorney auction audio author auto autos baby "
    "band bank"
    " bar barcelona baseball basketball bayern bb bcn be beats beauty beer best bf bible bike bio bj black"
    " blackfriday blue bm bn boats boo book boston bot boutique box broadway broker brother brussels bs build"
    " builders business buy bv by cab cafe call cam camera camp capetown car caravan cards care career "
    "careers cars"
    " casa case cash cat catering catholic cd ceo channel charity chat cheap christmas church circle city "
    "claims"
    " cleaning clothing coach coffee college cologne community company compare computer condos construction"
    " consulting contact contractors cooking cool coop corsica country coupon courses cpa creditcard "
    "creditunion"
    " cricket cruise cu cv cymru dad dance data date day deal dealer degree delivery democrat dental dentist "
    "desi"
    " design diamonds diet direct diy dj dm do docs doctor dog dot dubai durban earth eat eco education eg "
    "email"
    " energy engineer engineering enterprises equipment estate exposed fail faith family fan fans farm "
    "farmers"
    " fashion fast feedback film final financial fire fish fishing fit fitness flights florist flowers fly "
    "foo food"
    " football forex forsale forum foundation free frl fun fund furniture fyi game games garden gay gent gf "
    "gg gives"
    " giving glass gle global gm gn gold golf got gp graphics gratis green gripe grocery group gs gt guide "
    "guitars"
    " hair hangout haus health healthcare help helsinki here hiphop hiv hm hockey holdings holiday homes "
    "horse"
    " hospital hot hoteles hotels house how ice id im immobilien in industries ing institute insurance insure"
    " international investments irish is ist jetzt jewelry joburg joy kids kitchen kiwi km kosher krd kred "
    "kyoto la"
    " land latino law lawyer lb lease legal life lifestyle lighting like limo living llp locker locus lol "
    "lotto love"
    " ls ltda luxe luxury ma madrid maison man management map market markets mba md med meet melbourne meme "
    "memorial"
    " men menu mg miami mm mma mobile moi mom money monster mortgage moto motorcycles mov movie mp mr ms mu "
    "music my"
    " nagoya name navy nc new news next nf ng ngo nico no now np nrw office okinawa ong ooo open organic "
    "osaka ott"
    " page partners parts party passagens pay pet ph pharmacy phd phone photo physio pics pictures pid pink "
    "pizza"
    " place play plumbing plus pm pn post pr prime pro prod productions prof properties property protection "
    "ps pub py"
    " qpon quebec radio read realestate realtor recipes red rehab reit ren rent repair report republican rest"
    " restaurant rich rio rip rocks rodeo room rs rsvp rugby run ryukyu saarland safe sale salon save sb "
    "scholarships"
    " school schule science scot sd search secure security select sh shiksha shoes show silk singles sj ski "
    "skin"
    " smart smile so soccer solar song soy spa sport spot sr ss st star stc stockholm storage study style "
    "sucks"
    " supplies supply surgery sydney taipei talk tattoo tax taxi tc team tennis tf th theater theatre tips "
    "tires"
    " tirol to tools total town toys trading trust tt tunes uno us vacations versicherung vet video villas "
    "vin vision"
    " viva vlaanderen vodka vote voting voto voyage vuelos wales wang watch watches weather wedding win wine "
    "winners"
    " work works world wow wtf xin yachts yoga yokohama you yt zero zip zone zuerich сайт онлайн орг ком "
    "москва дети"
    " рус укр бел срб ";

bool has(std::string_view words, std::string_view word) {
    return !word.empty() && words.find(' ' + std::string(word) + ' ') != std::string_view::npos;
}

// Endings that are little words of the languages of chats, and what follows them when they are none.
constexpr std::string_view little =
    " am as at be by do dm eg gg here hm how id im in is just la ma mm my new no now pm ps so st to us you "
    "рус"
    " al au ca ci er es et eu il je ke li me na ne ni nu om pa re sa se si su va ve vi ";
constexpr std::string_view said_of_addresses =
    " adesso ahora and click code for free get gratis go heute jetzt join kostenlos now offers ora or please "
    "pls subito"
    " today use visit ";

// Shorteners, invitations and other hosts that need no path to be one, whatever their ending may be read as.
constexpr std::string_view hosts =
    " a.co adf.ly amzn.to bit.do bit.ly buff.ly clck.ru cutt.ly discord.gg discord.gift dsc.gg dlsc.gg fb.me "
    "g.co"
    " gg.gg git.io goo.gl is.gd ko-fi.com linktr.ee lnkd.in m.me op.gg ow.ly rb.gy redd.it s.id shorturl.at "
    "spoti.fi t.co"
    " t.ly t.me tiny.cc top.gg tr.ee twitch.tv u.to v.gd vk.cc vk.me wa.me x.gd youtu.be ";

struct sentences {
    std::string_view ending;
    std::string_view words;
};
constexpr sentences known[] = {
    {"ai", " ai caramba gente galera meu minha nao que sim "},
    {"com",
     " certeza ctz deus ela ele eles essa esse isso licenca meu minha muita muito sua todo todos vc voce "
     "voces "},
    {"de",
     " acuerdo boa donde el ese eso esta este hecho hoje jeito la las le les los mi mim nada nichts nouveau"
     " novo nuevo onde parte pronto que quem quien quoi repente rien tarde todas todo todos tout tu un una"
     " une uno vc verdad verdade vez voce beste stream "},
    {"io", " amo ho lo mi non penso sono sto ti vado vengo voglio vorrei "},
    {"it",
     " aint all almost also always came can cant comes could did didnt depends do does doesnt even feels"
     " finally gets gives goes got had happened happens has hasnt helps hurts is isnt just keeps kills looked"
     " looks made makes may means might must needs never only really reminds said says seems should smells"
     " sounds started starts still takes tastes took totally turned was wasnt went will wont worked works"
     " would wouldnt "},
    {"live", " again laugh your "},
    {"net", " income profit worth "},
    {"one",
     " day guy is last like love minute moment more of person piece question sec second thing time two was"
     " word "},
    {"se", " for "},
    {"top", " game gemacht leute live mann notch player song stream streamer tier video "},
};

// Every label of every name and text is asked for: by hash, where the texts above would be read to their end.
using ending_table = std::unordered_map<std::string_view, domain_ending>;

ending_table read_tables() {
    ending_table table;
    for (const auto& [words, kind] :
         {std::pair(certain, domain_ending::certain), std::pair(likely, domain_ending::likely),
          std::pair(doubtful, domain_ending::doubtful)}) {
        for (std::size_t begin = 1; begin < words.size(); begin = words.find(' ', begin) + 1)
            table.try_emplace(words.substr(begin, words.find(' ', begin) - begin), kind);
    }
    return table;
}

}  // namespace

domain_ending ending_of(std::string_view label) {
    static const ending_table table = read_tables();
    if (const auto found = table.find(label); found != table.end())
        return found->second;
    return label.starts_with("xn--") && could_be_ending(label) ? domain_ending::likely : domain_ending::none;
}

bool could_be_ending(std::string_view label) noexcept {
    constexpr std::string_view encoded = "xn--";
    constexpr std::size_t longest = 24;  // in the root zone, xn-- and all
    if (label.size() > longest)
        return false;
    if (label.starts_with(encoded))
        return label.size() > encoded.size();
    return label.size() >= 2 && std::ranges::all_of(label, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_little(std::string_view ending) {
    return has(little, ending);
}

bool is_known_host(std::string_view host) {
    return has(hosts, host);
}

bool is_said_of_addresses(std::string_view word) {
    return has(said_of_addresses, word);
}

bool reads_on(std::string_view ending, std::string_view word, bool behind_a_word) {
    const auto* const own = std::ranges::find(known, ending, &sentences::ending);
    if (own != std::end(known) && has(own->words, word))
        return true;
    return behind_a_word && !word.empty() && is_little(ending) && !is_said_of_addresses(word);
}

namespace {

using kind = link_cell::kind;

// IDNA takes three of them for a dot (RFC 3490, 3.1; compatibility makes two of those one); the others only
// look like it.
constexpr bool is_written_dot(char32_t c) noexcept {
    return c == U'.' || c == 0x3002 || c == 0x2024 || c == 0x2027 || c == 0xA4F8 || c == 0x0701 ||
           c == 0x0702;
}

kind kind_of(char32_t c, int category) noexcept {
    if (is_written_dot(c))
        return kind::dot;
    if (c == U' ')
        return kind::blank;
    if (c == U'-' || c == U'_')
        return kind::label;
    const bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    const bool number = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    return letter || number ? kind::label : kind::other;
}

bool is_mark(int category) noexcept {
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

// "🅲🅾🅼", but not the letters that flags are made of.
char32_t unboxed(char32_t c) noexcept {
    const bool flag = c >= 0x1F1E6 && c <= 0x1F1FF;
    const char letter = flag ? '\0' : letter_in_a_box(c);
    return letter == '\0' ? c : static_cast<char32_t>(letter);
}

std::vector<link_cell> plain_cells_of(std::string_view clean) {
    std::vector<link_cell> cells;
    cells.reserve(clean.size());
    for (std::size_t at = 0; at < clean.size();) {
        const std::size_t begin = at;
        const char32_t original = unboxed(core::utf8::next(clean, at));
        const bool upper = core::property_of(original).category == UTF8PROC_CATEGORY_LU;
        const folded_code_point folded(original);
        for (const std::int32_t part : folded.parts()) {
            const auto c = static_cast<char32_t>(part);
            const int category = core::property_of(c).category;
            if (is_mark(category)) {
                if (!cells.empty())
                    cells.back().where.end = at;
                continue;
            }
            cells.push_back({c, kind_of(c, category), upper, {begin, at}});
        }
    }
    return cells;
}

class reader {
public:
    explicit reader(const std::vector<link_cell>& cells) : cells_(cells) {}

    // A dot in disguise that starts at `at`: the cell, and `at` moved behind it.
    bool disguised(std::size_t& at, link_cell& out) const {
        std::size_t end = at;
        skip_blank(end);
        const bool apart = end > at;
        if (const char32_t closer = closer_of(end); closer != 0) {
            ++end;
            skip_blank(end);
            if (!dot_or_word(end))
                return false;
            skip_blank(end);
            if (end >= cells_.size() || cells_[end].literal != closer)
                return false;
            ++end;
            skip_blank(end);
            out.what = kind::hidden;
        } else if (apart && end < cells_.size() && cells_[end].what == kind::dot) {
            ++end;
            skip_blank(end);
            out.what = kind::spaced;
        } else {
            if (!apart || !word(end, U"dot"))
                return false;
            const std::size_t behind = end;
            skip_blank(end);
            if (end == behind)
                return false;
            out.what = kind::spoken;
        }
        if (end >= cells_.size() || cells_[end].what != kind::label)
            return false;
        out.literal = U'.';
        out.where = {cells_[at].where.begin, cells_[end].where.begin};
        at = end;
        return true;
    }

private:
    void skip_blank(std::size_t& at) const {  // clean text has no two in a row
        if (at < cells_.size() && cells_[at].what == kind::blank)
            ++at;
    }
    char32_t closer_of(std::size_t at) const {
        if (at >= cells_.size())
            return 0;
        switch (cells_[at].literal) {
            case U'(':
                return U')';
            case U'[':
                return U']';
            case U'{':
                return U'}';
            case U'<':
                return U'>';
            default:
                return 0;
        }
    }
    bool word(std::size_t& at, std::u32string_view expected) const {
        for (std::size_t i = 0; i < expected.size(); ++i) {
            if (at + i >= cells_.size() || cells_[at + i].literal != expected[i])
                return false;
        }
        at += expected.size();
        return true;
    }
    bool dot_or_word(std::size_t& at) const {
        constexpr std::array<std::u32string_view, 7> words{U"dot",   U"d0t",   U"punkt", U"punto",
                                                           U"ponto", U"point", U"точка"};
        if (at < cells_.size() && cells_[at].what == kind::dot) {
            ++at;
            return true;
        }
        for (const std::u32string_view each : words) {
            if (word(at, each))
                return true;
        }
        return false;
    }

    const std::vector<link_cell>& cells_;
};

}  // namespace

std::vector<link_cell> link_cells_of(std::string_view clean) {
    const std::vector<link_cell> plain = plain_cells_of(clean);
    const reader read(plain);
    std::vector<link_cell> cells;
    cells.reserve(plain.size());
    for (std::size_t at = 0; at < plain.size();) {
        link_cell dot;
        if (!cells.empty() && cells.back().what == kind::label && read.disguised(at, dot)) {
            cells.push_back(dot);
        } else {
            cells.push_back(plain[at++]);
        }
    }
    return cells;
}

}  // namespace tiktok2twitch::relay
