/** The middle one; of an even number the lower of the two. @throws when there is none */
export function median(numbers: number[]): number {
  const middle = numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)]
  if (middle === undefined) throw new Error('There is no median of nothing')
  return middle
}
