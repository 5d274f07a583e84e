import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import phrases from '../cases/time-phrases.json' with { type: 'json' }
import slots from '../cases/slots.json' with { type: 'json' }

type Run = { lines: unknown[]; out: string; status: number | null; err: string }

function run(name: string, args: string[], input = ''): Run {
  const file = fileURLToPath(new URL(name, import.meta.url))
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...args], { input, encoding: 'utf8' })
  const lines = args.includes('--help')
    ? []
    : stdout
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line))
  return { lines, out: stdout, status, err: stderr }
}

test('slots answers a line for a line, whole cases and bare inputs', () => {
  const input = slots.cases
    .flatMap((one) => [one, one.input])
    .map((one) => JSON.stringify(one))
    .join('\n')
  const { lines, status } = run('slots.ts', [], input)
  assert.deepEqual(
    lines,
    slots.cases.flatMap(({ expected }) => [expected, expected]),
  )
  assert.equal(status, 0)
})

test('slots says why a wished time is not free', () => {
  const input = {
    now: '2026-11-26T09:00:00Z',
    hostTz: 'Europe/Moscow',
    durationMin: 30,
    workingHours: [{ days: [1, 2, 3, 4, 5], start: '10:00', end: '18:00' }],
    window: ['2026-11-26T09:00:00Z', '2026-12-10T21:00:00Z'],
  }
  const wishes = ['2026-11-27T12:00:00+03:00', '2026-11-28T12:00:00+03:00'].map((point) => ({ point }))
  const text = wishes.map((wish) => JSON.stringify({ ...input, wish })).join('\n')
  assert.deepEqual(run('slots.ts', [], text).lines, [
    { starts: ['2026-11-27T09:00:00Z'], reason: null },
    { starts: [], reason: 'closed_day' },
  ])
})

test('when answers a line for a line', () => {
  const { lines, status } = run('when.ts', [], phrases.cases.map((one) => JSON.stringify(one)).join('\n'))
  assert.equal(lines.length, phrases.cases.length)
  assert.equal(status, 0)
})

test('a bad line is an error that names the field; the rest is answered; exit code 1', () => {
  const good = '{"text":"tomorrow at 3","reference":"2026-11-20T10:00:00+03:00","tz":"Europe/Moscow"}'
  const { lines, status, err } = run('when.ts', [], `{"text":"x","tz":"UTC"}\nnope\n\n${good}\n`)
  assert.match(JSON.stringify(lines[0]), /error.*reference/)
  assert.match(JSON.stringify(lines[1]), /error.*not JSON/)
  assert.deepEqual(lines[2], {
    found: [{ point: '2026-11-21T15:00:00+03:00' }],
    ambiguous: false,
    approximate: false,
  })
  assert.equal(status, 1)
  assert.match(err, /^line 1: reference: .+\nline 2: not JSON: nope\n$/)
})

test('one case as arguments', () => {
  const when = run('when.ts', [
    'завтра в 11',
    '--reference',
    '2026-11-20T10:00:00+03:00',
    '--tz',
    'Europe/Moscow',
    '--lang',
    'ru',
  ])
  assert.deepEqual(when.lines, [
    { found: [{ point: '2026-11-21T11:00:00+03:00' }], ambiguous: false, approximate: false },
  ])
  assert.deepEqual(run('slots.ts', [JSON.stringify(slots.cases[0]!.input)]).lines, [slots.cases[0]!.expected])
  const bad = run('slots.ts', ['{"now":"2026-01-01T00:00:00Z","hostTz":"UTC"}'])
  assert.match(bad.out, /durationMin/)
  assert.equal(bad.status, 1)
  assert.match(run('when.ts', ['x', '--bad']).out, /unknown option/)
})

test('help', () => {
  for (const name of ['slots.ts', 'when.ts']) assert.match(run(name, ['--help']).out, /JSON/)
})
