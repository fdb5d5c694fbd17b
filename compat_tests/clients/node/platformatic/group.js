// A member of a consumer group. Its stream commits by itself, after each fetch.

'use strict'

const { Consumer } = require('@platformatic/kafka')
const { settings } = require('./settings')

class GroupMember {
  /** `configs` are the library's own, as { groupProtocol: 'consumer' } for the protocol of KIP-848. */
  constructor(bootstrapServers, groupId, topic, configs) {
    this.topic = topic
    this.read = []
    this.consumer = new Consumer({
      ...settings(bootstrapServers),
      groupId,
      sessionTimeout: 6000,
      heartbeatInterval: 300, // a member learns of a rebalance by its heartbeats; KIP-848 leaves both to the broker
      rebalanceTimeout: 10_000,
      metadataMaxAge: 1000,
      maxWaitTime: 100,
      ...configs,
    })
  }

  async open() {
    this.stream = await this.consumer.consume({ topics: [this.topic], mode: 'committed', fallbackMode: 'earliest' })
    this.stream.on('data', ({ partition, offset, value }) => {
      this.read.push({ partition, offset: Number(offset), value })
    })
  }

  /** The partitions that it is assigned now. */
  get owned() {
    const assigned = this.consumer.assignments || []
    return assigned.filter(({ topic }) => topic === this.topic).flatMap(({ partitions }) => partitions)
  }

  /** The stream is closed first: it commits its last offsets while its consumer is still in the group. */
  async close() {
    await this.stream.close()
    await this.consumer.close()
  }
}

module.exports = { GroupMember }
