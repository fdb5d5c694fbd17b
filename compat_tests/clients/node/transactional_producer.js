// One producer with a transactional id, step by step.

'use strict'

const { toBytes } = require('./bytes')

class TransactionalProducer {
  constructor(kafka, { transactional_id: transactionalId, timeout_ms: transactionTimeout }) {
    this.producer = kafka.producer({ transactionalId, transactionTimeout, idempotent: true, maxInFlightRequests: 1 })
    this.transaction = null
  }

  async open() {}

  async init() {
    await this.producer.connect()
  }

  async begin() {
    this.transaction = await this.producer.transaction()
  }

  async send({ topic, partition, values }) {
    await this.transaction.send({ topic, messages: values.map(value => ({ partition, value: toBytes(value) })) })
  }

  async send_offsets({ offsets, group_id: consumerGroupId }) {
    const topics = offsets.map(([topic, partition, offset]) => ({
      topic,
      partitions: [{ partition, offset: String(offset) }],
    }))
    await this.transaction.sendOffsets({ consumerGroupId, topics })
  }

  async commit() {
    await this.transaction.commit()
  }

  async abort() {
    await this.transaction.abort()
  }

  async close() {
    await this.producer.disconnect()
  }
}

module.exports = { TransactionalProducer }
