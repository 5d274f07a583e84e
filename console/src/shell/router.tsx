import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { queryClient } from '../api/queries.ts'
import { InboxPage } from '../inbox/inbox-page.tsx'
import { readInboxSearch, toQueue } from '../inbox/inbox-place.ts'
import { numbersOf, readNumbersSearch } from '../numbers/numbers-place.ts'
import { readSetupSearch } from '../setup/setup-place.ts'
import { JoinPage } from '../session/join-page.tsx'
import { NotFound } from './not-found.tsx'
import { SignedIn } from './signed-in.tsx'

const root = createRootRoute({ notFoundComponent: NotFound })
const join = createRoute({ getParentRoute: () => root, path: '/app/join', component: JoinPage })
const signedIn = createRoute({ getParentRoute: () => root, id: 'in', component: SignedIn })

const toInbox = () => {
  throw redirect({ to: '/app/inbox/$queue', params: { queue: 'attention' }, replace: true })
}
const home = createRoute({ getParentRoute: () => signedIn, path: '/', beforeLoad: toInbox })
const app = createRoute({ getParentRoute: () => signedIn, path: '/app', beforeLoad: toInbox })

const inbox = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/inbox/$queue',
  params: {
    parse: ({ queue }) => ({ queue: toQueue(queue) }),
    stringify: ({ queue }) => ({ queue }),
  },
  validateSearch: readInboxSearch,
  component: InboxPage,
})
const calendar = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/calendar',
  component: lazyRouteComponent(() => import('../calendar/calendar-page.tsx'), 'CalendarPage'),
})
const numbers = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/numbers',
  validateSearch: readNumbersSearch,
  loaderDeps: ({ search }) => readNumbersSearch(search),
  // Asked for while the page's script is on its way.
  loader: ({ deps }) => void queryClient.prefetchQuery(numbersOf(deps)),
  component: lazyRouteComponent(() => import('../numbers/numbers-page.tsx'), 'NumbersPage'),
})
const health = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/health',
  component: lazyRouteComponent(() => import('../health/health-page.tsx'), 'HealthPage'),
})
const alerts = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/alerts',
  component: lazyRouteComponent(() => import('../alerts/alerts-page.tsx'), 'AlertsPage'),
})
const cases = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/cases',
  component: lazyRouteComponent(() => import('../cases/cases-page.tsx'), 'CasesPage'),
})
const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/audit',
  component: lazyRouteComponent(() => import('../audit/audit-page.tsx'), 'AuditPage'),
})
const connections = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/connections',
  component: lazyRouteComponent(() => import('../connections/connections-page.tsx'), 'ConnectionsPage'),
})
const setup = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/setup',
  validateSearch: readSetupSearch,
  component: lazyRouteComponent(() => import('../setup/setup-page.tsx'), 'SetupPage'),
})
const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/app/people',
  component: lazyRouteComponent(() => import('../people/people-page.tsx'), 'PeoplePage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    join,
    signedIn.addChildren([
      home,
      app,
      inbox,
      calendar,
      numbers,
      health,
      alerts,
      cases,
      audit,
      connections,
      setup,
      people,
    ]),
  ]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
