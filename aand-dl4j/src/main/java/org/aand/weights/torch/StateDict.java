package org.aand.weights.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.aand.weights.PrintableName;
import org.aand.weights.pickle.PickleValue;
import org.aand.weights.pickle.PickleValue.Dictionary;
import org.aand.weights.pickle.PickleValue.Text;
import org.aand.weights.pickle.PickleValue.Whole;

/** Finds the tensors in what {@code torch.save} was given. */
final class StateDict {
  /** Where training programs put the state dictionary. */
  private static final List<String> WRAPPERS = List.of("state_dict", "model");

  private StateDict() {}

  /**
   * The tensors of a state dictionary, or of one that is wrapped in a dictionary.
   *
   * @throws TorchCheckpointException if there is none
   */
  static Container.Contents of(PickleValue root) throws TorchCheckpointException {
    if (!(root instanceof Dictionary dictionary)) {
      throw new TorchCheckpointException(
          root instanceof StoredTensor
              ? "it holds a single tensor, not a state dictionary"
              : "it holds no state dictionary; save model.state_dict()");
    }
    for (var wrapper : WRAPPERS) {
      if (dictionary.entries().get(new Text(wrapper)) instanceof Dictionary inner) {
        return contents(inner);
      }
    }
    return contents(dictionary);
  }

  private static Container.Contents contents(Dictionary dictionary)
      throws TorchCheckpointException {
    var tensors = new LinkedHashMap<String, StoredTensor>();
    var others = new ArrayList<String>();
    for (var entry : dictionary.entries().entrySet()) {
      var name =
          entry.getKey() instanceof Text text
              ? text.text()
              : ((Whole) entry.getKey()).value().toString();
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
