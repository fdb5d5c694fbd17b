// A member of a consumer group, which commits what its application has dealt with.

'use strict'

const { Consumer } = require('@platformatic/kafka')
const { settings } = require('./settings')

class GroupMember {
  /** `configs` are the library's own, as { groupProtocol: 'consumer' } for the protocol of KIP-848. */
  constructor(bootstrapServers, groupId, topic, configs) {
    this.topic = topic
    this.read = []
    this.owned = []
    const isClassic = configs.groupProtocol !== 'consumer' // the other protocol leaves these two to the broker
    this.consumer = new Consumer({
      ...settings(bootstrapServers),
      groupId,
      ...(isClassic && { sessionTimeout: 6000, heartbeatInterval: 300 }),
      rebalanceTimeout: 10_000,
      metadataMaxAge: 1000,
      maxWaitTime: 100,
      ...configs,
    })
  }

  async open() {
    this.consumer.on('consumer:group:join', () => (this.owned = this.assignedPartitions()))
    this.consumer.on('consumer:group:rebalance', () => (this.owned = []))
    this.stream = await this.consumer.consume({ topics: [this.topic], mode: 'committed', fallbackMode: 'earliest' })
    this.owned = this.assignedPartitions()
    this.stream.on('data', ({ partition, offset, value }) => {
      this.read.push({ partition, offset: Number(offset), value })
    })
  }

  assignedPartitions() {
    const assigned = this.consumer.assignments || []
    return assigned.filter(({ topic }) => topic === this.topic).flatMap(({ partitions }) => partitions)
  }

  async close() {
    await this.consumer.close(true)
    this.owned = []
  }
}

module.exports = { GroupMember }
