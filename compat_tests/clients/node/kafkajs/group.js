// A member of a consumer group. kafkajs commits by itself after each batch.

'use strict'

const { PartitionAssigners } = require('kafkajs')
const { connect } = require('./connect')

/** The assignor of kafkajs under the name that other libraries call theirs: a group needs one that all have. */
const namedRange = context => ({ ...PartitionAssigners.roundRobin(context), name: 'range' })

class GroupMember {
  /** `configs` are kafkajs's own, and "assignor": "range" for a group that other libraries are in. */
  constructor(bootstrapServers, groupId, topic, { assignor, ...configs }) {
    this.topic = topic
    this.read = []
    this.owned = []
    this.consumer = connect(bootstrapServers).consumer({
      groupId,
      partitionAssigners: [assignor === 'range' ? namedRange : PartitionAssigners.roundRobin],
      sessionTimeout: 6000,
      heartbeatInterval: 300,
      maxWaitTimeInMs: 100, // it learns of a rebalance between two fetches only
      metadataMaxAge: 1000,
      ...configs,
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
        for (const { offset, value } of batch.messages) {
          if (!isRunning() || isStale()) return
          this.read.push({ partition: batch.partition, offset: Number(offset), value })
          resolveOffset(offset) // this one may be committed
        }
        await heartbeat()
      },
    })
  }

  /** What was read until here is committed. */
  async close() {
    await this.consumer.disconnect()
    this.owned = []
  }
}

module.exports = { GroupMember }
