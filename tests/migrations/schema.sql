CREATE INDEX access_request_by_pupil ON access_request (pupil);

CREATE INDEX answer_by_request ON answer (request);

CREATE INDEX arrival_by_pupil ON arrival (pupil);

CREATE INDEX attendance_year_by_pupil ON attendance_year (pupil);

CREATE INDEX bundle_paper_by_council_case ON bundle_paper (council_case);

CREATE INDEX bundle_paper_by_pupil ON bundle_paper (pupil);

CREATE INDEX case_date_by_case ON case_date (council_case);

CREATE INDEX case_date_by_pupil ON case_date (pupil);

CREATE INDEX case_event_by_pupil ON case_event (pupil);

CREATE INDEX case_event_by_submission ON case_event (submission, seq);

CREATE INDEX case_step_by_case ON case_step (council_case);

CREATE INDEX case_step_by_pupil ON case_step (pupil);

CREATE INDEX change_set_by_action ON change_set (action, at, n);

CREATE INDEX change_set_by_stream ON change_set (stream, n);

CREATE INDEX contact_by_pupil ON contact (pupil);

CREATE INDEX council_case_by_pupil ON council_case (pupil);

CREATE INDEX council_case_by_request ON council_case (request);

CREATE INDEX cycle_by_pupil ON cycle (pupil, number);

CREATE INDEX cycle_by_review ON cycle (review_due_on) WHERE closed_on IS NULL;

CREATE INDEX cycle_correction_by_cycle ON cycle_correction (cycle);

CREATE INDEX cycle_correction_by_pupil ON cycle_correction (pupil);

CREATE INDEX data_point_by_outcome ON data_point (outcome, measured_on);

CREATE INDEX data_point_by_pupil ON data_point (pupil);

CREATE INDEX diagnosis_by_pupil ON diagnosis (pupil);

CREATE INDEX disclosure_by_pupil ON disclosure (pupil);

CREATE INDEX document_by_observation ON document (observation) WHERE observation IS NOT NULL;

CREATE INDEX document_by_pupil ON document (pupil);

CREATE INDEX evidence_link_by_cycle ON evidence_link (cycle);

CREATE INDEX evidence_link_by_source ON evidence_link (source);

CREATE INDEX file_look_by_pupil ON file_look (pupil);

CREATE INDEX gap_note_by_request ON gap_note (request);

CREATE INDEX hand_over_by_pupil ON hand_over (pupil);

CREATE INDEX head_removed ON head (n) WHERE field = '_removed';

CREATE INDEX involvement_by_professional ON involvement (professional);

CREATE INDEX involvement_by_pupil ON involvement (pupil);

CREATE INDEX involvement_report_by_pupil ON involvement_report (pupil);

CREATE INDEX legal_hold_by_pupil ON legal_hold (pupil);

CREATE INDEX meeting_by_cycle ON meeting (cycle);

CREATE INDEX meeting_by_pupil ON meeting (pupil, held_on);

CREATE INDEX observation_by_day ON observation (happened_on DESC, n DESC);

CREATE INDEX observation_by_pupil ON observation (pupil, happened_on DESC, id DESC);

CREATE INDEX observation_removed ON observation (happened_on) WHERE removed = 1;

CREATE INDEX outcome_by_cycle ON outcome (cycle, number);

CREATE INDEX own_form_by_council ON own_form (council, form);

CREATE INDEX pack_by_council_case ON pack (council_case);

CREATE INDEX pack_by_pupil ON pack (pupil);

CREATE INDEX pack_by_request ON pack (request);

CREATE INDEX pack_choice_by_pupil ON pack_choice (pupil);

CREATE INDEX pack_choice_by_request ON pack_choice (request);

CREATE INDEX photo_by_pupil ON photo (pupil);

CREATE INDEX plan_copy_by_cycle ON plan_copy (cycle);

CREATE INDEX plan_copy_by_pupil ON plan_copy (pupil);

