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
    refusing: 'отказывается',
    short: 'обрывает ответ',
    nothing: 'отвечает пустым',
    hanging: 'не отвечает',
    overloaded: 'перегружен',
    unpaid: 'не оплачен',
    locked: 'ключ отозван',
    empty: 'Запросов ещё не было.',
    answer: 'Ответ целиком',
    tokens: 'токенов',
    attack: 'атака',
    'classifier/2': 'классификатор',
    'sales/2': 'продавец',
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
    refusing: 'refuses',
    short: 'is cut off',
    nothing: 'answers nothing',
    hanging: 'hangs',
    overloaded: 'overloaded',
    unpaid: 'not paid',
    locked: 'key revoked',
    empty: 'No requests yet.',
    answer: 'Whole answer',
    tokens: 'tokens',
    attack: 'attack',
    'classifier/2': 'classifier',
    'sales/2': 'assistant',
    other: 'another prompt',
    failed: 'That failed:',
  },
})

document.documentElement.lang = lang
document.title = t('title')
const modes = [
  'modest',
  'hostile',
  'broken',
  'slow',
  'refusing',
  'short',
  'empty',
  'hanging',
  'overloaded',
  'unpaid',
  'locked',
]
const selects = Object.entries({ openai: 'OpenAI', anthropic: 'Anthropic' }).map(([vendor, name]) => {
  const select = el(
    'select',
    { id: vendor, onchange: () => choose(vendor, select.value) },
    modes.map((value) => el('option', { value }, t(value === 'empty' ? 'nothing' : value))),
  )
  return { vendor, select, label: el('label', { for: vendor }, `${t('mode')}, ${name}`) }
})
const problem = el('p', { class: 'error', role: 'alert' })
const list = el('div', { 'aria-live': 'polite' })
document.body.append(
  el(
    'header',
    { class: 'bar' },
    el('h1', {}, t('title')),
    el('span', { class: 'grow' }),
    ...selects.flatMap(({ label, select }) => [label, select]),
    languageButton(),
  ),
  el('main', {}, el('p', { class: 'note' }, t('hint')), problem, list),
)

async function choose(vendor, mode) {
  problem.textContent = ''
  try {
    await call('/_sim/mode', { vendor, mode, ...(mode === 'slow' ? { delayMs: 10_000 } : {}) })
  } catch (error) {
    problem.textContent = `${t('failed')} ${error.message}`
  }
}

let seen = 0
let shown = []
await follow(async () => {
  const now = await call('/_sim/mode')
  for (const { vendor, select } of selects) select.value = now[vendor].mode
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
