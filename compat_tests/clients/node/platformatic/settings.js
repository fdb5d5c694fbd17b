// What producers, consumers and administrators have in common: with this library each one connects by itself.

'use strict'

const settings = bootstrapServers => ({
  clientId: 'platformatic',
  bootstrapBrokers: bootstrapServers.split(','),
  retries: 12,
  retryDelay: 250, // a broker that restarts is back after seconds
})

module.exports = { settings }
