// Writes records, and tells where they landed.

'use strict'

const { Producer } = require('kafka-node')
const { cut, placesOf, unknownPlaces } = require('../batches')
const { ask, connect, enduring } = require('./connect')

const CODECS = { none: 0, gzip: 1, snappy: 2 }
const KEYED = 3

class RecordProducer {
  constructor(bootstrapServers, { acks }) {
    Object.assign(this, { bootstrapServers, acks })
  }

  async open() {
    this.client = await connect(this.bootstrapServers)
    const options = { requireAcks: this.acks, ackTimeoutMs: 10_000, partitionerType: KEYED }
    this.producer = enduring(new Producer(this.client, options))
  }

  async send(topic, records, codec) {
    await this.learn(topic)
    const places = []
    for (const some of cut(records)) {
      const payloads = some.map(record => toPayload(topic, record, CODECS[codec]))
      const offsets = await ask(this.producer, 'send', payloads)
      places.push(...(this.acks === 0 ? unknownPlaces(some) : placesOf(some, baseOffsets(offsets[topic]))))
    }
    return places
  }

  /** Without knowing its partitions kafka-node cannot choose one by the key. This also creates a topic nobody made. */
  async learn(topic) {
    if (!this.client.topicMetadata[topic]) await ask(this.client, 'refreshMetadata', [topic])
  }

  async close() {
    await ask(this.producer, 'close')
  }
}

/** kafka-node chooses the time and the partition where a payload has no such field. It knows nothing of headers. */
const toPayload = (topic, { key, value, timestampMs, partition }, attributes) => ({
  topic,
  key,
  messages: [value],
  attributes,
  ...(timestampMs !== null && { timestamp: timestampMs }),
  ...(partition !== null && { partition }),
})

const baseOffsets = offsets => new Map(Object.entries(offsets).map(([partition, offset]) => [Number(partition), offset]))

module.exports = { RecordProducer }
