"""What a club brings: to a member about themself, and to the group about all, without anyone's amount."""

from markupsafe import Markup

from bot.domain.value import GOOD_NETWORK, Share
from bot.services.value import ClubReturn, LeftOut, OwnReturn
from bot.texts import questions
from bot.texts.language import Language


def own(lang: Language, club: str, shown: OwnReturn) -> Markup:
    """One's own return from a club."""
    said = [
        lang.t("What <b>{club}</b> brings you", club=club),
        lang.n(
            "The others gave you <b>{count}</b> referral, <b>{won}</b> of them became business.",
            "The others gave you <b>{count}</b> referrals, <b>{won}</b> of them became business.",
            shown.given,
            won=shown.won,
        ),
    ]
    if shown.share is None:
        said.append(lang.t("What came of one? <code>/thanks @name amount</code> in the group."))
    else:
        share, goal = lang.percent(shown.share.percent), lang.percent(GOOD_NETWORK)
        said.append(_indirect(lang, share, is_by_amount=shown.is_by_amount))
        said.append(lang.t("In a good network it is {goal}.", goal=goal))
    return Markup("\n").join([*said, *_left_out(lang, shown.left_out)])


def _indirect(lang: Language, share: str, *, is_by_amount: bool) -> Markup:
    if is_by_amount:
        return lang.t("Of what you earned, <b>{share}</b> came through the second degree and further.", share=share)
    return lang.t("Of your thanks, <b>{share}</b> were for the second degree and further.", share=share)


def club(lang: Language, shown: ClubReturn) -> Markup:
    """The club's return, for the group."""
    said = [lang.t("📈 <b>Through people you know, {year} so far</b>", year=shown.year)]
    if shown.shares.count is None:
        said.append(lang.t("No business to count yet. What came of a referral? <code>/thanks @name amount</code>"))
    else:
        said.append(
            lang.n(
                "Of {count} thanks: <b>{share}</b>",
                "Of {count} thanks: <b>{share}</b>",
                shown.shares.count.whole,
                share=lang.percent(shown.shares.count.percent),
            )
            + _before(lang, shown.before.count)
        )
        if shown.shares.amount is None:
            said.append(lang.t("By amount: too few for a figure"))
        else:
            share = lang.percent(shown.shares.amount.percent)
            said.append(lang.t("By amount: <b>{share}</b>", share=share) + _before(lang, shown.before.amount))
        said.append(lang.t("A good network reaches {goal}.", goal=lang.percent(GOOD_NETWORK)))
    said += _left_out(lang, shown.left_out)
    if shown.without:
        said.append(
            lang.n(
                "{count} member received no referral in the last six weeks.",
                "{count} members received no referral in the last six weeks.",
                shown.without,
            )
        )
    if shown.questions:
        said += [Markup(""), lang.t("<b>Have the other members given you many referrals?</b>")]
        said += [questions.month(lang, each, is_over=each.month < shown.this_month) for each in shown.questions]
    said.append(lang.t("Your own figures: <code>/value</code> in private."))
    return Markup("\n").join(said)


def in_private(lang: Language) -> Markup:
    """In a group whose return is for its admins."""
    return lang.t("What the club's referrals brought is for its admins, in private; your own figures are there too.")


def _before(lang: Language, share: Share | None) -> Markup:
    if share is None:
        return Markup("")
    return Markup(" ") + lang.t("(a year before {share})", share=lang.percent(share.percent))


def _left_out(lang: Language, left_out: LeftOut) -> list[Markup]:
    said = []
    if left_out.untold:
        said.append(
            lang.n(
                "{count} thanks is left out: nobody said who the customer was.",
                "{count} thanks are left out: nobody said who the customer was.",
                left_out.untold,
            )
        )
    if left_out.foreign:
        said.append(
            lang.n(
                "{count} amount in another currency is left out.",
                "{count} amounts in another currency are left out.",
                left_out.foreign,
            )
        )
    return said
