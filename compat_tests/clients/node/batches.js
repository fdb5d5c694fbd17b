// What an application has to do itself where a library makes one batch of all that a call sends to a partition.

'use strict'

const MAX_CALL_BYTES = 1_000_000

/** Cuts records into lists whose values stay under a megabyte, which is what a broker takes as a batch by default. */
function cut(records) {
  const lists = [[]]
  let size = 0
  for (const record of records) {
    const valueSize = record.value ? record.value.length : 0
    if (size + valueSize > MAX_CALL_BYTES && lists[lists.length - 1].length > 0) {
      lists.push([])
      size = 0
    }
    size += valueSize
    lists[lists.length - 1].push(record)
  }
  return lists
}

/**
 * Returns [partition, offset] of each record, from the first offset of each partition (a Map): within one partition the
 * order is kept. A record without a partition of its own went to the only one there is an offset for.
 */
function placesOf(records, baseOffsets) {
  const next = new Map(baseOffsets)
  const [only] = next.keys()
  return records.map(({ partition }) => {
    const home = partition ?? only
    const offset = next.get(home)
    next.set(home, offset + 1)
    return [home, offset]
  })
}

/** What is known of records that nobody acknowledged. */
const unknownPlaces = records => records.map(({ partition }) => [partition ?? -1, -1])

module.exports = { cut, placesOf, unknownPlaces }
