create extension btree_gist;
create extension pgcrypto;

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
  booked_at timestamp with time zone
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
CREATE INDEX calendar_events_span ON public.calendar_events USING gist (tstzrange(starts_at, ends_at));
CREATE INDEX calendar_events_task ON public.calendar_events USING btree (task_key) WHERE (task_key IS NOT NULL);
CREATE INDEX calendar_events_turn ON public.calendar_events USING btree (turn_id) WHERE (turn_id IS NOT NULL);

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
  phones_missed text[] not null default '{}'::text[]
);
alter table conversations add constraint conversations_pkey PRIMARY KEY (id);
alter table conversations add constraint conversations_lead_id_channel_key UNIQUE (lead_id, channel);
alter table conversations add constraint conversations_channel_check CHECK ((channel = 'telegram'::text));
CREATE INDEX conversations_amo_chat ON public.conversations USING btree (amo_chat_id) WHERE (amo_chat_id IS NOT NULL);
CREATE INDEX conversations_newest ON public.conversations USING btree (account_id, updated_at) WHERE (peer_id IS NOT NULL);
CREATE INDEX conversations_person ON public.conversations USING btree (account_id, peer_id) WHERE (peer_id IS NOT NULL);

create table cursors (
  name text not null,
  value jsonb not null,
  updated_at timestamp with time zone not null default now()
);
alter table cursors add constraint cursors_pkey PRIMARY KEY (name);

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
  stage_since timestamp with time zone not null default now()
);
alter table leads add constraint leads_pkey PRIMARY KEY (id);
alter table leads add constraint leads_bound_by_check CHECK ((bound_by = ANY (ARRAY['link'::text, 'contact'::text, 'phone'::text, 'username'::text, 'earlier'::text])));
alter table leads add constraint leads_control_check CHECK ((control = ANY (ARRAY['ai'::text, 'human'::text, 'paused'::text])));
alter table leads add constraint leads_control_source_check CHECK ((control_source = ANY (ARRAY['start'::text, 'tag'::text, 'note'::text, 'card'::text, 'phone'::text, 'chat'::text, 'decision'::text, 'failure'::text, 'other_lead'::text, 'operator'::text, 'loop'::text])));
alter table leads add constraint leads_language_check CHECK ((language = ANY (ARRAY['ru'::text, 'en'::text])));
alter table leads add constraint leads_opted_out_source_check CHECK ((opted_out_source = ANY (ARRAY['words'::text, 'classifier'::text, 'command'::text, 'blocked'::text, 'tag'::text, 'other_lead'::text])));
alter table leads add constraint leads_stage_check CHECK ((stage = ANY (ARRAY['new'::text, 'contacted'::text, 'qualified'::text, 'booked'::text, 'won'::text, 'lost'::text])));
CREATE INDEX leads_contact ON public.leads USING btree (contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX leads_email ON public.leads USING btree (lower(email)) WHERE (email IS NOT NULL);
CREATE INDEX leads_phone ON public.leads USING btree (phone) WHERE (phone IS NOT NULL);
CREATE INDEX leads_phones ON public.leads USING gin (phones);
CREATE INDEX leads_telegram_user ON public.leads USING btree (telegram_user_id) WHERE (telegram_user_id IS NOT NULL);
CREATE INDEX leads_telegram_username ON public.leads USING btree (lower(telegram_username)) WHERE (telegram_username IS NOT NULL);

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
  deleted_at timestamp with time zone
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
  login jsonb
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
alter table telegram_actions add constraint telegram_actions_kind_check CHECK ((kind = ANY (ARRAY['send'::text, 'lookup'::text, 'login_code'::text])));
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
  seen_at timestamp with time zone
);
alter table turns add constraint turns_pkey PRIMARY KEY (id);
alter table turns add constraint turns_kind_check CHECK ((kind = ANY (ARRAY['first_touch'::text, 'answer'::text, 'follow_up'::text, 'reminder'::text, 'no_show'::text, 'operator'::text])));
alter table turns add constraint turns_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'running'::text, 'done'::text, 'superseded'::text, 'cancelled'::text, 'failed'::text])));
CREATE INDEX turns_due ON public.turns USING btree (run_at) WHERE (state = 'pending'::text);
CREATE INDEX turns_lead ON public.turns USING btree (lead_id, id);
CREATE INDEX turns_lease ON public.turns USING btree (lease_until) WHERE (state = 'running'::text);
CREATE UNIQUE INDEX turns_one_pending ON public.turns USING btree (lead_id) WHERE (state = 'pending'::text);
CREATE UNIQUE INDEX turns_one_running ON public.turns USING btree (lead_id) WHERE (state = 'running'::text);
CREATE INDEX turns_traced ON public.turns USING btree (finished_at) WHERE (trace <> '{}'::jsonb);

alter table calendar_events add constraint calendar_events_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table calendar_events add constraint calendar_events_seller_id_fkey FOREIGN KEY (seller_id) REFERENCES sellers(id);
alter table calendar_events add constraint calendar_events_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id);
alter table conversations add constraint conversations_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table leads add constraint leads_continues_lead_id_fkey FOREIGN KEY (continues_lead_id) REFERENCES leads(id);
alter table message_files add constraint message_files_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id);
alter table messages add constraint messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id);
alter table messages add constraint messages_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table outbox add constraint outbox_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table outbox add constraint outbox_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES turns(id);
alter table telegram_actions add constraint telegram_actions_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_dialogs add constraint telegram_dialogs_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_dialogs add constraint telegram_dialogs_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id);
alter table telegram_pauses add constraint telegram_pauses_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_sessions add constraint telegram_sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES telegram_accounts(id);
alter table telegram_start_tokens add constraint telegram_start_tokens_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
alter table turns add constraint turns_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id);
