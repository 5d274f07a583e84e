import { workflow } from '@n8n/workflow-sdk'
import { at, errorText, everyMinute, google, leadApi, note, route, whenNodesAreMissing } from './nodes.ts'

/** What humans move or delete in Google Calendar comes back to us: once a minute, only what changed. */
export function calendarSync() {
  const minute = everyMinute('Every minute', { position: at(0, 1) })
  const plan = leadApi('Plan the calendar sync', 'planSync', { position: at(1, 1) })
  const read = google('Google: what changed', 'GET', 'events or event', {
    position: at(2, 1),
    from: '($json.request ?? $json)',
  })
  const take = leadApi('Take the page', 'takeSyncPage', {
    position: at(3, 1),
    data: `={{ { calendarId: $('Plan the calendar sync').item.json.calendarId, meetingId: $('Plan the calendar sync').item.json.meetingId, status: $json.statusCode ?? 0, body: $json.body, error: $json.error === undefined ? undefined : ${errorText} } }}`,
  })
  const more = route('Another page?', '={{ $json.next }}', ['more'], { position: at(4, 1) })
  return workflow('calendarSync0001', 'calendar-sync', {
    executionOrder: 'v1',
    errorWorkflow: 'leadErrors000001',
    executionTimeout: 50,
    saveDataSuccessExecution: 'none',
  } as Parameters<typeof workflow>[2])
    .add(
      note(
        'About the sync',
        '# Google Calendar → our meetings\n## Once a minute, only what changed\nThe API keeps the sync token of each calendar. A meeting of ours that was moved or deleted in Google is followed: our row, the card, the reminders and, if the business wants it, the lead.\n\nMeetings whose turn ended in the dark are asked for by id. No answer is reported too: that is how lost access is noticed.\n\nExecute it by hand as you like: it is what each minute does. Set-up: the credentials *Lead Processing API* and *Google Calendar*.' +
          whenNodesAreMissing,
        { column: -0.25, row: -1.1, columns: 6.2, rows: 3.7, color: 4 },
      ),
    )
    .add(minute)
    .add(plan)
    .add(read)
    .add(take)
    .add(more)
    .connect(minute, 0, plan, 0)
    .connect(plan, 0, read, 0)
    .connect(read, 0, take, 0)
    .connect(read, 1, take, 0)
    .connect(take, 0, more, 0)
    .connect(more, 0, read, 0)
}
