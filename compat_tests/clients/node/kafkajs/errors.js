// Kafka's own name of an error, where there is one.

'use strict'

/** kafkajs wraps errors: of several the first one counts, of a chain the innermost. */
function nameOf(error) {
  const [first] = error.errors || (error.groups || []).map(group => group.error)
  const inner = first || (error.type ? undefined : error.cause)
  return inner ? nameOf(inner) : error.type || error.name
}

module.exports = { nameOf }
