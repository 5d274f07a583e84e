-- How a calendar was lost, which decides what brings it back: see api/src/calendar/calendar-access.ts.
alter table sellers add column disconnected_by text check (disconnected_by in ('credential', 'scope', 'calendar'));
-- The outbox row that put this meeting's task into amoCRM, so that the task can be closed when the meeting moves or ends.
alter table calendar_events add column task_key text;
-- A turn that a human decided: moving or cancelling a meeting through the API. No model is asked.
alter table turns drop constraint turns_kind_check;
alter table turns add constraint turns_kind_check
  check (kind in ('first_touch', 'answer', 'follow_up', 'reminder', 'no_show', 'operator'));
