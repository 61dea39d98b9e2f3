"""Is a /refer likely direct business, the giver being the customer? It is only asked, so when in doubt: no."""

import re
from collections.abc import Collection

from bot.domain.alike import like, words
from bot.domain.mentions import usernames
from bot.domain.names import PersonName

INSIDE = "#inside"
"""Says outright that it is direct business."""
_MARK = re.compile(rf"(?<![\w#]){INSIDE}(?!\w)", re.IGNORECASE)

# In the form of `alike.words`: small letters without accents.
_ME = frozenset(
    words(
        "I me my myself mine self us we ourselves"
        " ik ikzelf mij mijzelf mezelf mijn zelf wij ons onszelf"
        " moi même je nous ich mich mir selbst selber wir uns"
    )
)
_BEFORE_A_NAME = frozenset(words("for voor pour für contact member lid membre Mitglied"))

# What is one's own, as in "for my company". "For my brother" is an introduction.
_MINE = r"(?:my|our|mijn|m'n|onze?|ons|mon|ma|notre|mein(?:e[mn]?)?|unsere?[mn]?)"
_THINGS = (
    r"(?:(?:new|own|nieuwe|eigen|nouve(?:au|lle)|neue[nrs]?)\s+)?"
    r"(?:company|business|firm|shop|store|office|practice|restaurant|house|home|car|team"
    r"|zaak|bedrijf|firma|winkel|kantoor|praktijk|huis|woning|auto|ploeg"
    r"|entreprise|société|boîte|boutique|magasin|bureau|cabinet|maison|voiture|équipe|commerce"
    r"|unternehmen|geschäft|laden|büro|praxis|haus|wohnung|betrieb)(?!\w)"
)
_MY_COMPANY = re.compile(rf"(?:(?:for|voor|pour|für)\s+)?{_MINE}\s+{_THINGS}", re.IGNORECASE)

# At the beginning of a clause: "I need a roof". After other words it may be anybody's: "he says I need to call".
_ORDER = re.compile(
    r"(?:(?:hi|hello|hey|hallo|hoi|dag|bonjour|salut|and|en|et|und)\s+)?(?:"
    r"(?:i|we)\s+(?:(?:also|really|urgently|still)\s+)?need\b(?!\s+(?:you|to\s+(?:tell|introduce|pass|refer))\b)"
    r"|(?:i\s+am|i'm|we\s+are|we're)\s+(?:also\s+)?looking\s+for\b"
    r"|(?:i|we)(?:\s+would|'d)?\s+(?:want|like)\s+(?:to\s+(?:buy|order|have)\s+)?(?:an?|new|some|my|our)\b"
    r"|(?:ik\s+zoek|wij\s+zoeken|we\s+zoeken)\b|(?:ik\s+ben|wij\s+zijn|we\s+zijn)\s+op\s+zoek\s+naar\b"
    r"|(?:ik\s+heb|wij\s+hebben|we\s+hebben)\s(?:.{0,60}\s)?nodig\b"
    r"|(?:ik\s+wil|ik\s+zou|wij\s+willen|we\s+willen)\s+(?:graag\s+)?(?:een|nieuwe|mijn|onze?)\b"
    r"|j'ai\s+(?:\w+\s+)?besoin\b|nous\s+avons\s+(?:\w+\s+)?besoin\b|il\s+(?:me|nous)\s+faut\b"
    r"|je\s+(?:re)?cherche\b|nous\s+(?:re)?cherchons\b|je\s+(?:voudrais|veux|souhaite)\s+(?:une?|des|mon|ma)\b"
    r"|(?:ich\s+(?:brauche|suche|benötige)|wir\s+(?:brauchen|suchen|benötigen))\b"
    r"|ich\s+(?:möchte|hätte|will)\s+(?:gerne?\s+)?(?:eine?n?|neue[nrs]?|meine?n?)\b"
    rf"|{_MINE}\s+{_THINGS}\s+(?:needs?|zoekt|heeft\s(?:.{{0,60}}\s)?nodig|a\s+besoin|cherche|braucht|sucht|benötigt)\b"
    r")",
    re.IGNORECASE,
)
# At the end of a clause: "a website for my company". In the middle it may be "calls for me on Monday".
_FOR_ME = re.compile(
    r"\b(?:for|voor|pour|für)\s+(?:me|myself|us|ourselves|mij|mezelf|mijzelf|ons|onszelf"
    rf"|moi(?:[- ]même)?|nous|mich(?:\s+selbst)?|uns|{_MINE}\s+{_THINGS})"
    r"(?:\s+(?:please|aub|alstublieft|svp|bitte|too|also|ook|aussi|auch))?$",
    re.IGNORECASE,
)
# "He works for me", "call her for me": somebody else is spoken of.
_SOMEBODY = re.compile(
    r"\b(?:he|she|they|him|his|hers?|their|them|who|whose|wants?|needs?|works?|worked|did|does|made|makes|built|builds"
    r"|calls?|asks?|asked|knows?|hij|zij|ze|hem|haar|hun|die|werkt|werkte|deed|doet|maakt|maakte|bouwde|bel|belt|vraagt"
    r"|wil|zoekt|ils?|elles?|lui|leur|sa|ses|qui|travaille|fait|veut|cherche|demande|appelle[rz]?"
    r"|er|sie|ihm|ihre?[mnrs]?|sein(?:e[mnrs]?)?|arbeitet|macht|machte|baute|fragt|sucht|anrufen)\b",
    re.IGNORECASE,
)
# "I need a roofer for my brother", "ik zoek een dakwerker voor Piet": that is an introduction.
_FOR_ANOTHER = re.compile(
    rf"\b(?i:for|voor|pour|für)\s+(?i:(?:{_MINE}|mes|an?|een|une?|eine?[mn]?|the|de|le|la|les|den|die)\s+)?(?i:"
    r"brother|sister|mother|father|parents?|son|daughter|wife|husband|partner|friends?|neighbou?rs?|clients?|customers?"
    r"|colleagues?|cousin|uncle|aunt|broer|zus|moeder|vader|ouders|zoon|dochter|vrouw|man|vriend(?:in)?|buur\w*|klant"
    r"|collega|neef|nicht|oom|tante|frère|sœur|soeur|mère|père|fils|fille|femme|mari|amie?|voisine?|cliente?"
    r"|collègue|cousine|bruder|schwester|mutter|vater|eltern|sohn|tochter|frau|freund(?:in)?|nachbarn?|kunden?|kundin"
    r"|kollegen?|kollegin)\b"
    r"|\b(?:for|voor|pour)\s+[A-Z]\w",
)
_SENTENCES = re.compile(r"[.!?;\n]+")
_CLAUSES = re.compile(r"[,:()]+|\s[-–—]+\s")


