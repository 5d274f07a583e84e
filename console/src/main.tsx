import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, useEffect, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/queries.ts'
import { router } from './shell/router.tsx'
import { applyTheme, readTheme } from './session/theme.ts'
import './styles.css'
import type { Language } from './texts/texts.ts'
import { firstLanguage, LanguageContext } from './texts/use-texts.ts'
import { Toasts } from './ui/toasts.tsx'

function Console() {
  const [language, setLanguage] = useState(firstLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const choice = useMemo(
    () => ({
      language,
      setLanguage: (chosen: Language) => {
        localStorage.setItem('language', chosen)
        setLanguage(chosen)
      },
    }),
    [language],
  )
  return (
    <LanguageContext value={choice}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </LanguageContext>
  )
}

applyTheme(readTheme())
// Only what was built: while one develops, each change would be a file more.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  void navigator.serviceWorker.register('/sw.js').catch(() => {})
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  )
