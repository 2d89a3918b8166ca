// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/links/everyday_words.hpp"

#include <algorithm>
#include <unordered_set>

namespace tiktok2twitch::relay {
namespace {

// One text each, as tables of short words are mostly pointers.
constexpr std::string_view everyday =
    // en
    "a about after again ago ah aha all alone already also always am amazing and another any anyway are as "
    "at aw awesome"
    " aww away awful back bad be beautiful because been before being better big boring both bro bruh but by "
    "bye came can"
    " cant clean close come coming congrats cool crazy cringe cute damn day did didnt do does doesnt done "
    "dont down dude"
    " easy else even ever every everyone everything exactly fair fine first for forever from fun funny girl "
    "go god goes"
    " going gone good goodbye gosh got great guess guy guys ha haha hahaha happy hard have he hello her here "
    "hers hey hi"
    " him his hmm honestly how huge i idk if im in insane is isnt it its jk just kind know last later least "
    "left less"
    " like little lmao lol long lot lots love lovely luck man many maybe me mean mine mins minute more "
    "morning most"
    " mr mrs ms much my myself never next nice night no nope not nothing now of off oh ok okay old omg on "
    "one only or"
    " other our ours out over perfect please pls possible pretty probably question quick quite rather ready "
    "real really"
    " right sad said same say see seems seen sense serious seriously she short shut sick since sir sister "
    "slow so some"
    " somehow someone something sometimes soon sorry still stop stuff such super sure sus sweet tbh thank "
    "thanks that"
    " thats the their them then there these they thing things think this those though thought tho through "
    "time to today"
    " together tomorrow tonight too tough trash true truth try u ugh unlucky until up us very wait wanna "
    "want was wasnt"
    " way we weird welcome well went were what whatever when where which while who whoa why wild will with "
    "without woah"
    " wonderful word work worst wow wp wrong ya yay yeah year years yep yes yesterday yet yo you your yours "
    "yup"
    // de
    " aber abend ach alle alles also am an auch auf aus bald bei beim bin bis bist bitte boah bruder da "
    "damit danach danke"
    " dann das dass dein deine dem den denn der des deswegen dich die dir doch dort du echt ein eine einen "
    "einfach endlich"
    " er erst es etwas euch ey falsch fast fertig ganz gar geil genau gern gerne gestern gibt gleich gruss "
    "gut gute hab"
    " habe haben hallo halt hast hat heute hier hin hoch ich ihm ihn ihr im immer ist ja jaja jawohl jeder "
    "jetzt kann"
    " kein keine klar klasse komm komme krass lange langsam lass leider leute lieber los mach mal man mann "
    "mega mehr mein"
    " meine mich mir mit moin morgen muss na nach nacht naja natur ne nee nein nett nicht nichts nie nix "
    "noch nochmal nur"
    " ob oder oh oje ohne perfekt quatsch recht richtig sagen schade schon schoen schnell sehr sein seit "
    "selbst servus"
    " sicher sie sind so sogar sonst spass stark stimmt tag toll tschuess tschuss uber ueber uhr um und uns "
    "unten viel"
    " viele vielleicht voll vom von vor vorbei war warum was weg weil weiss weiter wem wenn wer wie wieder "
    "will wir wird"
    " wo wohl zu zum zur zusammen zwei"
    // es
    " abrazo adios agua ahi ahora al algo alguien alla amigo amiga amigos ano ante antes aqui asi aun aunque "
    "bastante bien"
    " bonito bueno buena buenas buenos cada casi claro como con contigo cosa creo cual cuando cuanto de dale "
    "deja del desde"
    " despues dia dias dice dijo donde dos el ella ellos en entonces entre era eres es esa ese eso esta "
    "estas este esto"
    " estoy exacto falta feliz fue fuerte genial gente gracias gran gusta hablar hace hacia hasta hay "
    "hermosa hermoso hola"
    " hombre hora hoy igual jaja jajaja jaj la las le listo lo los luego mal malo manana mas me mejor menos "
    "mi mio mira"
    " mismo momento mucho mucha muchas muy nada nadie ni no noche noches nos nosotros nunca o otra otro oye "
    "para parece"
    " pero perfecto poco por porfa porque pues que quien quiero re rico saludos se sea ser si siempre sin "
    "sobre solo son"
    " soy su sus tal tambien tan tanto te tengo tiene toda todo todos tu un una uno va vale vamos vaya ver "
    "verdad vez vida"
    " voy y ya yo"
    // fr
    " ah ainsi alors apres arrive assez attends au aucun aussi autre aux avant avec ben bien bientot bof bon "
    "bonjour bonne"
    " bonsoir bravo bref ca car ce cela celle celui ces cet cette chez ciao clair combien comme comment cool "
    "coucou dac"
    " dans de deja demain depuis des deux dire dis dit dommage donc dors du elle elles en encore enfin entre "
    "est et etait"
    " etre eu eux fait faut fin fini fois genial gens grave gros hein heureux hier ici il ils je jolie joli "
    "jour juste la"
    " le les leur lol lui ma magnifique mais mal mdr meme merci mes mieux moi moins mon monde ne ni nickel "
    "non nos notre"
    " nous nul on ou oui ouais ouf oups par parce pareil parfait pas peu peur peut plus pour pourquoi pres "
    "presque ptdr puis"
    " quand que quel quelle qui quoi rien sa sais sans se sera ses seul si soir son sont sous souvent suis "
    "super sur sympa"
    " ta tant te tellement temps tes tiens toi ton top toujours tous tout toute toutes tres trop tu un une "
    "vas vers vite"
    " voila vois vos votre vous vrai vraiment vu"
    // it
    " adesso allora altro anche ancora andiamo assai bella bello bellissimo bene beh boh bravo brava buona "
    "buono buonasera"
    " caro casa che chi ci ciao cioe come con contro cosa cosi da dai davvero dei del della dentro di dio "
    "domani dopo dove"
    " due e ecco eccomi era essere fa fame fare fatto figo finalmente forse forte fuori gia giorno giusto "
    "gli gol grande"
    " grazie ha ho ieri il in insieme io ira lei li lo loro lui ma magari mai male mamma me meglio meno mi "
    "mia mio molto"
    " momento ne nel nessuno niente no noi non nostro notte nulla o oggi ogni ok ora orario parte peccato "
    "per perche pero"
    " perfetto piu poco poi posso prego presto prima proprio punto qua quale quando quanto quasi quella "
    "quello questa questo"
    " qui ragazzi ragazze re sai salve scusa scusate se secondo sei sempre sento sera sia simpatico solo "
    "sono sopra sotto"
    " sta stai sto su sua subito suo tanto te ti tra troppo tu tutti tutto un una uno va vabbe vedi vero via "
    "vita voi volta"
    // pt
    " abraco agora ai ainda alguem alguma ali amanha amei amigo amo ano antes ao aos aqui assim ate beijo "
    "beleza bem boa"
    " boas bom bonita bonito cada calma caramba cara cedo certeza certo chega com como da dai daqui de "
    "demais depois des"
    " dia dias disse do dois dona ela ele eles em entao entendi era essa esse esta estou eu faz fala falou "
    "fica foi forte"
    " galera gente gostei haha hein hoje isso isto ja kk kkk kkkk la legal lindo linda logo longe mais mano "
    "mas massa me"
    " melhor menos mesmo meu mil minha moca moco muita muito na nada nao ne nem nessa ninguem no noite nos "
    "nossa num nunca"
    " oba obrigada obrigado oi olha onde ontem opa otimo ou outra outro para parabens parece pela pelo perto "
    "pois porque"
    " pouco pra quase que quem quer rs rsrs sabe sai saudade se seja sem sempre ser seu show sim so sobre "
    "sou sua sucesso"
    " ta tal tambem tarde tchau tem tempo tenho to toda todo todos top tudo um uma uns vai valeu vamos veio "
    "vem ver verdade"
    " vez vida viu voce voces volta vou"
    // ru, with the letters as they are folded
    " а ага ай блин больше будет буду будем бы был была были было быстро в важно вам вас ваще вверх ведь "
    "верно весело весь"
    " вечер во вообще вот все всего всегда всем всех вчера вы где да давай даже дай два день для до добрыи "
    "добрыи долго"
    " друг друзья ее если есть еще жаль жду за завтра здесь здрасте здравствуйте и из или именно их ишь как "
    "какая какои"
    " кажется класс классно ко когда конечно короче красиво красиво круто кстати кто куда лады ли либо лишь "
    "лучше люблю"
    " люди мало меня мимо мне много может можно мои мол момент мы на над надо народ нас не него нее нельзя "
    "нет неа ни никто"
    " ничего но норм нормально ну о об огонь ого один ок она они оно опять от отлично ох очень пара перед "
    "пипец по под"
    " пожалуйста пойду пока понял понятно после потом потому почему правда правильно привет при просто прям "
    "рад ребят ребята"
    " с сам сами свои себе себя сегодня сеичас сколько скоро со согласен спасибо спокоинои стои страшно "
    "супер сюда так такая"
    " такие такои там твои те тебе тебя теперь то тоже только точно три тут ты у угу уж уже ура ух фу ха "
    "хаха ха хм хорошо"
    " хочу хоть че чего чем через что чтобы чуть эи эта эти это этот эх я";

constexpr std::string_view continuing =
    "it you me we they he she i u to of my your our his her their this that these those so not"
    " ich du er sie es wir ihr nicht das der die den ein eine"
    " que el ella yo tu lo los las la le les un una"
    " je il elle on nous vous ils pas ce c"
    " io lui lei noi voi loro non di che mi ti si"
    " eu ele ela voce voces nos nao o a"
    " я ты он она мы вы они не это в на и";

constexpr std::string_view stems =
    "app archive backup build client code config data demo docker file files game hello index init install "
    "lib main map"
    " mod mods module readme run script server settings setup src start test tests tool update util utils "
    "world license"
    " changelog todo notes screen video clip";

using word_set = std::unordered_set<std::string_view>;

word_set words_of(std::string_view text) {
    word_set words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin)
            words.insert(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

}  // namespace

bool is_everyday(std::string_view word) {
    static const word_set words = words_of(everyday);
    return words.contains(word);
}

bool continues_sentence(std::string_view word) {
    static const word_set words = words_of(continuing);
    return words.contains(word);
}

bool is_file_stem(std::string_view word) {
    static const word_set words = words_of(stems);
    return words.contains(word);
}

}  // namespace tiktok2twitch::relay
