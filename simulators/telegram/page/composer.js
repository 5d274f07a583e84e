import { el } from './base.js'
import { icon } from './icons.js'
import { fullName } from './people.js'
import { text } from './texts.js'
import { recordVoice } from './voice.js'

const typingTellsEveryMs = 4000

/** Where the person writes, attaches a photo or file, and records a voice note. `say` gets the body of a control request. */
export function createComposer({ say, sayAsSeller, typing }) {
  let toldTypingAt = 0
  let recording
  const input = el('textarea', {
    rows: 1,
    'aria-label': text('message'),
    placeholder: text('message'),
    maxlength: 4096,
  })
  const author = el('select', { 'aria-label': text('sendAs'), class: 'author' })
  const file = el('input', { type: 'file', hidden: true, onchange: sendFile })
  const attach = round('attach', () => file.click())
  const voice = round('record', toggleVoice)
  const send = el(
    'button',
    { class: 'primary send', title: text('send'), 'aria-label': text('send') },
    icon('send'),
  )
  const error = el('p', { class: 'error', role: 'alert' })
  const node = el(
    'form',
    { class: 'composer', onsubmit: submit },
    author,
    error,
    el('div', { class: 'write' }, attach, input, voice, send),
    file,
  )
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    node.requestSubmit()
  })
  input.addEventListener('input', () => {
    node.classList.toggle('filled', input.value.trim() !== '')
    if (author.value !== 'person' || Date.now() - toldTypingAt < typingTellsEveryMs) return
    toldTypingAt = Date.now()
    void typing()
  })
  return { node, draw, fill, focus: () => input.focus() }

  function round(name, onclick) {
    return el(
      'button',
      { type: 'button', class: 'plain', title: text(name), 'aria-label': text(name), onclick },
      icon(name),
    )
  }

  function draw({ hidden, bot, person }) {
    node.hidden = hidden
    author.hidden = bot
    const names = [fullName(person), text('seller')]
    if (author.options.length && author.options[0].text === names[0]) return
    author.replaceChildren(
      el('option', { value: 'person' }, names[0]),
      el('option', { value: 'seller' }, names[1]),
    )
  }

  function fill(words) {
    input.value = words
    node.classList.toggle('filled', words !== '')
    input.focus()
  }

  async function submit(event) {
    event.preventDefault()
    const words = input.value.trim()
    if (!words) return
    fill('')
    toldTypingAt = 0
    if (author.value === 'seller' && !author.hidden) await sayAsSeller(words)
    else await say({ text: words })
  }

  async function sendFile() {
    const [chosen] = file.files
    file.value = ''
    if (!chosen) return
    const photo = /^image\/(jpeg|png|webp|gif)$/.test(chosen.type)
    await sendMedia(photo ? 'photo' : 'document', chosen, chosen.name)
  }

  async function toggleVoice() {
    if (recording) return recording.stop()
    voice.classList.add('recording')
    voice.title = text('stop')
    recording = recordVoice()
    const sound = await recording.sound
    recording = undefined
    voice.classList.remove('recording')
    voice.title = text('record')
    await sendMedia('voice', sound)
  }

  async function sendMedia(media, blob, name) {
    error.textContent = ''
    const words = input.value.trim()
    fill('')
    const mimeType = blob.type.split(';')[0] || 'application/octet-stream'
    try {
      await say({
        text: words,
        media,
        file: { ...(name ? { name } : {}), mimeType, content: await base64(blob) },
      })
    } catch {
      error.textContent = text('notSent')
    }
  }
}

async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let letters = ''
  for (let at = 0; at < bytes.length; at += 32_768)
    letters += String.fromCharCode(...bytes.subarray(at, at + 32_768))
  return btoa(letters)
}
