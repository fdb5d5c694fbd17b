// Writes records, and tells where they landed.

'use strict'

const { CompressionTypes } = require('kafkajs')
const { cut, placesOf, unknownPlaces } = require('../batches')
const { connect } = require('./connect')
const { toHeaders } = require('./headers')

const CODECS = { none: CompressionTypes.None, gzip: CompressionTypes.GZIP, snappy: CompressionTypes.Snappy }

class RecordProducer {
  constructor(bootstrapServers, { acks, isIdempotent }) {
    this.acks = acks
    this.producer = connect(bootstrapServers).producer({ idempotent: isIdempotent, allowAutoTopicCreation: true })
  }

  async open() {
    await this.producer.connect()
  }

  async send(topic, records, codec) {
    const places = []
    for (const some of cut(records)) {
      const batches = await this.producer.send({
        topic,
        acks: this.acks,
        compression: CODECS[codec],
        messages: some.map(toMessage),
      })
      places.push(...(this.acks === 0 ? unknownPlaces(some) : placesOf(some, baseOffsets(batches))))
    }
    return places
  }

  async close() {
    await this.producer.disconnect()
  }
}

/** kafkajs chooses the time and the partition where a message has no such field. */
const toMessage = ({ key, value, headers, timestampMs, partition }) => ({
  key,
  value,
  headers: toHeaders(headers),
  ...(timestampMs !== null && { timestamp: String(timestampMs) }),
  ...(partition !== null && { partition }),
})

const baseOffsets = batches => new Map(batches.map(({ partition, baseOffset }) => [partition, Number(baseOffset)]))

module.exports = { RecordProducer }
