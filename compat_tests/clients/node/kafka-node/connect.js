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

/**
 * Returns what it is given, with nobody listening to its errors. The client and all that is made with it emit those of
 * lost connections, which they make anew by themselves; without a listener they would end the process.
 */
const enduring = emitter => emitter.on('error', () => {})

/** Returns a client that is ready. */
async function connect(bootstrapServers) {
  const client = new KafkaClient(settings(bootstrapServers))
  await once(client, 'ready')
  return enduring(client)
}

/** Calls a method with a callback as its last argument. */
const ask = (object, method, ...given) =>
  new Promise((resolve, reject) => {
    object[method](...given, (error, result) => (error ? reject(error) : resolve(result)))
  })

module.exports = { ask, connect, enduring, settings }
