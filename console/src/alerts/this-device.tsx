import { useMutation, useQuery } from '@tanstack/react-query'
import { Smartphone } from 'lucide-react'
import { api, ask } from '../api/ask.ts'
import { queryClient } from '../api/queries.ts'
import { fill } from '../texts/texts.ts'
import { useLanguage, useTexts } from '../texts/use-texts.ts'
import { Button } from '../ui/button.tsx'
import { toast } from '../ui/toasts.tsx'

const isAble = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
/** The browser's own list of devices would be another truth: this device is asked itself. */
const deviceQuery = {
  queryKey: ['push', 'device'],
  queryFn: async () => {
    const registration = await navigator.serviceWorker.getRegistration('/')
    const subscription = await registration?.pushManager.getSubscription()
    return { endpoint: subscription?.endpoint ?? null, isDenied: Notification.permission === 'denied' }
  },
  staleTime: 0,
}

async function turnOn(language: 'ru' | 'en'): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') return
  const [{ publicKey }, registration] = await Promise.all([
    ask(api.GET('/console/push')),
    navigator.serviceWorker.ready,
  ])
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  })
  const { endpoint = '', keys: { p256dh = '', auth = '' } = {} } = subscription.toJSON()
  try {
    await ask(
      api.POST('/console/push', {
        body: { endpoint, p256dh, auth, language },
      }),
    )
  } catch (error) {
    await subscription.unsubscribe()
    throw error
  }
}

async function turnOff(endpoint: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/')
  const subscription = await registration?.pushManager.getSubscription()
  await subscription?.unsubscribe()
  await ask(api.POST('/console/push/drop', { body: { endpoint } }))
}

/** Alerts on this phone or computer while the page is closed; what stands in the way is said. */
export function ThisDevice() {
  const texts = useTexts()
  const { language } = useLanguage()
  const query = useQuery({ ...deviceQuery, enabled: isAble })
  const endpoint = query.data?.endpoint ?? null
  const change = useMutation({
    mutationFn: () => (endpoint === null ? turnOn(language) : turnOff(endpoint)),
    onSuccess: () => toast(endpoint === null ? texts.alerts.deviceOn : texts.alerts.deviceOff),
    onError: (error) => toast(fill(texts.app.problem, { detail: error.message }), true),
    onSettled: () => queryClient.invalidateQueries({ queryKey: deviceQuery.queryKey }),
  })
  const isDenied = query.data?.isDenied ?? false
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <Smartphone size={16} className={`mt-0.5 shrink-0 ${endpoint ? 'text-booked' : 'text-faint'}`} />
      <div className="min-w-0 grow basis-64">
        <p className="font-medium">{texts.alerts.device}</p>
        <p className="text-xs text-soft text-pretty">
          {!isAble
            ? texts.alerts.deviceUnable
            : isDenied
              ? texts.alerts.deviceDenied
              : endpoint
                ? texts.alerts.deviceIsOn
                : texts.alerts.deviceHint}
        </p>
      </div>
      {isAble && !isDenied && (
        <Button isBusy={change.isPending || query.isPending} onClick={() => change.mutate()}>
          {endpoint ? texts.alerts.deviceTurnOff : texts.alerts.deviceTurnOn}
        </Button>
      )}
    </li>
  )
}
