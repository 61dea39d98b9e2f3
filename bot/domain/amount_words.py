"""Words that stand around an amount, in Dutch, French, German and English.

Each constant is a regular expression for one of the words of its list, whole and in any letter case (the patterns they
become part of ignore it). In a list `_` stands for a space, and an apostrophe for both kinds.
"""

from bot.domain.currencies import SPACE

END = r"(?![^\W_])"
"""No letter or digit follows."""


def _any(*lists: str) -> str:
    longest_first = sorted(" ".join(lists).split(), key=len, reverse=True)
    words = "|".join(longest_first).replace("_", SPACE + "+").replace("'", "['’]")
    return rf"(?:{words}){END}"


MONEY = _any(
    "euro[a-z]* euro's eur dollars? usd pounds? gbp ponden? pond pfund livres? francs? frank franken s?frs? stutz chf",
    "cents? centen centimes? eurocents? cts? pence rappen kr kronen? kronor couronnes? kroon zł złoty zloty yen yuan",
    "roepies? rupees? rs lira pesos? dirhams? dinars? btc bitcoins? eth usdt [tkm]eur [tk]chf",
    # slang
    "quid bucks? tientjes? ballen piek knaken flappen balles? boules piasses briques? kröten mäuse tacken steine",
)
TIMES_MORE = _any(
    "tsd m mio mln mn mill mrd mia mld md bn bio lakh crore",  # short for thousands and more
    "hundreds? honderd(?:en)? hunderte? cents? thousands? duizend(?:en)? tausende? mille milliers? millions?",
    "miljoen(?:en)? millionen billions? miljard(?:en)? milliards? milliarden? ton tons tonnen tonnes?",
    "grand rug ruggen rooie_rug kop riesen meiers? mal",
    "percent procent prozent pct ct fr",
)
COUNTED = _any(
    # time
    "dagen uur uren minuten weken maanden jaar jaren days hours? minutes mins weeks months years jours heures? h",
    "semaines mois ans années tage tagen stunden uhr wochen monate monaten jahre jahren o'clock",
    # people and what they bring
    "klanten mensen personen gasten leden bezoekers bedrijven clients customers people persons guests members",
    "visitors companies personnes invités membres clientes visiteurs kunden leute gäste mitglieder besucher firmen",
    "volgers followers abonnés leads referrals introducties introductions contacten contacts kontakte prospects",
    "opdrachten aufträge meetings afspraken gesprekken termine projecten projets projects projekte",
    "doorverwijzingen empfehlungen",
    # measures
    "stuks stück pieces pcs pièces keer maal times fois sterren stars étoiles sterne punten points punkte",
    "m[23²³] km km/h kg cm mm ha kw kwh kwp lit(?:er|res?) gram grammes dozijn dozen douzaines? dutzend graden",
)
DESCRIBED = _any(
    "nieuwe leuke goede mooie fijne warme tevreden extra bijkomende andere new great good happy warm nice more other",
    "very nouveaux nouvelles bons bonnes beaux belles autres super top neue neuen tolle gute schöne weitere",
)
MONTHS = _any(
    "january february march april may june july august september october november december jan feb mar apr jun jul",
    "aug sept? oct nov dec januari februari maart mei juni juli augustus oktober mrt okt janvier février mars avril",
    "mai juin juillet août septembre octobre novembre décembre janv févr avr juil déc januar jänner februar märz",
    "dezember dez mär",
)
THANKS = _any(
    "thanks thank thx ty mercis? bedankt dankbaar danke? dankjes dankjewels? grazie bravos? groeten gr[uü](?:ß|ss)e",
    "bisous bises kisses hugs kus kussen kusjes küsse knuffels",
)
OFTEN = _any("keer maal mal times? fois x")
SHARE = _any("pro[cz]ent percent per_cent pour_cent reasons? redenen raisons gründe")
TAX = _any(
    "excl exclusief ex exkl incl inclusief inkl inc zzgl btw vat tva mwst ust ht htva ttc tvac hors",
    "netto nett? bruto brut brutto",
)
FOR = _any("voor for pour für via omzet umsatz turnover sales revenue business ca plus too ook aussi auch")
PERIOD = _any(
    "maand mnd md jaar jr week dag uur u stuk persoon kwartaal month mo year yr day hour hr piece person quarter",
    "mois année an semaine jour heure h pièce personne trimestre monat jahr woche tag stunde std stück quartal mt",
)
REGULARLY = _any(
    "maandelijkse? jaarlijkse? wekelijkse? monthly yearly annually weekly mensuel(?:le|lement|s)? annuel(?:le|s)?",
    r"hebdo monatlich jährlich wöchentlich pm p\.m p\.j p\.a p\.u p\.p p/[mju] each apiece",
)
BETWEEN = _any("en et und and plus of or ou oder à a tot to bis till? until jusqu'à op sur von out_of")
ABOUT = _any(
    "ca circa cca zirka env environ ong ongeveer approx approximately roughly about around some bijna ruim zowat",
    "krap minstens minimaal max maximaal tot rond rond_de zo'n plusminus plm om_en_bij om_en_bij_de een_kleine",
    "meer_dan minder_dan boven_de naar_schatting presque près_de plus_de moins_de un_peu_plus_de à_peu_près",
    "autour_de aux_alentours_de dans_les quelque jusqu'à au_moins etwa ungefähr rund fast knapp gut über mehr_als",
    "weniger_als mindestens bis_zu at_least more_than less_than over under up_to almost nearly just_over just_under",
    "close_to a_cool a_good",
)
IT_WAS = _any(
    "for voor pour für goed_voor worth bedrag montant betrag amount totaal total totale summe omzet umsatz turnover",
    "revenue sales business an? een une? eine?n?",
)
# Parts of numbers in words, as Dutch and German glue them together.
SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thir teen fif eigh twenty thirty forty fifty sixty"
    " seventy eighty ninety een één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien twintig"
    " dertig veertig vijftig zestig zeventig tachtig negentig en ën half halve anderhalf anderhalve un une deux trois"
    " quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante"
    " soixante septante octante huitante nonante et demi demie ein eins eine einen zwei fünf sechs sieben neun zehn"
    " zwölf zwanzig dreißig dreissig vierzig fünfzig sechzig siebzig sech sieb achtzig neunzig und halbe anderthalb"
    " a an and few couple several some paar enkele enige quelques plusieurs ein einige mehrere dizaine dizaines"
    " vingtaine trentaine centaine centaines"
)
LARGE = (
    "hundred hundreds honderd honderden hundert hunderte cent cents thousand thousands duizend duizenden tausend"
    " tausende mille milliers millier million millions miljoen miljoenen millionen billion billions miljard miljarden"
    " milliard milliards milliarde milliarden ton tons tonnen grand ruggen rug lakh crore"
)
