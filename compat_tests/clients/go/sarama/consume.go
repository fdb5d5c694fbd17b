package main

import (
	"context"
	"errors"

	"github.com/IBM/sarama"

	"kafkalite/compat-tests/worker"
)

// tail is a consumer of partitions that it names itself, without a group.
type tail struct {
	client    sarama.Client
	consumer  sarama.Consumer
	options   worker.TailOptions
	arrived   chan *sarama.ConsumerMessage
	positions map[int32]int64
}

func openTail(_ context.Context, options worker.TailOptions) (worker.Tail, error) {
	config, err := newConfig()
	if err != nil {
		return nil, err
	}
	config.Consumer.Fetch.Min = options.MinBytes
	config.Consumer.MaxWaitTime = options.MaxWait()
	if options.IsReadCommitted() {
		config.Consumer.IsolationLevel = sarama.ReadCommitted
	}
	client, err := sarama.NewClient([]string{options.Seed()}, config)
	if err != nil {
		return nil, err
	}
	consumer, err := sarama.NewConsumerFromClient(client)
	if err != nil {
		return nil, err
	}
	t := &tail{client, consumer, options, make(chan *sarama.ConsumerMessage, 1000), map[int32]int64{}}
	for _, partition := range options.Partitions {
		if err := t.consume(partition); err != nil {
			return nil, errors.Join(err, t.Close())
		}
	}
	return t, nil
}

// consume begins to read a partition. Sarama's numbers for the oldest and the newest offset are Kafka's, -2 and -1, and
// it looks them up here, not with the first fetch.
func (t *tail) consume(partition int32) error {
	messages, err := t.consumer.ConsumePartition(t.options.Topic, partition, t.options.Offset)
	if errors.Is(err, sarama.ErrOffsetOutOfRange) {
		// Sarama leaves it to the application where to go on from.
		messages, err = t.consumer.ConsumePartition(t.options.Topic, partition, sarama.OffsetOldest)
	}
	if err != nil {
		return err
	}
	// Each partition has a channel of its own; it is closed with the partition.
	go func() {
		for message := range messages.Messages() {
			t.arrived <- message
		}
	}()
	return nil
}

// Read waits for one record, and returns it with those that are there already.
func (t *tail) Read(ctx context.Context) ([]worker.Consumed, error) {
	var read []worker.Consumed
	select {
	case message := <-t.arrived:
		read = append(read, t.hand(message))
	case <-ctx.Done():
		return nil, nil
	}
	for {
		select {
		case message := <-t.arrived:
			read = append(read, t.hand(message))
		default:
			return read, nil
		}
	}
}

func (t *tail) hand(message *sarama.ConsumerMessage) worker.Consumed {
	t.positions[message.Partition] = message.Offset + 1
	return toConsumed(message)
}

// FindEnds asks for the end that a reader of committed records can come to, where that is what this one reads.
func (t *tail) FindEnds(context.Context) (map[int32]int64, error) {
	admin, err := sarama.NewClusterAdminFromClient(t.client)
	if err != nil {
		return nil, err
	}
	latest := make(map[int32]int64, len(t.options.Partitions))
	for _, partition := range t.options.Partitions {
		latest[partition] = sarama.OffsetNewest
	}
	listed, err := admin.ListOffsets(
		map[string]map[int32]int64{t.options.Topic: latest},
		&sarama.ListOffsetsOptions{IsolationLevel: t.client.Config().Consumer.IsolationLevel},
	)
	if err != nil {
		return nil, err
	}
	ends := make(map[int32]int64, len(latest))
	for partition, result := range listed[t.options.Topic] {
		if !errors.Is(result.Err, sarama.ErrNoError) { // Sarama has an error for none
			return nil, result.Err
		}
		ends[partition] = result.Offset
	}
	return ends, nil
}

// Position counts only what was handed over: Sarama hides markers and what was aborted.
func (t *tail) Position(partition int32) int64 { return t.positions[partition] }

// Close does not wait: Sarama lets the fetch that is on its way come to its end first.
func (t *tail) Close() error {
	go func() {
		_ = t.consumer.Close()
		_ = t.client.Close()
	}()
	return nil
}

func toConsumed(message *sarama.ConsumerMessage) worker.Consumed {
	headers := make([]worker.Header, len(message.Headers))
	for i, header := range message.Headers {
		headers[i] = worker.Header{Name: string(header.Key), Value: header.Value}
	}
	return worker.Consumed{
		Partition:   message.Partition,
		Offset:      message.Offset,
		Key:         message.Key,
		Value:       message.Value,
		Headers:     headers,
		TimestampMs: message.Timestamp.UnixMilli(),
	}
}
