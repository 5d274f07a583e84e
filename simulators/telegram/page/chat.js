import { call, el } from './base.js'
import { bubble, dayOf, daySeparator } from './bubble.js'
import { avatar, fullName } from './people.js'
import { text } from './texts.js'

const typingTellsEveryMs = 4000

/** The phone: the chat of one person with the seller. */
export function createChat({ back, refresh }) {
  let view
  let toldTypingAt = 0
  const head = el('header', { class: 'chat-head' })
  const lines = el('ol', { class: 'bubbles', 'aria-live': 'polite' })
  const input = el('textarea', {
    rows: 1,
    'aria-label': text('message'),
    placeholder: text('message'),
    maxlength: 4096,
  })
  const author = el('select', { 'aria-label': text('sendAs'), class: 'author' })
  const composer = el(
    'form',
    { class: 'composer', onsubmit: send },
    author,
    el('div', { class: 'write' }, input, el('button', { class: 'primary send', title: text('send') }, '➤')),
  )
  const nobody = el('p', { class: 'note pick' }, text('pick'))
  const screen = el('div', { class: 'screen' }, head, lines, composer)
  const node = el('section', { class: 'phone' }, nobody, screen)

  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    composer.requestSubmit()
  })
  input.addEventListener('input', tellTyping)
  document.addEventListener('visibilitychange', markRead)

  return { node, draw, focus: () => input.focus() }

  function draw(next) {
    nobody.hidden = Boolean(next)
    screen.hidden = !next
    const isOther = next?.person.id !== view?.person.id
    view = next
    if (!view) return
    const atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80
    drawHead()
    drawLines()
    if (isOther) drawAuthors()
    if (isOther || atEnd) lines.scrollTop = lines.scrollHeight
    // Nothing tells us when the seller stops typing, so look again.
    if (view.typing) setTimeout(refresh, 1500)
    void markRead()
  }

  function drawHead() {
    const { account, person, typing, online } = view
    const status = typing ? 'typing' : online ? 'online' : 'offline'
    head.replaceChildren(
      el('button', { class: 'back', 'aria-label': text('back'), onclick: back }, '‹'),
      avatar(account),
      el(
        'span',
        { class: 'lines' },
        el('strong', {}, fullName(account)),
        el('span', { class: `note ${status}`, role: 'status' }, text(status)),
      ),
      el('button', { class: 'block', onclick: toggleBlock }, text(person.blocked ? 'unblock' : 'block')),
    )
  }

  function drawLines() {
    const rows = []
    let day
    for (const message of view.messages) {
      if (dayOf(message) !== day) rows.push(daySeparator(message))
      day = dayOf(message)
      rows.push(bubble(message, { edit, remove }))
    }
    if (!rows.length) rows.push(el('li', { class: 'day' }, text('empty')))
    if (view.person.blocked) rows.push(el('li', { class: 'day' }, text('blocked')))
    if (view.typing) rows.push(el('li', { class: 'bubble seller dots', 'aria-hidden': 'true' }, '•••'))
    if (!lines.querySelector('form')) lines.replaceChildren(...rows)
  }

  function drawAuthors() {
    author.replaceChildren(
      el('option', { value: 'say' }, fullName(view.person)),
      el('option', { value: 'seller-says' }, text('seller')),
    )
  }

  async function send(event) {
    event.preventDefault()
    const words = input.value.trim()
    if (!words || !view) return
    input.value = ''
    toldTypingAt = 0
    await call(`/_sim/people/${view.person.id}/${author.value}`, { text: words })
    await refresh()
    lines.scrollTop = lines.scrollHeight
  }

  async function tellTyping() {
    if (!view || author.value !== 'say' || Date.now() - toldTypingAt < typingTellsEveryMs) return
    toldTypingAt = Date.now()
    await call(`/_sim/people/${view.person.id}/typing`, {})
  }

  async function markRead() {
    if (document.hidden || !view?.messages.some(({ readByPerson }) => readByPerson === false)) return
    await call(`/_sim/people/${view.person.id}/read`, {})
  }

  async function toggleBlock() {
    await call(`/_sim/people/${view.person.id}/block`, { blocked: !view.person.blocked })
    await refresh()
  }

  async function edit(messageId, words) {
    await call(`/_sim/people/${view.person.id}/edit`, { messageId, text: words })
    await refresh()
  }

  async function remove(messageId) {
    await call(`/_sim/people/${view.person.id}/messages/${messageId}`, undefined, 'DELETE')
    await refresh()
  }
}
