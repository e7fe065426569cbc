"""A small school whose provision map was worked out by hand, on paper, to the penny.

The map is of 2 to 27 November 2026: four weeks of five school days. Today is Tuesday 24 November: seventeen of them have begun.

| provision                        | planned                                    | to date                                            |
|----------------------------------|--------------------------------------------|----------------------------------------------------|
| Talk Boost, Mrs Lacey, £17.20    | 12 sessions, 360 min, 6 h x £17.20         | 4 held, 1 missed: 30 + 20 + 30 + 30 = 110 min;     |
| group of 4, two places taken     | = £103.20, a quarter is £25.80             | two adults in the last: 140 min x £17.20           |
|                                  |                                            | = £40.13, a quarter is £10.03, half is £20.07      |
| Talk Boost, Miss Tan, £20.00     | 4 sessions, 180 min, 3 h x £20 = £60.00;   | none                                               |
| one to one, Zac then Noor        | half of the days each: £30.00              |                                                    |
| Word recall, £17.20, group of 2, | 4 sessions, 160 min = £45.87; four pupils  | 2 held, 80 min; two pupils in each: 40 min x       |
| four take turns                  | share it: £11.47 each; each has 160 min, less  | £17.20 / 2 = £5.73 each                            |
|                                  | the 40 of a turn that was not theirs       |                                                    |
| Named support, £16.55, alone     | 20 sessions, 1,200 min = £331.00           | 3 held, 180 min = £49.65                           |
"""

from datetime import date
from decimal import Decimal
from typing import Any

from sencoapp.app import Workplace
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.provision_map import MapQuery, Period
from sencoapp.domain.record import Amend
from sencoapp.services import delivery, provision
from tests.places import add_pupil

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 27)
QUERY = MapQuery(Period(FIRST, LAST))

PLANNED, SPENT = 540_08, 112_70
"""The totals: 103.20 + 60.00 + 4 x 11.47 + 331.00, and 2 x 10.03 + 20.07 + 4 x 5.73 + 49.65."""
BY_LINE = {
    "Specialist": (20, 3, 1200, 180, 331_00, 49_65),
    "Specialist/Named support": (20, 3, 1200, 180, 331_00, 49_65),
    "Specialist/Named support/Kian Osei": (20, 3, 1200, 180, 331_00, 49_65),
    "Targeted": (20, 6, 700, 190, 209_08, 63_05),
    "Targeted/Talk Boost": (16, 4, 540, 110, 163_20, 40_13),
    "Targeted/Talk Boost/Mrs Lacey": (12, 4, 360, 110, 103_20, 40_13),
    "Targeted/Talk Boost/Mrs Lacey/Ava Brennan": (12, 4, 360, 80, 25_80, 10_03),
    "Targeted/Talk Boost/Mrs Lacey/Kian Osei": (12, 4, 360, 110, 25_80, 10_03),
    "Targeted/Talk Boost/Mrs Lacey/Places not taken": (0, 0, 0, 0, 51_60, 20_07),
    "Targeted/Talk Boost/Miss Tan": (4, 0, 180, 0, 60_00, 0),
    "Targeted/Talk Boost/Miss Tan/Noor Aziz": (2, 0, 90, 0, 30_00, 0),
    "Targeted/Talk Boost/Miss Tan/Zac Marlow": (2, 0, 90, 0, 30_00, 0),
    "Targeted/Word recall": (4, 2, 160, 80, 45_88, 22_92),
    "Targeted/Word recall/Noor Aziz": (4, 1, 120, 40, 11_47, 5_73),
    "Targeted/Word recall/Ava Brennan": (4, 1, 120, 40, 11_47, 5_73),
    "Targeted/Word recall/Zac Marlow": (4, 1, 120, 40, 11_47, 5_73),
    "Targeted/Word recall/Kian Osei": (4, 1, 120, 40, 11_47, 5_73),
}
"""Sessions planned, held; minutes planned, had; pence planned, to date."""


def values(**other: Any) -> dict[str, Any]:
    return {
        "title": "Talk Boost",
        "wave": "targeted",
        "delivered_by": "Mrs Lacey",
        "staff_role": "Teaching assistant",
        "area": "ci",
        "pence_per_hour": 1720,
        "sessions_per_week": Decimal(3),
        "minutes": 30,
        "weeks": 4,
        "group_size": 4,
        "starts_on": FIRST,
        **other,
    }


class MapSchool:
    """Four pupils, four provisions, and the sessions of November."""

    def __init__(self, place: Workplace) -> None:
        session = place.session
        self.kian = add_pupil(place).id
        self.ava = add_pupil(place, "Brennan", "Ava", year="2", reg_group="2B").id
        self.zac = add_pupil(place, "Marlow", "Zac", year="2", reg_group="2B").id
        self.noor = add_pupil(place, "Aziz", "Noor", year="4").id
        self.lacey = provision.add_provision(session, values(), [self.kian, self.ava])[0].id
        alone = values(delivered_by="Miss Tan", pence_per_hour=2000, sessions_per_week=Decimal(1), minutes=45, group_size=1)
        self.tan = provision.add_provision(session, alone, [self.zac, self.noor])[0].id
        turns = values(title="Word recall", delivered_by="Miss Tan", area="cl", sessions_per_week=Decimal(1), minutes=40, group_size=2)
        self.recall = provision.add_provision(session, turns, [self.kian, self.ava, self.zac, self.noor])[0].id
        named = values(title="Named support", wave="specialist", area=None, pence_per_hour=1655, sessions_per_week=Decimal(5), minutes=60)
        self.named = provision.add_provision(session, {**named, "group_size": 1}, [self.kian])[0].id
        self._change_places(place)
        self._tick(place)

    def _change_places(self, place: Workplace) -> None:
        """Zac's place with Miss Tan ends on the second Friday; Noor's begins on the Monday after."""

        places = {each.pupil: each.id for each in place.session.record.find(ProvisionPlace, provision=self.tan)}
        edits = [
            Amend(ProvisionPlace, places[self.zac], {"ends_on": date(2026, 11, 13)}),
            Amend(ProvisionPlace, places[self.noor], {"starts_on": date(2026, 11, 16)}),
        ]
        place.session.record.save(edits, action="leave_provision", actor=place.session.actor)

    def _tick(self, place: Workplace) -> None:
        session = place.session
        delivery.tick_session(session, self.lacey, date(2026, 11, 2), "ran")
        delivery.tick_session(session, self.lacey, date(2026, 11, 4), "short", minutes=20)
        delivery.tick_session(session, self.lacey, date(2026, 11, 6), "ran")
        delivery.mark_pupil(session, self.lacey, date(2026, 11, 6), self.ava, "absent")
        delivery.tick_session(session, self.lacey, date(2026, 11, 9), "missed", reason="no_room")
        delivery.tick_session(session, self.lacey, date(2026, 11, 11), "ran", adults=2)
        for day, not_due in ((3, (self.zac, self.noor)), (10, (self.kian, self.ava))):
            delivery.tick_session(session, self.recall, date(2026, 11, day), "ran")
            for pupil in not_due:
                delivery.mark_pupil(session, self.recall, date(2026, 11, day), pupil, "not_due")
        for day in (2, 3, 4):
            delivery.tick_session(session, self.named, date(2026, 11, day), "ran")
