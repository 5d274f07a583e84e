import { call, el, follow, lang, languageButton, texts } from './base.js'

const t = texts({
  ru: {
    title: 'Симулятор LLM',
    hint: 'Отвечает по правилам вместо OpenAI и Anthropic. Последние ответы сверху.',
    mode: 'Режим',
    modest: 'обычный',
    hostile: 'враждебный',
    broken: 'ломает JSON',
    slow: 'медленный (10 с)',
    empty: 'Запросов ещё не было.',
    answer: 'Ответ целиком',
    tokens: 'токенов',
    attack: 'атака',
    'classifier/1': 'классификатор',
    'sales/1': 'продавец',
    other: 'другой промпт',
    failed: 'Не получилось:',
  },
  en: {
    title: 'LLM simulator',
    hint: 'Answers by rules in place of OpenAI and Anthropic. Latest answers first.',
    mode: 'Mode',
    modest: 'modest',
    hostile: 'hostile',
    broken: 'breaks JSON',
    slow: 'slow (10 s)',
    empty: 'No requests yet.',
    answer: 'Whole answer',
    tokens: 'tokens',
    attack: 'attack',
    'classifier/1': 'classifier',
    'sales/1': 'assistant',
    other: 'another prompt',
    failed: 'That failed:',
  },
})

document.documentElement.lang = lang
document.title = t('title')
const mode = el(
  'select',
  { id: 'mode', onchange: choose },
  ['modest', 'hostile', 'broken', 'slow'].map((value) => el('option', { value }, t(value))),
)
const problem = el('p', { class: 'error', role: 'alert' })
const list = el('div', { 'aria-live': 'polite' })
document.body.append(
  el(
    'header',
    { class: 'bar' },
    el('h1', {}, t('title')),
    el('span', { class: 'grow' }),
    el('label', { for: 'mode' }, t('mode')),
    mode,
    languageButton(),
  ),
  el('main', {}, el('p', { class: 'note' }, t('hint')), problem, list),
)

async function choose() {
  problem.textContent = ''
  try {
    await call('/_sim/mode', { mode: mode.value, ...(mode.value === 'slow' ? { delayMs: 10_000 } : {}) })
  } catch (error) {
    problem.textContent = `${t('failed')} ${error.message}`
  }
}

let seen = 0
let shown = []
await follow(async () => {
  mode.value = (await call('/_sim/mode')).mode
  const { entries, last } = await call(`/_sim/journal?since=${seen}`)
  // After a reset the journal is empty.
  if (last < seen) shown = []
  seen = last
  shown = [...entries.filter((entry) => entry.kind === 'completion').toReversed(), ...shown].slice(0, 50)
  list.replaceChildren(...(shown.length ? shown.map(card) : [el('p', { class: 'note' }, t('empty'))]))
})

function card(entry) {
  const { answer, turn, tokens } = entry
  return el(
    'article',
    {},
    el(
      'header',
      {},
      el('strong', {}, turn?.lead ?? '—'),
      el('span', { class: 'tag' }, t(entry.prompt)),
      (answer.intent ?? answer.action) && el('span', { class: 'tag' }, answer.intent ?? answer.action),
      entry.attack && el('span', { class: 'tag attack' }, `${t('attack')}: ${entry.attack}`),
      el('span', { class: 'grow' }),
      el(
        'span',
        { class: 'note' },
        `${new Date(entry.at).toLocaleTimeString(lang)} · ${entry.model} · ${tokens.input} + ${tokens.output} ${t('tokens')}`,
      ),
    ),
    turn?.newMessages.length > 0 && el('p', { class: 'said' }, turn.newMessages.join('\n')),
    el('p', { class: 'reply' }, typeof answer === 'string' ? answer : (answer.reply ?? '')),
    typeof answer !== 'string' &&
      el('details', {}, el('summary', {}, t('answer')), el('pre', {}, JSON.stringify(answer, null, 2))),
  )
}
