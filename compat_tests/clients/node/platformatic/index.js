'use strict'

const { readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')

// The package lets nobody import its package.json, which lies above its entry point.
const packageFile = join(dirname(require.resolve('@platformatic/kafka')), '..', 'package.json')

module.exports = {
  version: `@platformatic/kafka ${JSON.parse(readFileSync(packageFile)).version}`,
  ...require('./admin'),
  ...require('./consumer'),
  ...require('./errors'),
  ...require('./group'),
  ...require('./producer'),
  ...require('./transactions'),
}
