package main

import (
	"context"
	"errors"
	"time"

	"github.com/IBM/sarama"

	"kafkalite/compat-tests/worker"
)

// producerSettings are what Sarama fixes when a producer is made: an application has one producer for each.
type producerSettings struct {
	compression    string
	acks           int16
	idempotent     bool
	hasOwnPlacings bool
}

var codecs = map[string]sarama.CompressionCodec{
	"none":   sarama.CompressionNone,
	"gzip":   sarama.CompressionGZIP,
	"snappy": sarama.CompressionSnappy,
	"lz4":    sarama.CompressionLZ4,
	"zstd":   sarama.CompressionZSTD,
}

func newProducer(seed string, settings producerSettings) (sarama.SyncProducer, error) {
	config, err := newConfig()
	if err != nil {
		return nil, err
	}
	config.Producer.Compression = codecs[settings.compression]
	config.Producer.RequiredAcks = sarama.RequiredAcks(settings.acks)
	if settings.idempotent {
		// Sarama demands both before it is idempotent.
		config.Producer.Idempotent = true
		config.Net.MaxOpenRequests = 1
	}
	if settings.hasOwnPlacings {
		// ProducerMessage.Partition counts with this partitioner only; the others hash the key.
		config.Producer.Partitioner = sarama.NewManualPartitioner
	}
	// Sarama sends what there is at once. Waiting a little makes larger batches, which compress better.
	config.Producer.Flush.Frequency = 10 * time.Millisecond
	// A SyncProducer needs both.
	config.Producer.Return.Successes = true
	config.Producer.Return.Errors = true
	return sarama.NewSyncProducer([]string{seed}, config)
}

// Produce writes records, and returns once all are acknowledged.
func (c *client) Produce(_ context.Context, wanted worker.Produce) ([]worker.Place, error) {
	producer, err := c.producer(producerSettings{
		wanted.Compression, wanted.Acks, wanted.Idempotent, wanted.HasPartition(),
	})
	if err != nil {
		return nil, err
	}
	messages := make([]*sarama.ProducerMessage, len(wanted.Records))
	for i, record := range wanted.Records {
		messages[i] = &sarama.ProducerMessage{
			Topic:     wanted.Topic,
			Key:       toEncoder(record.Key),
			Value:     toEncoder(record.Value),
			Headers:   toHeaders(record.Headers),
			Timestamp: record.Time(), // the zero time stands for now
		}
		if record.Partition != nil {
			messages[i].Partition = *record.Partition
		}
	}
	// One call for all of them: SendMessage would wait for each.
	if err := firstOf(producer.SendMessages(messages)); err != nil {
		return nil, err
	}
	places := make([]worker.Place, len(messages))
	for i, message := range messages {
		places[i] = worker.Place{Partition: message.Partition, Offset: message.Offset}
		if wanted.Acks == 0 {
			places[i].Offset = -1 // nobody told
		}
	}
	return places, nil
}

func (c *client) producer(settings producerSettings) (sarama.SyncProducer, error) {
	if producer, ok := c.producers[settings]; ok {
		return producer, nil
	}
	producer, err := newProducer(c.seed, settings)
	if err != nil {
		return nil, err
	}
	c.producers[settings] = producer
	return producer, nil
}

// firstOf returns why the first record failed; what SendMessages returns tells only how many did.
func firstOf(err error) error {
	var failed sarama.ProducerErrors
	if errors.As(err, &failed) && len(failed) > 0 {
		return failed[0]
	}
	return err
}

// toEncoder makes Kafka's null of nil: a ByteEncoder of nil would be empty, not null.
func toEncoder(content []byte) sarama.Encoder {
	if content == nil {
		return nil
	}
	return sarama.ByteEncoder(content)
}

// toHeaders makes nil of no headers: brokers before 0.11 know none, and Sarama refuses an empty list too.
func toHeaders(headers []worker.Header) []sarama.RecordHeader {
	if len(headers) == 0 {
		return nil
	}
	made := make([]sarama.RecordHeader, len(headers))
	for i, header := range headers {
		made[i] = sarama.RecordHeader{Key: []byte(header.Name), Value: header.Value}
	}
	return made
}
