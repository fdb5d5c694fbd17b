// Package worker puts a Kafka client library behind one line of JSON per call, so that tests of another language can
// drive it: {"id", "target", "method", "arguments"} comes in, {"id", "result"} or {"id", "error", "message"} goes out.
//
// A target is a client, a consumer, a member of a group or a transactional producer that an earlier "open" made. Calls
// to one target follow one another, as in an application; calls to different targets run side by side. Bytes travel as
// base64, which is what encoding/json makes of a []byte: nil is null, and empty is the empty text.
package worker

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"time"
)

// callTimeout bounds every call: no step of a test takes this long with a broker that works.
const callTimeout = 50 * time.Second

// Method is one method of a target; its result is marshalled.
type Method func(ctx context.Context, arguments json.RawMessage) (any, error)

// Methods are a target's methods by name.
type Methods map[string]Method

// Opener makes a target from the arguments of "open".
type Opener func(ctx context.Context, arguments json.RawMessage) (Methods, error)

// Program is what a library offers.
type Program struct {
	// Kinds are the kinds of targets that it can open.
	Kinds map[string]Opener
	// ErrorCode finds Kafka's code in an error of the library.
	ErrorCode func(error) (int16, bool)
}

// BootstrapServers is where the programs connect to, unless an "open" names another broker.
func BootstrapServers() string {
	return os.Args[1]
}

// Version tells which release of a module this program was built with, for example "v1.61.1".
func Version(module string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == module {
				return dependency.Version
			}
		}
	}
	return "unknown"
}

// Call wraps a typed function as a Method.
func Call[A, R any](function func(context.Context, A) (R, error)) Method {
	return func(ctx context.Context, raw json.RawMessage) (any, error) {
		var arguments A
		if err := json.Unmarshal(raw, &arguments); err != nil {
			return nil, err
		}
		return function(ctx, arguments)
	}
}

// Do wraps a function without arguments and result.
func Do(function func(context.Context) error) Method {
	return func(ctx context.Context, _ json.RawMessage) (any, error) { return nil, function(ctx) }
}

// Get wraps a function without arguments.
func Get[R any](function func(context.Context) (R, error)) Method {
	return func(ctx context.Context, _ json.RawMessage) (any, error) { return function(ctx) }
}

type request struct {
	ID        int             `json:"id"`
	Target    string          `json:"target"`
	Method    string          `json:"method"`
	Arguments json.RawMessage `json:"arguments"`
}

type server struct {
	program Program
	targets map[string]chan request // touched by Serve's goroutine only
	mutex   sync.Mutex              // of the output
	output  *json.Encoder
}

// Serve answers calls until the input ends. What is open by then dies with the process.
func (program Program) Serve() {
	if len(os.Args) != 2 {
		fmt.Fprintf(os.Stderr, "usage: %s BOOTSTRAP_SERVERS\n", os.Args[0])
		os.Exit(2)
	}
	one := server{program: program, targets: map[string]chan request{}, output: json.NewEncoder(os.Stdout)}
	decoder := json.NewDecoder(bufio.NewReaderSize(os.Stdin, 1<<16))
	for {
		var call request
		if err := decoder.Decode(&call); err != nil {
			return
		}
		queue, ok := one.targets[call.Target]
		if !ok {
			queue = make(chan request, 100)
			one.targets[call.Target] = queue
			go one.run(queue)
		}
		queue <- call
	}
}

// run answers the calls of one target, the first of which opens it.
func (s *server) run(queue <-chan request) {
	var methods Methods
	for call := range queue {
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		if call.Method == "open" {
			opened, err := s.open(ctx, call.Arguments)
			methods = opened
			s.reply(call.ID, nil, err)
		} else if method, ok := methods[call.Method]; ok {
			result, err := method(ctx, call.Arguments)
			s.reply(call.ID, result, err)
		} else {
			s.reply(call.ID, nil, fmt.Errorf("%s has no method %s", call.Target, call.Method))
		}
		cancel()
	}
}

func (s *server) open(ctx context.Context, arguments json.RawMessage) (Methods, error) {
	var wanted struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(arguments, &wanted); err != nil {
		return nil, err
	}
	opener, ok := s.program.Kinds[wanted.Kind]
	if !ok {
		return nil, fmt.Errorf("this library has no %s", wanted.Kind)
	}
	return opener(ctx, arguments)
}

func (s *server) reply(id int, result any, err error) {
	answer := map[string]any{"id": id, "result": result}
	if err != nil {
		answer = map[string]any{"id": id, "error": s.nameOf(err), "message": err.Error()}
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := s.output.Encode(answer); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// nameOf returns Kafka's name of an error, or the Go type of one that is the library's own.
func (s *server) nameOf(err error) string {
	if code, ok := s.program.ErrorCode(err); ok {
		return errorName(code)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return "TIMEOUT"
	}
	return fmt.Sprintf("%T", err)
}
