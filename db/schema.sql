create extension btree_gist;
create extension pg_trgm;
create extension pgcrypto;

CREATE OR REPLACE FUNCTION public.in_latin(said text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN translate(lower(said), 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'::text, 'abvgdeejziyklmnoprstufhc4wwqyqeua'::text);

create table alert_notices (
  id bigint not null generated always as identity,
  alert_id bigint not null,
  channel text not null,
  event text not null,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  run_at timestamp with time zone not null default now(),
  lease_until timestamp with time zone,
  last_error text,
  finished_at timestamp with time zone
);
alter table alert_notices add constraint alert_notices_pkey PRIMARY KEY (id);
alter table alert_notices add constraint alert_notices_alert_id_channel_event_key UNIQUE (alert_id, channel, event);
alter table alert_notices add constraint alert_notices_channel_check CHECK ((channel = ANY (ARRAY['telegram'::text, 'email'::text, 'webhook'::text])));
alter table alert_notices add constraint alert_notices_event_check CHECK ((event = ANY (ARRAY['raised'::text, 'resolved'::text])));
alter table alert_notices add constraint alert_notices_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'dropped'::text, 'dead'::text])));
CREATE INDEX alert_notices_due ON public.alert_notices USING btree (COALESCE(lease_until, run_at)) WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));
CREATE INDEX alert_notices_newest ON public.alert_notices USING btree (channel, id);

create table alerts (
  id bigint not null generated always as identity,
  cause text not null,
  kind text not null,
  lead_id bigint,
  subject text not null,
  detail text,
  count integer not null default 1,
  raised_at timestamp with time zone not null default now(),
  last_at timestamp with time zone not null default now(),
  resolved_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  acknowledged_by text
);
alter table alerts add constraint alerts_pkey PRIMARY KEY (id);
alter table alerts add constraint alerts_kind_check CHECK ((kind = ANY (ARRAY['hand_off'::text, 'dead_letter'::text, 'integration'::text, 'provider'::text])));
CREATE INDEX alerts_lead ON public.alerts USING btree (lead_id) WHERE (lead_id IS NOT NULL);
CREATE UNIQUE INDEX alerts_open ON public.alerts USING btree (cause) WHERE (resolved_at IS NULL);
CREATE INDEX alerts_resolved ON public.alerts USING btree (resolved_at) WHERE (resolved_at IS NOT NULL);

create table amocrm_gate (
  id text not null,
  next_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  held_until timestamp with time zone,
  held_since timestamp with time zone,
  held_kind text,
  held_detail text,
  held_step integer not null default 0,
  updated_at timestamp with time zone not null default now()
);
alter table amocrm_gate add constraint amocrm_gate_pkey PRIMARY KEY (id);
alter table amocrm_gate add constraint amocrm_gate_held_kind_check CHECK ((held_kind = ANY (ARRAY['rate'::text, 'forbidden'::text, 'unauthorized'::text, 'unpaid'::text])));

create table amocrm_tokens (
  id text not null,
  version integer not null default 0,
  sealed bytea,
  expires_at timestamp with time zone,
  seed_hash text not null,
  revoked_reason text,
  updated_at timestamp with time zone not null default now()
);
alter table amocrm_tokens add constraint amocrm_tokens_pkey PRIMARY KEY (id);

create table api_tokens (
  id bigint not null generated always as identity,
  user_id bigint not null,
  name text not null,
  token_hash bytea not null,
  scope text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  used_at timestamp with time zone
);
alter table api_tokens add constraint api_tokens_pkey PRIMARY KEY (id);
alter table api_tokens add constraint api_tokens_token_hash_key UNIQUE (token_hash);
alter table api_tokens add constraint api_tokens_scope_check CHECK ((scope = ANY (ARRAY['read'::text, 'work'::text])));
CREATE INDEX api_tokens_user ON public.api_tokens USING btree (user_id);

create table audit_log (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  actor text not null,
  action text not null,
  lead_id bigint,
  turn_id bigint,
  details jsonb not null default '{}'::jsonb
);
alter table audit_log add constraint audit_log_pkey PRIMARY KEY (id);
CREATE INDEX audit_log_lead ON public.audit_log USING btree (lead_id, id);
CREATE INDEX audit_log_old ON public.audit_log USING btree (at) WHERE (action <> ALL (ARRAY['lead.opted_out'::text, 'lead.opt_out_lifted'::text]));

create table calendar_events (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  seller_id text not null,
  turn_id bigint,
  status text not null default 'held'::text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  blocked tstzrange not null,
  hold_until timestamp with time zone,
  previous_starts_at timestamp with time zone,
  previous_ends_at timestamp with time zone,
  calendar_id text not null,
  google_event_id text not null,
  etag text,
  meet_link text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  no_show_at timestamp with time zone,
  task_key text,
  left_out text[] not null default '{}'::text[],
  booked_at timestamp with time zone,
  guest_email text
);
alter table calendar_events add constraint calendar_events_pkey PRIMARY KEY (id);
alter table calendar_events add constraint calendar_events_google_event_id_key UNIQUE (google_event_id);
alter table calendar_events add constraint calendar_events_no_overlap EXCLUDE USING gist (seller_id WITH =, blocked WITH &&) WHERE ((status = ANY (ARRAY['held'::text, 'booking'::text, 'booked'::text])));
alter table calendar_events add constraint calendar_events_check CHECK ((ends_at > starts_at));
alter table calendar_events add constraint calendar_events_status_check CHECK ((status = ANY (ARRAY['held'::text, 'booking'::text, 'booked'::text, 'cancelled'::text, 'released'::text, 'expired'::text])));
CREATE INDEX calendar_events_booked ON public.calendar_events USING btree (calendar_id, starts_at) WHERE (status = 'booked'::text);
CREATE INDEX calendar_events_booking ON public.calendar_events USING btree (updated_at) WHERE (status = 'booking'::text);
CREATE INDEX calendar_events_given ON public.calendar_events USING btree (ends_at) WHERE (status = ANY (ARRAY['held'::text, 'booking'::text, 'booked'::text]));
CREATE INDEX calendar_events_held ON public.calendar_events USING btree (seller_id, hold_until) WHERE (status = 'held'::text);
CREATE INDEX calendar_events_last_of_seller ON public.calendar_events USING btree (seller_id, created_at DESC) WHERE (status = ANY (ARRAY['held'::text, 'booking'::text, 'booked'::text]));
CREATE INDEX calendar_events_lead ON public.calendar_events USING btree (lead_id, id);
CREATE INDEX calendar_events_made ON public.calendar_events USING btree (booked_at) WHERE (booked_at IS NOT NULL);
CREATE INDEX calendar_events_span ON public.calendar_events USING gist (tstzrange(starts_at, ends_at));
CREATE INDEX calendar_events_task ON public.calendar_events USING btree (task_key) WHERE (task_key IS NOT NULL);
CREATE INDEX calendar_events_turn ON public.calendar_events USING btree (turn_id) WHERE (turn_id IS NOT NULL);

