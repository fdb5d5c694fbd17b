// Reads chosen partitions from a given offset on, without a group. kafka-node does so with the oldest fetch there is.

'use strict'

const { once } = require('node:events')
const { Consumer, Offset } = require('kafka-node')
const { Inbox } = require('../inbox')
const { ask, connect, enduring } = require('./connect')

const EARLIEST = -2

class PartitionReader {
  constructor(bootstrapServers, { topic, partitions, offset, minBytes, maxWaitMs }) {
    Object.assign(this, { bootstrapServers, topic, partitions, offset, minBytes, maxWaitMs })
    this.inbox = new Inbox()
    this.positions = new Map()
  }

  async open() {
    this.client = await connect(this.bootstrapServers)
    this.finder = enduring(new Offset(this.client))
    const places = []
    for (const partition of this.partitions) {
      const offset = this.offset < 0 ? await this.findOffset(partition, this.offset) : this.offset
      this.positions.set(partition, offset)
      places.push({ topic: this.topic, partition, offset })
    }
    const options = {
      fromOffset: true,
      autoCommit: false,
      fetchMinBytes: this.minBytes,
      fetchMaxWaitMs: this.maxWaitMs,
      fetchMaxBytes: 10_000_000,
      encoding: 'buffer',
      keyEncoding: 'buffer',
    }
    this.consumer = enduring(new Consumer(this.client, places, options))
    this.consumer.on('message', message => this.receive(message))
    this.consumer.on('offsetOutOfRange', ({ partition }) => this.startOver(partition))
  }

  async findOffset(partition, time) {
    const found = await ask(this.finder, 'fetch', [{ topic: this.topic, partition, time, maxNum: 1 }])
    return found[this.topic][partition][0]
  }

  /** A compressed batch comes as a whole, with records from before the offset that was asked for. */
  receive(message) {
    if (message.offset < this.positions.get(message.partition)) return
    this.positions.set(message.partition, message.offset + 1)
    this.inbox.push(toRecord(message))
  }

  async startOver(partition) {
    const offset = await this.findOffset(partition, EARLIEST)
    this.positions.set(partition, offset)
    this.consumer.setOffset(this.topic, partition, offset)
  }

  take(count, timeoutMs) {
    return this.inbox.take(count, timeoutMs)
  }

  readToEnd(timeoutMs) {
    return this.inbox.takeToEnd(timeoutMs, () => once(this.consumer, 'done'))
  }

  async close() {
    await ask(this.consumer, 'close', false)
  }
}

const toRecord = ({ partition, offset, key, value }) => ({
  partition,
  offset,
  key,
  value,
  headers: [],
  timestampMs: null, // the oldest message format has none
  isLogAppendTime: null,
})

module.exports = { PartitionReader }
