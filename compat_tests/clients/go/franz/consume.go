package main

import (
	"context"
	"errors"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"

	"kafkalite/compat-tests/worker"
)

// quiet is how long nothing has to arrive before a partition counts as read; see ReadToEnd.
const quiet = time.Second

// tail is a consumer of partitions that it names itself, without a group.
type tail struct {
	client     *kgo.Client
	topic      string
	partitions []int32
	ends       func(context.Context, ...string) (kadm.ListedOffsets, error)
	positions  map[int32]int64
}

func openTail(ctx context.Context, options worker.TailOptions) (worker.Tail, error) {
	start := kgo.NewOffset().AtStart()
	if options.Offset >= 0 {
		start = kgo.NewOffset().At(options.Offset)
	}
	starts := make(map[int32]kgo.Offset, len(options.Partitions))
	for _, partition := range options.Partitions {
		starts[partition] = start
	}
	if options.Offset == worker.Latest {
		// AtEnd would be looked up when the first fetch is due; this consumer is to read from where the end is now.
		if err := setToEnd(ctx, starts, options); err != nil {
			return nil, err
		}
	}
	isolation := kgo.ReadUncommitted()
	if options.IsReadCommitted() {
		isolation = kgo.ReadCommitted()
	}
	client, err := kgo.NewClient(
		kgo.SeedBrokers(options.Seed()),
		kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{options.Topic: starts}),
		// Where to go on from when the offset to read is gone, or not there yet.
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.FetchMinBytes(options.MinBytes),
		kgo.FetchMaxWait(options.MaxWait()),
		kgo.FetchIsolationLevel(isolation),
		// The markers of transactions take offsets too: seeing them tells how far the partition has been read.
		kgo.KeepControlRecords(),
	)
	if err != nil {
		return nil, err
	}
	admin := kadm.NewClient(client)
	ends := admin.ListEndOffsets
	if options.IsReadCommitted() {
		ends = admin.ListCommittedOffsets
	}
	return &tail{client, options.Topic, options.Partitions, ends, map[int32]int64{}}, nil
}

func setToEnd(ctx context.Context, starts map[int32]kgo.Offset, options worker.TailOptions) error {
	client, err := kgo.NewClient(kgo.SeedBrokers(options.Seed()))
	if err != nil {
		return err
	}
	defer client.Close()
	ends, err := kadm.NewClient(client).ListEndOffsets(ctx, options.Topic)
	if err != nil {
		return err
	}
	for partition := range starts {
		end, _ := ends.Lookup(options.Topic, partition)
		if end.Err != nil {
			return end.Err
		}
		starts[partition] = kgo.NewOffset().At(end.Offset)
	}
	return nil
}

// Read polls once. A poll returns with whatever is there, or when its context ends.
func (t *tail) Read(ctx context.Context) ([]worker.Consumed, error) {
	fetches := t.client.PollFetches(ctx)
	if err := fetches.Err(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, err
	}
	var read []worker.Consumed
	for record := range fetches.RecordsAll() {
		t.positions[record.Partition] = record.Offset + 1
		if !record.Attrs.IsControl() {
			read = append(read, toConsumed(record))
		}
	}
	return read, nil
}

// ReadToEnd reads up to where the partitions end now.
//
// franz-go does not tell its position, only the records it hands over. Those of aborted transactions are not among
// them, so where such a record is the last before the end it is silence that ends the reading.
func (t *tail) ReadToEnd(ctx context.Context) ([]worker.Consumed, error) {
	ends, err := t.ends(ctx, t.topic)
	if err != nil {
		return nil, err
	}
	var read []worker.Consumed
	for lastArrival := time.Now(); !t.isAt(ends) && time.Since(lastArrival) < quiet; {
		poll, cancel := context.WithTimeout(ctx, quiet)
		records, err := t.Read(poll)
		cancel()
		if err != nil {
			return nil, err
		}
		if len(records) > 0 {
			lastArrival = time.Now()
		}
		read = append(read, records...)
	}
	return read, ctx.Err()
}

func (t *tail) isAt(ends kadm.ListedOffsets) bool {
	for _, partition := range t.partitions {
		if end, ok := ends.Lookup(t.topic, partition); ok && t.positions[partition] < end.Offset {
			return false
		}
	}
	return true
}

func (t *tail) Close() error {
	t.client.Close()
	return nil
}

func toConsumed(record *kgo.Record) worker.Consumed {
	headers := make([]worker.Header, len(record.Headers))
	for i, header := range record.Headers {
		headers[i] = worker.Header{Name: header.Key, Value: header.Value}
	}
	isLogAppendTime := record.Attrs.TimestampType() == 1
	return worker.Consumed{
		Partition:       record.Partition,
		Offset:          record.Offset,
		Key:             record.Key,
		Value:           record.Value,
		Headers:         headers,
		TimestampMs:     record.Timestamp.UnixMilli(),
		IsLogAppendTime: &isLogAppendTime,
	}
}
