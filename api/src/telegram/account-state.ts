export type AccountState =
  | 'disabled'
  | 'need_login'
  | 'code_sent'
  | 'need_password'
  | 'qr_pending'
  | 'connecting'
  | 'online'
  /** Online, but may not write to strangers until `until`. */
  | 'limited'
  /** May only read; only Telegram's support can lift it. */
  | 'frozen'
  | 'logged_out'
  | 'banned'
  | 'error'
