import type { SetupRow } from '@lead/contract/console'
import type { IntegrationName } from '@lead/contract/console-names'

/** What came of the last test of each integration, while the page is open; `testing`: it is being tried. */
export type Results = Partial<Record<IntegrationName, SetupRow[] | 'testing'>>
