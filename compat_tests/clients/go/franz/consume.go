package main

import (
	"context"
	"errors"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"kafkalite/compat-tests/worker"
)

// tail is a consumer of partitions that it names itself, without a group.
type tail struct {
	client    *kgo.Client
	admin     *kadm.Client
	options   worker.TailOptions
	positions map[int32]int64
}

func openTail(ctx context.Context, options worker.TailOptions) (worker.Tail, error) {
	starts := make(map[int32]kgo.Offset, len(options.Partitions))
	for _, partition := range options.Partitions {
		starts[partition] = kgo.NewOffset().AtStart()
		if options.Offset >= 0 {
			starts[partition] = kgo.NewOffset().At(options.Offset)
		}
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
	return &tail{client, kadm.NewClient(client), options, map[int32]int64{}}, nil
}

func setToEnd(ctx context.Context, starts map[int32]kgo.Offset, options worker.TailOptions) error {
	client, err := kgo.NewClient(kgo.SeedBrokers(options.Seed()))
	if err != nil {
		return err
	}
	defer client.Close()
	listed, err := kadm.NewClient(client).ListEndOffsets(ctx, options.Topic)
	if err != nil {
		return err
	}
	ends, err := pick(listed, options)
	for partition, end := range ends {
		starts[partition] = kgo.NewOffset().At(end)
	}
	return err
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

// FindEnds asks for the end that a reader of committed records can come to, where that is what this one reads.
func (t *tail) FindEnds(ctx context.Context) (map[int32]int64, error) {
	list := t.admin.ListEndOffsets
	if t.options.IsReadCommitted() {
		list = t.admin.ListCommittedOffsets
	}
	listed, err := list(ctx, t.options.Topic)
	if err != nil {
		return nil, err
	}
	return pick(listed, t.options)
}

// pick returns the offsets of the partitions of a tail.
func pick(listed kadm.ListedOffsets, options worker.TailOptions) (map[int32]int64, error) {
	found := make(map[int32]int64, len(options.Partitions))
	for _, partition := range options.Partitions {
		offset, ok := listed.Lookup(options.Topic, partition)
		if !ok {
			return nil, kerr.UnknownTopicOrPartition
		}
		if offset.Err != nil {
			return nil, offset.Err
		}
		found[partition] = offset.Offset
	}
	return found, nil
}

// Position counts markers too.
func (t *tail) Position(partition int32) int64 { return t.positions[partition] }

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
