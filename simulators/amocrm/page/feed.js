import { el } from './base.js'
import { act } from './session.js'
import { avatar } from './ticket.js'
import { clockText, dayText, t, timeText } from './texts.js'

/** All that happened with a lead, oldest first, with a line for each day. Stays at the end when it was there. */
export function drawFeed(feed, world, card) {
  const isAtEnd = feed.scrollHeight - feed.scrollTop - feed.clientHeight < 40
  const entries = [
    ...card.log.map((one) => ({ at: one.at, node: logLine(world, one) })),
    ...card.notes.map((one) => ({ at: one.created_at, node: noteEntry(world, one) })),
    ...card.tasks.map((one) => ({ at: one.created_at, node: taskEntry(world, one) })),
    ...(card.chat?.messages ?? []).map((one) => ({ at: one.at / 1000, node: bubble(world, one) })),
  ].toSorted((a, b) => a.at - b.at)
  let day
  const nodes = entries.flatMap(({ at, node }) => {
    const own = dayText(at, world.timeZone)
    if (own === day) return [node]
    day = own
    return [el('p', { class: 'day' }, el('span', {}, own)), node]
  })
  const focused = feed.contains(document.activeElement) ? document.activeElement.dataset.key : undefined
  feed.replaceChildren(...nodes)
  if (isAtEnd) feed.scrollTop = feed.scrollHeight
  if (focused) feed.querySelector(`[data-key="${focused}"]`)?.focus()
}

const line = (world, author, at) =>
  el('p', { class: 'note' }, `${author ?? t('robot')} · ${clockText(at, world.timeZone)}`)

const logLine = (world, one) =>
  el(
    'p',
    { class: 'log note' },
    `${clockText(one.at, world.timeZone)} ${one.author ?? t('robot')} ${t(one.type)}${one.to ? ` ${one.to}` : ''}`,
  )

const noteEntry = (world, one) =>
  el(
    'article',
    { class: 'entry' },
    avatar(one.author),
    el(
      'div',
      {},
      line(world, one.author, one.created_at),
      el('p', { class: 'text' }, one.params.text ?? one.note_type),
    ),
  )

function taskEntry(world, task) {
  const isLate = !task.is_completed && task.complete_till * 1000 < Date.now()
  const due = timeText(task.complete_till, world.timeZone)
  const state = task.is_completed
    ? [t('done'), task.result?.text].filter(Boolean).join(' · ')
    : [t('task'), due, isLate && t('overdue')].filter(Boolean).join(' · ')
  const complete = () => act(`/_sim/tasks/${task.id}/complete`)
  return el(
    'article',
    { class: `entry task${task.is_completed ? ' done' : ''}${isLate ? ' late' : ''}` },
    el('span', { class: 'sign', 'aria-hidden': 'true' }, task.is_completed ? '✓' : '◷'),
    el('div', {}, el('p', { class: 'note' }, state), el('p', { class: 'text' }, task.text)),
    !task.is_completed && el('button', { 'data-key': `task-${task.id}`, onclick: complete }, t('complete')),
  )
}

function bubble(world, one) {
  const states = { 1: t('delivered'), 2: t('read'), '-1': t('failed') }
  const name = one.author === 'bot' ? `${one.name || t('bot')} (${t('bot')})` : one.name
  const about = [
    name,
    clockText(one.at / 1000, world.timeZone),
    one.isEdited && t('edited'),
    states[one.status],
  ]
  return el(
    'article',
    { class: `bubble ${one.author}${one.status === -1 ? ' failed' : ''}` },
    el('p', { class: 'text' }, one.text || one.file_name || one.type),
    el('p', { class: 'note' }, about.filter(Boolean).join(' · ')),
  )
}
