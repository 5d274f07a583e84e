import assert from 'node:assert/strict'
import { test } from 'node:test'
import { googlePlace } from './google-place.ts'

test('addresses of calendars and ids of events pass', () => {
  for (const calendarId of [
    'olga@beacon.example',
    'x1y2@group.calendar.google.com',
    'o.k+crm@beacon.example',
  ])
    assert.equal(googlePlace({ calendarId }).calendarId, calendarId)
  for (const eventId of ['0123456789abcdef0123456789abcdef01234567', 'abc123_20261120T100000Z'])
    assert.equal(googlePlace({ calendarId: 'a@b.example', eventId }).eventId, eventId)
})

test('no id leads to another place', () => {
  const traps = [
    '',
    '.',
    '..',
    '../..',
    'a/b',
    'https://evil.example',
    '@evil.example/x',
    'a@b/../c',
    'a b@c',
    'a@b?x=1',
    'a\\b@c',
  ]
  for (const calendarId of traps) assert.throws(() => googlePlace({ calendarId }), calendarId)
  for (const eventId of [...traps, 'a@b', 'x#y', 'x%2e'])
    assert.throws(() => googlePlace({ calendarId: 'a@b.example', eventId }), eventId)
})
