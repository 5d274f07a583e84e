import { call, el } from './base.js'
import { bubble, dayOf, daySeparator } from './bubble.js'
import { createComposer } from './composer.js'
import { createLinkSheet } from './link-sheet.js'
import { icon } from './icons.js'
import { avatar, fullName } from './people.js'
import { text } from './texts.js'

/** One phone: the chats of one person with the seller and with bots. */
export function createChat({ personId, close, refresh }) {
  const person = `/_sim/people/${personId}`
  let view
  let drawn = ''
  /** Whose chat is shown; undefined: the newest. */
  let accountId
  /** A bot whose Start is not pressed yet. */
  let invited
  const owner = el('span', { class: 'owner' })
  const tabs = el('div', { class: 'tabs', role: 'tablist' })
  const head = el('header', { class: 'chat-head' })
  const lines = el('ol', { class: 'bubbles', 'aria-live': 'polite' })
  const start = el('button', { class: 'start primary', hidden: true, onclick: pressStart }, text('start'))
  const composer = createComposer({ say, sayAsSeller, typing: tellTyping })
  const sheet = createLinkSheet({ openLink })
  const screen = el(
    'div',
    { class: 'screen' },
    el(
      'div',
      { class: 'status' },
      owner,
      el('span', { class: 'notch', 'aria-hidden': 'true' }),
      linkButton(),
    ),
    tabs,
    head,
    lines,
    composer.node,
    start,
    sheet.node,
  )
  const node = el('section', { class: 'phone' }, screen)
  document.addEventListener('visibilitychange', markRead)
  return { node, draw, focus: composer.focus }

  function linkButton() {
    const toggle = el(
      'button',
      { class: 'plain', title: text('openLink'), 'aria-label': text('openLink') },
      icon('link'),
    )
    toggle.addEventListener('click', () => sheet.toggle())
    const shut = el(
      'button',
      { class: 'plain', title: text('close'), 'aria-label': text('close') },
      icon('close'),
    )
    shut.addEventListener('click', close)
    return el('span', { class: 'tools' }, toggle, shut)
  }

  async function draw(somebody, bots) {
    owner.replaceChildren(fullName(somebody))
    sheet.offer(bots)
    if (invited && !invited.payload && somebody.chats.some(({ account }) => account.id === invited.bot.id))
      invited = undefined
    const chatId = invited?.bot.id ?? accountId ?? somebody.chats[0]?.account.id
    view = await call(`${person}/chat${chatId ? `?accountId=${chatId}` : ''}`)
    drawTabs(somebody.chats)
    // What is the same is left alone: a playing voice note would begin anew.
    const next = JSON.stringify([view, invited?.payload])
    if (view.typing) setTimeout(refresh, 1500)
    void markRead()
    if (next === drawn) return
    const isOther = !drawn || JSON.parse(drawn)[0].account.id !== view.account.id
    drawn = next
    const atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80
    drawHead()
    drawLines()
    start.hidden = !invited
    composer.draw({ hidden: Boolean(invited), bot: view.account.bot, person: view.person })
    if (isOther || atEnd) lines.scrollTop = lines.scrollHeight
  }

  function drawTabs(chats) {
    tabs.hidden = chats.length < 2
    tabs.replaceChildren(
      ...chats
        .toSorted((a, b) => a.account.id - b.account.id)
        .map(({ account, unread }) =>
          el(
            'button',
            {
              role: 'tab',
              'aria-selected': String(account.id === view.account.id),
              onclick: () => show(account.id),
            },
            account.bot && icon('bot'),
            account.firstName,
            unread > 0 && el('span', { class: 'unread' }, String(unread)),
          ),
        ),
    )
  }

  function show(id) {
    accountId = id
    invited = undefined
    void refresh()
  }

  function drawHead() {
    const { account, typing, online, secretary, blocked } = view
    const status = typing ? 'typing' : account.bot ? 'bot' : online || secretary ? 'online' : 'offline'
    head.replaceChildren(
      el('button', { class: 'back', 'aria-label': text('back'), onclick: close }, '‹'),
      avatar(account),
      el(
        'span',
        { class: 'lines' },
        el('strong', {}, fullName(account), secretary && el('span', { class: 'tag' }, text('secretary'))),
        el('span', { class: `note ${status}`, role: 'status' }, text(status)),
      ),
      el('button', { class: 'block', onclick: toggleBlock }, text(blocked ? 'unblock' : 'block')),
    )
  }

  function drawLines() {
    const rows = []
    let day
    for (const message of view.messages) {
      if (dayOf(message) !== day) rows.push(daySeparator(message))
      day = dayOf(message)
      const answered = view.messages.find(({ id }) => id === message.replyTo)
      rows.push(bubble(message, { edit, remove, openLink, answered }))
    }
    if (invited)
      rows.push(el('li', { class: 'intro' }, text('intro'), el('strong', {}, `@${invited.bot.username}`)))
    else if (!rows.length) rows.push(el('li', { class: 'day' }, text('empty')))
    if (view.blocked) rows.push(el('li', { class: 'day' }, text('blocked')))
    if (view.typing)
      rows.push(el('li', { class: 'bubble seller dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')))
    if (!lines.querySelector('form')) lines.replaceChildren(...rows)
  }

  async function say(message) {
    await call(`${person}/say`, { ...message, accountId: view.account.id })
    await shown()
  }

  async function sayAsSeller(words) {
    await call(`${person}/seller-says`, { text: words, accountId: view.account.id })
    await shown()
  }

  async function shown() {
    await refresh()
    lines.scrollTop = lines.scrollHeight
  }

  async function tellTyping() {
    await call(`${person}/typing`, { accountId: view.account.id })
  }

  /** A link to a bot shows its Start button; one to a person fills in the words. @throws for any other */
  async function openLink(link, bots) {
    const url = new URL(/^https?:/i.test(link) ? link : `https://${link}`)
    if (!/^(t|telegram)\.me$/i.test(url.hostname)) throw new Error(text('notALink'))
    const username = url.pathname.slice(1).toLowerCase()
    const bot = (bots ?? (await call('/_sim/bots'))).find((one) => one.username.toLowerCase() === username)
    if (bot) {
      invited = { bot, payload: url.searchParams.get('start') ?? undefined }
      accountId = bot.id
    } else {
      const opened = await call(`${person}/open`, { link: url.href }).catch(() => {
        throw new Error(text('nobodyThere'))
      })
      accountId = opened.accountId
      invited = undefined
      composer.fill(opened.draft ?? '')
    }
    await refresh()
  }

  async function pressStart() {
    const { bot, payload } = invited
    await call(`${person}/start`, { botId: bot.id, payload })
    invited = undefined
    await shown()
    composer.focus()
  }

  async function markRead() {
    if (document.hidden || !node.isConnected) return
    if (!view?.messages.some(({ readByPerson }) => readByPerson === false)) return
    await call(`${person}/read`, { accountId: view.account.id })
  }

  async function toggleBlock() {
    const { account, blocked } = view
    await call(`${person}/block`, { blocked: !blocked, ...(account.bot ? { accountId: account.id } : {}) })
    await refresh()
  }

  async function edit(messageId, words) {
    await call(`${person}/edit`, { messageId, text: words, accountId: view.account.id })
    await refresh()
  }

  async function remove(messageId) {
    await call(`${person}/messages/${messageId}?accountId=${view.account.id}`, undefined, 'DELETE')
    await refresh()
  }
}
