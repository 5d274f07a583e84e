import assert from 'node:assert/strict'
import { test } from 'node:test'
import file from '../../cases/judged.json' with { type: 'json' }
import { readTime, type TimeWish } from './read-time.ts'

const HOUR = 3_600_000
const reference = '2026-11-20T10:00:00+03:00'

type Span = { from: number; to: number }

/** An instant of the file: the coming such day, in Moscow unless an offset is written. */
function instant(text: string): number {
  const dated = text.startsWith('20') ? text : `${text < '11-20' ? 2027 : 2026}-${text}`
  return Date.parse(dated.length > 16 ? dated : `${dated}+03:00`)
}

function spansOf(answer: string): Span[] {
  return answer
    .split(', ')
    .filter(Boolean)
    .map((one) => {
      const [from = '', to = from] = one.split('/')
      return { from: instant(from), to: instant(to) }
    })
}

function spanOf(wish: TimeWish): Span {
  const [from, to] = 'point' in wish ? [wish.point, wish.point] : [wish.from, wish.to]
  return { from: Date.parse(from), to: Date.parse(to) }
}

/** `silent`: another time than the one that was meant, and no question; `asked`: a question where none was needed. */
function judge(text: string, judged: string): 'right' | 'asked' | 'silent' {
  const [, mark = '', slackMark = '', answer = ''] = /^(\?{0,2}) ?(~{0,2}) ?(.*)$/u.exec(judged) ?? []
  const { found, ambiguous } = readTime({ text, reference, tz: 'Europe/Moscow' })
  const spans = spansOf(answer)
  const days = spans.some(({ from, to }) => to - from >= 24 * HOUR)
  const slack = { '': 0, '~': days ? 24 * HOUR : HOUR / 2, '~~': days ? 96 * HOUR : 2 * HOUR }[slackMark] ?? 0
  const read = found.map(spanOf)
  const fits =
    spans.length === read.length &&
    spans.every(
      ({ from, to }, i) => Math.abs(from - read[i]!.from) <= slack && Math.abs(to - read[i]!.to) <= slack,
    )
  const isAsked = ambiguous || found.length === 0
  if (mark === '?') return isAsked ? 'right' : 'silent'
  if (mark === '??') return isAsked || fits ? 'right' : 'silent'
  if (fits && !ambiguous) return 'right'
  return isAsked ? 'asked' : 'silent'
}

for (const [lang, phrases] of Object.entries({ ru: file.ru, en: file.en })) {
  test(`no phrase is read as another time in silence, and 95 % are read right, ${lang}`, () => {
    const all = Object.entries(phrases).map(([text, judged]) => ({ text, is: judge(text, judged) }))
    const of = (verdict: string): string[] => all.filter(({ is }) => is === verdict).map(({ text }) => text)
    assert.deepEqual(of('silent'), [])
    assert.ok(of('right').length >= 0.95 * all.length, of('asked').join('\n'))
  })
}
