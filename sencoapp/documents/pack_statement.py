"""The statement of a request: numbered paragraphs under the headings of the SEND Code of Practice 2015, 9.14, each with its source."""

from sencoapp.documents.content import Block, Heading, Paragraph, quiet
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.domain.statement import StatementLine
from sencoapp.reference import say

STATEMENT = "statement"
"""The section of a pack that prints it."""


def statement_blocks(snapshot: PackSnapshot, number: int) -> list[Block]:
    """The paragraphs are numbered through (Practice Direction No. 1 of 2025), so that a letter can name one."""
    statement = snapshot["statement"]
    blocks: list[Block] = [Paragraph(quiet(say("documents.statement_note")), small=True)]
    count = 0
    for part in statement["parts"]:
        blocks.append(Heading(part["heading"]))
        for line in part["lines"]:
            count += 1
            source = say("documents.statement_source", source=_source(snapshot, line))
            blocks.append(Paragraph((f"{number}.{count}  {line['text']} ", quiet(source))))
    blocks.append(Paragraph(quiet(say("documents.statement_owner", owner=statement["owner"])), small=True))
    return blocks


def _source(snapshot: PackSnapshot, line: StatementLine) -> str:
    if line["evidence"] is None:
        return line["source"]
    return say("documents.statement_evidence", letter=snapshot["evidence"][line["evidence"]]["letter"], source=line["source"])