create table console_changes (
  id bigint not null generated always as identity,
  tx xid8 not null default pg_current_xact_id(),
  lead_id bigint not null,
  kind text not null,
  at timestamp with time zone not null default now()
);
alter table console_changes add constraint console_changes_pkey PRIMARY KEY (tx, id);
CREATE INDEX console_changes_old ON public.console_changes USING btree (at);

create table console_filters (
  id bigint not null generated always as identity,
  user_id bigint not null,
  name text not null,
  queue text not null,
  search text not null,
  created_at timestamp with time zone not null default now()
);
alter table console_filters add constraint console_filters_pkey PRIMARY KEY (id);
CREATE INDEX console_filters_user ON public.console_filters USING btree (user_id, id);

create table console_invitations (
  token_hash bytea not null,
  role text not null,
  seller_id text,
  invited_by text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null
);
alter table console_invitations add constraint console_invitations_pkey PRIMARY KEY (token_hash);
alter table console_invitations add constraint console_invitations_check CHECK (((role = 'seller'::text) = (seller_id IS NOT NULL)));
alter table console_invitations add constraint console_invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'seller'::text, 'viewer'::text])));
CREATE INDEX console_invitations_seller ON public.console_invitations USING btree (seller_id) WHERE (seller_id IS NOT NULL);

create table console_login_failures (
  id bigint not null generated always as identity,
  email text not null,
  address text not null,
  at timestamp with time zone not null default now()
);
alter table console_login_failures add constraint console_login_failures_pkey PRIMARY KEY (id);
CREATE INDEX console_login_failures_address ON public.console_login_failures USING btree (address, at);
CREATE INDEX console_login_failures_email ON public.console_login_failures USING btree (email, at);
CREATE INDEX console_login_failures_old ON public.console_login_failures USING btree (at);

create table console_recovery_codes (
  user_id bigint not null,
  code_hash bytea not null,
  used_at timestamp with time zone
);
alter table console_recovery_codes add constraint console_recovery_codes_pkey PRIMARY KEY (user_id, code_hash);

create table console_sessions (
  token_hash bytea not null,
  user_id bigint not null,
  created_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  address text,
  agent text
);
alter table console_sessions add constraint console_sessions_pkey PRIMARY KEY (token_hash);
CREATE INDEX console_sessions_old ON public.console_sessions USING btree (expires_at);
CREATE INDEX console_sessions_user ON public.console_sessions USING btree (user_id);

create table console_users (
  id bigint not null generated always as identity,
  email text not null,
  name text not null,
  role text not null,
  seller_id text,
  password_hash text not null,
  created_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone,
  disabled_at timestamp with time zone,
  totp_sealed bytea,
  totp_key_id text,
  totp_since timestamp with time zone,
  totp_last_step bigint not null default 0
);
alter table console_users add constraint console_users_pkey PRIMARY KEY (id);
alter table console_users add constraint console_users_check CHECK (((role = 'seller'::text) = (seller_id IS NOT NULL)));
alter table console_users add constraint console_users_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'manager'::text, 'seller'::text, 'viewer'::text])));
CREATE UNIQUE INDEX console_users_email ON public.console_users USING btree (lower(email));
CREATE INDEX console_users_seller ON public.console_users USING btree (seller_id) WHERE (seller_id IS NOT NULL);

create table conversations (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  channel text not null,
  account_id text,
  peer_id bigint,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  username_missed text,
  amo_chat_id text,
  phones_missed text[] not null default '{}'::text[],
  gap_from_id bigint,
  read_to_id bigint
);
alter table conversations add constraint conversations_pkey PRIMARY KEY (id);
alter table conversations add constraint conversations_lead_id_channel_key UNIQUE (lead_id, channel);
alter table conversations add constraint conversations_channel_check CHECK ((channel = 'telegram'::text));
CREATE INDEX conversations_amo_chat ON public.conversations USING btree (amo_chat_id) WHERE (amo_chat_id IS NOT NULL);
CREATE INDEX conversations_gaps ON public.conversations USING btree (account_id) WHERE (gap_from_id IS NOT NULL);
CREATE INDEX conversations_newest ON public.conversations USING btree (account_id, updated_at) WHERE (peer_id IS NOT NULL);
CREATE INDEX conversations_person ON public.conversations USING btree (account_id, peer_id) WHERE (peer_id IS NOT NULL);

create table cursors (
  name text not null,
  value jsonb not null,
  updated_at timestamp with time zone not null default now()
);
alter table cursors add constraint cursors_pkey PRIMARY KEY (name);

create table drafts (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  turn_id bigint not null,
  kind text not null,
  turn_kind text not null,
  decision jsonb not null,
  seen_message_id bigint,
  seen_at timestamp with time zone,
  state text not null default 'waiting'::text,
  created_at timestamp with time zone not null default now(),
  decided_at timestamp with time zone,
  decided_by text,
  reason text,
  edited_reply text,
  approved_turn_id bigint
);
alter table drafts add constraint drafts_pkey PRIMARY KEY (id);
alter table drafts add constraint drafts_kind_check CHECK ((kind = ANY (ARRAY['approval'::text, 'suggestion'::text])));
alter table drafts add constraint drafts_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'rejected'::text, 'superseded'::text])));
CREATE INDEX drafts_approved_turn ON public.drafts USING btree (approved_turn_id) WHERE (approved_turn_id IS NOT NULL);
CREATE INDEX drafts_decided ON public.drafts USING btree (decided_at) WHERE (decided_at IS NOT NULL);
CREATE INDEX drafts_lead ON public.drafts USING btree (lead_id, id);
CREATE UNIQUE INDEX drafts_one_waiting ON public.drafts USING btree (lead_id) WHERE (state = 'waiting'::text);
CREATE INDEX drafts_turn ON public.drafts USING btree (turn_id);

create table erased_marks (
  mark bytea not null,
  erasure_id bigint not null
);
alter table erased_marks add constraint erased_marks_pkey PRIMARY KEY (mark);
CREATE INDEX erased_marks_erasure ON public.erased_marks USING btree (erasure_id);

create table erasure_key (
  id text not null,
  sealed bytea not null,
  key_id text not null
);
alter table erasure_key add constraint erasure_key_pkey PRIMARY KEY (id);
alter table erasure_key add constraint erasure_key_id_check CHECK ((id = 'main'::text));

create table erasures (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  by text not null,
  proof jsonb not null,
  turned_away integer not null default 0,
  turned_away_at timestamp with time zone
);
alter table erasures add constraint erasures_pkey PRIMARY KEY (id);

create table evaluation_cases (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  message_id bigint not null,
  turn_id bigint,
  said text not null,
  right_answer text not null,
  comment text,
  context jsonb not null,
  marked_by text not null,
  created_at timestamp with time zone not null default now()
);
alter table evaluation_cases add constraint evaluation_cases_pkey PRIMARY KEY (id);
alter table evaluation_cases add constraint evaluation_cases_message_id_key UNIQUE (message_id);
CREATE INDEX evaluation_cases_lead ON public.evaluation_cases USING btree (lead_id);
CREATE INDEX evaluation_cases_turn ON public.evaluation_cases USING btree (turn_id) WHERE (turn_id IS NOT NULL);

