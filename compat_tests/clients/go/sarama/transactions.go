package main

import (
	"context"

	"github.com/IBM/sarama"

	"kafkalite/compat-tests/worker"
)

// transactionalProducer writes records that are seen together or not at all.
type transactionalProducer struct {
	options  worker.ProducerOptions
	producer sarama.SyncProducer // nil before Init
}

func openTransactionalProducer(options worker.ProducerOptions) (worker.Producer, error) {
	return &transactionalProducer{options: options}, nil
}

// Init makes the producer: Sarama takes the transactional id over when it does.
func (p *transactionalProducer) Init(context.Context) error {
	producer, err := newTransactionalProducer(p.options, p.options.TransactionalID)
	p.producer = producer
	return err
}

func newTransactionalProducer(options worker.ProducerOptions, id string) (sarama.SyncProducer, error) {
	config, err := newConfig()
	if err != nil {
		return nil, err
	}
	config.Producer.Transaction.ID = id
	config.Producer.Transaction.Timeout = options.Timeout()
	// Sarama demands all of these before it begins a transaction.
	config.Producer.Idempotent = true
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Net.MaxOpenRequests = 1
	config.Producer.Return.Successes = true
	config.Producer.Return.Errors = true
	config.Producer.Partitioner = sarama.NewManualPartitioner
	return sarama.NewSyncProducer([]string{options.Seed()}, config)
}

func (p *transactionalProducer) Begin(context.Context) error {
	return p.producer.BeginTxn()
}

func (p *transactionalProducer) Send(_ context.Context, topic string, partition int32, values [][]byte) error {
	messages := make([]*sarama.ProducerMessage, len(values))
	for i, value := range values {
		messages[i] = &sarama.ProducerMessage{Topic: topic, Partition: partition, Value: toEncoder(value)}
	}
	return firstOf(p.producer.SendMessages(messages))
}

// SendOffsets commits offsets with the transaction; they are sent when it is committed.
func (p *transactionalProducer) SendOffsets(_ context.Context, group string, offsets []worker.Offset) error {
	byTopic := map[string][]*sarama.PartitionOffsetMetadata{}
	for _, one := range offsets {
		committed := &sarama.PartitionOffsetMetadata{Partition: one.Partition, Offset: one.Offset}
		byTopic[one.Topic] = append(byTopic[one.Topic], committed)
	}
	return p.producer.AddOffsetsToTxn(byTopic, group)
}

func (p *transactionalProducer) Commit(context.Context) error {
	return p.producer.CommitTxn()
}

func (p *transactionalProducer) Abort(context.Context) error {
	return p.producer.AbortTxn()
}

func (p *transactionalProducer) Close() error {
	if p.producer == nil {
		return nil
	}
	return p.producer.Close()
}
