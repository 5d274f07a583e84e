/** A line of a difference. `line` counts from 1, in the new text; of what went out, where it would stand. `gap`: lines that stayed are left out. */
export type DiffLine = { kind: 'same' | 'in' | 'out' | 'gap'; line: number; text: string }

/** Lines around a change that are shown with it. */
const around = 2

/** What changed from one text to another, line by line; empty: nothing. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  // What is the same at both ends is most of a file: the table below is only of what lies between.
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1
  let tail = 0
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  )
    tail += 1
  const middle = diffMiddle(old.slice(head, old.length - tail), now.slice(head, now.length - tail), head)
  const same = (from: number, to: number): DiffLine[] =>
    now.slice(from, to).map((text, index) => ({ kind: 'same', line: from + index + 1, text }))
  return shorten([...same(0, head), ...middle, ...same(now.length - tail, now.length)])
}

function diffMiddle(old: string[], now: string[], head: number): DiffLine[] {
  // lengths[i * width + j]: of the longest common part of what begins at i and at j.
  const width = now.length + 1
  const lengths = new Uint16Array((old.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      lengths[i * width + j] = old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  for (;;) {
    const [out, in_] = [old[i], now[j]]
    if (out === undefined && in_ === undefined) return lines
    const line = head + j + 1
    if (in_ !== undefined && out === in_) {
      lines.push({ kind: 'same', line, text: in_ })
      i += 1
      j += 1
    } else if (out !== undefined && (in_ === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'out', line, text: out })
      i += 1
    } else {
      lines.push({ kind: 'in', line, text: in_ ?? '' })
      j += 1
    }
  }
}

function shorten(lines: DiffLine[]): DiffLine[] {
  const isChange = (line: DiffLine | undefined) => line?.kind === 'in' || line?.kind === 'out'
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(isChange),
  )
  return lines.flatMap((line, index): DiffLine[] => {
    if (near[index]) return [line]
    return near[index - 1] && near.includes(true, index) ? [{ kind: 'gap', line: line.line, text: '' }] : []
  })
}
