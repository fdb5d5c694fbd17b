package main

import (
	"context"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"kafkalite/compat-tests/worker"
)

// client administers topics and groups, and has the producers of produce.go.
type client struct {
	seed      string
	kafka     *kgo.Client
	admin     *kadm.Client
	producers map[producerSettings]*kgo.Client
}

func openClient(seed string) (worker.Client, error) {
	kafka, err := kgo.NewClient(kgo.SeedBrokers(seed))
	if err != nil {
		return nil, err
	}
	// kadm has the requests of an administrator; it works over any client.
	return &client{seed, kafka, kadm.NewClient(kafka), map[producerSettings]*kgo.Client{}}, nil
}

// CreateTopic creates a topic on one broker; the response has an error for each topic besides that of the call.
func (c *client) CreateTopic(ctx context.Context, wanted worker.CreateTopic) error {
	configs := make(map[string]*string, len(wanted.Configs))
	for name, value := range wanted.Configs {
		configs[name] = &value
	}
	_, err := c.admin.CreateTopic(ctx, wanted.PartitionCount, 1, configs, wanted.Topic)
	return err
}

func (c *client) DeleteTopic(ctx context.Context, topic string) error {
	_, err := c.admin.DeleteTopic(ctx, topic)
	return err
}

// CreatePartitions raises the number of partitions to count; kadm's CreatePartitions would add that many.
func (c *client) CreatePartitions(ctx context.Context, topic string, count int32) error {
	responses, err := c.admin.UpdatePartitions(ctx, int(count), topic)
	if err != nil {
		return err
	}
	_, err = responses.On(topic, func(response *kadm.CreatePartitionsResponse) error { return response.Err })
	return err
}

func (c *client) ListTopics(ctx context.Context) ([]string, error) {
	topics, err := c.admin.ListTopics(ctx)
	if err != nil {
		return nil, err
	}
	return topics.Names(), nil
}

// DescribeTopic tells the leader of each partition.
func (c *client) DescribeTopic(ctx context.Context, topic string) (map[int32]int32, error) {
	metadata, err := c.admin.Metadata(ctx, topic)
	if err != nil {
		return nil, err
	}
	detail := metadata.Topics[topic]
	if detail.Err != nil {
		return nil, detail.Err
	}
	leaders := make(map[int32]int32, len(detail.Partitions))
	for number, partition := range detail.Partitions {
		leaders[number] = partition.Leader
	}
	return leaders, nil
}

func (c *client) DescribeConfigs(ctx context.Context, topic string) (map[string]*string, error) {
	resources, err := c.admin.DescribeTopicConfigs(ctx, topic)
	if err != nil {
		return nil, err
	}
	resource, err := resources.On(topic, func(found *kadm.ResourceConfig) error { return found.Err })
	if err != nil {
		return nil, err
	}
	configs := make(map[string]*string, len(resource.Configs))
	for _, config := range resource.Configs {
		configs[config.Key] = config.Value
	}
	return configs, nil
}

// AlterConfigs sets some configs and leaves the others, by IncrementalAlterConfigs (KIP-339).
func (c *client) AlterConfigs(ctx context.Context, topic string, configs map[string]string) error {
	alterations := make([]kadm.AlterConfig, 0, len(configs))
	for name, value := range configs {
		alterations = append(alterations, kadm.AlterConfig{Op: kadm.SetConfig, Name: name, Value: &value})
	}
	responses, err := c.admin.AlterTopicConfigs(ctx, alterations, topic)
	if err != nil {
		return err
	}
	_, err = responses.On(topic, func(response *kadm.AlterConfigsResponse) error { return response.Err })
	return err
}

func (c *client) DescribeCluster(ctx context.Context) (worker.Cluster, error) {
	metadata, err := c.admin.BrokerMetadata(ctx)
	if err != nil {
		return worker.Cluster{}, err
	}
	brokers := make(map[int32][2]any, len(metadata.Brokers))
	for _, broker := range metadata.Brokers {
		brokers[broker.NodeID] = [2]any{broker.Host, broker.Port}
	}
	return worker.Cluster{Brokers: brokers, ControllerID: &metadata.Controller}, nil
}

// FindOffsets looks offsets up by time: kadm answers for all partitions of a topic, and for a time that no record is
// young enough for with the end of the partition.
func (c *client) FindOffsets(ctx context.Context, wanted worker.FindOffsets) (map[int32]int64, error) {
	listed, err := c.listOffsets(ctx, wanted)
	if err != nil {
		return nil, err
	}
	found := make(map[int32]int64, len(wanted.Partitions))
	for _, partition := range wanted.Partitions {
		offset, ok := listed.Lookup(wanted.Topic, partition)
		if !ok {
			return nil, kerr.UnknownTopicOrPartition
		}
		if offset.Err != nil {
			return nil, offset.Err
		}
		found[partition] = offset.Offset
		if wanted.TimestampMs >= 0 && offset.Timestamp < 0 {
			found[partition] = -1
		}
	}
	return found, nil
}

func (c *client) listOffsets(ctx context.Context, wanted worker.FindOffsets) (kadm.ListedOffsets, error) {
	switch wanted.TimestampMs {
	case worker.Earliest:
		return c.admin.ListStartOffsets(ctx, wanted.Topic)
	case worker.Latest:
		return c.admin.ListEndOffsets(ctx, wanted.Topic)
	default:
		return c.admin.ListOffsetsAfterMilli(ctx, wanted.TimestampMs, wanted.Topic)
	}
}

// DescribeGroup tells of a group of either protocol, and its committed offsets.
func (c *client) DescribeGroup(ctx context.Context, group string) (worker.Group, error) {
	found, err := c.describeMembers(ctx, group)
	if err != nil {
		return found, err
	}
	committed, err := c.admin.FetchOffsets(ctx, group)
	if err != nil {
		return found, err
	}
	found.Offsets = map[int32]int64{}
	for _, offset := range committed.Sorted() {
		found.Offsets[offset.Partition] = offset.At
	}
	return found, committed.Error()
}

// describeMembers asks for a group of KIP-848 first; where the group is none, the classic request knows it.
func (c *client) describeMembers(ctx context.Context, group string) (worker.Group, error) {
	if groups, err := c.admin.DescribeConsumerGroups(ctx, group); err == nil && groups[group].Err == nil {
		found := groups[group]
		return worker.Group{Type: new("Consumer"), Assignor: found.AssignorName, MemberCount: len(found.Members)}, nil
	}
	groups, err := c.admin.DescribeGroups(ctx, group)
	if err != nil {
		return worker.Group{}, err
	}
	found := groups[group]
	return worker.Group{Type: new("Classic"), Assignor: found.Protocol, MemberCount: len(found.Members)}, found.Err
}

func (c *client) DeleteGroup(ctx context.Context, group string) error {
	_, err := c.admin.DeleteGroup(ctx, group)
	return err
}

func (c *client) Version() string {
	return "franz-go " + worker.Version("github.com/twmb/franz-go")
}

func (c *client) Close() error {
	for _, producer := range c.producers {
		producer.Close()
	}
	c.kafka.Close()
	return nil
}
