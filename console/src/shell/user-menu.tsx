import { useNavigate } from '@tanstack/react-router'
import {
  Check,
  ChevronsUpDown,
  Keyboard,
  KeyRound,
  LogOut,
  Monitor,
  Moon,
  ShieldCheck,
  Sun,
} from 'lucide-react'
import { useState } from 'react'
import { api, ask } from '../api/ask.ts'
import { meQuery, queryClient } from '../api/queries.ts'
import { PasswordDialog } from '../session/password-dialog.tsx'
import { SecondFactorDialog } from '../session/second-factor-dialog.tsx'
import { applyTheme, readTheme, type Theme } from '../session/theme.ts'
import { useMe } from '../session/use-me.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx'
import { toast } from '../ui/toasts.tsx'
import { usePages } from './pages.ts'
import { showKeys } from './use-global-keys.tsx'

const themes = [
  ['system', Monitor, 'themeSystem'],
  ['light', Sun, 'themeLight'],
  ['dark', Moon, 'themeDark'],
] as const

async function signOut(): Promise<void> {
  await ask(api.POST('/console/logout'))
  // Whoever looks at it is told, and shows the door: a query that is taken away tells nobody.
  queryClient.setQueryData(meQuery.queryKey, null)
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] })
}

export function UserMenu({ compact }: { compact?: boolean }) {
  const me = useMe()
  const texts = useTexts()
  const { language, setLanguage } = useLanguage()
  const pages = usePages()
  const navigate = useNavigate()
  const [isChanging, setChanging] = useState(false)
  const [isSecuring, setSecuring] = useState(false)
  const [theme, setTheme] = useState<Theme>(readTheme)
  const choose = (chosen: Theme) => {
    applyTheme(chosen)
    setTheme(chosen)
  }
  const trigger = compact ? (
    <button
      type="button"
      aria-label={texts.app.menu}
      className="inline-flex size-10 items-center justify-center rounded-full bg-hover text-xs font-semibold"
    >
      {me.name.slice(0, 1).toUpperCase()}
    </button>
  ) : (
    <button
      type="button"
      className="flex h-11 items-center gap-2.5 rounded-sm px-2 text-left hover:bg-hover data-[state=open]:bg-hover"
    >
      <span className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-ink text-xs font-semibold text-inverse">
        {me.name.slice(0, 1).toUpperCase()}
      </span>
      <span className="min-w-0 grow leading-4">
        <span className="block truncate font-medium">{me.name}</span>
        <span className="block truncate text-2xs text-faint">{texts.role[me.role]}</span>
      </span>
      <ChevronsUpDown size={14} className="text-faint" />
    </button>
  )
  return (
    <>
      <Menu trigger={trigger} side={compact ? 'bottom' : 'top'} align={compact ? 'end' : 'start'}>
        <MenuLabel>{texts.app.theme}</MenuLabel>
        {themes.map(([name, Icon, text]) => (
          <MenuItem
            key={name}
            icon={theme === name ? <Check size={14} /> : <Icon size={14} />}
            onSelect={() => choose(name)}
          >
            {texts.app[text]}
          </MenuItem>
        ))}
        <MenuLabel>{texts.app.language}</MenuLabel>
        {(['ru', 'en'] as const).map((name) => (
          <MenuItem
            key={name}
            icon={language === name ? <Check size={14} /> : null}
            onSelect={() => setLanguage(name)}
          >
            {name === 'ru' ? 'Русский' : 'English'}
          </MenuItem>
        ))}
        <MenuLine />
        {compact &&
          pages
            .filter(({ isTab }) => !isTab)
            .map(({ name, to, icon: Icon }) => (
              <MenuItem key={name} icon={<Icon size={14} />} onSelect={() => void navigate({ to })}>
                {texts.page[name]}
              </MenuItem>
            ))}
        <MenuItem icon={<Keyboard size={14} />} hint="?" onSelect={showKeys}>
          {texts.app.keys}
        </MenuItem>
        <MenuItem icon={<KeyRound size={14} />} onSelect={() => setChanging(true)}>
          {texts.password.title}
        </MenuItem>
        <MenuItem icon={<ShieldCheck size={14} />} onSelect={() => setSecuring(true)}>
          {texts.factor.title}
        </MenuItem>
        <MenuItem
          icon={<LogOut size={14} />}
          onSelect={() => void signOut().catch(() => toast(texts.app.offline, true))}
        >
          {texts.app.signOut}
        </MenuItem>
      </Menu>
      {isSecuring && <SecondFactorDialog onClose={() => setSecuring(false)} />}
      {isChanging && <PasswordDialog onClose={() => setChanging(false)} />}
    </>
  )
}
