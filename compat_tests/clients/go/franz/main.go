// Command franz drives kafkalite with franz-go: each of its files shows one thing that an application does.
//
//	go run ./franz BOOTSTRAP_SERVERS
//
// It reads calls as lines of JSON from its input; package worker says how.
package main

import (
	"errors"

	"github.com/twmb/franz-go/pkg/kerr"

	"kafkalite/compat-tests/worker"
)

func main() {
	worker.Program{
		Kinds: map[string]worker.Opener{
			"client":   worker.OpenClient(openClient),
			"tail":     worker.OpenTail(openTail),
			"member":   worker.OpenMember(openMember),
			"producer": worker.OpenProducer(openTransactionalProducer),
			"copier":   worker.OpenCopier(openCopier),
			"monitor":  worker.OpenMonitor(findLag),
		},
		ErrorCode: errorCode,
	}.Serve()
}

// errorCode finds the broker's answer in an error: franz-go wraps it, and errors.As unwraps it.
func errorCode(err error) (int16, bool) {
	var refused *kerr.Error
	if errors.As(err, &refused) {
		return refused.Code, true
	}
	return 0, false
}
