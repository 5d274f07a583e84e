import type { SimulatorName } from '../traffic-faults.ts'
import { checkEach, type Invariant } from './invariant.ts'

/** The system asked nothing of the outside services that they do not have. */
export const nothingUnexpected: Invariant = {
  name: 'nothing unexpected was asked',
  check: ({ journals }) =>
    checkEach(Object.entries(journals) as [SimulatorName, { n: number; kind: string }[]][], ([of, entries]) =>
      entries
        .filter(({ kind }) => kind === 'unexpected')
        .map(({ n, ...rest }) => ({ what: `${of}: ${JSON.stringify(rest)}`, where: [`${of}#${n}`] })),
    ),
}
