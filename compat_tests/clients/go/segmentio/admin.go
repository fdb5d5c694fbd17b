package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"github.com/segmentio/kafka-go"

	"kafkalite/compat-tests/worker"
)

// client administers topics and groups, and has the writers of produce.go.
type client struct {
	seed    string
	kafka   *kafka.Client // one method for each request of the protocol
	writers map[writerSettings]*kafka.Writer
}

func openClient(seed string) (worker.Client, error) {
	return &client{seed, &kafka.Client{Addr: kafka.TCP(seed)}, map[writerSettings]*kafka.Writer{}}, nil
}

// CreateTopic creates a topic on one broker. The response has an error for each topic besides that of the call.
func (c *client) CreateTopic(ctx context.Context, wanted worker.CreateTopic) error {
	topic := kafka.TopicConfig{
		Topic: wanted.Topic, NumPartitions: int(wanted.PartitionCount), ReplicationFactor: 1,
	}
	for name, value := range wanted.Configs {
		topic.ConfigEntries = append(topic.ConfigEntries, kafka.ConfigEntry{ConfigName: name, ConfigValue: value})
	}
	response, err := c.kafka.CreateTopics(ctx, &kafka.CreateTopicsRequest{Topics: []kafka.TopicConfig{topic}})
	if err != nil {
		return err
	}
	return response.Errors[wanted.Topic]
}

func (c *client) DeleteTopic(ctx context.Context, topic string) error {
	response, err := c.kafka.DeleteTopics(ctx, &kafka.DeleteTopicsRequest{Topics: []string{topic}})
	if err != nil {
		return err
	}
	return response.Errors[topic]
}

// CreatePartitions raises the number of partitions to count.
func (c *client) CreatePartitions(ctx context.Context, topic string, count int32) error {
	response, err := c.kafka.CreatePartitions(ctx, &kafka.CreatePartitionsRequest{
		Topics: []kafka.TopicPartitionsConfig{{Name: topic, Count: count}},
	})
	if err != nil {
		return err
	}
	return response.Errors[topic]
}

