import { call, el } from './base.js'
import { addDays, clock, wallOf } from './days.js'
import { word } from './words.js'

/** The form for a new busy time, filled with a day and a minute of it. */
export function openAdd(calendarId, day, minutes) {
  const summary = input('summary', { type: 'text', maxlength: 200 })
  const allDay = el('input', {
    type: 'checkbox',
    onchange: () => form.classList.toggle('whole', allDay.checked),
  })
  const start = input('start', { type: 'datetime-local', value: `${day}T${clock(minutes)}` })
  const end = input('end', { type: 'datetime-local', value: `${day}T${clock(Math.min(minutes + 60, 1439))}` })
  const firstDay = input('start', { type: 'date', value: day })
  const lastDay = input('lastDay', { type: 'date', value: day })
  const shows = el(
    'select',
    {},
    el('option', { value: 'opaque' }, word('busy')),
    el('option', { value: 'transparent' }, word('free')),
  )
  const form = dialog(
    word('add'),
    [
      summary.label,
      el('label', { class: 'row' }, allDay, word('allDay')),
      el('div', { class: 'timed' }, start.label, end.label),
      el('div', { class: 'days' }, firstDay.label, lastDay.label),
      el('label', {}, word('shows'), shows),
    ],
    [el('button', { class: 'primary' }, word('save'))],
    () => {
      const time = allDay.checked
        ? { allDay: true, start: firstDay.field.value, end: addDays(lastDay.field.value, 1) }
        : { start: start.field.value, end: end.field.value }
      const body = { calendarId, transparency: shows.value, ...time }
      return call('/_sim/events', { ...body, ...(summary.field.value && { summary: summary.field.value }) })
    },
  )
}

/** What an event says; the human may move or delete it. */
export function openEvent(event) {
  const path = `/_sim/events/${encodeURIComponent(event.id)}?calendarId=${encodeURIComponent(event.calendarId)}`
  const isDay = Boolean(event.start.date)
  const type = isDay ? 'date' : 'datetime-local'
  const size = isDay ? 10 : 16
  const start = input('start', { type, value: wallOf(event.start).slice(0, size) })
  const last = isDay ? { date: addDays(event.end.date, -1) } : event.end
  const end = input(isDay ? 'lastDay' : 'end', { type, value: wallOf(last).slice(0, size) })
  const remove = el(
    'button',
    { type: 'button', class: 'danger', onclick: () => form.run(() => call(path, undefined, 'DELETE')) },
    word('remove'),
  )
  const form = dialog(
    event.summary || word('untitled'),
    [facts(event), start.label, end.label],
    [remove, el('button', { class: 'primary' }, word('move'))],
    () =>
      call(
        path,
        { start: start.field.value, end: isDay ? addDays(end.field.value, 1) : end.field.value },
        'PATCH',
      ),
  )
}

function facts(event) {
  const rows = [
    [
      word('status'),
      `${word(event.status)}, ${word(event.transparency === 'transparent' ? 'free' : 'busy').toLowerCase()}`,
    ],
    ['', word(event.by === 'api' ? 'ours' : 'human')],
    [
      word('guests'),
      event.attendees?.map(({ email, responseStatus }) => `${email} (${responseStatus})`).join(', '),
    ],
    [word('meet'), event.hangoutLink],
    ...Object.entries(event.extendedProperties?.private ?? {}),
    ['', event.description],
    ['id', event.id],
  ]
  return el(
    'dl',
    {},
    rows.filter(([, value]) => value).flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]),
  )
}

function input(name, attributes) {
  const field = el('input', attributes)
  if (attributes.type !== 'text') field.required = true
  return { field, label: el('label', {}, word(name), field) }
}

function dialog(title, content, buttons, save) {
  const problem = el('p', { class: 'error', role: 'alert' })
  const close = el('button', { type: 'button', onclick: () => box.close() }, word('close'))
  const form = el(
    'form',
    {},
    el('h2', {}, title),
    content,
    problem,
    el('div', { class: 'buttons' }, close, buttons),
  )
  const box = el('dialog', { 'aria-label': title, onclose: () => box.remove() }, form)
  form.run = async (act) => {
    try {
      await act()
      box.close()
    } catch (error) {
      problem.textContent = readable(error.message)
    }
  }
  form.addEventListener('submit', (submit) => {
    submit.preventDefault()
    void form.run(save)
  })
  document.body.append(box)
  box.showModal()
  return form
}

/** The simulator answers with problem+json. */
function readable(text) {
  try {
    const { title, errors } = JSON.parse(text)
    return [title, ...(errors ?? []).map(({ field, detail }) => `${field}: ${detail}`)].join('. ')
  } catch {
    return text
  }
}
