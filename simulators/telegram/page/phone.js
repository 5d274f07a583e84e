import { call, el, follow, lang, languageButton } from './base.js'
import { createChat } from './chat.js'
import { createPeople } from './people.js'
import { text } from './texts.js'

document.documentElement.lang = lang
document.title = text('title')

const listWidth = 330
const phoneWidth = 400
const people = createPeople(open)
const nobody = el(
  'section',
  { class: 'nobody' },
  el('div', { class: 'ghost', 'aria-hidden': 'true' }),
  el('p', { class: 'note' }, text('pick')),
)
const desk = el('div', { class: 'phones' }, nobody)
/** Phones on the desk by the person's id, the newest last. */
const phones = new Map()

document.body.append(
  el(
    'header',
    { class: 'bar' },
    el('span', { class: 'logo', 'aria-hidden': 'true' }, '✈'),
    el('h1', {}, text('title')),
    el('span', { class: 'note hint' }, text('hint')),
    el('span', { class: 'grow' }),
    languageButton(),
  ),
  el('main', { class: 'desk' }, people.node, desk),
)
for (const id of idsInAddress()) lay(id)
addEventListener('resize', () => makeRoom())
void follow(draw)

function idsInAddress() {
  const given = new URLSearchParams(location.search).get('person') ?? ''
  return given.split(',').map(Number).filter(Boolean)
}

/** Puts this person's phone on the desk, beside the others as far as there is room. */
function open(id) {
  if (!phones.has(id)) lay(id)
  makeRoom()
  remember()
  void draw().then(() => phones.get(id)?.focus())
}

function lay(id) {
  const phone = createChat({ personId: id, close: () => close(id), refresh: draw })
  phones.set(id, phone)
  desk.append(phone.node)
}

function close(id) {
  phones.get(id)?.node.remove()
  phones.delete(id)
  remember()
  void draw()
}

function makeRoom() {
  const room = Math.max(1, Math.floor((innerWidth - listWidth) / phoneWidth))
  for (const [id, phone] of [...phones].slice(0, Math.max(0, phones.size - room))) {
    phone.node.remove()
    phones.delete(id)
  }
}

function remember() {
  const url = new URL(location.href)
  if (phones.size) url.searchParams.set('person', [...phones.keys()].join(','))
  else url.searchParams.delete('person')
  history.replaceState(undefined, '', url)
}

async function draw() {
  const [list, bots] = await Promise.all([call('/_sim/people'), call('/_sim/bots')])
  for (const [id, phone] of phones) {
    const person = list.find((one) => one.id === id)
    if (person) await phone.draw(person, bots)
    else {
      phone.node.remove()
      phones.delete(id)
    }
  }
  nobody.hidden = phones.size > 0
  document.body.classList.toggle('chatting', phones.size > 0)
  people.draw(list, [...phones.keys()])
}
