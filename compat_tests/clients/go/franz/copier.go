package main

import (
	"context"
	"errors"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"kafkalite/compat-tests/worker"
)

// copier copies a topic exactly once, as a member of a group: the copies and the offsets of what was read become
// visible with one commit, and a rebalance in between aborts both. That is what GroupTransactSession is for.
type copier struct {
	session *kgo.GroupTransactSession
}

func openCopier(options worker.CopierOptions) (worker.Copier, error) {
	session, err := kgo.NewGroupTransactSession(
		kgo.SeedBrokers(options.Seed()),
		kgo.TransactionalID(options.TransactionalID), // of this member alone
		kgo.TransactionTimeout(options.Timeout()),
		kgo.ConsumerGroup(options.GroupID),
		kgo.ConsumeTopics(options.From),
		kgo.DefaultProduceTopic(options.To),
		kgo.RecordPartitioner(kgo.ManualPartitioner()), // copies keep their partitions, and with them their order
		kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		// Offsets that a transaction of another member still holds are waited for (KIP-447).
		kgo.RequireStableFetchOffsets(),
		kgo.SessionTimeout(worker.SessionTimeout),
		kgo.HeartbeatInterval(worker.HeartbeatInterval),
		kgo.FetchMaxWait(200*time.Millisecond),
	)
	return &copier{session}, err
}

// Step copies what each poll brings in one transaction.
func (c *copier) Step(ctx context.Context) (int, error) {
	copied := 0
	for {
		fetches := c.session.PollFetches(ctx)
		if err := fetches.Err(); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return copied, err
		}
		if fetches.NumRecords() > 0 {
			isCommitted, err := c.copy(fetches)
			if err != nil {
				return copied, err
			}
			if isCommitted {
				copied += fetches.NumRecords()
			}
		}
		if ctx.Err() != nil {
			return copied, nil
		}
	}
}

// copy tells whether the transaction was committed. Where it was not, its records are read again, by whomever.
func (c *copier) copy(fetches kgo.Fetches) (bool, error) {
	if err := c.session.Begin(); err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	failed := kgo.AbortingFirstErrPromise(c.session.Client())
	for record := range fetches.RecordsAll() {
		copied := &kgo.Record{Partition: record.Partition, Key: record.Key, Value: record.Value}
		c.session.Produce(ctx, copied, failed.Promise())
	}
	// Err waits for all acknowledgements. End commits only if this member still has its partitions.
	return c.session.End(ctx, failed.Err() == nil)
}

func (c *copier) Close() error {
	c.session.Close()
	return nil
}