def take_out_mark(text: str) -> tuple[str, bool]:
    """`text` with blanks where #inside stood, so that all else keeps its place; and whether it stood there."""
    blanked = _MARK.sub(lambda mark: " " * len(mark[0]), text)
    return blanked, blanked != text


def is_oneself(contact: str, giver: PersonName) -> bool:
    """Is the contact the giver: by a word for oneself, the first name, the full name or the @username?"""
    said = [word for word in words(contact) if word not in _BEFORE_A_NAME]
    rest = " ".join(word for word in said if word not in _ME)
    if said and not rest:
        return True
    if _MY_COMPANY.fullmatch(contact):
        return True
    return any(map(like(rest), _names(giver)))


def reads_as_own_order(text: str) -> bool:
    """Does the text say in English, Dutch, French or German that it is the giver who needs something?"""
    return any(_is_own_order(sentence) for sentence in _SENTENCES.split(text.replace("’", "'")))


def names_fellow(
    contact: str, fellows: Collection[PersonName], *, marked: Collection[int] = (), has_details: bool = False
) -> bool:
    """Does the contact name one of `fellows` (the club's other members) and nobody besides?

    By a mention (the @username, or one that Telegram marks: the ids in `marked`), by the full name, or by the first
    name alone where one member only has it. The last not beside a phone number or e-mail address: a member's is
    known in the club, so that Carla is another.
    """
    mentioned = {name.lower() for name in usernames(contact)}
    said = set(words(contact))
    for person in fellows:
        if person.id in marked or (person.username or "").lower() in mentioned:
            own = {word for name in _names(person) for word in words(name)}
            if said <= own | _BEFORE_A_NAME:
                return True
    is_contact = like(contact)
    if any(person.last and is_contact(f"{person.first} {person.last}") for person in fellows):
        return True
    return not has_details and sum(is_contact(person.first) for person in fellows) == 1


def _names(person: PersonName) -> list[str]:
    names = [person.first, f"{person.first} {person.last or ''}", person.username or ""]
    return [name for name in names if words(name)]


def _is_own_order(sentence: str) -> bool:
    if _FOR_ANOTHER.search(sentence):
        return False
    clauses = [clause.strip() for clause in _CLAUSES.split(sentence)]
    if any(_ORDER.match(clause) for clause in clauses):
        return True
    return not _SOMEBODY.search(sentence) and any(_FOR_ME.search(clause) for clause in clauses)
