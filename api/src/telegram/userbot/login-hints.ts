/** What to do about what Telegram says to a login, by its own words. */
export const loginHints: Record<string, string> = {
  PHONE_CODE_EXPIRED: 'ask for a new code',
  PHONE_NUMBER_FLOOD: 'too many codes were asked for: wait a day, or use login_qr',
  PHONE_PASSWORD_FLOOD: 'too many wrong passwords were tried: wait a day',
  PHONE_NUMBER_BANNED: 'the number is banned for ever: take another account',
  API_ID_INVALID: 'TELEGRAM_API_ID and TELEGRAM_API_HASH do not belong together: see https://my.telegram.org',
  API_ID_PUBLISHED_FLOOD: 'this api_id is known to be shared: make your own at https://my.telegram.org',
  UPDATE_APP_TO_LOGIN: 'Telegram wants a newer client: update this system',
}
