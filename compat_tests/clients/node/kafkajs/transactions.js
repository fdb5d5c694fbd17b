// A producer with a transactional id: what it sends in a transaction, and offsets with it, is seen as a whole or never.

'use strict'

const { connect } = require('./connect')

class TransactionalProducer {
  constructor(bootstrapServers, transactionalId, timeoutMs) {
    this.producer = connect(bootstrapServers).producer({
      transactionalId,
      transactionTimeout: timeoutMs,
      idempotent: true,
      maxInFlightRequests: 1,
    })
    this.begun = null
    this.transaction = null
  }

  /** kafkajs takes the transactional id over when it begins its first transaction. */
  async init() {
    await this.producer.connect()
    this.begun = await this.producer.transaction()
  }

  async begin() {
    this.transaction = this.begun || (await this.producer.transaction())
    this.begun = null
  }

  async send(topic, partition, values) {
    await this.transaction.send({ topic, messages: values.map(value => ({ partition, value })) })
  }

  async sendOffsets(places, groupId) {
    const topics = places.map(({ topic, partition, offset }) => ({
      topic,
      partitions: [{ partition, offset: String(offset) }],
    }))
    await this.transaction.sendOffsets({ consumerGroupId: groupId, topics })
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
