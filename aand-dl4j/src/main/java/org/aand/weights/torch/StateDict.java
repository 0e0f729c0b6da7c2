package org.aand.weights.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.aand.common.PrintableName;
import org.aand.weights.pickle.PickleValue;
import org.aand.weights.pickle.PickleValue.Dictionary;
import org.aand.weights.pickle.PickleValue.Text;
import org.aand.weights.pickle.PickleValue.Whole;

/** Finds the tensors in what {@code torch.save} was given. */
final class StateDict {
  /** Where training programs put the state dictionary; what else they keep beside it is not it. */
  private static final List<String> WRAPPERS = List.of("state_dict", "model");

  /** How deep wrappers are opened. */
  private static final int DEPTH = 3;

  private StateDict() {}

  /**
   * The tensors of a state dictionary, or of the one that is wrapped in dictionaries.
   *
   * @throws TorchCheckpointException if there is none, or it is not clear which is meant
   */
  static Container.Contents of(PickleValue root) throws TorchCheckpointException {
    if (!(root instanceof Dictionary dictionary)) {
      throw new TorchCheckpointException(
          root instanceof StoredTensor
              ? "it holds a single tensor, not a state dictionary"
              : "it holds no state dictionary; save model.state_dict()");
    }
    return contents(unwrapped(dictionary, DEPTH));
  }

  private static Dictionary unwrapped(Dictionary dictionary, int depth)
      throws TorchCheckpointException {
    for (var wrapper : WRAPPERS) {
      if (dictionary.entries().get(new Text(wrapper)) instanceof Dictionary inner) {
        return depth == 0 ? inner : unwrapped(inner, depth - 1);
      }
    }
    var inner = new LinkedHashMap<String, Dictionary>();
    for (var entry : dictionary.entries().entrySet()) {
      if (entry.getValue() instanceof Dictionary candidate
          && depth > 0
          && tensors(unwrapped(candidate, depth - 1)) > tensors(dictionary)) {
        inner.put(PrintableName.of(name(entry.getKey())), unwrapped(candidate, depth - 1));
      }
    }
    if (inner.size() > 1) {
      throw new TorchCheckpointException(
          "it holds several state dictionaries ("
              + inner.keySet().stream().limit(5).collect(Collectors.joining(", "))
              + "); save the one that is meant alone");
    }
    return inner.isEmpty() ? dictionary : inner.values().iterator().next();
  }

  private static long tensors(Dictionary dictionary) {
    return dictionary.entries().values().stream().filter(StoredTensor.class::isInstance).count();
  }

  private static String name(PickleValue key) {
    return key instanceof Text text ? text.text() : ((Whole) key).value().toString();
  }

  private static Container.Contents contents(Dictionary dictionary)
      throws TorchCheckpointException {
    var tensors = new LinkedHashMap<String, StoredTensor>();
    var others = new ArrayList<String>();
    for (var entry : dictionary.entries().entrySet()) {
      var name = name(entry.getKey());
      if (entry.getValue() instanceof StoredTensor tensor) {
        tensors.put(name, tensor);
      } else {
        others.add(PrintableName.of(name));
      }
    }
    if (tensors.isEmpty()) {
      throw new TorchCheckpointException(
          "its dictionary holds no tensors; save model.state_dict()");
    }
    return new Container.Contents(tensors, others);
  }
}
