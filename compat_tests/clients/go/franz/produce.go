package main

import (
	"context"
	"fmt"

	"github.com/twmb/franz-go/pkg/kgo"

	"kafkalite/compat-tests/worker"
)

// producerSettings are what franz-go fixes when a client is made: an application has one producer for each.
type producerSettings struct {
	compression    string
	acks           int16
	idempotent     bool
	hasOwnPlacings bool
}

var codecs = map[string]kgo.CompressionCodec{
	"none":   kgo.NoCompression(),
	"gzip":   kgo.GzipCompression(),
	"snappy": kgo.SnappyCompression(),
	"lz4":    kgo.Lz4Compression(),
	"zstd":   kgo.ZstdCompression(),
}

func newProducer(seed string, settings producerSettings) (*kgo.Client, error) {
	options := []kgo.Opt{
		kgo.SeedBrokers(seed),
		// The preferred codec comes first; a client of old brokers would name others to fall back to.
		kgo.ProducerBatchCompression(codecs[settings.compression]),
		// Without this a topic that does not exist is an error, also where brokers may create topics.
		kgo.AllowAutoTopicCreation(),
	}
	switch settings.acks {
	case 0:
		options = append(options, kgo.RequiredAcks(kgo.NoAck()))
	case 1:
		options = append(options, kgo.RequiredAcks(kgo.LeaderAck()))
	default:
		options = append(options, kgo.RequiredAcks(kgo.AllISRAcks()))
	}
	if !settings.idempotent {
		// franz-go is idempotent unless told otherwise, which needs acks of all replicas.
		options = append(options, kgo.DisableIdempotentWrite())
	}
	if settings.hasOwnPlacings {
		// Record.Partition counts with this partitioner only; others overwrite it.
		options = append(options, kgo.RecordPartitioner(kgo.ManualPartitioner()))
	}
	return kgo.NewClient(options...)
}

// Produce writes records, and returns once all are acknowledged.
func (c *client) Produce(ctx context.Context, wanted worker.Produce) ([]worker.Place, error) {
	producer, err := c.producer(producerSettings{
		wanted.Compression, wanted.Acks, wanted.Idempotent, wanted.HasPartition(),
	})
	if err != nil {
		return nil, err
	}
	records := make([]*kgo.Record, len(wanted.Records))
	for i, record := range wanted.Records {
		records[i] = &kgo.Record{
			Topic:     wanted.Topic,
			Key:       record.Key,
			Value:     record.Value,
			Headers:   toHeaders(record.Headers),
			Timestamp: record.Time(), // the zero time stands for now
		}
		if record.Partition != nil {
			records[i].Partition = *record.Partition
		}
	}
	// One call for all of them: franz-go makes batches of what waits for the same partition.
	if err := producer.ProduceSync(ctx, records...).FirstErr(); err != nil {
		return nil, err
	}
	places := make([]worker.Place, len(records))
	for i, record := range records { // the results come in order of arrival, but the records know their places
		places[i] = worker.Place{Partition: record.Partition, Offset: record.Offset}
		if wanted.Acks == 0 {
			places[i].Offset = -1 // nobody told
		}
	}
	return places, nil
}

func (c *client) producer(settings producerSettings) (*kgo.Client, error) {
	if producer, ok := c.producers[settings]; ok {
		return producer, nil
	}
	producer, err := newProducer(c.seed, settings)
	if err != nil {
		return nil, fmt.Errorf("a producer with %+v: %w", settings, err)
	}
	c.producers[settings] = producer
	return producer, nil
}

func toHeaders(headers []worker.Header) []kgo.RecordHeader {
	made := make([]kgo.RecordHeader, len(headers))
	for i, header := range headers {
		made[i] = kgo.RecordHeader{Key: header.Name, Value: header.Value}
	}
	return made
}
