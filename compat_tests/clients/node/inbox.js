// Records that a library handed over and nobody has taken yet: every library here pushes, and its readers want to pull.

'use strict'

class Inbox {
  constructor() {
    this.records = []
    this.wake = () => {}
  }

  get length() {
    return this.records.length
  }

  push(record) {
    this.records.push(record)
    this.wake()
  }

  /** Returns `count` records, or none when the time is over; what came until then stays for the next call. */
  async take(count, timeoutMs) {
    const deadline = Date.now() + timeoutMs
    while (this.records.length < count && Date.now() < deadline) {
      await new Promise(resolve => {
        this.wake = resolve
        setTimeout(resolve, deadline - Date.now())
      })
    }
    return this.records.length < count ? [] : this.records.splice(0, count)
  }

  takeAll() {
    return this.records.splice(0)
  }

  /** Returns everything there is: until two rounds one after the other brought nothing. `nextRound` waits for one. */
  async takeToEnd(timeoutMs, nextRound) {
    const deadline = Date.now() + timeoutMs
    let seenCount = -1
    let idleRounds = 0
    while (idleRounds < 2) {
      if (Date.now() > deadline) throw new Error(`no end in time, ${this.length} records`)
      await nextRound()
      idleRounds = this.length === seenCount ? idleRounds + 1 : 0
      seenCount = this.length
    }
    return this.takeAll()
  }
}

module.exports = { Inbox }