create table inbox_events (
  id bigint not null generated always as identity,
  source text not null,
  dedupe_key text not null,
  content_type text,
  body bytea not null,
  state text not null default 'received'::text,
  reason text,
  attempts integer not null default 0,
  run_at timestamp with time zone not null default now(),
  received_at timestamp with time zone not null default now(),
  processed_at timestamp with time zone,
  claimed_by uuid,
  sender_username text,
  sender_phone text
);
alter table inbox_events add constraint inbox_events_pkey PRIMARY KEY (id);
alter table inbox_events add constraint inbox_events_source_dedupe_key_key UNIQUE (source, dedupe_key);
alter table inbox_events add constraint inbox_events_state_check CHECK ((state = ANY (ARRAY['received'::text, 'processed'::text, 'unreadable'::text, 'failed'::text, 'dropped'::text])));
CREATE INDEX inbox_events_dead ON public.inbox_events USING btree (id) WHERE (state = ANY (ARRAY['unreadable'::text, 'failed'::text]));
CREATE INDEX inbox_events_done ON public.inbox_events USING btree (processed_at) WHERE (state = 'processed'::text);
CREATE INDEX inbox_events_due ON public.inbox_events USING btree (run_at, id) WHERE (state = 'received'::text);
CREATE INDEX inbox_events_unheard_phone ON public.inbox_events USING btree (sender_phone) WHERE ((state = 'processed'::text) AND (reason = 'nobody known'::text) AND (sender_phone IS NOT NULL));
CREATE INDEX inbox_events_unheard_username ON public.inbox_events USING btree (lower(sender_username)) WHERE ((state = 'processed'::text) AND (reason = 'nobody known'::text) AND (sender_username IS NOT NULL));

create table knowledge_items (
  id text not null,
  source text not null,
  title text not null,
  text text not null,
  by text,
  updated_at timestamp with time zone not null default now(),
  words tsvector not null generated always as ((((setweight(to_tsvector('russian'::regconfig, title), 'A'::"char") || setweight(to_tsvector('english'::regconfig, title), 'A'::"char")) || to_tsvector('russian'::regconfig, text)) || to_tsvector('english'::regconfig, text))) stored
);
alter table knowledge_items add constraint knowledge_items_pkey PRIMARY KEY (id);
alter table knowledge_items add constraint knowledge_items_source_check CHECK ((source = ANY (ARRAY['file'::text, 'faq'::text, 'answer'::text])));
CREATE INDEX knowledge_items_like ON public.knowledge_items USING gin (in_latin(((title || ' '::text) || text)) gin_trgm_ops);
CREATE INDEX knowledge_items_words ON public.knowledge_items USING gin (words);

create table knowledge_questions (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  turn_id bigint,
  text text not null,
  asked_at timestamp with time zone not null default now(),
  answered_at timestamp with time zone,
  item_id text
);
alter table knowledge_questions add constraint knowledge_questions_pkey PRIMARY KEY (id);
CREATE INDEX knowledge_questions_lead ON public.knowledge_questions USING btree (lead_id, id);
CREATE INDEX knowledge_questions_open ON public.knowledge_questions USING btree (id) WHERE (answered_at IS NULL);
CREATE UNIQUE INDEX knowledge_questions_turn ON public.knowledge_questions USING btree (turn_id);

create table lead_facts (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  name text not null,
  value text not null,
  sentence text,
  message_id bigint,
  source text not null,
  learned_at timestamp with time zone not null default now(),
  replaced_at timestamp with time zone
);
alter table lead_facts add constraint lead_facts_pkey PRIMARY KEY (id);
alter table lead_facts add constraint lead_facts_source_check CHECK ((source = ANY (ARRAY['said'::text, 'card'::text])));
CREATE UNIQUE INDEX lead_facts_current ON public.lead_facts USING btree (lead_id, name) WHERE (replaced_at IS NULL);
CREATE INDEX lead_facts_lead ON public.lead_facts USING btree (lead_id, id);
CREATE INDEX lead_facts_message ON public.lead_facts USING btree (message_id) WHERE (message_id IS NOT NULL);

create table lead_heads (
  lead_id bigint not null,
  created_at timestamp with time zone not null,
  control text not null,
  control_source text not null,
  stage text not null,
  is_closed boolean not null,
  responsible_user_id bigint,
  seller_id text,
  last_message_id bigint,
  last_direction text,
  last_at timestamp with time zone not null,
  unanswered_since timestamp with time zone,
  contacted_at timestamp with time zone,
  replied_at timestamp with time zone,
  qualified_at timestamp with time zone,
  offered_at timestamp with time zone,
  booked_at timestamp with time zone,
  queue text not null generated always as (
CASE
    WHEN is_closed THEN 'closed'::text
    WHEN (draft_since IS NOT NULL) THEN 'attention'::text
    WHEN (snoozed_until IS NOT NULL) THEN 'waiting'::text
    WHEN ((control = 'human'::text) AND ((control_source = ANY (ARRAY['decision'::text, 'failure'::text])) OR (last_direction = 'in'::text))) THEN 'attention'::text
    WHEN (control = 'human'::text) THEN 'human'::text
    WHEN (stage = 'booked'::text) THEN 'booked'::text
    WHEN ((control = 'paused'::text) OR (last_direction = 'out'::text)) THEN 'waiting'::text
    ELSE 'assistant'::text
END) stored,
  draft_since timestamp with time zone,
  snoozed_until timestamp with time zone,
  source text
);
alter table lead_heads add constraint lead_heads_pkey PRIMARY KEY (lead_id);
CREATE INDEX lead_heads_created ON public.lead_heads USING btree (created_at);
CREATE INDEX lead_heads_last ON public.lead_heads USING btree (last_at, lead_id);
CREATE INDEX lead_heads_queue ON public.lead_heads USING btree (queue, last_at, lead_id);
CREATE INDEX lead_heads_responsible ON public.lead_heads USING btree (responsible_user_id, queue, last_at, lead_id);
CREATE INDEX lead_heads_seller ON public.lead_heads USING btree (seller_id, queue, last_at, lead_id) WHERE (seller_id IS NOT NULL);
CREATE INDEX lead_heads_unanswered ON public.lead_heads USING btree (unanswered_since) WHERE (queue = 'assistant'::text);
CREATE INDEX lead_heads_untouched ON public.lead_heads USING btree (created_at) WHERE ((queue = 'assistant'::text) AND (contacted_at IS NULL));

create table lead_notes (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  user_id bigint,
  author text not null,
  text text not null,
  created_at timestamp with time zone not null default now()
);
alter table lead_notes add constraint lead_notes_pkey PRIMARY KEY (id);
CREATE INDEX lead_notes_lead ON public.lead_notes USING btree (lead_id, id);
CREATE INDEX lead_notes_user ON public.lead_notes USING btree (user_id) WHERE (user_id IS NOT NULL);

