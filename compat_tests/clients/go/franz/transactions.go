package main

import (
	"context"
	"errors"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kafkalite/compat-tests/worker"
)

// transactionalProducer writes records that are seen together or not at all.
type transactionalProducer struct {
	client          *kgo.Client
	transactionalID string
}

func openTransactionalProducer(options worker.ProducerOptions) (worker.Producer, error) {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(options.Seed()),
		kgo.TransactionalID(options.TransactionalID),
		kgo.TransactionTimeout(options.Timeout()),
		kgo.RecordPartitioner(kgo.ManualPartitioner()),
	)
	return &transactionalProducer{client, options.TransactionalID}, err
}

// Init asks for the producer id, which franz-go would otherwise do with the first record.
func (p *transactionalProducer) Init(ctx context.Context) error {
	_, _, err := p.client.ProducerID(ctx)
	return err
}

func (p *transactionalProducer) Begin(context.Context) error {
	return p.client.BeginTransaction()
}

func (p *transactionalProducer) Send(ctx context.Context, topic string, partition int32, values [][]byte) error {
	records := make([]*kgo.Record, len(values))
	for i, value := range values {
		records[i] = &kgo.Record{Topic: topic, Partition: partition, Value: value}
	}
	return p.client.ProduceSync(ctx, records...).FirstErr()
}

// SendOffsets commits offsets with the transaction. franz-go does this by itself in a GroupTransactSession, for what
// its own consumer has read (see copier.go). These offsets come from elsewhere, so here are the two requests
// themselves. EndTransaction does not know of them: it ends the transaction because records were sent too.
func (p *transactionalProducer) SendOffsets(ctx context.Context, group string, offsets []worker.Offset) error {
	id, epoch, err := p.client.ProducerID(ctx)
	if err != nil {
		return err
	}
	add := kmsg.NewPtrAddOffsetsToTxnRequest()
	add.TransactionalID, add.ProducerID, add.ProducerEpoch, add.Group = p.transactionalID, id, epoch, group
	added, err := add.RequestWith(ctx, p.client)
	if err == nil {
		err = kerr.ErrorForCode(added.ErrorCode)
	}
	if err != nil {
		return err
	}
	names := make([]string, len(offsets))
	for i, one := range offsets {
		names[i] = one.Topic
	}
	known, err := kadm.NewClient(p.client).ListTopics(ctx, names...)
	if err != nil {
		return err
	}
	commit := kmsg.NewPtrTxnOffsetCommitRequest()
	commit.TransactionalID, commit.ProducerID, commit.ProducerEpoch, commit.Group = p.transactionalID, id, epoch, group
	for _, one := range offsets {
		topic := kmsg.NewTxnOffsetCommitRequestTopic()
		topic.Topic, topic.TopicID = one.Topic, known[one.Topic].ID // brokers from Kafka 4.4 on read the id
		partition := kmsg.NewTxnOffsetCommitRequestTopicPartition()
		partition.Partition, partition.Offset = one.Partition, one.Offset
		topic.Partitions = append(topic.Partitions, partition)
		commit.Topics = append(commit.Topics, topic)
	}
	committed, err := commit.RequestWith(ctx, p.client)
	if err != nil {
		return err
	}
	for _, topic := range committed.Topics {
		for _, partition := range topic.Partitions {
			err = errors.Join(err, kerr.ErrorForCode(partition.ErrorCode))
		}
	}
	return err
}

func (p *transactionalProducer) Commit(ctx context.Context) error {
	return p.client.EndTransaction(ctx, kgo.TryCommit)
}

// Abort drops what still waits to be sent: it must not become part of the next transaction.
func (p *transactionalProducer) Abort(ctx context.Context) error {
	if err := p.client.AbortBufferedRecords(ctx); err != nil {
		return err
	}
	return p.client.EndTransaction(ctx, kgo.TryAbort)
}

func (p *transactionalProducer) Close() error {
	p.client.Close()
	return nil
}
