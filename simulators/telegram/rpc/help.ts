import { firstCenter } from '../world/centers.ts'
import { type Handlers } from './call.ts'

export const helpMethods: Handlers = {
  'help.getNearestDc': ({ dcId }) => ({
    _: 'nearestDc',
    country: 'RU',
    thisDc: dcId,
    nearestDc: firstCenter,
  }),

  'help.getConfig'({ dcId, centers, host }) {
    const now = Math.floor(Date.now() / 1000)
    return {
      _: 'config',
      date: now,
      expires: now + 3600,
      testMode: false,
      thisDc: dcId,
      dcOptions: [...centers].map(([id, port]) => ({ _: 'dcOption', id, ipAddress: host, port })),
      dcTxtDomainName: 'localhost',
      chatSizeMax: 200,
      megagroupSizeMax: 200_000,
      forwardedCountMax: 100,
      onlineUpdatePeriodMs: 210_000,
      offlineBlurTimeoutMs: 5000,
      offlineIdleTimeoutMs: 30_000,
      onlineCloudTimeoutMs: 300_000,
      notifyCloudDelayMs: 30_000,
      notifyDefaultDelayMs: 1500,
      pushChatPeriodMs: 60_000,
      pushChatLimit: 2,
      editTimeLimit: 172_800,
      revokeTimeLimit: 2_147_483_647,
      revokePmTimeLimit: 2_147_483_647,
      ratingEDecay: 2_419_200,
      stickersRecentLimit: 200,
      channelsReadMediaPeriod: 604_800,
      callReceiveTimeoutMs: 20_000,
      callRingTimeoutMs: 90_000,
      callConnectTimeoutMs: 30_000,
      callPacketTimeoutMs: 10_000,
      meUrlPrefix: 'https://t.me/',
      captionLengthMax: 1024,
      messageLengthMax: 4096,
      webfileDcId: firstCenter,
    }
  },
}
