// A member of a consumer group. kafkajs commits by itself after each batch; what it read is handed over step by step.

'use strict'

const { PartitionAssigners } = require('kafkajs')
const { toText } = require('./bytes')

/** The assignor of kafkajs under the name that other libraries call theirs: a group needs one that all have. */
const namedRange = context => ({ ...PartitionAssigners.roundRobin(context), name: 'range' })

class GroupMember {
  constructor(kafka, { group_id: groupId, topic, configs }) {
    this.topic = topic
    this.read = []
    this.owned = []
    const { assignor, ...options } = configs
    this.consumer = kafka.consumer({
      groupId,
      partitionAssigners: assignor === 'range' ? [namedRange] : [PartitionAssigners.roundRobin],
      maxWaitTimeInMs: 100, // it learns of a rebalance between two fetches only
      metadataMaxAge: 1000,
      ...options,
    })
  }

  async open() {
    const { GROUP_JOIN, REBALANCING } = this.consumer.events
    this.consumer.on(GROUP_JOIN, ({ payload }) => (this.owned = payload.memberAssignment[this.topic] || []))
    this.consumer.on(REBALANCING, () => (this.owned = []))
    await this.consumer.connect()
    await this.consumer.subscribe({ topic: this.topic, fromBeginning: true })
    await this.consumer.run({
      eachBatch: async ({ batch, resolveOffset, heartbeat, isRunning, isStale }) => {
        for (const message of batch.messages) {
          if (!isRunning() || isStale()) return
          this.read.push([batch.partition, Number(message.offset), toText(message.value)])
          resolveOffset(message.offset)
        }
        await heartbeat()
      },
    })
  }

  async step({ timeout_ms: timeoutMs }) {
    await new Promise(resolve => setTimeout(resolve, timeoutMs))
    return { read: this.read.splice(0), owned: this.owned }
  }

  /** Returns what it read since the last step: it is committed. */
  async close() {
    await this.consumer.disconnect()
    return { read: this.read.splice(0), owned: [] }
  }
}

module.exports = { GroupMember }