func (c *client) ListTopics(ctx context.Context) ([]string, error) {
	partitions, err := c.readPartitions(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, partition := range partitions {
		names[partition.Topic] = true
	}
	return slices.Collect(maps.Keys(names)), nil
}

// DescribeTopic tells the leader of each partition.
func (c *client) DescribeTopic(ctx context.Context, topic string) (map[int32]int32, error) {
	partitions, err := c.readPartitions(ctx, topic)
	if err != nil {
		return nil, err
	}
	leaders := make(map[int32]int32, len(partitions))
	for _, partition := range partitions {
		leaders[int32(partition.ID)] = int32(partition.Leader.ID)
	}
	return leaders, nil
}

// readPartitions asks a broker on a connection of its own. Client.Metadata answers from a cache, which does not know a
// topic that is younger than Transport.MetadataTTL, six seconds by default.
func (c *client) readPartitions(ctx context.Context, topics ...string) ([]kafka.Partition, error) {
	connection, err := kafka.DialContext(ctx, "tcp", c.seed)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	return connection.ReadPartitions(topics...)
}

func (c *client) DescribeConfigs(ctx context.Context, topic string) (map[string]*string, error) {
	response, err := c.kafka.DescribeConfigs(ctx, &kafka.DescribeConfigsRequest{
		Resources: []kafka.DescribeConfigRequestResource{{ResourceType: kafka.ResourceTypeTopic, ResourceName: topic}},
	})
	if err != nil {
		return nil, err
	}
	configs := map[string]*string{}
	for _, resource := range response.Resources {
		if resource.Error != nil {
			return nil, resource.Error
		}
		for _, entry := range resource.ConfigEntries {
			configs[entry.ConfigName] = &entry.ConfigValue
		}
	}
	return configs, nil
}

// AlterConfigs sets some configs and leaves the others; Client.AlterConfigs would put all others back to their defaults.
func (c *client) AlterConfigs(ctx context.Context, topic string, configs map[string]string) error {
	resource := kafka.IncrementalAlterConfigsRequestResource{
		ResourceType: kafka.ResourceTypeTopic, ResourceName: topic,
	}
	for name, value := range configs {
		resource.Configs = append(resource.Configs, kafka.IncrementalAlterConfigsRequestConfig{
			Name: name, Value: value, ConfigOperation: kafka.ConfigOperationSet,
		})
	}
	response, err := c.kafka.IncrementalAlterConfigs(ctx, &kafka.IncrementalAlterConfigsRequest{
		Resources: []kafka.IncrementalAlterConfigsRequestResource{resource},
	})
	if err != nil {
		return err
	}
	for _, one := range response.Resources {
		err = errors.Join(err, one.Error)
	}
	return err
}

func (c *client) DescribeCluster(ctx context.Context) (worker.Cluster, error) {
	metadata, err := c.kafka.Metadata(ctx, &kafka.MetadataRequest{})
	if err != nil {
		return worker.Cluster{}, err
	}
	brokers := make(map[int32][2]any, len(metadata.Brokers))
	for _, broker := range metadata.Brokers {
		brokers[int32(broker.ID)] = [2]any{broker.Host, broker.Port}
	}
	controller := int32(metadata.Controller.ID)
	return worker.Cluster{Brokers: brokers, ControllerID: &controller}, nil
}

// FindOffsets looks offsets up by time.
func (c *client) FindOffsets(ctx context.Context, wanted worker.FindOffsets) (map[int32]int64, error) {
	return listOffsets(ctx, c.kafka, wanted)
}

func listOffsets(ctx context.Context, client *kafka.Client, wanted worker.FindOffsets) (map[int32]int64, error) {
	requests := make([]kafka.OffsetRequest, len(wanted.Partitions))
	for i, partition := range wanted.Partitions {
		// A time in milliseconds, or kafka.FirstOffset or kafka.LastOffset, which are Kafka's own numbers.
		requests[i] = kafka.OffsetRequest{Partition: int(partition), Timestamp: wanted.TimestampMs}
	}
	request := &kafka.ListOffsetsRequest{Topics: map[string][]kafka.OffsetRequest{wanted.Topic: requests}}
	response, err := client.ListOffsets(ctx, request)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		// The connection is one to a broker that was restarted meanwhile. A Client tells so, and does not try again.
		response, err = client.ListOffsets(ctx, request)
	}
	if err != nil {
		return nil, err
	}
	found := make(map[int32]int64, len(requests))
	for _, partition := range response.Topics[wanted.Topic] {
		if partition.Error != nil {
			return nil, partition.Error
		}
		found[int32(partition.Partition)] = pick(partition, wanted.TimestampMs)
	}
	return found, nil
}

// pick returns the one offset that was asked for; -1 where no record is that young.
func pick(partition kafka.PartitionOffsets, timestampMs int64) int64 {
	switch timestampMs {
	case worker.Earliest:
		return partition.FirstOffset
	case worker.Latest:
		return partition.LastOffset
	}
	for offset := range partition.Offsets {
		return offset
	}
	return -1
}

// DescribeGroup tells of a group, and of the offsets that it has committed. kafka-go does not tell the assignor.
func (c *client) DescribeGroup(ctx context.Context, group string) (worker.Group, error) {
	found := worker.Group{Offsets: map[int32]int64{}}
	described, err := c.kafka.DescribeGroups(ctx, &kafka.DescribeGroupsRequest{GroupIDs: []string{group}})
	if err != nil {
		return found, err
	}
	for _, one := range described.Groups {
		if one.Error != nil {
			return found, one.Error
		}
		found.MemberCount = len(one.Members)
	}
	committed, err := c.kafka.OffsetFetch(ctx, &kafka.OffsetFetchRequest{GroupID: group}) // of all partitions
	if err != nil {
		return found, err
	}
	for _, partitions := range committed.Topics {
		for _, partition := range partitions {
			found.Offsets[int32(partition.Partition)] = partition.CommittedOffset
		}
	}
	return found, committed.Error
}

func (c *client) DeleteGroup(ctx context.Context, group string) error {
	response, err := c.kafka.DeleteGroups(ctx, &kafka.DeleteGroupsRequest{GroupIDs: []string{group}})
	if err != nil {
		return err
	}
	return response.Errors[group]
}

func (c *client) Version() string {
	return "kafka-go " + worker.Version("github.com/segmentio/kafka-go")
}

func (c *client) Close() error {
	var err error
	for _, writer := range c.writers {
		err = errors.Join(err, writer.Close())
	}
	return err
}
