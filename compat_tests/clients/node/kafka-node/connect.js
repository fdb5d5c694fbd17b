// A connection to the cluster, and promises for what kafka-node does with callbacks.

'use strict'

const { once } = require('node:events')
const { KafkaClient } = require('kafka-node')

const RETRIES = { retries: 30, factor: 1.5, minTimeout: 100, maxTimeout: 500 }

/** Settings of a client, by itself or inside of a ConsumerGroup. */
const settings = bootstrapServers => ({
  kafkaHost: bootstrapServers,
  clientId: 'kafka-node',
  connectRetryOptions: RETRIES,
})

/** Returns a client that is ready. It emits errors of connections that it makes anew by itself: they may be ignored. */
async function connect(bootstrapServers) {
  const client = new KafkaClient(settings(bootstrapServers))
  await once(client, 'ready')
  client.on('error', () => {})
  return client
}

/** Calls a method with a callback as its last argument. */
const ask = (object, method, ...given) =>
  new Promise((resolve, reject) => {
    object[method](...given, (error, result) => (error ? reject(error) : resolve(result)))
  })

module.exports = { ask, connect, settings }
