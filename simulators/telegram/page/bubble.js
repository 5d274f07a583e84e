import { el, lang } from './base.js'
import { icon } from './icons.js'
import { text } from './texts.js'
import { voiceNote } from './voice-note.js'

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

/** One message; the person's own can be edited and deleted. `answered`: the message that it answers. */
export function bubble(message, deeds) {
  const { edit, remove, openLink, answered } = deeds
  const own = message.from === 'person'
  const seen = own && (message.readBySeller ? ['✓✓', 'read'] : ['✓', 'sent'])
  const node = el(
    'li',
    { class: `bubble ${message.from}` },
    answered && el('span', { class: 'quote' }, answered.text || text(answered.media)),
    message.media && media(message),
    message.text && el('span', { class: 'words' }, ...linked(message.text, openLink)),
    own &&
      el(
        'span',
        { class: 'actions' },
        message.text && action('edit', '✎', startEdit),
        action('remove', '✕', () => remove(message.id)),
      ),
    el(
      'span',
      { class: 'meta' },
      message.viaBotId && el('span', { title: text('bySecretary'), class: 'by' }, icon('bot')),
      message.edited && el('span', {}, text('edited')),
      el('time', { datetime: message.at }, time.format(new Date(message.at))),
      seen && el('span', { class: seen[1], title: text(seen[1]), 'aria-label': text(seen[1]) }, seen[0]),
    ),
  )
  return node

  function startEdit() {
    const area = el('textarea', { rows: 2, 'aria-label': text('edit') })
    area.value = message.text
    const close = () => node.replaceWith(bubble(message, deeds))
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

/** A photo, a voice note that plays, a file to load; its name alone when the content is gone. */
function media({ media: kind, file }) {
  const address = `/_sim/files/${file.id}`
  const gone = () => shown.replaceWith(el('span', { class: 'media' }, text(kind)))
  if (!['photo', 'voice', 'document'].includes(kind)) return el('span', { class: 'media' }, text(kind))
  const shown =
    kind === 'photo'
      ? el('img', { class: 'photo', src: address, alt: text('photo'), onerror: gone })
      : kind === 'voice'
        ? voiceNote(address, gone)
        : el(
            'a',
            { class: 'file', href: address, download: file.name ?? text('document') },
            el('span', { class: 'sheet-icon' }, icon('file')),
            el(
              'span',
              { class: 'lines' },
              el('strong', {}, file.name ?? text('document')),
              el('span', { class: 'note' }, size(file.size)),
            ),
          )
  return shown
}

const size = (bytes) =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1_048_576
      ? `${Math.round(bytes / 1024)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`

/** The text with its addresses as links: those of Telegram open on this phone. */
function linked(words, openLink) {
  return words.split(/(https?:\/\/[^\s]+[^\s.,;:!?)])/).map((part, index) => {
    if (index % 2 === 0) return part
    const here = /^https?:\/\/(t|telegram)\.me\//i.test(part)
    if (!here) return el('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part)
    const open = (event) => {
      event.preventDefault()
      openLink(part).catch(() => {})
    }
    return el('a', { href: part, onclick: open }, part)
  })
}
