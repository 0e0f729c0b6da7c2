package org.aand.serve.sink.opcua;

import static org.aand.serve.sink.opcua.NodeTree.text;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.aand.serve.sink.ResultRecord;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * What a client sees under {@code Objects/VisionSystem}: the state, the model in use, the last
 * result and counters, all of it read-only; and an event for each result.
 *
 * <p>The names are those of machine vision's companion specification where it has one. It is not
 * claimed to be met: its methods and types are not there.
 *
 * <p>The values of one result change together: one read sees them all before or all after. Each has
 * the result's time as its source timestamp.
 *
 * @see <a href="https://reference.opcfoundation.org/MachineVision/v100/docs/">OPC 40100-1, Machine
 *     Vision Part 1: Control, configuration management, recipe management, result management</a>
 */
final class VisionNodes extends ManagedNamespaceWithLifecycle {
  static final String NAMESPACE = "urn:aand:vision";
  private static final String SYSTEM = "VisionSystem";
  static final String STATE = SYSTEM + "/VisionStateMachine/CurrentState";
  static final String MODE = SYSTEM + "/VisionStateMachine/AutomaticModeStateMachine/CurrentState";
  static final String RECIPE = SYSTEM + "/RecipeManagement/InternalRecipeId";
  static final String RESULT = SYSTEM + "/ResultManagement/LastResult/";
  static final String COUNTERS = SYSTEM + "/Counters/";

  private final Clock clock;
  private final SubscriptionModel subscriptions;
  private final ReadWriteLock oneResult = new ReentrantReadWriteLock();
  private final NodeTree tree;
  private final ResultEvent event;
  private Counters counters = Counters.NONE;

  VisionNodes(OpcUaServer server, Clock clock) {
    super(server, NAMESPACE);
    this.clock = clock;
    tree = new NodeTree(getNodeContext(), getNamespaceIndex());
    event = new ResultEvent(getNodeContext(), getNamespaceIndex());
    subscriptions = new SubscriptionModel(server, this);
    getLifecycleManager().addLifecycle(subscriptions);
    getLifecycleManager().addStartupTask(this::addNodes);
  }

  private void addNodes() {
    tree.variable(STATE, NodeIds.LocalizedText, "Operational, or Halted when the program ends.");
    tree.variable(
        MODE,
        NodeIds.LocalizedText,
        "Ready for images that are sent, or ContinuousExecution while a folder is watched.");
    tree.variable(RECIPE, NodeIds.String, "The model that decides, or decided last.");
    for (var field : ResultField.ALL) {
      tree.variable(RESULT + field.name(), field.type(), field.description());
    }
    tree.variable(COUNTERS + "Total", NodeIds.UInt64, "Results since the server's start.");
    tree.variable(COUNTERS + "Normal", NodeIds.UInt64, "Images without a defect.");
    tree.variable(COUNTERS + "Anomalous", NodeIds.UInt64, "Images with a defect.");
    tree.variable(COUNTERS + "Errors", NodeIds.UInt64, "Images that could not be used.");
    event.addType();
    show(counters, clock.instant());
  }

  /** Shows in which state the program is, and by which model it decides if that is one. */
  void state(VisionState state, List<String> models) {
    var now = clock.instant();
    atOnce(
        () -> {
          tree.set(STATE, text(state.state()), now);
          tree.set(MODE, text(state.mode()), now);
          if (models.size() == 1) {
            tree.set(RECIPE, models.get(0), now);
          }
        });
  }

  /** Shows a result in the place of the last one, counts it and sends its event. */
  void show(ResultRecord result) {
    atOnce(
        () -> {
          for (var field : ResultField.ALL) {
            tree.set(RESULT + field.name(), field.value().apply(result), result.time());
          }
          tree.set(RECIPE, result.model(), result.time());
          counters = counters.with(result);
          show(counters, result.time());
        });
    event.fire(result, tree.node(SYSTEM));
  }

  private void show(Counters counters, Instant time) {
    tree.set(COUNTERS + "Total", ulong(counters.total()), time);
    tree.set(COUNTERS + "Normal", ulong(counters.normal()), time);
    tree.set(COUNTERS + "Anomalous", ulong(counters.anomalous()), time);
    tree.set(COUNTERS + "Errors", ulong(counters.errors()), time);
  }

  private void atOnce(Runnable change) {
    oneResult.writeLock().lock();
    try {
      change.run();
    } finally {
      oneResult.writeLock().unlock();
    }
  }

  @Override
  public List<DataValue> read(
      ReadContext context, Double maxAge, TimestampsToReturn timestamps, List<ReadValueId> wanted) {
    oneResult.readLock().lock();
    try {
      return super.read(context, maxAge, timestamps, wanted);
    } finally {
      oneResult.readLock().unlock();
    }
  }

  @Override
  public void onDataItemsCreated(List<DataItem> items) {
    subscriptions.onDataItemsCreated(items);
  }

  @Override
  public void onDataItemsModified(List<DataItem> items) {
    subscriptions.onDataItemsModified(items);
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> items) {
    subscriptions.onDataItemsDeleted(items);
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> items) {
    subscriptions.onMonitoringModeChanged(items);
  }
}
