import { el } from './base.js'
import { clock, dayTitle, inLanes, minutesOf, nowIn, partOn, wallOf, weekOf } from './days.js'
import { word } from './words.js'

/**
 * The week as a grid. `open.add(day, minutes)` is called for a click on empty space, `open.event(event)` for one on an
 * event.
 */
export function weekGrid({ monday, events, timeZone }, open) {
  const days = weekOf(monday)
  const now = nowIn(timeZone)
  const live = events.filter(({ status }) => status !== 'cancelled')
  return el(
    'div',
    { class: 'week' },
    el('div', { class: 'corner note' }, word('allDay')),
    days.map((day) => dayHead(day, live, day === now.slice(0, 10), open)),
    el(
      'div',
      { class: 'hours', 'aria-hidden': 'true' },
      Array.from({ length: 24 }, (_, n) => hourLabel(n)),
    ),
    days.map((day) => dayColumn(day, live, now, open)),
  )
}

const hourLabel = (hour) =>
  el('span', { style: `top: calc(var(--hour) * ${hour})` }, hour ? clock(hour * 60) : '')

function dayHead(day, events, isToday, open) {
  const allDay = events.filter(
    ({ start, end }) => start.date && start.date <= day && (day < end.date || day === start.date),
  )
  return el(
    'div',
    { class: isToday ? 'head today' : 'head' },
    el('div', { class: 'date' }, dayTitle(day)),
    allDay.map((event) => block(event, event.summary || word('untitled'), '', open)),
  )
}

function dayColumn(day, events, now, open) {
  const parts = events.filter(({ start }) => !start.date).flatMap((event) => partOn(day, event) ?? [])
  const column = el(
    'div',
    {
      class: 'day',
      onclick: (click) => {
        if (click.target !== column) return
        const hour = column.getBoundingClientRect().height / 24
        open.add(day, Math.min(Math.floor((click.offsetY / hour) * 2) * 30, 1410))
      },
    },
    inLanes(parts).map((part) => placed(part, open)),
    day === now.slice(0, 10) && el('div', { class: 'now', style: `top: ${top(minutesOf(now))}` }),
  )
  return column
}

const top = (minutes) => `calc(var(--hour) * ${minutes / 60})`

function placed({ event, from, to, lane, lanes }, open) {
  const style = `top: ${top(from)}; height: ${top(to - from)}; left: ${(lane / lanes) * 100}%; width: ${100 / lanes}%`
  const time = wallOf(event.start).slice(11)
  return block(event, event.summary || word('untitled'), style, open, el('small', {}, time))
}

function block(event, title, style, open, ...more) {
  const kind = event.by === 'api' ? 'ours' : 'human'
  const classes = ['event', kind, event.status, event.transparency ?? 'opaque'].join(' ')
  return el(
    'button',
    { class: classes, style, title: `${title} · ${word(kind)}`, onclick: () => open.event(event) },
    title,
    ...more,
  )
}
