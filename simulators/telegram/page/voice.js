const longestMs = 60_000
const shortestMs = 700

/**
 * Records from the microphone until `stop` is called; without a microphone `sound` is a short hum, so that a voice note can be sent
 * anywhere.
 */
export function recordVoice() {
  let stop = () => {}
  const stopped = new Promise((resolve) => (stop = resolve))
  const timer = setTimeout(stop, longestMs)
  const sound = record(stopped).finally(() => clearTimeout(timer))
  return { stop, sound }
}

async function record(stopped) {
  const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => undefined)
  if (!stream) return hum(1.6)
  const recorder = new MediaRecorder(stream)
  const parts = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const ended = new Promise((resolve) => (recorder.onstop = resolve))
  recorder.start()
  await Promise.all([stopped, new Promise((resolve) => setTimeout(resolve, shortestMs))])
  recorder.stop()
  await ended
  for (const track of stream.getTracks()) track.stop()
  return new Blob(parts, { type: recorder.mimeType })
}

/** A WAV of so many seconds. */
function hum(seconds) {
  const rate = 8000
  const samples = new Int16Array(rate * seconds)
  for (let at = 0; at < samples.length; at++) {
    const fade = Math.sin((Math.PI * at) / samples.length)
    samples[at] = fade * 9000 * Math.sin((2 * Math.PI * (180 + 40 * Math.sin(at / 900)) * at) / rate)
  }
  const head = new DataView(new ArrayBuffer(44))
  const words = (at, letters) =>
    [...letters].forEach((letter, n) => head.setUint8(at + n, letter.charCodeAt(0)))
  words(0, 'RIFF')
  head.setUint32(4, 36 + samples.byteLength, true)
  words(8, 'WAVEfmt ')
  head.setUint32(16, 16, true)
  head.setUint16(20, 1, true)
  head.setUint16(22, 1, true)
  head.setUint32(24, rate, true)
  head.setUint32(28, rate * 2, true)
  head.setUint16(32, 2, true)
  head.setUint16(34, 16, true)
  words(36, 'data')
  head.setUint32(40, samples.byteLength, true)
  return new Blob([head, samples], { type: 'audio/wav' })
}
