package org.aand.serve.sink.opcua;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.aand.serve.sink.opcua.NodeTree.text;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import org.aand.api.Verdict;
import org.aand.serve.sink.ResultRecord;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.model.objects.BaseEventTypeNode;
import org.eclipse.milo.opcua.sdk.server.model.objects.ServerTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * The event {@code ResultReadyEventType} that the {@code Server} object sends for each result, with
 * the result's values as its fields. A subscription to variables samples them, and may miss results
 * in between; one to events gets each.
 */
final class ResultEvent {
  private static final String TYPE = "ResultReadyEventType";

  /** Severities of OPC 10000-5, 6.4.2: 1 to 333 low, 334 to 666 medium. */
  private static final int LOW = 100;

  private static final int MEDIUM = 500;

  private final UaNodeContext context;
  private final UShort namespace;
  private final NodeId type;

  ResultEvent(UaNodeContext context, UShort namespace) {
    this.context = context;
    this.namespace = namespace;
    type = new NodeId(namespace, TYPE);
  }

  /** Adds the event's type. */
  void addType() {
    var node =
        UaObjectTypeNode.builder(context)
            .setNodeId(type)
            .setBrowseName(new QualifiedName(namespace, TYPE))
            .setDisplayName(text(TYPE))
            .setDescription(text("An image was inspected, or could not be."))
            .setIsAbstract(false)
            .build();
    node.addReference(
        new Reference(
            type,
            NodeIds.HasSubtype,
            NodeIds.BaseEventType.expanded(),
            Reference.Direction.INVERSE));
    context.getNodeManager().addNode(node);
    for (var field : ResultField.ALL) {
      property(field)
          .addReference(
              new Reference(
                  propertyId(field),
                  NodeIds.HasProperty,
                  type.expanded(),
                  Reference.Direction.INVERSE));
    }
    var server = context.getServer();
    server
        .getObjectTypeManager()
        .registerObjectType(type, BaseEventTypeNode.class, BaseEventTypeNode::new);
    var object = server.getAddressSpaceManager().getManagedNode(NodeIds.Server).orElseThrow();
    ((ServerTypeNode) object).setEventNotifier(ubyte(1));
  }

  private NodeId propertyId(ResultField field) {
    return new NodeId(namespace, TYPE + "/" + field.name());
  }

  private UaVariableNode property(ResultField field) {
    var node =
        UaVariableNode.builder(context)
            .setNodeId(propertyId(field))
            .setBrowseName(new QualifiedName(namespace, field.name()))
            .setDisplayName(text(field.name()))
            .setDescription(text(field.description()))
            .setDataType(field.type())
            .setTypeDefinition(NodeIds.PropertyType)
            .build();
    node.addReference(
        new Reference(
            node.getNodeId(),
            NodeIds.HasModellingRule,
            NodeIds.ModellingRule_Mandatory.expanded(),
            Reference.Direction.FORWARD));
    context.getNodeManager().addNode(node);
    return node;
  }

  /** Sends the event of a result. */
  void fire(ResultRecord result, UaNode source) {
    var server = context.getServer();
    try {
      var event =
          server
              .getEventFactory()
              .createEvent(new NodeId(namespace, TYPE + "/" + result.id()), type);
      try {
        fill(event, result, source);
        server.getEventNotifier().fire(event);
      } finally {
        event.delete();
      }
    } catch (UaException e) {
      throw new IllegalStateException("the type of the event is incomplete", e);
    }
  }

  private void fill(BaseEventTypeNode event, ResultRecord result, UaNode source) {
    event.setBrowseName(new QualifiedName(namespace, TYPE));
    event.setDisplayName(text(TYPE));
    event.setEventId(ByteString.of(result.id().getBytes(UTF_8)));
    event.setEventType(type);
    event.setSourceNode(source.getNodeId());
    event.setSourceName(source.getBrowseName().name());
    event.setTime(new DateTime(result.time()));
    event.setReceiveTime(DateTime.now());
    event.setMessage(text(message(result)));
    event.setSeverity(ushort(severity(result)));
    for (var field : ResultField.ALL) {
      event
          .getPropertyNode(new QualifiedName(namespace, field.name()))
          .orElseThrow()
          .setValue(new DataValue(Variant.of(field.value().apply(result))));
    }
  }

  private static String message(ResultRecord result) {
    return result.image()
        + ": "
        + result.error().or(() -> result.verdict().map(Verdict::key)).orElse("");
  }

  private static int severity(ResultRecord result) {
    return result.verdict().filter(verdict -> verdict != Verdict.ANOMALOUS).isPresent()
        ? LOW
        : MEDIUM;
  }
}
