// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/domain_endings.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace tiktok2twitch::relay {
namespace {

// All countries of the root zone (IANA), and of the other endings those that links in chats use; one text
// each, as tables of short words are mostly pointers. A blank before and behind every word.
constexpr std::string_view certain = " biz com info net org xyz ";

constexpr std::string_view likely =
    " ac ae ag ai ao aq ar au aw ax az ba bd bg bh bi bo br bt bw bz ca cc cf cg ch ck cl cm cn co cr"
    " cw cx cy cz de dk dz ec ee eu fi fj fk fm fo fr ga gb gd ge gh gi gl gq gr gu gw gy hk hn hr ht"
    " hu ie il io iq ir it jm jo jp ke kg kh ki kn kp kr kw ky kz lc lk lr lt lu lv ly mc me mh mk ml"
    " mn mo mq mt mv mw mx mz nl nr nz pe pf pg pk pl pt pw qa ro ru rw sa sc se sg sk sl sm sn sv sx"
    " sy sz td tg tj tk tl tm tn tr tv tw tz ua ug uk uy uz vc vg vn vu wf ws ye za zm zw al ci er es"
    " et je li na ne ni nu om pa re si su va ve vi academy adult agency app asia bargains berlin bet"
    " bid bingo blog bond buzz bzh capital casino center cfd click clinic cloud club codes coupons"
    " credit cruises cyou dating deals dev digital directory discount domains download edu eus events"
    " exchange expert express finance futbol gal gallery gdn gift gifts gmbh gov guru hamburg host"
    " hosting icu immo inc ink istanbul jobs juegos kaufen kim koeln lat lgbt limited link live llc"
    " loan loans london ltd makeup marketing media mobi moda moe moscow museum network ninja nyc one"
    " onion online onl ovh paris photography photos poker porn press promo quest racing realty reise"
    " reisen rentals review reviews ruhr sarl sbs services sex sexy shop shopping site social software"
    " solutions space srl store stream studio support surf swiss systems tech technology tel tickets"
    " tienda today tokyo top tours trade training travel tube university vegas ventures viajes vip"
    " webcam website wien wiki xxx рф рус укр бел срб ";

constexpr std::string_view doubtful =
    " ad af am as at bb be bf bj bm bn bs bv by cd cu cv dj dm do eg gf gg gm gn gp gs gt hm id im in"
    " is km la lb ls ma md mg mm mp mr ms mu my nc nf ng no np ph pm pn pr ps py rs sb sd sh sj so sr"
    " ss st tc tf th to tt us yt art audio auto baby band bar beauty beer best bike bio black blue"
    " boats boo bot business buy cab cafe cam camera camp car care cars cash cat chat cheap church"
    " city coach coffee company cool country dad dance date day design diet dog earth eat eco"
    " education email energy family fan fans farm fashion film final fish fit fitness food football"
    " forum foundation free fun fund fyi game games garden gay gle global gold golf gratis green group"
    " guide hair haus health help here hiphop hiv hockey horse hot house how ing international ist"
    " jetzt joy kids kiwi land law legal life like lol love luxury man map market meme men menu mom"
    " money monster mov movie music name new news now ooo open page party pay pet phone photo pics"
    " pictures pid pink pizza play plus post pro prof pub radio read red rent rest rip rocks run safe"
    " sale save school science security select shoes show singles ski skin soccer song soy spa sport"
    " star style sucks supply talk tattoo tax taxi team tips tools total town toys trust uno vet video"
    " vin vision vote voto wang watch weather win wine work works world wow wtf yoga you zip zone сайт"
    " онлайн орг ком москва дети ";

bool has(std::string_view words, std::string_view word) {
    return !word.empty() && words.find(' ' + std::string(word) + ' ') != std::string_view::npos;
}

// Endings that are little words of the languages of chats, and what follows them when they are none.
constexpr std::string_view little =
    " al au ca ci er es et eu il je ke li me na ne ni nu om pa re sa se si su va ve vi ";
constexpr std::string_view said_of_addresses =
    " adesso ahora click code for free gratis heute jetzt join kostenlos now ora please pls subito today ";

struct sentences {
    std::string_view ending;
    std::string_view words;
};
constexpr sentences known[] = {
    {"ai", " ai caramba gente galera meu minha nao que sim "},
    {"com", " certeza ctz deus licenca vc voce voces "},
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

bool reads_on(std::string_view ending, std::string_view word, bool behind_a_word) {
    const auto* const own = std::ranges::find(known, ending, &sentences::ending);
    if (own != std::end(known) && has(own->words, word))
        return true;
    return behind_a_word && !word.empty() && has(little, ending) && !has(said_of_addresses, word);
}

}  // namespace tiktok2twitch::relay
