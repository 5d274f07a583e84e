import { useMay } from '../session/use-me.ts'
import { useTexts } from '../texts/use-texts.ts'
import { Page } from '../ui/page.tsx'
import { Keys } from './keys.tsx'
import { Webhooks } from './webhooks.tsx'

/** Other programs: what they are told, and with what key they ask. */
export function ConnectionsPage() {
  const texts = useTexts()
  const owns = useMay('own')
  return (
    <Page title={texts.page.connections}>
      <div className="mx-auto flex max-w-3xl flex-col gap-5 px-5 py-5 max-sm:px-4">
        {owns && <Webhooks />}
        <Keys />
      </div>
    </Page>
  )
}