create table leads (
  id bigint not null,
  name text not null,
  contact_id bigint,
  contact_name text,
  phone text,
  email text,
  telegram_username text,
  telegram_user_id bigint,
  language text,
  time_zone text,
  stage text not null default 'new'::text,
  facts jsonb not null default '{}'::jsonb,
  pipeline_id bigint,
  status_id bigint,
  responsible_user_id bigint,
  control text not null default 'ai'::text,
  control_until timestamp with time zone,
  control_by text,
  control_reason text,
  opted_out_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  card_updated_at timestamp with time zone,
  written_pipeline_id bigint,
  written_status_id bigint,
  written_fields jsonb not null default '{}'::jsonb,
  locked_stage text,
  card_gone_at timestamp with time zone,
  continues_lead_id bigint,
  transcript_due_at timestamp with time zone,
  disclosed_at timestamp with time zone,
  consented_at timestamp with time zone,
  phones text[] not null default '{}'::text[],
  bound_by text,
  bound_sign text,
  said_email text,
  refused_emails text[] not null default '{}'::text[],
  language_source text,
  language_confidence real,
  zone_source text,
  zone_confidence real,
  stop_asked_at timestamp with time zone,
  control_source text not null default 'start'::text,
  control_since timestamp with time zone,
  opted_out_source text,
  stage_by text not null default 'system'::text,
  stage_since timestamp with time zone not null default now(),
  asked_email text,
  asked_email_turn_id bigint,
  confirmed_email text,
  declined_emails text[] not null default '{}'::text[],
  has_guest_tag boolean not null default false,
  needs_approval boolean,
  snoozed_until timestamp with time zone,
  card jsonb not null default '{}'::jsonb,
  budget_from timestamp with time zone,
  enriched jsonb,
  variant text
);
alter table leads add constraint leads_pkey PRIMARY KEY (id);
alter table leads add constraint leads_bound_by_check CHECK ((bound_by = ANY (ARRAY['link'::text, 'contact'::text, 'phone'::text, 'username'::text, 'earlier'::text])));
alter table leads add constraint leads_control_check CHECK ((control = ANY (ARRAY['ai'::text, 'human'::text, 'paused'::text])));
alter table leads add constraint leads_control_source_check CHECK ((control_source = ANY (ARRAY['start'::text, 'tag'::text, 'note'::text, 'card'::text, 'phone'::text, 'chat'::text, 'decision'::text, 'failure'::text, 'other_lead'::text, 'operator'::text, 'loop'::text])));
alter table leads add constraint leads_language_check CHECK ((language = ANY (ARRAY['ru'::text, 'en'::text])));
alter table leads add constraint leads_opted_out_source_check CHECK ((opted_out_source = ANY (ARRAY['words'::text, 'classifier'::text, 'command'::text, 'blocked'::text, 'tag'::text, 'other_lead'::text, 'operator'::text])));
alter table leads add constraint leads_stage_check CHECK ((stage = ANY (ARRAY['new'::text, 'contacted'::text, 'qualified'::text, 'booked'::text, 'won'::text, 'lost'::text])));
CREATE INDEX leads_contact ON public.leads USING btree (contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX leads_continues ON public.leads USING btree (continues_lead_id) WHERE (continues_lead_id IS NOT NULL);
CREATE INDEX leads_email ON public.leads USING btree (lower(email)) WHERE (email IS NOT NULL);
CREATE INDEX leads_handed_over ON public.leads USING btree (control_since) WHERE ((control = 'human'::text) AND (control_source = ANY (ARRAY['decision'::text, 'failure'::text, 'loop'::text])));
CREATE INDEX leads_phone ON public.leads USING btree (phone) WHERE (phone IS NOT NULL);
CREATE INDEX leads_phones ON public.leads USING gin (phones);
CREATE INDEX leads_search ON public.leads USING gin (lower(((((((((name || ' '::text) || COALESCE(contact_name, ''::text)) || ' '::text) || COALESCE(telegram_username, ''::text)) || ' '::text) || COALESCE(phone, ''::text)) || ' '::text) || COALESCE(email, ''::text))) gin_trgm_ops);
CREATE INDEX leads_snoozed ON public.leads USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);
CREATE INDEX leads_telegram_user ON public.leads USING btree (telegram_user_id) WHERE (telegram_user_id IS NOT NULL);
CREATE INDEX leads_telegram_username ON public.leads USING btree (lower(telegram_username)) WHERE (telegram_username IS NOT NULL);
CREATE INDEX leads_variant ON public.leads USING btree (variant, created_at) WHERE (variant IS NOT NULL);

create table message_files (
  message_id bigint not null,
  state text not null default 'pending'::text,
  content bytea,
  mime_type text,
  transcript text,
  attempts integer not null default 0,
  run_at timestamp with time zone not null default now(),
  last_error text
);
alter table message_files add constraint message_files_pkey PRIMARY KEY (message_id);
alter table message_files add constraint message_files_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'stored'::text, 'too_large'::text, 'gone'::text])));
CREATE INDEX message_files_pending ON public.message_files USING btree (run_at) WHERE (state = 'pending'::text);
CREATE INDEX message_files_stored ON public.message_files USING btree (run_at) WHERE (state = 'stored'::text);

create table messages (
  id bigint not null generated always as identity,
  conversation_id bigint not null,
  lead_id bigint not null,
  direction text not null,
  author text not null,
  text text not null,
  channel_message_id bigint,
  turn_id bigint,
  sent_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  account_id text,
  peer_id bigint,
  noted_at timestamp with time zone,
  part_message_ids bigint[] not null default '{}'::bigint[],
  mirrored_at timestamp with time zone,
  amo_message_id text,
  amo_status integer,
  kind text not null default 'text'::text,
  media jsonb,
  reply_to bigint,
  edited_at timestamp with time zone,
  original_text text,
  deleted_at timestamp with time zone,
  written_by text
);
alter table messages add constraint messages_pkey PRIMARY KEY (id);
alter table messages add constraint messages_author_check CHECK ((author = ANY (ARRAY['lead'::text, 'ai'::text, 'human'::text, 'system'::text])));
alter table messages add constraint messages_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])));
CREATE INDEX messages_amo_id ON public.messages USING btree (amo_message_id) WHERE (amo_message_id IS NOT NULL);
CREATE UNIQUE INDEX messages_channel_id ON public.messages USING btree (conversation_id, account_id, peer_id, channel_message_id) WHERE (channel_message_id IS NOT NULL);
CREATE INDEX messages_conversation ON public.messages USING btree (conversation_id, id);
CREATE INDEX messages_heard ON public.messages USING btree (account_id, channel_message_id) WHERE (direction = 'in'::text);
CREATE INDEX messages_lead ON public.messages USING btree (lead_id, id);
CREATE INDEX messages_not_mirrored ON public.messages USING btree (created_at) WHERE (mirrored_at IS NULL);
CREATE INDEX messages_not_noted ON public.messages USING btree (lead_id, id) WHERE (noted_at IS NULL);
CREATE INDEX messages_not_reported ON public.messages USING btree (id) WHERE ((author = 'human'::text) AND (direction = 'out'::text) AND (amo_message_id IS NOT NULL) AND (amo_status IS NULL));
CREATE INDEX messages_person ON public.messages USING btree (account_id, peer_id, channel_message_id);
CREATE INDEX messages_said ON public.messages USING btree (created_at) WHERE ((direction = 'out'::text) AND (author = ANY (ARRAY['ai'::text, 'system'::text])));
CREATE INDEX messages_search ON public.messages USING gin (to_tsvector('russian'::regconfig, text));

