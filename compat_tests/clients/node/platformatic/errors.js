// Kafka's own name of an error, where there is one.

'use strict'

/** What a broker answered may be inside a response's error, and that one of several tries. */
function nameOf(error) {
  const names = [error.apiId, ...(error.errors || []).map(nameOf)].filter(Boolean)
  return names[0] || error.code || error.name
}

module.exports = { nameOf }