CREATE INDEX prior_school_by_pupil ON prior_school (pupil);

CREATE INDEX provision_cost_by_provision ON provision_cost (provision);

CREATE INDEX provision_measure_by_provision ON provision_measure (provision);

CREATE INDEX provision_measure_by_pupil ON provision_measure (pupil);

CREATE INDEX provision_place_by_provision ON provision_place (provision);

CREATE INDEX provision_place_by_pupil ON provision_place (pupil);

CREATE INDEX provision_slot_by_provision ON provision_slot (provision);

CREATE INDEX provision_staff_by_provision ON provision_staff (provision);

CREATE INDEX pupil_by_class ON pupil (reg_group);

CREATE INDEX pupil_by_upn ON pupil (upn);

CREATE INDEX pupil_import_by_time ON pupil_import (at DESC);

CREATE INDEX pupil_prefix_by_pupil ON pupil_prefix (pupil);

CREATE INDEX pupil_removed ON pupil (id) WHERE removed = 1;

CREATE INDEX pupil_summary_by_name ON pupil_summary (on_roll, sort_name, status, area, sen_type, next_review_on, pupil);

CREATE INDEX pupil_summary_by_review ON pupil_summary (on_roll, next_review_on);

CREATE INDEX pupil_summary_by_status ON pupil_summary (on_roll, status);

CREATE INDEX recommendation_by_pupil ON recommendation (pupil);

CREATE INDEX recommendation_by_use ON recommendation (in_use);

CREATE INDEX redaction_by_document ON redaction (document);

CREATE INDEX redaction_by_pupil ON redaction (pupil);

CREATE INDEX report_mark_by_document ON report_mark (document);

CREATE INDEX report_mark_by_pupil ON report_mark (pupil);

CREATE INDEX request_by_pupil ON request (pupil);

CREATE INDEX round_robin_answer_by_ask ON round_robin_answer (ask);

CREATE INDEX round_robin_answer_by_pupil ON round_robin_answer (pupil);

CREATE INDEX round_robin_answer_by_round_robin ON round_robin_answer (round_robin);

CREATE INDEX round_robin_ask_by_pupil ON round_robin_ask (pupil);

CREATE INDEX round_robin_ask_by_round_robin ON round_robin_ask (round_robin);

CREATE INDEX round_robin_ask_by_staff_member ON round_robin_ask (staff_member);

CREATE INDEX round_robin_ask_by_token ON round_robin_ask (token);

CREATE INDEX round_robin_by_pupil ON round_robin (pupil);

CREATE INDEX sen_need_by_pupil ON sen_need (pupil, rank);

CREATE INDEX sen_status_by_pupil ON sen_status (pupil, starts_on);

CREATE INDEX sent_otherwise_by_pupil ON sent_otherwise (pupil);

CREATE INDEX sent_otherwise_by_request ON sent_otherwise (request);

CREATE INDEX session_mark_by_day ON session_mark (happened_on);

CREATE INDEX session_mark_by_provision ON session_mark (provision, happened_on);

CREATE INDEX session_mark_by_pupil ON session_mark (pupil);

CREATE INDEX sign_off_by_pupil ON sign_off (pupil);

CREATE INDEX sign_off_by_request ON sign_off (request);

CREATE INDEX statement_sentence_by_pupil ON statement_sentence (pupil);

CREATE INDEX statement_sentence_by_request ON statement_sentence (request);

CREATE INDEX submission_by_pupil ON submission (pupil);

CREATE INDEX submission_by_request ON submission (request);

CREATE INDEX suspension_by_pupil ON suspension (pupil);

CREATE INDEX told_senco_by_pupil ON told_senco (pupil);

CREATE INDEX told_senco_open ON told_senco (told_at) WHERE acknowledged_at IS NULL;

CREATE INDEX trail_by_pupil ON trail (pupil, n) WHERE pupil IS NOT NULL;

CREATE INDEX view_by_pupil ON view (pupil, given_on);

