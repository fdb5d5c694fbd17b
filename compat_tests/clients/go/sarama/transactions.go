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
	config, err := newConfig()
	if err != nil {
		return err
	}
	config.Producer.Transaction.ID = p.options.TransactionalID
	config.Producer.Transaction.Timeout = p.options.Timeout()
	// Sarama demands all of these before it begins a transaction.
	config.Producer.Idempotent = true
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Net.MaxOpenRequests = 1
	config.Producer.Return.Successes = true
	config.Producer.Return.Errors = true
	config.Producer.Partitioner = sarama.NewManualPartitioner
	p.producer, err = sarama.NewSyncProducer([]string{p.options.Seed()}, config)
	return err
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
