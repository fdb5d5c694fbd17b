// Command segmentio drives kafkalite with kafka-go: each of its files shows one thing that an application does.
//
//	go run ./segmentio BOOTSTRAP_SERVERS
//
// It reads calls as lines of JSON from its input; package worker says how. There is no file for transactions: kafka-go
// has their requests, but neither its Writer nor its Client.Produce can take part in one.
package main

import (
	"errors"

	"github.com/segmentio/kafka-go"

	"kafkalite/compat-tests/worker"
)

func main() {
	worker.Program{
		Kinds: map[string]worker.Opener{
			"client":  worker.OpenClient(openClient),
			"tail":    worker.OpenTail(openTail),
			"member":  worker.OpenMember(openMember),
			"monitor": worker.OpenMonitor(findLag),
		},
		ErrorCode: errorCode,
	}.Serve()
}

// errorCode finds the broker's answer in an error. A Writer tells of each message that failed, and of the others with
// nil; the first one stands for them.
func errorCode(err error) (int16, bool) {
	var failed kafka.WriteErrors
	if errors.As(err, &failed) {
		err = errors.Join(failed...)
	}
	var refused kafka.Error
	if errors.As(err, &refused) {
		return int16(refused), true
	}
	return 0, false
}
