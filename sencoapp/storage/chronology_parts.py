"""What a chronology is made of: one question a kind of dated thing, each with the same eleven columns.

``{seen}`` stands where the conditions of a person's sight go in. Whatever has no date is not in a chronology.
"""

from dataclasses import dataclass

COLUMNS = "kind, id, day, title, text, who, area, detail, noted_at, confidential, author"


@dataclass(frozen=True)
class Part:
    """``of`` is the kind of thing in the record that a sight is asked about, and its table."""

    of: str
    sql: str


_AREA_OF_NEED = "(SELECT value FROM json_each(:areas) WHERE key = sen_need.sen_type)"
_WRITTEN = "(SELECT substr(at, 1, 10) FROM change_set WHERE n = {table}.made_n)"
_PROFESSIONAL = """(SELECT coalesce(p.name || coalesce(', ' || p.role, ''), p.organisation, '') FROM professional p
    WHERE p.id = involvement.professional)"""
_MOST_PRESENT = 9  # of ten sessions: who misses a tenth is persistently absent (Working together to improve school attendance, DfE)

PARTS = {
    "observation": Part(
        "observation",
        """SELECT 'observation', id, happened_on, kind, iif(confidential IS 1, '', text), author_name, area,
        json_array(setting, iif(confidential IS 1, NULL, lesson), iif(confidential IS 1 OR NOT :sees_outcomes, NULL,
          (SELECT o.text FROM outcome o WHERE o.id = observation.outcome AND o.removed = 0)), iif(confidential IS 1, NULL, outcome_rating)),
        noted_at, coalesce(confidential, 0), author
        FROM observation WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "cycle": Part(
        "cycle",
        """SELECT 'cycle', id, starts_on, 'cycle_began', coalesce(assess_summary, ''), coalesce(agreed_with, ''), NULL,
        CAST(number AS TEXT), NULL, 0, ''
        FROM cycle WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "review": Part(
        "cycle",
        """SELECT 'review', id, coalesce(reviewed_on, closed_on), 'cycle_closed', coalesce(review_summary, ''),
        coalesce(review_attended_by, ''), NULL, CAST(number AS TEXT), NULL, 0, ''
        FROM cycle WHERE pupil = :pupil AND removed = 0 AND closed_on IS NOT NULL{seen}""",
    ),
    "status": Part(
        "sen_status",
        """SELECT 'status', id, starts_on, code, coalesce(reason, ''), '', NULL, '', NULL, 0, ''
        FROM sen_status WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "need": Part(
        "sen_need",
        f"""SELECT 'need', id, starts_on, sen_type, coalesce(description, ''), '', {_AREA_OF_NEED}, '', NULL, 0, ''
        FROM sen_need WHERE pupil = :pupil AND removed = 0 AND starts_on IS NOT NULL{{seen}}""",
    ),
    "need_ended": Part(
        "sen_need",
        f"""SELECT 'need_ended', id, ends_on, sen_type, '', '', {_AREA_OF_NEED}, '', NULL, 0, ''
        FROM sen_need WHERE pupil = :pupil AND removed = 0 AND ends_on <= :today{{seen}}""",
    ),
    "diagnosis": Part(
        "diagnosis",
        """SELECT 'diagnosis', id, given_on, what, coalesce(note, ''), coalesce(given_by, ''), NULL,
        iif(waiting IS 1, 'waiting', ''), NULL, 0, '' FROM diagnosis WHERE pupil = :pupil AND removed = 0 AND given_on IS NOT NULL{seen}""",
    ),
    "document": Part(
        "document",
        """SELECT 'document', id, coalesce(document_on, substr(added_at, 1, 10)), kind, title,
        coalesce(author_name, organisation, ''), NULL, CAST(coalesce(pages, 0) AS TEXT), added_at, coalesce(confidential, 0), ''
        FROM document WHERE pupil = :pupil AND removed = 0 AND observation IS NULL{seen}""",
    ),
    "measured": Part(
        "data_point",
        """SELECT 'measured', data_point.id, data_point.measured_on, data_point.value,
        o.text || coalesce(char(10) || nullif(data_point.note, ''), ''), data_point.author_name, o.area, '', NULL, 0, data_point.author
        FROM data_point JOIN outcome o ON o.id = data_point.outcome AND o.removed = 0
        WHERE data_point.pupil = :pupil AND data_point.removed = 0{seen}""",
    ),
    "meeting": Part(
        "meeting",
        """SELECT 'meeting', id, held_on, coalesce(kind, 'review'), coalesce(notes, ''),
        coalesce((SELECT group_concat(json_extract(value, '$.name'), ', ') FROM json_each(meeting.attendees)
          WHERE json_extract(value, '$.came') = 'came'), ''), NULL, '', NULL, 0, ''
        FROM meeting WHERE pupil = :pupil AND removed = 0
        AND NOT EXISTS (SELECT 1 FROM cycle c WHERE c.id = meeting.cycle AND c.closed_on IS NOT NULL){seen}""",
    ),
    "correction": Part(
        "cycle_correction",
        """SELECT 'correction', id, substr(noted_at, 1, 10), about, text || char(10) || reason, author_name, NULL,
        coalesce((SELECT CAST(number AS TEXT) FROM cycle c WHERE c.id = cycle_correction.cycle), ''), noted_at, 0, author
        FROM cycle_correction WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "plan_copy": Part(
        "plan_copy",
        """SELECT 'plan_copy', id, given_on, given_to, coalesce(how, ''), given_to, NULL,
        coalesce((SELECT CAST(number AS TEXT) FROM cycle c WHERE c.id = plan_copy.cycle), ''), NULL, 0, ''
        FROM plan_copy WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "case_opened": Part(
        "council_case",
        """SELECT 'case_opened', id, opened_on, kind, coalesce(title, ''),
        coalesce((SELECT name FROM staff_member s WHERE s.id = owner), ''), NULL, '', NULL, 0, ''
        FROM council_case WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "case_closed": Part(
        "council_case",
        """SELECT 'case_closed', id, closed_on, kind, coalesce(title, ''), '', NULL, coalesce(ended_as, ''), NULL, 0, ''
        FROM council_case WHERE pupil = :pupil AND removed = 0 AND closed_on IS NOT NULL{seen}""",
    ),
    "view": Part(
        "view",
        """SELECT 'view', id, given_on, whose, iif(confidential IS 1, '', coalesce(text, absent_because, '')),
        coalesce(said_by, ''), NULL, coalesce(method, ''), NULL, coalesce(confidential, 0), ''
        FROM view WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "staff_asked": Part(
        "round_robin",
        """SELECT 'staff_asked', id, asked_on, title,
        coalesce((SELECT group_concat(staff_name, ', ') FROM round_robin_ask a WHERE a.round_robin = round_robin.id AND a.removed = 0), ''),
        author_name, NULL, due_on, NULL, 0, author
        FROM round_robin WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "staff_answered": Part(
        "round_robin_answer",
        """SELECT 'staff_answered', round_robin_answer.id, answered_on, r.title,
        coalesce((SELECT group_concat(json_extract(q.value, '$.text') || char(10) || a.value, char(10))
          FROM json_each(r.questions) q JOIN json_each(round_robin_answer.answers) a ON a.key = q.key WHERE a.value <> ''), ''),
        coalesce((SELECT staff_name FROM round_robin_ask k WHERE k.id = round_robin_answer.ask), round_robin_answer.author_name),
        NULL, '', NULL, 0,
        round_robin_answer.author
        FROM round_robin_answer JOIN round_robin r ON r.id = round_robin_answer.round_robin AND r.removed = 0
        WHERE round_robin_answer.pupil = :pupil AND round_robin_answer.removed = 0{seen}""",
    ),
    "involvement": Part(
        "involvement",
        f"""SELECT 'involvement', id, starts_on, 'began', coalesce(reason, ''), {_PROFESSIONAL}, NULL, '', NULL, 0, ''
        FROM involvement WHERE pupil = :pupil AND removed = 0 AND starts_on IS NOT NULL{{seen}}""",
    ),
    "involvement_ended": Part(
        "involvement",
        f"""SELECT 'involvement_ended', id, ends_on, 'ended', '', {_PROFESSIONAL}, NULL, '', NULL, 0, ''
        FROM involvement WHERE pupil = :pupil AND removed = 0 AND ends_on <= :today{{seen}}""",
    ),
    "recommendation": Part(
        "recommendation",
        f"""SELECT 'recommendation', id,
        coalesce((SELECT document_on FROM document d WHERE d.id = recommendation.document), {_WRITTEN.format(table="recommendation")}),
        '', text, iif(:sees_professionals,
          coalesce((SELECT {_PROFESSIONAL} FROM involvement WHERE involvement.id = recommendation.involvement), ''), ''),
        NULL, coalesce(in_use, ''), NULL, 0, ''
        FROM recommendation WHERE pupil = :pupil AND removed = 0{{seen}}""",
    ),
    "joined": Part(
        "provision_place",
        """SELECT 'joined', provision_place.id, coalesce(provision_place.starts_on, v.starts_on), v.title, coalesce(v.aim, ''),
        v.delivered_by, v.area, '', NULL, 0, ''
        FROM provision_place JOIN provision v ON v.id = provision_place.provision AND v.removed = 0
        WHERE pupil = :pupil AND provision_place.removed = 0{seen}""",
    ),
    "left": Part(
        "provision_place",
        """SELECT 'left', provision_place.id, coalesce(provision_place.ends_on, v.ends_on), v.title, '',
        v.delivered_by, v.area, '', NULL, 0, ''
        FROM provision_place JOIN provision v ON v.id = provision_place.provision AND v.removed = 0
        WHERE pupil = :pupil AND provision_place.removed = 0 AND coalesce(provision_place.ends_on, v.ends_on) < :today{seen}""",
    ),
    # One line a provision and half term, on the day of its last session; a session that two people ticked counts once.
    "sessions": Part(
        "session_mark",
        """SELECT 'sessions', m.provision || ' ' || min(m.happened_on), max(m.happened_on), v.title, '', v.delivered_by, v.area,
        sum(m.result IN ('ran', 'short', 'left_early')) || ' ' || sum(m.result = 'absent') || ' ' || sum(m.result = 'missed')
          || ' ' || sum(m.minutes), NULL, 0, ''
        FROM (SELECT *, row_number() OVER (PARTITION BY provision, happened_on, number ORDER BY made_n DESC, rowid DESC) AS nth
          FROM session_mark WHERE pupil = :pupil AND removed = 0{seen}) m
        JOIN provision v ON v.id = m.provision
        LEFT JOIN json_each(:halves) h ON m.happened_on BETWEEN h.value ->> 0 AND h.value ->> 1
        WHERE m.nth = 1 AND m.result <> 'not_due' GROUP BY m.provision, coalesce(h.key, substr(m.happened_on, 1, 7))""",
    ),
    "suspension": Part(
        "suspension",
        """SELECT 'suspension', id, starts_on, kind, coalesce(note, ''), '', NULL, coalesce(CAST(sessions AS TEXT), ''), NULL, 0, ''
        FROM suspension WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "attendance": Part(
        "attendance_year",
        f"""SELECT 'attendance', id, min((year + 1) || '-08-31', {_WRITTEN.format(table="attendance_year")}), year, '',
        coalesce(school, ''), NULL, round(100.0 * sessions_attended / sessions_possible, 1) || '', NULL, 0, ''
        FROM attendance_year WHERE pupil = :pupil AND removed = 0 AND sessions_possible > 0
          AND sessions_attended * 10 <= sessions_possible * {_MOST_PRESENT}{{seen}}""",
    ),
    "attendance_now": Part(
        "pupil",
        f"""SELECT 'attendance_now', id, (SELECT substr(c.at, 1, 10) FROM head h JOIN change_set c ON c.n = h.n
          WHERE h.entity = pupil.id AND h.field = 'sessions_attended' ORDER BY h.n DESC LIMIT 1), coalesce(attendance_year, ''), '', '',
        NULL, round(100.0 * sessions_attended / sessions_possible, 1) || '', NULL, 0, ''
        FROM pupil WHERE id = :pupil AND sessions_possible > 0 AND sessions_attended * 10 <= sessions_possible * {_MOST_PRESENT}
          AND NOT EXISTS (SELECT 1 FROM attendance_year a WHERE a.pupil = pupil.id AND a.removed = 0 AND a.year = pupil.attendance_year)
          {{seen}}""",
    ),
    "pack": Part(
        "pack",
        """SELECT 'pack', id, substr(made_at, 1, 10), CAST(version AS TEXT), '',
        coalesce((SELECT name FROM staff_member s WHERE s.id = pack.made_by), ''), NULL, request, made_at, 0, ''
        FROM pack WHERE pupil = :pupil AND removed = 0 AND council_case IS NULL{seen}""",
    ),
    "bundle": Part(
        "pack",
        """SELECT 'bundle', id, substr(made_at, 1, 10), CAST(version AS TEXT), '',
        coalesce((SELECT name FROM staff_member s WHERE s.id = pack.made_by), ''), NULL, council_case, made_at, 0, ''
        FROM pack WHERE pupil = :pupil AND removed = 0 AND council_case IS NOT NULL{seen}""",
    ),
    "sign_off": Part(
        "sign_off",
        """SELECT 'sign_off', id, signed_on, '', '', signed_by, NULL, request, noted_at, 0, ''
        FROM sign_off WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "request": Part(
        "submission",
        """SELECT 'request', id, substr(coalesce(received_at, begun_at), 1, 10), iif(received_at IS NULL, 'sending', 'received'),
        '', '', NULL, request, begun_at, 0, ''
        FROM submission WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "sent": Part(
        "sent_otherwise",
        """SELECT 'sent', id, sent_on, how, coalesce(sent_to, ''),
        coalesce((SELECT name FROM staff_member s WHERE s.id = sent_otherwise.noted_by), ''), NULL, request, noted_at, 0, ''
        FROM sent_otherwise WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "council": Part(
        "case_event",
        """SELECT 'council', id, substr(at, 1, 10), kind, coalesce(text, ''), '', NULL, coalesce(decision, status, ''), at, 0, ''
        FROM case_event WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "given_out": Part(
        "disclosure",
        """SELECT 'given_out', id, substr(at, 1, 10), what, purpose,
        coalesce((SELECT name FROM staff_member s WHERE s.id = disclosure.by), ''), NULL, recipient, at, 0, ''
        FROM disclosure WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "arrival": Part(
        "arrival",
        """SELECT 'arrival', id, substr(received_at, 1, 10), school, '', received_by, NULL, '', received_at, 0, ''
        FROM arrival WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
    "hand_over": Part(
        "hand_over",
        """SELECT 'hand_over', id, substr(made_at, 1, 10), school, '', made_by, NULL, '', made_at, 0, ''
        FROM hand_over WHERE pupil = :pupil AND removed = 0{seen}""",
    ),
}
"""By the kind of entry. To add a kind: a part here, its words in ``services.chronology``."""
