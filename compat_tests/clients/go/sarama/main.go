// Command sarama drives kafkalite with Sarama: each of its files shows one thing that an application does.
//
//	go run ./sarama BOOTSTRAP_SERVERS
//
// It reads calls as lines of JSON from its input; package worker says how.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/IBM/sarama"

	"kafkalite/compat-tests/worker"
)

// versionVariable names the environment variable that pins the program to the protocol of one Kafka release.
const versionVariable = "SARAMA_KAFKA_VERSION"

func main() {
	if _, err := newConfig(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
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

// newConfig returns the settings that everything here begins with.
func newConfig() (*sarama.Config, error) {
	config := sarama.NewConfig()
	config.ClientID = "sarama-example"
	// Sarama speaks the protocol of this release, and older versions of it where the broker is older. Unless one is
	// given it is 2.8, which leaves out what came later.
	config.Version = sarama.MaxVersion
	if pinned := os.Getenv(versionVariable); pinned != "" {
		version, err := sarama.ParseKafkaVersion(pinned)
		if err != nil {
			return nil, err
		}
		config.Version = version
	}
	return config, nil
}

// errorCode finds the broker's answer in an error: Sarama's types wrap it, and errors.As unwraps it.
func errorCode(err error) (int16, bool) {
	var refused sarama.KError
	if errors.As(err, &refused) {
		return int16(refused), true
	}
	return 0, false
}
