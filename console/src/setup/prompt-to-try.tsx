import { promptOf } from '@lead/contract/prompt-text'
import { FlaskConical } from 'lucide-react'
import { useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'

const page = 'docs/prompts-sales.md'

/** The sales prompt as this version has it, to be changed for one talk; what is in force stays as it is. */
export function PromptToTry({
  prompt,
  onPrompt,
}: {
  prompt: string | null
  onPrompt: (prompt: string | null) => void
}) {
  const texts = useTexts()
  if (prompt === null)
    return (
      <Button
        look="quiet"
        icon={<FlaskConical size={14} />}
        onClick={async () => {
          const { default: text } = await import('../../../docs/prompts-sales.md?raw')
          onPrompt(promptOf(text, page))
        }}
      >
        {texts.setup.prompt}
      </Button>
    )
  return (
    <div className="flex w-full flex-col gap-2">
      <p className="text-xs text-soft">{texts.setup.promptHint}</p>
      <textarea
        rows={16}
        value={prompt}
        maxLength={40_000}
        spellCheck={false}
        onChange={(event) => onPrompt(event.target.value)}
        aria-label={texts.setup.prompt}
        className="w-full resize-y rounded-lg border border-line-strong bg-raised p-3 font-mono text-xs"
      />
      <div className="flex justify-end">
        <Button onClick={() => onPrompt(null)}>{texts.setup.promptBack}</Button>
      </div>
    </div>
  )
}
