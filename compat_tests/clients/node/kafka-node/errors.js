// Kafka's own name of an error, where there is one.

'use strict'

const RENAMED = { MessageSizeTooLarge: 'MESSAGE_TOO_LARGE', InvalidTopic: 'INVALID_TOPIC_EXCEPTION' }

/** kafka-node tells a broker's errors by their old names, in their messages: "UnknownTopicOrPartition". */
function nameOf({ name, message }) {
  if (!/^[A-Z][A-Za-z]+$/.test(message)) return name
  return RENAMED[message] || message.replace(/(?!^)([A-Z])/g, '_$1').toUpperCase()
}

module.exports = { nameOf }
