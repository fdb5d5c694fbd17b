// A producer with a transactional id: what it sends in a transaction, and offsets with it, is seen as a whole or never.

'use strict'

const { Admin, FindCoordinatorKeyTypes, Producer } = require('@platformatic/kafka')
const { settings } = require('./settings')

class TransactionalProducer {
  /**
   * The library's one `timeout` is that of transactions too. It claims to be producer 0 unless it is told that it has no
   * id yet: Kafka's -1. Otherwise a second producer could not take the transactional id over.
   */
  constructor(bootstrapServers, transactionalId, timeoutMs) {
    this.admin = new Admin(settings(bootstrapServers))
    this.producer = new Producer({
      ...settings(bootstrapServers),
      transactionalId,
      timeout: timeoutMs,
      idempotent: true,
      producerId: -1n,
      producerEpoch: -1,
    })
    this.begun = null
    this.transaction = null
  }

  /** The transactional id is taken over with the first transaction. */
  async init() {
    this.begun = await this.producer.beginTransaction()
  }

  async begin() {
    this.transaction = this.begun || (await this.producer.beginTransaction())
    this.begun = null
  }

  async send(topic, partition, values) {
    await this.transaction.send({ messages: values.map(value => ({ topic, partition, value })) })
  }

  /**
   * The library commits the offset after a message that a consumer of the group has read, so this makes up such
   * messages: of a group without members, as an application has that assigns its partitions by hand.
   */
  async sendOffsets(places, groupId) {
    const [{ nodeId }] = await this.admin.findCoordinator({ keyType: FindCoordinatorKeyTypes.GROUP, keys: [groupId] })
    const consumer = { groupId, memberId: '', generationId: -1, coordinatorId: nodeId }
    await this.transaction.addConsumer(consumer)
    for (const { topic, partition, offset } of places) {
      await this.transaction.addOffset({ topic, partition, offset: BigInt(offset - 1), metadata: { consumer } })
    }
  }

  async commit() {
    await this.transaction.commit()
  }

  async abort() {
    await this.transaction.abort()
  }

  async close() {
    await this.producer.close()
    await this.admin.close()
  }
}

module.exports = { TransactionalProducer }
