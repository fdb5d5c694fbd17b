package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/IBM/sarama"

	"kafkalite/compat-tests/worker"
)

// copier copies a topic exactly once, as a member of a group: the copies and the offsets of what was read become
// visible with one commit. It is the handler that Sarama calls, from one goroutine for each partition.
type copier struct {
	options  worker.CopierOptions
	group    sarama.ConsumerGroup
	stop     context.CancelFunc
	finished chan struct{}
	copied   atomic.Int64
}

func openCopier(options worker.CopierOptions) (worker.Copier, error) {
	config, err := newConfig()
	if err != nil {
		return nil, err
	}
	config.Consumer.IsolationLevel = sarama.ReadCommitted
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.Offsets.AutoCommit.Enable = false // offsets go with the transactions
	config.Consumer.Group.Session.Timeout = worker.SessionTimeout
	config.Consumer.Group.Heartbeat.Interval = worker.HeartbeatInterval
	config.Consumer.Group.Rebalance.Retry.Backoff = 100 * time.Millisecond
	group, err := sarama.NewConsumerGroup([]string{options.Seed()}, options.GroupID, config)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := &copier{options: options, group: group, stop: cancel, finished: make(chan struct{})}
	go c.run(ctx)
	return c, nil
}

func (c *copier) run(ctx context.Context) {
	defer close(c.finished)
	for ctx.Err() == nil {
		err := c.group.Consume(ctx, []string{c.options.From}, c)
		if errors.Is(err, sarama.ErrClosedConsumerGroup) {
			return
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "copier:", err)
			time.Sleep(100 * time.Millisecond)
		}
	}
}

// Setup is called when partitions have been assigned.
func (c *copier) Setup(sarama.ConsumerGroupSession) error { return nil }

// Cleanup is called when they are given up.
func (c *copier) Cleanup(sarama.ConsumerGroupSession) error { return nil }

// ConsumeClaim copies one partition. Its transactional id names the partition: whoever gets the partition next takes
// the id over, and with it ends what this member may have left open.
func (c *copier) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	id := fmt.Sprintf("%s-%d", c.options.GroupID, claim.Partition())
	producer, err := newTransactionalProducer(c.options.ProducerOptions, id)
	if err != nil {
		return err
	}
	defer producer.Close()
	member := sarama.NewConsumerGroupMetadataFromSession(session, c.options.GroupID, nil)
	for {
		batch := nextBatch(session.Context(), claim.Messages())
		if len(batch) == 0 {
			return nil
		}
		if err := c.copy(producer, batch, member); err != nil {
			// The session ends with this, and the next one begins at what is committed.
			return errors.Join(err, producer.AbortTxn())
		}
		c.copied.Add(int64(len(batch)))
	}
}

// nextBatch waits for a message and takes those that are there already; none when the partition is to be given up.
func nextBatch(ctx context.Context, messages <-chan *sarama.ConsumerMessage) []*sarama.ConsumerMessage {
	var batch []*sarama.ConsumerMessage
	select {
	case message, ok := <-messages:
		if !ok {
			return nil
		}
		batch = append(batch, message)
	case <-ctx.Done():
		return nil
	}
	for len(messages) > 0 {
		message, ok := <-messages
		if !ok {
			break
		}
		batch = append(batch, message)
	}
	return batch
}

// copy writes the copies and the offset after the last of them in one transaction. The broker refuses the offset of a
// member that is no longer in the group (KIP-447).
func (c *copier) copy(
	producer sarama.SyncProducer, batch []*sarama.ConsumerMessage, member *sarama.ConsumerGroupMetadata,
) error {
	if err := producer.BeginTxn(); err != nil {
		return err
	}
	copies := make([]*sarama.ProducerMessage, len(batch))
	for i, message := range batch {
		copies[i] = &sarama.ProducerMessage{
			Topic: c.options.To, Partition: message.Partition,
			Key: toEncoder(message.Key), Value: toEncoder(message.Value),
		}
	}
	if err := producer.SendMessages(copies); err != nil {
		return firstOf(err)
	}
	last := batch[len(batch)-1]
	next := &sarama.PartitionOffsetMetadata{Partition: last.Partition, Offset: last.Offset + 1}
	offsets := map[string][]*sarama.PartitionOffsetMetadata{last.Topic: {next}}
	if err := producer.AddOffsetsToTxnWithGroupMetadata(offsets, member); err != nil {
		return err
	}
	return producer.CommitTxn()
}

// Step waits, and returns how many records were copied meanwhile.
func (c *copier) Step(ctx context.Context) (int, error) {
	<-ctx.Done()
	return int(c.copied.Swap(0)), nil
}

func (c *copier) Close() error {
	c.stop()
	<-c.finished
	return c.group.Close()
}
