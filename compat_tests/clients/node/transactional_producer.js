// One producer with a transactional id, step by step.

'use strict'

const { toBytes } = require('./bytes')

class TransactionalProducer {
  constructor(kafka, { transactional_id: transactionalId, timeout_ms: transactionTimeout }) {
    this.producer = kafka.producer({ transactionalId, transactionTimeout, idempotent: true, maxInFlightRequests: 1 })
    this.begun = null
    this.transaction = null
  }

  async open() {}

  /** kafkajs takes the transactional id over when it begins its first transaction. */
  async init() {
    await this.producer.connect()
    this.begun = await this.producer.transaction()
  }

  async begin() {
    this.transaction = this.begun || (await this.producer.transaction())
    this.begun = null
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
