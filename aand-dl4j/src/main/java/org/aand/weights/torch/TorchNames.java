package org.aand.weights.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aand.common.PrintableName;
import org.aand.weights.pickle.PickleException;
import org.aand.weights.pickle.PickleNames;
import org.aand.weights.pickle.PickleValue;
import org.aand.weights.pickle.PickleValue.Dictionary;
import org.aand.weights.pickle.PickleValue.Name;
import org.aand.weights.pickle.PickleValue.None;
import org.aand.weights.pickle.PickleValue.Sequence;
import org.aand.weights.pickle.PickleValue.Text;
import org.aand.weights.pickle.PickleValue.Truth;
import org.aand.weights.pickle.PickleValue.Tuple;
import org.aand.weights.pickle.PickleValue.Whole;

/** The names in a pickle of {@code torch.save}, and what they make: tensors and dictionaries. */
final class TorchNames implements PickleNames {
  private static final String ORDERED_DICT = "collections.OrderedDict";
  private static final String TENSOR = "torch._utils._rebuild_tensor";
  private static final String TENSOR_V2 = "torch._utils._rebuild_tensor_v2";
  private static final String REBUILT_PARAMETER = "torch._utils._rebuild_parameter";

  /** How PyTorch before 0.4 wrote parameters, among them torchvision's first weights. */
  private static final String PARAMETER = "torch.nn.parameter.Parameter";

  private static final List<String> CALLABLE =
      List.of(ORDERED_DICT, TENSOR, TENSOR_V2, REBUILT_PARAMETER, PARAMETER);

  /** Most entries of all dictionaries that are made of lists, which can be shared. */
  private static final int MAX_PAIRS = 300_000;

  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private int pairs;

  /** The storages that the pickle has mentioned, by key, whole. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public boolean knows(String name) {
    return CALLABLE.contains(name) || ElementType.ofTorchStorage(name).isPresent();
  }

  @Override
  public PickleValue call(String name, List<PickleValue> arguments) throws PickleException {
    return switch (name) {
      case ORDERED_DICT -> dictionary(arguments);
      case TENSOR, TENSOR_V2 -> tensor(arguments);
      case REBUILT_PARAMETER, PARAMETER -> {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof StoredTensor tensor)) {
          throw new PickleException("the pickle makes a parameter of something that is no tensor");
        }
        yield tensor;
      }
      default -> throw new PickleException("the pickle calls " + name);
    };
  }

  private Dictionary dictionary(List<PickleValue> arguments) throws PickleException {
    var dictionary = new Dictionary();
    if (arguments.isEmpty()) {
      return dictionary;
    }
    for (var pair : items(arguments.get(0))) {
      var keyAndValue = items(pair);
      if (keyAndValue.size() != 2 || ++pairs > MAX_PAIRS) {
        throw new PickleException("the pickle makes a dictionary of something that is no pairs");
      }
      dictionary.put(keyAndValue.get(0), keyAndValue.get(1));
    }
    return dictionary;
  }

  private static List<PickleValue> items(PickleValue value) throws PickleException {
    if (value instanceof Sequence list) {
      return list.items();
    }
    if (value instanceof Tuple tuple) {
      return tuple.items();
    }
    throw new PickleException("the pickle has something else where a list is needed");
  }

  /** Of storage, offset, shape and strides; what follows is about training. */
  private static StoredTensor tensor(List<PickleValue> arguments) throws PickleException {
    if (arguments.size() < 4 || !(arguments.get(0) instanceof Storage storage)) {
      throw new PickleException("the pickle makes a tensor of something that is no storage");
    }
    try {
      return StoredTensor.of(
          storage, whole(arguments.get(1)), wholes(arguments.get(2)), wholes(arguments.get(3)));
    } catch (TorchCheckpointException e) {
      throw new PickleException(String.valueOf(e.getMessage()));
    }
  }

  /** Of the tuple {@code ("storage", type, key, location, elements)}, and maybe a view of it. */
  @Override
  public PickleValue persistent(PickleValue id) throws PickleException {
    var parts = items(id);
    if (parts.size() < 5
        || !parts.get(0).equals(new Text("storage"))
        || !(parts.get(1) instanceof Name type)
        || !(parts.get(2) instanceof Text key)) {
      throw new PickleException("the pickle refers to something that is no storage of a tensor");
    }
    var elementType = ElementType.ofTorchStorage(type.name());
    if (elementType.isEmpty()) {
      throw new PickleException("the pickle has a storage of " + type.name());
    }
    var whole = new Storage(key.text(), elementType.get(), 0, whole(parts.get(4)));
    if (whole.length() < 0 || whole.length() > Long.MAX_VALUE / Long.BYTES) {
      throw new PickleException("a storage has the implausible length " + whole.length());
    }
    var before = storages.putIfAbsent(whole.key(), whole);
    if (before != null && !before.equals(whole)) {
      throw new PickleException(
          "storage " + PrintableName.of(whole.key()) + " is there in two ways");
    }
    return parts.size() == 5 || parts.get(5) instanceof None ? whole : view(whole, parts.get(5));
  }

  /** Of the tuple {@code (key, first element, elements)}. */
  private static Storage view(Storage whole, PickleValue of) throws PickleException {
    var parts = items(of);
    if (parts.size() != 3) {
      throw new PickleException("the pickle has a view of a storage that is none");
    }
    long start = whole(parts.get(1));
    long length = whole(parts.get(2));
    if (start < 0 || length < 0 || start > whole.length() || length > whole.length() - start) {
      throw new PickleException("a view reaches beyond the values of its storage");
    }
    return new Storage(whole.key(), whole.type(), start, length);
  }

  /**
   * Every state dictionary carries {@code _metadata}, the versions of its modules; a parameter of
   * the first PyTorch versions carries whether it is trained.
   */
  @Override
  public boolean mayIgnore(PickleValue object, PickleValue state) {
    if (object instanceof Dictionary) {
      return state instanceof Dictionary attributes
          && attributes.entries().keySet().equals(Set.of(new Text("_metadata")));
    }
    return object instanceof StoredTensor
        && state instanceof Tuple flags
        && flags.items().stream()
            .allMatch(f -> f instanceof Truth || f instanceof None || f instanceof Dictionary);
  }

  private static long whole(PickleValue value) throws PickleException {
    if (!(value instanceof Whole whole) || whole.value().bitLength() > 63) {
      throw new PickleException("the pickle has something else where an integer is needed");
    }
    return whole.value().longValue();
  }

  private static List<Long> wholes(PickleValue value) throws PickleException {
    var wholes = new ArrayList<Long>();
    for (var item : items(value)) {
      wholes.add(whole(item));
    }
    return wholes;
  }
}
