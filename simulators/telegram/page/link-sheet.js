import { el } from './base.js'
import { icon } from './icons.js'
import { text } from './texts.js'

/** Where a person opens a t.me link that they were sent, or finds a bot by its name. */
export function createLinkSheet({ openLink }) {
  let bots = []
  const input = el('input', {
    type: 'text',
    placeholder: 'https://t.me/…',
    'aria-label': text('link'),
    autocomplete: 'off',
  })
  const error = el('p', { class: 'error', role: 'alert' })
  const known = el('div', { class: 'known' })
  const node = el(
    'form',
    { class: 'sheet', hidden: true, onsubmit: submit },
    el('strong', {}, text('openLink')),
    el('p', { class: 'note' }, text('linkHint')),
    el('div', { class: 'write' }, input, el('button', { class: 'primary' }, text('open'))),
    error,
    known,
  )
  return { node, offer, toggle }

  function toggle() {
    node.hidden = !node.hidden
    error.textContent = ''
    if (!node.hidden) input.focus()
  }

  function offer(all) {
    bots = all
    if (known.childElementCount === all.length) return
    known.replaceChildren(
      ...all.map(({ username }) =>
        el(
          'button',
          { type: 'button', onclick: () => open(`https://t.me/${username}`) },
          icon('bot'),
          `@${username}`,
        ),
      ),
    )
  }

  function submit(event) {
    event.preventDefault()
    if (input.value.trim()) void open(input.value.trim())
  }

  async function open(link) {
    error.textContent = ''
    try {
      await openLink(link, bots)
      input.value = ''
      node.hidden = true
    } catch (failure) {
      error.textContent = failure instanceof TypeError ? text('notALink') : failure.message
    }
  }
}
