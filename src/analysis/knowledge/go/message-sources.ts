import type { SourceSpec } from '../../flow/index.ts';

function types(module: string, what: string, names: string): SourceSpec[] {
  return names.split(' ').map(name => ({ path: `${module}.${name}`, level: 'user', what }));
}

const event = 'an event’s data';
const message = 'a message';

/** What cloud functions, brokers, chats, plugin hosts and sockets hand over. */
export const messageSources: readonly SourceSpec[] = [
  ...types(
    'github.com/aws/aws-lambda-go/events',
    event,
    'APIGatewayProxyRequest APIGatewayV2HTTPRequest APIGatewayWebsocketProxyRequest APIGatewayCustomAuthorizerRequest ' +
      'ALBTargetGroupRequest LambdaFunctionURLRequest S3Event S3EventRecord SQSEvent SQSMessage SNSEvent SNSEventRecord ' +
      'DynamoDBEvent KinesisEvent CloudWatchEvent EventBridgeEvent CognitoEvent SimpleEmailEvent ActiveMQEvent KafkaEvent',
  ),
  ...types('github.com/cloudevents/sdk-go/v2', event, 'Event'),
  ...types('github.com/cloudevents/sdk-go/event', event, 'Event'),
  ...types('cloud.google.com/go/pubsub', message, 'Message'),
  ...types('github.com/segmentio/kafka-go', message, 'Message Reader.ReadMessage() Reader.FetchMessage()'),
  ...types('github.com/IBM/sarama', message, 'ConsumerMessage'),
  ...types('github.com/Shopify/sarama', message, 'ConsumerMessage'),
  ...types('github.com/confluentinc/confluent-kafka-go/kafka', message, 'Message Consumer.ReadMessage()'),
  ...types('github.com/nats-io/nats.go', message, 'Msg'),
  ...types('github.com/rabbitmq/amqp091-go', message, 'Delivery'),
  ...types('github.com/streadway/amqp', message, 'Delivery'),
  ...types('github.com/eclipse/paho.mqtt.golang', message, 'Message'),
  ...types('github.com/bwmarrin/discordgo', message, 'MessageCreate InteractionCreate MessageUpdate'),
  ...types('github.com/go-telegram-bot-api/telegram-bot-api', message, 'Update Message'),
  ...types('gopkg.in/telebot', message, 'Context Message'),
  ...types('github.com/slack-go/slack', message, 'SlashCommand InteractionCallback MessageEvent'),
  ...types(
    'github.com/mark3labs/mcp-go/mcp',
    'a tool’s arguments',
    'CallToolRequest ReadResourceRequest GetPromptRequest',
  ),
  ...types(
    'github.com/modelcontextprotocol/go-sdk/mcp',
    'a tool’s arguments',
    'CallToolRequest CallToolParams',
  ),
  ...types(
    'github.com/grafana/grafana-plugin-sdk-go/backend',
    'a query',
    'QueryDataRequest CallResourceRequest DataQuery RunStreamRequest PublishStreamRequest',
  ),
  ...types('github.com/mattermost/mattermost/server/public/model', message, 'CommandArgs Post'),
  ...types('github.com/mattermost/mattermost-server/model', message, 'CommandArgs Post'),
  ...types('github.com/hashicorp/vault/sdk/framework', 'a request’s data', 'FieldData'),
  ...types('github.com/graphql-go/graphql', 'a query’s arguments', 'ResolveParams.Args'),
  ...types(
    'net',
    'what a connection sends',
    'Conn TCPConn UDPConn UnixConn UDPConn.ReadFromUDP() PacketConn.ReadFrom()',
  ),
  ...types('golang.org/x/crypto/ssh', 'what a client sends', 'Request.Payload Channel'),
  ...types(
    'github.com/gliderlabs/ssh',
    'what a client sends',
    'Session.Command() Session.RawCommand() Session.User() Session.Environ()',
  ),
  ...types('github.com/miekg/dns', 'a query', 'Msg.Question'),
  ...types(
    'archive/zip',
    'the name of an archive’s entry',
    'Reader.File ReadCloser.File File.Name FileHeader.Name',
  ),
  ...types('archive/tar', 'the name of an archive’s entry', 'Header.Name Header.Linkname'),
  ...types('github.com/nwaples/rardecode', 'the name of an archive’s entry', 'FileHeader.Name'),
  ...types('github.com/bodgit/sevenzip', 'the name of an archive’s entry', 'File.Name'),
  ...types('github.com/mholt/archiver', 'the name of an archive’s entry', 'File.NameInArchive'),
];