create table model_calls (
  id bigint not null generated always as identity,
  turn_id bigint not null,
  fencing integer not null,
  step text not null,
  vendor text not null,
  model text not null,
  outcome text not null,
  reason text,
  ms integer not null,
  input_tokens integer,
  cached_tokens integer,
  output_tokens integer,
  cost_usd numeric(12,6),
  at timestamp with time zone not null default now(),
  verdict text
);
alter table model_calls add constraint model_calls_pkey PRIMARY KEY (id);
CREATE INDEX model_calls_at ON public.model_calls USING btree (at);
CREATE INDEX model_calls_reviews ON public.model_calls USING btree (at) WHERE (step = 'reviewer'::text);
CREATE INDEX model_calls_spent ON public.model_calls USING btree (at) INCLUDE (input_tokens, output_tokens, cost_usd);
CREATE INDEX model_calls_turn ON public.model_calls USING btree (turn_id);
CREATE INDEX model_calls_unpriced ON public.model_calls USING btree (at) INCLUDE (model) WHERE ((cost_usd IS NULL) AND (input_tokens IS NOT NULL));

create table n8n_processes (
  id uuid not null,
  held_by uuid not null,
  lapses_at timestamp with time zone
);
alter table n8n_processes add constraint n8n_processes_pkey PRIMARY KEY (id);

create table outages (
  service text not null,
  failures integer not null default 1,
  since timestamp with time zone not null default now(),
  failed_at timestamp with time zone not null default now(),
  reason text not null,
  probe_at timestamp with time zone,
  alerted_at timestamp with time zone,
  alert_lead_id bigint
);
alter table outages add constraint outages_pkey PRIMARY KEY (service);
CREATE INDEX outages_lead ON public.outages USING btree (alert_lead_id) WHERE (alert_lead_id IS NOT NULL);

create table outbox (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  turn_id bigint,
  channel text not null,
  payload jsonb not null,
  idempotency_key text not null,
  state text not null default 'pending'::text,
  run_at timestamp with time zone not null default now(),
  fencing bigint not null default 0,
  lease_until timestamp with time zone,
  attempts integer not null default 0,
  result jsonb,
  last_error text,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  claimed_by uuid,
  message_id bigint generated always as (((payload ->> 'messageId'::text))::bigint) stored
);
alter table outbox add constraint outbox_pkey PRIMARY KEY (id);
alter table outbox add constraint outbox_idempotency_key_key UNIQUE (idempotency_key);
alter table outbox add constraint outbox_channel_check CHECK ((channel = ANY (ARRAY['telegram'::text, 'amocrm'::text])));
alter table outbox add constraint outbox_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'done'::text, 'cancelled'::text, 'dead'::text])));
CREATE INDEX outbox_dead ON public.outbox USING btree (id) WHERE (state = 'dead'::text);
CREATE INDEX outbox_done ON public.outbox USING btree (finished_at) WHERE (state = 'done'::text);
CREATE INDEX outbox_due ON public.outbox USING btree (run_at, id) WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));
CREATE INDEX outbox_lead ON public.outbox USING btree (lead_id, id);
CREATE INDEX outbox_message ON public.outbox USING btree (message_id) WHERE (channel = 'telegram'::text);
CREATE INDEX outbox_open ON public.outbox USING btree (lead_id, channel, id) WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));
CREATE INDEX outbox_turn ON public.outbox USING btree (turn_id) WHERE (turn_id IS NOT NULL);

create table push_notices (
  id bigint not null generated always as identity,
  alert_id bigint not null,
  subscription_id bigint not null,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  run_at timestamp with time zone not null default now(),
  lease_until timestamp with time zone,
  last_error text,
  finished_at timestamp with time zone
);
alter table push_notices add constraint push_notices_pkey PRIMARY KEY (id);
alter table push_notices add constraint push_notices_alert_id_subscription_id_key UNIQUE (alert_id, subscription_id);
alter table push_notices add constraint push_notices_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'dropped'::text, 'dead'::text])));
CREATE INDEX push_notices_due ON public.push_notices USING btree (COALESCE(lease_until, run_at)) WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));
CREATE INDEX push_notices_subscription ON public.push_notices USING btree (subscription_id);

create table push_subscriptions (
  id bigint not null generated always as identity,
  user_id bigint not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  language text not null,
  created_at timestamp with time zone not null default now()
);
alter table push_subscriptions add constraint push_subscriptions_pkey PRIMARY KEY (id);
alter table push_subscriptions add constraint push_subscriptions_endpoint_key UNIQUE (endpoint);
alter table push_subscriptions add constraint push_subscriptions_language_check CHECK ((language = ANY (ARRAY['ru'::text, 'en'::text])));
CREATE INDEX push_subscriptions_user ON public.push_subscriptions USING btree (user_id);

