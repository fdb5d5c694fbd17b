// Writes records, and tells where they landed.

'use strict'

const { Producer } = require('@platformatic/kafka')
const { cut, placesOf, unknownPlaces } = require('../batches')
const { settings } = require('./settings')

class RecordProducer {
  constructor(bootstrapServers, { acks, isIdempotent }) {
    this.acks = acks
    this.producer = new Producer({ ...settings(bootstrapServers), idempotent: isIdempotent, autocreateTopics: true })
  }

  /** It connects with the first record. */
  async open() {}

  async send(topic, records, codec) {
    const places = []
    for (const some of cut(records)) {
      const { offsets } = await this.producer.send({
        acks: this.acks,
        compression: codec,
        messages: some.map(record => toMessage(topic, record)),
      })
      places.push(...(this.acks === 0 ? unknownPlaces(some) : placesOf(some, baseOffsets(offsets))))
    }
    return places
  }

  async close() {
    await this.producer.close()
  }
}

/**
 * Headers are a map. One whose names are buffers keeps all of them in their order, also those of the same name. The
 * library chooses the time and the partition where a message has no such field.
 */
const toMessage = (topic, { key, value, headers, timestampMs, partition }) => ({
  topic,
  key,
  value,
  headers: new Map(headers.map(([name, bytes]) => [Buffer.from(name), bytes])),
  ...(timestampMs !== null && { timestamp: BigInt(timestampMs) }),
  ...(partition !== null && { partition }),
})

const baseOffsets = offsets => new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]))

module.exports = { RecordProducer }
