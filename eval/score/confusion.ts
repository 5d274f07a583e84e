/** What was wanted and what was said, once for each reply; `null`: there was no answer to use. */
export type Pair<Label extends string> = { wanted: Label; said: Label | null }
export type LabelScore<Label extends string> = {
  label: Label
  count: number
  recall: number
  /** null: nothing was ever labelled so. */
  precision: number | null
  f1: number
}

/** Recall, precision and F1 of each label that occurs, in the order of `labels`. */
export function scoreLabels<Label extends string>(
  pairs: Pair<Label>[],
  labels: readonly Label[],
): LabelScore<Label>[] {
  return labels.flatMap((label) => {
    const count = pairs.filter(({ wanted }) => wanted === label).length
    const said = pairs.filter((pair) => pair.said === label).length
    const right = pairs.filter((pair) => pair.said === label && pair.wanted === label).length
    if (count === 0) return []
    // Twice the right ones over all that have the label on either side: 0 where nothing is right.
    return [
      {
        label,
        count,
        recall: right / count,
        precision: said === 0 ? null : right / said,
        f1: (2 * right) / (count + said),
      },
    ]
  })
}

/** Each label counts the same, however rare. 0 without rows. */
export const macroF1 = (scores: { f1: number }[]): number =>
  scores.length === 0 ? 0 : scores.reduce((sum, { f1 }) => sum + f1, 0) / scores.length

/** How often each wanted label was said to be each label; the last column counts those without an answer. */
export const confusion = <Label extends string>(
  pairs: Pair<Label>[],
  labels: readonly Label[],
): { wanted: Label; counts: number[] }[] =>
  labels.map((wanted) => ({
    wanted,
    counts: [...labels, null].map(
      (said) => pairs.filter((pair) => pair.wanted === wanted && pair.said === said).length,
    ),
  }))