create table restore_findings (
  restore_id bigint not null,
  kind text not null,
  ref text not null,
  lead_id bigint,
  message_id bigint,
  detail text not null,
  at timestamp with time zone not null default now()
);
alter table restore_findings add constraint restore_findings_pkey PRIMARY KEY (restore_id, kind, ref);
alter table restore_findings add constraint restore_findings_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'meeting'::text, 'check'::text, 'unknown'::text])));
CREATE INDEX restore_findings_lead ON public.restore_findings USING btree (lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX restore_findings_message ON public.restore_findings USING btree (message_id) WHERE (message_id IS NOT NULL);

create table restore_sends (
  account_id text not null,
  peer_id bigint not null,
  message_id bigint not null,
  author text not null,
  restore_id bigint not null,
  words text
);
alter table restore_sends add constraint restore_sends_pkey PRIMARY KEY (account_id, peer_id, message_id);
CREATE INDEX restore_sends_restore ON public.restore_sends USING btree (restore_id);

create table restores (
  id bigint not null generated always as identity,
  file text not null,
  dumped_at timestamp with time zone not null,
  restored_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  old_was_read boolean not null default false
);
alter table restores add constraint restores_pkey PRIMARY KEY (id);

create table schema_migrations (
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now()
);
alter table schema_migrations add constraint schema_migrations_pkey PRIMARY KEY (name);

create table sellers (
  id text not null,
  name jsonb not null,
  calendar_id text not null,
  time_zone text not null,
  active boolean not null default true,
  updated_at timestamp with time zone not null default now(),
  disconnected_at timestamp with time zone,
  disconnected_reason text,
  disconnected_by text
);
alter table sellers add constraint sellers_pkey PRIMARY KEY (id);
alter table sellers add constraint sellers_disconnected_by_check CHECK ((disconnected_by = ANY (ARRAY['credential'::text, 'scope'::text, 'calendar'::text])));

create table switches (
  name text not null,
  is_on boolean not null,
  by text not null,
  reason text,
  changed_at timestamp with time zone not null default now()
);
alter table switches add constraint switches_pkey PRIMARY KEY (name);
alter table switches add constraint switches_name_check CHECK ((name = 'telegram_halted'::text));

create table telegram_accounts (
  id text not null,
  phone text,
  user_id bigint,
  state text not null default 'need_login'::text,
  state_detail text,
  updated_at timestamp with time zone not null default now(),
  enabled boolean not null default true,
  held_by uuid,
  first_online_at timestamp with time zone,
  login jsonb,
  swept_at timestamp with time zone
);
alter table telegram_accounts add constraint telegram_accounts_pkey PRIMARY KEY (id);
alter table telegram_accounts add constraint telegram_accounts_state_check CHECK ((state = ANY (ARRAY['disabled'::text, 'need_login'::text, 'code_sent'::text, 'need_password'::text, 'qr_pending'::text, 'connecting'::text, 'online'::text, 'limited'::text, 'frozen'::text, 'logged_out'::text, 'banned'::text, 'error'::text])));

create table telegram_actions (
  id bigint not null generated always as identity,
  account_id text not null,
  kind text not null,
  peer_id bigint,
  at timestamp with time zone not null
);
alter table telegram_actions add constraint telegram_actions_pkey PRIMARY KEY (id);
alter table telegram_actions add constraint telegram_actions_kind_check CHECK ((kind = ANY (ARRAY['send'::text, 'lookup'::text, 'login_code'::text, 'history'::text, 'dialogs'::text])));
CREATE INDEX telegram_actions_kind ON public.telegram_actions USING btree (account_id, kind, at);
CREATE INDEX telegram_actions_old ON public.telegram_actions USING btree (at);

create table telegram_business_connections (
  id text not null,
  user_id bigint not null,
  username text,
  can_reply boolean not null,
  can_read boolean not null,
  enabled boolean not null,
  connected_at timestamp with time zone not null,
  updated_at timestamp with time zone not null default now()
);
alter table telegram_business_connections add constraint telegram_business_connections_pkey PRIMARY KEY (id);
CREATE INDEX telegram_business_connections_user ON public.telegram_business_connections USING btree (user_id, connected_at);

create table telegram_dialogs (
  conversation_id bigint not null,
  account_id text not null,
  planned_at timestamp with time zone not null,
  started_at timestamp with time zone
);
alter table telegram_dialogs add constraint telegram_dialogs_pkey PRIMARY KEY (conversation_id);
CREATE INDEX telegram_dialogs_account ON public.telegram_dialogs USING btree (account_id, COALESCE(started_at, planned_at));
CREATE INDEX telegram_dialogs_planned ON public.telegram_dialogs USING btree (conversation_id) WHERE (started_at IS NULL);

create table telegram_limits (
  account_id text not null,
  kind text not null,
  peer_id bigint not null default 0,
  until timestamp with time zone not null,
  reason text not null,
  since timestamp with time zone not null default now()
);
alter table telegram_limits add constraint telegram_limits_pkey PRIMARY KEY (account_id, kind, peer_id);
alter table telegram_limits add constraint telegram_limits_kind_check CHECK ((kind = ANY (ARRAY['send'::text, 'stranger'::text, 'lookup'::text, 'history'::text, 'files'::text, 'signs'::text])));

create table telegram_pauses (
  account_id text not null,
  kind text not null,
  until timestamp with time zone not null,
  reason text not null
);
alter table telegram_pauses add constraint telegram_pauses_pkey PRIMARY KEY (account_id, kind);
alter table telegram_pauses add constraint telegram_pauses_kind_check CHECK ((kind = ANY (ARRAY['send'::text, 'new_dialog'::text, 'lookup'::text])));

create table telegram_sends (
  key text not null,
  account_id text not null,
  peer_id bigint not null,
  state text not null,
  message_id bigint,
  sent_at timestamp with time zone,
  created_at timestamp with time zone not null default now()
);
alter table telegram_sends add constraint telegram_sends_pkey PRIMARY KEY (key);
alter table telegram_sends add constraint telegram_sends_state_check CHECK ((state = ANY (ARRAY['sending'::text, 'sent'::text])));
CREATE INDEX telegram_sends_old ON public.telegram_sends USING btree (sent_at) WHERE (state = 'sent'::text);

create table telegram_sessions (
  account_id text not null,
  kind text not null,
  key text not null,
  value bytea not null,
  key_id text
);
alter table telegram_sessions add constraint telegram_sessions_pkey PRIMARY KEY (account_id, kind, key);
alter table telegram_sessions add constraint telegram_sessions_kind_check CHECK ((kind = ANY (ARRAY['kv'::text, 'auth_key'::text, 'temp_key'::text, 'peer'::text, 'ref'::text])));

create table telegram_start_tokens (
  token text not null,
  lead_id bigint not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  used_by bigint
);
alter table telegram_start_tokens add constraint telegram_start_tokens_pkey PRIMARY KEY (token);
CREATE INDEX telegram_start_tokens_lead ON public.telegram_start_tokens USING btree (lead_id);

create table telegram_strangers (
  sign bytea not null,
  account_id text not null,
  heard_at timestamp with time zone not null default now()
);
alter table telegram_strangers add constraint telegram_strangers_pkey PRIMARY KEY (sign, account_id);
CREATE INDEX telegram_strangers_old ON public.telegram_strangers USING btree (heard_at);

create table turns (
  id bigint not null generated always as identity,
  lead_id bigint not null,
  kind text not null,
  state text not null default 'pending'::text,
  run_at timestamp with time zone not null,
  first_event_at timestamp with time zone not null default now(),
  fencing bigint not null default 0,
  lease_until timestamp with time zone,
  attempts integer not null default 0,
  refusals integer not null default 0,
  seen_message_id bigint,
  decision jsonb,
  decided_at timestamp with time zone,
  calendar_step text,
  trace jsonb not null default '{}'::jsonb,
  last_error text,
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  claimed_by uuid,
  seen_at timestamp with time zone,
  execution_id text,
  held_by text,
  is_shadow boolean not null default false,
  is_suggestion boolean not null default false,
  n8n_process uuid,
  workflow_id text
);
alter table turns add constraint turns_pkey PRIMARY KEY (id);
alter table turns add constraint turns_kind_check CHECK ((kind = ANY (ARRAY['first_touch'::text, 'answer'::text, 'follow_up'::text, 'reminder'::text, 'no_show'::text, 'operator'::text])));
alter table turns add constraint turns_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'running'::text, 'done'::text, 'superseded'::text, 'cancelled'::text, 'failed'::text])));
CREATE INDEX turns_answered ON public.turns USING btree (finished_at) WHERE ((state = 'done'::text) AND (kind = 'answer'::text));
CREATE INDEX turns_due ON public.turns USING btree (run_at) WHERE (state = 'pending'::text);
CREATE INDEX turns_ended ON public.turns USING btree (finished_at, id) WHERE (decided_at IS NOT NULL);
CREATE INDEX turns_failed ON public.turns USING btree (finished_at) WHERE (state = 'failed'::text);
CREATE INDEX turns_failed_id ON public.turns USING btree (id) WHERE (state = 'failed'::text);
CREATE INDEX turns_handed_over ON public.turns USING btree (finished_at) WHERE ((decision #>> '{sales,action}'::text[]) = 'handoff'::text);
CREATE INDEX turns_held ON public.turns USING btree (held_by) WHERE (held_by IS NOT NULL);
CREATE INDEX turns_lead ON public.turns USING btree (lead_id, id);
CREATE INDEX turns_lease ON public.turns USING btree (lease_until) WHERE (state = 'running'::text);
CREATE INDEX turns_objected ON public.turns USING btree (finished_at) WHERE ((decision #> '{classification,objections}'::text[]) <> '[]'::jsonb);
CREATE INDEX turns_offered ON public.turns USING btree (finished_at) WHERE ((decision #>> '{sales,action}'::text[]) = 'offer_times'::text);
CREATE UNIQUE INDEX turns_one_pending ON public.turns USING btree (lead_id) WHERE (state = 'pending'::text);
CREATE UNIQUE INDEX turns_one_running ON public.turns USING btree (lead_id) WHERE (state = 'running'::text);
CREATE INDEX turns_repeated ON public.turns USING btree (finished_at) WHERE (fencing > 1);
CREATE INDEX turns_shadow ON public.turns USING btree (id) WHERE is_shadow;
CREATE INDEX turns_traced ON public.turns USING btree (finished_at) WHERE (trace <> '{}'::jsonb);

create table webhook_deliveries (
  id bigint not null generated always as identity,
  webhook_id bigint not null,
  lead_id bigint,
  type text not null,
  data jsonb not null,
  state text not null default 'pending'::text,
  attempts integer not null default 0,
  created_at timestamp with time zone not null default now(),
  run_at timestamp with time zone not null default now(),
  lease_until timestamp with time zone,
  last_error text,
  finished_at timestamp with time zone
);
alter table webhook_deliveries add constraint webhook_deliveries_pkey PRIMARY KEY (id);
alter table webhook_deliveries add constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'dead'::text])));
CREATE INDEX webhook_deliveries_dead ON public.webhook_deliveries USING btree (webhook_id, id) WHERE (state = 'dead'::text);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (COALESCE(lease_until, run_at)) WHERE (state = ANY (ARRAY['pending'::text, 'sending'::text]));
CREATE INDEX webhook_deliveries_lead ON public.webhook_deliveries USING btree (lead_id) WHERE (lead_id IS NOT NULL);
CREATE INDEX webhook_deliveries_of ON public.webhook_deliveries USING btree (webhook_id, id);
CREATE INDEX webhook_deliveries_sent ON public.webhook_deliveries USING btree (finished_at) WHERE (state = 'sent'::text);

create table webhooks (
  id bigint not null generated always as identity,
  url text not null,
  events text[] not null,
  secret text not null,
  created_at timestamp with time zone not null default now(),
  created_by text not null,
  stopped_at timestamp with time zone,
  stopped_reason text
);
alter table webhooks add constraint webhooks_pkey PRIMARY KEY (id);

CREATE OR REPLACE FUNCTION public.card_source(card jsonb)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select coalesce(substring(card ->> 'source' from '^https?://(?:www\.)?([^/?#:]+)'), card ->> 'source')
$function$;

CREATE OR REPLACE FUNCTION public.follow_delivery()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update lead_heads h set contacted_at = n.sent_at
  from (select lead_id, min(sent_at) as sent_at from changed where direction = 'out' and sent_at is not null group by lead_id) n
  where h.lead_id = n.lead_id and h.contacted_at is null;
  insert into console_changes (lead_id, kind) select distinct lead_id, 'message' from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.follow_draft()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update lead_heads h set draft_since = w.created_at
  from (select c.lead_id, min(d.created_at) as created_at
        from (select distinct lead_id from changed) c
        left join drafts d on d.lead_id = c.lead_id and d.state = 'waiting' and d.kind = 'approval'
        group by c.lead_id) w
  where h.lead_id = w.lead_id and h.draft_since is distinct from w.created_at;
  insert into console_changes (lead_id, kind) select distinct lead_id, 'turn' from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.follow_lead()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into lead_heads as h (lead_id, created_at, control, control_source, stage, is_closed, responsible_user_id, last_at, qualified_at,
                               snoozed_until, source)
  select id, created_at, control, control_source, stage,
         stage in ('won', 'lost') or opted_out_at is not null or card_gone_at is not null, responsible_user_id, created_at,
         case when stage in ('qualified', 'booked', 'won') then now() end, snoozed_until, card_source(card)
  from changed
  on conflict (lead_id) do update set control = excluded.control, control_source = excluded.control_source, stage = excluded.stage,
    is_closed = excluded.is_closed, responsible_user_id = excluded.responsible_user_id,
    qualified_at = coalesce(h.qualified_at, excluded.qualified_at), snoozed_until = excluded.snoozed_until, source = excluded.source
  where (h.control, h.control_source, h.stage, h.is_closed, h.responsible_user_id, h.snoozed_until, h.source)
    is distinct from (excluded.control, excluded.control_source, excluded.stage, excluded.is_closed, excluded.responsible_user_id,
                      excluded.snoozed_until, excluded.source);
  insert into console_changes (lead_id, kind) select distinct id, 'lead' from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.follow_meeting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update lead_heads h set seller_id = n.seller_id, booked_at = coalesce(h.booked_at, n.booked_at)
  from (select distinct on (lead_id) lead_id, seller_id, min(booked_at) over (partition by lead_id) as booked_at
          from changed order by lead_id, id desc) n
  where h.lead_id = n.lead_id
    and (h.seller_id is distinct from n.seller_id or (h.booked_at is null and n.booked_at is not null));
  insert into console_changes (lead_id, kind) select distinct lead_id, 'meeting' from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.follow_message()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update lead_heads h set
    last_message_id = n.id, last_direction = n.direction, last_at = greatest(h.last_at, n.at),
    unanswered_since = case when n.direction = 'in' then coalesce(h.unanswered_since, n.at) end,
    replied_at = coalesce(h.replied_at, n.heard_at), contacted_at = coalesce(h.contacted_at, n.sent_at)
  from (
    select distinct on (lead_id) lead_id, id, direction, coalesce(sent_at, created_at) as at,
      min(coalesce(sent_at, created_at)) filter (where direction = 'in') over (partition by lead_id) as heard_at,
      min(sent_at) filter (where direction = 'out') over (partition by lead_id) as sent_at
    from changed order by lead_id, id desc) n
  where h.lead_id = n.lead_id and n.id > coalesce(h.last_message_id, 0);
  insert into console_changes (lead_id, kind) select distinct lead_id, 'message' from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.follow_turn()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update lead_heads h set offered_at = n.at
  from (select lead_id, min(decided_at) as at from changed where jsonb_array_length(decision -> 'offers') > 0
          and decision -> 'sales' ->> 'action' in ('offer_times', 'book', 'move') group by lead_id) n
  where h.lead_id = n.lead_id and h.offered_at is null;
  insert into console_changes (lead_id, kind) select distinct lead_id, 'turn' from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.note_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into console_changes (lead_id, kind) select distinct lead_id, tg_argv[0] from changed;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.rebuild_lead_heads()
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into lead_heads (lead_id, created_at, control, control_source, stage, is_closed, responsible_user_id, seller_id, last_message_id,
                          last_direction, last_at, unanswered_since, contacted_at, replied_at, qualified_at, offered_at, booked_at,
                          draft_since, snoozed_until, source)
  select l.id, l.created_at, l.control, l.control_source, l.stage,
    l.stage in ('won', 'lost') or l.opted_out_at is not null or l.card_gone_at is not null, l.responsible_user_id, e.seller_id,
    newest.id, newest.direction, coalesce(newest.at, l.created_at), case when newest.direction = 'in' then newest.at end,
    m.contacted_at, m.replied_at, case when l.stage in ('qualified', 'booked', 'won') then l.stage_since end, t.offered_at, b.booked_at,
    d.created_at, l.snoozed_until, card_source(l.card)
  from leads l
  left join (select distinct on (lead_id) lead_id, id, direction, coalesce(sent_at, created_at) as at
             from messages order by lead_id, id desc) newest on newest.lead_id = l.id
  left join (select lead_id, min(sent_at) filter (where direction = 'out') as contacted_at,
               min(coalesce(sent_at, created_at)) filter (where direction = 'in') as replied_at
             from messages group by lead_id) m on m.lead_id = l.id
  left join (select lead_id, min(decided_at) as offered_at from turns
             where jsonb_array_length(decision -> 'offers') > 0 and decision -> 'sales' ->> 'action' in ('offer_times', 'book', 'move')
             group by lead_id) t on t.lead_id = l.id
  left join (select distinct on (lead_id) lead_id, seller_id from calendar_events order by lead_id, id desc) e on e.lead_id = l.id
  left join (select lead_id, min(booked_at) as booked_at from calendar_events group by lead_id) b on b.lead_id = l.id
  left join drafts d on d.lead_id = l.id and d.state = 'waiting' and d.kind = 'approval'
  on conflict (lead_id) do nothing
$function$;

alter table alert_notices add constraint alert_notices_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerts(id) ON DELETE CASCADE;
alter table alerts add constraint alerts_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id) ON DELETE CASCADE;
alter table api_tokens add constraint api_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES console_users(id) ON DELETE CASCADE;
alter table calendar_events add constraint calendar_events_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table calendar_events add constraint calendar_events_seller_id_fkey FOREIGN KEY (seller_id) REFERENCES sellers(id);
alter table calendar_events add constraint calendar_events_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id);
alter table console_filters add constraint console_filters_user_id_fkey FOREIGN KEY (user_id) REFERENCES console_users(id) ON DELETE CASCADE;
alter table console_invitations add constraint console_invitations_seller_id_fkey FOREIGN KEY (seller_id) REFERENCES sellers(id);
alter table console_recovery_codes add constraint console_recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES console_users(id) ON DELETE CASCADE;
alter table console_sessions add constraint console_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES console_users(id) ON DELETE CASCADE;
alter table console_users add constraint console_users_seller_id_fkey FOREIGN KEY (seller_id) REFERENCES sellers(id);
alter table conversations add constraint conversations_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table drafts add constraint drafts_approved_turn_id_fkey FOREIGN KEY (approved_turn_id) REFERENCES turns(id);
alter table drafts add constraint drafts_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table drafts add constraint drafts_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id);
alter table erased_marks add constraint erased_marks_erasure_id_fkey FOREIGN KEY (erasure_id) REFERENCES erasures(id) ON DELETE CASCADE;
alter table evaluation_cases add constraint evaluation_cases_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table evaluation_cases add constraint evaluation_cases_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id);
alter table evaluation_cases add constraint evaluation_cases_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id);
alter table knowledge_questions add constraint knowledge_questions_item_id_fkey FOREIGN KEY (item_id) REFERENCES knowledge_items(id) ON DELETE SET NULL;
alter table knowledge_questions add constraint knowledge_questions_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table knowledge_questions add constraint knowledge_questions_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id);
alter table lead_facts add constraint lead_facts_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id) ON DELETE CASCADE;
alter table lead_facts add constraint lead_facts_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE SET NULL;
alter table lead_heads add constraint lead_heads_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table lead_notes add constraint lead_notes_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table lead_notes add constraint lead_notes_user_id_fkey FOREIGN KEY (user_id) REFERENCES console_users(id) ON DELETE SET NULL;
alter table leads add constraint leads_continues_lead_id_fkey FOREIGN KEY (continues_lead_id) REFERENCES leads(id);
alter table message_files add constraint message_files_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id);
alter table messages add constraint messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id);
alter table messages add constraint messages_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table model_calls add constraint model_calls_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id);
alter table outages add constraint outages_alert_lead_id_fkey FOREIGN KEY (alert_lead_id) REFERENCES leads(id);
alter table outbox add constraint outbox_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table outbox add constraint outbox_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id);
alter table push_notices add constraint push_notices_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES alerts(id) ON DELETE CASCADE;
alter table push_notices add constraint push_notices_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES push_subscriptions(id) ON DELETE CASCADE;
alter table push_subscriptions add constraint push_subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES console_users(id) ON DELETE CASCADE;
alter table restore_findings add constraint restore_findings_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id) ON DELETE CASCADE;
alter table restore_findings add constraint restore_findings_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id) ON DELETE CASCADE;
alter table restore_findings add constraint restore_findings_restore_id_fkey FOREIGN KEY (restore_id) REFERENCES restores(id) ON DELETE CASCADE;
alter table restore_sends add constraint restore_sends_restore_id_fkey FOREIGN KEY (restore_id) REFERENCES restores(id) ON DELETE CASCADE;
alter table telegram_actions add constraint telegram_actions_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_dialogs add constraint telegram_dialogs_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_dialogs add constraint telegram_dialogs_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id);
alter table telegram_limits add constraint telegram_limits_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_pauses add constraint telegram_pauses_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_sessions add constraint telegram_sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_start_tokens add constraint telegram_start_tokens_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table turns add constraint turns_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table webhook_deliveries add constraint webhook_deliveries_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id) ON DELETE CASCADE;
alter table webhook_deliveries add constraint webhook_deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id) ON DELETE CASCADE;

