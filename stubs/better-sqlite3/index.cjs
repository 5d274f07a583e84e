module.exports = class BetterSqlite3 {
  constructor() {
    throw new Error('SQLite storage is not available here: the Telegram session is stored in PostgreSQL')
  }
}
