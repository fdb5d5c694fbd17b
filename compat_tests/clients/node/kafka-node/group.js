// A member of a consumer group, which commits what it has read all the time and once more when it leaves.

'use strict'

const { ConsumerGroup } = require('kafka-node')
const { ask, enduring, settings } = require('./connect')

class GroupMember {
  /** `configs` are those of a ConsumerGroup. */
  constructor(bootstrapServers, groupId, topic, configs) {
    Object.assign(this, { topic })
    this.read = []
    this.owned = []
    this.options = {
      ...settings(bootstrapServers),
      groupId,
      fromOffset: 'earliest',
      sessionTimeout: 6000,
      heartbeatInterval: 300,
      autoCommitIntervalMs: 100,
      retryMinTimeout: 100, // how soon it joins again when the group changes
      encoding: 'buffer',
      ...configs,
    }
  }

  async open() {
    this.group = enduring(new ConsumerGroup(this.options, this.topic))
    this.group.on('rebalancing', () => (this.owned = []))
    this.group.on('rebalanced', () => (this.owned = this.group.topicPayloads.map(({ partition }) => partition)))
    this.group.on('message', ({ partition, offset, value }) => this.read.push({ partition, offset, value }))
  }

  async close() {
    await ask(this.group, 'close', true) // "force": commit first
    this.owned = []
  }
}

module.exports = { GroupMember }