CREATE TRIGGER console_meetings_added AFTER INSERT ON public.calendar_events REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_meeting();
CREATE TRIGGER console_meetings_changed AFTER UPDATE ON public.calendar_events REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_meeting();
CREATE TRIGGER console_drafts_added AFTER INSERT ON public.drafts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_draft();
CREATE TRIGGER console_drafts_changed AFTER UPDATE ON public.drafts REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_draft();
CREATE TRIGGER console_notes_added AFTER INSERT ON public.lead_notes REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change('note');
CREATE TRIGGER console_leads_added AFTER INSERT ON public.leads REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_lead();
CREATE TRIGGER console_leads_changed AFTER UPDATE ON public.leads REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_lead();
CREATE TRIGGER console_messages_added AFTER INSERT ON public.messages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_message();
CREATE TRIGGER console_messages_changed AFTER UPDATE ON public.messages REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_delivery();
CREATE TRIGGER console_outbox_added AFTER INSERT ON public.outbox REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change('delivery');
CREATE TRIGGER console_outbox_changed AFTER UPDATE ON public.outbox REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_change('delivery');
CREATE TRIGGER console_turns_added AFTER INSERT ON public.turns REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_turn();
CREATE TRIGGER console_turns_changed AFTER UPDATE ON public.turns REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_turn();
