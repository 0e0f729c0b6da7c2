package org.aand.serve.sink.opcua;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/**
 * Objects and read-only variables of one namespace by their paths below {@code Objects}, such as
 * {@code VisionSystem/Counters/Total}; the path is the identifier of the node as well.
 */
final class NodeTree {
  private final UaNodeContext context;
  private final UShort namespace;
  private final Map<String, UaNode> nodes = new ConcurrentHashMap<>();

  NodeTree(UaNodeContext context, UShort namespace) {
    this.context = context;
    this.namespace = namespace;
  }

  static LocalizedText text(String text) {
    return LocalizedText.english(text);
  }

  /** The node of a path that was added. */
  UaNode node(String path) {
    return Objects.requireNonNull(nodes.get(path), path);
  }

  /** Adds a variable that has no value yet, with the objects above it. */
  void variable(String path, NodeId type, String description) {
    var node =
        UaVariableNode.builder(context)
            .setNodeId(new NodeId(namespace, path))
            .setBrowseName(new QualifiedName(namespace, name(path)))
            .setDisplayName(text(name(path)))
            .setDescription(text(description))
            .setDataType(type)
            .setTypeDefinition(NodeIds.BaseDataVariableType)
            .setValue(new DataValue(new StatusCode(StatusCodes.Bad_WaitingForInitialData)))
            .build();
    add(path, node);
  }

  private void add(String path, UaNode node) {
    int slash = path.lastIndexOf('/');
    var parent = slash < 0 ? NodeIds.ObjectsFolder : object(path.substring(0, slash)).getNodeId();
    var reference = slash < 0 ? NodeIds.Organizes : NodeIds.HasComponent;
    context.getNodeManager().addNode(node);
    node.addReference(
        new Reference(node.getNodeId(), reference, parent.expanded(), Reference.Direction.INVERSE));
    nodes.put(path, node);
  }

  private UaNode object(String path) {
    var known = nodes.get(path);
    if (known != null) {
      return known;
    }
    var node =
        UaObjectNode.builder(context)
            .setNodeId(new NodeId(namespace, path))
            .setBrowseName(new QualifiedName(namespace, name(path)))
            .setDisplayName(text(name(path)))
            .setTypeDefinition(NodeIds.BaseObjectType)
            .build();
    add(path, node);
    return node;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Sets a variable.
   *
   * @param value null if there is none for this result
   * @param time source timestamp
   */
  void set(String path, @Nullable Object value, Instant time) {
    var source = new DateTime(time);
    ((UaVariableNode) node(path))
        .setValue(new DataValue(Variant.of(value), StatusCode.GOOD, source, DateTime.now()));
  }
}
