"""The sum behind a cost, as a person would write it down: in numbers that give the same pence again."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sencoapp import reference
from sencoapp.domain.added_costs import Charge, total
from sencoapp.domain.costing import Method, Part, planned_cost
from sencoapp.domain.provision import Provision, to_pence


def money(pence: int) -> str:
    """ "£1,238.40" for 123840 pence."""
    return f"£{pence // 100:,}.{pence % 100:02d}"


def exact_money(pence: Fraction) -> str:
    """Pounds to the penny where they are whole pence, else as fine as a year's sum needs it: "£17.20", "£0.285", "£17.276879"."""
    if pence.denominator == 1:
        return money(int(pence))
    return f"£{float(pence / 100):,.6f}".rstrip("0")


def number(value: Fraction) -> str:
    """ "12", "11.8", "0.33": to two places, without noughts at the end."""
    return f"{float(value):,.2f}".rstrip("0").rstrip(".")


def own_formula(provision: Provision, parts: Sequence[Part], charges: Sequence[Charge] = ()) -> str:
    """ "3 sessions × 30 minutes × £17.20 an hour × 12 weeks ÷ 4 pupils = £77.40"; a sum of several where something changed, or
    where there are materials, preparation or training."""
    terms = [*(_own_term(provision, each) for each in parts if each.shared_by), *(charge_words(each) for each in charges)]
    if not terms:
        return reference.say("costing.nothing_planned", cost=money(0))
    return reference.say("costing.sum", terms=" + ".join(terms), cost=money(to_pence(planned_cost(parts) + total(charges))))


def council_formula(
    method: Method, provision: Provision, parts: Sequence[Part], cost: Fraction | None, today: date, charges: Sequence[Charge] = ()
) -> str:
    """The same by the council's method, in its own terms."""
    if cost is None:
        return reference.say("costing.council_has_no_rate", method=method.title)
    sharing = [each for each in parts if each.shared_by]
    if method.weeks == "year":
        begun = [each for each in sharing if each.first <= today]
        sharing = begun[-1:] or sharing[:1]
    terms = [*(_council_term(method, provision, each) for each in sharing), *(charge_words(each) for each in charges)]
    if not terms:
        return reference.say("costing.nothing_planned", cost=money(0))
    return reference.say("costing.sum", terms=" + ".join(terms), cost=money(method.rounded(cost)))


def charge_words(charge: Charge) -> str:
    """ "£48.00 for Reading books ÷ 4 pupils", "20 minutes × £17.20 an hour for Planning, each week × 12 weeks ÷ 4 pupils"."""
    cost = charge.cost
    amount = money(cost.pence or 0)
    if charge.pay is not None:
        an_hour = charge.pay.pence_per_hour / max(1, charge.pay.adults)
        amount = reference.say("costing.charge_time", minutes=cost.minutes, rate=exact_money(an_hour))
    words = reference.say("costing.charge", amount=amount, what=cost.what)
    if cost.spread == "week":
        weeks = number(Fraction(charge.days, charge.of))
        word = reference.say("provision.week_one" if weeks == "1" else "provision.week_many")
        words += reference.say("costing.charge_weeks", weeks=weeks, weeks_word=word)
    elif charge.days != charge.of:
        words += reference.say("costing.charge_days", days=charge.days, of=charge.of)
    return words + (reference.say("costing.shared_by", pupils=charge.shared) if charge.shared > 1 else "")


def _own_term(provision: Provision, part: Part) -> str:
    sessions = format(provision.sessions_per_week.normalize(), "f")
    weeks = number(part.weeks)
    return reference.say(
        "costing.term_shared" if part.shared_by > 1 else "costing.term_alone",
        sessions=sessions,
        sessions_word=reference.say("provision.session_one" if sessions == "1" else "provision.session_many"),
        minutes=provision.minutes,
        rate=exact_money(part.pay.pence_per_hour),
        adults=reference.say("costing.of_adults", count=part.pay.adults) if part.pay.adults > 1 else "",
        weeks=weeks,
        weeks_word=reference.say("provision.week_one" if weeks == "1" else "provision.week_many"),
        pupils=part.shared_by,
    )


def _council_term(method: Method, provision: Provision, part: Part) -> str:
    minutes_a_week = Fraction(provision.minutes) * Fraction(provision.sessions_per_week)
    each_adult = part.pay.pence_per_hour / part.pay.adults
    rate = {"hour": each_adult, "minute": each_adult / 60, "weekly_hour": each_adult * method.weeks_a_year}[method.unit]
    words = {
        "rate": exact_money(rate),
        "hours": _hours(minutes_a_week),
        "minutes": number(minutes_a_week),
        "weeks": number(part.weeks),
        "year": method.weeks_a_year,
    }
    term = reference.say(f"costing.term_{method.unit}", **words)
    if part.pay.adults > 1:
        term += reference.say("costing.times_adults", count=part.pay.adults)
    if part.shared_by > 1:
        term += reference.say("costing.shared_by", pupils=part.shared_by)
    return term


def _hours(minutes: Fraction) -> str:
    """ "1.5", or "40 ÷ 60" where the hours have no end."""
    hours = minutes / 60
    return number(hours) if hours * 100 % 1 == 0 else f"{number(minutes)} ÷ 60"
