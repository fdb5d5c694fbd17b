package main

import (
	"context"
	"errors"
	"time"

	"github.com/segmentio/kafka-go"

	"kafkalite/compat-tests/worker"
)

// tail is a consumer of partitions that it names itself. A Reader without a group reads one partition, so there are as
// many of them, each with a connection of its own.
type tail struct {
	options   worker.TailOptions
	client    *kafka.Client
	readers   []*kafka.Reader
	stop      context.CancelFunc
	arrived   chan result
	positions map[int32]int64
}

type result struct {
	message kafka.Message
	err     error
}

func openTail(ctx context.Context, options worker.TailOptions) (worker.Tail, error) {
	reading, stop := context.WithCancel(context.Background())
	t := &tail{
		options:   options,
		client:    &kafka.Client{Addr: kafka.TCP(options.Seed())},
		stop:      stop,
		arrived:   make(chan result, 1000),
		positions: map[int32]int64{},
	}
	starts := map[int32]int64{}
	if options.Offset == worker.Latest {
		// A Reader would look for the end when it begins to read; this one is to read from where the end is now.
		var err error
		if starts, err = t.FindEnds(ctx); err != nil {
			return nil, err
		}
	}
	for _, partition := range options.Partitions {
		start, ok := starts[partition]
		if !ok {
			start = options.Offset // kafka.FirstOffset is Kafka's own -2
		}
		reader := newPartitionReader(options, partition)
		t.readers = append(t.readers, reader)
		if err := reader.SetOffset(start); err != nil {
			return nil, errors.Join(err, t.Close())
		}
		go t.follow(reading, reader)
	}
	return t, nil
}

func newPartitionReader(options worker.TailOptions, partition int32) *kafka.Reader {
	return kafka.NewReader(kafka.ReaderConfig{
		Brokers:   []string{options.Seed()},
		Topic:     options.Topic,
		Partition: int(partition),
		MinBytes:  int(options.MinBytes),
		MaxBytes:  10 << 20,
		// kafka-go waits for ten seconds unless it is told otherwise.
		MaxWait: options.MaxWait(),
		// Without this it tries an offset that is out of range over and over, and tells nobody.
		OffsetOutOfRangeError: true,
		// It gives up after three attempts, which a broker that restarts outlasts, and is not quick to try again.
		MaxAttempts:    1000,
		ReadBackoffMin: 10 * time.Millisecond,
		ReadBackoffMax: 100 * time.Millisecond,
	})
}

// follow hands over what a reader reads.
func (t *tail) follow(ctx context.Context, reader *kafka.Reader) {
	for {
		message, err := reader.FetchMessage(ctx)
		if errors.Is(err, kafka.OffsetOutOfRange) {
			err = reader.SetOffset(kafka.FirstOffset)
			if err == nil {
				continue
			}
		}
		select {
		case t.arrived <- result{message, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// Read waits for one record, and returns it with those that are there already.
func (t *tail) Read(ctx context.Context) ([]worker.Consumed, error) {
	var read []worker.Consumed
	select {
	case one := <-t.arrived:
		if one.err != nil {
			return nil, one.err
		}
		read = append(read, t.hand(one.message))
	case <-ctx.Done():
		return nil, nil
	}
	for {
		select {
		case one := <-t.arrived:
			if one.err != nil {
				return nil, one.err
			}
			read = append(read, t.hand(one.message))
		default:
			return read, nil
		}
	}
}

func (t *tail) hand(message kafka.Message) worker.Consumed {
	t.positions[int32(message.Partition)] = message.Offset + 1
	return toConsumed(message)
}

// FindEnds asks for the offset that the next record of each partition will have.
func (t *tail) FindEnds(ctx context.Context) (map[int32]int64, error) {
	return listOffsets(ctx, t.client, worker.FindOffsets{
		Topic: t.options.Topic, Partitions: t.options.Partitions, TimestampMs: worker.Latest,
	})
}

// Position counts only what was handed over.
func (t *tail) Position(partition int32) int64 { return t.positions[partition] }

// Close does not wait: a Reader lets the fetch that is on its way come to its end first.
func (t *tail) Close() error {
	t.stop()
	for _, reader := range t.readers {
		go reader.Close()
	}
	return nil
}

func toConsumed(message kafka.Message) worker.Consumed {
	headers := make([]worker.Header, len(message.Headers))
	for i, header := range message.Headers {
		headers[i] = worker.Header{Name: header.Key, Value: header.Value}
	}
	return worker.Consumed{
		Partition:   int32(message.Partition),
		Offset:      message.Offset,
		Key:         message.Key,
		Value:       message.Value,
		Headers:     headers,
		TimestampMs: message.Time.UnixMilli(),
	}
}
