package main

import (
	"context"
	"errors"
	"time"

	"github.com/segmentio/kafka-go"

	"kafkalite/compat-tests/worker"
)

// writerSettings are what kafka-go fixes when a writer is made: an application has one for each.
type writerSettings struct {
	compression    string
	acks           int16
	hasOwnPlacings bool
}

var codecs = map[string]kafka.Compression{
	"none":   0,
	"gzip":   kafka.Gzip,
	"snappy": kafka.Snappy,
	"lz4":    kafka.Lz4,
	"zstd":   kafka.Zstd,
}

// pending follows a message through the writer: where it is to go, and where it went.
type pending struct {
	wanted int32
	place  worker.Place
}

func newWriter(seed string, settings writerSettings) *kafka.Writer {
	writer := &kafka.Writer{
		Addr:         kafka.TCP(seed),
		Balancer:     &kafka.Hash{}, // by key, as Sarama does; kafka.Murmur2Balancer does as the Java client
		Compression:  codecs[settings.compression],
		RequiredAcks: kafka.RequiredAcks(settings.acks),
		// A batch that is not full waits that long. The default is a second, which every single write then takes.
		BatchTimeout:           10 * time.Millisecond,
		BatchSize:              1000,
		AllowAutoTopicCreation: true,
		Completion:             noteOffsets,
	}
	if settings.hasOwnPlacings {
		// A message's Partition is not to be set: it is the balancer that chooses.
		writer.Balancer = kafka.BalancerFunc(func(message kafka.Message, _ ...int) int {
			return int(message.WriterData.(*pending).wanted)
		})
	}
	return writer
}

// noteOffsets is called with each batch, before WriteMessages returns; nothing else tells the offsets.
func noteOffsets(messages []kafka.Message, err error) {
	if err != nil {
		return
	}
	for _, message := range messages {
		message.WriterData.(*pending).place = worker.Place{
			Partition: int32(message.Partition), Offset: message.Offset,
		}
	}
}

// Produce writes records, and returns once all are acknowledged.
func (c *client) Produce(ctx context.Context, wanted worker.Produce) ([]worker.Place, error) {
	if wanted.Idempotent {
		return nil, errors.New("kafka-go has no idempotent writer")
	}
	writer := c.writer(writerSettings{wanted.Compression, wanted.Acks, wanted.HasPartition()})
	messages := make([]kafka.Message, len(wanted.Records))
	follow := make([]pending, len(wanted.Records))
	for i, record := range wanted.Records {
		if record.Partition != nil {
			follow[i].wanted = *record.Partition
		}
		messages[i] = kafka.Message{
			Topic:      wanted.Topic,
			Key:        record.Key,
			Value:      record.Value,
			Headers:    toHeaders(record.Headers),
			Time:       record.Time(), // the zero time stands for now
			WriterData: &follow[i],
		}
	}
	if err := write(ctx, writer, messages); err != nil {
		return nil, err
	}
	places := make([]worker.Place, len(messages))
	for i := range follow {
		places[i] = follow[i].place
		if wanted.Acks == 0 {
			places[i].Offset = -1 // nobody told
		}
	}
	return places, nil
}

// write tries again where the topic is being created: a Writer asks for that, and fails all the same.
func write(ctx context.Context, writer *kafka.Writer, messages []kafka.Message) error {
	for {
		err := writer.WriteMessages(ctx, messages...)
		isComing := errors.Is(err, kafka.UnknownTopicOrPartition) || errors.Is(err, kafka.LeaderNotAvailable)
		if !isComing || ctx.Err() != nil {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (c *client) writer(settings writerSettings) *kafka.Writer {
	if _, ok := c.writers[settings]; !ok {
		c.writers[settings] = newWriter(c.seed, settings)
	}
	return c.writers[settings]
}

func toHeaders(headers []worker.Header) []kafka.Header {
	made := make([]kafka.Header, len(headers))
	for i, header := range headers {
		made[i] = kafka.Header{Key: header.Name, Value: header.Value}
	}
	return made
}
