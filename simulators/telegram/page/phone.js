import { call, el, follow, lang, languageButton } from './base.js'
import { createChat } from './chat.js'
import { createPeople } from './people.js'
import { text } from './texts.js'

document.documentElement.lang = lang
document.title = text('title')

const people = createPeople(open)
const chat = createChat({ back: () => open(undefined), refresh: draw })
let openId = Number(new URLSearchParams(location.search).get('person')) || undefined

document.body.append(
  el(
    'header',
    { class: 'bar' },
    el('h1', {}, text('title')),
    el('span', { class: 'note hint' }, text('hint')),
    el('span', { class: 'grow' }),
    languageButton(),
  ),
  el('main', { class: 'desk' }, people.node, chat.node),
)
void follow(draw)

/** Shows the chat of this person; without an id, of nobody. The address remembers it. */
function open(id) {
  openId = id
  const url = new URL(location.href)
  if (id) url.searchParams.set('person', id)
  else url.searchParams.delete('person')
  history.replaceState(undefined, '', url)
  void draw().then(() => id && chat.focus())
}

async function draw() {
  const list = await call('/_sim/people')
  if (openId && !list.some(({ id }) => id === openId)) openId = undefined
  document.body.classList.toggle('chatting', Boolean(openId))
  people.draw(list, openId)
  chat.draw(openId && (await call(`/_sim/people/${openId}/chat`)))
}
