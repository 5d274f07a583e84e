import { el, lang } from './base.js'
import { text } from './texts.js'

const time = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'long' })

/** The local calendar day of a message. */
export const dayOf = ({ at }) => new Date(at).toDateString()

export function daySeparator(message) {
  const daysAgo = Math.round(
    (new Date().setHours(0, 0, 0, 0) - new Date(message.at).setHours(0, 0, 0, 0)) / 86_400_000,
  )
  const name = { 0: text('today'), 1: text('yesterday') }[daysAgo] ?? date.format(new Date(message.at))
  return el('li', { class: 'day' }, name)
}

/** One message; the person's own can be edited and deleted. */
export function bubble(message, { edit, remove }) {
  const own = message.from === 'person'
  const seen = own && (message.readBySeller ? ['✓✓', 'read'] : ['✓', 'sent'])
  const node = el(
    'li',
    { class: `bubble ${message.from}` },
    message.media && el('span', { class: 'media' }, text(message.media)),
    el('span', { class: 'words' }, message.text),
    own &&
      el(
        'span',
        { class: 'actions' },
        action('edit', '✎', startEdit),
        action('remove', '✕', () => remove(message.id)),
      ),
    el(
      'span',
      { class: 'meta' },
      message.edited && el('span', {}, text('edited')),
      el('time', { datetime: message.at }, time.format(new Date(message.at))),
      seen && el('span', { class: seen[1], title: text(seen[1]), 'aria-label': text(seen[1]) }, seen[0]),
    ),
  )
  return node

  function startEdit() {
    const area = el('textarea', { rows: 2, 'aria-label': text('edit') })
    area.value = message.text
    const close = () => node.replaceWith(bubble(message, { edit, remove }))
    const save = (event) => {
      event.preventDefault()
      const words = area.value.trim()
      close()
      if (words && words !== message.text) void edit(message.id, words)
    }
    node.replaceChildren(
      el(
        'form',
        { class: 'editing', onsubmit: save },
        area,
        el('button', { class: 'primary' }, text('save')),
        el('button', { type: 'button', onclick: close }, text('cancel')),
      ),
    )
    area.focus()
  }
}

const action = (name, sign, onclick) =>
  el('button', { title: text(name), 'aria-label': text(name), onclick }, sign)
