/** Short, the same for the same seller and instant: FNV-1a of both in base 36. */
export function offerId(start: string, sellerId: string): string {
  const text = `${Math.floor(Date.parse(start) / 1000)}:${sellerId}`
  const half = (seed: number): number => {
    let hash = seed
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619)
    return hash >>> 0
  }
  return `s${half(2_166_136_261).toString(36)}${half(84_696_351).toString(36)}`
}