CREATE TABLE access_request (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  ground TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  received_on TEXT NOT NULL,
  extended_because TEXT,
  decisions TEXT,
  answered_on TEXT,
  closed_because TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE answer (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  question TEXT NOT NULL,
  "text" TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE arrival (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  pack TEXT NOT NULL,
  origin TEXT NOT NULL,
  school TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  saves INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  received_by TEXT NOT NULL,
  dfe_number TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE attendance_year (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  year TEXT NOT NULL,
  sessions_possible INTEGER NOT NULL,
  sessions_attended INTEGER NOT NULL,
  sessions_authorised INTEGER,
  sessions_unauthorised INTEGER,
  school TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE bank_entry (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  area TEXT,
  measure TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE bundle_paper (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  council_case TEXT NOT NULL,
  paper TEXT NOT NULL,
  section TEXT,
  goes_in INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE case_date (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  council_case TEXT NOT NULL,
  event TEXT NOT NULL,
  happens_on TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE case_event (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  submission TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  status TEXT,
  decision TEXT,
  "text" TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE case_step (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  council_case TEXT NOT NULL,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  ticked_on TEXT NOT NULL,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE catalogue_entry (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  wave TEXT NOT NULL,
  sessions_per_week TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  weeks INTEGER NOT NULL,
  group_size INTEGER NOT NULL,
  area TEXT,
  description TEXT,
  intended_outcome TEXT,
  evidence TEXT,
  evidence_source TEXT,
  staff_role TEXT,
  shipped TEXT,
  hidden INTEGER NOT NULL DEFAULT 0,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE change_set (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  save TEXT NOT NULL,
  stream TEXT NOT NULL,
  author TEXT NOT NULL,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  body TEXT NOT NULL,
  body_sha256 TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  seq INTEGER,
  acked INTEGER NOT NULL DEFAULT 0
, erased TEXT) STRICT;

CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  "order" INTEGER NOT NULL,
  surname TEXT NOT NULL,
  forename TEXT,
  title TEXT,
  relationship TEXT,
  parental_responsibility INTEGER,
  lives_with_pupil INTEGER,
  phone TEXT,
  email TEXT,
  address TEXT,
  postcode TEXT,
  language TEXT,
  interpreter INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, natural_parent INTEGER, responsibility_basis TEXT, copy_letters INTEGER, order_restriction TEXT, order_document TEXT, order_seen_on TEXT, address_hidden INTEGER, formats TEXT, deceased INTEGER, no_contact INTEGER, reach_hidden INTEGER) STRICT;

CREATE TABLE council_case (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,
  council TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  owner TEXT NOT NULL,
  title TEXT,
  reference TEXT,
  placement TEXT,
  note TEXT,
  closed_on TEXT,
  ended_as TEXT,
  documents TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, appeal TEXT, request TEXT, asked_by TEXT, decision TEXT, decided_on TEXT) STRICT;

CREATE TABLE council_rate (
  id TEXT PRIMARY KEY,
  method TEXT NOT NULL,
  pence TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  box TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE crest (
  id TEXT PRIMARY KEY,
  blob TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE cycle (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  starts_on TEXT NOT NULL,
  review_due_on TEXT,
  assess_summary TEXT,
  assessed_on TEXT,
  planned_on TEXT,
  agreed_with TEXT,
  strategies TEXT,
  reviewed_on TEXT,
  review_attended_by TEXT,
  review_summary TEXT,
  decision TEXT,
  copy_given_on TEXT,
  closed_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, assess_not_needed TEXT, plan_not_needed TEXT, do_not_needed TEXT, review_not_needed TEXT, template TEXT, layer TEXT) STRICT;

CREATE TABLE cycle_correction (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  cycle TEXT NOT NULL,
  about TEXT NOT NULL,
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE data_point (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  outcome TEXT NOT NULL,
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  measured_on TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  note TEXT,
  observation TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE dead (
  entity TEXT NOT NULL,
  field TEXT NOT NULL,
  change_set TEXT NOT NULL,
  PRIMARY KEY (entity, field, change_set)
) STRICT, WITHOUT ROWID;

CREATE TABLE diagnosis (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  what TEXT NOT NULL,
  given_by TEXT,
  given_on TEXT,
  waiting INTEGER,
  document TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE disclosure (
  id TEXT PRIMARY KEY,
  what TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  recipient TEXT NOT NULL,
  purpose TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  pupil TEXT REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE document (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  filename TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  blob TEXT NOT NULL,
  added_at TEXT NOT NULL,
  pages INTEGER,
  document_on TEXT,
  author_name TEXT,
  author_role TEXT,
  organisation TEXT,
  for_requests INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, confidential INTEGER, readers TEXT, shared INTEGER, observation TEXT, author TEXT, subject TEXT, words TEXT, turns TEXT) STRICT;

CREATE TABLE draft (
  form TEXT PRIMARY KEY,
  content TEXT NOT NULL,
  kept_at TEXT NOT NULL
) STRICT;

CREATE TABLE erasure (
  id TEXT PRIMARY KEY,
  initials TEXT NOT NULL,
  upn_sha256 TEXT,
  rule TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  by_name TEXT NOT NULL,
  kinds TEXT NOT NULL,
  saves INTEGER NOT NULL,
  files INTEGER NOT NULL,
  backups TEXT,
  first_on TEXT,
  last_on TEXT,
  log_before TEXT,
  emptied TEXT,
  rewritten TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE evidence_link (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  cycle TEXT NOT NULL,
  source_kind TEXT NOT NULL,
  source TEXT NOT NULL,
  outcome TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE file_look (
  document TEXT PRIMARY KEY,
  pupil TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  content TEXT NOT NULL
) STRICT;

CREATE TABLE gap_note (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  "check" TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE hand_over (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  pack TEXT NOT NULL,
  school TEXT NOT NULL,
  left_on TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  dfe_number TEXT,
  receipt_on TEXT,
  receipt_by TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE head (
  entity TEXT NOT NULL,
  field TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (entity, field, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE involvement (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  professional TEXT NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  reason TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE involvement_report (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  involvement TEXT NOT NULL,
  document TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE legal_hold (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  reason TEXT NOT NULL,
  placed_on TEXT NOT NULL,
  placed_by TEXT NOT NULL,
  until TEXT,
  lifted_on TEXT,
  lifted_because TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE meeting (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  held_on TEXT NOT NULL,
  kind TEXT,
  cycle TEXT,
  attendees TEXT,
  notes TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE observation (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  "text" TEXT NOT NULL,
  kind TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  area TEXT,
  setting TEXT,
  outcome TEXT,
  corrects TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, confidential INTEGER, readers TEXT, lesson TEXT, antecedent TEXT, behaviour TEXT, consequence TEXT, outcome_rating TEXT) STRICT;

CREATE VIRTUAL TABLE observation_words USING fts5 (
  words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4 5 6 7 8'
);

CREATE TABLE outcome (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  cycle TEXT NOT NULL,
  number INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  area TEXT,
  baseline TEXT,
  target TEXT,
  measure TEXT,
  by_on TEXT,
  rating TEXT,
  result TEXT,
  review_note TEXT,
  next TEXT,
  carried_from TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, unit TEXT, counts TEXT, baseline_on TEXT) STRICT;

CREATE TABLE own_form (
  id TEXT PRIMARY KEY,
  council TEXT NOT NULL,
  form TEXT NOT NULL,
  title TEXT NOT NULL,
  filename TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  blob TEXT NOT NULL,
  added_at TEXT NOT NULL,
  places TEXT,
  mapping TEXT,
  follows TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pack (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  version INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  snapshot_blob TEXT NOT NULL,
  snapshot_sha256 TEXT NOT NULL,
  pdf_blob TEXT NOT NULL,
  pdf_sha256 TEXT NOT NULL,
  pdf_size INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, variant TEXT, council_case TEXT) STRICT;

CREATE TABLE pack_choice (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  variant TEXT NOT NULL,
  put_in TEXT,
  left_out TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE photo (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  blob TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE plan_copy (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  cycle TEXT NOT NULL,
  given_to TEXT NOT NULL,
  given_on TEXT NOT NULL,
  how TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE prior_school (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  dfe_number TEXT,
  urn TEXT,
  entered_on TEXT,
  left_on TEXT,
  leaving_reason TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE professional (
  id TEXT PRIMARY KEY,
  name TEXT,
  role TEXT,
  organisation TEXT,
  phone TEXT,
  email TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE provision (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  wave TEXT NOT NULL,
  delivered_by TEXT NOT NULL,
  pence_per_hour INTEGER NOT NULL,
  sessions_per_week TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  weeks INTEGER NOT NULL,
  group_size INTEGER NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  area TEXT,
  aim TEXT,
  staff_role TEXT,
  pattern_note TEXT,
  whole_cost_reason TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, funding TEXT, catalogue TEXT) STRICT;

CREATE TABLE provision_cost (
  id TEXT PRIMARY KEY,
  provision TEXT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  paid_on TEXT NOT NULL,
  pence INTEGER,
  minutes INTEGER,
  spread TEXT NOT NULL,
  for_each INTEGER NOT NULL,
  ends_on TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE provision_measure (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  provision TEXT NOT NULL,
  moment TEXT NOT NULL,
  measured_on TEXT NOT NULL,
  tool TEXT,
  unit TEXT,
  counts TEXT,
  value TEXT,
  better TEXT,
  left_out_because TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE provision_place (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  provision TEXT NOT NULL,
  cycle TEXT,
  outcome TEXT,
  ends_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, starts_on TEXT, whole_cost_reason TEXT, next TEXT) STRICT;

CREATE TABLE provision_slot (
  id TEXT PRIMARY KEY,
  provision TEXT NOT NULL,
  weekday INTEGER NOT NULL,
  starts_at TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  room TEXT,
  staff_member TEXT,
  starts_on TEXT,
  ends_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE provision_staff (
  id TEXT PRIMARY KEY,
  provision TEXT NOT NULL,
  staff_member TEXT,
  staff_role TEXT,
  starts_on TEXT,
  ends_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pupil (
  id TEXT PRIMARY KEY,
  legal_surname TEXT NOT NULL,
  legal_forename TEXT NOT NULL,
  birth_date TEXT,
  upn TEXT,
  former_upn TEXT,
  uln TEXT,
  mis_id TEXT,
  middle_names TEXT,
  preferred_surname TEXT,
  preferred_forename TEXT,
  sex TEXT,
  year TEXT,
  reg_group TEXT,
  ethnicity TEXT,
  first_language TEXT,
  address TEXT,
  postcode TEXT,
  enrol_status TEXT,
  entry_on TEXT,
  left_on TEXT,
  medical_flag INTEGER,
  free_school_meals INTEGER,
  looked_after INTEGER,
  care_authority TEXT,
  service_child TEXT,
  sessions_possible INTEGER,
  sessions_attended INTEGER,
  sessions_authorised INTEGER,
  sessions_unauthorised INTEGER,
  attendance_year TEXT,
  strengths TEXT,
  what_works TEXT,
  communication TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, communication_methods TEXT, medical_note TEXT, ever_6_fsm INTEGER, previously_looked_after INTEGER, young_carer INTEGER, eal INTEGER, disabilities TEXT, home_authority TEXT, sen_unit INTEGER, resourced_provision INTEGER, upn_unknown TEXT) STRICT;

CREATE TABLE pupil_import (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  by_name TEXT NOT NULL,
  source TEXT NOT NULL,
  filename TEXT NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  sha256 TEXT,
  undone_at TEXT,
  undone_by_name TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pupil_prefix (
  prefix TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  pupil TEXT NOT NULL,
  PRIMARY KEY (prefix, sort_name, pupil)
) STRICT, WITHOUT ROWID;

CREATE TABLE pupil_summary (
  pupil TEXT PRIMARY KEY,
  sort_name TEXT NOT NULL,
  on_roll INTEGER NOT NULL,
  status TEXT NOT NULL,
  sen_type TEXT,
  area TEXT,
  year_order INTEGER NOT NULL,
  last_observation_on TEXT,
  next_review_on TEXT,
  open_cycle TEXT
) STRICT;

CREATE TABLE question_set (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  questions TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE recommendation (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  involvement TEXT NOT NULL,
  "text" TEXT NOT NULL,
  document TEXT,
  in_use TEXT,
  in_use_since TEXT,
  in_use_by TEXT,
  effect TEXT,
  effect_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE redaction (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  document TEXT NOT NULL,
  page INTEGER NOT NULL,
  "left" INTEGER NOT NULL,
  top INTEGER NOT NULL,
  "right" INTEGER NOT NULL,
  bottom INTEGER NOT NULL,
  reason TEXT NOT NULL,
  note TEXT,
  hidden_from TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, words_beneath TEXT) STRICT;

CREATE TABLE report_mark (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  document TEXT NOT NULL,
  page INTEGER NOT NULL,
  what TEXT NOT NULL,
  quote TEXT NOT NULL,
  marked_by TEXT NOT NULL,
  marked_on TEXT NOT NULL,
  typed INTEGER,
  places TEXT,
  for_teachers INTEGER,
  teacher_words TEXT,
  recommendation TEXT,
  need TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE request (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  council TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version TEXT NOT NULL,
  started_on TEXT NOT NULL,
  state TEXT,
  requester TEXT,
  requester_role TEXT,
  parents_told_on TEXT,
  parents_agree INTEGER,
  parents_agree_note TEXT,
  evidence TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE round_robin (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  pupil_name TEXT NOT NULL,
  title TEXT NOT NULL,
  questions TEXT,
  asked_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  closed_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE round_robin_answer (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  round_robin TEXT NOT NULL,
  ask TEXT NOT NULL,
  answers TEXT,
  answered_on TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  way TEXT NOT NULL,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE round_robin_ask (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  round_robin TEXT NOT NULL,
  staff_member TEXT NOT NULL,
  staff_name TEXT NOT NULL,
  way TEXT NOT NULL,
  token TEXT NOT NULL,
  sent_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE school (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  phase TEXT NOT NULL,
  council TEXT NOT NULL,
  urn TEXT,
  dfe_number TEXT,
  head_teacher TEXT,
  address TEXT,
  postcode TEXT,
  phone TEXT,
  email TEXT,
  terms TEXT,
  demo INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, plan_template TEXT, special_places INTEGER, ukprn TEXT) STRICT;

CREATE TABLE sen_need (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  sen_type TEXT NOT NULL,
  rank INTEGER NOT NULL,
  starts_on TEXT,
  ends_on TEXT,
  description TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sen_status (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  code TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  reason TEXT,
  parents_told_on TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sent_otherwise (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  sent_on TEXT NOT NULL,
  how TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  sent_to TEXT,
  pack TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE session_mark (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  provision TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  result TEXT NOT NULL,
  session_minutes INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  author TEXT NOT NULL,
  number INTEGER NOT NULL DEFAULT 1,
  adults INTEGER NOT NULL DEFAULT 1,
  reason TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE session_sum (
  provision TEXT NOT NULL,
  month TEXT NOT NULL,
  pupil TEXT NOT NULL,
  shared INTEGER NOT NULL,
  first_on TEXT NOT NULL,
  last_on TEXT NOT NULL,
  held INTEGER NOT NULL,
  missed INTEGER NOT NULL,
  not_due INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  adult_minutes INTEGER NOT NULL,
  PRIMARY KEY (provision, month, pupil, shared)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_off (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  signed_role TEXT NOT NULL,
  signed_on TEXT NOT NULL,
  content_sha256 TEXT NOT NULL,
  noted_at TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  on_paper INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE staff_member (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  job_title TEXT,
  classes TEXT,
  email TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, left_on TEXT) STRICT;

CREATE TABLE staff_rate (
  id TEXT PRIMARY KEY,
  staff_role TEXT NOT NULL,
  pence_per_hour INTEGER NOT NULL,
  starts_on TEXT NOT NULL,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, staff_member TEXT, salary_pence INTEGER, insurance_pence INTEGER, pension_pence INTEGER, paid_hours TEXT) STRICT;

CREATE TABLE statement_sentence (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  heading TEXT NOT NULL,
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  written_by TEXT NOT NULL,
  written_on TEXT NOT NULL,
  rests_on TEXT,
  drafted TEXT,
  left_out INTEGER,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE submission (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  request TEXT NOT NULL,
  pack TEXT NOT NULL,
  gateway TEXT NOT NULL,
  manifest_blob TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  receipt TEXT,
  received_at TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE suspension (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT,
  sessions INTEGER,
  reasons TEXT,
  note TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE told_senco (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  observation TEXT NOT NULL,
  told_at TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  acknowledged_at TEXT,
  acknowledged_by TEXT,
  acknowledged_by_name TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE trail (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  by_name TEXT NOT NULL,
  what TEXT NOT NULL,
  pupil TEXT,
  facts TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE view (
  id TEXT PRIMARY KEY,
  pupil TEXT NOT NULL REFERENCES pupil (id) DEFERRABLE INITIALLY DEFERRED,
  whose TEXT NOT NULL,
  given_on TEXT NOT NULL,
  "text" TEXT,
  absent_because TEXT,
  said_by TEXT,
  method TEXT,
  helped_by TEXT,
  cycle TEXT,
  made_n INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
, confidential INTEGER, readers TEXT) STRICT;

CREATE TABLE written_again (
  entity TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (entity, n)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER change_set_is_never_changed
BEFORE UPDATE OF n, id, save, stream, author, at, action, body, body_sha256, prev, hash, erased ON change_set
WHEN NOT (new.n IS old.n AND new.id IS old.id AND new.save IS old.save AND new.stream IS old.stream AND new.author IS old.author
  AND new.at IS old.at AND new.action IS old.action AND new.body_sha256 IS old.body_sha256 AND new.prev IS old.prev
  AND new.hash IS old.hash AND new.erased IS NOT NULL AND EXISTS (SELECT 1 FROM erasure WHERE id = new.erased))
BEGIN SELECT RAISE(ABORT, 'senco:log_is_append_only'); END;

CREATE TRIGGER change_set_is_never_deleted BEFORE DELETE ON change_set
BEGIN SELECT RAISE(ABORT, 'senco:log_is_append_only'); END;

CREATE TRIGGER closed_cycle_is_frozen BEFORE UPDATE ON cycle WHEN old.closed_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER data_point_of_closed_cycle_insert BEFORE INSERT ON data_point
WHEN EXISTS (SELECT 1 FROM outcome o JOIN cycle c ON c.id = o.cycle WHERE o.id = new.outcome AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER data_point_of_closed_cycle_update BEFORE UPDATE ON data_point
WHEN EXISTS (SELECT 1 FROM outcome o JOIN cycle c ON c.id = o.cycle
  WHERE o.id IN (old.outcome, new.outcome) AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER document_of_closed_cycle_is_kept BEFORE UPDATE OF pupil, title, kind, filename, media_type, size, sha256, blob, added_at,
  pages, document_on, author_name, author_role, organisation, for_requests, observation, author, subject, words, removed ON document
WHEN EXISTS (SELECT 1 FROM evidence_link e JOIN cycle c ON c.id = e.cycle
  WHERE e.source IN (old.id, old.observation) AND e.removed = 0 AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:evidence_of_closed_cycle'); END;

CREATE TRIGGER evidence_link_of_closed_cycle_insert BEFORE INSERT ON evidence_link
WHEN EXISTS (SELECT 1 FROM cycle WHERE id = new.cycle AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER evidence_link_of_closed_cycle_update BEFORE UPDATE ON evidence_link
WHEN EXISTS (SELECT 1 FROM cycle WHERE id IN (old.cycle, new.cycle) AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER meeting_of_closed_cycle_insert BEFORE INSERT ON meeting
WHEN EXISTS (SELECT 1 FROM cycle WHERE id = new.cycle AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER meeting_of_closed_cycle_update BEFORE UPDATE ON meeting
WHEN EXISTS (SELECT 1 FROM cycle WHERE id IN (old.cycle, new.cycle) AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER observation_is_never_changed BEFORE UPDATE OF text, happened_on, noted_at, author, author_name, pupil ON observation
BEGIN SELECT RAISE(ABORT, 'senco:observation_is_never_changed'); END;

CREATE TRIGGER observation_of_closed_cycle_is_kept BEFORE UPDATE OF removed ON observation
WHEN EXISTS (SELECT 1 FROM evidence_link e JOIN cycle c ON c.id = e.cycle
  WHERE e.source = old.id AND e.removed = 0 AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:evidence_of_closed_cycle'); END;

CREATE TRIGGER outcome_of_closed_cycle_insert BEFORE INSERT ON outcome
WHEN EXISTS (SELECT 1 FROM cycle WHERE id = new.cycle AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER outcome_of_closed_cycle_update BEFORE UPDATE ON outcome
WHEN EXISTS (SELECT 1 FROM cycle WHERE id IN (old.cycle, new.cycle) AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER pack_is_frozen BEFORE UPDATE ON pack
BEGIN SELECT RAISE(ABORT, 'senco:pack_is_frozen'); END;

CREATE TRIGGER place_in_closed_cycle_insert BEFORE INSERT ON provision_place
WHEN EXISTS (SELECT 1 FROM cycle WHERE id = new.cycle AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER place_in_closed_cycle_update BEFORE UPDATE OF pupil, provision, cycle, outcome, next, removed ON provision_place
WHEN EXISTS (SELECT 1 FROM cycle WHERE id IN (old.cycle, new.cycle) AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER provision_of_closed_cycle_is_frozen BEFORE UPDATE OF title, wave, delivered_by, pence_per_hour, sessions_per_week,
  minutes, weeks, group_size, starts_on, area, aim, staff_role, pattern_note, whole_cost_reason, removed ON provision
WHEN EXISTS (SELECT 1 FROM provision_place p JOIN cycle c ON c.id = p.cycle
  WHERE p.provision = old.id AND p.removed = 0 AND c.closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:provision_of_closed_cycle'); END;

CREATE TRIGGER receipt_is_kept BEFORE UPDATE OF receipt, received_at ON submission WHEN old.receipt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'senco:receipt_is_kept'); END;

CREATE TRIGGER trail_is_never_changed BEFORE UPDATE ON trail
BEGIN SELECT RAISE(ABORT, 'senco:trail_is_append_only'); END;

CREATE TRIGGER trail_is_never_deleted BEFORE DELETE ON trail
BEGIN SELECT RAISE(ABORT, 'senco:trail_is_append_only'); END;

CREATE TRIGGER view_of_closed_cycle_insert BEFORE INSERT ON view
WHEN EXISTS (SELECT 1 FROM cycle WHERE id = new.cycle AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;

CREATE TRIGGER view_of_closed_cycle_update BEFORE UPDATE OF pupil, whose, given_on, text, absent_because, said_by, method, helped_by,
  cycle, removed ON view
WHEN EXISTS (SELECT 1 FROM cycle WHERE id IN (old.cycle, new.cycle) AND closed_on IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'senco:cycle_is_closed'); END;
