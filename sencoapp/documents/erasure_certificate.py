"""The certificate of an erasure: how much, by whom, why, and how it can be checked. It names nobody."""

from datetime import date

from sencoapp.documents.content import Block, Bullets, Column, Content, Grid, Heading, Notice, Pairs, Paragraph, Part, Row, Title
from sencoapp.documents.phrases import day_of, joined, known
from sencoapp.domain.dates import full_date
from sencoapp.domain.erasure_content import ErasureContent
from sencoapp.reference import say
from sencoapp.services.record_words import kind_words


def erasure_certificate_content(content: ErasureContent) -> Content:
    """The certificate's words."""
    made_on = date.fromisoformat(content["made_on"])
    day = full_date(made_on)
    foot = say("leaving.certificate_foot", school=content["school"], day=day)
    total = sum(count for _, count in content["kinds"])
    span = joined((day_of(content["first_on"]), day_of(content["last_on"])), say("leaving.until_between"))
    counts = say("leaving.certificate_counts", things=f"{total:,}", saves=f"{content['saves']:,}", files=f"{content['files']:,}")
    blocks: tuple[Block, ...] = (
        Title(say("leaving.certificate_title"), say("leaving.certificate_note"), large=True),
        Pairs(
            (
                (say("leaving.certificate_school"), content["school"]),
                (say("leaving.certificate_day"), day),
                (say("leaving.certificate_by"), content["by"]),
                (say("leaving.certificate_pupil"), content["initials"]),
                (say("leaving.certificate_rule"), f"{content['rule']}\n{content['citation']}"),
                (say("leaving.certificate_reason"), content["reason"]),
            )
        ),
        Heading(say("leaving.certificate_what")),
        Paragraph(joined((counts, span and say("leaving.certificate_span", span=span)), " "), keep=True),
        Grid(
            (Column(say("leaving.certificate_kind"), 0.75), Column(say("leaving.certificate_number"), 0.25, number=True)),
            [Row((kind_words(kind), f"{count:,}")) for kind, count in content["kinds"]],
            say("leaving.certificate_what"),
            (say("documents.total"), f"{total:,}"),
        ),
        Notice(say("leaving.certificate_left"), [say(f"leaving.certificate_left_{each}") for each in (1, 2)]),
        Heading(say("leaving.certificate_backups")),
        Bullets(content["backups"] or [say("leaving.no_backups")]),
        Heading(say("leaving.certificate_proof")),
        Paragraph(say("leaving.certificate_proof_words", save=f"{content['save']:,}")),
        Pairs(
            (
                (say("leaving.certificate_id"), content["erasure"]),
                (say("leaving.certificate_upn"), known(content["upn_sha256"])),
                (say("leaving.certificate_before"), content["log_before"]),
                (say("leaving.certificate_after"), content["log_after"]),
            )
        ),
    )
    return Content(
        title=say("leaving.certificate_title"),
        author=content["by"],
        subject=say("leaving.certificate_note"),
        head=content["school"],
        foot=say("documents.demo_foot", foot=foot) if content["demo"] else foot,
        made_on=made_on,
        parts=(Part(say("leaving.certificate_title"), blocks, one_page=True),),
    )
