import { call, el, follow, lang, languageButton } from './base.js'
import { addDays, minutesOf, mondayOf, nowIn, weekTitle } from './days.js'
import { openAdd, openEvent } from './dialogs.js'
import { weekGrid } from './week.js'
import { word } from './words.js'

document.documentElement.lang = lang
document.title = word('title')

const view = { calendars: [], calendar: undefined, monday: undefined }

const picker = el('select', { 'aria-label': word('calendar'), onchange: () => choose(picker.value) })
const title = el('strong', { class: 'title', 'aria-live': 'polite' })
const zone = el('span', { class: 'note' })
const grid = el('main', { class: 'scroll' })
const step = (name, sign, days) =>
  el(
    'button',
    { title: word(name), 'aria-label': word(name), onclick: () => show(addDays(view.monday, days)) },
    sign,
  )
const today = () => mondayOf(nowIn(view.calendar.timeZone).slice(0, 10))

document.body.append(
  el(
    'header',
    { class: 'bar' },
    el('h1', {}, word('title')),
    picker,
    el(
      'span',
      { class: 'steps' },
      step('previous', '‹', -7),
      el('button', { onclick: () => show(today()) }, word('today')),
      step('next', '›', 7),
    ),
    title,
    el('span', { class: 'grow' }),
    el('button', { class: 'primary', onclick: addNow }, word('add')),
    languageButton(),
  ),
  el(
    'div',
    { class: 'legend note' },
    el('span', { class: 'key ours' }, word('ours')),
    el('span', { class: 'key human' }, word('human')),
    el('span', { class: 'offline-note error' }, word('offline')),
    zone,
  ),
  grid,
)

function addNow() {
  const now = nowIn(view.calendar.timeZone)
  const day = view.monday === today() ? now.slice(0, 10) : view.monday
  openAdd(view.calendar.id, day, Math.min(Math.ceil((minutesOf(now) + 1) / 30) * 30, 1410))
}

function choose(id) {
  view.calendar = view.calendars.find((calendar) => calendar.id === id) ?? view.calendars[0]
  return draw()
}

function show(monday) {
  view.monday = monday
  return draw()
}

async function draw() {
  view.calendars = await call('/_sim/calendars')
  view.calendar = view.calendars.find(({ id }) => id === view.calendar?.id) ?? view.calendars[0]
  const { id, timeZone } = view.calendar
  view.monday ??= today()
  const { monday } = view
  picker.replaceChildren(
    ...view.calendars.map((one) => el('option', { value: one.id, selected: one.id === id }, one.id)),
  )
  // A day more at each side, because the zone moves the bounds.
  const query = new URLSearchParams({
    calendarId: id,
    from: `${addDays(monday, -1)}T00:00:00Z`,
    to: `${addDays(monday, 8)}T00:00:00Z`,
  })
  const events = await call(`/_sim/events?${query}`)
  if (monday !== view.monday || id !== view.calendar.id) return
  title.textContent = weekTitle(monday)
  zone.textContent = `${word('zone')}: ${timeZone}`
  const open = { add: (day, minutes) => openAdd(id, day, minutes), event: openEvent }
  const { scrollLeft, scrollTop } = grid
  const isFirst = !grid.hasChildNodes()
  grid.replaceChildren(weekGrid({ monday, events, timeZone }, open))
  const hour = grid.querySelector('.day').getBoundingClientRect().height / 24
  grid.scrollTo(isFirst ? todayColumn() : scrollLeft, isFirst ? hour * 8 - 8 : scrollTop)
}

/** On a narrow screen the week begins with today. */
function todayColumn() {
  const head = grid.querySelector('.head.today')
  return head ? head.offsetLeft - grid.querySelector('.hours').offsetWidth : 0
}

// The line of now moves also when nothing happens.
setInterval(() => view.calendar && document.visibilityState === 'visible' && draw().catch(() => {}), 60_000)
void follow(draw)
