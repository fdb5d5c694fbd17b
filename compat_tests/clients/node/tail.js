// A consumer that starts at a given offset. kafkajs has no consumer without a group: it seeks in a group of its own.

'use strict'

const crypto = require('crypto')
const { fromMessage } = require('./bytes')

const LATEST = -1

class Tail {
  constructor(kafka, { topic, partitions, offset, min_bytes: minBytes, max_wait_ms: maxWaitTimeInMs, isolation_level }) {
    Object.assign(this, { kafka, topic, partitions, offset })
    this.arrived = []
    this.wake = () => {}
    this.consumer = kafka.consumer({
      groupId: `tail-${crypto.randomUUID()}`,
      minBytes,
      maxWaitTimeInMs,
      readUncommitted: isolation_level === 'read_uncommitted',
    })
  }

  async open() {
    await this.consumer.connect()
    await this.consumer.subscribe({ topic: this.topic, fromBeginning: this.offset !== LATEST })
    const joined = new Promise(resolve => this.consumer.on(this.consumer.events.GROUP_JOIN, resolve))
    await this.consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        if (!this.partitions.includes(partition)) return
        this.arrived.push(fromMessage(partition, message))
        this.wake()
      },
    })
    if (this.offset >= 0) {
      for (const partition of this.partitions) {
        this.consumer.seek({ topic: this.topic, partition, offset: String(this.offset) })
      }
    }
    await joined
  }

  /** Returns `count` records, or none when the time is over; then they stay for the next call. */
  async take({ count, timeout_ms: timeoutMs }) {
    const deadline = Date.now() + timeoutMs
    while (this.arrived.length < count && Date.now() < deadline) {
      await new Promise(resolve => {
        this.wake = resolve
        setTimeout(resolve, deadline - Date.now())
      })
    }
    return this.arrived.length < count ? [] : this.arrived.splice(0, count)
  }

  /** Returns everything there is to read: until two fetches one after the other bring nothing. */
  async read_to_end({ timeout_ms: timeoutMs }) {
    const deadline = Date.now() + timeoutMs
    let seen = -1
    let idleCount = 0
    while (idleCount < 2) {
      if (Date.now() > deadline) throw new Error(`no end in time, ${this.arrived.length} records`)
      await new Promise(resolve => {
        const forget = this.consumer.on(this.consumer.events.FETCH, () => resolve(forget()))
      })
      idleCount = this.arrived.length === seen ? idleCount + 1 : 0
      seen = this.arrived.length
    }
    return this.arrived.splice(0)
  }

  /** Does not wait: kafkajs lets the fetch that is on its way come to its end first. */
  async close() {
    this.consumer.disconnect().catch(() => {})
  }
}

module.exports = { Tail }
