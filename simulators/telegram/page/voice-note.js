import { el } from './base.js'
import { icon } from './icons.js'
import { text } from './texts.js'

const clock = (seconds) =>
  Number.isFinite(seconds)
    ? `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`
    : ''

/** A voice note that plays. `onerror` is called when its content is gone. */
export function voiceNote(address, onerror) {
  const audio = el('audio', { src: address, preload: 'metadata', onerror })
  const played = el('span', { class: 'played' })
  const left = el('span', { class: 'note' })
  const button = el(
    'button',
    { type: 'button', class: 'play', 'aria-label': text('play'), onclick: toggle },
    icon('play'),
  )
  const show = () => {
    const share = audio.duration ? audio.currentTime / audio.duration : 0
    played.style.width = `${share * 100}%`
    left.textContent = clock(audio.currentTime > 0 ? audio.currentTime : audio.duration)
    button.replaceChildren(icon(audio.paused ? 'play' : 'pause'))
  }
  for (const event of ['loadedmetadata', 'timeupdate', 'play', 'pause', 'ended'])
    audio.addEventListener(event, show)
  return el('span', { class: 'voice' }, button, el('span', { class: 'track' }, played), left, audio)

  function toggle() {
    if (audio.paused) void audio.play().catch(() => {})
    else audio.pause()
  }
}
