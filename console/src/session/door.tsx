import type { ReactNode } from 'react'
import { useLanguage, useTexts } from '../texts/use-texts.ts'

/** The page before the pages: signing in, and coming in for the first time. */
export function Door({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  const { language, setLanguage } = useLanguage()
  const texts = useTexts()
  return (
    <main className="grid min-h-full place-items-center bg-panel p-6">
      <div className="w-full max-w-sm">
        <img src="/icon.svg" alt="" width={44} height={44} className="mb-6" />
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        {text && <p className="mt-2 text-base text-soft text-pretty">{text}</p>}
        <div className="mt-6">{children}</div>
        <div className="mt-8 flex gap-1 text-xs" role="group" aria-label={texts.app.language}>
          {(['ru', 'en'] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={language === name}
              onClick={() => setLanguage(name)}
              className={`rounded-sm px-2 py-1 ${language === name ? 'bg-hover font-medium' : 'text-soft hover:bg-hover'}`}
            >
              {name === 'ru' ? 'Русский' : 'English'}
            </button>
          ))}
        </div>
      </div>
    </main>
  )
}
